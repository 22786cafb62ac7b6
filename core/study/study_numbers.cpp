// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_numbers.h"

#include "base/text_format.h"

#include <algorithm>
#include <cmath>

namespace hilo {

std::string shownValue(double value, bool isShare)
{
    return isShare ? printed("%.2f", 100 * value) : printed("%.4g", value);
}

std::string shownStep(double value, bool isShare)
{
    return isShare ? printed("%+.2f", 100 * value) : printed("%+.4g", value);
}

std::string shownInterval(const StudyInterval& interval, bool isShare)
{
    std::string text = shownValue(interval.value, isShare);
    if (interval.low && interval.high)
        text += " (" + shownValue(*interval.low, isShare) + " to " + shownValue(*interval.high, isShare) + ")";
    return text;
}

std::string shownDifference(const StudyInterval& interval, bool isShare)
{
    std::string text = shownStep(interval.value, isShare);
    if (interval.low && interval.high)
        text += " (" + shownStep(*interval.low, isShare) + " to " + shownStep(*interval.high, isShare) + ")";
    return text;
}

std::string shownP(double p)
{
    return p < 0.001 ? "< 0.001" : printed("%.3f", p);
}

std::string shownParameters(double parameters)
{
    // From where three digits round to a thousand.
    return parameters >= 999.5e6   ? printed("%.3g G", parameters / 1e9)
           : parameters >= 999.5e3 ? printed("%.3g M", parameters / 1e6)
           : parameters >= 999.5   ? printed("%.3g k", parameters / 1e3)
                                   : printed("%.3g", parameters);
}

std::string groupedDigits(std::int64_t count)
{
    std::string digits = std::to_string(count);
    for (int i = static_cast<int>(digits.size()) - 3; i > (digits.front() == '-' ? 1 : 0); i -= 3)
        digits.insert(static_cast<std::size_t>(i), " ");
    return digits;
}

std::string allocationName(const StudyObservations& observations, std::size_t allocation)
{
    const StudyAllocation& one = observations.allocations[allocation];
    const bool several = std::any_of(observations.allocations.begin(), observations.allocations.end(),
                                     [&one](const StudyAllocation& other) { return other.budget != one.budget; });
    return several && one.budget ? one.label + " at " + shownParameters(static_cast<double>(*one.budget)) : one.label;
}

} // namespace hilo
