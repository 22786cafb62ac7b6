// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/progress.h"

#include <atomic>
#include <string>

namespace hilo::cli {

/// Standard output and error of one command. With --json stdout carries one JSON document and nothing else.
class Console
{
  public:
    explicit Console(bool json);

    bool json() const { return json_; }
    /// Text for people; dropped with --json.
    void print(const std::string& text);
    /// The command's one document; dropped without --json.
    void printJson(const Json& document);
    /// For text that streams to stdout as it is made (generate); dropped with --json.
    void stream(const std::string& text);

    /// A progress bar with remaining time on stderr when that is a terminal and the work lasts over a second. Cancelled
    /// by the first Ctrl-C (SIGINT or SIGTERM); a second one ends the program at once.
    Progress progress();
    void endProgress();
    /// True from the first Ctrl-C on.
    static const std::atomic<bool>* cancelFlag();

  private:
    bool json_;
};

} // namespace hilo::cli
