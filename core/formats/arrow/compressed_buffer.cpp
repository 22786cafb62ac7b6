// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/arrow/compressed_buffer.h"

#include <lz4frame.h>
#include <zstd.h>

#include <memory>

namespace hilo::arrow {
namespace {

bool decodeLz4Frame(Bytes bytes, std::span<std::byte> target)
{
    LZ4F_dctx* made = nullptr;
    if (LZ4F_isError(LZ4F_createDecompressionContext(&made, LZ4F_VERSION)))
        return false;
    const std::unique_ptr<LZ4F_dctx, decltype(&LZ4F_freeDecompressionContext)> context(made,
                                                                                       &LZ4F_freeDecompressionContext);
    std::size_t done = 0;
    while (!bytes.empty()) {
        std::size_t read = bytes.size(), written = target.size() - done;
        const std::size_t left =
            LZ4F_decompress(context.get(), target.data() + done, &written, bytes.data(), &read, nullptr);
        if (LZ4F_isError(left) || (read == 0 && written == 0))
            return false;
        bytes = bytes.subspan(read);
        done += written;
        if (left == 0)
            return done == target.size();
    }
    return false;
}

} // namespace

Result<Bytes> unpackBuffer(Bytes stored, BatchLayout::Codec codec, const std::string& place,
                           std::vector<std::vector<std::byte>>& owned, std::uint64_t& left)
{
    if (codec == BatchLayout::Codec::None || stored.empty())
        return stored;
    std::int64_t size = 0;
    if (stored.size() < sizeof size)
        return failure(damaged(place, "A compressed buffer has no size in front."));
    std::memcpy(&size, stored.data(), sizeof size);
    const Bytes packed = stored.subspan(sizeof size);
    if (size == -1)
        return packed;
    // Neither codec makes more than this of a byte, so that a size that lies takes no memory.
    constexpr std::uint64_t most = std::uint64_t{1} << 17;
    if (size < 0 || static_cast<std::uint64_t>(size) / most > packed.size())
        return failure(damaged(place, "A buffer is said to unpack to " + std::to_string(size) + " bytes."));
    if (static_cast<std::uint64_t>(size) > left)
        return failure(badInput({}, place, "The buffers of a record batch unpack to more than 2 GiB.",
                                "Write the rows in smaller batches."));
    left -= static_cast<std::uint64_t>(size);
    std::vector<std::byte> target(static_cast<std::size_t>(size));
    if (size == 0)
        return Bytes();
    bool whole = false;
    if (codec == BatchLayout::Codec::Lz4Frame) {
        whole = decodeLz4Frame(packed, target);
    } else {
        const std::size_t made = ZSTD_decompress(target.data(), target.size(), packed.data(), packed.size());
        whole = !ZSTD_isError(made) && made == target.size();
    }
    if (!whole)
        return failure(damaged(place, std::string("A buffer's ") +
                                          (codec == BatchLayout::Codec::Zstd ? "zstd" : "LZ4") + " data is damaged."));
    owned.push_back(std::move(target));
    return Bytes(owned.back());
}

} // namespace hilo::arrow
