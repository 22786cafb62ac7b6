// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "formats/family_table.h"
#include "formats/gguf.h"
#include "formats/gguf_families.h"

#include <map>
#include <optional>
#include <string>

namespace hilo {

inline constexpr std::int64_t largestGgufNumber = std::int64_t{1} << 40;

/// Collects what config.json would say, so that one reader checks both; remembers where each value stood.
class GgufDocument
{
  public:
    GgufDocument(const GgufFile& file, const GgufFamily& family);

    const GgufFile& file() const { return file_; }
    const GgufFamily& family() const { return family_; }
    /// What config.json of these models may say.
    const FamilyEntry& entry() const { return entry_; }
    const Json& json() const { return document_; }
    bool isGpt2() const { return family_.family == Family::Gpt2; }

    /// "llama." in front of it.
    std::string key(const std::string& name) const { return std::string(family_.architecture) + "." + name; }
    Error errorAt(const std::string& name, std::string message, std::string hint = {}) const;

    /// Above 0; set under jsonKey where it is there. Keys of layers may be lists (llama.cpp's get_key_or_arr), once the
    /// number of layers is known.
    Result<std::optional<std::int64_t>> integer(const std::string& name, const std::string& jsonKey);
    Result<std::int64_t> requiredInteger(const std::string& name, const std::string& jsonKey);
    Result<std::optional<double>> number(const std::string& name, const std::string& jsonKey);

    void set(const std::string& jsonKey, const std::string& origin, Json value);

    Result<ModelConfig> parse() const;

  private:
    const GgufFile& file_;
    const GgufFamily& family_;
    const FamilyEntry& entry_;
    std::string layersKey_;
    Json document_ = Json::object();
    std::map<std::string, std::string> origins_;
};

} // namespace hilo
