// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/series.h"

#include <zlib.h>

#include <cstring>

namespace hilo {
namespace {

constexpr std::size_t pointBytes = 16;

/// Byte k of every word stands together: neighbours are alike, which deflate likes.
void writePlanes(std::string& planes, std::size_t start, std::size_t index, std::size_t count, std::uint64_t word)
{
    for (std::size_t k = 0; k < 8; ++k)
        planes[start + k * count + index] = static_cast<char>(word >> (8 * k));
}

std::uint64_t readPlanes(const std::string& planes, std::size_t start, std::size_t index, std::size_t count)
{
    std::uint64_t word = 0;
    for (std::size_t k = 0; k < 8; ++k)
        word |= static_cast<std::uint64_t>(static_cast<unsigned char>(planes[start + k * count + index])) << (8 * k);
    return word;
}

Error damaged()
{
    return badInput({}, {}, "A chunk of metrics in the database is damaged.",
                    "Run \"hilo project reindex\" on the project.");
}

} // namespace

std::string encodeChunk(std::span<const std::int64_t> steps, std::span<const double> values)
{
    const std::size_t count = steps.size();
    std::string planes(count * pointBytes, '\0');
    std::uint64_t previous = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto step = static_cast<std::uint64_t>(steps[i]);
        std::uint64_t value = 0;
        std::memcpy(&value, &values[i], sizeof value);
        writePlanes(planes, 0, i, count, step - previous);
        writePlanes(planes, count * 8, i, count, value);
        previous = step;
    }
    uLongf length = compressBound(planes.size());
    std::string bytes(4 + length, '\0');
    for (int k = 0; k < 4; ++k)
        bytes[static_cast<std::size_t>(k)] = static_cast<char>(count >> (8 * k));
    compress2(reinterpret_cast<Bytef*>(bytes.data() + 4), &length, reinterpret_cast<const Bytef*>(planes.data()),
              planes.size(), Z_BEST_SPEED);
    bytes.resize(4 + length);
    return bytes;
}

Status decodeChunk(std::string_view bytes, Series& series)
{
    std::size_t count = 0;
    for (std::size_t k = 0; k < 4 && bytes.size() > 4; ++k)
        count |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[k])) << (8 * k);
    if (count == 0 || count > pointsPerChunk)
        return failure(damaged());
    std::string planes(count * pointBytes, '\0');
    uLongf length = planes.size();
    const int result = uncompress(reinterpret_cast<Bytef*>(planes.data()), &length,
                                  reinterpret_cast<const Bytef*>(bytes.data() + 4), bytes.size() - 4);
    if (result != Z_OK || length != planes.size())
        return failure(damaged());
    std::uint64_t step = 0;
    for (std::size_t i = 0; i < count; ++i) {
        step += readPlanes(planes, 0, i, count);
        const std::uint64_t word = readPlanes(planes, count * 8, i, count);
        double value = 0;
        std::memcpy(&value, &word, sizeof value);
        series.steps.push_back(static_cast<std::int64_t>(step));
        series.values.push_back(value);
    }
    return {};
}

} // namespace hilo
