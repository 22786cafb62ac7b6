// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "queue/notice_sender.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace hilo::cli {

/// Whom a command tells of what becomes of runs.
struct NoticeOptions
{
    NoticeTargets targets;
    std::string postForm = "json";
};

/// Whether options that are not given are taken from HILO_ON_END, HILO_POST, HILO_POST_FORM and HILO_DESKTOP_NOTICE.
/// Not those of commands that others start for each run: a run's end would be told twice.
enum class NoticeEnvironment { Read, Ignored };

/// --on-end, --post, --post-form and --desktop-notice. when: "whenever a run ends or stands still".
std::shared_ptr<NoticeOptions> addNoticeOptions(CLI::App& command, const std::string& when,
                                                NoticeEnvironment environment);

/// Whether it is the name of one of them: they say whom to tell, not what to do.
bool isNoticeOption(const std::string& name);

/// What sends them; what cannot be sent is said on standard error. project: what HILO_PROJECT is. Errors: an address
/// that cannot be posted to.
Result<std::unique_ptr<NoticeSender>> openNoticeSender(const NoticeOptions& options, const std::string& project);

} // namespace hilo::cli
