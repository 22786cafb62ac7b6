// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace hilo {

/// A SHA-256 or SHA-1 of bytes that come in pieces. SHA-1 is for what others name by it alone.
class Digest
{
  public:
    enum class Kind { Sha256, Sha1 };
    explicit Digest(Kind kind = Kind::Sha256);

    void add(std::span<const std::byte> bytes);
    void add(std::string_view text);
    /// Lower-case hexadecimal, of all that was added; nothing may be added behind it.
    std::string hexadecimal();

  private:
    struct Free
    {
        void operator()(void* context) const;
    };
    std::unique_ptr<void, Free> context_;
};

} // namespace hilo
