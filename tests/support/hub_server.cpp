// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/hub_server.h"

#include "base/json.h"
#include "hub/blob_digest.h"
#include "hub/hub_text.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

namespace hilo::testing {
namespace {

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

bool sendAll(int connection, const char* bytes, std::size_t count)
{
    while (count > 0) {
        const ssize_t sent = ::send(connection, bytes, count, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        count -= static_cast<std::size_t>(sent);
    }
    return true;
}

ServerRequest parseRequest(const std::string& head)
{
    ServerRequest request;
    const auto end = head.find("\r\n");
    const std::string line = head.substr(0, end);
    const auto first = line.find(' '), second = line.rfind(' ');
    request.method = line.substr(0, first);
    request.path = line.substr(first + 1, second - first - 1);
    for (std::size_t begin = end + 2; begin < head.size();) {
        const auto next = std::min(head.find("\r\n", begin), head.size());
        const std::string header = head.substr(begin, next - begin);
        if (const auto colon = header.find(": "); colon != std::string::npos)
            request.headers[lower(header.substr(0, colon))] = header.substr(colon + 2);
        begin = next + 2;
    }
    if (const auto range = request.headers.find("range"); range != request.headers.end()) {
        const std::string numbers = range->second.substr(6);
        request.from = std::stoll(numbers);
        const std::string last = numbers.substr(numbers.find('-') + 1);
        request.last = last.empty() ? -1 : std::stoll(last);
    }
    return request;
}

} // namespace

HttpServer::HttpServer(Handler handler) : handler_(std::move(handler))
{
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address));
    ::listen(listener_, 64);
    socklen_t length = sizeof(address);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept(); });
}

HttpServer::~HttpServer()
{
    stopped_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    {
        const std::lock_guard lock(mutex_);
        for (const int connection : open_)
            ::shutdown(connection, SHUT_RDWR);
    }
    for (std::thread& thread : threads_)
        thread.join();
}

std::string HttpServer::address() const
{
    return "http://127.0.0.1:" + std::to_string(port_);
}

std::vector<ServerRequest> HttpServer::requests() const
{
    const std::lock_guard lock(mutex_);
    return requests_;
}

void HttpServer::accept()
{
    while (!stopped_) {
        const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0)
            continue;
        const std::lock_guard lock(mutex_);
        open_.push_back(connection);
        threads_.emplace_back([this, connection] { serve(connection); });
    }
}

void HttpServer::serve(int connection)
{
    std::string received;
    std::vector<char> buffer(8192);
    for (bool keepsOpen = true; keepsOpen && !stopped_;) {
        auto end = received.find("\r\n\r\n");
        while (end == std::string::npos) {
            const ssize_t count = ::recv(connection, buffer.data(), buffer.size(), 0);
            if (count <= 0)
                break;
            received.append(buffer.data(), static_cast<std::size_t>(count));
            end = received.find("\r\n\r\n");
        }
        if (end == std::string::npos)
            break;
        const ServerRequest request = parseRequest(received.substr(0, end));
        received.erase(0, end + 4);
        {
            const std::lock_guard lock(mutex_);
            requests_.push_back(request);
        }
        const ServerReply reply = handler_(request);
        std::string head = "HTTP/1.1 " + std::to_string(reply.status) + " X\r\n";
        for (const auto& [name, value] : reply.headers)
            head += name + ": " + value + "\r\n";
        head +=
            "Content-Length: " +
            std::to_string(reply.saysLength >= 0 ? reply.saysLength : static_cast<std::int64_t>(reply.body.size())) +
            "\r\n\r\n";
        keepsOpen = sendAll(connection, head.data(), head.size());
        if (request.method == "HEAD")
            continue;
        std::size_t count = reply.body.size();
        if (reply.dropAfter >= 0)
            count = std::min(count, static_cast<std::size_t>(reply.dropAfter));
        for (std::size_t sent = 0; keepsOpen && sent < count && !stopped_;) {
            const std::size_t part = reply.pauseEvery > 0 ? std::min<std::size_t>(4096, count - sent) : count - sent;
            keepsOpen = sendAll(connection, reply.body.data() + sent, part);
            sent += part;
            if (reply.pauseEvery > 0)
                std::this_thread::sleep_for(std::chrono::milliseconds(reply.pauseEvery));
        }
        keepsOpen = keepsOpen && reply.dropAfter < 0;
    }
    const std::lock_guard lock(mutex_);
    std::erase(open_, connection);
    ::close(connection);
}

