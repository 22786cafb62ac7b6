// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/mapped_file.h"
#include "data/row_source.h"
#include "formats/byte_source.h"
#include "formats/file_kind.h"
#include "formats/model_source.h"
#include "support/testing.h"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <numeric>
#include <vector>

using namespace hilo;
using namespace hilo::testing;

namespace {

std::uint64_t residentOfFiles()
{
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("RssFile:"))
            return std::strtoull(line.c_str() + 8, nullptr, 10) * 1024;
    return 0;
}

std::uint64_t sumOf(std::span<const std::byte> bytes)
{
    return std::accumulate(bytes.begin(), bytes.end(), std::uint64_t{0}, [](std::uint64_t sum, std::byte byte) {
        return sum + std::to_integer<std::uint64_t>(byte);
    });
}

} // namespace

HILO_TEST(releasedBytesLeaveMemoryAndComeBack)
{
    const TemporaryFolder folder;
    constexpr std::size_t size = std::size_t{32} << 20;
    writeText(folder.path() / "file", std::string(size, 'a'));
    const auto file = REQUIRE_OK(MappedFile::open(folder.path() / "file"));
    const std::uint64_t sum = sumOf(file->bytes());
    const std::uint64_t before = residentOfFiles();
    releaseMapped(file->bytes());
    CHECK(residentOfFiles() + size - (std::size_t{1} << 20) < before);
    CHECK_EQ(sumOf(file->bytes()), sum);
    // A piece in the middle, and pieces below a page.
    releaseMapped(file->bytes().subspan(5000, 20000));
    releaseMapped(file->bytes().subspan(1, 10));
    releaseMapped(file->bytes().last(3));
    CHECK_EQ(sumOf(file->bytes()), sum);
}

HILO_TEST(bytesOfNoMappedFileAreLeftAlone)
{
    const TemporaryFolder folder;
    writeText(folder.path() / "file", std::string(100, 'a'));
    const auto file = REQUIRE_OK(MappedFile::open(folder.path() / "file"));
    const std::vector<std::byte> own(std::size_t{1} << 20, std::byte{7});
    releaseMapped(own);
    CHECK_EQ(sumOf(own), (std::uint64_t{7} << 20));
    releaseMapped({});
    // Beyond the file's end.
    releaseMapped({file->bytes().data(), std::size_t{1} << 20});
    CHECK_EQ(sumOf(file->bytes()), 100u * 'a');
}

/// Nobody writes into the pipe: whoever opens it as a file waits for good.
HILO_TEST(whatIsNoFileIsRefusedAtOnce)
{
    alarm(60);
    const TemporaryFolder folder;
    const std::filesystem::path pipe = folder / "model.safetensors";
    CHECK_EQ(mkfifo(pipe.c_str(), 0600), 0);
    for (const std::filesystem::path& path : {pipe, std::filesystem::path("/dev/null"), folder.path()}) {
        CHECK_CONTAINS(REQUIRE_ERROR(MappedFile::open(path)).message, "regular file");
        CHECK_CONTAINS(REQUIRE_ERROR(fileSource(path)).message, "regular file");
        REQUIRE_ERROR(openRows(path));
        CHECK(fileKind(path) == FileKind::Unknown);
    }
    CHECK_CONTAINS(REQUIRE_ERROR(openModel(pipe)).message, "regular file");
    writeText(folder / "config.json", readText(dataFile("models/llama/config.json")));
    const Error inFolder = REQUIRE_ERROR(openModel(folder.path()));
    CHECK_CONTAINS(inFolder.message, "regular file");
    CHECK_CONTAINS(inFolder.file, "model.safetensors");
    alarm(0);
}
