// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "data/model_chat.h"
#include "serve/request_limits.h"

#include <chrono>
#include <memory>
#include <string>

namespace hilo {

class Scheduler;
struct ServedModel;

struct HttpSettings
{
    std::string host = "127.0.0.1";
    int port = 8080; ///< 0: one that is free
    std::string key; ///< that requests need; empty: none, only on this machine's own address
    std::size_t connections = 128;
    std::chrono::seconds timeLimit{600}; ///< of a request
    ChatChoice chat;                     ///< the template of conversations
    RequestLimits limits;
};

/// OpenAI's API over HTTP. Requests are parsed within limits, name no file and start nothing; logs hold numbers alone.
class HttpServer
{
  public:
    /// Listens. Errors: the address cannot be had; a host other than this machine's own without a key. model and
    /// scheduler outlive the server.
    static Result<std::unique_ptr<HttpServer>> listen(const ServedModel& model, Scheduler& scheduler,
                                                      HttpSettings settings);
    ~HttpServer();

    int port() const;
    /// Answers until stop().
    void run();
    /// From any thread. What is being answered is not waited for: end the scheduler first, so that it ends.
    void stop();

  private:
    struct State;
    explicit HttpServer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace hilo
