// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/digest.h"

#include "base/hexadecimal.h"

#include <openssl/evp.h>

#include <array>

namespace hilo {

Digest::Digest(Kind kind) : context_(EVP_MD_CTX_new())
{
    EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(context_.get()), kind == Kind::Sha1 ? EVP_sha1() : EVP_sha256(),
                      nullptr);
}

void Digest::Free::operator()(void* context) const
{
    EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context));
}

void Digest::add(std::span<const std::byte> bytes)
{
    EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_.get()), bytes.data(), bytes.size());
}

void Digest::add(std::string_view text)
{
    add(std::as_bytes(std::span(text)));
}

std::string Digest::hexadecimal()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> value{};
    unsigned int length = 0;
    EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_.get()), value.data(), &length);
    return hexadecimalText(std::span(value).first(length));
}

} // namespace hilo
