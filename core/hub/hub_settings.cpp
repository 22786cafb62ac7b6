// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/hub_settings.h"

#include "base/atomic_file.h"
#include "base/environment.h"
#include "hub/hub_cache.h"
#include "hub/hub_text.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// As huggingface_hub understands flags.
bool isSet(const char* name)
{
    std::string value = environmentText(name);
    std::transform(value.begin(), value.end(), value.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
    return value == "1" || value == "ON" || value == "YES" || value == "TRUE";
}

std::string trimmed(const std::string& text)
{
    const auto begin = text.find_first_not_of(" \t\r\n");
    return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// It becomes a line of a request: a line break in it would begin another one.
bool isToken(const std::string& token)
{
    return std::all_of(token.begin(), token.end(), [](char letter) { return letter > ' ' && letter < 0x7f; });
}

Result<std::string> readToken()
{
    for (const char* name : {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"})
        if (std::string token = trimmed(environmentText(name)); !token.empty()) {
            if (!isToken(token))
                return failure(badInput({}, {}, std::string(name) + " is no token: it holds blanks or line breaks."));
            return token;
        }
    const std::string named = environmentText("HF_TOKEN_PATH");
    const fs::path file = named.empty() ? huggingFaceHome() / "token" : fs::path(named);
    std::error_code code;
    if (!fs::is_regular_file(file, code))
        return std::string();
    HILO_TRY(const std::string text, readFile(file, 65536));
    if (!isToken(trimmed(text)))
        return failure(badInput(file.string(), {}, "This is no token: it holds blanks or line breaks."));
    return trimmed(text);
}

} // namespace

Result<HubSettings> hubSettingsFromEnvironment()
{
    HubSettings settings;
    if (std::string endpoint = trimmed(environmentText("HF_ENDPOINT")); !endpoint.empty()) {
        while (endpoint.ends_with('/'))
            endpoint.pop_back();
        if (originOf(endpoint).empty())
            return failure(badInput({}, {}, "HF_ENDPOINT is no address: \"" + shownAddress(endpoint) + "\".",
                                    "It begins with https:// (or http://), as https://huggingface.co."));
        settings.endpoint = std::move(endpoint);
    }
    HILO_TRY(settings.token, readToken());
    settings.cache = hubCacheFolder();
    if (settings.cache.empty())
        return failure(badInput({}, {}, "There is no folder for the cache: neither HF_HOME nor HOME is set.",
                                "Set HF_HOME to a folder."));
    settings.offline = isSet("HF_HUB_OFFLINE") || isSet("TRANSFORMERS_OFFLINE");
    return settings;
}

} // namespace hilo
