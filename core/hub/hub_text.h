// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>

namespace hilo {

/// "https://host:443" of an http(s) address, in lower case; empty where it is none. Two addresses are of one server
/// when these are the same.
std::string originOf(const std::string& address);

/// An address for messages: without user and password, and without what stands behind "?", which may be a signature.
std::string shownAddress(const std::string& address);

/// A path for an address: everything but letters, digits, "-", "_", ".", "~" and "/" as %XX; keepSlashes: else "/" too.
std::string percentEncoded(const std::string& path, bool keepSlashes);

/// A name of a file as a server gives it, relative with "/" between its parts. Bad input: it would leave its folder
/// (absolute, "..", "."), or holds an empty part, control characters, "\" or no UTF-8.
Status checkServedName(const std::string& name, const std::string& listing);

/// Lower-case hexadecimal digits, as many as said.
bool isHexadecimal(const std::string& text, std::size_t digits);

} // namespace hilo
