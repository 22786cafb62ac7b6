// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/series.h"

#include "core/project/project_fixture.h"
#include "index/schema.h"
#include "index/series_writer.h"

#include <limits>
#include <random>

using namespace hilo;
using namespace hilo::testing;

namespace {

/// One run in a database in memory.
class SeriesFixture
{
  public:
    SeriesFixture() : database_(REQUIRE_OK(Database::openToWrite(":memory:")))
    {
        REQUIRE_OK(migrate(database_));
        change([](Database& database) { database.raw().exec("INSERT INTO runs (run, id) VALUES (1, 'r')"); });
    }

    template <class Work>
    void change(const Work& work)
    {
        REQUIRE_OK(database_.change(Durability::Normal, [&](SQLite::Database&) -> Status {
            work(database_);
            return {};
        }));
    }

    void append(int first, int last, double scale = 1)
    {
        change([&](Database& database) {
            SeriesWriter writer(database, 1);
            for (int step = first; step <= last; ++step)
                writer.append("loss", step, scale * step);
            REQUIRE_OK(writer.flush());
        });
    }

    Series series()
    {
        RunReader reader(std::move(database_));
        Series points = REQUIRE_OK(reader.series("r", "loss"));
        database_ = std::move(reader.database());
        return points;
    }

    /// points | last_step | last | lowest | highest
    std::string summary()
    {
        std::string text;
        change([&](Database& database) {
            SQLite::Statement query(database.raw(), "SELECT points, last_step, last, lowest, highest FROM series");
            while (query.executeStep())
                for (int column = 0; column < 5; ++column)
                    text += (column > 0 ? " " : "") + query.getColumn(column).getString();
        });
        return text;
    }

  private:
    Database database_;
};

} // namespace

HILO_TEST(chunksReadBackBitByBit)
{
    std::mt19937_64 random(1);
    for (const std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{1000}, pointsPerChunk}) {
        Series points;
        std::int64_t step = -5;
        for (std::size_t i = 0; i < count; ++i) {
            step += 1 + static_cast<std::int64_t>(random() % 1000000);
            points.steps.push_back(step);
            points.values.push_back(i % 7 == 0 ? std::numeric_limits<double>::infinity()
                                               : std::ldexp(static_cast<double>(random()), -40));
        }
        const std::string bytes = encodeChunk(points.steps, points.values);
        CHECK(bytes == encodeChunk(points.steps, points.values));
        Series found;
        REQUIRE_OK(decodeChunk(bytes, found));
        CHECK_EQ(found.steps, points.steps);
        CHECK(found.values == points.values);
    }
}

HILO_TEST(aDamagedChunkIsAnErrorAndNoCrash)
{
    Series points;
    for (int step = 0; step < 300; ++step) {
        points.steps.push_back(step);
        points.values.push_back(std::sin(step));
    }
    const std::string bytes = encodeChunk(points.steps, points.values);
    Series found;
    for (std::size_t length = 0; length < bytes.size(); length += 97)
        CHECK(!decodeChunk(std::string_view(bytes).substr(0, length), found));
    for (std::size_t place = 0; place < bytes.size(); place += 13) {
        std::string damaged = bytes;
        damaged[place] = static_cast<char>(damaged[place] ^ 0x5A);
        CHECK(!decodeChunk(damaged, found));
    }
    CHECK(!decodeChunk(std::string(1000, '\0'), found));
    CHECK(!decodeChunk(std::string(1000, '\xFF'), found));
}

HILO_TEST(aSmoothSeriesTakesFewBytes)
{
    Series points;
    for (int step = 1; step <= 1024; ++step) {
        points.steps.push_back(step * 10);
        points.values.push_back(0.001);
    }
    CHECK(encodeChunk(points.steps, points.values).size() < 300);
}

HILO_TEST(appendedPointsBecomeOneSeries)
{
    SeriesFixture fixture;
    fixture.append(1, 10);
    fixture.append(11, 11);
    fixture.append(12, 5000);
    const Series points = fixture.series();
    CHECK_EQ(points.steps.size(), 5000u);
    CHECK_EQ(points.steps.back(), 5000);
    CHECK_EQ(points.values[4321], 4322.0);
    CHECK_EQ(fixture.summary(), "5000 5000 5000.0 1.0 5000.0");
}

HILO_TEST(aCutTakesTheTailAndItsSummary)
{
    for (const int cut : {1, 2, 1024, 1025, 1026, 3000, 5000}) {
        SeriesFixture fixture;
        fixture.append(1, 5000);
        fixture.change([&](Database& database) {
            SeriesWriter writer(database, 1);
            REQUIRE_OK(writer.cutFrom(cut));
            for (int step = cut; step <= cut + 2; ++step)
                writer.append("loss", step, -1.0 * step);
            REQUIRE_OK(writer.flush());
        });
        const Series points = fixture.series();
        CHECK_EQ(points.steps.size(), static_cast<std::size_t>(cut + 2));
        for (std::size_t i = 0; i < points.steps.size(); ++i)
            CHECK_EQ(points.steps[i], static_cast<std::int64_t>(i) + 1);
        CHECK_EQ(points.values.back(), -1.0 * (cut + 2));
        CHECK_CONTAINS(fixture.summary(), std::to_string(cut + 2) + " " + std::to_string(cut + 2) + " -");
    }
}

HILO_TEST(aLogThatGoesBackAgainAndAgainIsReadAtOnce)
{
    SeriesFixture fixture;
    fixture.append(1, 3000);
    // Each step twice, and once in a while far back, in one reading: only the last of each counts.
    fixture.change([&](Database& database) {
        SeriesWriter writer(database, 1);
        const auto put = [&writer](int step, double value) {
            REQUIRE_OK(writer.cutFrom(step));
            writer.append("loss", step, value);
        };
        for (int round = 0; round < 200; ++round)
            for (int step = 2001; step <= 2100; ++step) {
                put(step, -1);
                put(step, step + round);
            }
        put(2050, 7);
        put(2051, 8);
        REQUIRE_OK(writer.flush());
    });
    const Series points = fixture.series();
    CHECK_EQ(points.steps.size(), 2051u);
    for (std::size_t i = 0; i < points.steps.size(); ++i)
        CHECK_EQ(points.steps[i], static_cast<std::int64_t>(i) + 1);
    CHECK_EQ(points.values[1999], 2000.0);
    CHECK_EQ(points.values[2048], 2049.0 + 199);
    CHECK_EQ(points.values[2049], 7.0);
    CHECK_EQ(fixture.summary(), "2051 2051 8.0 1.0 2248.0");
}

HILO_TEST(whatIsNotANumberIsKeptButNeverTheLowest)
{
    SeriesFixture fixture;
    fixture.change([&](Database& database) {
        SeriesWriter writer(database, 1);
        writer.append("loss", 1, std::numeric_limits<double>::quiet_NaN());
        writer.append("loss", 2, 3.0);
        writer.append("loss", 3, std::numeric_limits<double>::quiet_NaN());
        REQUIRE_OK(writer.flush());
    });
    const Series points = fixture.series();
    CHECK(std::isnan(points.values[0]) && points.values[1] == 3.0 && std::isnan(points.values[2]));
    CHECK_EQ(fixture.summary(), "3 3  3.0 3.0");
}
