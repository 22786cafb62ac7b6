// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"

#include "base/shown_text.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/dist_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>

#include <mutex>

namespace hilo {
namespace {

/// Lines as usual, with what they say of files written out: a name can neither begin a line nor colour it.
class EscapingFormatter : public spdlog::formatter
{
  public:
    void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& line) override
    {
        const std::string text = shownMessage({message.payload.data(), message.payload.size()});
        spdlog::details::log_msg copy = message;
        copy.payload = spdlog::string_view_t(text.data(), text.size());
        inner_.format(copy, line);
        message.color_range_start = copy.color_range_start;
        message.color_range_end = copy.color_range_end;
    }
    std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<EscapingFormatter>(); }

  private:
    spdlog::pattern_formatter inner_;
};

struct Sinks
{
    std::mutex mutex;
    std::shared_ptr<spdlog::sinks::stderr_color_sink_mt> console =
        std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
    std::shared_ptr<spdlog::sinks::dist_sink_mt> all = std::make_shared<spdlog::sinks::dist_sink_mt>();

    Sinks()
    {
        console->set_level(spdlog::level::warn);
        console->set_formatter(std::make_unique<EscapingFormatter>());
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
    file->set_formatter(std::make_unique<EscapingFormatter>());
    sinks().all->add_sink(file);
}

} // namespace hilo
