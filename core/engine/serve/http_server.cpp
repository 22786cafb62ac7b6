// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serve/http_server.h"

#include "base/log.h"
#include "base/shown_text.h"
#include "engine/serve/answer_handler.h"
#include "engine/serve/request_reader.h"
#include "serve/api_key.h"

// httplib has a class Error of its own; nothing of it is taken into this namespace.
#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <ctime>

namespace hilo {

/// The library's queue of connections that nobody has taken yet is five long, which 64 clients that come at once
/// overflow.
class HttpListener : public httplib::Server
{
  public:
    void widenQueue() { ::listen(svr_sock_, 512); }
};

namespace {

using Clock = std::chrono::steady_clock;

void answer(httplib::Response& response, int status, const Json& document)
{
    response.status = status;
    response.set_content(document.dump(-1, ' ', false, Json::error_handler_t::replace), "application/json");
}

void answer(httplib::Response& response, const ApiError& error)
{
    answer(response, error.status, error.json());
}

} // namespace

struct HttpServer::State
{
    State(const ServedModel& servedModel, Scheduler& theScheduler, HttpSettings httpSettings)
        : model(servedModel), scheduler(theScheduler), settings(std::move(httpSettings)), names(model.tokenizer),
          reader(model, settings.limits, settings.chat)
    {
    }

    /// Refuses before anything of a body is read.
    std::optional<ApiError> refusal(const httplib::Request& request) const;
    ApiError tooLarge() const;
    void answerHealth(httplib::Response& response) const;
    void answerModel(const std::string& name, httplib::Response& response) const;
    void answerPost(AnswerKind kind, const httplib::ContentReader& content, httplib::Response& response);
    void start(std::shared_ptr<AnswerHandler> handler, bool streams, httplib::Response& response);
    void addRoutes();

