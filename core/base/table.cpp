// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/table.h"

namespace hilo {

std::vector<TableRecord> parseTable(std::string_view text, char separator, bool quoted)
{
    std::vector<TableRecord> records;
    std::int64_t line = 1;
    std::size_t at = 0;
    while (at < text.size()) {
        TableRecord record;
        record.line = line;
        std::string cell;
        bool inside = false;
        bool isFirst = true; // nothing of the cell has been read yet
        for (;; ++at) {
            if (at == text.size()) {
                record.unterminated = inside;
                break;
            }
            const char c = text[at];
            if (inside) {
                line += c == '\n';
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
        record.cells.push_back(std::move(cell));
        if (at < text.size()) {
            at += text[at] == '\r' ? 2 : 1;
            ++line;
        }
        const bool isBlank = record.cells.size() == 1 && record.cells[0].empty();
        if (!isBlank)
            records.push_back(std::move(record));
    }
    return records;
}

} // namespace hilo
