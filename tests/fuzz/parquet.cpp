// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/parquet/parquet_file.h"

// A data set from a stranger. Rows are read up to a number that a small file cannot have by right.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::span<const std::byte> bytes(reinterpret_cast<const std::byte*>(data), size);
    const auto file = hilo::parquet::ParquetFile::fromBytes(bytes, "file.parquet");
    if (!file)
        return 0;
    std::int64_t left = 2000;
    for (std::size_t group = 0; group < file->rowGroups() && left > 0; ++group) {
        [[maybe_unused]] const hilo::Status read =
            file->readRows(group, [&left](std::int64_t, hilo::Json) -> hilo::Status {
                return --left > 0 ? hilo::Status() : hilo::failure(hilo::cancelled());
            });
    }
    return 0;
}
