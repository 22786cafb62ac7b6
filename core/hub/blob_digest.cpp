// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/blob_digest.h"

#include <openssl/evp.h>

#include <array>
#include <string_view>

namespace hilo {

BlobDigest::BlobDigest(const std::string& hash, std::int64_t size) : context_(EVP_MD_CTX_new())
{
    const bool isGit = hash.size() == 40;
    EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(context_.get()), isGit ? EVP_sha1() : EVP_sha256(), nullptr);
    if (isGit) {
        const std::string head = "blob " + std::to_string(size);
        add({head.c_str(), head.size() + 1}); // with the zero behind it
    }
}

void BlobDigest::Free::operator()(void* context) const
{
    EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context));
}

void BlobDigest::add(std::span<const char> bytes)
{
    EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_.get()), bytes.data(), bytes.size());
}

std::string BlobDigest::hexadecimal()
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
