// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace hilo {

/// Where things are fetched from and put, and how.
struct HubSettings
{
    std::string endpoint = "https://huggingface.co"; ///< without "/" at its end
    std::string token;                               ///< sent to the endpoint alone; never shown
    std::filesystem::path cache;
    bool offline = false; ///< nothing may be fetched

    int connections = 4;                        ///< that a large file is fetched by
    std::int64_t pieceBytes = 16 << 20;         ///< what one of them fetches at a time
    int attempts = 7;                           ///< without any progress, before it is given up
    std::chrono::milliseconds firstPause{1000}; ///< doubled from attempt to attempt
    std::chrono::seconds longestPause{600};     ///< what a server may ask for
    std::chrono::seconds stalled{30};           ///< without a byte: the connection counts as lost
};

/// From HF_ENDPOINT, HF_TOKEN (else HUGGING_FACE_HUB_TOKEN, else the file HF_TOKEN_PATH or "token" in HF_HOME),
/// HF_HUB_OFFLINE, TRANSFORMERS_OFFLINE and hubCacheFolder(). Bad input: an endpoint that is no http(s) address, a
/// token that is none, no folder for the cache.
Result<HubSettings> hubSettingsFromEnvironment();

} // namespace hilo
