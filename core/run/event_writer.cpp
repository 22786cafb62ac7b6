// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/event_writer.h"

#include "run/event_time.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

namespace hilo {
namespace {

Error writeError(const std::filesystem::path& path)
{
    const std::string reason = std::strerror(errno);
    if (errno == ENOSPC || errno == EDQUOT)
        return noSpace("There is no space left to write " + path.string() + ".",
                       "Free some space; the run can be resumed.");
    return internalError("Cannot write " + path.string() + ": " + reason + ".");
}

Status writeAll(int descriptor, const std::string& text, const std::filesystem::path& path)
{
    std::size_t written = 0;
    while (written < text.size()) {
        const ssize_t count = ::write(descriptor, text.data() + written, text.size() - written);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failure(writeError(path));
        written += static_cast<std::size_t>(count);
    }
    return {};
}

} // namespace

Result<EventWriter> EventWriter::open(const std::filesystem::path& eventsFile)
{
    const int descriptor = ::open(eventsFile.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return failure(writeError(eventsFile));
    EventWriter writer(eventsFile, descriptor);
    const off_t size = ::lseek(descriptor, 0, SEEK_END);
    char last = '\n';
    if (size > 0 && ::pread(descriptor, &last, 1, size - 1) == 1 && last != '\n')
        writer.torn_ = true;
    return writer;
}

EventWriter::EventWriter(EventWriter&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)), torn_(other.torn_)
{
}

EventWriter& EventWriter::operator=(EventWriter&& other) noexcept
{
    std::swap(path_, other.path_);
    std::swap(descriptor_, other.descriptor_);
    std::swap(torn_, other.torn_);
    return *this;
}

EventWriter::~EventWriter()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

Status EventWriter::write(const std::string& event, const Json& fields)
{
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
    Json line = {{"t", formatTime(now.count())}, {"event", event}};
    line.update(fields);
    const std::string text = line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    const Status written = writeAll(descriptor_, (torn_ ? "\n" : "") + text, path_);
    torn_ = !written;
    HILO_CHECK(written);
    if (event != "step" && event != "routing" && ::fsync(descriptor_) != 0)
        return failure(writeError(path_));
    return {};
}

} // namespace hilo
