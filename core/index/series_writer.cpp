// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/series_writer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace hilo {
namespace {

void bindBlob(SQLite::Statement& statement, int index, const std::string& bytes)
{
    statement.bind(index, bytes.data(), static_cast<int>(bytes.size()));
}

struct Chunk
{
    std::int64_t row = 0;
    Series points;
};

/// The newest chunk of a series that begins before step; nothing when there is none.
Result<std::optional<Chunk>> lastChunk(Database& database, std::int64_t series, std::int64_t step)
{
    auto& query = database.statement("SELECT chunk, data FROM chunks WHERE series = ? AND first_step < ? "
                                     "ORDER BY first_step DESC LIMIT 1");
    query.bind(1, series);
    query.bind(2, step);
    if (!query.executeStep())
        return std::optional<Chunk>();
    Chunk chunk;
    chunk.row = query.getColumn(0).getInt64();
    const std::string bytes = query.getColumn(1).getString();
    HILO_CHECK(decodeChunk(bytes, chunk.points));
    return std::optional(std::move(chunk));
}

void insertChunk(Database& database, std::int64_t series, std::span<const std::int64_t> steps,
                 std::span<const double> values)
{
    auto& insert = database.statement("INSERT INTO chunks (series, first_step, points, data) VALUES (?, ?, ?, ?)");
    insert.bind(1, series);
    insert.bind(2, steps.front());
    insert.bind(3, static_cast<std::int64_t>(steps.size()));
    bindBlob(insert, 4, encodeChunk(steps, values));
    insert.exec();
}

void deleteChunk(Database& database, std::int64_t chunk)
{
    auto& statement = database.statement("DELETE FROM chunks WHERE chunk = ?");
    statement.bind(1, chunk);
    statement.exec();
}

/// NaN has no place in an ordering; SQLite stores it as null.
void bindNumber(SQLite::Statement& statement, int index, double value)
{
    if (std::isfinite(value))
        statement.bind(index, value);
    else
        statement.bind(index);
}

} // namespace

std::int64_t keyOf(Database& database, const std::string& name)
{
    auto& find = database.statement("SELECT key FROM keys WHERE name = ?");
    find.bind(1, name);
    if (find.executeStep())
        return find.getColumn(0).getInt64();
    auto& insert = database.statement("INSERT INTO keys (name) VALUES (?)");
    insert.bind(1, name);
    insert.exec();
    return database.raw().getLastInsertRowid();
}

void SeriesWriter::append(const std::string& name, std::int64_t step, double value)
{
    if (pending_.empty() || pending_.back().step != step)
        pending_.push_back({step, {}});
    pending_.back().values.emplace_back(name, value);
}

Status SeriesWriter::flush()
{
    std::map<std::string, Series> byName;
    for (const StepValues& one : pending_)
        for (const auto& [name, value] : one.values) {
            byName[name].steps.push_back(one.step);
            byName[name].values.push_back(value);
        }
    pending_.clear();
    lastStored_.reset();
    for (const auto& [name, added] : byName)
        HILO_CHECK(write(name, added));
    return {};
}

std::int64_t SeriesWriter::lastStored()
{
    if (!lastStored_) {
        auto& query = database_.statement("SELECT coalesce(max(last_step), -1) FROM series WHERE run = ?");
        query.bind(1, run_);
        query.executeStep();
        lastStored_ = query.getColumn(0).getInt64();
    }
    return *lastStored_;
}

