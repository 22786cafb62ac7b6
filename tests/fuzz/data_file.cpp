// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/conversation.h"
#include "data/label_text.h"
#include "data/row_readers.h"

#include <cstdint>

/// The bytes as a file of each format, from memory: a file system would cost more than the reading.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    for (const char* name : {"rows.jsonl", "rows.json", "rows.csv", "rows.tsv", "rows.txt"}) {
        auto file = hilo::rowsOfBytes(bytes, name, false);
        if (!file)
            continue;
        std::set<std::string> unknownKeys;
        for (hilo::Row& row : file->rows) {
            hilo::readConversation(row, unknownKeys);
            for (const auto& [column, value] : row.fields)
                (void)hilo::labelOfText(column, value);
        }
    }
    return 0;
}
