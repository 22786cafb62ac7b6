// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_readers.h"
#include "formats/compressed_source.h"

#include <cstdlib>

// Bytes under each of the endings that data files have; from memory, so that many are tried.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    for (const char* name : {"input.jsonl", "input.json", "input.csv", "input.tsv", "input.txt"}) {
        const auto read = hilo::rowsOfBytes({reinterpret_cast<const char*>(data), size}, name);
        if (!read)
            continue;
        // What is compressed has as many rows as it unpacks to.
        if (hilo::compressionOf({reinterpret_cast<const char*>(data), size}) != hilo::Compression::None)
            continue;
        // Every row can be found again, and no row comes from nowhere.
        if (read->rows.size() > size)
            std::abort();
        for (const hilo::Row& row : read->rows)
            if (row.file != name || row.line < 1 || row.line > static_cast<std::int64_t>(size))
                std::abort();
        for (const hilo::RejectedRow& row : read->rejected)
            if (row.file != name || row.line < 1 || row.reason.empty())
                std::abort();
    }
    return 0;
}
