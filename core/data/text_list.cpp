// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/text_list.h"

namespace hilo {

Result<std::vector<std::string>> textList(const JsonObject& object, const std::string& key)
{
    std::vector<std::string> result;
    if (!object.has(key))
        return result;
    HILO_TRY(const Json* list, object.array(key));
    for (std::size_t i = 0; i < list->size(); ++i) {
        if (!(*list)[i].is_string())
            return failure(object.errorAt(key + "[" + std::to_string(i) + "]", "expected a text"));
        result.push_back((*list)[i].get<std::string>());
    }
    return result;
}

} // namespace hilo
