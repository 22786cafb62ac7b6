// SPDX-License-Identifier: GPL-3.0-or-later
#include "objectives/objective.h"

#include "base/text_format.h"

#include <algorithm>

namespace hilo {

Result<ObjectiveSettings> Objective::complete(const ObjectiveSettings& given) const
{
    ObjectiveSettings all;
    std::string known;
    for (const ObjectiveSetting& setting : settings) {
        all[setting.name] = setting.defaultValue;
        known += (known.empty() ? "" : ", ") + setting.name;
    }
    for (const auto& [key, value] : given) {
        const auto setting = std::find_if(settings.begin(), settings.end(),
                                          [&key = key](const ObjectiveSetting& one) { return one.name == key; });
        if (setting == settings.end())
            return failure(badInput({}, key, "the objective " + name + " has no such setting",
                                    known.empty() ? "It has none at all." : "It has " + known + "."));
        if (!(value >= setting->least && value <= setting->most))
            return failure(badInput({}, key, printed("%g is out of range", value),
                                    printed("expected a number from %g to %g", setting->least, setting->most)));
        all[key] = value;
    }
    return all;
}

const Objective* findObjective(std::string_view name)
{
    const auto found = std::find_if(objectives().begin(), objectives().end(),
                                    [name](const Objective* one) { return one->name == name; });
    return found == objectives().end() ? nullptr : *found;
}

} // namespace hilo
