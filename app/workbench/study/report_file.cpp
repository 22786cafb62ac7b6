// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/report_file.h"

#include "base/atomic_file.h"
#include "study/study_figure.h"
#include "study/study_latex.h"
#include "study/study_markdown.h"
#include "study/study_rows.h"

#include <QCoreApplication>

namespace hilo {
namespace {

struct ReportFile
{
    Q_DECLARE_TR_FUNCTIONS(ReportFile)
};

} // namespace

QList<std::pair<QString, QString>> reportKinds()
{
    return {{ReportFile::tr("Table (CSV)…"), QStringLiteral("csv")},
            {ReportFile::tr("Table for a paper (LaTeX)…"), QStringLiteral("tex")},
            {ReportFile::tr("Markdown…"), QStringLiteral("md")},
            {ReportFile::tr("Web page (HTML)…"), QStringLiteral("html")},
            {ReportFile::tr("Matrix as a picture (SVG)…"), QStringLiteral("svg")}};
}

QString reportFilter(const QString& ending)
{
    return ending == QLatin1String("csv")    ? ReportFile::tr("Table (*.csv)")
           : ending == QLatin1String("tex")  ? ReportFile::tr("LaTeX (*.tex)")
           : ending == QLatin1String("md")   ? ReportFile::tr("Markdown (*.md)")
           : ending == QLatin1String("html") ? ReportFile::tr("Web page (*.html)")
                                             : ReportFile::tr("SVG picture (*.svg)");
}

Result<std::string> reportText(const StudyAnswer& study, const QString& project, const QString& ending)
{
    StudyReport report{study.view->observations, study.view->summary};
    report.command = {"hilo", "study", "show", project.toStdString(), "--name", study.name.toStdString()};
    report.commands = study.commands;
    report.published = study.results;
    if (ending == QLatin1String("csv"))
        return studyCsv(report);
    if (ending == QLatin1String("tex"))
        return studyLatex(report);
    if (ending == QLatin1String("md"))
        return studyMarkdown(report);
    if (ending == QLatin1String("svg"))
        return studyFigure(report, StudyFigure::Matrix);
    return failure(internalError("There is no report of the kind " + ending.toStdString() + "."));
}

Status writeReport(const StudyAnswer& study, const QString& project, const QString& ending, const QString& file)
{
    HILO_TRY(const std::string text, reportText(study, project, ending));
    return writeFileAtomically(file.toStdString(), text);
}

} // namespace hilo
