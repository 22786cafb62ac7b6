// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"

#include "support/testing.h"

#include <sys/resource.h>

#include <csignal>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

std::size_t entries(const fs::path& folder)
{
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(folder))
        count += !entry.path().empty();
    return count;
}

/// Writes above this many bytes fail for as long as it lives, as on a full disk (EFBIG instead of ENOSPC).
class FileSizeLimit
{
  public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        handler_ = std::signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit()
    {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

  private:
    rlimit before_{};
    void (*handler_)(int) = nullptr;
};

} // namespace

HILO_TEST(aFileAppearsWholeOrNotAtAll)
{
    const TemporaryFolder folder;
    REQUIRE_OK(writeFileAtomically(folder / "a", "one"));
    REQUIRE_OK(writeFileAtomically(folder / "a", "two"));
    CHECK_EQ(REQUIRE_OK(readFile(folder / "a")), "two");
    {
        AtomicFileWriter writer = REQUIRE_OK(AtomicFileWriter::create(folder / "a"));
        REQUIRE_OK(writer.write(std::as_bytes(std::span("three", 5))));
        CHECK_EQ(readText(folder / "a"), "two");
        AtomicFileWriter moved = std::move(writer);
        REQUIRE_OK(moved.write(std::as_bytes(std::span("!", 1))));
        REQUIRE_OK(moved.commit());
    }
    CHECK_EQ(readText(folder / "a"), "three!");
    {
        AtomicFileWriter dropped = REQUIRE_OK(AtomicFileWriter::create(folder / "a"));
        REQUIRE_OK(dropped.write(std::as_bytes(std::span("four", 4))));
        CHECK_EQ(entries(folder.path()), 2u);
    }
    CHECK_EQ(readText(folder / "a"), "three!");
    CHECK_EQ(entries(folder.path()), 1u);
}

HILO_TEST(aFailedWriteKeepsTheOldContent)
{
    const TemporaryFolder folder;
    REQUIRE_OK(writeFileAtomically(folder / "a", "old"));
    {
        const FileSizeLimit limit(1000);
        const Error error = REQUIRE_ERROR(writeFileAtomically(folder / "a", std::string(5000, 'x')));
        CHECK_EQ(error.file, (folder / "a").string());
    }
    CHECK_EQ(readText(folder / "a"), "old");
    CHECK_EQ(entries(folder.path()), 1u);
    CHECK_EQ(REQUIRE_ERROR(writeFileAtomically(folder / "absent/b", "x")).file, (folder / "absent/b").string());
}

HILO_TEST(readingHasALimitAndNamesTheFile)
{
    const TemporaryFolder folder;
    writeText(folder / "a", "0123456789");
    CHECK_EQ(REQUIRE_OK(readFile(folder / "a", 10)), "0123456789");
    CHECK_CONTAINS(REQUIRE_ERROR(readFile(folder / "a", 9)).message, "at most 9");
    CHECK_CONTAINS(REQUIRE_ERROR(readFile(folder / "b")).message, "does not exist");
    CHECK_CONTAINS(REQUIRE_ERROR(readFile(folder.path())).message, "regular file");
}

HILO_TEST(aFolderAppearsWholeOrNotAtAll)
{
    const TemporaryFolder folder;
    const fs::path target = folder / "run";
    {
        const AtomicFolder dropped = REQUIRE_OK(AtomicFolder::create(target));
        writeText(dropped.path() / "a", "x");
        CHECK(dropped.path().parent_path() == folder.path());
    }
    CHECK_EQ(entries(folder.path()), 0u);
    AtomicFolder made = REQUIRE_OK(AtomicFolder::create(target));
    fs::create_directories(made.path() / "sub");
    writeText(made.path() / "sub/a", "x");
    CHECK(!fs::exists(target));
    REQUIRE_OK(made.commit());
    CHECK_EQ(readText(target / "sub/a"), "x");
    CHECK_EQ(entries(folder.path()), 1u);
    CHECK_CONTAINS(REQUIRE_ERROR(AtomicFolder::create(target)).message, "Exists already");
    // An empty folder makes room, and a slash at the end names the same folder.
    fs::create_directories(folder / "empty");
    AtomicFolder filled = REQUIRE_OK(AtomicFolder::create((folder / "empty").string() + "/"));
    writeText(filled.path() / "b", "y");
    REQUIRE_OK(filled.commit());
    CHECK_EQ(readText(folder / "empty/b"), "y");
}

