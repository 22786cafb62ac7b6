// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/slurm_client.h"

#include "queue/child_program.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace hilo {
namespace {

/// States in which Slurm will not run a job any more by itself; all others may still run.
constexpr std::array<const char*, 10> endedStates = {"BOOT_FAIL", "CANCELLED",     "COMPLETED", "DEADLINE", "FAILED",
                                                     "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED", "REVOKED",  "TIMEOUT"};

/// What Slurm's commands say when the controller is away for a while.
constexpr std::array<const char*, 6> awayWords = {
    "Unable to contact slurm controller", "Socket timed out",        "Connection refused",
    "Zero Bytes were transmitted",        "Slurm backup controller", "Slurm temporarily unable"};

std::string trimmed(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string::npos ? std::string()
                                      : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

} // namespace

bool SlurmJob::isAlive() const
{
    return std::none_of(endedStates.begin(), endedStates.end(), [this](const char* ended) { return state == ended; });
}

bool SlurmJob::isStuck() const
{
    const std::string words = "launch failed requeued held";
    std::string spaced = reason;
    std::replace(spaced.begin(), spaced.end(), '_', ' ');
    return state == "REQUEUE_HOLD" || state == "SPECIAL_EXIT" ||
           (state == "PENDING" && (spaced == words || spaced == "JobHoldMaxRequeue"));
}

bool isAway(const Error& error)
{
    return std::any_of(awayWords.begin(), awayWords.end(),
                       [&error](const char* away) { return error.message.find(away) != std::string::npos; });
}

Result<std::vector<SlurmJob>> parseJobs(const std::string& listing)
{
    std::vector<SlurmJob> jobs;
    std::istringstream lines(listing);
    for (std::string line; std::getline(lines, line);) {
        if (trimmed(line).empty())
            continue;
        std::array<std::string, 5> fields;
        std::istringstream text(line);
        std::size_t count = 0;
        // The reason is last and may have any sign in it.
        while (count < 4 && std::getline(text, fields[count], '|'))
            ++count;
        std::getline(text, fields[4], '\0');
        if (count < 4 || fields[0].empty() || fields[1].empty())
            return failure(badInput("squeue", line, "This line of squeue is not understood.",
                                    "Slurm 20.11 or newer is expected."));
        jobs.push_back(
            {trimmed(fields[0]), trimmed(fields[1]), trimmed(fields[2]), trimmed(fields[3]), trimmed(fields[4])});
    }
    return jobs;
}

Result<std::string> parseSubmitted(const std::string& output)
{
    const std::string text = trimmed(output);
    const std::string number = text.substr(0, text.find(';'));
    if (number.empty() || number.find_first_not_of("0123456789") != std::string::npos)
        return failure(badInput("sbatch", text, "sbatch did not say the number of the job."));
    return number;
}

Result<std::string> SlurmClient::ask(std::vector<std::string> command, int inherited) const
{
    const std::string name = command.front();
    if (!commands_.empty())
        command.front() = (commands_ / name).string();
    ChildOptions options;
    options.keepsOutput = true;
    // Their words are read, so they must be English.
    options.environment = {{"LC_ALL", "C"}};
    if (inherited >= 0)
        options.inherited = {inherited};
    auto outcome = runChild(std::move(command), options);
    if (!outcome) {
        Error error = outcome.error();
        error.hint =
            "Use a machine that submits jobs to Slurm (package slurm-client), or \"hilo work\" without --slurm.";
        return failure(std::move(error));
    }
    if (outcome->status == 0)
        return std::move(outcome->output);
    const std::string words = trimmed(outcome->errors.empty() ? outcome->output : outcome->errors);
    return failure(badInput(name, {}, words.empty() ? name + ": " + outcome->problem() + "." : words));
}

Result<std::vector<SlurmJob>> SlurmClient::jobs() const
{
    HILO_TRY(const std::string listing,
             ask({"squeue", "--me", "--noheader", "--states=all", "--format=%i|%T|%j|%N|%r"}));
    return parseJobs(listing);
}

Result<std::string> SlurmClient::submit(const std::vector<std::string>& options, const std::filesystem::path& script,
                                        int submitting) const
{
    std::vector<std::string> command = {"sbatch", "--parsable"};
    command.insert(command.end(), options.begin(), options.end());
    command.push_back(script.string());
    HILO_TRY(const std::string said, ask(std::move(command), submitting));
    return parseSubmitted(said);
}

Status SlurmClient::cancel(const std::string& job) const
{
    HILO_TRY([[maybe_unused]] const std::string said, ask({"scancel", job}));
    return {};
}

} // namespace hilo
