// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

namespace hilo {

/// Who runs a run: enough to never mistake another process that got the same pid, before or after a reboot.
struct ProcessIdentity
{
    pid_t pid = 0;                ///< also its process group, where a worker started it
    std::uint64_t startTicks = 0; ///< clock ticks from boot to its start (field 22 of /proc/PID/stat)
    std::string bootId;           ///< of the boot that it belongs to
    std::string host;
    std::string token;  ///< random; the process carries it as HILO_RUN_TOKEN
    std::string device; ///< the slots it occupies: "cpu", "cuda:0,cuda:1"
    bool operator==(const ProcessIdentity&) const = default;
};

/// Of a process of this machine; an error when there is none.
Result<ProcessIdentity> identify(pid_t pid);
/// 128 random bits as hexadecimal.
std::string randomToken();
/// The kernel's random id of this boot; empty where there is none.
std::string currentBootId();
/// Milliseconds since boot, also while suspended: does not jump with the wall clock.
std::int64_t millisecondsSinceBoot();

/// True when exactly that process still runs here (not a zombie, not another one with its pid).
bool isAlive(const ProcessIdentity& identity);
/// Sends a signal to its process group, or to it alone when it leads none; only when isAlive.
Status signalGroup(const ProcessIdentity& identity, int signal);

/// runs/ID/process.json; nothing when it is absent or damaged.
std::optional<ProcessIdentity> readIdentity(const std::filesystem::path& runFolder);
Status writeIdentity(const std::filesystem::path& runFolder, const ProcessIdentity& identity);

} // namespace hilo
