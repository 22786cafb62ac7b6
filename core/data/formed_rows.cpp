// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/formed_rows.h"

#include "base/atomic_file.h"
#include "base/counted.h"
#include "data/data_endings.h"
#include "data/label_text.h"
#include "data/named_splits.h"
#include "data/row_place.h"

#include <algorithm>
#include <optional>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t largestLabelFile = std::size_t{256} << 20;

/// A label a line; what is blank at the end is none.
Result<std::vector<std::string>> readLabels(const fs::path& path)
{
    std::error_code code;
    if (!fs::is_regular_file(path, code))
        return failure(badInput(path.string(), {}, "The file with the labels of the rows is not there.",
                                "Data in this form are two files; download both."));
    HILO_TRY(const std::string text, readFile(path, largestLabelFile));
    std::vector<std::string> labels;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        labels.push_back(labelSpelling(std::string_view(text).substr(begin, end - begin)));
        begin = end + 1;
    }
    while (!labels.empty() && labels.back().empty())
        labels.pop_back();
    return labels;
}

/// "anatomy" of "anatomy_dev.csv".
std::string withoutSplitWord(const fs::path& file)
{
    std::string name = withoutDataEndings(file.filename().string());
    const std::size_t last = name.find_last_of("_-");
    if (last != std::string::npos && last > 0 && !splitOfWord(std::string_view(name).substr(last + 1)).empty())
        name.resize(last);
    return name;
}

void setField(Row& row, const std::string& name, std::string text)
{
    for (auto& [key, value] : row.fields)
        if (key == name) {
            value = std::move(text);
            return;
        }
    row.fields.emplace_back(name, std::move(text));
}

std::string* fieldOf(Row& row, const std::string& name)
{
    for (auto& [key, value] : row.fields)
        if (key == name)
            return &value;
    return nullptr;
}

/// Whether the column, or one inside of it, holds anything.
bool holdsAnything(const Row& row, const std::string& column)
{
    const auto isIt = [&](const std::string& name) { return name == column || name.starts_with(column + "."); };
    const auto isFull = [&](const auto& one) { return isIt(one.first) && !one.second.empty(); };
    return std::any_of(row.fields.begin(), row.fields.end(), isFull) ||
           std::any_of(row.choices.begin(), row.choices.end(), isFull) ||
           std::find(row.unread.begin(), row.unread.end(), column) != row.unread.end();
}

class FormedRows : public RowSource
{
  public:
    FormedRows(std::unique_ptr<RowSource> rows, std::shared_ptr<const RowForm> form, const fs::path& file,
               std::string split)
        : rows_(std::move(rows)), form_(std::move(form)), file_(file.string()), name_(withoutSplitWord(file)),
          split_(std::move(split))
    {
    }

    Status begin()
    {
        if (form_->labelFile.empty())
            return {};
        labelFile_ = labelFileOf(*form_, file_);
        HILO_TRY(labels_, readLabels(labelFile_));
        return {};
    }

    Result<bool> next(FileRows& batch) override
    {
        FileRows read;
        HILO_TRY(const bool more, rows_->next(read));
        if (labels_)
            HILO_CHECK(giveLabels(read));
        for (Row& row : read.rows)
            if (isOfSplit(row, batch) && !isLeftOut(row))
                add(std::move(row), batch);
        // A file that is read for several splits tells its faults once.
        if (form_->splitColumn.empty() || split_.empty() || split_ == "train")
            std::move(read.rejected.begin(), read.rejected.end(), std::back_inserter(batch.rejected));
        std::move(read.notes.begin(), read.notes.end(), std::back_inserter(batch.notes));
        if (!more)
            HILO_CHECK(finish(batch));
        return more;
    }

    ClassNames classNames() const override
    {
        ClassNames names = rows_->classNames();
        for (const auto& [field, column] : form_->rename)
            if (const auto known = names.find(column); known != names.end())
                names[field] = known->second;
        // What is called otherwise here is no number of a class any more.
        for (const auto& [field, texts] : form_->values)
            names.erase(field);
        return names;
    }

  private:
    Error wrongCount(std::int64_t records) const
    {
        return badInput(labelFile_.string(), {},
                        "The file has " + counted(static_cast<std::int64_t>(labels_->size()), "label") +
                            ", and the rows that they are of " +
                            (records < 0 ? "are more" : "are " + std::to_string(records)) + " (" + file_ + ").",
                        "The two files belong together; download both again.");
    }

