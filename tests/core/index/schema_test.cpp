// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/schema.h"

#include "core/project/project_fixture.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

int pragma(Database& database, const std::string& name)
{
    int value = 0;
    REQUIRE_OK(database.run([&](SQLite::Database& connection) -> Status {
        value = connection.execAndGet("PRAGMA " + name).getInt();
        return {};
    }));
    return value;
}

Status execute(Database& database, const std::string& sql)
{
    return database.run([&](SQLite::Database& connection) -> Status {
        connection.exec(sql);
        return {};
    });
}

} // namespace

HILO_TEST(aNewDatabaseIsOfThisProgramAndItsNewestVersion)
{
    const TemporaryFolder folder;
    Database database = REQUIRE_OK(Database::openToWrite(folder / "a.db"));
    REQUIRE_OK(migrate(database));
    CHECK_EQ(pragma(database, "application_id"), databaseApplicationId);
    CHECK_EQ(pragma(database, "user_version"), static_cast<int>(schemaSteps().size()));
    CHECK_EQ(pragma(database, "foreign_keys"), 1);
    CHECK_EQ(pragma(database, "trusted_schema"), 0);
    REQUIRE_OK(checkDatabase(database, true));
    std::string mode;
    REQUIRE_OK(database.run([&](SQLite::Database& connection) -> Status {
        mode = connection.execAndGet("PRAGMA journal_mode").getString();
        return {};
    }));
    CHECK_EQ(mode, "wal");
    // Strict tables: a text is no number.
    CHECK(!execute(database, "INSERT INTO runs (id, seed) VALUES ('x', 'seven')"));
    CHECK(!execute(database, "INSERT INTO cursors (run) VALUES (77)"));
}

HILO_TEST(eachStepIsTakenOnceAndACopyIsKeptBefore)
{
    const std::size_t newest = schemaSteps().size();
    for (std::size_t from = 1; from < newest; ++from) {
        const TemporaryFolder folder;
        {
            Database old = REQUIRE_OK(Database::openToWrite(folder / "a.db"));
            REQUIRE_OK(migrate(old, from));
            CHECK_EQ(pragma(old, "user_version"), static_cast<int>(from));
            REQUIRE_OK(execute(old, "INSERT INTO runs (id, accuracy) VALUES ('before', 0.5)"));
        }
        Database database = REQUIRE_OK(Database::openToWrite(folder / "a.db"));
        REQUIRE_OK(migrate(database));
        CHECK_EQ(pragma(database, "user_version"), static_cast<int>(newest));
        REQUIRE_OK(checkDatabase(database, true));
        CHECK_EQ(pragma(database, "user_version"), static_cast<int>(newest));
        for (std::size_t version = from; version < newest; ++version) {
            const fs::path copy = folder / ("a.db.version-" + std::to_string(version));
            CHECK(fs::exists(copy));
            Database kept = REQUIRE_OK(Database::openToRead(copy));
            CHECK_EQ(pragma(kept, "user_version"), static_cast<int>(version));
        }
        int rows = 0;
        REQUIRE_OK(database.read([&](SQLite::Database& connection) -> Status {
            rows = connection.execAndGet("SELECT count(*) FROM runs WHERE id = 'before'").getInt();
            return {};
        }));
        CHECK_EQ(rows, 1);
    }
}

HILO_TEST(anOldProjectShowsAllOfItsRunsAfterTheUpgrade)
{
    ProjectFixture fixture;
    fixture.addFinishedRun("a", runDocument("a"), 0.75, 1000);
    std::string whole;
    {
        RunStore store = fixture.store();
        REQUIRE_OK(store.scan());
        whole = contentOf(store.database());
    }
    for (const char* end : {"", "-wal", "-shm"})
        fs::remove(fixture.project().databaseFile().string() + end);
    {
        Database old = REQUIRE_OK(Database::openToWrite(fixture.project().databaseFile()));
        REQUIRE_OK(migrate(old, 1));
        RunIndexer indexer(old, fixture.project());
        // The first version knew no evaluations and no queue; its rows are those of a run that was known by name only.
        REQUIRE_OK(execute(old, "INSERT INTO runs (run, id) VALUES (1, 'a'); INSERT INTO cursors (run) VALUES (1)"));
    }
    RunStore store = fixture.store();
    REQUIRE_OK(store.scan());
    CHECK_EQ(contentOf(store.database()), whole);
}

HILO_TEST(theUpgradeTellsOnHowManyDevicesARunWasBegun)
{
    ProjectFixture fixture;
    {
        Database old = REQUIRE_OK(Database::openToWrite(fixture.project().databaseFile()));
        REQUIRE_OK(migrate(old, 4));
        REQUIRE_OK(execute(old,
                           "INSERT INTO runs (run, id) VALUES (1, 'two'), (2, 'one'), (3, 'odd'), (4, 'none');"
                           "INSERT INTO documents (run, number, event, document) VALUES"
                           "(1, 1, 'started', '{\"processes\": 8, \"devices\": \"cuda:3\"}'),"
                           "(1, 2, 'started', '{\"processes\": 2, \"devices\": \"cpu,cpu\"}'), (1, 3, 'failed', '{}'),"
                           "(2, 1, 'started', '{\"processes\": 1}'),"
                           "(3, 1, 'started', '{\"processes\": \"many\", \"devices\": 7.5}')"));
        REQUIRE_OK(migrate(old));
    }
    Database database = REQUIRE_OK(Database::openToRead(fixture.project().databaseFile()));
    std::string told;
    REQUIRE_OK(database.read([&](SQLite::Database& connection) -> Status {
        SQLite::Statement query(connection, "SELECT id, processes, devices FROM runs ORDER BY run");
        while (query.executeStep())
            told += query.getColumn(0).getString() + " " + query.getColumn(1).getString() + " " +
                    query.getColumn(2).getString() + ";";
        return {};
    }));
    CHECK_EQ(told, "two 2 cpu,cpu;one 1 ;odd 0 7.5;none 0 ;");
}

HILO_TEST(foreignAndNewerDatabasesAreRefusedAndLeftAlone)
{
    ProjectFixture fixture;
    const fs::path file = fixture.project().databaseFile();
    {
        Database other = REQUIRE_OK(Database::openToWrite(file));
        REQUIRE_OK(execute(other, "CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('cake')"));
    }
    CHECK_CONTAINS(REQUIRE_ERROR(RunStore::open(fixture.project())).message, "another program");
    {
        Database other = REQUIRE_OK(Database::openToWrite(file));
        int rows = 0;
        REQUIRE_OK(other.read([&](SQLite::Database& connection) -> Status {
            rows = connection.execAndGet("SELECT count(*) FROM recipes").getInt();
            return {};
        }));
        CHECK_EQ(rows, 1);
    }
    fs::remove(file);
    {
        Database newer = REQUIRE_OK(Database::openToWrite(file));
        REQUIRE_OK(migrate(newer));
        REQUIRE_OK(execute(newer, "PRAGMA user_version = 999"));
    }
    CHECK_CONTAINS(REQUIRE_ERROR(RunReader::open(fixture.project())).message, "version 999");
    const Error error = REQUIRE_ERROR(RunStore::open(fixture.project()));
    CHECK_CONTAINS(error.message, "newer version");
    CHECK_CONTAINS(error.hint, "Update");
}
