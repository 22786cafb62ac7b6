// SPDX-License-Identifier: GPL-3.0-or-later
#include "console.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>

namespace hilo::cli {
namespace {

std::atomic<bool> cancelFlag{false};

extern "C" void onSignal(int)
{
    if (cancelFlag.exchange(true))
        _exit(130);
}

std::string duration(double seconds)
{
    const long whole = static_cast<long>(seconds + 0.5);
    char text[32];
    if (whole >= 3600)
        std::snprintf(text, sizeof text, "%ld h %02ld min", whole / 3600, whole / 60 % 60);
    else if (whole >= 60)
        std::snprintf(text, sizeof text, "%ld min %02ld s", whole / 60, whole % 60);
    else
        std::snprintf(text, sizeof text, "%ld s", whole);
    return text;
}

/// One line that is redrawn at most ten times a second, from the first second on.
class ProgressBar
{
  public:
    void show(const ProgressReport& report)
    {
        const auto now = Clock::now();
        if (report.what != what_) {
            what_ = report.what;
            start_ = now;
        }
        const double elapsed = std::chrono::duration<double>(now - start_).count();
        if (elapsed < 1 || now - drawn_ < std::chrono::milliseconds(100))
            return;
        drawn_ = now;
        std::fputs(("\r\033[K" + line(report, elapsed)).c_str(), stderr);
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
    using Clock = std::chrono::steady_clock;

    static std::string line(const ProgressReport& report, double elapsed)
    {
        std::string text = report.what;
        if (report.total > 0) {
            const double share = std::min(1.0, double(report.done) / double(report.total));
            const int filled = static_cast<int>(share * 24);
            text += " [" + std::string(filled, '#') + std::string(24 - filled, '.') + "] " +
                    std::to_string(static_cast<int>(share * 100)) + " %";
            if (share > 0)
                text += ", " + duration(elapsed * (1 - share) / share) + " left";
        } else {
            text += " " + std::to_string(report.done);
        }
        return report.detail.empty() ? text : text + ", " + report.detail;
    }

    std::string what_;
    Clock::time_point start_ = Clock::now();
    Clock::time_point drawn_{};
    bool visible_ = false;
};

/// One JSON object a line: at once for a new piece of work and for its end, else at most ten times a second.
class ProgressLines
{
  public:
    void show(const ProgressReport& report)
    {
        const auto now = Clock::now();
        const bool isNew = report.what != what_;
        if (isNew) {
            what_ = report.what;
            start_ = now;
        }
        const bool isEnd = report.total > 0 && report.done >= report.total;
        if (!isNew && !isEnd && now - shown_ < std::chrono::milliseconds(100))
            return;
        shown_ = now;
        const double elapsed = std::chrono::duration<double>(now - start_).count();
        Json progress = {{"what", report.what},
                         {"done", report.done},
                         {"total", report.total},
                         {"detail", report.detail},
                         {"elapsed", elapsed}};
        if (report.total > 0 && report.done > 0)
            progress["left"] = elapsed * std::max(0.0, double(report.total) / double(report.done) - 1);
        const Json line = {{"progress", std::move(progress)}};
        std::fputs((line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n").c_str(), stderr);
        std::fflush(stderr);
    }

  private:
    using Clock = std::chrono::steady_clock;

    std::string what_;
    Clock::time_point start_ = Clock::now();
    Clock::time_point shown_{};
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
}

void Console::print(const std::string& text)
{
    if (json_)
        return;
    endProgress();
    std::fputs((text + "\n").c_str(), stdout);
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
    std::fputs(text.c_str(), stdout);
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
