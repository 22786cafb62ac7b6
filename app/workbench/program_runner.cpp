// SPDX-License-Identifier: GPL-3.0-or-later
#include "program_runner.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

namespace hilo {
namespace {

/// The last lines of what a program printed, for messages.
QString lastLines(const QByteArray& output, int count)
{
    const QStringList lines = QString::fromUtf8(output.right(4000)).trimmed().split(QLatin1Char('\n'));
    return lines.mid(std::max<qsizetype>(0, lines.size() - count)).join(QLatin1Char('\n'));
}

} // namespace

ProgramRunner::ProgramRunner(QObject* parent) : QObject(parent) {}

ProgramRunner::~ProgramRunner()
{
    cancel();
}

QString ProgramRunner::programPath()
{
    const QString chosen = qEnvironmentVariable("HILO_PROGRAM");
    return chosen.isEmpty() ? QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("hilo")) : chosen;
}

QString ProgramRunner::commandLine(const QStringList& arguments)
{
    QStringList words{QStringLiteral("hilo")};
    for (QString word : arguments) {
        static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./=,:+@%-]+$"));
        if (!plain.match(word).hasMatch())
            word = QLatin1Char('\'') + word.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
        words << word;
    }
    return words.join(QLatin1Char(' '));
}

Status ProgramRunner::startDetached(const QStringList& arguments, const QString& logFile)
{
    QProcess process;
    process.setProgram(programPath());
    process.setArguments(arguments);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(logFile, QIODevice::Append);
    process.setStandardErrorFile(logFile, QIODevice::Append);
    if (!process.startDetached())
        return failure(internalError("hilo could not be started: " + process.errorString().toStdString(),
                                     "It was looked for at " + programPath().toStdString() + "."));
    return {};
}

void ProgramRunner::ask(const QStringList& arguments, Answer answer)
{
    cancel();
    answer_ = std::move(answer);
    process_ = new QProcess(this);
    process_->setStandardInputFile(QProcess::nullDevice());
    connect(process_, &QProcess::finished, this, &ProgramRunner::finish);
    connect(process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish(-1, QProcess::CrashExit);
    });
    process_->start(programPath(), QStringList{QStringLiteral("--json")} + arguments);
}

void ProgramRunner::cancel()
{
    if (!process_)
        return;
    QProcess* process = std::exchange(process_, nullptr);
    process->disconnect(this);
    answer_ = {};
    // Collects the child in the background: the interface never waits for it.
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    process->kill();
}

bool ProgramRunner::isRunning() const
{
    return process_ != nullptr;
}

void ProgramRunner::finish(int exitCode, QProcess::ExitStatus status)
{
    if (!process_)
        return;
    QProcess* process = std::exchange(process_, nullptr);
    const Answer answer = std::exchange(answer_, {});
    process->deleteLater();
    const QByteArray output = process->readAllStandardOutput();
    const std::string errors = lastLines(process->readAllStandardError(), 6).toStdString();
    if (process->error() == QProcess::FailedToStart)
        return answer(failure(internalError("hilo could not be started: " + process->errorString().toStdString(),
                                            "It was looked for at " + programPath().toStdString() + ".")));
    if (status == QProcess::CrashExit)
        return answer(failure(internalError("hilo ended unexpectedly." + (errors.empty() ? "" : "\n" + errors))));
    if (exitCode != 0)
        return answer(failure(Error{static_cast<ErrorCode>(exitCode), errors, {}, {}, {}}));
    answer(parseJson(std::string_view(output.constData(), static_cast<std::size_t>(output.size())), "answer of hilo"));
}

} // namespace hilo
