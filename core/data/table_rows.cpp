// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table_rows.h"

#include "base/counted.h"
#include "base/table.h"

#include <algorithm>
#include <array>
#include <set>

namespace hilo {
namespace {

std::string withoutBlanks(const std::string& text)
{
    const auto begin = text.find_first_not_of(" \t\r\n");
    return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

constexpr std::array<char, 4> separators = {',', ';', '\t', '|'};
constexpr std::size_t sampleBytes = std::size_t{1} << 16;

std::string separatorName(char separator)
{
    switch (separator) {
    case ',':
        return "commas";
    case ';':
        return "semicolons";
    case '\t':
        return "tabs";
    default:
        return "\"" + std::string(1, separator) + "\"";
    }
}

/// How many of the sample's first 20 records behind the header have as many cells as the header; -1 where the header is
/// one cell. The sample's last record may be cut off and does not count.
int agreement(std::string_view sample, bool isWhole, char separator)
{
    int alike = -1;
    std::size_t used = 0, cells = 0;
    for (int i = 0; i <= 20;) {
        const auto record = nextRecord(sample, isWhole, separator, true, used);
        if (!record)
            break;
        sample.remove_prefix(used);
        if (record->cells.size() == 1 && record->cells[0].empty())
            continue;
        if (i++ == 0)
            cells = record->cells.size();
        alike += record->cells.size() == cells && cells > 1 ? 1 : 0;
    }
    return alike;
}

char guessedSeparator(std::string_view sample, bool isWhole, std::string& note)
{
    char best = ',';
    int most = -1;
    std::string rival;
    for (const char separator : separators) {
        const int alike = agreement(sample, isWhole, separator);
        if (alike > most) {
            most = alike;
            best = separator;
            rival.clear();
        } else if (alike == most && alike > 0) {
            rival = separatorName(separator);
        }
    }
    if (best != ',' || !rival.empty())
        note = "its columns are separated by " + separatorName(best) +
               (rival.empty() ? ", told by its first rows" : "; by its first rows " + rival + " would do as well") +
               " (\"separator\" of the data says it)";
    return best;
}

/// Excel's first line "sep=;": the separator, and how many bytes the line takes.
std::pair<char, std::size_t> saidSeparator(std::string_view text)
{
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    if (line.size() != 5 || !line.starts_with("sep="))
        return {'\0', 0};
    return {line[4], std::min(end + 1, text.size())};
}

/// Names that stand twice or are empty get one of their own, and a note says so.
std::vector<std::string> headerNames(const std::vector<std::string>& cells, FileRows& result)
{
    std::vector<std::string> names;
    std::set<std::string> used;
    for (const std::string& cell : cells)
        used.insert(withoutBlanks(cell));
    std::set<std::string> seen;
    for (const std::string& cell : cells) {
        std::string name = withoutBlanks(cell);
        if (!seen.insert(name).second) {
            int number = 1;
            while (used.contains(name + "." + std::to_string(number)))
                ++number;
            const std::string other = name + "." + std::to_string(number);
            result.notes.push_back("column " + std::to_string(names.size() + 1) + " is called \"" + name +
                                   "\" like one before it; it can be reached as \"" + other + "\"");
            used.insert(other);
            seen.insert(other);
            name = other;
        }
        names.push_back(std::move(name));
    }
    return names;
}

class TableSource : public RowSource
{
  public:
    TableSource(TextReader text, bool isCsv, const RowReading& reading)
        : text_(std::move(text)), isCsv_(isCsv), reading_(reading)
    {
    }

    /// Chooses the separator and reads the header.
    Status begin()
    {
        bool isWhole = false;
        while (!isWhole && text_.buffered().size() < sampleBytes) {
            HILO_TRY(const bool grown, text_.more());
            isWhole = !grown;
        }
        const auto [said, saidBytes] = isCsv_ ? saidSeparator(text_.buffered()) : std::pair('\0', std::size_t{0});
        text_.consume(saidBytes);
        std::string note;
        if (reading_.separator != '\0') {
            separator_ = reading_.separator;
        } else if (said != '\0') {
            separator_ = said;
            note = "its columns are separated by " + separatorName(said) + ", as its first line says";
        } else if (isCsv_) {
            separator_ = guessedSeparator(text_.buffered(), isWhole, note);
        } else {
            separator_ = '\t';
        }
        if (!note.empty())
            first_.notes.push_back(std::move(note));
        HILO_TRY(std::optional<TableRecord> header, record());
        if (!header)
            return {};
        const bool isNamed = reading_.form && !reading_.form->header.empty();
        if (!reading_.withoutHeader && !isNamed) {
            names_ = headerNames(header->cells, first_);
            return {};
        }
        if (isNamed)
            names_ = reading_.form->header;
        for (std::size_t i = 0; !isNamed && i < header->cells.size(); ++i)
            names_.push_back("#" + std::to_string(i));
        add(std::move(*header), first_);
        return {};
    }

    Result<bool> next(FileRows& batch) override
    {
        bool any = !first_.rows.empty() || !first_.rejected.empty();
        std::move(first_.rows.begin(), first_.rows.end(), std::back_inserter(batch.rows));
        std::move(first_.rejected.begin(), first_.rejected.end(), std::back_inserter(batch.rejected));
        std::move(first_.notes.begin(), first_.notes.end(), std::back_inserter(batch.notes));
        first_ = {};
        for (std::size_t rows = 0; rows < batchRows; ++rows) {
            HILO_TRY(std::optional<TableRecord> one, record());
            if (!one)
                return any;
            any = true;
            add(std::move(*one), batch);
        }
        return true;
    }

  private:
    /// The next one that is not blank.
    Result<std::optional<TableRecord>> record()
    {
        for (bool isEnd = false;;) {
            std::size_t used = 0;
            std::optional<TableRecord> found = nextRecord(text_.buffered(), isEnd, separator_, isCsv_, used);
            if (!found && isEnd)
                return std::nullopt;
            if (!found) {
                HILO_TRY(const bool grown, text_.more());
                isEnd = !grown;
                continue;
            }
            found->line = text_.line();
            const bool endsLine = text_.buffered().substr(0, used).ends_with('\n');
            text_.consume(used);
            lastLine_ = text_.line() - (endsLine ? 1 : 0);
            if (found->cells.size() > 1 || !found->cells[0].empty())
                return found;
        }
    }

    void add(TableRecord record, FileRows& result)
    {
        if (record.unterminated) {
            result.rejected.push_back(
                {text_.file(), record.line,
                 "the quotes that begin here do not end, which loses everything to line " + std::to_string(lastLine_)});
            return;
        }
        if (record.cells.size() != names_.size()) {
            result.rejected.push_back({text_.file(), record.line,
                                       "expected " + counted(static_cast<std::int64_t>(names_.size()), "column") +
                                           ", found " + std::to_string(record.cells.size())});
            return;
        }
        Row row;
        row.file = text_.file();
        row.line = record.line;
        for (std::size_t i = 0; i < names_.size(); ++i)
            row.fields.emplace_back(names_[i], std::move(record.cells[i]));
        result.rows.push_back(std::move(row));
    }

    TextReader text_;
    bool isCsv_;
    RowReading reading_;
    char separator_ = ',';
    std::vector<std::string> names_;
    std::int64_t lastLine_ = 0; ///< of the record that was read
    FileRows first_;            ///< what was found at the beginning
};

} // namespace

Result<std::unique_ptr<RowSource>> openTableRows(TextReader text, bool isCsv, const RowReading& reading)
{
    auto source = std::make_unique<TableSource>(std::move(text), isCsv, reading);
    HILO_CHECK(source->begin());
    return source;
}

} // namespace hilo
