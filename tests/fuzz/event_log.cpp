// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/event_applier.h"
#include "index/schema.h"
#include "run/event_stream.h"

#include "input_folder.h"

#include <algorithm>

namespace {

hilo::Database emptyIndex()
{
    auto database = hilo::Database::openToWrite(":memory:");
    if (!database || !hilo::migrate(*database))
        std::abort();
    database->raw().exec("INSERT INTO runs (run, id) VALUES (1, 'r')");
    return std::move(*database);
}

/// All events from cursor on, read in pieces of about so many bytes.
std::vector<hilo::Json> read(const std::filesystem::path& folder, std::uint64_t bytes)
{
    std::vector<hilo::Json> events;
    hilo::EventCursor cursor;
    for (bool more = true; more;) {
        const auto following = hilo::followEvents(
            folder, cursor,
            [&](const hilo::Json& event) {
                events.push_back(event);
                return hilo::Status();
            },
            bytes);
        // Whoever goes on must have got further, and nothing is lost of a file that nobody changes.
        if (!following || following->sourceLost || (following->more && following->cursor == cursor))
            std::abort();
        cursor = following->cursor;
        more = following->more;
    }
    return events;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const hilo::fuzz::InputFolder folder("event_log");
    static hilo::Database index = emptyIndex();
    folder.write("events.ndjson", data, size);
    const auto whole = read(folder.path(), size + 1);
    const auto pieces = read(folder.path(), size / 4 + 1);
    const auto isSame = [](const hilo::Json& a, const hilo::Json& b) {
        constexpr auto replace = hilo::Json::error_handler_t::replace;
        return a.dump(-1, ' ', false, replace) == b.dump(-1, ' ', false, replace);
    };
    if (!std::equal(whole.begin(), whole.end(), pieces.begin(), pieces.end(), isSame))
        std::abort();
    // Whatever the events hold, the index takes them.
    const auto kept = index.change(hilo::Durability::Normal, [&](SQLite::Database&) -> hilo::Status {
        hilo::EventApplier applier(index, 1, 0);
        for (const hilo::Json& event : whole)
            HILO_CHECK(applier.apply(event));
        HILO_CHECK(applier.finish());
        return hilo::failure(hilo::cancelled()); // the next input finds the index empty again
    });
    if (kept || kept.error().code != hilo::ErrorCode::Cancelled)
        std::abort();
    return 0;
}
