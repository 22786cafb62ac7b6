// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_cache.h"

#include "support/testing.h"

#include <atomic>
#include <cstdlib>
#include <thread>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

RowCacheSettings settingsIn(const fs::path& folder)
{
    RowCacheSettings settings;
    settings.folder = folder;
    return settings;
}

TokenisedExample rowWith(std::int32_t token)
{
    TokenisedExample row;
    row.tokens = {token, token + 1};
    row.answers = {{1, 2}};
    return row;
}

/// Makes three rows and counts how often it is asked.
struct Maker
{
    std::atomic<int> calls{0};
    std::int32_t first = 0;

    Result<Json> operator()(RowSink& sink)
    {
        ++calls;
        for (std::int32_t i = 0; i < 3; ++i)
            HILO_CHECK(sink.add(rowWith(first + i)));
        return Json{{"cut", 1}};
    }
};

std::size_t filesIn(const fs::path& folder, const std::string& ending)
{
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(folder))
        count += entry.path().string().ends_with(ending);
    return count;
}

} // namespace

HILO_TEST(rowsAreMadeOnce)
{
    const TemporaryFolder folder;
    const RowCache cache(settingsIn(folder / "deep/rows"));
    Maker maker;
    for (int i = 0; i < 3; ++i) {
        const KeptRows kept = REQUIRE_OK(cache.rows("aa", std::ref(maker)));
        CHECK_EQ(kept.rows().size(), 3u);
        CHECK_EQ(kept.rows()[2].tokens[0], 2);
        CHECK_EQ(kept.facts()["cut"].get<int>(), 1);
    }
    CHECK_EQ(maker.calls.load(), 1);
    REQUIRE_OK(cache.rows("bb", std::ref(maker)));
    CHECK_EQ(maker.calls.load(), 2);
}

HILO_TEST(damagedAndForeignFilesAreMadeAgain)
{
    const TemporaryFolder folder;
    const RowCache cache(settingsIn(folder.path()));
    Maker maker;
    REQUIRE_OK(cache.rows("aa", std::ref(maker)));
    const fs::path file = folder / "aa.rows";
    fs::resize_file(file, fs::file_size(file) - 5);
    CHECK_EQ(REQUIRE_OK(cache.rows("aa", std::ref(maker))).rows().size(), 3u);
    CHECK_EQ(maker.calls.load(), 2);
    writeText(file, "something else");
    CHECK_EQ(REQUIRE_OK(cache.rows("aa", std::ref(maker))).rows().size(), 3u);
    // Of another key.
    maker.first = 50;
    REQUIRE_OK(cache.rows("bb", std::ref(maker)));
    fs::copy_file(folder / "bb.rows", file, fs::copy_options::overwrite_existing);
    maker.first = 0;
    CHECK_EQ(REQUIRE_OK(cache.rows("aa", std::ref(maker))).rows()[0].tokens[0], 0);
    CHECK_EQ(maker.calls.load(), 5);
}

HILO_TEST(aFolderThatCannotBeWrittenIsNoReasonToFail)
{
    const TemporaryFolder folder;
    writeText(folder / "file", "");
    RowCacheSettings settings = settingsIn(folder / "file/rows");
    Maker maker;
    const KeptRows kept = REQUIRE_OK(RowCache(settings).rows("aa", std::ref(maker)));
    CHECK_EQ(kept.rows().size(), 3u);
    CHECK_EQ(kept.rows()[1].tokens[0], 1);
    CHECK_EQ(kept.facts()["cut"].get<int>(), 1);
    settings.mostMemory = 100;
    const Error error = REQUIRE_ERROR(RowCache(settings).rows("aa", std::ref(maker)));
    CHECK(error.code == ErrorCode::NoSpace);
    CHECK_CONTAINS(error.message, "too much to hold in memory");
    CHECK_CONTAINS(error.message, "Cannot be written");
    settings.folder.clear();
    settings.mostMemory = 1 << 20;
    CHECK_EQ(REQUIRE_OK(RowCache(settings).rows("aa", std::ref(maker))).rows().size(), 3u);
}

HILO_TEST(whatFailsLeavesNoFile)
{
    const TemporaryFolder folder;
    const RowCache cache(settingsIn(folder.path()));
    const auto fails = [](RowSink& sink) -> Result<Json> {
        HILO_CHECK(sink.add(rowWith(1)));
        return failure(badInput("rows.jsonl", "line 3", "A row is odd."));
    };
    CHECK_EQ(REQUIRE_ERROR(cache.rows("aa", fails)).message, "A row is odd.");
    CHECK_EQ(filesIn(folder.path(), ".rows"), 0u);
    for (const auto& entry : fs::directory_iterator(folder.path()))
        CHECK_EQ(entry.path().extension().string(), ".lock");
}

