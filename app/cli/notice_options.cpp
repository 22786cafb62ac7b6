// SPDX-License-Identifier: GPL-3.0-or-later
#include "notice_options.h"

#include <cstdio>

namespace hilo::cli {

std::shared_ptr<NoticeOptions> addNoticeOptions(CLI::App& command, const std::string& when,
                                                NoticeEnvironment environment)
{
    const auto options = std::make_shared<NoticeOptions>();
    // The options live as long as the command's callbacks, which hold them.
    std::vector<CLI::Option*> added;
    added.push_back(command.add_option("--on-end", options->targets.command,
                                       "a command for /bin/sh " + when +
                                           "; it sees HILO_PROJECT, HILO_EVENT, HILO_RUN, HILO_STUDY and HILO_TEXT"));
    added.push_back(
        command.add_option("--post", options->targets.address, "an http(s) address that is told the same by POST"));
    added.push_back(command.add_option("--post-form", options->postForm, "json, or text as ntfy takes it")
                        ->check(CLI::IsMember({"json", "text"}))
                        ->capture_default_str());
    added.push_back(command.add_flag("--desktop-notice", options->targets.desktop,
                                     "the same as notices of the desktop (notify-send)"));
    if (environment == NoticeEnvironment::Read) {
        const char* names[] = {"HILO_ON_END", "HILO_POST", "HILO_POST_FORM", "HILO_DESKTOP_NOTICE"};
        for (std::size_t i = 0; i < added.size(); ++i)
            added[i]->envname(names[i]);
    }
    return options;
}

bool isNoticeOption(const std::string& name)
{
    return name == "--on-end" || name == "--post" || name == "--post-form" || name == "--desktop-notice";
}

Result<std::unique_ptr<NoticeSender>> openNoticeSender(const NoticeOptions& options, const std::string& project)
{
    HILO_CHECK(checkTargets(options.targets));
    NoticeTargets targets = options.targets;
    targets.plainText = options.postForm == "text";
    return std::make_unique<NoticeSender>(std::move(targets), project, [](const std::string& problem) {
        std::fputs(("hilo: " + problem + "\n").c_str(), stderr);
    });
}

} // namespace hilo::cli
