// SPDX-License-Identifier: GPL-3.0-or-later
#include "console.h"

#include "base/shown_text.h"
#include "base/text_format.h"
#include "numbers.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>

namespace hilo::cli {
namespace {

std::atomic<bool> cancelFlag{false};

extern "C" void onSignal(int)
{
    if (cancelFlag.exchange(true))
        _exit(130);
}

std::string duration(double length)
{
    return length < 59.5 ? printed("%.0f s", length) : seconds(length);
}

/// The piece of work that is reported. What an earlier process has done of it says nothing about how fast this one is,
/// so that time is reckoned from the first report on.
class PieceOfWork
{
  public:
    using Clock = std::chrono::steady_clock;

    /// True when it is another one than before.
    bool take(const ProgressReport& report)
    {
        const bool isNew = report.what != what_ || report.done < begun_;
        if (isNew) {
            what_ = report.what;
            begun_ = report.done;
            start_ = Clock::now();
        }
        report_ = report;
        return isNew;
    }
    /// Seconds.
    double elapsed() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }
    /// Seconds; nothing while unknown.
    std::optional<double> left() const
    {
        if (report_.total <= 0 || report_.done <= begun_)
            return std::nullopt;
        const auto rest = static_cast<double>(std::max<std::int64_t>(0, report_.total - report_.done));
        return elapsed() * rest / static_cast<double>(report_.done - begun_);
    }

  private:
    std::string what_;
    std::int64_t begun_ = 0;
    ProgressReport report_;
    Clock::time_point start_ = Clock::now();
};

/// One line that is redrawn at most ten times a second, from the first second on.
class ProgressBar
{
  public:
    void show(const ProgressReport& report)
    {
        work_.take(report);
        const auto now = PieceOfWork::Clock::now();
        if (work_.elapsed() < 1 || now - drawn_ < std::chrono::milliseconds(100))
            return;
        drawn_ = now;
        std::fputs(("\r\033[K" + line(report)).c_str(), stderr);
        std::fflush(stderr);
        visible_ = true;
    }

    void clear()
    {
        if (visible_)
            std::fputs("\r\033[K", stderr);
        visible_ = false;
    }

  private:
    std::string line(const ProgressReport& report) const
    {
        std::string text = shown(report.what);
        if (report.total > 0) {
            const double share = std::min(1.0, double(report.done) / double(report.total));
            const int filled = static_cast<int>(share * 24);
            text += " [" + std::string(filled, '#') + std::string(24 - filled, '.') + "] " +
                    std::to_string(static_cast<int>(share * 100)) + " %";
            if (const auto left = work_.left())
                text += ", " + duration(*left) + " left";
        } else {
            text += " " + std::to_string(report.done);
        }
        return report.detail.empty() ? text : text + ", " + shown(report.detail);
    }

    PieceOfWork work_;
    PieceOfWork::Clock::time_point drawn_{};
    bool visible_ = false;
};

/// One JSON object a line: at once for a new piece of work and for its end, else at most ten times a second.
class ProgressLines
{
  public:
    void show(const ProgressReport& report)
    {
        const auto now = PieceOfWork::Clock::now();
        const bool isNew = work_.take(report);
        const bool isEnd = report.total > 0 && report.done >= report.total;
        if (!isNew && !isEnd && now - shown_ < std::chrono::milliseconds(100))
            return;
        shown_ = now;
        Json progress = {{"what", report.what},
                         {"done", report.done},
                         {"total", report.total},
                         {"detail", report.detail},
                         {"elapsed", work_.elapsed()}};
        if (const auto left = work_.left())
            progress["left"] = *left;
        const Json line = {{"progress", std::move(progress)}};
        std::fputs((line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n").c_str(), stderr);
        std::fflush(stderr);
    }

  private:
    PieceOfWork work_;
    PieceOfWork::Clock::time_point shown_{};
};

ProgressBar& progressBar()
{
    static ProgressBar bar;
    return bar;
}

} // namespace

Console::Console(bool json, bool progressJson) : json_(json), progressJson_(progressJson)
{
    struct sigaction action
    {
    };
    action.sa_handler = onSignal;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    // By which a batch system tells that a job's time is nearly over (core/queue/slurm_worker.h).
    sigaction(SIGUSR1, &action, nullptr);
}

void Console::print(const std::string& text)
{
    printLines(escaped(text));
}

void Console::printLines(const std::string& text)
{
    if (json_)
        return;
    endProgress();
    std::fputs((escaped(text, true) + "\n").c_str(), stdout);
    std::fflush(stdout);
}

void Console::printParts(const std::vector<Part>& parts)
{
    if (json_)
        return;
    endProgress();
    std::string text;
    for (const Part& part : parts) {
        const std::string written = escaped(part.text, true);
        if (!isatty(STDOUT_FILENO))
            text += "  [" + part.name + "] " + written + "\n";
        else
            text += part.colour.empty() ? written : "\033[" + part.colour + "m" + written + "\033[0m";
    }
    std::fputs((text + (isatty(STDOUT_FILENO) ? "\n" : "")).c_str(), stdout);
    std::fflush(stdout);
}

void Console::printJson(const Json& document)
{
    if (!json_)
        return;
    endProgress();
    std::fputs((document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n").c_str(), stdout);
    std::fflush(stdout);
}

void Console::stream(const std::string& text)
{
    if (json_)
        return;
    std::fputs(isatty(STDOUT_FILENO) ? escaped(text, true).c_str() : text.c_str(), stdout);
    std::fflush(stdout);
}

void Console::printLine(const Json& object)
{
    std::fputs((object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n").c_str(), stdout);
    std::fflush(stdout);
}

Progress Console::progress()
{
    if (progressJson_) {
        const auto lines = std::make_shared<ProgressLines>();
        return Progress([lines](const ProgressReport& report) { lines->show(report); }, cancelFlag());
    }
    if (!isatty(STDERR_FILENO))
        return Progress({}, cancelFlag());
    return Progress([](const ProgressReport& report) { progressBar().show(report); }, cancelFlag());
}

const std::atomic<bool>* Console::cancelFlag()
{
    return &hilo::cli::cancelFlag;
}

void Console::endProgress()
{
    progressBar().clear();
}

} // namespace hilo::cli
