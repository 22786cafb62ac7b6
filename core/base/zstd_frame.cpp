// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/zstd_frame.h"

#include <zstd.h>

#include <memory>

namespace hilo {

std::string zstdFrame(std::string_view bytes)
{
    constexpr int level = 19;
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_enableLongDistanceMatching, 1);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    std::string frame(ZSTD_compressBound(bytes.size()), '\0');
    const std::size_t size = ZSTD_compress2(context.get(), frame.data(), frame.size(), bytes.data(), bytes.size());
    frame.resize(ZSTD_isError(size) ? 0 : size);
    return frame;
}

std::optional<std::string> zstdBytes(std::string_view frame, std::size_t size)
{
    // A frame cannot hold more than this of a byte, so a size that lies takes no memory.
    constexpr std::size_t mostOfAByte = std::size_t{1} << 17;
    if (size / mostOfAByte > frame.size())
        return std::nullopt;
    std::string bytes(size, '\0');
    const std::size_t read = ZSTD_decompress(bytes.data(), bytes.size(), frame.data(), frame.size());
    if (ZSTD_isError(read) || read != size)
        return std::nullopt;
    return bytes;
}

} // namespace hilo
