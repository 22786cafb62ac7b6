// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/hub_text.h"

#include "base/shown_text.h"
#include "base/valid_utf8.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

namespace hilo {
namespace {

using Address = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::string partOf(CURLU* address, CURLUPart part, unsigned int flags)
{
    char* text = nullptr;
    if (curl_url_get(address, part, &text, flags) != CURLUE_OK || !text)
        return {};
    std::string copy = text;
    curl_free(text);
    return copy;
}

} // namespace

std::string originOf(const std::string& address)
{
    const Address parsed(curl_url(), &curl_url_cleanup);
    if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, address.c_str(), 0) != CURLUE_OK)
        return {};
    const std::string scheme = partOf(parsed.get(), CURLUPART_SCHEME, 0);
    if (scheme != "http" && scheme != "https")
        return {};
    std::string host = partOf(parsed.get(), CURLUPART_HOST, 0);
    std::transform(host.begin(), host.end(), host.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return scheme + "://" + host + ":" + partOf(parsed.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

std::string shownAddress(const std::string& address)
{
    std::string text = address.substr(0, address.find_first_of("?#"));
    const auto authority = text.find("://");
    if (authority != std::string::npos) {
        const auto end = std::min(text.find('/', authority + 3), text.size());
        const auto at = text.rfind('@', end);
        if (at != std::string::npos && at > authority)
            text.erase(authority + 3, at - authority - 2);
    }
    return shown(text);
}

std::string percentEncoded(const std::string& path, bool keepSlashes)
{
    constexpr std::string_view plain = "-_.~";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const char letter : path) {
        const auto byte = static_cast<unsigned char>(letter);
        if ((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
            plain.find(letter) != std::string_view::npos || (letter == '/' && keepSlashes)) {
            text += letter;
        } else {
            text += '%';
            text += digits[byte >> 4];
            text += digits[byte & 15];
        }
    }
    return text;
}

Status checkServedName(const std::string& name, const std::string& listing)
{
    const auto refused = [&](const std::string& fault) {
        return failure(badInput(listing, {}, "The server names a file \"" + shown(name) + "\", " + fault + ".",
                                "Nothing was fetched; this is no honest repository, or a fault of the server."));
    };
    if (name.empty() || name.size() > 1024)
        return refused("which is empty or too long");
    if (name.front() == '/')
        return refused("which is an absolute path");
    if (std::any_of(name.begin(), name.end(),
                    [](char letter) { return static_cast<unsigned char>(letter) < ' ' || letter == 0x7f; }) ||
        name.find('\\') != std::string::npos || !isUtf8(name))
        return refused("with characters that no name of a file should have");
    for (std::size_t begin = 0; begin <= name.size();) {
        const auto end = std::min(name.find('/', begin), name.size());
        const std::string part = name.substr(begin, end - begin);
        if (part.empty() || part == "." || part == "..")
            return refused("which leads out of its folder");
        if (part.size() > 255)
            return refused("which is too long");
        begin = end + 1;
    }
    return {};
}

bool isHexadecimal(const std::string& text, std::size_t digits)
{
    return text.size() == digits && std::all_of(text.begin(), text.end(), [](char letter) {
               return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
           });
}

} // namespace hilo
