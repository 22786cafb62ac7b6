// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <QObject>
#include <QProcess>
#include <QStringList>

#include <functional>
#include <optional>

namespace hilo {

/// How far a program is, as `hilo --progress-json` tells it.
struct ProgramProgress
{
    QString what;
    QString detail;
    qint64 done = 0;
    qint64 total = 0; ///< 0 when unknown
    double elapsed = 0;
    std::optional<double> left; ///< seconds, when known
};

/// Runs `hilo` for a question (inspect, profile, export, …): one JSON document back, or the error that it printed; or
/// for a stream of JSON lines (generate). The answer comes only while the runner lives and no later question with it
/// replaced this one. A program that crashes, hangs, prints garbage or never stops printing is an error, no more.
class ProgramRunner : public QObject
{
    Q_OBJECT
  public:
    using Answer = std::function<void(Result<Json>)>;
    using ProgressSink = std::function<void(const ProgramProgress&)>;
    using LineSink = std::function<void(const Json&)>;

    explicit ProgramRunner(QObject* parent = nullptr);
    ~ProgramRunner() override;

    /// Beside this program, or HILO_PROGRAM for tests.
    static QString programPath();
    /// The command as a person would type it.
    static QString commandLine(const QStringList& arguments);
    /// Starts `hilo ARGUMENTS` so that it outlives the desktop; its output goes to logFile. It is told whom the
    /// preferences want told of what becomes of runs.
    static Status startDetached(const QStringList& arguments, const QString& logFile);

    /// Runs `hilo --json ARGUMENTS`.
    void ask(const QStringList& arguments, Answer answer, ProgressSink progress = {});
    /// Runs `hilo ARGUMENTS`, whose standard output is one JSON object a line; the answer at the end is null.
    void listen(const QStringList& arguments, LineSink line, Answer answer, ProgressSink progress = {});
    /// Ends the program at once; no answer comes.
    void cancel();
    /// Asks the program to end (it keeps what it has, or says that it was cancelled); the answer still comes. One that
    /// does not end within so many milliseconds is killed.
    void interrupt(int patience = 5000);
    bool isRunning() const;

  private:
    void start(const QStringList& arguments);
    void readOutput();
    void takeLines();
    void giveUp(const QString& problem);
    void readErrors();
    void takeErrorLine(const QByteArray& line);
    void forget();
    void finish(int exitCode, QProcess::ExitStatus status);

    QProcess* process_ = nullptr;
    Answer answer_;
    ProgressSink progress_;
    LineSink line_;
    QByteArray output_;    ///< not yet understood
    QByteArray errors_;    ///< the end of what it printed for people
    QByteArray errorLine_; ///< not yet complete
    QString problem_;      ///< why it was killed
    bool interrupted_ = false;
};

} // namespace hilo
