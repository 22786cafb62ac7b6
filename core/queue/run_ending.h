// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_store.h"
#include "queue/work_notice.h"
#include "run/queue_ticket.h"

#include <filesystem>
#include <string>

namespace hilo {

/// True for what a run's lifecycle says when nobody shall go on with it by himself: finished, failed, stopped.
bool isOver(const std::string& lifecycle);

/// True when a run was started as often as its ticket allows and has made no checkpoint since.
bool isHopeless(const std::filesystem::path& runFolder, const QueueTicket& ticket);
std::string whyHopeless(const QueueTicket& ticket);

/// How a run ended, by the index: "finished, accuracy 81.3 %.", "failed. No memory."
Result<WorkNotice> noticeOfEnd(RunStore& store, const std::string& id);

/// Writes the event "failed" that a run which cannot be started any more gets, with the end of its log.
Status writeGivenUp(RunStore& store, const std::string& id, const std::string& why);

} // namespace hilo
