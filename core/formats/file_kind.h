// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

namespace hilo {

/// What a file is by its first bytes, whatever its name.
enum class FileKind { Unknown, Gguf, Safetensors, TorchArchive, Pickle, GitLfsPointer };

FileKind fileKindOf(std::span<const std::byte> firstBytes);
/// Unknown where the file cannot be read or is a folder.
FileKind fileKind(const std::filesystem::path& path);

/// "a pickled PyTorch file", for messages; empty for Unknown.
std::string fileKindName(FileKind kind);
/// What to do with a file of this kind where another was expected; empty where the kind gives no reason.
std::string fileKindHint(FileKind kind);

} // namespace hilo
