// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/run_archive.h"
#include "project/archive.h"

#include "base/atomic_file.h"
#include "base/file_lock.h"
#include "project/archive_file.h"
#include "project_fixture.h"
#include "queue/run_queue.h"

#include <archive.h>
#include <archive_entry.h>

#include <map>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

std::map<std::string, std::string> filesBelow(const fs::path& folder)
{
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && entry.path().filename() != "lock")
            files[entry.path().lexically_relative(folder).string()] = readText(entry.path());
    return files;
}

class ArchiveFixture : public ProjectFixture
{
  public:
    ArchiveFixture()
    {
        addFinishedRun("a", runDocument("a"), 0.75, 1000, 50);
        makeCheckpoint(folder("a"), 50, std::string(100000, 'w'));
        writeText(folder("a") / "adapter/adapter.safetensors", std::string("\0\1\2\n", 4));
        writeText(folder("a") / "log.txt", "");
    }
};

/// A tar file as nobody should send it.
void writeArchive(const fs::path& path, const std::string& name, unsigned type, const std::string& link = {})
{
    archive* handle = archive_write_new();
    archive_write_set_format_pax_restricted(handle);
    archive_write_add_filter_gzip(handle);
    archive_write_open_filename(handle, path.c_str());
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, type);
    archive_entry_set_perm(entry, 0644);
    if (!link.empty())
        archive_entry_set_symlink(entry, link.c_str());
    archive_entry_set_size(entry, type == AE_IFREG ? 3 : 0);
    archive_write_header(handle, entry);
    if (type == AE_IFREG)
        archive_write_data(handle, "bad", 3);
    archive_entry_free(entry);
    archive_write_close(handle);
    archive_write_free(handle);
}

} // namespace

HILO_TEST(aRunGoesIntoOneFileAndBack)
{
    ArchiveFixture fixture;
    RunStore store = fixture.store();
    const auto before = filesBelow(fixture.folder("a"));
    REQUIRE_OK(archiveRun(store, "a"));
    CHECK(!fs::exists(fixture.folder("a")));
    CHECK(fs::exists(archiveFile(fixture.project(), "a")));
    RunReader reader = fixture.reader();
    CHECK_EQ(REQUIRE_OK(reader.run("a")).state, "archived");
    CHECK_EQ(REQUIRE_OK(reader.run("a")).accuracy.value_or(0), 0.75);
    CHECK(REQUIRE_OK(store.scan()).missing.empty());
    REQUIRE_OK(store.reindex(true));
    CHECK_EQ(REQUIRE_OK(reader.run("a")).accuracy.value_or(0), 0.75);
    REQUIRE_OK(restoreRun(store, "a"));
    CHECK(filesBelow(fixture.folder("a")) == before);
    CHECK(!fs::exists(archiveFile(fixture.project(), "a")));
    CHECK_EQ(REQUIRE_OK(reader.run("a")).state, "finished");
    CHECK(REQUIRE_OK(reader.run("a")).problem.empty());
}

HILO_TEST(archivedRunsAreIndexedFromTheirArchives)
{
    ArchiveFixture fixture;
    std::string before;
    {
        RunStore store = fixture.store();
        REQUIRE_OK(archiveRun(store, "a"));
        before = contentOf(store.database());
    }
    for (const char* end : {"", "-wal", "-shm"})
        fs::remove(fixture.project().databaseFile().string() + end);
    RunStore store = fixture.store();
    CHECK_EQ(contentOf(store.database()), before);
    CHECK_EQ(fs::exists(fixture.project().archiveFolder() / "a.index"), false);
}

HILO_TEST(whoIsWorkedOnOrQueuedIsNotArchived)
{
    ArchiveFixture fixture;
    fixture.addRun("waiting");
    RunStore store = fixture.store();
    REQUIRE_OK(enqueue(store, "waiting"));
    CHECK_CONTAINS(REQUIRE_ERROR(archiveRun(store, "waiting")).message, "queue");
    {
        const auto lock = REQUIRE_OK(FileLock::tryAcquire(runLockFile(fixture.folder("a"))));
        CHECK_CONTAINS(REQUIRE_ERROR(archiveRun(store, "a")).message, "worked on");
    }
    fs::create_symlink("/etc/hostname", fixture.folder("a") / "link");
    CHECK_CONTAINS(REQUIRE_ERROR(archiveRun(store, "a")).message, "Only files");
    CHECK(fs::exists(fixture.folder("a") / "run.json"));
    CHECK(!fs::exists(archiveFile(fixture.project(), "a")));
    CHECK(!archiveRun(store, "absent"));
    CHECK_CONTAINS(REQUIRE_ERROR(restoreRun(store, "a")).message, "no archive");
}

HILO_TEST(aDamagedArchiveIsRefusedAndStays)
{
    ArchiveFixture fixture;
    RunStore store = fixture.store();
    REQUIRE_OK(archiveRun(store, "a"));
    const fs::path archive = archiveFile(fixture.project(), "a");
    const std::string whole = readText(archive);
    std::string flipped = whole;
    flipped[whole.size() / 2] = static_cast<char>(flipped[whole.size() / 2] ^ 1);
    for (const std::string& damaged : {whole.substr(0, whole.size() / 2), whole.substr(0, whole.size() - 9),
                                       std::string(whole.size(), '\0'), flipped, std::string()}) {
        writeText(archive, damaged);
        CHECK(REQUIRE_ERROR(restoreRun(store, "a")).code == ErrorCode::BadInput);
        CHECK(!fs::exists(fixture.folder("a")));
        CHECK(readText(archive) == damaged);
    }
    writeText(archive, whole);
    REQUIRE_OK(restoreRun(store, "a"));
}

HILO_TEST(anArchiveCannotWriteOutsideOfItsFolder)
{
    const TemporaryFolder folder;
    fs::create_directories(folder / "target");
    for (const auto& [name, type, link] :
         std::vector<std::tuple<std::string, unsigned, std::string>>{{"../escaped", AE_IFREG, ""},
                                                                     {"/tmp/hilo-escaped", AE_IFREG, ""},
                                                                     {"a/../../escaped", AE_IFREG, ""},
                                                                     {"link", AE_IFLNK, "/etc"},
                                                                     {"device", AE_IFCHR, ""},
                                                                     {"folder", AE_IFDIR, ""}}) {
        writeArchive(folder / "bad.tar.gz", name, type, link);
        CHECK(REQUIRE_ERROR(unpackArchive(folder / "bad.tar.gz", folder / "target", false)).code ==
              ErrorCode::BadInput);
        CHECK(!fs::exists(folder / "escaped"));
        CHECK(fs::is_empty(folder / "target"));
    }
}
