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
    QString title; ///< "Verified: the same next token for 96 of 96 tokens"
    QString folder;
    QList<std::pair<QString, QString>> facts;
};
ExportReportText exportReportText(const Json& report);

} // namespace hilo
