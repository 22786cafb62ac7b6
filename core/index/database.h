// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

namespace hilo {

/// How sure a change must be before it counts: Full survives a power cut at once; Normal may lose the last moments,
/// which are read again from the run folders.
enum class Durability { Full, Normal };

/// One connection to a SQLite file, set up for our use. Not for two threads at once.
/// Everything that may throw stays inside run(): SQLiteCpp's exceptions become errors there.
class Database
{
  public:
    /// For reading and writing; makes the file when it is absent. On a network file system a rollback journal is used
    /// in place of the write-ahead log. ":memory:" is allowed.
    static Result<Database> openToWrite(const std::filesystem::path& file);
    /// Never changes the file. A folder that cannot be written is fine.
    static Result<Database> openToRead(const std::filesystem::path& file);

    /// Runs work and turns what SQLite throws into an error with advice.
    Status run(const std::function<Status(SQLite::Database&)>& work);
    /// Runs work as one transaction that holds the write lock from its start; an error or exception rolls it back.
    Status change(Durability durability, const std::function<Status(SQLite::Database&)>& work);
    /// Runs work on one unchanging state of the database.
    Status read(const std::function<Status(SQLite::Database&)>& work);

    /// A prepared statement, kept for the next use, reset and without bindings. Only inside run, change and read.
    SQLite::Statement& statement(const std::string& sql);

    /// True once SQLite said that the file is damaged or no database.
    bool isDamaged() const { return damaged_; }
    /// Empties a damaged database in place, under SQLite's own locks, so that other processes that have it open see the
    /// change instead of a file that is not there any more.
    Status wipe();
    const std::filesystem::path& file() const { return file_; }
    SQLite::Database& raw() { return *connection_; }

  private:
    Database(std::filesystem::path file, std::unique_ptr<SQLite::Database> connection);
    /// What run() does around its work; opening has no connection yet.
    Status guarded(const std::function<Status()>& work);
    Error errorOf(int code, const std::string& message);
    std::filesystem::path file_;
    // Statements must go before their connection.
    std::unique_ptr<SQLite::Database> connection_;
    std::unordered_map<std::string, std::unique_ptr<SQLite::Statement>> statements_;
    bool damaged_ = false;
};

} // namespace hilo
