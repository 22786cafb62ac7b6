// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/token_names.h"

#include "tokenizer/byte_level.h"
#include "tokenizer/utf8.h"

#include <cstdio>

namespace hilo {
namespace {

/// Of "<0xE2>", or of a byte-level spelling.
std::optional<std::string> bytesOf(const std::string& spelling)
{
    unsigned byte = 0;
    int length = 0;
    if (std::sscanf(spelling.c_str(), "<0x%2X>%n", &byte, &length) == 1 && length == static_cast<int>(spelling.size()))
        return std::string(1, static_cast<char>(byte));
    return charactersToBytes(spelling);
}

} // namespace

TokenNames::TokenNames(std::shared_ptr<const Tokenizer> tokenizer) : tokenizer_(std::move(tokenizer))
{
    if (const auto ids = tokenizer_->encode("a"); ids && !ids->empty())
        anchor_ = *ids;
}

std::optional<std::string> TokenNames::text(std::int32_t id) const
{
    std::vector<std::int32_t> ids = anchor_;
    const std::string before = tokenizer_->decode(ids, false);
    ids.push_back(id);
    const std::string both = tokenizer_->decode(ids, false);
    if (!both.starts_with(before) || both.find(utf8::replacement) != std::string::npos)
        return std::nullopt;
    return both.substr(before.size());
}

std::string TokenNames::name(std::int32_t id) const
{
    if (const auto own = text(id); own && !own->empty())
        return *own;
    const std::string spelling = tokenizer_->tokenText(id);
    const auto bytes = spelling.empty() ? std::nullopt : bytesOf(spelling);
    if (!bytes || bytes->empty())
        return byId(id);
    std::string name = "bytes:";
    for (const unsigned char byte : *bytes) {
        char text[5];
        std::snprintf(text, sizeof text, "\\x%02x", static_cast<unsigned>(byte));
        name += text;
    }
    return name;
}

std::string TokenNames::byId(std::int32_t id)
{
    return "token_id:" + std::to_string(id);
}

} // namespace hilo
