// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace hilo {

/// 1 / (1 + e^-x).
double sigmoid(double x);
/// log sigmoid(x), without overflow.
double logSigmoid(double x);

/// A loss of the margin between two answers.
struct MarginLoss
{
    double loss = 0;
    double slope = 0; ///< derivative by the margin
};

/// -(1 - smoothing) log sigmoid(beta margin) - smoothing log sigmoid(-beta margin): cross-entropy of a label that is
/// wrong with the probability smoothing (conservative DPO, E. Mitchell 2023; trl, dpo_trainer.py, label_smoothing).
MarginLoss sigmoidLoss(double margin, double beta, double smoothing);

} // namespace hilo
