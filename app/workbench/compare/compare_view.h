// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <QString>
#include <QStringList>

#include <filesystem>
#include <vector>

namespace hilo {

/// What the page Compare shows, under a name: which runs, how grouped, which axes and which columns.
struct CompareView
{
    QString name, filter, metric, horizontal, vertical, colourBy, symbolBy, groupBy;
    bool groupSeeds = true;
    QStringList columns; ///< in their order, by key
    QStringList hidden;  ///< of them
    QStringList extra;   ///< keys of columns that were asked for
    bool operator==(const CompareView&) const = default;
};

/// compare-views.json of a project's folder; empty where there is none. Errors: a damaged file.
Result<std::vector<CompareView>> readCompareViews(const std::filesystem::path& project);
Status writeCompareViews(const std::filesystem::path& project, const std::vector<CompareView>& views);

} // namespace hilo
