// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_pass.h"

#include "base/counted.h"
#include "data/hold_out.h"

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// The rows of some files, a batch at a time, with what was rejected.
Status eachBatch(const std::vector<fs::path>& paths, const RowReading& reading, const Progress& progress,
                 const std::function<Status(const fs::path& path, FileRows batch)>& receive)
{
    for (const fs::path& path : paths) {
        HILO_TRY(const std::unique_ptr<RowSource> source, openRows(path, reading));
        std::int64_t rows = 0;
        for (bool more = true; more;) {
            if (progress.isCancelled())
                return failure(cancelled());
            progress.report({"Reading " + path.filename().string(), rows, 0, counted(rows, "row")});
            FileRows batch;
            HILO_TRY(more, source->next(batch));
            rows += static_cast<std::int64_t>(batch.rows.size());
            HILO_CHECK(receive(path, std::move(batch)));
        }
    }
    return {};
}

bool isDrawn(const DataSpec& spec)
{
    return spec.splitColumn.empty() && (spec.validationShare > 0 || spec.testShare > 0);
}

/// A second pass that is going on.
class Pass
{
  public:
    Pass(const DataSpec& spec, const RowPlan& plan,
         const std::function<Status(const std::string& split, Row row)>& receive)
        : spec_(spec), plan_(plan), receive_(receive)
    {
    }

    Status row(const std::string& filesSplit, Row row)
    {
        plan_.mappings.at(filesSplit).apply(row);
        conversations_.apply(row);
        std::string split = filesSplit;
        if (!spec_.splitColumn.empty()) {
            std::string reason;
            split = splitByColumn(row, spec_.splitColumn, reason);
            hasColumn_ = hasColumn_ || row.field(spec_.splitColumn);
            if (number_ == 0)
                first_ = row;
            if (split.empty())
                result.rejected.push_back({row.file, row.line, reason});
        } else if (plan_.isDrawn) {
            if (number_ == plan_.drawn.size())
                return failure(changed());
            split = drawnSplitName(plan_.drawn[number_]);
        }
        ++number_;
        if (split.empty())
            return {};
        ++result.rows[split];
        std::optional<Row> end;
        if (plan_.givesEnds)
            end = takeEnd(row);
        HILO_CHECK(receive_(split, std::move(row)));
        if (!end)
            return {};
        ++result.rows["validation"];
        return receive_("validation", std::move(*end));
    }

    Status finish()
    {
        if (plan_.isDrawn && number_ != plan_.drawn.size())
            return failure(changed());
        if (!spec_.splitColumn.empty() && !hasColumn_ && number_ > 0)
            return failure(noSplitColumn(spec_.splitColumn, first_));
        if (result.rows.empty())
            return failure(badInput(spec_.path, {}, "no row belongs to a split"));
        const std::vector<DataNote> notes = conversations_.notes();
        result.notes.insert(result.notes.end(), notes.begin(), notes.end());
        result.notes.insert(result.notes.end(), plan_.notes.begin(), plan_.notes.end());
        return {};
    }

    RowPass result;

  private:
    Error changed() const
    {
        return badInput(spec_.path, {}, "The data has other rows than a moment ago.",
                        "Begin again when nothing writes to its files any more.");
    }

    const DataSpec& spec_;
    const RowPlan& plan_;
    const std::function<Status(const std::string& split, Row row)>& receive_;
    ConversationStep conversations_;
    std::size_t number_ = 0;
    bool hasColumn_ = false;
    Row first_;
};

} // namespace

Result<RowPlan> planRows(const DataSpec& spec, const Progress& progress)
{
    RowPlan plan;
    HILO_TRY(plan.files, findDataFiles(spec));
    const bool holdsOut = mayHoldOut(spec) && plan.files.splits.size() == 1 && plan.files.splits.contains("train");
    const bool counts = isDrawn(spec) || holdsOut, maps = !spec.columns.empty();
    std::size_t rows = 0, ends = 0;
    bool areTexts = holdsOut && spec.columns.empty();
    std::string firstFile;
    for (const auto& [split, paths] : plan.files.splits) {
        ColumnMapping& mapping = plan.mappings[split] = ColumnMapping(spec.columns);
        if (!counts && !maps)
            continue;
        HILO_CHECK(eachBatch(paths, readingOf(spec, plan.files, split), progress,
                             [&](const fs::path&, FileRows batch) -> Status {
                                 if (rows == 0 && !batch.rows.empty())
                                     firstFile = batch.rows.front().file;
                                 rows += batch.rows.size();
                                 for (Row& row : batch.rows) {
                                     mapping.see(row);
                                     areTexts = areTexts && isPlainText(row);
                                     ends += areTexts && areTooFewToDraw(rows) && takeEnd(row);
                                 }
                                 return {};
                             }));
        HILO_CHECK(mapping.finish());
    }
    plan.isDrawn = counts;
    if (holdsOut && rows > 0) {
        plan.drawn = heldOutSplits(rows);
        plan.drawn.resize(rows, 0);
        plan.givesEnds = areTooFewToDraw(rows) && areTexts && ends > 0;
        plan.notes.push_back(heldOutNote(firstFile, rows, plan.givesEnds ? ends : 0));
    } else if (counts) {
        plan.drawn = drawnSplits(spec, rows);
    }
    return plan;
}

Result<RowPass> visitRows(const DataSpec& spec, const RowPlan& plan,
                          const std::function<Status(const std::string& split, Row row)>& receive,
                          const Progress& progress)
{
    Pass pass(spec, plan, receive);
    for (const DataNote& unused : plan.files.unused)
        pass.result.notes.push_back({unused.file, "not read: " + unused.text});
    pass.result.notes.insert(pass.result.notes.end(), plan.files.notes.begin(), plan.files.notes.end());
    for (const auto& [split, paths] : plan.files.splits) {
        std::int64_t rows = 0;
        HILO_CHECK(eachBatch(paths, readingOf(spec, plan.files, split), progress,
                             [&, name = split](const fs::path& path, FileRows batch) -> Status {
                                 std::move(batch.rejected.begin(), batch.rejected.end(),
                                           std::back_inserter(pass.result.rejected));
                                 for (std::string& note : batch.notes)
                                     pass.result.notes.push_back({path.string(), std::move(note)});
                                 rows += static_cast<std::int64_t>(batch.rows.size());
                                 for (Row& row : batch.rows)
                                     HILO_CHECK(pass.row(name, std::move(row)));
                                 return {};
                             }));
        if (rows == 0)
            return failure(noUsableRow(split, paths.front(), pass.result.rejected));
        for (const fs::path& path : paths)
            pass.result.files.push_back(path.string());
    }
    HILO_CHECK(pass.finish());
    return std::move(pass.result);
}

} // namespace hilo
