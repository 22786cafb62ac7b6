// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/api_key.h"

#include "base/sha256.h"

namespace hilo {

bool hasKey(std::string_view authorization, const std::string& key)
{
    constexpr std::string_view scheme = "Bearer ";
    if (!authorization.starts_with(scheme))
        return false;
    // Digests have one length, and what they share says nothing about what the keys share.
    const std::string given = sha256(authorization.substr(scheme.size()));
    const std::string wanted = sha256(key);
    unsigned difference = given.size() == wanted.size() ? 0 : 1;
    for (std::size_t i = 0; i < given.size() && i < wanted.size(); ++i)
        difference |= static_cast<unsigned char>(given[i] ^ wanted[i]);
    return difference == 0;
}

bool isLoopback(std::string_view host)
{
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

bool isOwnName(std::string_view header)
{
    if (const auto colon = header.rfind(':'); colon != std::string_view::npos && !header.ends_with(']'))
        header = header.substr(0, colon);
    return header == "localhost" || header == "127.0.0.1" || header == "[::1]" ||
           (header.starts_with("127.") && header.find_first_not_of("0123456789.") == std::string_view::npos);
}

} // namespace hilo
