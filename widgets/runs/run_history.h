// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <QString>
#include <QVector>

#include <map>
#include <string>
#include <vector>

namespace hilo {

/// One evaluation of a run.
struct AccuracyPoint
{
    double step = 0;
    double accuracy = 0;
    double low = 0;
    double high = 0;
    std::string split;
};

/// Load of each expert of one module at the last routing event.
struct ModuleLoad
{
    int layer = 0;
    std::string module;
    std::vector<double> load;
};

/// Everything that a run's events have told so far, ready for charts. A value: fill it, hand it on.
struct RunHistory
{
    std::string state = "waiting"; ///< waiting, running, paused, stopped, finished, failed
    std::string message;           ///< why it failed and what to do
    double totalSteps = 0;
    QVector<double> steps;
    std::map<std::string, QVector<double>>
        metrics; ///< "loss", "lr", "grad_norm", …; as long as steps, NaN where absent
    std::vector<AccuracyPoint> evaluations;
    std::vector<ModuleLoad> loads;
    std::vector<std::int64_t> checkpoints; ///< steps
    /// How often steps that were known already were replaced; what was drawn before is not what holds now.
    int rewrites = 0;

    /// Takes one event of events.ndjson (design section 6). A step that was repeated after a resume replaces the
    /// earlier one and all that came behind it. Unknown events and values of the wrong type are ignored.
    void add(const Json& event);
    /// Takes over what a later part of the same log told; a part whose state is empty changes none.
    void append(const RunHistory& part);
    /// The newest value of a metric; NaN when there is none.
    double last(const std::string& metric) const;
    double lastStep() const { return steps.isEmpty() ? 0 : steps.back(); }
};

/// Exponentially weighted mean, 0 (no smoothing) to below 1, corrected at the start; NaN values are passed over.
QVector<double> smoothed(const QVector<double>& values, double weight);

} // namespace hilo
