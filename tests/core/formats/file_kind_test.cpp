// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/file_kind.h"

#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

FileKind kindOf(const std::string& bytes)
{
    return fileKindOf(std::as_bytes(std::span(bytes)));
}

/// A length of eight bytes, then the text.
std::string headed(unsigned char length, const std::string& text)
{
    return std::string(1, static_cast<char>(length)) + std::string(7, '\0') + text;
}

} // namespace

HILO_TEST(tellsFilesByTheirFirstBytes)
{
    CHECK(kindOf("GGUF\3") == FileKind::Gguf);
    CHECK(kindOf(std::string("PK\3\4", 4)) == FileKind::TorchArchive);
    CHECK(kindOf("\x80\x02}q") == FileKind::Pickle);
    CHECK(kindOf("version https://git-lfs.github.com/spec/v1\n") == FileKind::GitLfsPointer);
    CHECK(kindOf(headed(2, "{}")) == FileKind::Safetensors);
    CHECK(kindOf(headed(9, "  \n{}")) == FileKind::Safetensors);
    // A header of 640 bytes has a pickle's first two bytes.
    CHECK(kindOf(std::string("\x80\x02\0\0\0\0\0\0{\"a\"", 12)) == FileKind::Safetensors);
    for (const std::string& text : {std::string(), std::string("GGU"), std::string("{}"), std::string("hello, world"),
                                    headed(200, "[1]"), std::string(64, '\xff')})
        CHECK(kindOf(text) == FileKind::Unknown);
}

HILO_TEST(readsOnlyFiles)
{
    const TemporaryFolder folder;
    CHECK(fileKind(folder.path()) == FileKind::Unknown);
    CHECK(fileKind(folder / "absent") == FileKind::Unknown);
    writeText(folder / "sha256-0f3c", "GGUF");
    CHECK(fileKind(folder / "sha256-0f3c") == FileKind::Gguf);
}

HILO_TEST(hasANameAndAHintForEveryKind)
{
    for (const FileKind kind :
         {FileKind::Gguf, FileKind::Safetensors, FileKind::TorchArchive, FileKind::Pickle, FileKind::GitLfsPointer})
        CHECK(!fileKindName(kind).empty() && !fileKindHint(kind).empty());
    CHECK(fileKindName(FileKind::Unknown).empty() && fileKindHint(FileKind::Unknown).empty());
}
