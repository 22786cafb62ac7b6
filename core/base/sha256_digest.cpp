// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/sha256_digest.h"

#include <openssl/evp.h>

#include <array>

namespace hilo {

Sha256Digest::Sha256Digest() : context_(EVP_MD_CTX_new())
{
    EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(context_.get()), EVP_sha256(), nullptr);
}

void Sha256Digest::Free::operator()(void* context) const
{
    EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context));
}

void Sha256Digest::add(std::span<const std::byte> bytes)
{
    EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_.get()), bytes.data(), bytes.size());
}

void Sha256Digest::add(std::string_view text)
{
    add(std::as_bytes(std::span(text)));
}

std::string Sha256Digest::hexadecimal()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> value{};
    unsigned int length = 0;
    EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_.get()), value.data(), &length);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < length; ++i) {
        text += digits[value[i] >> 4];
        text += digits[value[i] & 15];
    }
    return text;
}

} // namespace hilo
