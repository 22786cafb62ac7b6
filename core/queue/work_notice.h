// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace hilo {

/// Something that somebody who is not watching wants to be told of.
struct WorkNotice
{
    enum class Kind { Finished, Failed, Stopped, Silent, QueueEmpty };

    Kind kind = Kind::Finished;
    std::string run;        ///< id; empty where it is about the queue or a study
    std::string text;       ///< "finished, accuracy 81.3 %."
    std::string study = {}; ///< name; empty where it is about a run or the queue
};

/// "finished", "failed", "stopped", "silent", "queue-empty"; of a study "study-finished", "study-failed".
std::string eventOf(const WorkNotice& notice);
/// For people: "gloss-1 failed", "study S finished", "the queue is empty".
std::string titleOf(const WorkNotice& notice);

} // namespace hilo
