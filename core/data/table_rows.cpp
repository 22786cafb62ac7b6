// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table_rows.h"

#include "base/table.h"

#include <algorithm>
#include <set>

namespace hilo {
namespace {

std::string withoutBlanks(const std::string& text)
{
    const auto begin = text.find_first_not_of(" \t\r\n");
    return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// Of a CSV file's first line, outside of quotes.
char headerSeparator(std::string_view text)
{
    bool inside = false;
    std::string seen;
    for (const char c : text.substr(0, text.find('\n'))) {
        inside ^= c == '"';
        if (!inside)
            seen += c;
    }
    for (const char separator : {',', ';', '\t'})
        if (seen.find(separator) != std::string::npos)
            return separator;
    return ',';
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

} // namespace

FileRows tableRows(const std::string& text, const std::string& file, bool isCsv, bool withoutHeader)
{
    FileRows result;
    const auto [said, saidBytes] = isCsv ? saidSeparator(text) : std::pair('\0', std::size_t{0});
    const std::string_view table = std::string_view(text).substr(saidBytes);
    const char separator = !isCsv ? '\t' : said != '\0' ? said : headerSeparator(table);
    if (isCsv && separator != ',')
        result.notes.push_back(std::string("its columns are separated by ") +
                               (separator == ';'    ? "semicolons"
                                : separator == '\t' ? "tabs"
                                                    : "\"" + std::string(1, separator) + "\""));
    std::vector<TableRecord> records = parseTable(table, separator, isCsv);
    if (records.empty())
        return result;
    std::vector<std::string> names;
    for (std::size_t i = 0; withoutHeader && i < records[0].cells.size(); ++i)
        names.push_back("#" + std::to_string(i));
    if (!withoutHeader) {
        names = headerNames(records[0].cells, result);
        records.erase(records.begin());
    }
    for (TableRecord& record : records) {
        const std::int64_t line = record.line + (saidBytes > 0 ? 1 : 0);
        if (record.unterminated) {
            const std::int64_t last = 1 + std::count(text.begin(), text.end(), '\n') - (text.ends_with('\n') ? 1 : 0);
            result.rejected.push_back(
                {file, line,
                 "the quotes that begin here do not end, which loses everything to line " + std::to_string(last)});
            continue;
        }
        if (record.cells.size() != names.size()) {
            result.rejected.push_back({file, line,
                                       "expected " + std::to_string(names.size()) + " columns, found " +
                                           std::to_string(record.cells.size())});
            continue;
        }
        Row row;
        row.file = file;
        row.line = line;
        for (std::size_t i = 0; i < names.size(); ++i)
            row.fields.emplace_back(names[i], std::move(record.cells[i]));
        result.rows.push_back(std::move(row));
    }
    return result;
}

} // namespace hilo
