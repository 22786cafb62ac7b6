// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_event.h"

#include <QVector>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// What a run's events have told over its steps, ready for charts. A value: fill it, hand it on. How the run stands and
/// what its result is are no part of it: the list of runs knows these.
struct RunHistory
{
    /// When a process took the run up, went on after a pause, or let it rest.
    struct ClockMark
    {
        enum What { Runs, Halts };
        What what = Runs;
        double time = 0;      ///< milliseconds since 1970
        qsizetype before = 0; ///< as many steps were logged before it
    };

    /// Behind the name of a metric: the ends of its interval, in histories that are the mean of several runs.
    static constexpr const char* lowEnd = ".low";
    static constexpr const char* highEnd = ".high";

    double totalSteps = 0;
    double stepsPerEpoch = 0; ///< 0: not known
    QVector<double> steps;
    std::map<std::string, QVector<double>>
        metrics; ///< "loss", "lr", "grad_norm", …; "time": milliseconds since 1970; as long as steps, NaN where absent
    std::vector<RunEvaluation> evaluations;                   ///< in the order of the log, on all splits
    std::vector<ModuleLoad> loads;                            ///< at the last routing event
    std::map<std::string, std::vector<ModuleLoad>> taskLoads; ///< of each task's tokens alone, at the same event
    std::optional<std::int64_t> bestStep; ///< whose weights the run has taken, where it chose among several
    /// How often steps that were known already were replaced; what was drawn before is not what holds now.
    int rewrites = 0;
    std::vector<ClockMark> clock; ///< in the order of the log

    /// Takes the next event. A step that was repeated after a resume replaces the earlier one and all that came behind
    /// it.
    void add(const RunEvent& event);
    /// Takes over what a later part of the same log told.
    void append(const RunHistory& part);
    /// The newest value of a metric; NaN when there is none.
    double last(const std::string& metric) const;
    double lastStep() const { return steps.isEmpty() ? 0 : steps.back(); }

  private:
    /// Drops what is known from this step on; returns how many steps stay.
    qsizetype cutFrom(double step);
    void addMark(ClockMark::What what, const RunEvent& event);
};

} // namespace hilo
