// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/epoch_length.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

double numberOf(const std::vector<Setting>& settings, const char* key, double fallback)
{
    const auto found =
        std::find_if(settings.begin(), settings.end(), [key](const Setting& one) { return one.key == key; });
    return found == settings.end() ? fallback : found->number.value_or(fallback);
}

} // namespace

double stepsPerEpoch(const std::vector<Setting>& settings, const RunLength& length)
{
    const double epochs = numberOf(settings, "training.epochs", 1);
    if (numberOf(settings, "training.steps", 0) <= 0)
        return length.steps > 0 && epochs > 0 ? static_cast<double>(length.steps) / epochs : 0;
    const bool isOneTask =
        std::any_of(settings.begin(), settings.end(), [](const Setting& one) { return one.key == "data.path"; });
    const double batch = numberOf(settings, "training.batch_size", 0);
    const double accumulation = numberOf(settings, "training.accumulation", 1);
    if (!isOneTask || numberOf(settings, "training.packing", 0) != 0 || length.processes > 1 || batch < 1 ||
        accumulation < 1 || length.trainingRows <= 0)
        return 0;
    return std::ceil(static_cast<double>(length.trainingRows) / batch) / accumulation;
}

} // namespace hilo