    /// Records stand in the order of their places, the rejected ones among the others.
    Status giveLabels(FileRows& read)
    {
        auto rejected = read.rejected.begin();
        for (Row& row : read.rows) {
            for (; rejected != read.rejected.end() && numberOfPlace(rejected->line) < numberOfPlace(row.line);
                 ++rejected)
                ++record_;
            if (record_ >= labels_->size())
                return failure(wrongCount(-1));
            setField(row, form_->labelColumn, (*labels_)[record_++]);
        }
        record_ += static_cast<std::size_t>(read.rejected.end() - rejected);
        return {};
    }

    /// A row of no split at all is told once, with the training rows.
    bool isOfSplit(const Row& row, FileRows& batch) const
    {
        if (form_->splitColumn.empty() || split_.empty())
            return true;
        const std::string* const word = row.field(form_->splitColumn);
        const std::string split = word ? splitOfWord(labelSpelling(*word)) : std::string();
        if (split.empty() && split_ == "train")
            batch.rejected.push_back(
                {row.file, row.line,
                 "the column \"" + form_->splitColumn + "\" says neither train, validation nor test"});
        return split == split_;
    }

    bool isLeftOut(const Row& row)
    {
        for (const std::string& column : form_->empty)
            if (holdsAnything(row, column)) {
                ++leftOut_[column];
                return true;
            }
        return false;
    }

    void rename(Row& row) const
    {
        for (const auto& [field, column] : form_->rename) {
            if (const std::string* value = row.field(column))
                setField(row, field, std::string(*value));
            if (const std::vector<Choice>* list = row.choicesOf(column); list && !row.choicesOf(field))
                row.choices.emplace_back(field, std::vector<Choice>(*list));
        }
        for (const auto& [list, columns] : form_->choices) {
            std::vector<Choice> options;
            for (const std::string& column : columns)
                if (const std::string* text = row.field(column))
                    options.push_back({std::string(1, static_cast<char>('A' + options.size() % 26)), *text});
            row.choices.emplace_back(list, std::move(options));
        }
    }

    void add(Row row, FileRows& batch) const
    {
        rename(row);
        if (!form_->nameColumn.empty() && !row.field(form_->nameColumn))
            row.fields.emplace_back(form_->nameColumn, name_);
        for (const auto& [field, texts] : form_->values)
            if (std::string* value = fieldOf(row, field))
                if (const auto known = texts.find(labelSpelling(*value)); known != texts.end())
                    *value = known->second;
        for (const std::string& field : form_->blanks)
            if (std::string* value = fieldOf(row, field))
                std::replace(value->begin(), value->end(), '_', ' ');
        for (const auto& [field, cut] : form_->cuts) {
            const std::string* const text = row.field(field);
            const std::size_t at = text ? text->find(cut.at) : std::string::npos;
            if (at == std::string::npos) {
                batch.rejected.push_back(
                    {row.file, row.line, "the column \"" + field + "\" has no \"" + cut.at + "\""});
                return;
            }
            const std::string whole = *text;
            setField(row, cut.before, whole.substr(0, at));
            setField(row, cut.after, whole.substr(at + cut.at.size()));
        }
        batch.rows.push_back(std::move(row));
    }

    Status finish(FileRows& batch)
    {
        if (labels_ && record_ != labels_->size())
            return failure(wrongCount(static_cast<std::int64_t>(record_)));
        for (const auto& [column, count] : leftOut_)
            batch.notes.push_back(counted(count, "row") + " whose column \"" + column + "\" is not empty " +
                                  (count == 1 ? "is" : "are") + " no part of the benchmark, and left out");
        leftOut_.clear();
        return {};
    }

    std::unique_ptr<RowSource> rows_;
    std::shared_ptr<const RowForm> form_;
    std::string file_, name_, split_;
    fs::path labelFile_;
    std::optional<std::vector<std::string>> labels_;
    std::size_t record_ = 0;
    std::map<std::string, std::int64_t> leftOut_;
};

} // namespace

fs::path labelFileOf(const RowForm& form, const fs::path& file)
{
    if (form.labelFile.empty())
        return {};
    constexpr std::string_view mark = "{name}";
    std::string name = form.labelFile;
    name.replace(name.find(mark), mark.size(), withoutDataEndings(file.filename().string()));
    return file.parent_path() / name;
}

Result<std::unique_ptr<RowSource>> openFormedRows(std::unique_ptr<RowSource> rows, std::shared_ptr<const RowForm> form,
                                                  const fs::path& file, const std::string& split)
{
    auto source = std::make_unique<FormedRows>(std::move(rows), std::move(form), file, split);
    HILO_CHECK(source->begin());
    return source;
}

} // namespace hilo
