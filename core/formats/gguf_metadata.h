// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hilo {

/// A metadata list where it lies in the file; its elements are checked when the file is opened, copied on demand.
struct GgufArray
{
    enum class Kind { Unsigned, Signed, Float, Bool, Text };
    Kind kind = Kind::Unsigned;
    unsigned elementBytes = 0; ///< 0: texts, each with its length in front
    std::uint64_t count = 0;
    std::span<const std::byte> bytes;
};

/// Texts point into the mapped file.
using GgufValue = std::variant<std::uint64_t, std::int64_t, double, bool, std::string_view, GgufArray>;

/// The keys of a GGUF file (llama.cpp's docs/gguf.md) and checked access to them.
class GgufMetadata
{
  public:
    std::string name; ///< the file, for messages
    std::map<std::string, GgufValue, std::less<>> metadata;

    /// Nothing when the key is missing; bad input, naming the key, when the value is of another kind or out of range.
    Result<std::optional<std::int64_t>> integer(const std::string& key, std::int64_t lowest,
                                                std::int64_t highest) const;
    /// The same of a key that holds one number or a list with one for each of layers; those must be equal.
    Result<std::optional<std::int64_t>> integerOfLayers(const std::string& key, std::int64_t layers,
                                                        std::int64_t lowest, std::int64_t highest) const;
    Result<std::optional<double>> number(const std::string& key) const; ///< finite; whole numbers of any type too
    Result<std::optional<bool>> flag(const std::string& key) const;
    Result<std::optional<std::string>> text(const std::string& key) const;
    /// Empty when the key is missing.
    Result<std::vector<std::string>> texts(const std::string& key) const;
    Result<std::vector<double>> numbers(const std::string& key) const;
    Error errorAt(const std::string& key, std::string message, std::string hint = {}) const;
};

} // namespace hilo
