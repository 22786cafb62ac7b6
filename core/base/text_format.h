// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace hilo {

/// As printf; the result is cut after 1,023 bytes. Numbers are written as in the C locale.
[[gnu::format(printf, 1, 2)]] std::string printed(const char* pattern, ...);

/// The shortest text that reads back as the same number: "0.1", "16".
std::string shortestNumber(double value);

/// "a, b, c"
std::string joined(const std::vector<std::string>& texts, const std::string& separator = ", ");

/// The words as one command for a shell: those with other characters than letters, digits and a few signs in quotes.
std::string shellCommand(const std::vector<std::string>& words);

/// Text as it may stand in XML, in an attribute too: & < > " are replaced, control characters left out.
std::string xmlEscaped(const std::string& text);

} // namespace hilo
