// SPDX-License-Identifier: GPL-3.0-or-later
#include "program_runner.h"

#include "base/text_format.h"
#include "notice_settings.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTimer>

#include <utility>

namespace hilo {
namespace {

/// The last lines of what a program printed, for messages.
QString lastLines(const QByteArray& output, int count)
{
    const QStringList lines = QString::fromUtf8(output.right(4000)).trimmed().split(QLatin1Char('\n'));
    return lines.mid(std::max<qsizetype>(0, lines.size() - count)).join(QLatin1Char('\n'));
}

constexpr qsizetype maximumOutput = qsizetype{256} << 20; ///< bytes of one answer
constexpr qsizetype maximumBacklog = qsizetype{32} << 20; ///< bytes of a stream that wait to be read
constexpr qint64 longestSlice = 15;                       ///< milliseconds of reading before the interface has its turn
constexpr qsizetype maximumErrors = 64 * 1024;            ///< bytes kept of what is printed for people

template <class Number>
Number numberOr(const Json& object, const char* key, Number fallback)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number() ? found->get<Number>() : fallback;
}

QString textOr(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? QString::fromStdString(found->get<std::string>()) : QString();
}

ProgramProgress progressFrom(const Json& object)
{
    ProgramProgress progress{textOr(object, "what"),
                             textOr(object, "detail"),
                             numberOr<qint64>(object, "done", 0),
                             numberOr<qint64>(object, "total", 0),
                             numberOr<double>(object, "elapsed", 0),
                             {}};
    if (const double left = numberOr<double>(object, "left", -1); left >= 0)
        progress.left = left;
    return progress;
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
    std::vector<std::string> words{"hilo"};
    for (const QString& word : arguments)
        words.push_back(word.toStdString());
    return QString::fromStdString(shellCommand(words));
}

Status ProgramRunner::startDetached(const QStringList& arguments, const QString& logFile)
{
    QProcess process;
    process.setProgram(programPath());
    process.setArguments(arguments);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(logFile, QIODevice::Append);
    process.setStandardErrorFile(logFile, QIODevice::Append);
    process.setProcessEnvironment(withNotices(QProcessEnvironment::systemEnvironment(), settings::notices()));
    if (!process.startDetached())
        return failure(internalError("hilo could not be started: " + process.errorString().toStdString(),
                                     "It was looked for at " + programPath().toStdString() + "."));
    return {};
}

void ProgramRunner::ask(const QStringList& arguments, Answer answer, ProgressSink progress)
{
    cancel();
    answer_ = std::move(answer);
    progress_ = std::move(progress);
    start(QStringList{QStringLiteral("--json")} + arguments);
}

void ProgramRunner::listen(const QStringList& arguments, LineSink line, Answer answer, ProgressSink progress)
{
    cancel();
    answer_ = std::move(answer);
    progress_ = std::move(progress);
    line_ = std::move(line);
    start(arguments);
}

void ProgramRunner::start(const QStringList& arguments)
{
    process_ = new QProcess(this);
    process_->setStandardInputFile(QProcess::nullDevice());
    connect(process_, &QProcess::readyReadStandardOutput, this, &ProgramRunner::readOutput);
    connect(process_, &QProcess::readyReadStandardError, this, &ProgramRunner::readErrors);
    connect(process_, &QProcess::finished, this, &ProgramRunner::finish);
    connect(process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish(-1, QProcess::CrashExit);
    });
    const QStringList all = progress_ ? QStringList{QStringLiteral("--progress-json")} + arguments : arguments;
    process_->start(programPath(), all);
}

void ProgramRunner::readOutput()
{
    if (!process_)
        return;
    output_ += process_->readAllStandardOutput();
    if (line_)
        takeLines();
    const qsizetype most = line_ ? maximumBacklog : maximumOutput;
    if (process_ && output_.size() > most)
        giveUp(tr("hilo printed more than was expected."));
}

void ProgramRunner::giveUp(const QString& problem)
{
    if (problem_.isEmpty())
        problem_ = problem;
    output_.clear();
    process_->kill();
}

