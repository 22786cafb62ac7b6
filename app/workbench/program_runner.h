// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <QObject>
#include <QProcess>
#include <QStringList>

#include <functional>

namespace hilo {

/// Runs `hilo` for short questions (inspect, allocate, estimate): one JSON document back, or the error that it printed.
/// The answer comes only while the context object lives and no later question with the same runner replaced it.
class ProgramRunner : public QObject
{
    Q_OBJECT
  public:
    using Answer = std::function<void(Result<Json>)>;

    explicit ProgramRunner(QObject* parent = nullptr);
    ~ProgramRunner() override;

    /// Beside this program, or HILO_PROGRAM for tests.
    static QString programPath();
    /// The command as a person would type it.
    static QString commandLine(const QStringList& arguments);
    /// Starts `hilo ARGUMENTS` so that it outlives the desktop; its output goes to logFile.
    static Status startDetached(const QStringList& arguments, const QString& logFile);

    void ask(const QStringList& arguments, Answer answer);
    void cancel();
    bool isRunning() const;

  private:
    void finish(int exitCode, QProcess::ExitStatus status);

    QProcess* process_ = nullptr;
    Answer answer_;
};

} // namespace hilo
