// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/streamed_data.h"

#include "base/sha256.h"
#include "data/labels.h"
#include "data/render.h"
#include "data/row_identity.h"
#include "data/row_source.h"
#include "data/single_answer.h"
#include "data/text_windows.h"
#include "formats/compressed_source.h"
#include "formats/parquet/parquet_file.h"

#include <algorithm>
#include <atomic>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// Rows of each split by which its template is chosen; recogniseData looks at no more.
constexpr std::size_t rowsToChooseBy = 1000;

Json rejectedAsJson(const std::vector<RejectedRow>& rejected)
{
    Json list = Json::array();
    for (const RejectedRow& row : rejected)
        list.push_back(Json::array({row.file, row.line, row.reason}));
    return list;
}

std::vector<RejectedRow> rejectedOfJson(const Json& list)
{
    std::vector<RejectedRow> rejected;
    for (const Json& one : list)
        rejected.push_back({one[0].get<std::string>(), one[1].get<std::int64_t>(), one[2].get<std::string>()});
    return rejected;
}

Json notesAsJson(const std::vector<DataNote>& notes)
{
    Json list = Json::array();
    for (const DataNote& note : notes)
        list.push_back(Json::array({note.file, note.text}));
    return list;
}

/// The split whose labels and columns are the data's.
std::string sourceOf(const std::map<std::string, std::int64_t>& rows)
{
    return rows.contains("train") ? "train" : rows.begin()->first;
}

/// About what a file of text is when it is unpacked. What cannot be read is told by whoever reads it.
std::uintmax_t unpackedSize(const fs::path& path)
{
    constexpr std::uintmax_t usualRatio = 5;
    std::error_code code;
    const std::uintmax_t size = fs::file_size(path, code);
    return code ? 0 : withoutCompressionEnding(path.string()) != path.string() ? size * usualRatio : size;
}

/// Its size says little: a column of few words takes next to nothing.
std::uintmax_t rowsOfParquet(const fs::path& path)
{
    if (dataEnding(path.string()) != ".parquet")
        return 0;
    const auto file = parquet::ParquetFile::open(path);
    return file ? static_cast<std::uintmax_t>(std::max<std::int64_t>(0, file->rows())) : 0;
}

} // namespace

Result<bool> StreamedData::isWanted(const DataSpec& spec, const Tokenizer& tokenizer, const RowCacheSettings& settings)
{
    if (settings.when == RowCacheSettings::When::Never || tokenizer.source().empty())
        return false;
    if (settings.when == RowCacheSettings::When::Always)
        return true;
    HILO_TRY(const DataFiles files, findDataFiles(spec));
    std::uintmax_t bytes = 0, rows = 0;
    for (const auto& [split, paths] : files.splits)
        for (const fs::path& path : paths) {
            bytes += unpackedSize(path);
            rows += rowsOfParquet(path);
        }
    return bytes >= settings.filesFrom || rows >= settings.rowsFrom;
}

Result<StreamedData> StreamedData::open(std::shared_ptr<const Tokenizer> tokenizer, const DataSpec& spec,
                                        RowCacheSettings settings, const Progress& progress)
{
    StreamedData data(std::move(tokenizer), spec, RowCache(std::move(settings)));
    HILO_TRY(const DataFiles files, findDataFiles(spec));
    HILO_TRY(data.identity_, rowIdentity(spec, files, *data.tokenizer_, progress));
    HILO_TRY(const KeptRows overview, data.kept(
                                          "overview", [&](RowSink&) { return data.look(progress); }, progress));
    HILO_CHECK(data.readOverview(overview.facts()));
    return data;
}

Result<KeptRows> StreamedData::kept(const std::string& what, const std::function<Result<Json>(RowSink&)>& make,
                                    const Progress& progress) const
{
    return cache_.rows(sha256(identity_ + "\n" + what), make, progress);
}

Result<const RowPlan*> StreamedData::plan(const Progress& progress) const
{
    if (!plan_) {
        HILO_TRY(RowPlan made, planRows(spec_, progress));
        plan_ = std::make_shared<const RowPlan>(std::move(made));
    }
    return plan_.get();
}

/// What is known before any row is tokenised.
Result<Json> StreamedData::look(const Progress& progress) const
{
    HILO_TRY(const RowPlan* const rowPlan, plan(progress));
    Dataset first;
    HILO_TRY(const RowPass pass, visitRows(
                                     spec_, *rowPlan,
                                     [&](const std::string& split, Row row) -> Status {
                                         std::vector<Row>& rows = first.splits[split];
                                         if (rows.size() < rowsToChooseBy)
                                             rows.push_back(std::move(row));
                                         return {};
                                     },
                                     progress));
    HILO_TRY(const ChosenTemplate chosen, chooseTemplate(spec_, first, tokenizer_));
    LabelCollector labels(chosen.promptTemplate);
    if (labels.isNeeded())
        HILO_CHECK(eachRow(
            sourceOf(pass.rows),
            [&](const Row& row) -> Status {
                labels.add(row);
                return {};
            },
            progress));
    HILO_TRY(const std::vector<std::string> names, labels.labels());
    return Json{{"template", chosen.spec.template_},
                {"template_notes", chosen.notes},
                {"labels", names},
                {"rows", pass.rows},
                {"rejected", rejectedAsJson(pass.rejected)},
                {"notes", notesAsJson(pass.notes)},
                {"files", pass.files}};
}

