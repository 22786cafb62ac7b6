// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace hilo {

/// As printf; the result is cut after 1,023 bytes. Numbers are written as in the C locale.
[[gnu::format(printf, 1, 2)]] std::string printed(const char* pattern, ...);

/// Text as it may stand in XML, in an attribute too: & < > " are replaced, control characters left out.
std::string xmlEscaped(const std::string& text);

} // namespace hilo
