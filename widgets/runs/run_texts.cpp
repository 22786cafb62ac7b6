// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_texts.h"

#include "common/finding_text.h"
#include "common/numbers.h"
#include "common/theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>

namespace hilo {
namespace {

constexpr std::int64_t silenceAfter = 2 * 60 * 1000; ///< milliseconds
constexpr int exitNoSpace = 4;                       ///< exit code of the contract: not enough memory or disk

struct StateTexts
{
    Q_DECLARE_TR_FUNCTIONS(RunTexts)
};

bool saysOutOfMemory(const RunSummary& run, const QStringList& log)
{
    if (run.errorCode == exitNoSpace)
        return !QString::fromStdString(run.errorMessage).contains(QLatin1String("disk"), Qt::CaseInsensitive) &&
               !QString::fromStdString(run.errorMessage).contains(QLatin1String("space"), Qt::CaseInsensitive);
    static constexpr std::array signs = {"bad_alloc", "out of memory", "cannot allocate memory", "oom-kill"};
    return std::any_of(log.begin(), log.end(), [](const QString& line) {
        return std::any_of(signs.begin(), signs.end(), [&line](const char* sign) {
            return line.contains(QLatin1String(sign), Qt::CaseInsensitive);
        });
    });
}

QString memoryAdvice()
{
    return StateTexts::tr(
        "Give it less to hold: a smaller batch with more accumulation, a shorter maximum length, activation "
        "checkpointing, or a smaller map. “Duplicate…” starts from the same settings.");
}

RunAdvice failedAdvice(const RunSummary& run, QStringList lines)
{
    RunAdvice advice;
    advice.detail = QString::fromStdString(run.errorMessage);
    advice.whatToDo = QString::fromStdString(run.errorHint);
    if (saysOutOfMemory(run, lines)) {
        advice.title = StateTexts::tr("The run ran out of memory.");
        advice.whatToDo = memoryAdvice();
    } else {
        advice.title = StateTexts::tr("The run failed.");
        if (advice.whatToDo.isEmpty())
            advice.whatToDo = StateTexts::tr(
                "Read the last lines of its log, mend what they name, then resume it or duplicate it with changes.");
    }
    advice.log = std::move(lines);
    return advice;
}

RunAdvice adviceOfFindings(const RunSummary& run)
{
    RunAdvice advice;
    advice.isWarning = true;
    QStringList details, next;
    for (const RunFinding& finding : findingsOf(run.findings)) {
        if (advice.title.isEmpty())
            advice.title = findingTitle(finding);
        else
            details << findingTitle(finding);
        details << findingDetail(finding);
        next << findingAdvice(finding);
    }
    advice.detail = details.join(QLatin1Char('\n'));
    advice.whatToDo = next.join(QLatin1Char('\n'));
    return advice;
}

/// A run that runs or has finished, and whose numbers are not well.
bool hasFindings(const RunSummary& run)
{
    return !run.findings.empty() && (run.state == "finished" || run.state == "running");
}

} // namespace

QStringList findingTexts(const RunSummary& run)
{
    QStringList texts;
    for (const RunFinding& finding : findingsOf(run.findings))
        texts << findingText(finding);
    return texts;
}

QString runTitle(const RunSummary& run)
{
    return QString::fromStdString(run.name.empty() ? run.id : run.name);
}

bool isActive(const RunSummary& run)
{
    return run.state == "running" || run.state == "paused";
}

bool isSilent(const RunSummary& run)
{
    return run.state == "running" && run.silentMilliseconds && *run.silentMilliseconds > silenceAfter;
}

QString stateText(const RunSummary& run)
{
    if (isSilent(run))
        return StateTexts::tr("no signal for %1")
            .arg(durationText(static_cast<double>(*run.silentMilliseconds) / 1000));
    static const std::array<std::pair<const char*, const char*>, 11> words = {{
        {"new", QT_TRANSLATE_NOOP("RunTexts", "not queued")},
        {"queued", QT_TRANSLATE_NOOP("RunTexts", "waiting")},
        {"running", QT_TRANSLATE_NOOP("RunTexts", "running")},
        {"paused", QT_TRANSLATE_NOOP("RunTexts", "paused")},
        {"interrupted", QT_TRANSLATE_NOOP("RunTexts", "interrupted")},
        {"stopped", QT_TRANSLATE_NOOP("RunTexts", "stopped")},
        {"finished", QT_TRANSLATE_NOOP("RunTexts", "finished")},
        {"failed", QT_TRANSLATE_NOOP("RunTexts", "failed")},
        {"missing", QT_TRANSLATE_NOOP("RunTexts", "folder missing")},
        {"archived", QT_TRANSLATE_NOOP("RunTexts", "archived")},
        {"damaged", QT_TRANSLATE_NOOP("RunTexts", "damaged")},
    }};
    for (const auto& [state, word] : words)
        if (run.state == state)
            return StateTexts::tr(word);
    return QString::fromStdString(run.state);
}

bool isMeasuring(const RunSummary& run)
{
    return run.state == "running" && run.lastStep && run.totalSteps && *run.totalSteps > 0 &&
           *run.lastStep >= *run.totalSteps;
}

std::optional<double> progressOf(const RunSummary& run)
{
    if (!run.lastStep || !run.totalSteps || *run.totalSteps <= 0)
        return {};
    return std::clamp(static_cast<double>(*run.lastStep) / static_cast<double>(*run.totalSteps), 0.0, 1.0);
}

QColor stateColour(const RunSummary& run)
{
    const ThemeColours& colours = Theme::instance().colours();
    if (isSilent(run) || run.state == "paused" || run.state == "interrupted" || run.state == "missing" ||
        hasFindings(run))
        return colours.attention;
    if (run.state == "running")
        return colours.accent;
    if (run.state == "finished")
        return colours.good;
    if (run.state == "failed" || run.state == "damaged")
        return colours.failed;
    return colours.quietText;
}

void drawStateSymbol(QPainter& painter, const QRectF& area, const RunSummary& run)
{
    const QColor colour = stateColour(run);
    const double size = std::min(area.width(), area.height());
    const QRectF box(area.center().x() - size / 2, area.center().y() - size / 2, size, size);
    const auto at = [&box](double x, double y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QPen line(colour, std::max(1.5, size / 6), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    const std::string& state = run.state;
    if (isSilent(run) || state == "interrupted" || state == "missing" || state == "damaged" ||
        (state == "finished" && hasFindings(run))) {
        painter.setPen(line);
        painter.drawLine(at(0.5, 0.05), at(0.5, 0.6));
        painter.drawPoint(at(0.5, 0.95));
    } else if (state == "running") {
        painter.drawPolygon(QPolygonF{at(0.1, 0), at(1, 0.5), at(0.1, 1)});
    } else if (state == "paused") {
        painter.drawRect(QRectF(at(0.12, 0.05), at(0.4, 0.95)));
        painter.drawRect(QRectF(at(0.6, 0.05), at(0.88, 0.95)));
    } else if (state == "queued") {
        for (const double x : {0.12, 0.5, 0.88})
            painter.drawEllipse(at(x, 0.5), size / 9, size / 9);
    } else if (state == "finished") {
        painter.setPen(line);
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(QPolygonF{at(0.05, 0.55), at(0.38, 0.88), at(0.95, 0.15)});
    } else if (state == "failed") {
        painter.setPen(line);
        painter.drawLine(at(0.1, 0.1), at(0.9, 0.9));
        painter.drawLine(at(0.1, 0.9), at(0.9, 0.1));
    } else if (state == "stopped") {
        painter.drawRect(QRectF(at(0.12, 0.12), at(0.88, 0.88)));
    } else if (state == "archived") {
        painter.drawRect(QRectF(at(0, 0.1), at(1, 0.35)));
        painter.drawRect(QRectF(at(0.1, 0.45), at(0.9, 0.95)));
    } else {
        painter.setPen(QPen(colour, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(box.adjusted(1, 1, -1, -1));
    }
    painter.restore();
}

QStringList lastLogLines(const QString& log, int count)
{
    QStringList lines;
    for (qsizetype end = log.size(); end > 0 && lines.size() < count;) {
        const qsizetype start = log.lastIndexOf(QLatin1Char('\n'), end - 1);
        QString line = log.mid(start + 1, std::min<qsizetype>(end - start - 1, 200));
        // Progress bars overwrite their line; binary garbage must not reach a label.
        line = line.mid(line.lastIndexOf(QLatin1Char('\r')) + 1);
        for (QChar& sign : line)
            if (!sign.isPrint() && sign != QLatin1Char('\t'))
                sign = QChar(0x00B7);
        if (!line.trimmed().isEmpty())
            lines.prepend(line);
        end = start;
    }
    return lines;
}

std::optional<RunAdvice> adviceFor(const RunSummary& run, const QString& log)
{
    QStringList lines = lastLogLines(log, 6);
    RunAdvice advice;
    if (run.state == "failed")
        return failedAdvice(run, std::move(lines));
    if (isSilent(run)) {
        advice.title =
            StateTexts::tr("No signal for %1.").arg(durationText(static_cast<double>(*run.silentMilliseconds) / 1000));
        advice.whatToDo =
            StateTexts::tr("Its process lives but reports no step. A long evaluation may take this long; else stop "
                           "it and resume it from its last checkpoint.");
    } else if (run.state == "interrupted") {
        advice.title = StateTexts::tr("The run's process ended before the run did.");
        advice.whatToDo =
            saysOutOfMemory(run, lines)
                ? memoryAdvice()
                : StateTexts::tr("It was killed, or the computer was restarted. “Resume” goes on from its last "
                                 "checkpoint with the same numbers as if nothing had happened.");
    } else if (run.state == "missing") {
        advice.title = StateTexts::tr("The run's folder is gone.");
        advice.whatToDo =
            StateTexts::tr("Put the folder back into runs/, or delete the run from the list; its results stay until "
                           "then.");
    } else if (run.state == "damaged") {
        advice.title = StateTexts::tr("The run's settings cannot be read.");
        advice.whatToDo = StateTexts::tr("Restore run.json in its folder, or delete the run.");
    } else if (run.problem.empty()) {
        return hasFindings(run) ? std::optional(adviceOfFindings(run)) : std::nullopt;
    } else {
        advice.title = StateTexts::tr("Something in the run's files is not right.");
        advice.whatToDo = StateTexts::tr("What was read before stays; the rest is left out.");
    }
    advice.detail = QString::fromStdString(run.problem.empty() ? run.errorMessage : run.problem);
    advice.log = std::move(lines);
    return advice;
}

} // namespace hilo
