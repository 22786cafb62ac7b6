// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_report.h"

#include "base/atomic_file.h"

#include <QCoreApplication>
#include <QStringList>

namespace hilo {
namespace {

struct StudyReport
{
    Q_DECLARE_TR_FUNCTIONS(StudyReport)
};

struct ReportTable
{
    QStringList head;
    QList<QStringList> rows;
};

QString decimal(double value, int decimals)
{
    return QString::number(value, 'f', decimals);
}

/// In percent for shares.
QString scaled(const MetricText& metric, double value)
{
    return decimal(value * metric.scale(), metric.isShare() ? 2 : 4);
}

QString valueWithHalf(const MetricText& metric, const std::optional<StudyInterval>& value, const QString& between)
{
    if (!value)
        return QStringLiteral("–");
    if (!value->low || !value->high)
        return scaled(metric, value->value);
    return QStringLiteral("%1%2[%3, %4]")
        .arg(scaled(metric, value->value), between, scaled(metric, *value->low), scaled(metric, *value->high));
}

QString titleOf(const MetricText& metric, const std::string& name)
{
    return QString::fromStdString(name) + (metric.isShare() ? QStringLiteral(" (%)") : QString());
}

/// A cell a value and its interval, for people.
ReportTable tableOf(const StudyView& study)
{
    ReportTable table;
    table.head << QStringLiteral("Allocation") << QStringLiteral("Trainable") << QStringLiteral("Active");
    for (std::size_t task = 0; task < study.observations.tasks.size(); ++task)
        table.head << titleOf(study.taskText(task), study.observations.tasks[task].name);
    table.head << titleOf(study.meanText(), "Mean") << QStringLiteral("Mean rank")
               << titleOf(study.meanText(), "Difference from the first");
    for (std::size_t i = 0; i < study.summary.rows.size(); ++i) {
        const StudyRow& row = study.summary.rows[i];
        QStringList cells{study.label(i), QString::number(study.allocation(i).trainable),
                          QString::number(study.allocation(i).active)};
        for (std::size_t task = 0; task < row.cells.size(); ++task)
            cells << valueWithHalf(study.taskText(task), row.cells[task].mean, QStringLiteral(" "));
        cells << valueWithHalf(study.meanText(), row.mean, QStringLiteral(" "));
        cells << (row.rank ? decimal(row.rank->value, 2) : QStringLiteral("–"));
        cells << (row.difference ? valueWithHalf(study.meanText(), row.difference->difference, QStringLiteral(" "))
                                 : QStringLiteral("–"));
        table.rows << cells;
    }
    return table;
}

QString csvCell(QString text)
{
    const bool isPlain =
        !text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"')) && !text.contains(QLatin1Char('\n'));
    return isPlain ? text
                   : QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

/// A column a number, in the metric's own unit: for programs.
QString asCsv(const StudyView& study)
{
    QStringList head{QStringLiteral("allocation"), QStringLiteral("budget"), QStringLiteral("trainable"),
                     QStringLiteral("active")};
    const auto addInterval = [&head](const QString& name) {
        head << name << name + QStringLiteral(" low") << name + QStringLiteral(" high");
    };
    for (const StudyTask& task : study.observations.tasks)
        addInterval(QString::fromStdString(task.name));
    addInterval(QStringLiteral("mean"));
    addInterval(QStringLiteral("rank"));
    addInterval(QStringLiteral("difference"));
    head << QStringLiteral("p") << QStringLiteral("p holm");
    const auto number = [](const std::optional<double>& value) {
        return value ? QString::number(*value, 'g', 10) : QString();
    };
    QStringList lines;
    const auto add = [&lines](QStringList cells) {
        for (QString& cell : cells)
            cell = csvCell(cell);
        lines << cells.join(QLatin1Char(','));
    };
    add(head);
    for (std::size_t i = 0; i < study.summary.rows.size(); ++i) {
        const StudyRow& row = study.summary.rows[i];
        const StudyAllocation& one = study.allocation(i);
        QStringList cells{QString::fromStdString(one.label), one.budget ? QString::number(*one.budget) : QString(),
                          QString::number(one.trainable), QString::number(one.active)};
        const auto interval = [&](const std::optional<StudyInterval>& value) {
            cells << (value ? QString::number(value->value, 'g', 10) : QString())
                  << number(value ? value->low : std::nullopt) << number(value ? value->high : std::nullopt);
        };
        for (const StudyCell& cell : row.cells)
            interval(cell.mean);
        interval(row.mean);
        interval(row.rank);
        interval(row.difference ? row.difference->difference : std::nullopt);
        cells << number(row.difference ? row.difference->p : std::nullopt)
              << number(row.difference ? row.difference->pHolm : std::nullopt);
        add(cells);
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QString latexText(const QString& text)
{
    QString escaped;
    for (const QChar letter : text) {
        switch (letter.unicode()) {
        case '\\':
            escaped += QStringLiteral("\\textbackslash{}");
            break;
        case '~':
            escaped += QStringLiteral("\\textasciitilde{}");
            break;
        case '^':
            escaped += QStringLiteral("\\textasciicircum{}");
            break;
        case u'·':
            escaped += QStringLiteral("$\\cdot$");
            break;
        case u'–':
            escaped += QStringLiteral("--");
            break;
        default:
            if (QStringLiteral("&%$#_{}").contains(letter))
                escaped += QLatin1Char('\\');
            escaped += letter;
        }
    }
    return escaped;
}

QString asLatex(const StudyView& study, const ReportTable& table)
{
    const auto line = [](const QStringList& cells) {
        QStringList escaped;
        for (const QString& cell : cells)
            escaped << latexText(cell);
        return escaped.join(QStringLiteral(" & ")) + QStringLiteral(" \\\\\n");
    };
    QString text = QStringLiteral("% needs \\usepackage{booktabs}\n\\begin{table}\n\\centering\n\\begin{tabular}{l") +
                   QString(table.head.size() - 1, QLatin1Char('r')) + QStringLiteral("}\n\\toprule\n") +
                   line(table.head) + QStringLiteral("\\midrule\n");
    for (const QStringList& row : table.rows)
        text += line(row);
    return text + QStringLiteral("\\bottomrule\n\\end{tabular}\n\\caption{%1}\n\\end{table}\n")
                      .arg(latexText(QString::fromStdString(study.summary.sentence)));
}

QString asMarkdown(const StudyView& study, const ReportTable& table)
{
    const auto line = [](const QStringList& cells) {
        QStringList escaped;
        for (QString cell : cells)
            escaped << cell.replace(QLatin1Char('|'), QStringLiteral("\\|"));
        return QStringLiteral("| ") + escaped.join(QStringLiteral(" | ")) + QStringLiteral(" |\n");
    };
    QString text = QStringLiteral("# %1\n\n").arg(QString::fromStdString(study.observations.name)) + line(table.head);
    text +=
        QStringLiteral("| --- ") + QStringLiteral("| ---: ").repeated(table.head.size() - 1) + QStringLiteral("|\n");
    for (const QStringList& row : table.rows)
        text += line(row);
    text += QLatin1Char('\n') + QString::fromStdString(study.summary.sentence) + QLatin1Char('\n');
    for (const std::string& note : study.summary.notes)
        text += QStringLiteral("\n- ") + QString::fromStdString(note);
    return text + (study.summary.notes.empty() ? QString() : QStringLiteral("\n"));
}

QString asHtml(const StudyView& study, const ReportTable& table)
{
    const auto line = [](const QStringList& cells, const QString& tag) {
        QString text = QStringLiteral("<tr>");
        for (const QString& cell : cells)
            text += QStringLiteral("<%1>%2</%1>").arg(tag, cell.toHtmlEscaped());
        return text + QStringLiteral("</tr>\n");
    };
    const QString name = QString::fromStdString(study.observations.name).toHtmlEscaped();
    QString text = QStringLiteral("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%1</title>\n"
                                  "<style>body{font-family:sans-serif;margin:2em}table{border-collapse:collapse}"
                                  "th,td{padding:.3em .8em;text-align:right;border-bottom:1px solid #ddd}"
                                  "th:first-child,td:first-child{text-align:left}</style></head><body>\n<h1>%1</h1>\n"
                                  "<table>\n")
                       .arg(name) +
                   line(table.head, QStringLiteral("th"));
    for (const QStringList& row : table.rows)
        text += line(row, QStringLiteral("td"));
    text += QStringLiteral("</table>\n<p>%1</p>\n").arg(QString::fromStdString(study.summary.sentence).toHtmlEscaped());
    for (const std::string& note : study.summary.notes)
        text += QStringLiteral("<p>%1</p>\n").arg(QString::fromStdString(note).toHtmlEscaped());
    return text + QStringLiteral("</body></html>\n");
}

} // namespace

QList<std::pair<QString, QString>> studyReportKinds()
{
    return {{StudyReport::tr("Table (CSV)…"), QStringLiteral("csv")},
            {StudyReport::tr("Table for a paper (LaTeX)…"), QStringLiteral("tex")},
            {StudyReport::tr("Markdown…"), QStringLiteral("md")},
            {StudyReport::tr("Web page (HTML)…"), QStringLiteral("html")}};
}

QString studyReportFilter(const QString& ending)
{
    return ending == QLatin1String("csv")   ? StudyReport::tr("Table (*.csv)")
           : ending == QLatin1String("tex") ? StudyReport::tr("LaTeX (*.tex)")
           : ending == QLatin1String("md")  ? StudyReport::tr("Markdown (*.md)")
                                            : StudyReport::tr("Web page (*.html)");
}

Result<QString> studyReport(const StudyView& study, const QString& ending)
{
    if (ending == QLatin1String("csv"))
        return asCsv(study);
    const ReportTable table = tableOf(study);
    if (ending == QLatin1String("tex"))
        return asLatex(study, table);
    if (ending == QLatin1String("md"))
        return asMarkdown(study, table);
    if (ending == QLatin1String("html"))
        return asHtml(study, table);
    return failure(internalError("There is no report of the kind " + ending.toStdString() + "."));
}

Status writeStudyReport(const StudyView& study, const QString& ending, const QString& file)
{
    HILO_TRY(const QString text, studyReport(study, ending));
    return writeFileAtomically(file.toStdString(), text.toStdString());
}

} // namespace hilo
