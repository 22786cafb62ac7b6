// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_endings.h"

#include "formats/compressed_source.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace hilo {
namespace {

constexpr std::array<std::string_view, 10> knownEndings = {".parquet", ".arrow", ".feather", ".jsonl", ".ndjson",
                                                           ".json",    ".csv",   ".tsv",     ".txt",   ".md"};
constexpr std::array<std::string_view, 4> compressionEndings = {".gz", ".gzip", ".zst", ".zstd"};

} // namespace

std::span<const std::string_view> dataEndings()
{
    return knownEndings;
}

bool isBinaryEnding(std::string_view ending)
{
    return ending == ".parquet" || ending == ".arrow" || ending == ".feather";
}

std::string withoutDataEndings(const std::string& name)
{
    std::string rest = name;
    for (std::size_t before = 0; before != rest.size();) {
        before = rest.size();
        rest = withoutCompressionEnding(rest);
        std::string lower = rest;
        std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
        for (const std::string_view ending : knownEndings)
            if (lower.size() > ending.size() && lower.ends_with(ending))
                rest.resize(rest.size() - ending.size());
    }
    return rest;
}

std::vector<std::string> dataFilePatterns()
{
    std::vector<std::string> patterns;
    for (const std::string_view ending : knownEndings)
        patterns.push_back("*" + std::string(ending));
    for (const std::string_view ending : knownEndings)
        for (const std::string_view compression : compressionEndings)
            if (!isBinaryEnding(ending))
                patterns.push_back("*" + std::string(ending) + std::string(compression));
    return patterns;
}

} // namespace hilo
