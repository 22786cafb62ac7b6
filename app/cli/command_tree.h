// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace hilo::cli {

/// An option or a positional argument of a command.
struct CommandOption
{
    std::vector<std::string> names; ///< "--json", "-o"; empty: it is positional
    std::string positional;         ///< "DIR"; empty: it is not
    std::string about;
    bool takesValue = false;
    bool isRequired = false;
    std::vector<std::string> choices; ///< words that it takes, where only some are allowed
};

/// A command with what belongs to it.
struct CommandNode
{
    std::vector<std::string> path; ///< {"hilo", "study", "new"}
    std::string about;
    std::vector<CommandOption> options;
    std::vector<CommandNode> children;

    /// The path with a sign between the words: "hilo study new".
    std::string name(char between = ' ') const;
};

/// All commands of a program, in the order in which they were added.
CommandNode commandTree(const CLI::App& program);
/// The node and all below it, each before its children.
std::vector<const CommandNode*> flattened(const CommandNode& root);

} // namespace hilo::cli
