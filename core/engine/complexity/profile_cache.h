// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <filesystem>
#include <optional>
#include <string>

namespace hilo {

/// Results of profiling by what they were computed from, so that the same weights, or the same weights with the same
/// data, are never worked through twice. One small JSON file a result; what can't be read counts as not there, and a
/// folder that can't be written only costs time.
class ProfileCache
{
  public:
    /// Keeps nothing.
    ProfileCache() = default;
    explicit ProfileCache(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// XDG_CACHE_HOME/hilo/profiles, or ~/.cache/hilo/profiles; empty when neither is known.
    static std::filesystem::path usualFolder();

    /// key: letters, digits and -, for example "spectrum-<sha256>".
    std::optional<Json> find(const std::string& key) const;
    void keep(const std::string& key, const Json& result) const;

  private:
    std::filesystem::path folder_;
};

} // namespace hilo
