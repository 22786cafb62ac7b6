// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/study_answer.h"

#include <QList>
#include <QString>

#include <utility>

namespace hilo {

/// The kinds of reports: what the menu says, and the file's ending: "csv", "tex", "md", "html", "svg".
QList<std::pair<QString, QString>> reportKinds();
/// For a dialog that asks for a file.
QString reportFilter(const QString& ending);

/// The report as `hilo study show` writes it. project: the folder that its command names. Errors are internal: another
/// ending, or "html", which `hilo` itself writes.
Result<std::string> reportText(const StudyAnswer& study, const QString& project, const QString& ending);
/// The same into a file, at once or not at all.
Status writeReport(const StudyAnswer& study, const QString& project, const QString& ending, const QString& file);

} // namespace hilo
