// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace hilo {

/// Something that somebody who is not watching wants to be told of.
struct WorkNotice
{
    enum class Kind { Finished, Failed, Stopped, Silent, QueueEmpty };

    Kind kind = Kind::Finished;
    std::string run;  ///< id; empty where it is about the queue
    std::string text; ///< "finished, accuracy 81.3 %."
};

/// "finished", "failed", "stopped", "silent", "queue-empty".
std::string nameOf(WorkNotice::Kind kind);

} // namespace hilo
