// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/http_connection.h"

#include "base/version.h"
#include "hub/hub_text.h"

#include <curl/curl.h>

#include <algorithm>
#include <mutex>

namespace hilo {
namespace {

constexpr int mostRedirections = 10;
constexpr std::size_t mostOfAnErrorsText = 64 << 10;
constexpr long secondsToConnect = 20;

void startLibrary()
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

/// Of one hop of a request.
struct Transfer
{
    CURL* handle = nullptr;
    HttpReply reply;
    const HttpConnection::Sink* sink = nullptr;
    const Progress* progress = nullptr;
};

std::string trimmedHeader(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

std::size_t onHeader(char* bytes, std::size_t, std::size_t count, void* user)
{
    auto& transfer = *static_cast<Transfer*>(user);
    const std::string_view line(bytes, count);
    // "100 Continue" and a proxy's own reply come before the one that counts.
    if (line.starts_with("HTTP/")) {
        transfer.reply.headers.clear();
        return count;
    }
    if (const auto colon = line.find(':'); colon != std::string_view::npos && transfer.reply.headers.size() < 500) {
        std::string name(line.substr(0, colon));
        std::transform(name.begin(), name.end(), name.begin(), [](char letter) {
            return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
        });
        transfer.reply.headers[name] = trimmedHeader(line.substr(colon + 1));
    }
    return count;
}

std::size_t onBody(char* bytes, std::size_t, std::size_t count, void* user)
{
    auto& transfer = *static_cast<Transfer*>(user);
    curl_easy_getinfo(transfer.handle, CURLINFO_RESPONSE_CODE, &transfer.reply.status);
    const long status = transfer.reply.status;
    if (status >= 200 && status < 300) {
        if ((*transfer.sink)(transfer.reply, {bytes, count}))
            return count;
        transfer.reply.stopped = true;
        return CURL_WRITEFUNC_ERROR;
    }
    std::string& body = transfer.reply.body;
    body.append(bytes, std::min(count, mostOfAnErrorsText - std::min(mostOfAnErrorsText, body.size())));
    return count;
}

int onProgress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    auto& transfer = *static_cast<Transfer*>(user);
    if (!transfer.progress->isCancelled())
        return 0;
    transfer.reply.stopped = true;
    return 1;
}

/// What a broken line or a busy server bring about may be gone in a moment; a wrong name or certificate is not.
bool mayPassOf(CURLcode code)
{
    switch (code) {
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_AGAIN:
        return true;
    default:
        return false;
    }
}

std::string lengthOfRange(const HttpRequest& request)
{
    return std::to_string(*request.from) + "-" + (request.to ? std::to_string(*request.to - 1) : std::string());
}

struct HeaderLines
{
    curl_slist* first = nullptr;
    ~HeaderLines() { curl_slist_free_all(first); }
    void add(const std::string& line) { first = curl_slist_append(first, line.c_str()); }
};

} // namespace

std::string HttpReply::header(const std::string& name) const
{
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

struct HttpConnection::State
{
    const HubSettings& settings;
    const Progress& progress;
    CURL* handle;
    std::string endpointOrigin;

    HttpReply hop(const HttpRequest& request, const Sink& sink) const;
};

HttpConnection::HttpConnection(const HubSettings& settings, const Progress& progress)
{
    startLibrary();
    state_.reset(new State{settings, progress, curl_easy_init(), originOf(settings.endpoint)});
}

HttpConnection::~HttpConnection()
{
    if (state_->handle)
        curl_easy_cleanup(state_->handle);
}

/// One request without redirections. What is said of an address never has its query in it, which may be a signature.
HttpReply HttpConnection::State::hop(const HttpRequest& request, const Sink& sink) const
{
    Transfer transfer{handle, {}, &sink, &progress};
    transfer.reply.address = request.address;
    if (!handle) {
        transfer.reply.problem = "libcurl cannot be used.";
        return transfer.reply;
    }
    const std::string origin = originOf(request.address);
    if (origin.empty()) {
        transfer.reply.problem = "\"" + shownAddress(request.address) + "\" is no http(s) address.";
        return transfer.reply;
    }
    char words[CURL_ERROR_SIZE] = "";
    curl_easy_reset(handle);
    curl_easy_setopt(handle, CURLOPT_URL, request.address.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, secondsToConnect);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, static_cast<long>(settings.stalled.count()));
    curl_easy_setopt(handle, CURLOPT_USERAGENT, ("hilo/" + programVersion()).c_str());
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, words);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, onHeader);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, onBody);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, onProgress);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    if (request.headersOnly)
        curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
    std::string range;
    if (request.from) {
        range = lengthOfRange(request);
        curl_easy_setopt(handle, CURLOPT_RANGE, range.c_str());
    }
    HeaderLines lines;
    if (!settings.token.empty() && origin == endpointOrigin)
        lines.add("Authorization: Bearer " + settings.token);
    lines.add("Accept-Encoding: identity");
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, lines.first);

    const CURLcode code = curl_easy_perform(handle);
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &transfer.reply.status);
    curl_off_t pause = 0;
    if (curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &pause) == CURLE_OK && pause > 0)
        transfer.reply.retryAfter = std::chrono::seconds(pause);
    if (code != CURLE_OK && !transfer.reply.stopped) {
        transfer.reply.problem = origin + ": " + (*words ? words : curl_easy_strerror(code)) + ".";
        transfer.reply.mayPass = mayPassOf(code);
    }
    char* next = nullptr;
    if (curl_easy_getinfo(handle, CURLINFO_REDIRECT_URL, &next) == CURLE_OK && next)
        transfer.reply.headers["location"] = next; // whole also where the server's is relative
    // What was set points to this function's own.
    curl_easy_reset(handle);
    return transfer.reply;
}

HttpReply HttpConnection::perform(const HttpRequest& request, const Sink& sink)
{
    HttpRequest next = request;
    for (int redirections = 0;; ++redirections) {
        HttpReply reply = state_->hop(next, sink);
        const std::string location = reply.header("location");
        if (!reply.problem.empty() || reply.stopped || reply.status < 300 || reply.status >= 400 || location.empty())
            return reply;
        const std::string from = originOf(next.address);
        const std::string to = originOf(location);
        if (request.stayOnServer && from != to)
            return reply;
        if (redirections == mostRedirections)
            reply.problem = from + ": More than " + std::to_string(mostRedirections) + " redirections.";
        else if (to.empty() || (from.starts_with("https:") && !to.starts_with("https:")))
            reply.problem = from + ": Redirected to \"" + shownAddress(location) + "\", which is not safe.";
        if (!reply.problem.empty())
            return reply;
        next.address = location;
    }
}

} // namespace hilo
