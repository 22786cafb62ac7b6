// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/mapped_file.h"
#include "formats/weights.h"

#include <filesystem>
#include <map>
#include <string_view>
#include <variant>

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

/// One tensor as the file describes it: GGUF name, shape outermost first (the file's order reversed).
struct GgufTensor
{
    TensorInfo info;
    std::string typeName; ///< also of types that are not supported: "IQ4_XS"
    std::span<const std::byte> bytes;
};

/// A checked GGUF container of version 2 or 3 (llama.cpp's docs/gguf.md and gguf.cpp).
class GgufFile
{
  public:
    std::uint32_t version = 0;
    std::uint64_t alignment = 32;
    std::map<std::string, GgufValue, std::less<>> metadata;
    std::vector<GgufTensor> tensors; ///< in file order
    std::string name;                ///< for messages
    std::shared_ptr<const MappedFile> file;

    const GgufTensor* find(std::string_view tensor) const;

    /// Nothing when the key is missing; bad input, naming the key, when the value is of another kind or out of range.
    Result<std::optional<std::int64_t>> integer(const std::string& key, std::int64_t lowest,
                                                std::int64_t highest) const;
    Result<std::optional<double>> number(const std::string& key) const; ///< finite
    Result<std::optional<bool>> flag(const std::string& key) const;
    Result<std::optional<std::string>> text(const std::string& key) const;
    /// Empty when the key is missing.
    Result<std::vector<std::string>> texts(const std::string& key) const;
    Result<std::vector<double>> numbers(const std::string& key) const;
    Error errorAt(const std::string& key, std::string message, std::string hint = {}) const;
};

/// Bad input: whatever the reference reader refuses, with the byte or the tensor. Every count is checked against the
/// bytes that remain before anything is allocated for it.
Result<GgufFile> openGguf(const std::filesystem::path& path);
/// The same checks on bytes in memory; used by openGguf, the tests and the fuzz target.
Result<GgufFile> parseGguf(std::shared_ptr<const MappedFile> file, std::span<const std::byte> bytes,
                           const std::string& name);

} // namespace hilo
