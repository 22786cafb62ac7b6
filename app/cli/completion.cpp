// SPDX-License-Identifier: GPL-3.0-or-later
// `hilo completion SHELL`: what a shell needs to complete commands and options. Made from the commands themselves, so
// that it cannot be older than they are.
#include "command_tree.h"
#include "completion_scripts.h"
#include "console.h"
#include "run_commands.h"

namespace hilo::cli {

void addCompletion(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand("completion", "print a script that completes commands and options");
    const auto shell = std::make_shared<std::string>();
    command->add_option("SHELL", *shell, "the shell that reads the script")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    command->footer("bash: hilo completion bash > ~/.local/share/bash-completion/completions/hilo\n"
                    "zsh:  hilo completion zsh > a folder of $fpath, as _hilo\n"
                    "fish: hilo completion fish > ~/.config/fish/completions/hilo.fish");
    command->callback([&app, shell, chosen] {
        chosen([&app, shell](Console& console) -> Status {
            const CommandNode root = commandTree(app);
            console.stream(*shell == "bash"  ? bashCompletion(root)
                           : *shell == "zsh" ? zshCompletion(root)
                                             : fishCompletion(root));
            return {};
        });
    });
}

} // namespace hilo::cli
