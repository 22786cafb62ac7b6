// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <QList>
#include <QString>

#include <utility>

namespace hilo {

/// What `hilo export --json` printed, in words.
struct ExportReportText
{
    QString title; ///< what it costs, or that it costs nothing: "Costs 9.2 points of accuracy: 73.2 % to 64.0 %"
    QString format, folder;
    QList<std::pair<QString, QString>> facts;
};
ExportReportText exportReportText(const Json& report);

} // namespace hilo
