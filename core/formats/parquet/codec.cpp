// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/parquet/codec.h"

#include "base/copy_bytes.h"

#include <brotli/decode.h>
#include <lz4.h>
#include <snappy.h>
#include <zlib.h>
#include <zstd.h>

#include <array>

namespace hilo::parquet {
namespace {

constexpr std::int64_t largestPage = std::int64_t{512} << 20;

Error damaged(int codec)
{
    return badInput({}, {}, "A page's " + codecName(codec) + " data is damaged.", "Copy or download the file again.");
}

bool inflateGzip(std::span<const std::byte> bytes, std::span<std::byte> target)
{
    z_stream stream{};
    if (inflateInit2(&stream, 15 + 32) != Z_OK)
        return false;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(target.data());
    stream.avail_out = static_cast<uInt>(target.size());
    const int code = inflate(&stream, Z_FINISH);
    const bool whole = code == Z_STREAM_END && stream.avail_out == 0;
    inflateEnd(&stream);
    return whole;
}

bool decodeLz4(std::span<const std::byte> bytes, std::span<std::byte> target)
{
    const int size =
        LZ4_decompress_safe(reinterpret_cast<const char*>(bytes.data()), reinterpret_cast<char*>(target.data()),
                            static_cast<int>(bytes.size()), static_cast<int>(target.size()));
    return size == static_cast<int>(target.size());
}

std::uint32_t bigEndian(std::span<const std::byte> bytes)
{
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i)
        value = value << 8 | std::to_integer<std::uint32_t>(bytes[static_cast<std::size_t>(i)]);
    return value;
}

/// Hadoop writes blocks of (size, compressed size, data), in big-endian numbers.
bool decodeHadoopLz4(std::span<const std::byte> bytes, std::span<std::byte> target)
{
    while (bytes.size() >= 8) {
        const std::uint32_t size = bigEndian(bytes), packed = bigEndian(bytes.subspan(4));
        bytes = bytes.subspan(8);
        if (packed > bytes.size() || size > target.size() || !decodeLz4(bytes.first(packed), target.first(size)))
            return false;
        bytes = bytes.subspan(packed);
        target = target.subspan(size);
    }
    return bytes.empty() && target.empty();
}

bool decode(int codec, std::span<const std::byte> bytes, std::span<std::byte> target)
{
    const auto* input = reinterpret_cast<const char*>(bytes.data());
    switch (codec) {
    case 0:
        if (bytes.size() != target.size())
            return false;
        copyBytes(target.data(), bytes);
        return true;
    case 1: {
        std::size_t size = 0;
        return snappy::GetUncompressedLength(input, bytes.size(), &size) && size == target.size() &&
               snappy::RawUncompress(input, bytes.size(), reinterpret_cast<char*>(target.data()));
    }
    case 2:
        return inflateGzip(bytes, target);
    case 4: {
        std::size_t size = target.size();
        return BrotliDecoderDecompress(bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                                       reinterpret_cast<std::uint8_t*>(target.data())) ==
                   BROTLI_DECODER_RESULT_SUCCESS &&
               size == target.size();
    }
    case 5:
        return decodeHadoopLz4(bytes, target) || decodeLz4(bytes, target);
    case 6: {
        const std::size_t size = ZSTD_decompress(target.data(), target.size(), bytes.data(), bytes.size());
        return !ZSTD_isError(size) && size == target.size();
    }
    case 7:
        return decodeLz4(bytes, target);
    default:
        return false;
    }
}

} // namespace

std::string codecName(int codec)
{
    static const std::array<const char*, 8> names = {"uncompressed", "snappy", "gzip", "LZO",
                                                     "brotli",       "LZ4",    "zstd", "LZ4"};
    return codec >= 0 && codec < 8 ? names[static_cast<std::size_t>(codec)] : "codec " + std::to_string(codec);
}

Result<std::vector<std::byte>> decompress(int codec, std::span<const std::byte> bytes, std::int64_t size)
{
    if (codec < 0 || codec > 7 || codec == 3)
        return failure(badInput({}, {}, "The compression " + codecName(codec) + " is not known here.",
                                "Write the file with snappy, gzip, brotli, LZ4, zstd or without compression."));
    if (size < 0 || size > largestPage)
        return failure(badInput({}, {}, "A page of " + std::to_string(size) + " bytes; at most 512 MiB are read."));
    // An empty page may be written without any bytes.
    if (size == 0)
        return std::vector<std::byte>();
    // No codec of these makes more than this of a byte, so a size that lies takes no memory.
    const std::uint64_t most = codec == 0 ? 1 : 1u << 17;
    if (static_cast<std::uint64_t>(size) / most > bytes.size())
        return failure(damaged(codec));
    std::vector<std::byte> target(static_cast<std::size_t>(size));
    if (!decode(codec, bytes, target))
        return failure(damaged(codec));
    return target;
}

} // namespace hilo::parquet
