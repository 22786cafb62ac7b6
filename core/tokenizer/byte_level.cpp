// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/byte_level.h"

#include "tokenizer/utf8.h"

#include <array>
#include <cstdint>
#include <unordered_map>

namespace hilo {
namespace {

struct Alphabet
{
    std::array<std::string, 256> characters;
    std::unordered_map<std::uint32_t, char> bytes;

    Alphabet()
    {
        std::uint32_t extra = 0x100;
        for (std::uint32_t byte = 0; byte < 256; ++byte) {
            const bool printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
            const std::uint32_t codePoint = printable ? byte : extra++;
            utf8::append(characters[byte], codePoint);
            bytes[codePoint] = static_cast<char>(byte);
        }
    }
};

const Alphabet& alphabet()
{
    static const Alphabet instance;
    return instance;
}

} // namespace

std::string bytesToCharacters(std::string_view bytes)
{
    std::string result;
    result.reserve(bytes.size() * 2);
    for (const char byte : bytes)
        result += alphabet().characters[static_cast<unsigned char>(byte)];
    return result;
}

std::optional<std::string> charactersToBytes(std::string_view characters)
{
    std::string result;
    for (std::size_t at = 0; at < characters.size();) {
        const auto found = alphabet().bytes.find(utf8::next(characters, at));
        if (found == alphabet().bytes.end())
            return std::nullopt;
        result += found->second;
    }
    return result;
}

} // namespace hilo
