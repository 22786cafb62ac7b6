// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/sha256.h"

#include "base/mapped_file.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

namespace hilo {
namespace {

class Digest
{
  public:
    Digest() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free)
    {
        EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
    }

    void add(std::span<const std::byte> bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }

    std::string hexadecimal()
    {
        std::array<unsigned char, EVP_MAX_MD_SIZE> value{};
        unsigned int length = 0;
        EVP_DigestFinal_ex(context_.get(), value.data(), &length);
        constexpr std::string_view digits = "0123456789abcdef";
        std::string text;
        for (unsigned int i = 0; i < length; ++i) {
            text += digits[value[i] >> 4];
            text += digits[value[i] & 15];
        }
        return text;
    }

  private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

} // namespace

std::string sha256(std::span<const std::byte> bytes)
{
    Digest digest;
    digest.add(bytes);
    return digest.hexadecimal();
}

std::string sha256(std::string_view text)
{
    return sha256(std::as_bytes(std::span(text)));
}

Result<std::string> sha256File(const std::filesystem::path& path, const Progress& progress)
{
    HILO_TRY(const auto file, MappedFile::open(path));
    constexpr std::size_t step = std::size_t{16} << 20;
    const auto bytes = file->bytes();
    Digest digest;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        if (progress.isCancelled())
            return failure(cancelled());
        digest.add(bytes.subspan(at, std::min(step, bytes.size() - at)));
        progress.report({"Hashing " + path.filename().string(),
                         static_cast<std::int64_t>(at),
                         static_cast<std::int64_t>(bytes.size()),
                         {}});
    }
    return digest.hexadecimal();
}

} // namespace hilo
