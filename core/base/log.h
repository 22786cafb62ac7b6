// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <spdlog/spdlog.h>

#include <filesystem>
#include <memory>
#include <string>

namespace hilo {

/// The logger of an area ("train", "formats", "project", …); made on first use, quiet (warnings and worse) on stderr
/// unless setLogLevel says otherwise.
std::shared_ptr<spdlog::logger> logger(const std::string& area);

/// For every area: trace, debug, info, warn, error, off.
void setLogLevel(spdlog::level::level_enum level);

/// From now on every area also writes info and worse to this file (a run's log.txt), appended.
void addLogFile(const std::filesystem::path& path);

} // namespace hilo
