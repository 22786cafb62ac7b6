// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/progress.h"

#include <atomic>
#include <string>
#include <vector>

namespace hilo::cli {

/// Standard output and error of one command. With --json stdout carries one JSON document and nothing else.
class Console
{
  public:
    /// progressJson: progress() prints one JSON object a line on stderr instead of a bar (see progress()).
    explicit Console(bool json, bool progressJson = false);

    bool json() const { return json_; }
    /// One line for people; dropped with --json. What names of files bring in is written out (base/shown_text.h), line
    /// breaks too.
    void print(const std::string& text);
    /// The same for text of several lines whose names were written out already: tables and what stands around them.
    void printLines(const std::string& text);
    /// Parts of one text, each with the code of its colour ("32" green, "" none); written out as by printLines. Where
    /// standard output is no terminal a part stands on lines of its own behind its name.
    struct Part
    {
        std::string colour, name, text;
    };
    void printParts(const std::vector<Part>& parts);
    /// The command's one document; dropped without --json.
    void printJson(const Json& document);
    /// For text that streams to stdout as it is made (generate) and for CSV; dropped with --json. A terminal gets it
    /// written out but for line breaks and tabs, files and pipes as it is.
    void stream(const std::string& text);
    /// One object of a stream of JSON lines, with or without --json.
    void printLine(const Json& object);

    /// A progress bar with remaining time on stderr when that is a terminal and the work lasts over a second. Cancelled
    /// by the first Ctrl-C (SIGINT or SIGTERM); a second one ends the program at once.
    /// With --progress-json, for other programs, at most ten times a second:
    ///     {"progress": {"what": "Reading weights", "done": 3, "total": 30, "detail": "", "elapsed": 1.2,
    ///     "left": 10.8}}
    /// elapsed and left are seconds of this piece of work; left is missing while unknown, total is 0 when unknown.
    Progress progress();
    void endProgress();
    /// True from the first Ctrl-C on.
    static const std::atomic<bool>* cancelFlag();

  private:
    bool json_;
    bool progressJson_;
};

} // namespace hilo::cli
