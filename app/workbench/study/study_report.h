// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "study/study_view.h"

#include <QList>
#include <QString>

#include <utility>

namespace hilo {

/// The kinds of reports: what the menu says, and the file's ending: "csv", "tex", "md", "html".
QList<std::pair<QString, QString>> studyReportKinds();
/// For a dialog that asks for a file.
QString studyReportFilter(const QString& ending);

/// The table with intervals, differences, and the sentence that follows. Numbers have a point in every language; texts
/// are English, as papers are. Errors are internal: another ending.
Result<QString> studyReport(const StudyView& study, const QString& ending);
/// The same into a file, at once or not at all.
Status writeStudyReport(const StudyView& study, const QString& ending, const QString& file);

} // namespace hilo