Status SeriesWriter::write(const std::string& name, const Series& added)
{
    const std::int64_t key = keyOf(database_, name);
    auto& insert = database_.statement("INSERT OR IGNORE INTO series (run, key) VALUES (?, ?)");
    insert.bind(1, run_);
    insert.bind(2, key);
    insert.exec();
    auto& find = database_.statement("SELECT series FROM series WHERE run = ? AND key = ?");
    find.bind(1, run_);
    find.bind(2, key);
    find.executeStep();
    const std::int64_t series = find.getColumn(0).getInt64();

    HILO_TRY(auto open, lastChunk(database_, series, std::numeric_limits<std::int64_t>::max()));
    Series points;
    if (open && open->points.steps.size() < pointsPerChunk) {
        deleteChunk(database_, open->row);
        points = std::move(open->points);
    }
    points.steps.insert(points.steps.end(), added.steps.begin(), added.steps.end());
    points.values.insert(points.values.end(), added.values.begin(), added.values.end());
    const std::span<const std::int64_t> steps(points.steps);
    const std::span<const double> values(points.values);
    for (std::size_t start = 0; start < steps.size(); start += pointsPerChunk) {
        const std::size_t count = std::min(pointsPerChunk, steps.size() - start);
        insertChunk(database_, series, steps.subspan(start, count), values.subspan(start, count));
    }
    summarise(series, added);
    return {};
}

void SeriesWriter::summarise(std::int64_t series, const Series& added)
{
    double lowest = std::numeric_limits<double>::quiet_NaN(), highest = lowest;
    for (const double value : added.values) {
        if (!std::isfinite(value))
            continue;
        lowest = std::isnan(lowest) ? value : std::min(lowest, value);
        highest = std::isnan(highest) ? value : std::max(highest, value);
    }
    auto& update = database_.statement("UPDATE series SET points = points + ?, last_step = ?, last = ?, "
                                       "lowest = min(coalesce(lowest, ?), coalesce(?, lowest)), highest = "
                                       "max(coalesce(highest, ?), coalesce(?, highest)) "
                                       "WHERE series = ?");
    update.bind(1, static_cast<std::int64_t>(added.steps.size()));
    update.bind(2, added.steps.back());
    bindNumber(update, 3, added.values.back());
    bindNumber(update, 4, lowest);
    bindNumber(update, 5, lowest);
    bindNumber(update, 6, highest);
    bindNumber(update, 7, highest);
    update.bind(8, series);
    update.exec();
}

Status SeriesWriter::cutFrom(std::int64_t step)
{
    while (!pending_.empty() && pending_.back().step >= step)
        pending_.pop_back();
    if (lastStored() < step)
        return {};
    std::vector<std::int64_t> affected;
    auto& query = database_.statement("SELECT series FROM series WHERE run = ? AND last_step >= ?");
    query.bind(1, run_);
    query.bind(2, step);
    while (query.executeStep())
        affected.push_back(query.getColumn(0).getInt64());
    for (const std::int64_t series : affected)
        HILO_CHECK(cutSeries(series, step));
    lastStored_ = step - 1;
    return {};
}

/// Cuts the points and sums the rest up anew; a series without points goes.
Status SeriesWriter::cutSeries(std::int64_t series, std::int64_t step)
{
    auto& drop = database_.statement("DELETE FROM chunks WHERE series = ? AND first_step >= ?");
    drop.bind(1, series);
    drop.bind(2, step);
    drop.exec();
    HILO_TRY(auto last, lastChunk(database_, series, step));
    if (last) {
        Series& points = last->points;
        const auto end = std::lower_bound(points.steps.begin(), points.steps.end(), step) - points.steps.begin();
        points.steps.resize(static_cast<std::size_t>(end));
        points.values.resize(static_cast<std::size_t>(end));
        deleteChunk(database_, last->row);
        if (end > 0)
            insertChunk(database_, series, points.steps, points.values);
    }
    Series kept;
    auto& query = database_.statement("SELECT data FROM chunks WHERE series = ? ORDER BY first_step");
    query.bind(1, series);
    while (query.executeStep())
        HILO_CHECK(decodeChunk(query.getColumn(0).getString(), kept));
    if (kept.steps.empty()) {
        auto& remove = database_.statement("DELETE FROM series WHERE series = ?");
        remove.bind(1, series);
        remove.exec();
        return {};
    }
    auto& reset = database_.statement("UPDATE series SET points = 0, lowest = NULL, highest = NULL WHERE series = ?");
    reset.bind(1, series);
    reset.exec();
    summarise(series, kept);
    return {};
}

} // namespace hilo