ServerReply withRange(const ServerRequest& request, const std::string& body)
{
    ServerReply reply;
    const auto size = static_cast<std::int64_t>(body.size());
    if (request.from < 0) {
        reply.body = body;
        return reply;
    }
    if (request.from >= size) {
        reply.status = 416;
        return reply;
    }
    const std::int64_t last = request.last < 0 ? size - 1 : std::min(request.last, size - 1);
    reply.status = 206;
    reply.headers["Content-Range"] =
        "bytes " + std::to_string(request.from) + "-" + std::to_string(last) + "/" + std::to_string(size);
    reply.body = body.substr(static_cast<std::size_t>(request.from), static_cast<std::size_t>(last - request.from + 1));
    return reply;
}

HubServer::HubServer()
    : store_([this](const ServerRequest& request) { return answerOfStore(request); }),
      hub_([this](const ServerRequest& request) { return answer(request); })
{
}

std::string HubServer::hashOf(const File& file)
{
    Digest digest =
        blobDigest(std::string(file.isLarge ? 64 : 40, '0'), static_cast<std::int64_t>(file.content.size()));
    digest.add(file.content);
    return digest.hexadecimal();
}

std::string HubServer::listing() const
{
    Json siblings = Json::array();
    for (const auto& [name, file] : files) {
        Json one = {{"rfilename", name}};
        const std::string hash = file.listedHash.empty() ? hashOf(file) : file.listedHash;
        const std::int64_t size =
            file.listedSize >= 0 ? file.listedSize : static_cast<std::int64_t>(file.content.size());
        if (!file.isUnlisted) {
            one["size"] = size;
            one["blobId"] = file.isLarge ? std::string(40, 'b') : hash; // of a large file that of its pointer
            if (file.isLarge)
                one["lfs"] = {{"sha256", hash}, {"size", size}, {"pointerSize", 134}};
        }
        siblings.push_back(std::move(one));
    }
    return Json{{"id", repository}, {"sha", commit}, {"siblings", std::move(siblings)}}.dump();
}

ServerReply HubServer::answer(const ServerRequest& request)
{
    ServerReply reply;
    if (intercept && intercept(request, false, reply))
        return reply;
    reply = {};
    const auto refused = [&](int status, const std::string& code) {
        reply.status = status;
        reply.headers["X-Error-Code"] = code;
        reply.body = "{}";
        return reply;
    };
    const auto given = request.headers.find("authorization");
    if (!token.empty() && (given == request.headers.end() || given->second != "Bearer " + token))
        return refused(errorCode == "GatedRepo" ? 403 : 401, errorCode);
    const std::string listPath = "/api/" + repository + "/revision/";
    if (request.path.starts_with(listPath)) {
        for (const std::string& revision : revisions)
            if (request.path == listPath + percentEncoded(revision, false) + "?blobs=true") {
                reply.body = listing();
                return reply;
            }
        if (request.path == listPath + commit + "?blobs=true") {
            reply.body = listing();
            return reply;
        }
        return refused(404, "RevisionNotFound");
    }
    const bool isModel = repository.starts_with("models/");
    const std::string filePath = "/" + (isModel ? repository.substr(7) : repository) + "/resolve/" + commit + "/";
    for (const auto& [name, file] : files) {
        if (request.path != filePath + percentEncoded(name, true))
            continue;
        if (file.isLarge) {
            reply.status = 302;
            reply.headers["Location"] = store_.address() + "/" + percentEncoded(name, true) + "?signature=secret";
            reply.headers["X-Linked-Etag"] = "\"" + hashOf(file) + "\"";
            reply.headers["X-Linked-Size"] = std::to_string(file.content.size());
        } else {
            reply = withRange(request, file.content);
            reply.headers["ETag"] = "\"" + hashOf(file) + "\"";
        }
        reply.headers["X-Repo-Commit"] = commit;
        return reply;
    }
    return refused(404, request.path.starts_with(filePath) ? "EntryNotFound" : "RepoNotFound");
}

ServerReply HubServer::answerOfStore(const ServerRequest& request)
{
    ServerReply reply;
    if (intercept && intercept(request, true, reply))
        return reply;
    reply = {};
    for (const auto& [name, file] : files)
        if (file.isLarge && request.path == "/" + percentEncoded(name, true) + "?signature=secret")
            return withRange(request, file.content);
    reply.status = 403;
    return reply;
}

} // namespace hilo::testing
