// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/process_identity.h"

#include "base/atomic_file.h"
#include "base/hexadecimal.h"

#include <sys/random.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <ctime>
#include <fstream>
#include <sstream>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr const char* identityFormat = "hilo.process/1";

std::string firstLine(const fs::path& path)
{
    std::ifstream stream(path);
    std::string line;
    std::getline(stream, line);
    return line;
}

std::string hostName()
{
    char name[256] = {};
    gethostname(name, sizeof name - 1);
    return name;
}

struct ProcessState
{
    char state = 'X';
    std::uint64_t startTicks = 0;
};

/// Fields 3 and 22 of /proc/<pid>/stat; the command's name before them may hold spaces and brackets.
std::optional<ProcessState> stateOf(pid_t pid)
{
    const std::string line = firstLine("/proc/" + std::to_string(pid) + "/stat");
    const auto bracket = line.rfind(')');
    if (bracket == std::string::npos)
        return {};
    std::istringstream fields(line.substr(bracket + 1));
    ProcessState state;
    std::string field;
    for (int number = 3; number <= 22 && fields >> field; ++number) {
        if (number == 3)
            state.state = field.front();
        if (number == 22 &&
            std::from_chars(field.data(), field.data() + field.size(), state.startTicks).ec == std::errc())
            return state;
    }
    return {};
}

/// False only when the process shows another token: before its exec it still shows its parent's environment.
bool carriesAnotherToken(const ProcessIdentity& identity)
{
    std::ifstream stream("/proc/" + std::to_string(identity.pid) + "/environ", std::ios::binary);
    const std::string name = "HILO_RUN_TOKEN=";
    std::string entry;
    while (std::getline(stream, entry, '\0'))
        if (entry.starts_with(name))
            return entry.substr(name.size()) != identity.token;
    return false;
}

} // namespace

Result<ProcessIdentity> identify(pid_t pid)
{
    const auto state = stateOf(pid);
    if (!state)
        return failure(internalError("There is no process " + std::to_string(pid) + "."));
    return ProcessIdentity{pid, state->startTicks, currentBootId(), hostName(), {}, {}};
}

std::string randomToken()
{
    unsigned char bytes[16];
    std::size_t filled = 0;
    while (filled < sizeof bytes) {
        const ssize_t got = getrandom(bytes + filled, sizeof bytes - filled, 0);
        if (got > 0)
            filled += static_cast<std::size_t>(got);
    }
    return hexadecimalText(bytes);
}

std::string currentBootId()
{
    return firstLine("/proc/sys/kernel/random/boot_id");
}

std::int64_t millisecondsSinceBoot()
{
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1000000;
}

bool isAlive(const ProcessIdentity& identity)
{
    if (identity.pid <= 1 || identity.bootId != currentBootId() || identity.host != hostName())
        return false;
    const auto state = stateOf(identity.pid);
    return state && state->startTicks == identity.startTicks && state->state != 'Z' && state->state != 'X' &&
           !carriesAnotherToken(identity);
}

Status signalGroup(const ProcessIdentity& identity, int signal)
{
    if (!isAlive(identity))
        return failure(badInput({}, {}, "The process has ended already."));
    // One that was started by hand may lead no group: then the group is its shell's, with others in it.
    const pid_t target = ::getpgid(identity.pid) == identity.pid ? -identity.pid : identity.pid;
    if (::kill(target, signal) != 0)
        return failure(badInput({}, {}, std::string("The process cannot be signalled: ") + std::strerror(errno) + "."));
    return {};
}

std::optional<ProcessIdentity> readIdentity(const fs::path& runFolder)
{
    const fs::path file = runFolder / "process.json";
    std::error_code code;
    if (!fs::exists(file, code))
        return {};
    const auto read = [&file]() -> Result<ProcessIdentity> {
        HILO_TRY(const Json document, readJsonFile(file, {64 << 10, 8}));
        HILO_TRY(const JsonObject root, JsonObject::of(document, file.string()));
        ProcessIdentity identity;
        HILO_TRY(const std::int64_t pid, root.integer("pid", 2, 1 << 30));
        HILO_TRY(const std::int64_t ticks, root.integer("start_ticks", 0, INT64_MAX));
        identity.pid = static_cast<pid_t>(pid);
        identity.startTicks = static_cast<std::uint64_t>(ticks);
        HILO_TRY(identity.bootId, root.text("boot_id"));
        HILO_TRY(identity.host, root.text("host"));
        HILO_TRY(identity.token, root.text("token"));
        HILO_TRY(identity.device, root.textOr("device", ""));
        return identity;
    };
    const auto identity = read();
    return identity ? std::optional(*identity) : std::nullopt;
}

Status writeIdentity(const fs::path& runFolder, const ProcessIdentity& identity)
{
    return writeJsonFile(runFolder / "process.json", {{"format", identityFormat},
                                                      {"pid", identity.pid},
                                                      {"start_ticks", identity.startTicks},
                                                      {"boot_id", identity.bootId},
                                                      {"host", identity.host},
                                                      {"token", identity.token},
                                                      {"device", identity.device}});
}

} // namespace hilo
