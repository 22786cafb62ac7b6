// SPDX-License-Identifier: GPL-3.0-or-later
// Runs `hilo train` as a process, kills it with SIGKILL at random moments and resumes it until it is through.
#include "tiny_run.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <random>
#include <thread>

using namespace hilo;
using namespace hilo::testing;

namespace {

pid_t launch(const std::vector<std::string>& arguments)
{
    const pid_t child = fork();
    if (child != 0)
        return child;
    std::vector<char*> pointers;
    for (const std::string& one : arguments)
        pointers.push_back(const_cast<char*>(one.c_str()));
    pointers.push_back(nullptr);
    freopen("/dev/null", "w", stdout);
    freopen("/dev/null", "w", stderr);
    execv(pointers[0], pointers.data());
    _exit(127);
}

/// True when it ended by itself with success.
bool runAndMaybeKill(const std::vector<std::string>& arguments, std::chrono::milliseconds after,
                     const std::function<bool()>& isEnough = {})
{
    const pid_t child = launch(arguments);
    const auto deadline = std::chrono::steady_clock::now() + after;
    int status = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() >= deadline || (isEnough && isEnough()))
            kill(child, SIGKILL);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void killAgainAndAgain(const Json& training)
{
    const TinyRun tiny(training);
    const std::string program = std::string(HILO_BINARY_DIR) + "/hilo";
    const std::string whole = tiny.run("whole").string();
    const std::string killed = tiny.run("killed").string();
    const auto begin = std::chrono::steady_clock::now();
    CHECK(runAndMaybeKill({program, "train", tiny.spec().string(), "--out", whole}, std::chrono::hours(1)));
    const auto length =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin).count();

    std::mt19937 random(5);
    int kills = 0;
    bool through = false;
    for (int attempt = 0; attempt < 400 && !through; ++attempt) {
        // Short lives at first; they grow, so that it comes to an end on the slowest machine.
        const auto life = length / 4 + static_cast<long>(random() % static_cast<unsigned>(length)) + 20L * attempt;
        const bool begun = std::filesystem::exists(killed + "/run.json");
        // The first life ends at its first step, however fast the machine has become since the whole run.
        const auto hasStepped = [&] {
            return std::filesystem::exists(killed + "/events.ndjson") && !eventsOf(killed, "step").empty();
        };
        through =
            runAndMaybeKill(begun ? std::vector<std::string>{program, "resume", killed}
                                  : std::vector<std::string>{program, "train", tiny.spec().string(), "--out", killed},
                            std::chrono::milliseconds(life),
                            attempt == 0 ? std::function<bool()>(hasStepped) : std::function<bool()>());
        kills += !through;
        // The last kill may have come when everything was done.
        through =
            through || (std::filesystem::exists(killed + "/events.ndjson") && !eventsOf(killed, "finished").empty());
    }
    CHECK(through);
    CHECK(kills >= 1);
    CHECK(adapterBytes(whole) == adapterBytes(killed));
    CHECK_EQ(eventsOf(killed, "finished").size(), 1u);
}

} // namespace

HILO_TEST(killedAgainAndAgainARunEndsWithTheSameWeights)
{
    killAgainAndAgain({{"steps", 60}});
}

HILO_TEST(aRunWhoseMapMovesDoesAsWell)
{
    killAgainAndAgain({{"steps", 60},
                       {"learning_rate", 0.02},
                       {"reallocation", {{"method", "balanced-live"}, {"from", 0}, {"to", 0.9}, {"every", 1}}}});
    killAgainAndAgain(
        {{"steps", 60}, {"reallocation", {{"method", "adalora"}, {"to", 0.9}, {"every", 1}, {"budget", 1100}}}});
}
