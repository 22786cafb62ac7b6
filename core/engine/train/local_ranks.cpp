// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/local_ranks.h"

#include "base/text_format.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <utility>

namespace hilo {
namespace {

Result<std::vector<std::string>> parseDevices(const std::string& text)
{
    std::vector<std::string> devices;
    std::stringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');) {
        if (part.starts_with("cuda:"))
            part.erase(0, 5);
        const bool isNumber = !part.empty() && part.size() < 4 &&
                              std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (part != "cpu" && !isNumber)
            return failure(wrongUsage("--devices: \"" + part + "\" is no device", "expected 0,1 or cpu,cpu"));
        devices.push_back(part == "cpu" ? part : "cuda:" + part);
    }
    if (devices.empty())
        return failure(wrongUsage("--devices names no device", "expected 0,1 or cpu,cpu"));
    return devices;
}

/// A port that nobody listens on at this moment.
int freePort()
{
    const int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (handle < 0)
        return 0;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    int port = 0;
    if (bind(handle, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
        getsockname(handle, reinterpret_cast<sockaddr*>(&address), &size) == 0)
        port = ntohs(address.sin_port);
    close(handle);
    return port;
}

std::vector<std::string> ownArguments()
{
    std::ifstream file("/proc/self/cmdline", std::ios::binary);
    std::vector<std::string> arguments;
    for (std::string part; std::getline(file, part, '\0');)
        arguments.push_back(part);
    return arguments;
}

void setPlace(int rank, const std::string& device)
{
    setenv("RANK", std::to_string(rank).c_str(), 1);
    setenv("LOCAL_RANK", std::to_string(rank).c_str(), 1);
    setenv("HILO_DEVICE", device.c_str(), 1);
}

/// This process's, for localRankThatEnded().
std::vector<pid_t>& localRanks()
{
    static std::vector<pid_t> ranks;
    return ranks;
}

pid_t startOther(std::vector<char*>& arguments, pid_t parent)
{
    const pid_t child = fork();
    if (child != 0)
        return child;
    // Rank 0 alone speaks on standard output and writes into the run's folder; nobody outlives it, keeps its locks, or
    // waits for it in a sum, where no other signal is heard.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    const int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
    execv("/proc/self/exe", arguments.data());
    _exit(127);
}

} // namespace

Result<LocalRanks> LocalRanks::start(const std::string& devices)
{
    LocalRanks ranks;
    if (devices.empty() || std::getenv("WORLD_SIZE"))
        return ranks;
    HILO_TRY(const std::vector<std::string> places, parseDevices(devices));
    if (places.size() == 1) {
        setenv("HILO_DEVICE", places[0].c_str(), 1);
        return ranks;
    }
    const int port = freePort();
    if (port == 0)
        return failure(internalError("There is no free port for the processes to meet at."));
    setenv("MASTER_ADDR", "127.0.0.1", 1);
    setenv("MASTER_PORT", std::to_string(port).c_str(), 1);
    setenv("WORLD_SIZE", std::to_string(places.size()).c_str(), 1);
    setenv("HILO_DEVICES", joined(places, ",").c_str(), 1);
    std::vector<std::string> own = ownArguments();
    std::vector<char*> arguments;
    for (std::string& argument : own)
        arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    const pid_t self = getpid();
    for (std::size_t rank = 1; rank < places.size(); ++rank) {
        setPlace(static_cast<int>(rank), places[rank]);
        const pid_t child = startOther(arguments, self);
        if (child < 0)
            return failure(internalError("A process for " + places[rank] + " could not be started."));
        ranks.children_.push_back(child);
        localRanks().push_back(child);
    }
    setPlace(0, places[0]);
    return ranks;
}

LocalRanks::LocalRanks(LocalRanks&& other) noexcept : children_(std::exchange(other.children_, {})) {}

LocalRanks& LocalRanks::operator=(LocalRanks&& other) noexcept
{
    std::swap(children_, other.children_);
    return *this;
}

LocalRanks::~LocalRanks()
{
    endWithin(2000);
}

void LocalRanks::wait()
{
    endWithin(60000);
}

void LocalRanks::endWithin(int milliseconds)
{
    constexpr int between = 5;
    for (int waited = 0; !children_.empty() && waited < milliseconds; waited += between) {
        std::erase_if(children_, [](pid_t child) { return waitpid(child, nullptr, WNOHANG) != 0; });
        if (!children_.empty())
            usleep(between * 1000);
    }
    for (const pid_t child : children_)
        kill(child, SIGKILL);
    for (const pid_t child : std::exchange(children_, {}))
        waitpid(child, nullptr, 0);
    localRanks().clear();
}

std::string localRankThatEnded()
{
    for (std::size_t i = 0; i < localRanks().size(); ++i) {
        siginfo_t found{};
        if (waitid(P_PID, static_cast<id_t>(localRanks()[i]), &found, WEXITED | WNOHANG | WNOWAIT) != 0 ||
            found.si_pid == 0)
            continue;
        const std::string how = found.si_code == CLD_EXITED ? "with code " : "by signal ";
        return "The process of rank " + std::to_string(i + 1) + " ended " + how + std::to_string(found.si_status) +
               " before the run began.";
    }
    return {};
}

std::string devicesOfRanks()
{
    const char* const devices = std::getenv("HILO_DEVICES");
    return devices ? devices : "";
}

} // namespace hilo
