// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/blob_download.h"

#include "base/atomic_file.h"
#include "base/file_lock.h"
#include "base/log.h"
#include "hub/hub_error.h"
#include "hub/hub_text.h"
#include "hub/patience.h"

#include <algorithm>
#include <optional>
#include <thread>

namespace hilo {
namespace fs = std::filesystem;
namespace {

Error wrongSize(const BlobJob& job, const std::string& server, const std::string& found)
{
    return badInput({}, {},
                    job.repository.repository() + ": " + job.file + " has " + std::to_string(job.size) +
                        " bytes by the hub's list, and " + server + " sends " + found + ".",
                    "This is a fault of the server or of something before it; try again later.");
}

bool isThere(const BlobJob& job, const CachedFolder& cached)
{
    std::error_code code;
    const fs::path blob = cached.blob(job.hash);
    return fs::is_regular_file(blob, code) && static_cast<std::int64_t>(fs::file_size(blob, code)) == job.size && !code;
}

/// How many bytes a reply of the whole file has where that is another number than the file's own; nothing where the
/// server does not say, or packs what it sends.
std::optional<std::string> otherLength(const HttpReply& reply, const BlobJob& job)
{
    const std::string length = reply.header("content-length");
    const std::string encoding = reply.header("content-encoding");
    const bool isPlain = encoding.empty() || encoding == "identity";
    if (reply.status != 200 || length.empty() || !isPlain || length == std::to_string(job.size))
        return std::nullopt;
    return length;
}

/// By one connection, from where the writer is.
Status fetchAsStream(const BlobJob& job, DownloadSource& source, BlobWriter& writer, const HubSettings& settings,
                     HttpConnection& connection, FetchMeter& meter)
{
    Patience patience(settings);
    std::int64_t furthest = writer.size();
    while (writer.size() < job.size) {
        const std::int64_t from = writer.size();
        HttpRequest request;
        request.address = source.address();
        if (from > 0)
            request.from = from;
        std::optional<Error> error;
        bool isFirst = true;
        const auto take = [&](const HttpReply& reply, std::span<const char> bytes) {
            const auto stopBy = [&](Error own) {
                error = std::move(own);
                return false;
            };
            const bool begins = std::exchange(isFirst, false);
            if (begins)
                if (const auto length = otherLength(reply, job))
                    return stopBy(wrongSize(job, originOf(reply.address), *length));
            if (begins && from > 0) {
                const RangeAnswer answer = rangeAnswer(reply, from, job.size);
                if (answer == RangeAnswer::Wrong)
                    return stopBy(wrongSize(job, originOf(reply.address), "another part or size"));
                if (answer == RangeAnswer::Whole) {
                    meter.takeBack(writer.size());
                    if (const Status status = writer.restart(); !status)
                        return stopBy(status.error());
                }
            }
            if (writer.size() + static_cast<std::int64_t>(bytes.size()) > job.size)
                return stopBy(wrongSize(job, originOf(reply.address), "more"));
            if (const Status status = writer.append(bytes); !status)
                return stopBy(status.error());
            meter.add(static_cast<std::int64_t>(bytes.size()));
            meter.report();
            return true;
        };
        const HttpReply reply = connection.perform(request, take);
        if (meter.isCancelled())
            return failure(cancelled());
        // A reply without any byte does not come to the sink.
        if (isFirst && reply.isSuccess())
            if (const auto length = otherLength(reply, job))
                error = wrongSize(job, originOf(reply.address), *length);
        if (error) {
            // What does not belong together is not gone on with.
            if (error->code != ErrorCode::NoSpace)
                HILO_CHECK(writer.restart());
            return failure(std::move(*error));
        }
        if (reply.isSuccess() || writer.size() > from)
            source.remember(reply);
        if (writer.size() >= job.size)
            break;
        if (writer.size() > furthest) {
            furthest = writer.size();
            patience.succeeded();
        }
        if (!reply.isSuccess() && source.forget(reply) && reply.status != 206 && reply.status != 200)
            continue;
        if (reply.status == 416) {
            HILO_CHECK(writer.restart());
            return failure(wrongSize(job, originOf(reply.address), "less"));
        }
        if (!reply.isSuccess() && !isTransient(reply))
            return failure(hubError(reply, job.repository, settings, job.file));
        if (!patience.wait(reply, [&] { return meter.isCancelled(); })) {
            if (meter.isCancelled())
                return failure(cancelled());
            return failure(reply.isSuccess() ? wrongSize(job, originOf(reply.address), std::to_string(writer.size()))
                                             : hubError(reply, job.repository, settings, job.file));
        }
    }
    return {};
}

Status fetchInto(const BlobJob& job, BlobWriter& writer, const HubSettings& settings, HttpConnection& connection,
                 FetchMeter& meter)
{
    DownloadSource source(job.address);
    if (settings.connections > 1 && job.size - writer.size() > 2 * settings.pieceBytes) {
        HILO_TRY(const bool isDone, fetchByPieces(job, source, writer, settings, meter));
        if (isDone)
            return {};
    }
    return fetchAsStream(job, source, writer, settings, connection, meter);
}

/// Another process fetches the same: what it brings is used.
Result<FileLock> waitForLock(const BlobJob& job, const CachedFolder& cached, FetchMeter& meter)
{
    HILO_CHECK(makeCacheFolder(cached.locks));
    bool hasSaid = false;
    for (;;) {
        HILO_TRY(std::optional<FileLock> lock, FileLock::tryAcquire(cached.lock(job.hash)));
        if (lock)
            return std::move(*lock);
        if (!std::exchange(hasSaid, true))
            logger("hub")->info("{}: another process fetches {}; waiting for it", job.repository.repository(),
                                job.file);
        if (meter.isCancelled())
            return failure(cancelled());
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

/// False where what came is not what the hub says.
Result<bool> fetchOnce(const BlobJob& job, const CachedFolder& cached, const HubSettings& settings,
                       HttpConnection& connection, FetchMeter& meter, std::int64_t& begun, std::string& found)
{
    const fs::path incomplete = cached.incomplete(job.hash);
    HILO_TRY(BlobWriter writer, BlobWriter::open(incomplete, job.hash, job.size, [&] { return !meter.isCancelled(); }));
    begun = writer.size();
    meter.addWithoutSpeed(begun);
    HILO_CHECK(fetchInto(job, writer, settings, connection, meter));
    HILO_TRY(found, writer.finish());
    std::error_code code;
    if (found == job.hash) {
        fs::rename(incomplete, cached.blob(job.hash), code);
        if (code)
            return failure(cacheError(cached.blob(job.hash), "Cannot be written", code));
        HILO_CHECK(syncPath(incomplete.parent_path()));
        return true;
    }
    fs::remove(incomplete, code);
    meter.takeBack(job.size);
    return false;
}

} // namespace

std::int64_t bytesThere(const BlobJob& job, const CachedFolder& cached)
{
    if (isThere(job, cached))
        return job.size;
    std::error_code code;
    const auto size = fs::file_size(cached.incomplete(job.hash), code);
    return code || static_cast<std::int64_t>(size) > job.size ? 0 : static_cast<std::int64_t>(size);
}

Result<bool> fetchBlob(const BlobJob& job, const CachedFolder& cached, const HubSettings& settings,
                       HttpConnection& connection, FetchMeter& meter)
{
    meter.beginFile(job.file);
    if (isThere(job, cached)) {
        meter.addWithoutSpeed(job.size);
        return false;
    }
    HILO_TRY(const FileLock lock, waitForLock(job, cached, meter));
    if (isThere(job, cached)) {
        meter.addWithoutSpeed(job.size);
        return false;
    }
    HILO_CHECK(makeCacheFolder(cached.root / "blobs"));
    std::error_code code;
    fs::remove(cached.blob(job.hash), code); // of a wrong size, or a link that leads nowhere
    std::string found;
    // A begun file may be the remains of something else: then it is fetched from its first byte, once.
    for (int attempt = 0; attempt < 2; ++attempt) {
        std::int64_t begun = 0;
        HILO_TRY(const bool isGood, fetchOnce(job, cached, settings, connection, meter, begun, found));
        if (isGood)
            return true;
        if (begun == 0)
            break;
    }
    return failure(badInput({}, {},
                            job.repository.repository() + ": what came as " + job.file +
                                " is not what the hub lists: its hash is " + found + ", expected " + job.hash + ".",
                            "It was thrown away. Try again later; something between here and the hub changes files."));
}

} // namespace hilo
