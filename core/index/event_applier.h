// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "index/database.h"
#include "index/series_writer.h"
#include "run/run_result.h"

namespace hilo {

/// Writes the events of one run into its rows, in the order of the log and within one transaction.
/// A step that comes again (after a resume) replaces what was known from that step on.
class EventApplier
{
  public:
    /// number: how many events of the run were applied before. Its settings have to be known already.
    EventApplier(Database& database, std::int64_t run, std::int64_t number);

    Status apply(const Json& event);
    Status finish();
    /// Events that name a kind and lack what makes it one, such as a step with a negative number.
    std::int64_t unusable() const { return unusable_; }

  private:
    Status applyStep(const RunEvent& event);
    void keepDocument(const Json& document, const RunEvent& event);
    /// Judges the run by what its rows hold now.
    Status findTroubles();

    Database& database_;
    std::int64_t run_;
    std::int64_t number_;
    std::int64_t unusable_ = 0;
    RunResult before_, result_;
    SeriesWriter series_;
};

} // namespace hilo
