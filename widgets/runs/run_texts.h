// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"

#include <QColor>
#include <QRectF>
#include <QString>
#include <QStringList>

#include <optional>

class QPainter;

namespace hilo {

/// What of a run is said in words: the same everywhere.
QString runTitle(const RunSummary& run); ///< its name, else its id
/// "running", "waiting", "no signal for 12 min", …
QString stateText(const RunSummary& run);
/// Running and nothing heard of for longer than two minutes.
bool isSilent(const RunSummary& run);
bool isActive(const RunSummary& run); ///< has a process: running or paused
/// All steps are done, and its process is still at work: it measures the result.
bool isMeasuring(const RunSummary& run);
/// Of its steps, from 0 to 1; nothing when it has none.
std::optional<double> progressOf(const RunSummary& run);
QColor stateColour(const RunSummary& run);
/// A shape for each state, so that colour is never the only sign.
void drawStateSymbol(QPainter& painter, const QRectF& area, const RunSummary& run);

/// What people have to know about a run that is not well.
struct RunAdvice
{
    QString title;          ///< what happened, one sentence
    QString detail;         ///< what the run said; may be empty
    QString whatToDo;       ///< next
    QStringList log;        ///< its last lines
    bool isWarning = false; ///< it did not fail, and its numbers are not well
};
/// Nothing when the run is well. log: the end of its log.txt.
std::optional<RunAdvice> adviceFor(const RunSummary& run, const QString& log);

/// What is wrong with its numbers (index/run_checks.h), a line each; empty: nothing is known to be.
QStringList findingTexts(const RunSummary& run);

/// The last lines with something in them, cleaned of what cannot be shown; each at most 200 characters.
QStringList lastLogLines(const QString& log, int count);

} // namespace hilo
