// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/file_kind.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <string_view>

namespace hilo {
namespace {

constexpr std::size_t longestMark = 64;

/// A length that leaves room for a JSON object, and the object's brace, with blanks before it.
bool looksLikeSafetensors(std::string_view text)
{
    if (text.size() < 10)
        return false;
    std::uint64_t length = 0;
    std::memcpy(&length, text.data(), sizeof length);
    const std::size_t brace = text.find_first_not_of(" \t\r\n", 8);
    return length >= 2 && length <= 100'000'000 && brace != std::string_view::npos && text[brace] == '{';
}

} // namespace

FileKind fileKindOf(std::span<const std::byte> firstBytes)
{
    const std::string_view text(reinterpret_cast<const char*>(firstBytes.data()),
                                std::min(firstBytes.size(), longestMark));
    if (text.starts_with("GGUF"))
        return FileKind::Gguf;
    if (text.starts_with("version https://git-lfs"))
        return FileKind::GitLfsPointer;
    if (text.starts_with("PK\x03\x04"))
        return FileKind::TorchArchive;
    // A pickle's protocol, 2 to 5.
    if (text.size() > 1 && text[0] == '\x80' && text[1] >= 2 && text[1] <= 5 && !looksLikeSafetensors(text))
        return FileKind::Pickle;
    return looksLikeSafetensors(text) ? FileKind::Safetensors : FileKind::Unknown;
}

FileKind fileKind(const std::filesystem::path& path)
{
    std::error_code code;
    if (!std::filesystem::is_regular_file(path, code))
        return FileKind::Unknown;
    std::array<char, longestMark> bytes{};
    std::ifstream file(path, std::ios::binary);
    file.read(bytes.data(), bytes.size());
    return fileKindOf(std::as_bytes(std::span(bytes.data(), static_cast<std::size_t>(file.gcount()))));
}

std::string fileKindName(FileKind kind)
{
    switch (kind) {
    case FileKind::Gguf:
        return "a GGUF file";
    case FileKind::Safetensors:
        return "a safetensors file";
    case FileKind::TorchArchive:
        return "a PyTorch archive";
    case FileKind::Pickle:
        return "a pickled file";
    case FileKind::GitLfsPointer:
        return "a pointer of Git LFS, not the file itself";
    case FileKind::Unknown:
        break;
    }
    return {};
}

std::string fileKindHint(FileKind kind)
{
    switch (kind) {
    case FileKind::Gguf:
        return "Give the GGUF file itself as the model.";
    case FileKind::Safetensors:
        return "Give the folder that holds it beside config.json and tokenizer.json.";
    case FileKind::TorchArchive:
    case FileKind::Pickle:
        return "Pickled weights are not read, because loading them runs the code in them. Convert them with "
               "transformers: model.save_pretrained(folder, safe_serialization=True).";
    case FileKind::GitLfsPointer:
        return "Fetch the files of the repository: git lfs pull.";
    case FileKind::Unknown:
        break;
    }
    return {};
}

} // namespace hilo
