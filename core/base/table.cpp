// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/table.h"

#include <algorithm>

namespace hilo {

std::optional<TableRecord> nextRecord(std::string_view text, bool isEnd, char separator, bool quoted, std::size_t& used)
{
    if (text.empty())
        return std::nullopt;
    TableRecord record;
    record.line = 1;
    std::string cell;
    bool inside = false;
    bool isFirst = true; // nothing of the cell has been read yet
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (inside) {
            if (c != '"')
                cell += c;
            else if (at + 1 < text.size() && text[at + 1] == '"')
                cell += text[++at];
            else
                inside = false;
            continue;
        }
        if (c == '\n' || (c == '\r' && at + 1 < text.size() && text[at + 1] == '\n'))
            break;
        if (c == separator) {
            record.cells.push_back(std::move(cell));
            cell.clear();
            isFirst = true;
            continue;
        }
        if (quoted && c == '"' && isFirst)
            inside = true;
        else
            cell += c;
        isFirst = false;
    }
    if (at == text.size() && !isEnd)
        return std::nullopt;
    record.unterminated = inside;
    record.cells.push_back(std::move(cell));
    used = at < text.size() ? at + (text[at] == '\r' ? 2 : 1) : at;
    return record;
}

std::vector<TableRecord> parseTable(std::string_view text, char separator, bool quoted)
{
    std::vector<TableRecord> records;
    std::int64_t line = 1;
    std::size_t used = 0;
    while (auto record = nextRecord(text, true, separator, quoted, used)) {
        record->line = line;
        line += std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(used), '\n');
        text.remove_prefix(used);
        const bool isBlank = record->cells.size() == 1 && record->cells[0].empty();
        if (!isBlank)
            records.push_back(std::move(*record));
    }
    return records;
}

} // namespace hilo