Status StreamedData::readOverview(const Json& facts)
{
    DataSpec named = spec_;
    named.template_ = facts["template"].get<std::string>();
    HILO_TRY(chosen_, chooseTemplate(named, {}, tokenizer_));
    chosen_.notes = facts["template_notes"].get<std::vector<std::string>>();
    labels_ = facts["labels"].get<std::vector<std::string>>();
    rows_ = facts["rows"].get<std::map<std::string, std::int64_t>>();
    rejected_ = rejectedOfJson(facts["rejected"]);
    for (const Json& note : facts["notes"])
        notes_.push_back({note[0].get<std::string>(), note[1].get<std::string>()});
    files_ = facts["files"].get<std::vector<std::string>>();
    return {};
}

Status StreamedData::checkSplit(const std::string& split) const
{
    if (has(split))
        return {};
    std::string names;
    for (const auto& [key, rows] : rows_)
        names += (names.empty() ? "" : ", ") + key;
    return failure(badInput({}, "split \"" + split + "\"", "the data has no such split", "it has " + names));
}

Status StreamedData::eachRow(const std::string& split, const std::function<Status(Row row)>& receive,
                             const Progress& progress) const
{
    HILO_TRY(const RowPlan* const whole, plan(progress));
    RowPlan own = *whole;
    // Files of other splits need not be read, where it is files that are splits.
    if (spec_.splitColumn.empty() && !own.isDrawn)
        std::erase_if(own.files.splits, [&](const auto& one) { return one.first != split; });
    HILO_CHECK(visitRows(
        spec_, own,
        [&](const std::string& of, Row row) -> Status { return of == split ? receive(std::move(row)) : Status(); },
        progress));
    return {};
}

Result<std::vector<Example>> StreamedData::examples(const std::string& split, std::int64_t limit,
                                                    std::vector<RejectedRow>& rejected, const Progress& progress) const
{
    HILO_CHECK(checkSplit(split));
    HILO_TRY(RenderPass pass, RenderPass::create(chosen_.promptTemplate, labels_));
    std::vector<Example> examples;
    HILO_CHECK(eachRow(
        split,
        [&](const Row& row) -> Status {
            HILO_TRY(std::optional<Example> example, pass.render(row));
            if (example && (limit <= 0 || static_cast<std::int64_t>(examples.size()) < limit))
                examples.push_back(std::move(*example));
            return {};
        },
        progress));
    HILO_CHECK(pass.finish());
    std::move(pass.rejected().begin(), pass.rejected().end(), std::back_inserter(rejected));
    return examples;
}

Result<Json> StreamedData::makeTraining(const std::string& split, const TokeniseSettings& settings, std::int64_t limit,
                                        RowSink& sink, const Progress& progress) const
{
    HILO_TRY(RenderPass pass, RenderPass::create(chosen_.promptTemplate, labels_));
    std::vector<RejectedRow> unusable;
    std::int64_t examples = 0, given = 0, cut = 0, lost = 0, seen = 0, inWindows = 0;
    SingleAnswer single;
    const std::int64_t total = rows_.at(split);
    // How many of all rows are done tells more than how many of a file are read.
    std::atomic<bool> stops = false;
    const Progress own(
        [&](const ProgressReport&) {
            stops = progress.isCancelled();
            progress.report({"Tokenising " + split, seen, total, {}});
        },
        &stops);
    HILO_CHECK(eachRow(
        split,
        [&](const Row& row) -> Status {
            ++seen;
            HILO_TRY(const std::optional<Example> example, pass.render(row));
            if (!example || (limit > 0 && examples == limit))
                return {};
            ++examples;
            single.see(*example);
            HILO_TRY(const std::vector<TokenisedExample> parts, tokeniseFor(*tokenizer_, *example, settings));
            if (std::string reason = whyUnusable(parts.front(), settings); !reason.empty()) {
                unusable.push_back({row.file, row.line, std::move(reason)});
                return {};
            }
            ++given;
            inWindows += parts.size() > 1;
            for (const TokenisedExample& one : parts) {
                cut += one.truncated;
                lost += one.promptLost;
                HILO_CHECK(sink.add(one));
            }
            return {};
        },
        own));
    HILO_CHECK(pass.finish());
    if (given == 0 && !unusable.empty())
        return failure(noRowToUse(split, unusable.front()));
    std::vector<RejectedRow>& rejected = pass.rejected();
    std::move(unusable.begin(), unusable.end(), std::back_inserter(rejected));
    return Json{{"rejected", rejectedAsJson(rejected)},
                {"cut", cut},
                {"prompt_lost", lost},
                {"in_windows", inWindows},
                {"examples", examples},
                {"only_label", single.answer()}};
}

Result<StreamedRows> StreamedData::training(const std::string& split, const TokeniseSettings& settings,
                                            std::int64_t limit, const Progress& progress) const
{
    HILO_CHECK(checkSplit(split));
    const Json what = {{"rows", "training"},
                       {"split", split},
                       {"max_length", settings.maxLength},
                       {"end_of_text", settings.endOfText},
                       {"use", static_cast<int>(settings.use)},
                       {"limit", limit}};
    HILO_TRY(const KeptRows found,
             kept(
                 what.dump(), [&](RowSink& sink) { return makeTraining(split, settings, limit, sink, progress); },
                 progress));
    const Json& facts = found.facts();
    return StreamedRows{found.rows(),
                        rejectedOfJson(facts["rejected"]),
                        facts["cut"].get<std::int64_t>(),
                        facts["prompt_lost"].get<std::int64_t>(),
                        facts["in_windows"].get<std::int64_t>(),
                        facts["examples"].get<std::int64_t>(),
                        facts["only_label"].get<std::string>()};
}

} // namespace hilo
