// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text_table.h"

#include "base/shown_text.h"

#include <algorithm>

namespace hilo {
namespace {

constexpr std::size_t widestCell = 200;

bool looksNumeric(const std::string& text)
{
    return !text.empty() && text.find_first_not_of("0123456789 .%-+e") == std::string::npos;
}

/// isRight says of a row and column whether the cell stands to the right.
template <class IsRight>
std::string laidOut(TextRows rows, IsRight isRight)
{
    std::vector<std::size_t> widths;
    for (auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            row[i] = shown(row[i], widestCell);
            widths[i] = std::max(widths[i], displayColumns(row[i]));
        }
    }
    std::string text;
    for (std::size_t number = 0; number < rows.size(); ++number) {
        const auto& row = rows[number];
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string space(widths[i] - displayColumns(row[i]), ' ');
            line += (i > 0 ? "  " : "") + (isRight(number, i) ? space + row[i] : row[i] + space);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

} // namespace

std::string alignedTable(const TextRows& rows)
{
    // One text in a column puts all of it to the left: numbers far from their names are hard to read.
    std::vector<char> numeric;
    for (std::size_t number = 1; number < rows.size(); ++number) {
        numeric.resize(std::max(numeric.size(), rows[number].size()), true);
        for (std::size_t i = 0; i < rows[number].size(); ++i)
            if (!rows[number][i].empty() && !looksNumeric(rows[number][i]))
                numeric[i] = false;
    }
    return laidOut(rows, [&](std::size_t number, std::size_t column) {
        return number > 0 && column < numeric.size() && numeric[column];
    });
}

std::string alignedTable(const TextRows& rows, std::size_t leftColumns)
{
    return laidOut(rows, [&](std::size_t, std::size_t column) { return column >= leftColumns; });
}

} // namespace hilo
