// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/schema.h"

#include "schema_text.h"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <algorithm>

namespace hilo {
namespace {

int pragma(SQLite::Database& connection, const char* sql)
{
    return connection.execAndGet(sql).getInt();
}

/// The copy that lets an older version of the program, or a person, go back.
Status keepCopy(Database& database, int version)
{
    const std::string copy = database.file().string() + ".version-" + std::to_string(version);
    std::error_code ignored;
    std::filesystem::remove(copy, ignored);
    return database.run([&](SQLite::Database& connection) -> Status {
        SQLite::Statement statement(connection, "VACUUM INTO ?");
        statement.bind(1, copy);
        statement.exec();
        return {};
    });
}

Status applyStep(Database& database, std::size_t step)
{
    return database.change(Durability::Full, [&](SQLite::Database& connection) -> Status {
        // Another process may have been faster.
        if (pragma(connection, "PRAGMA user_version") != static_cast<int>(step))
            return {};
        connection.exec(std::string(schemaSteps()[step]));
        connection.exec("PRAGMA application_id = " + std::to_string(databaseApplicationId));
        connection.exec("PRAGMA user_version = " + std::to_string(step + 1));
        return {};
    });
}

} // namespace

const std::vector<std::string_view>& schemaSteps()
{
    static const std::vector<std::string_view> steps(schemaText.begin(), schemaText.end());
    return steps;
}

Status migrate(Database& database, std::size_t steps)
{
    int version = 0, applicationId = 0, tables = 0;
    HILO_CHECK(database.read([&](SQLite::Database& connection) -> Status {
        version = pragma(connection, "PRAGMA user_version");
        applicationId = pragma(connection, "PRAGMA application_id");
        tables = pragma(connection, "SELECT count(*) FROM sqlite_schema");
        return {};
    }));
    const std::string file = database.file().string();
    if (tables > 0 && applicationId != databaseApplicationId)
        return failure(badInput(file, {}, "This is a database of another program.",
                                "Move it away; a new one is made from the run folders."));
    if (version < 0 || static_cast<std::size_t>(version) > schemaSteps().size())
        return failure(badInput(file, {},
                                "The database is of a newer version of this program (" + std::to_string(version) + ").",
                                "Update this program, or move the file away; a new one is made from the run folders."));
    for (auto step = static_cast<std::size_t>(version); step < std::min(steps, schemaSteps().size()); ++step) {
        if (version > 0)
            HILO_CHECK(keepCopy(database, static_cast<int>(step)));
        HILO_CHECK(applyStep(database, step));
    }
    return {};
}

Status checkDatabase(Database& database, bool thorough)
{
    return database.run([&](SQLite::Database& connection) -> Status {
        const std::vector<std::string> checks =
            thorough ? std::vector<std::string>{"PRAGMA integrity_check(1)", "PRAGMA foreign_key_check"}
                     : std::vector<std::string>{"PRAGMA quick_check(runs)", "PRAGMA quick_check(cursors)",
                                                "PRAGMA quick_check(keys)"};
        for (const std::string& check : checks) {
            SQLite::Statement statement(connection, check);
            while (statement.executeStep())
                if (const std::string answer = statement.getColumn(0).getString(); answer != "ok")
                    throw SQLite::Exception(answer, SQLITE_CORRUPT);
        }
        return {};
    });
}

} // namespace hilo
