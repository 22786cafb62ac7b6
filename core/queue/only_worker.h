// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "queue/worker.h"

namespace hilo {

/// What a worker does when another one serves one of its devices for the same project.
enum class WhenServed {
    Wait, ///< until the queue is empty, or that one ends: then it takes what is left
    Leave ///< ends at once: the other one takes up whatever is queued
};

/// Works a project's queue as the only worker of each of its devices. Several of them would start no run twice, but
/// each would look at every run's files again and again, and tell the same news. A run that is queued while the worker
/// is about to end is not left behind: who finds it served may go (Leave), for the worker looks at the queue once more
/// after its place is free. Errors as Worker::work().
Status workAlone(RunStore& store, const WorkOptions& options, WhenServed whenServed = WhenServed::Wait);

} // namespace hilo
