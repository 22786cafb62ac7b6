// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/database.h"

#include "base/file_system.h"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr int busyMilliseconds = 10000;

/// What every connection sets; cached plans and temporary tables stay in memory.
void setUp(SQLite::Database& connection)
{
    connection.setBusyTimeout(busyMilliseconds);
    connection.exec("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;"
                    "PRAGMA cache_size = -65536; PRAGMA cell_size_check = ON;");
}

/// A file: address in which nothing of the path has a meaning of its own.
std::string addressOf(const fs::path& file)
{
    std::string address = "file:";
    for (const char c : fs::absolute(file).string()) {
        if (c == '?' || c == '#' || c == '%') {
            constexpr const char* digits = "0123456789ABCDEF";
            address += {'%', digits[static_cast<unsigned char>(c) >> 4], digits[c & 15]};
        } else {
            address += c;
        }
    }
    return address;
}

} // namespace

Database::Database(fs::path file, std::unique_ptr<SQLite::Database> connection)
    : file_(std::move(file)), connection_(std::move(connection))
{
}

Result<Database> Database::openToWrite(const fs::path& file)
{
    Database database(file, nullptr);
    HILO_CHECK(database.guarded([&]() -> Status {
        database.connection_ = std::make_unique<SQLite::Database>(
            file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, busyMilliseconds);
        return {};
    }));
    const Status ready = database.run([&](SQLite::Database& connection) -> Status {
        setUp(connection);
        const bool network = file != ":memory:" && isNetworkFileSystem(fileSystemType(fs::absolute(file)));
        connection.exec(network ? "PRAGMA journal_mode = DELETE" : "PRAGMA journal_mode = WAL");
        connection.exec("PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;");
        return {};
    });
    // A damaged file is opened all the same: the caller wipes it.
    if (!ready && !database.damaged_)
        return failure(ready.error());
    return database;
}

Result<Database> Database::openToRead(const fs::path& file)
{
    Database database(file, nullptr);
    const auto open = [&](const std::string& options) {
        return database.guarded([&]() -> Status {
            database.connection_ = std::make_unique<SQLite::Database>(
                addressOf(file) + options, SQLite::OPEN_READONLY | SQLite::OPEN_URI, busyMilliseconds);
            setUp(*database.connection_);
            database.connection_->exec("PRAGMA query_only = ON");
            // The first access to the file's content; fails where the shared memory of the log cannot be made.
            database.connection_->execAndGet("SELECT count(*) FROM sqlite_schema");
            return {};
        });
    };
    Status opened = open("");
    std::error_code code;
    const fs::path log = file.string() + "-wal";
    const bool emptyLog = !fs::exists(log, code) || fs::file_size(log, code) == 0;
    // Nobody can write in a read-only folder, so the file may be taken as it is.
    if (!opened && emptyLog && fs::exists(file, code) && !database.damaged_)
        opened = open("?immutable=1");
    HILO_CHECK(opened);
    return database;
}

SQLite::Statement& Database::statement(const std::string& sql)
{
    auto& kept = statements_[sql];
    if (!kept)
        kept = std::make_unique<SQLite::Statement>(*connection_, sql);
    kept->tryReset();
    kept->clearBindings();
    return *kept;
}

Status Database::run(const std::function<Status(SQLite::Database&)>& work)
{
    return guarded([&] { return work(*connection_); });
}

Status Database::guarded(const std::function<Status()>& work)
{
    try {
        return work();
    } catch (const SQLite::Exception& exception) {
        for (auto& [sql, kept] : statements_)
            kept->tryReset();
        return failure(errorOf(exception.getErrorCode(), exception.what()));
    }
}

Status Database::change(Durability durability, const std::function<Status(SQLite::Database&)>& work)
{
    return run([&](SQLite::Database& connection) -> Status {
        connection.exec(durability == Durability::Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        SQLite::Transaction transaction(connection, SQLite::TransactionBehavior::IMMEDIATE);
        const Status done = work(connection);
        for (auto& [sql, kept] : statements_)
            kept->tryReset();
        HILO_CHECK(done);
        transaction.commit();
        return {};
    });
}

Status Database::read(const std::function<Status(SQLite::Database&)>& work)
{
    return run([&](SQLite::Database& connection) -> Status {
        SQLite::Transaction transaction(connection);
        const Status done = work(connection);
        for (auto& [sql, kept] : statements_)
            kept->tryReset();
        HILO_CHECK(done);
        transaction.commit();
        return {};
    });
}

Status Database::wipe()
{
    statements_.clear();
    const Status wiped = run([&](SQLite::Database& connection) -> Status {
        sqlite3_db_config(connection.getHandle(), SQLITE_DBCONFIG_RESET_DATABASE, 1, nullptr);
        const int result = connection.tryExec("VACUUM");
        sqlite3_db_config(connection.getHandle(), SQLITE_DBCONFIG_RESET_DATABASE, 0, nullptr);
        connection.check(result);
        setUp(connection);
        return {};
    });
    damaged_ = damaged_ && !wiped;
    return wiped;
}

Error Database::errorOf(int code, const std::string& message)
{
    const std::string text = "SQLite: " + message + ".";
    switch (code & 0xff) {
    case SQLITE_FULL:
        return {ErrorCode::NoSpace,
                "The disk is full.",
                file_.string(),
                {},
                "Free some disk space and try again; the run folders hold everything that is missing here."};
    case SQLITE_IOERR:
        return {ErrorCode::NoSpace,
                text,
                file_.string(),
                {},
                "Check the disk and the free space on it; the run folders hold everything that is missing here."};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        damaged_ = true;
        return badInput(file_.string(), {}, "The database is damaged.",
                        "Run \"hilo project reindex\": it is made again from the run folders.");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return badInput(file_.string(), {}, "Another process keeps the database locked.",
                        "Wait for it to finish, then try again.");
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return badInput(file_.string(), {}, "The database cannot be opened or written (" + message + ").",
                        "Make the project's folder writable, or copy the project.");
    default:
        return internalError(file_.string() + ": " + text);
    }
}

} // namespace hilo
