// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_help.h"

#include <QCoreApplication>
#include <QStringList>

namespace hilo {
namespace {

struct StudyHelp
{
    Q_DECLARE_TR_FUNCTIONS(StudyHelp)
};

} // namespace

QString studyHelp()
{
    const QStringList texts{
        StudyHelp::tr(
            "<b>What you see.</b> A study trains every allocation on every task with several seeds. A row is "
            "an allocation, a column a task; the number is the mean over the seeds. The first allocation is "
            "the baseline: blue cells are better than it, orange ones worse. A triangle and bold numbers mark "
            "differences whose interval does not hold 0."),
        StudyHelp::tr("<b>What may be concluded.</b> Differences are paired by task and seed, and by test row where "
                      "runs kept their predictions. The last column and the sentence hold after Holm's correction over "
                      "all comparisons of the study. “No clear difference” is no proof of equality: more seeds or more "
                      "test rows may tell."),
        StudyHelp::tr(
            "<b>Values against parameters</b> draws means with intervals and the front of what is both small "
            "and good; hollow points were published by others, mostly on other base models. <b>Mean ranks</b> "
            "joins allocations that do not differ by the critical difference. <b>Experts by task</b> shows, "
            "for joint runs, whether routers send tasks to experts of their own."),
        StudyHelp::tr("<b>Keys.</b> Arrows move over the table, Return shows the runs of a cell, Ctrl+C copies the "
                      "selected cells, F5 reads again, Ctrl+Shift+T plans a new study."),
        StudyHelp::tr(
            "<b>Next:</b> “New study…” says how many runs, hours and gigabytes it takes before anything "
            "starts. A study that was stopped goes on with “Continue”; hilo study extend adds seeds, tasks or "
            "allocations without training anything twice. “Report…” writes the table for papers."),
        StudyHelp::tr("<i>Critical differences after Demšar 2006, corrected comparisons after Holm 1979, paired test "
                      "rows after McNemar 1947. Details: docs/statistics.md.</i>"),
    };
    return QStringLiteral("<p>") + texts.join(QStringLiteral("</p><p>")) + QStringLiteral("</p>");
}

} // namespace hilo
