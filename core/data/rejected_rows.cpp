// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/rejected_rows.h"

#include "base/atomic_file.h"
#include "base/json.h"
#include "base/log.h"
#include "data/row_place.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;

void logRejectedRows(const std::vector<RejectedRow>& rejected, const fs::path& list)
{
    if (rejected.empty())
        return;
    constexpr std::size_t shown = 10;
    logger("data")->warn("{} {} cannot be used", rejected.size(), rejected.size() == 1 ? "row" : "rows");
    for (std::size_t i = 0; i < std::min(shown, rejected.size()); ++i)
        logger("data")->warn("{}: {}: {}", rejected[i].file, placeText(rejected[i].line), rejected[i].reason);
    if (rejected.size() > shown)
        logger("data")->warn("… and {} more", rejected.size() - shown);
    if (!list.empty())
        logger("data")->warn("all of them: {}", list.string());
}

Status writeRejectedRows(const fs::path& file, const std::vector<RejectedRow>& rejected)
{
    if (rejected.empty()) {
        std::error_code code;
        fs::remove(file, code);
        return {};
    }
    std::string lines;
    for (const RejectedRow& row : rejected) {
        const Json json = {{"file", row.file},
                           {"line", numberOfPlace(row.line)},
                           {"place", placeText(row.line)},
                           {"reason", row.reason}};
        lines += json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    }
    return writeFileAtomically(file, lines);
}

} // namespace hilo
