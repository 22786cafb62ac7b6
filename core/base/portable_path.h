// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace hilo {

/// A path as it is kept in a project's file: relative to base where it lies in the project's folder, so that the
/// project can be moved, and absolute elsewhere. Relative paths, names and what cannot be resolved stay as they are.
std::string portablePath(const std::string& path, const std::filesystem::path& project,
                         const std::filesystem::path& base);

/// The way back: a relative path seen from base, absolute and without "..". Empty and absolute paths stay as they are.
std::string resolvedPath(const std::string& path, const std::filesystem::path& base);

} // namespace hilo
