// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace hilo {

/// Whether the header Authorization is "Bearer KEY" with this key. How long it takes does not tell how much of it is
/// right.
bool hasKey(std::string_view authorization, const std::string& key);

/// Whether a host that is listened on can be reached from this machine alone.
bool isLoopback(std::string_view host);

/// Whether the header Host names this machine as it names itself (localhost, 127.0.0.1, [::1], with or without a
/// port): a web page elsewhere whose name was turned to this machine's address says that name instead.
bool isOwnName(std::string_view header);

} // namespace hilo