void ProgramRunner::takeLines()
{
    QElapsedTimer clock;
    clock.start();
    qsizetype begin = 0;
    for (qsizetype end = output_.indexOf('\n'); end >= 0; end = output_.indexOf('\n', begin)) {
        const std::string_view line(output_.constData() + begin, static_cast<std::size_t>(end - begin));
        const auto object = parseJson(line, "line of hilo");
        if (!object || !object->is_object())
            return giveUp(tr("hilo printed something that was not understood: %1")
                              .arg(QString::fromUtf8(line.data(), std::min<qsizetype>(end - begin, 200))));
        begin = end + 1;
        // The sink may ask something else, which replaces this question.
        const QProcess* process = process_;
        const LineSink sink = line_;
        sink(*object);
        if (process != process_)
            return;
        if (clock.elapsed() > longestSlice) {
            QTimer::singleShot(0, process_, [this] { readOutput(); });
            break;
        }
    }
    output_.remove(0, begin);
}

void ProgramRunner::readErrors()
{
    if (!process_)
        return;
    errorLine_ += process_->readAllStandardError();
    for (qsizetype end = errorLine_.indexOf('\n'); end >= 0; end = errorLine_.indexOf('\n')) {
        const QByteArray line = errorLine_.left(end);
        errorLine_.remove(0, end + 1);
        takeErrorLine(line);
    }
    if (errorLine_.size() > maximumErrors) {
        takeErrorLine(errorLine_.right(maximumErrors / 2));
        errorLine_.clear();
    }
}

void ProgramRunner::takeErrorLine(const QByteArray& line)
{
    if (progress_ && line.startsWith("{\"progress\"")) {
        const auto object =
            parseJson(std::string_view(line.constData(), static_cast<std::size_t>(line.size())), "progress of hilo");
        if (object && (*object)["progress"].is_object()) {
            const ProgramProgress progress = progressFrom((*object)["progress"]);
            const ProgressSink sink = progress_;
            sink(progress);
            return;
        }
    }
    errors_ += line + '\n';
    if (errors_.size() > maximumErrors)
        errors_ = errors_.right(maximumErrors / 2);
}

void ProgramRunner::cancel()
{
    if (!process_)
        return;
    QProcess* process = std::exchange(process_, nullptr);
    process->disconnect(this);
    forget();
    // Collects the child in the background: the interface never waits for it.
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    process->kill();
}

void ProgramRunner::interrupt(int patience)
{
    if (!process_ || interrupted_)
        return;
    interrupted_ = true;
    process_->terminate();
    QTimer::singleShot(patience, process_, &QProcess::kill);
}

bool ProgramRunner::isRunning() const
{
    return process_ != nullptr;
}

void ProgramRunner::forget()
{
    answer_ = {};
    progress_ = {};
    line_ = {};
    output_.clear();
    errors_.clear();
    errorLine_.clear();
    problem_.clear();
    interrupted_ = false;
}

void ProgramRunner::finish(int exitCode, QProcess::ExitStatus status)
{
    if (!process_)
        return;
    readOutput();
    readErrors();
    if (!process_)
        return;
    if (line_ && output_.contains('\n')) {
        QTimer::singleShot(0, process_, [this, exitCode, status] { finish(exitCode, status); });
        return;
    }
    QProcess* process = std::exchange(process_, nullptr);
    process->disconnect(this);
    process->deleteLater();
    const Answer answer = std::exchange(answer_, {});
    const QByteArray output = std::exchange(output_, {});
    const std::string errors = lastLines(errors_ + errorLine_, 6).toStdString();
    const std::string problem = problem_.toStdString();
    const bool isStream = static_cast<bool>(line_);
    const bool interrupted = interrupted_;
    forget();
    if (process->error() == QProcess::FailedToStart)
        return answer(failure(internalError("hilo could not be started: " + process->errorString().toStdString(),
                                            "It was looked for at " + programPath().toStdString() + ".")));
    if (!problem.empty())
        return answer(failure(internalError(problem, errors)));
    if (interrupted && (status == QProcess::CrashExit || exitCode == static_cast<int>(ErrorCode::Cancelled)))
        return answer(failure(cancelled()));
    if (status == QProcess::CrashExit)
        return answer(failure(internalError("hilo ended unexpectedly." + (errors.empty() ? "" : "\n" + errors),
                                            "The computer may have run out of memory; try again with less work.")));
    if (exitCode != 0)
        return answer(failure(Error{static_cast<ErrorCode>(exitCode), errors, {}, {}, {}}));
    if (isStream)
        return answer(Json());
    answer(parseJson(std::string_view(output.constData(), static_cast<std::size_t>(output.size())), "answer of hilo"));
}

} // namespace hilo
