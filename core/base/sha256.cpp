// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/sha256.h"

#include "base/digest.h"
#include "base/mapped_file.h"

#include <algorithm>
#include <string_view>

namespace hilo {

std::string sha256(std::span<const std::byte> bytes)
{
    Digest digest;
    digest.add(bytes);
    return digest.hexadecimal();
}

std::string sha256(std::string_view text)
{
    return sha256(std::as_bytes(std::span(text)));
}

Result<std::string> sha256File(const std::filesystem::path& path, const Progress& progress)
{
    HILO_TRY(const auto file, MappedFile::open(path));
    constexpr std::size_t step = std::size_t{16} << 20;
    const auto bytes = file->bytes();
    Digest digest;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        if (progress.isCancelled())
            return failure(cancelled());
        const auto part = bytes.subspan(at, std::min(step, bytes.size() - at));
        digest.add(part);
        releaseMapped(part);
        progress.report({"Hashing " + path.filename().string(),
                         static_cast<std::int64_t>(at),
                         static_cast<std::int64_t>(bytes.size()),
                         {}});
    }
    return digest.hexadecimal();
}

} // namespace hilo
