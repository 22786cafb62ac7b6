// SPDX-License-Identifier: GPL-3.0-or-later
#include "objectives/margin_loss.h"

#include <cmath>

namespace hilo {

double sigmoid(double x)
{
    return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x));
}

double logSigmoid(double x)
{
    return x >= 0 ? -std::log1p(std::exp(-x)) : x - std::log1p(std::exp(x));
}

MarginLoss sigmoidLoss(double margin, double beta, double smoothing)
{
    const double scaled = beta * margin;
    return {-(1 - smoothing) * logSigmoid(scaled) - smoothing * logSigmoid(-scaled),
            beta * (smoothing * sigmoid(scaled) - (1 - smoothing) * sigmoid(-scaled))};
}

} // namespace hilo
