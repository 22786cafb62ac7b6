// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/database.h"
#include "index/series.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// The number of a setting's or metric's name; made when it is new. Only inside a change of the database.
std::int64_t keyOf(Database& database, const std::string& name);

/// Appends the metrics of one run within one transaction: points gather in memory and are written by flush().
class SeriesWriter
{
  public:
    SeriesWriter(Database& database, std::int64_t run) : database_(database), run_(run) {}

    /// Steps must not go back; see cutFrom.
    void append(const std::string& name, std::int64_t step, double value);
    /// Drops every point from step on, in all series of the run: a resumed run repeats them. Free where there is none.
    Status cutFrom(std::int64_t step);
    Status flush();

  private:
    struct StepValues
    {
        std::int64_t step;
        std::vector<std::pair<std::string, double>> values;
    };
    Status write(const std::string& name, const Series& added);
    Status cutSeries(std::int64_t series, std::int64_t step);
    void summarise(std::int64_t series, const Series& points);
    std::int64_t lastStored();

    Database& database_;
    std::int64_t run_;
    std::vector<StepValues> pending_;
    std::optional<std::int64_t> lastStored_; ///< at least the highest step in the database; asked for when needed
};

} // namespace hilo
