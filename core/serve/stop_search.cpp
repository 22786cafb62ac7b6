// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/stop_search.h"

#include <algorithm>
#include <utility>

namespace hilo {

std::string StopSearch::push(const std::string& text)
{
    if (found_)
        return {};
    held_ += text;
    std::size_t first = std::string::npos;
    for (const std::string& stop : stops_)
        first = std::min(first, held_.find(stop));
    if (first != std::string::npos) {
        found_ = true;
        held_.resize(first);
        return std::exchange(held_, {});
    }
    std::size_t kept = 0;
    for (const std::string& stop : stops_)
        for (std::size_t size = std::min(stop.size() - 1, held_.size()); size > kept; --size)
            if (held_.compare(held_.size() - size, size, stop, 0, size) == 0)
                kept = size;
    std::string shown = held_.substr(0, held_.size() - kept);
    held_.erase(0, shown.size());
    return shown;
}

std::string StopSearch::finish()
{
    return std::exchange(held_, {});
}

} // namespace hilo