HILO_TEST(twoThatWantTheSameMakeItOnce)
{
    const TemporaryFolder folder;
    Maker maker;
    const auto slowly = [&maker](RowSink& sink) {
        std::this_thread::sleep_for(std::chrono::milliseconds(150));
        return maker(sink);
    };
    std::atomic<std::size_t> rows{0};
    const auto want = [&] {
        const auto kept = RowCache(settingsIn(folder.path())).rows("aa", slowly);
        rows += kept ? kept->rows().size() : 0;
    };
    std::thread other(want);
    want();
    other.join();
    CHECK_EQ(rows.load(), 6u);
    CHECK_EQ(maker.calls.load(), 1);
}

HILO_TEST(waitingEndsWhereItIsCancelled)
{
    const TemporaryFolder folder;
    const RowCache cache(settingsIn(folder.path()));
    std::atomic<bool> cancel = true;
    const Progress progress({}, &cancel);
    Maker maker;
    const auto nested = [&](RowSink& sink) -> Result<Json> {
        CHECK(REQUIRE_ERROR(cache.rows("aa", std::ref(maker), progress)).code == ErrorCode::Cancelled);
        return maker(sink);
    };
    REQUIRE_OK(cache.rows("aa", nested));
    CHECK_EQ(maker.calls.load(), 1);
}

HILO_TEST(whatWasUsedLeastLatelyGoesFirst)
{
    const TemporaryFolder folder;
    RowCacheSettings settings = settingsIn(folder.path());
    Maker maker;
    REQUIRE_OK(RowCache(settings).rows("aa", std::ref(maker)));
    REQUIRE_OK(RowCache(settings).rows("bb", std::ref(maker)));
    const auto age = [&](const char* name, int hours) {
        fs::last_write_time(folder / name, fs::file_time_type::clock::now() - std::chrono::hours(hours));
    };
    age("aa.rows", 20);
    age("bb.rows", 10);
    // Used again, it is the younger one.
    REQUIRE_OK(RowCache(settings).rows("aa", std::ref(maker)));
    writeText(folder / ".cc.rows.tmp-1-0", "left over");
    writeText(folder / ".dd.rows.tmp-1-0", "being written");
    age(".cc.rows.tmp-1-0", 30);
    settings.mostBytes = 2 * fs::file_size(folder / "aa.rows");
    REQUIRE_OK(RowCache(settings).rows("ee", std::ref(maker)));
    CHECK(fs::exists(folder / "aa.rows"));
    CHECK(!fs::exists(folder / "bb.rows"));
    CHECK(fs::exists(folder / "ee.rows"));
    CHECK(!fs::exists(folder / ".cc.rows.tmp-1-0"));
    CHECK(fs::exists(folder / ".dd.rows.tmp-1-0"));
    settings.mostBytes = 1;
    REQUIRE_OK(RowCache(settings).rows("ff", std::ref(maker)));
    CHECK_EQ(filesIn(folder.path(), ".rows"), 1u);
}

HILO_TEST(theEnvironmentDecides)
{
    ::setenv("XDG_CACHE_HOME", "/somewhere", 1);
    CHECK_EQ(REQUIRE_OK(RowCacheSettings::ofEnvironment()).folder.string(), "/somewhere/hilo/rows");
    ::setenv("HILO_ROW_CACHE", "never", 1);
    CHECK(REQUIRE_OK(RowCacheSettings::ofEnvironment()).when == RowCacheSettings::When::Never);
    ::setenv("HILO_ROW_CACHE", "sometimes", 1);
    CHECK_CONTAINS(REQUIRE_ERROR(RowCacheSettings::ofEnvironment()).message, "sometimes");
    ::setenv("HILO_ROW_CACHE", "always", 1);
    ::setenv("HILO_ROW_CACHE_GIB", "3", 1);
    CHECK_EQ(REQUIRE_OK(RowCacheSettings::ofEnvironment()).mostBytes, std::uintmax_t{3} << 30);
    ::setenv("HILO_ROW_CACHE_GIB", "3G", 1);
    CHECK_CONTAINS(REQUIRE_ERROR(RowCacheSettings::ofEnvironment()).message, "3G");
}
