// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/event_stream.h"

#include "base/sha256.h"
#include "run/event_line.h"
#include "run/run_event.h"

#include <algorithm>
#include <charconv>
#include <fstream>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t printBytes = 256;
constexpr std::size_t blockBytes = std::size_t{1} << 18;
constexpr std::size_t leastBlockBytes = std::size_t{1} << 9;
/// A longer line is no event; it is dropped without being kept in memory.
constexpr std::size_t longestLine = std::size_t{32} << 20;

Result<std::string> bytesAt(const fs::path& file, std::uint64_t offset, std::uint64_t count)
{
    std::ifstream stream(file, std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(offset));
    std::string bytes(count, '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(count));
    if (!stream || static_cast<std::uint64_t>(stream.gcount()) != count)
        return failure(badInput(file.string(), "byte " + std::to_string(offset), "Cannot be read."));
    return bytes;
}

std::uint64_t sizeOf(const fs::path& file)
{
    std::error_code code;
    const auto size = fs::file_size(file, code);
    return code ? 0 : size;
}

std::string headPrintOf(const fs::path& file, std::uint64_t offset)
{
    const auto bytes = bytesAt(file, 0, std::min(offset, printBytes));
    return bytes && offset > 0 ? sha256(*bytes) : std::string();
}

EventCursor cursorAt(const fs::path& file, std::uint64_t offset)
{
    const std::uint64_t count = std::min(offset, printBytes);
    const auto tail = bytesAt(file, offset - count, count);
    return {offset, headPrintOf(file, offset), tail && offset > 0 ? sha256(*tail) : std::string()};
}

bool continues(const fs::path& file, const EventCursor& cursor)
{
    return sizeOf(file) >= cursor.offset && cursorAt(file, cursor.offset) == cursor;
}

/// True for the beginning of a JSON object whose end is missing: what a kill or a full disk leaves of a line.
bool isCutShort(const std::string& line)
{
    int depth = 0;
    bool inText = false, escaped = false;
    for (const char c : line) {
        if (static_cast<unsigned char>(c) < 0x20)
            return false;
        if (inText) {
            inText = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if (c == '"') {
            inText = true;
        } else {
            depth += (c == '{' || c == '[') - (c == '}' || c == ']');
        }
    }
    return line.starts_with('{') && (inText || depth > 0);
}

/// Reads complete lines of one part from offset on.
class LineReader
{
  public:
    LineReader(const EventReceiver& receive, EventFollowing& following, const DamageReceiver& damaged)
        : receive_(receive), following_(following), damaged_(damaged)
    {
    }

    /// Returns the offset behind the last complete line; stops after budget bytes at the end of a line.
    Result<std::uint64_t> read(const fs::path& file, std::uint64_t offset, std::uint64_t budget)
    {
        std::ifstream stream(file, std::ios::binary);
        stream.seekg(static_cast<std::streamoff>(offset));
        std::uint64_t position = offset, behindLine = offset;
        // Most logs are short, and of a long one what is new is: a large block would cost more than the reading.
        const std::uint64_t size = sizeOf(file);
        const std::uint64_t left = std::min(budget, size - std::min(offset, size));
        std::string block(std::clamp(static_cast<std::size_t>(std::min<std::uint64_t>(left, blockBytes)),
                                     leastBlockBytes, blockBytes),
                          '\0');
        std::string line;
        bool tooLong = false;
        number_ = 0;
        while (behindLine - offset < budget && stream) {
            stream.read(block.data(), static_cast<std::streamsize>(block.size()));
            std::string_view rest(block.data(), static_cast<std::size_t>(stream.gcount()));
            while (!rest.empty()) {
                const auto end = rest.find('\n');
                const std::string_view piece = rest.substr(0, end);
                if (line.size() + piece.size() > longestLine)
                    tooLong = true;
                if (!tooLong)
                    line += piece;
                position += piece.size();
                if (end == std::string_view::npos)
                    break;
                behindLine = ++position;
                rest.remove_prefix(end + 1);
                ++number_;
                HILO_CHECK(take(file, line, tooLong));
                line.clear();
                tooLong = false;
            }
        }
        return behindLine;
    }

  private:
    Status take(const fs::path& file, const std::string& line, bool tooLong)
    {
        if (line.find_first_not_of(" \t\r") == std::string::npos && !tooLong)
            return {};
        const auto event =
            tooLong ? Result<Json>(failure(internalError({}))) : parseEventLine(line, file.string(), {longestLine, 32});
        if (!event || !event->is_object() || !event->contains("event") || !(*event)["event"].is_string()) {
            const bool isTorn = isCutShort(line);
            ++(isTorn ? following_.torn : following_.skipped);
            if (!isTorn)
                tell(file, tooLong ? "longer than 32 MiB" : !event ? "not JSON" : "no object with a text \"event\"");
            return {};
        }
        if (damaged_)
            tellUnusable(file, *event);
        ++following_.events;
        return receive_(*event);
    }

    void tell(const fs::path& file, const char* reason) const
    {
        if (damaged_)
            damaged_({file.filename().string(), number_, reason});
    }

    void tellUnusable(const fs::path& file, const Json& event) const
    {
        if (std::holds_alternative<RunEvent::Unusable>(readRunEvent(event).what))
            return tell(file, "no step of a run");
        constexpr std::size_t named = 3;
        const std::vector<std::string> values = unusableValues(event);
        std::string reason;
        for (std::size_t i = 0; i < std::min(values.size(), named); ++i)
            reason += (i > 0 ? ", " : "") + values[i];
        if (values.size() > named)
            reason += " and " + std::to_string(values.size() - named) + " more";
        if (!reason.empty())
            damaged_({file.filename().string(), number_, reason, true});
    }

    const EventReceiver& receive_;
    EventFollowing& following_;
    const DamageReceiver& damaged_;
    std::int64_t number_ = 0; ///< of the line that is read
};

bool holdsAnEvent(const fs::path& file)
{
    EventFollowing found;
    const EventReceiver ignore = [](const Json&) { return Status(); };
    const DamageReceiver nobody;
    LineReader reader(ignore, found, nobody);
    return reader.read(file, 0, blockBytes).has_value() && found.events > 0;
}

/// The place to go on from when no part of the log continues at the cursor.
std::pair<std::size_t, std::uint64_t> recover(const std::vector<fs::path>& parts, const EventCursor& cursor,
                                              EventFollowing& following)
{
    following.sourceLost = true;
    const fs::path& current = parts.back();
    const std::uint64_t size = sizeOf(current);
    const std::string advice =
        " What was read before is kept in the database; restore the file from a backup if you can.";
    if (size < cursor.offset && size >= printBytes && headPrintOf(current, printBytes) == cursor.headPrint) {
        following.problem = "events.ndjson was cut from " + std::to_string(cursor.offset) + " to " +
                            std::to_string(size) + " bytes." + advice;
        return {parts.size() - 1, size};
    }
    if (holdsAnEvent(current)) {
        following.problem = "events.ndjson was replaced by another file." + advice;
        return {parts.size() - 1, 0};
    }
    following.problem =
        "events.ndjson is damaged: there is no event in its " + std::to_string(size) + " bytes." + advice;
    return {parts.size() - 1, size};
}

} // namespace

std::vector<fs::path> eventParts(const fs::path& runFolder)
{
    const fs::path current = runFolder / "events.ndjson";
    std::vector<fs::path> parts;
    std::error_code code;
    for (int number = 1; number < 1000; ++number) {
        const fs::path rotated = current.string() + "." + std::to_string(number);
        if (!fs::is_regular_file(rotated, code))
            break;
        parts.insert(parts.begin(), rotated);
    }
    if (fs::is_regular_file(current, code))
        parts.push_back(current);
    return parts;
}

Result<EventFollowing> followEvents(const fs::path& runFolder, const EventCursor& cursor, const EventReceiver& receive,
                                    std::uint64_t maximumBytes, const DamageReceiver& damaged)
{
    EventFollowing following;
    following.cursor = cursor;
    const auto parts = eventParts(runFolder);
    if (parts.empty()) {
        following.sourceLost = cursor.offset > 0;
        if (following.sourceLost)
            following.problem =
                "events.ndjson is missing. What was read before is kept in the database; restore the file "
                "from a backup if you can.";
        return following;
    }
    std::size_t part = 0;
    std::uint64_t offset = cursor.offset;
    if (offset > 0) {
        const auto found = std::find_if(parts.rbegin(), parts.rend(),
                                        [&cursor](const fs::path& file) { return continues(file, cursor); });
        if (found != parts.rend())
            part = static_cast<std::size_t>(parts.rend() - found) - 1;
        else
            std::tie(part, offset) = recover(parts, cursor, following);
    }
    LineReader reader(receive, following, damaged);
    std::uint64_t read = 0;
    bool torn = false;
    for (;; ++part, offset = 0) {
        HILO_TRY(const std::uint64_t end, reader.read(parts[part], offset, maximumBytes - read));
        read += end - offset;
        // The cursor stays in the old part until the new one has a line: an offset of 0 says nothing about the part.
        if (end > 0) {
            following.cursor = cursorAt(parts[part], end);
            following.torn += torn ? 1 : 0;
            torn = false;
        }
        following.more = read >= maximumBytes;
        if (part + 1 == parts.size() || following.more)
            return following;
        // The torn last line of a rotated part will never be ended.
        torn = torn || end < sizeOf(parts[part]);
    }
}

} // namespace hilo
