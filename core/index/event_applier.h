// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "index/database.h"
#include "index/series_writer.h"

#include <optional>

namespace hilo {

/// Writes the events of one run into its rows, in the order of the log and within one transaction.
/// A step that comes again (after a resume) replaces what was known from that step on.
class EventApplier
{
  public:
    /// number: how many events of the run were applied before; lastStep: -1 when none.
    EventApplier(Database& database, std::int64_t run, std::int64_t number, std::int64_t lastStep);

    Status apply(const Json& event);
    Status finish();

  private:
    Status applyStep(const Json& event);
    void applyStarted(const Json& event);
    void applyEvaluation(const Json& event);
    void applyFinished(const Json& event);
    void applyEnd(const Json& event, const std::string& lifecycle);
    void keepDocument(const Json& event, const std::string& name);
    void setLifecycle(const std::string& lifecycle);

    Database& database_;
    std::int64_t run_;
    std::int64_t number_;
    std::int64_t lastStep_;
    std::optional<std::int64_t> lastTime_;
    SeriesWriter series_;
};

} // namespace hilo
