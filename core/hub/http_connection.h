// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "hub/hub_settings.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace hilo {

struct HttpRequest
{
    std::string address;
    bool headersOnly = false; ///< HEAD
    /// The first byte that is asked for and the one behind the last; none and none: the whole, without "Range".
    std::optional<std::int64_t> from, to;
    /// Redirections to another server end the request, as its reply.
    bool stayOnServer = false;
};

/// What came back, or why nothing did.
struct HttpReply
{
    long status = 0;                            ///< 0: no reply
    std::string address;                        ///< that gave it, at the end of all redirections
    std::map<std::string, std::string> headers; ///< names in lower case
    std::string body;                           ///< the beginning of what an error says; else the sink got it
    std::string problem;                        ///< why the transfer failed, a sentence; empty when it did not
    bool mayPass = false;                       ///< that problem may be gone at the next attempt
    bool stopped = false;                       ///< the sink or a cancellation ended it
    std::optional<std::chrono::seconds> retryAfter;

    bool isSuccess() const { return problem.empty() && !stopped && status >= 200 && status < 300; }
    std::string header(const std::string& name) const;
};

/// Requests one after another over one connection where the servers allow it. Only http and https are spoken.
/// Redirections are followed here and not by libcurl, so that the token goes to the endpoint's own server only, and
/// from https never to http.
class HttpConnection
{
  public:
    /// Gets the bytes of a reply with a status of 2xx, in pieces; false ends the transfer. reply holds the headers.
    using Sink = std::function<bool(const HttpReply& reply, std::span<const char> bytes)>;

    HttpConnection(const HubSettings& settings, const Progress& progress);
    ~HttpConnection();
    HttpConnection(const HttpConnection&) = delete;
    HttpConnection& operator=(const HttpConnection&) = delete;

    HttpReply perform(const HttpRequest& request, const Sink& sink);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace hilo
