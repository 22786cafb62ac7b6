// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string_view>

namespace hilo {

/// Keeps the order of keys, so that written files read like the design.
using Json = nlohmann::ordered_json;

struct JsonLimits
{
    std::size_t maximumBytes = std::size_t{256} << 20;
    int maximumDepth = 64;
    /// Python's json module writes NaN, Infinity and -Infinity. With this they are read as such numbers, which
    /// JsonObject refuses by name where they are asked for; without it they are errors, as RFC 8259 has it.
    bool pythonNumbers = false;
};

/// For files that Python programs write: config.json, tokenizer_config.json, rows of data.
constexpr JsonLimits pythonJson{std::size_t{256} << 20, 64, true};

/// Parses UTF-8 JSON. Duplicate keys, depth above the limit, invalid UTF-8 and trailing text are errors that name
/// the file and the place (line and byte).
Result<Json> parseJson(std::string_view text, const std::string& file, const JsonLimits& limits = {});
Result<Json> readJsonFile(const std::filesystem::path& path, const JsonLimits& limits = {});

/// Writes indented JSON through writeFileAtomically (base/atomic_file.h).
Status writeJsonFile(const std::filesystem::path& path, const Json& document);

/// A value for a message: as JSON, but "NaN" and "Infinity" by their names.
std::string shownJson(const Json& value);

/// Reads an object key by key; says which key is missing, of the wrong type, out of range or unknown.
class JsonObject
{
  public:
    /// place: where the object stands in the file, "layers[3].modules.q_proj"; the document's root is "".
    static Result<JsonObject> of(const Json& value, std::string file, std::string place = {});

    bool has(const std::string& key) const;
    /// Each returns an error when the key is missing or of another type. The ...Or forms allow a missing (or null) key.
    Result<std::string> text(const std::string& key) const;
    Result<std::string> textOr(const std::string& key, std::string fallback) const;
    Result<std::int64_t> integer(const std::string& key, std::int64_t lowest, std::int64_t highest) const;
    Result<std::int64_t> integerOr(const std::string& key, std::int64_t fallback, std::int64_t lowest,
                                   std::int64_t highest) const;
    /// Finite numbers only.
    Result<double> number(const std::string& key, double lowest, double highest) const;
    Result<double> numberOr(const std::string& key, double fallback, double lowest, double highest) const;
    Result<bool> flagOr(const std::string& key, bool fallback) const;
    Result<JsonObject> object(const std::string& key) const;
    /// The array's elements; missing is an error.
    Result<const Json*> array(const std::string& key) const;
    /// Any key that is not in the list is an error that names it and the nearest known one.
    Status onlyKeys(std::initializer_list<std::string_view> known) const;

    const Json& json() const { return *value_; }
    const std::string& file() const { return file_; }
    /// "place.key"
    std::string placeOf(const std::string& key) const;
    Error errorAt(const std::string& key, std::string message, std::string hint = {}) const;

  private:
    JsonObject(const Json* value, std::string file, std::string place);
    const Json* value_;
    std::string file_;
    std::string place_;
};

} // namespace hilo