    const ServedModel& model;
    Scheduler& scheduler;
    HttpSettings settings;
    TokenNames names;
    RequestReader reader;
    HttpListener server;
    int port = 0;
    const std::int64_t created = std::time(nullptr);
    std::atomic<std::int64_t> requests{0};
};

std::optional<ApiError> HttpServer::State::refusal(const httplib::Request& request) const
{
    const auto plain = [](int status, std::string message, std::string code) {
        return ApiError{status, std::move(message), "invalid_request_error", "", std::move(code)};
    };
    if (settings.key.empty() && !isOwnName(request.get_header_value("Host")))
        return plain(403, "The header Host names another machine.", "wrong_host");
    const bool isPost = request.path == "/v1/completions" || request.path == "/v1/chat/completions";
    const bool isGet =
        request.path == "/health" || request.path == "/v1/models" || request.path.starts_with("/v1/models/");
    if (!isPost && !isGet)
        return plain(404, "There is no such address; see /v1/models, /v1/completions, /v1/chat/completions, /health.",
                     "not_found");
    if (!settings.key.empty() && request.path != "/health" &&
        !hasKey(request.get_header_value("Authorization"), settings.key))
        return ApiError{401, "The API key is missing or wrong.", "authentication_error", "", "invalid_api_key"};
    if (request.method != (isPost ? "POST" : "GET"))
        return plain(405, std::string("Only ") + (isPost ? "POST" : "GET") + " is answered here.",
                     "method_not_allowed");
    if (!isPost)
        return std::nullopt;
    const std::string type = request.get_header_value("Content-Type");
    if (!type.starts_with("application/json"))
        return plain(415, "Expected the Content-Type application/json.", "unsupported_media_type");
    // What was compressed may be a thousand times as long.
    if (request.has_header("Content-Encoding"))
        return plain(415, "A request must not be compressed.", "unsupported_media_type");
    // What is somewhat too long is read, so that its sender hears of it; nothing else is.
    const std::string length = request.get_header_value("Content-Length");
    if (length.size() > 9 || (!length.empty() && length.find_first_not_of("0123456789") != std::string::npos))
        return tooLarge();
    return std::nullopt;
}

ApiError HttpServer::State::tooLarge() const
{
    return {413, "A request has at most " + std::to_string(settings.limits.bodyBytes) + " bytes.",
            "invalid_request_error", "", "too_large"};
}

void HttpServer::State::answerHealth(httplib::Response& response) const
{
    const ServeLoad load = scheduler.load();
    answer(response, 200,
           {{"status", "ok"},
            {"running", load.running},
            {"waiting", load.waiting},
            {"slots", load.slots},
            {"tokens_per_second", load.tokensPerSecond},
            {"tokens", load.tokens}});
}

void HttpServer::State::answerModel(const std::string& name, httplib::Response& response) const
{
    if (std::find(model.names.begin(), model.names.end(), name) == model.names.end())
        answer(response, modelNotFound(name));
    else
        answer(response, 200, modelJson(name, created));
}

void HttpServer::State::answerPost(AnswerKind kind, const httplib::ContentReader& content, httplib::Response& response)
{
    std::string body;
    bool tooLong = false;
    const bool whole = content([&](const char* data, std::size_t size) {
        tooLong = body.size() + size > settings.limits.bodyBytes;
        if (!tooLong)
            body.append(data, size);
        return !tooLong;
    });
    if (tooLong || response.status == 413) {
        answer(response, tooLarge());
        return;
    }
    if (!whole) {
        answer(response, ApiError{400, "The request's body is not whole.", "invalid_request_error", "", ""});
        return;
    }
    auto read = reader.read(kind, body);
    if (!read) {
        answer(response, read.error());
        return;
    }
    read->timeLimit = settings.timeLimit;
    const bool streams = read->fields.stream;
    auto handler = std::make_shared<AnswerHandler>(std::move(*read), model, names, scheduler);
    if (const auto error = handler->begin()) {
        answer(response, *error);
        return;
    }
    start(std::move(handler), streams, response);
}

/// Whether somebody still listens is only told while a body is written; so a whole answer is written as one, too.
void HttpServer::State::start(std::shared_ptr<AnswerHandler> handler, bool streams, httplib::Response& response)
{
    response.status = 200;
    response.set_chunked_content_provider(
        streams ? "text/event-stream" : "application/json",
        [handler](std::size_t, httplib::DataSink& sink) {
            if (!sink.is_writable()) {
                handler->cancel();
                return false;
            }
            switch (handler->write([&sink](const std::string& text) { return sink.write(text.data(), text.size()); })) {
            case AnswerHandler::Written::More:
                return true;
            case AnswerHandler::Written::All:
                sink.done();
                return true;
            case AnswerHandler::Written::Broken:
                break;
            }
            handler->cancel();
            return false;
        },
        [this, handler, began = Clock::now()](bool) {
            handler->cancel();
            const Usage& usage = handler->usage();
            logger("serve")->debug("request {}: {} prompt tokens, {} of them known, {} tokens, {:.2f} s", ++requests,
                                   usage.prompt, usage.cached, usage.completion,
                                   std::chrono::duration<double>(Clock::now() - began).count());
        });
}

void HttpServer::State::addRoutes()
{
    server.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
        const auto error = refusal(request);
        if (!error)
            return httplib::Server::HandlerResponse::Unhandled;
        answer(response, *error);
        return httplib::Server::HandlerResponse::Handled;
    });
    server.Get("/health", [this](const httplib::Request&, httplib::Response& response) { answerHealth(response); });
    server.Get("/v1/models", [this](const httplib::Request&, httplib::Response& response) {
        answer(response, 200, modelListJson(model.names, created));
    });
    server.Get("/v1/models/(.+)", [this](const httplib::Request& request, httplib::Response& response) {
        answerModel(request.path.substr(std::string_view("/v1/models/").size()), response);
    });
    const auto post = [this](AnswerKind kind) {
        return [this, kind](const httplib::Request&, httplib::Response& response,
                            const httplib::ContentReader& content) { answerPost(kind, content, response); };
    };
    server.Post("/v1/completions", post(AnswerKind::Completion));
    server.Post("/v1/chat/completions", post(AnswerKind::Chat));
    server.set_exception_handler([](const httplib::Request&, httplib::Response& response, std::exception_ptr) {
        logger("serve")->error("a request ended by an exception");
        answer(response, apiError(internalError("")));
    });
    server.set_payload_max_length(settings.limits.bodyBytes);
    server.set_read_timeout(5);
    server.set_write_timeout(5);
    server.set_keep_alive_max_count(1000);
    server.set_keep_alive_timeout(3);
    server.set_tcp_nodelay(true);
    server.new_task_queue = [this] { return new httplib::ThreadPool(settings.connections); };
}

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::listen(const ServedModel& model, Scheduler& scheduler,
                                                       HttpSettings settings)
{
    if (!isLoopback(settings.host) && settings.key.empty())
        return failure(wrongUsage("the address " + settings.host +
                                      " can be reached from other machines, so an API key "
                                      "is needed",
                                  "Write one into a file that only you can read and name it by --api-key-file."));
    auto state = std::make_unique<State>(model, scheduler, std::move(settings));
    state->addRoutes();
    const std::string& host = state->settings.host;
    const int wanted = state->settings.port;
    state->port = wanted == 0                                ? state->server.bind_to_any_port(host)
                  : state->server.bind_to_port(host, wanted) ? wanted
                                                             : -1;
    if (state->port < 0)
        return failure(badInput({}, host + ":" + std::to_string(wanted), "The address cannot be listened on.",
                                "Another program may have it: choose another --port, or 0 for any."));
    state->server.widenQueue();
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(state)));
}

int HttpServer::port() const
{
    return state_->port;
}

void HttpServer::run()
{
    state_->server.listen_after_bind();
}

void HttpServer::stop()
{
    state_->server.stop();
}

} // namespace hilo
