// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/run_history.h"

#include <QString>

namespace hilo {

/// What the points of a run's curves are told apart by along the horizontal axis.
enum class StepAxis { Step, Tokens, Epoch, Time };

/// "step", "training time (h:min:s)", …
QString axisTitleOf(StepAxis axis);
/// A place on it: "step 120", "epoch 1.25", "0:12:05"
QString placeText(StepAxis axis, double place);

/// Where the steps of one run lie on such an axis; grows with its history.
///
/// Tokens: where the log does not count them they are estimated, the same number for each step: the median over the
/// first steps of speed times time between two of them, so that pauses for measuring do not count. Epoch: steps by
/// those of one epoch. Time: seconds by the clock since the first start, without those in which the run was stopped or
/// paused.
class StepPlaces
{
  public:
    explicit StepPlaces(StepAxis axis = StepAxis::Step) : axis_(axis) {}

    /// Takes what is new. True: places that were given before have changed.
    bool update(const RunHistory& history);
    /// Whether the run tells what the axis needs.
    bool isKnown() const;
    /// Of the n-th logged step.
    double at(const RunHistory& history, qsizetype index) const;
    /// Of any step, between its neighbours.
    double of(const RunHistory& history, double step) const;
    /// Where the whole run ends; where it stands now where that is not known.
    double end(const RunHistory& history) const;

  private:
    void takeTime(const RunHistory& history);
    double tokensOfStep(const RunHistory& history) const;

    StepAxis axis_;
    double factor_ = 1; ///< from steps to places, but of times; 0: not known
    QVector<double> seconds_;
    std::size_t marks_ = 0; ///< taken
    double elapsed_ = 0, since_ = 0;
    bool runs_ = false;
    int rewrites_ = 0;
    qsizetype sampled_ = 0; ///< steps that the estimate of tokens is of
};

} // namespace hilo
