// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/dist_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>

#include <mutex>

namespace hilo {
namespace {

struct Sinks
{
    std::mutex mutex;
    std::shared_ptr<spdlog::sinks::stderr_color_sink_mt> console =
        std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
    std::shared_ptr<spdlog::sinks::dist_sink_mt> all = std::make_shared<spdlog::sinks::dist_sink_mt>();

    Sinks()
    {
        console->set_level(spdlog::level::warn);
        all->add_sink(console);
    }
};

Sinks& sinks()
{
    static Sinks instance;
    return instance;
}

} // namespace

std::shared_ptr<spdlog::logger> logger(const std::string& area)
{
    const std::lock_guard lock(sinks().mutex);
    if (auto existing = spdlog::get(area))
        return existing;
    auto made = std::make_shared<spdlog::logger>(area, sinks().all);
    made->set_level(spdlog::level::trace);
    made->flush_on(spdlog::level::info);
    spdlog::register_logger(made);
    return made;
}

void setLogLevel(spdlog::level::level_enum level)
{
    sinks().console->set_level(level);
}

void addLogFile(const std::filesystem::path& path)
{
    auto file = std::make_shared<spdlog::sinks::basic_file_sink_mt>(path.string());
    file->set_level(spdlog::level::info);
    sinks().all->add_sink(file);
}

} // namespace hilo
