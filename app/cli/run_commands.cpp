// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_commands.h"

#include "base/log.h"
#include "base/program_build.h"
#include "base/shown_text.h"
#include "base/version.h"
#include "command.h"
#include "console.h"

#include <csignal>
#include <iostream>
#include <string>
#include <vector>

namespace {

/// Whatever a library throws unexpectedly ends as an error with a message.
hilo::Status resultOf(const hilo::cli::Work& work, hilo::cli::Console& console)
{
    try {
        return work(console);
    } catch (const std::bad_alloc&) {
        return hilo::failure(hilo::noSpace("There is not enough memory for this."));
    } catch (const std::exception& exception) {
        return hilo::failure(hilo::internalError(exception.what(), "This should not happen; please report it."));
    }
}

/// Where a command is missing, the word that stands in its place says more.
std::string messageOf(const CLI::App& app, const CLI::Error& error)
{
    const std::vector<std::string> unknown = app.remaining(true);
    if (dynamic_cast<const CLI::RequiredError*>(&error) == nullptr || unknown.empty() ||
        unknown.front().starts_with('-'))
        return hilo::escaped(CLI::FailureMessage::simple(&app, error), true);
    const CLI::App* parent = &app;
    std::string name = app.get_name();
    while (!parent->get_subcommands().empty()) {
        parent = parent->get_subcommands().front();
        name += ' ' + parent->get_name();
    }
    return hilo::shown(unknown.front()) + " is no command of " + name +
           "\nRun with --help for the commands that there are.\n";
}

/// What --version prints.
std::string versionText(bool verbose, bool json, const hilo::cli::MoreFacts& more)
{
    hilo::Facts facts = {{"hilo", "hilo", {hilo::programVersion()}, false}};
    if (!verbose && !json)
        return "hilo " + hilo::programVersion();
    if (verbose) {
        const auto add = [&facts](const hilo::Facts& others) {
            facts.insert(facts.end(), others.begin(), others.end());
        };
        add(hilo::programBuildFacts());
        if (more)
            add(more());
        add(hilo::libraryFacts());
        add(hilo::machineFacts());
    }
    std::string text = json ? hilo::toJson(facts).dump(2) : hilo::toText(facts);
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

} // namespace

int hilo::cli::runCommands(int argc, char** argv, const std::vector<AddCommand>& commands, const MoreFacts& more)
{
    // A limit on the size of files is then an error of the write, and what was begun is removed.
    std::signal(SIGXFSZ, SIG_IGN);
    CLI::App app{"Fine-tune language models with a mixture of LoRA experts.", "hilo"};
    app.require_subcommand(1);
    // Arguments are often names of files.
    app.failure_message([](const CLI::App* shownApp, const CLI::Error& error) { return messageOf(*shownApp, error); });
    app.fallthrough();
    bool json = false;
    bool verbose = false;
    bool progressJson = false;
    std::string logLevel = "warn";
    const CLI::Option* jsonAsked =
        app.add_flag("--json", json, "print one JSON document on standard output and nothing else there");
    CLI::Option* verboseAsked = app.add_flag(
        "--verbose", verbose, "with --version: also how it was built, its libraries, the processor and the GPUs");
    verboseAsked->needs(app.set_version_flag(
        "--version", [&] { return versionText(verboseAsked->count() > 0, jsonAsked->count() > 0, more); }));
    app.add_flag("--progress-json", progressJson, "print progress as one JSON object a line on standard error");
    app.add_option("--log-level", logLevel, "trace, debug, info, warn, error or off; logs go to standard error")
        ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error", "off"}));

    hilo::cli::Work work;
    for (const auto add : commands)
        add(app, [&work](hilo::cli::Work chosen) { work = std::move(chosen); });

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : static_cast<int>(hilo::ErrorCode::WrongUsage);
    }
    hilo::setLogLevel(spdlog::level::from_str(logLevel));

    hilo::cli::Console console(json, progressJson);
    const hilo::Status status = resultOf(work, console);
    console.endProgress();
    if (status)
        return 0;
    std::cerr << "hilo: " << hilo::describe(status.error()) << '\n';
    return static_cast<int>(status.error().code);
}
