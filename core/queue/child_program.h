// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

struct ChildOptions
{
    std::vector<std::pair<std::string, std::string>>
        environment;                        ///< names and values, beside this process's or in their place
    std::chrono::milliseconds limit{60000}; ///< after which it is killed with its process group
    std::vector<int> inherited;             ///< descriptors that it keeps open, with the locks on them
    bool keepsOutput = false;               ///< else what it writes goes where this process writes
};

struct ChildOutcome
{
    int status = 0;     ///< its exit status; 128 and the number of a signal that ended it
    std::string output; ///< with keepsOutput: standard output, at most 16 MiB
    std::string errors; ///< likewise standard error

    /// "it ended with status 3", "it was ended by signal 9"; empty when it succeeded.
    std::string problem() const;
};

/// Runs a program found by PATH in a process group of its own and waits for its end. Errors: it cannot be started, or
/// took longer than its limit; how it ended is no error.
Result<ChildOutcome> runChild(std::vector<std::string> command, const ChildOptions& options);

} // namespace hilo
