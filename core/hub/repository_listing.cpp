// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/repository_listing.h"

#include "base/shown_text.h"
#include "hub/hub_error.h"
#include "hub/hub_text.h"
#include "hub/patience.h"

#include <charconv>
#include <set>

namespace hilo {
namespace {

constexpr std::size_t largestListing = std::size_t{256} << 20;
constexpr std::int64_t largestFile = std::int64_t{1} << 50;

/// With patience, until it is a success or cannot become one.
Result<HttpReply> asked(const HttpRequest& request, const HttpConnection::Sink& sink,
                        const std::function<void()>& again, const RepositoryName& name, const std::string& what,
                        const HubSettings& settings, HttpConnection& connection, const Progress& progress)
{
    Patience patience(settings);
    for (;;) {
        again();
        HttpReply reply = connection.perform(request, sink);
        if (progress.isCancelled())
            return failure(cancelled());
        const bool isSentOn =
            request.stayOnServer && reply.problem.empty() && reply.status >= 300 && reply.status < 400;
        if (reply.isSuccess() || isSentOn)
            return reply;
        if (reply.stopped)
            return failure(badInput({}, {}, name.repository() + ": " + what + " is too large.",
                                    "Is " + shownAddress(settings.endpoint) + " a hub?"));
        if (!isTransient(reply) || !patience.wait(reply, [&] { return progress.isCancelled(); }))
            return failure(progress.isCancelled() ? cancelled() : hubError(reply, name, settings, what));
    }
}

Result<RepositoryFile> parseFile(const Json& entry, const std::string& address, const std::string& place)
{
    HILO_TRY(const JsonObject object, JsonObject::of(entry, address, place));
    RepositoryFile file;
    HILO_TRY(file.name, object.text("rfilename"));
    HILO_CHECK(checkServedName(file.name, address));
    HILO_TRY(file.size, object.integerOr("size", -1, 0, largestFile));
    if (object.has("lfs") && object.json()["lfs"].is_object()) {
        HILO_TRY(const JsonObject large, object.object("lfs"));
        HILO_TRY(file.hash, large.textOr("sha256", ""));
        HILO_TRY(file.size, large.integerOr("size", file.size, 0, largestFile));
        if (!file.hash.empty() && !isHexadecimal(file.hash, 64))
            return failure(large.errorAt("sha256", "expected 64 hexadecimal digits"));
        return file;
    }
    HILO_TRY(file.hash, object.textOr("blobId", ""));
    // It becomes the name of a file.
    if (!file.hash.empty() && !isHexadecimal(file.hash, 40))
        return failure(object.errorAt("blobId", "expected 40 hexadecimal digits"));
    return file;
}

/// W/"hash", "hash"
std::string hashOfTag(const std::string& tag)
{
    const auto begin = tag.find('"');
    const auto end = tag.rfind('"');
    return begin == std::string::npos || end == begin ? tag : tag.substr(begin + 1, end - begin - 1);
}

std::int64_t numberIn(const std::string& text)
{
    std::int64_t number = -1;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    return code == std::errc() && end == text.data() + text.size() && number <= largestFile ? number : -1;
}

} // namespace

std::string fileAddress(const RepositoryName& name, const std::string& commit, const std::string& file,
                        const HubSettings& settings)
{
    return pageOf(name, settings) + "/resolve/" + percentEncoded(commit, false) + "/" + percentEncoded(file, true);
}

Result<RepositoryListing> parseListing(const Json& document, const RepositoryName& name, const std::string& address)
{
    HILO_TRY(const JsonObject root, JsonObject::of(document, address));
    RepositoryListing listing;
    HILO_TRY(listing.commit, root.text("sha"));
    if (!isCommit(listing.commit))
        return failure(root.errorAt("sha", "expected a commit of 40 hexadecimal digits"));
    if (isCommit(name.revision) && listing.commit != name.revision)
        return failure(root.errorAt("sha", "is another commit than was asked for: " + listing.commit));
    HILO_TRY(const Json* const siblings, root.array("siblings"));
    std::set<std::string> names;
    for (std::size_t i = 0; i < siblings->size(); ++i) {
        const std::string place = "siblings[" + std::to_string(i) + "]";
        HILO_TRY(RepositoryFile file, parseFile((*siblings)[i], address, place));
        if (!names.insert(file.name).second)
            return failure(badInput(address, place, "The file \"" + shown(file.name) + "\" is listed twice."));
        listing.files.push_back(std::move(file));
    }
    return listing;
}

Result<RepositoryListing> listRepository(const RepositoryName& name, const HubSettings& settings,
                                         HttpConnection& connection, const Progress& progress)
{
    HttpRequest request;
    request.address = settings.endpoint + (name.kind == RepositoryKind::Model ? "/api/models/" : "/api/datasets/") +
                      name.repository() + "/revision/" + percentEncoded(name.revisionOrMain(), false) + "?blobs=true";
    std::string body;
    HILO_TRY(const HttpReply reply,
             asked(
                 request,
                 [&](const HttpReply&, std::span<const char> bytes) {
                     body.append(bytes.data(), bytes.size());
                     return body.size() <= largestListing;
                 },
                 [&] { body.clear(); }, name, "the list of its files", settings, connection, progress));
    const std::string address = shownAddress(request.address);
    auto document = parseJson(body, address, pythonJson);
    if (!document) {
        document.error().hint = "Is " + shownAddress(settings.endpoint) + " a hub, or does a proxy answer for it?";
        return failure(document.error());
    }
    return parseListing(*document, name, address);
}

Status completeFile(RepositoryFile& file, const RepositoryName& name, const std::string& commit,
                    const HubSettings& settings, HttpConnection& connection, const Progress& progress)
{
    if (file.size >= 0 && !file.hash.empty())
        return {};
    HttpRequest request;
    request.address = fileAddress(name, commit, file.name, settings);
    request.headersOnly = true;
    request.stayOnServer = true;
    HILO_TRY(const HttpReply reply, asked(
                                        request, [](const HttpReply&, std::span<const char>) { return true; }, [] {},
                                        name, file.name, settings, connection, progress));
    const bool isLinked = !reply.header("x-linked-etag").empty();
    file.hash = hashOfTag(isLinked ? reply.header("x-linked-etag") : reply.header("etag"));
    file.size = numberIn(reply.header(isLinked || reply.status >= 300 ? "x-linked-size" : "content-length"));
    if (const std::string own = reply.header("x-repo-commit"); !own.empty() && own != commit)
        return failure(badInput({}, {},
                                name.repository() + ": " + file.name +
                                    " is of another commit than was asked for: " + shown(own) + "."));
    if (file.size < 0 || (!isHexadecimal(file.hash, 64) && !isHexadecimal(file.hash, 40)))
        return failure(badInput({}, {},
                                name.repository() + ": " + shownAddress(settings.endpoint) +
                                    " does not say size and "
                                    "hash of " +
                                    file.name + "; what comes could not be checked.",
                                "Is HF_ENDPOINT a hub?"));
    return {};
}

} // namespace hilo
