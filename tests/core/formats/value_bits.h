// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>
#include <iomanip>
#include <sstream>
#include <string>
#include <vector>

namespace hilo::testing {

/// FNV-1a over the values' bits, in hexadecimal digits: fingerprint() of tests/interop/make_block_fixtures.py.
inline std::string bitsOf(const std::vector<float>& values)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const float value : values)
        for (int shift = 0; shift < 32; shift += 8)
            hash = (hash ^ (std::bit_cast<std::uint32_t>(value) >> shift & 0xff)) * 0x100000001b3ULL;
    std::ostringstream text;
    text << std::hex << std::setw(16) << std::setfill('0') << hash;
    return text.str();
}

} // namespace hilo::testing
