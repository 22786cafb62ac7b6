// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/arrow/arrow_file.h"

// A data set from a stranger. Rows are read up to a number that a small file cannot have by right.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::span<const std::byte> bytes(reinterpret_cast<const std::byte*>(data), size);
    auto file = hilo::arrow::ArrowFile::fromBytes(bytes, "file.arrow");
    if (!file)
        return 0;
    for (int left = 2000; left > 0; --left) {
        const auto row = file->next();
        if (!row || !*row)
            return 0;
    }
    return 0;
}