HILO_TEST(foldersOfAnyNameAppear)
{
    const TemporaryFolder folder;
    for (const std::string name :
         {"mein Ordner ü 世界", "-minus", "new\nline", "it's \"quoted\"", "$HOME", "*", "a\xff"}) {
        AtomicFolder made = REQUIRE_OK(AtomicFolder::create(folder / name));
        writeText(made.path() / "a", "x");
        REQUIRE_OK(made.commit());
        CHECK_EQ(readText(folder / name / "a"), "x");
    }
    for (const std::size_t length : {200, 240, 255}) {
        // Two bytes a letter, so that a cut may fall into one.
        std::string name(length % 2, 'n');
        while (name.size() < length)
            name += "ü";
        REQUIRE_OK(REQUIRE_OK(AtomicFolder::create(folder / name)).commit());
        CHECK(fs::is_directory(folder / name));
        REQUIRE_OK(writeFileAtomically(folder / name / name, "x"));
    }
}

HILO_TEST(impossiblePlacesAreToldBeforeTheWork)
{
    const TemporaryFolder folder;
    const std::string tooLong(256, 'n');
    CHECK_CONTAINS(REQUIRE_ERROR(AtomicFolder::create(folder / tooLong)).message, "too long");
    CHECK_CONTAINS(REQUIRE_ERROR(AtomicFolder::create(folder / tooLong / "below")).message, "too long");
    CHECK_CONTAINS(REQUIRE_ERROR(AtomicFileWriter::create(folder / tooLong)).message, "too long");
    REQUIRE_ERROR(AtomicFolder::create("/proc/sys/hilo-export"));
    REQUIRE_ERROR(AtomicFolder::create(""));
    CHECK_CONTAINS(REQUIRE_ERROR(AtomicFolder::create("/")).message, "Exists already");
    writeText(folder / "file", "x");
    CHECK_CONTAINS(REQUIRE_ERROR(AtomicFolder::create(folder / "file")).message, "Exists already");
    REQUIRE_ERROR(AtomicFolder::create(folder / "file/below"));
    CHECK_EQ(readText(folder / "file"), "x");
    fs::create_symlink(folder / "nowhere", folder / "dangling");
    CHECK_CONTAINS(REQUIRE_ERROR(AtomicFolder::create(folder / "dangling")).message, "leads nowhere");
    CHECK_EQ(entries(folder.path()), 2u);
}

HILO_TEST(linksAndDotsNameTheFolderThatTheyLeadTo)
{
    const TemporaryFolder folder;
    fs::create_directories(folder / "real/inner");
    fs::create_symlink(folder / "real/inner", folder / "link");
    AtomicFolder made = REQUIRE_OK(AtomicFolder::create(folder / "link"));
    writeText(made.path() / "a", "x");
    REQUIRE_OK(made.commit());
    CHECK_EQ(readText(folder / "real/inner/a"), "x");
    CHECK(fs::is_symlink(folder / "link"));
    fs::create_directories(folder / "empty");
    AtomicFolder dotted = REQUIRE_OK(AtomicFolder::create(folder / "empty/."));
    REQUIRE_OK(dotted.commit());
    CHECK(fs::is_directory(folder / "empty"));
}

HILO_TEST(foldersThatWereMadeOnTheWayGoWithIt)
{
    const TemporaryFolder folder;
    {
        const AtomicFolder dropped = REQUIRE_OK(AtomicFolder::create(folder / "not/yet/there"));
        CHECK(fs::is_directory(folder / "not/yet"));
    }
    CHECK_EQ(entries(folder.path()), 0u);
    {
        const AtomicFolder dropped = REQUIRE_OK(AtomicFolder::create(folder / "not/yet/there"));
        writeText(folder / "not/mine", "x");
    }
    CHECK(fs::exists(folder / "not/mine"));
    CHECK(!fs::exists(folder / "not/yet"));
    REQUIRE_OK(REQUIRE_OK(AtomicFolder::create(folder / "a/b/c")).commit());
    CHECK(fs::is_directory(folder / "a/b/c"));
}

HILO_TEST(freeSpaceIsThatOfTheNearestFolder)
{
    const TemporaryFolder folder;
    CHECK(REQUIRE_OK(freeDiskBytes(folder.path())) > 0);
    CHECK(REQUIRE_OK(freeDiskBytes(folder / "not/yet/there")) > 0);
}
