// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

namespace hilo {

/// Lower-case hexadecimal SHA-256.
std::string sha256(std::span<const std::byte> bytes);
std::string sha256(std::string_view text);
Result<std::string> sha256File(const std::filesystem::path& path, const Progress& progress = {});

} // namespace hilo
