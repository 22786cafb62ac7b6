// SPDX-License-Identifier: GPL-3.0-or-later
#include "served_models.h"

#include "engine/evaluate/generate_text.h"
#include "engine/serve/http_server.h"

#include <httplib.h>

#include <atomic>
#include <random>
#include <thread>

using namespace hilo;
using namespace hilo::testing;

namespace {

/// A server on a free port with its thread.
class Running
{
  public:
    explicit Running(const ServedModel& model, HttpSettings http = {}, ServeSettings engine = {},
                     std::int64_t context = 128)
        : key_(http.key)
    {
        engine.context = http.limits.context = context;
        http.port = 0;
        scheduler_ = std::make_unique<Scheduler>(model, engine);
        server_ = REQUIRE_OK(HttpServer::listen(model, *scheduler_, http));
        thread_ = std::thread([this] { server_->run(); });
        // Answers as soon as the thread listens.
        while (!client().Get("/health"))
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ~Running()
    {
        scheduler_->end();
        server_->stop();
        thread_.join();
    }

    httplib::Client client() const
    {
        httplib::Client client("127.0.0.1", server_->port());
        client.set_read_timeout(120);
        if (!key_.empty())
            client.set_default_headers({{"Authorization", "Bearer " + key_}});
        return client;
    }
    ServeLoad load() const { return scheduler_->load(); }
    /// Until nothing is computed any more.
    void waitUntilIdle() const
    {
        while (load().running + load().waiting > 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }

  private:
    std::string key_;
    std::unique_ptr<Scheduler> scheduler_;
    std::unique_ptr<HttpServer> server_;
    std::thread thread_;
};

struct Got
{
    int status = 0;
    Json document;
};

Got post(const Running& server, const std::string& body, const std::string& path = "/v1/completions")
{
    auto client = server.client();
    const auto result = client.Post(path, body, "application/json");
    CHECK(result);
    return {result->status, REQUIRE_OK(parseJson(result->body, "answer"))};
}

std::string request(const std::string& model, const std::string& prompt, const Json& more = Json::object())
{
    Json body = {{"model", model}, {"prompt", prompt}, {"max_tokens", 8}, {"temperature", 0}};
    body.update(more);
    return body.dump();
}

/// The documents of a stream; its end must be there.
std::vector<Json> streamed(const std::string& text)
{
    std::vector<Json> documents;
    std::size_t at = 0;
    bool ended = false;
    while (at < text.size()) {
        CHECK_EQ(text.substr(at, 6), "data: ");
        const auto end = text.find("\n\n", at);
        CHECK(end != std::string::npos && !ended);
        const std::string data = text.substr(at + 6, end - at - 6);
        ended = data == "[DONE]";
        if (!ended)
            documents.push_back(REQUIRE_OK(parseJson(data, "event")));
        at = end + 2;
    }
    CHECK(ended);
    return documents;
}

std::string textOf(const std::vector<Json>& chunks)
{
    std::string text;
    for (const Json& chunk : chunks)
        for (const Json& choice : chunk["choices"])
            text += choice["text"].get<std::string>();
    return text;
}

/// What `hilo generate` answers.
std::string generatedText(const TinyServed& served, const std::string& adapter, const std::string& prompt)
{
    GenerateRequest request;
    request.model = served.folder() / "model";
    if (!adapter.empty())
        request.adapter = served.folder() / adapter;
    request.prompt = prompt;
    request.maximumTokens = 8;
    request.threads = 1;
    return REQUIRE_OK(generateText(request, {}, {})).text;
}

const std::string prompt = "a small bird of the forest:";

} // namespace

HILO_TEST(answersAreThoseOfGenerate)
{
    const TinyServed served;
    const Running server(served.model());
    for (const std::string model : {"tiny", "first", "second"}) {
        const std::string expected = generatedText(served, model == "tiny" ? "" : model, prompt);
        const Got whole = post(server, request(model, prompt));
        CHECK_EQ(whole.status, 200);
        CHECK_EQ(whole.document["choices"][0]["text"].get<std::string>(), expected);
        CHECK_EQ(whole.document["model"].get<std::string>(), model);
        CHECK_EQ(whole.document["usage"]["prompt_tokens"].get<std::size_t>(), served.tokens(prompt).size());
        auto client = server.client();
        const auto stream =
            client.Post("/v1/completions",
                        request(model, prompt, {{"stream", true}, {"stream_options", {{"include_usage", true}}}}),
                        "application/json");
        CHECK(stream);
        const auto chunks = streamed(stream->body);
        CHECK_EQ(textOf(chunks), expected);
        CHECK_EQ(chunks.back()["usage"]["completion_tokens"], whole.document["usage"]["completion_tokens"]);
        CHECK(!chunks[chunks.size() - 2]["choices"][0]["finish_reason"].is_null());
    }
}

HILO_TEST(severalPromptsAndChoicesComeInOrder)
{
    const TinyServed served;
    const Running server(served.model());
    const Got got = post(server, Json{{"model", "first"},
                                      {"prompt", {prompt, "the act of"}},
                                      {"n", 2},
                                      {"max_tokens", 4},
                                      {"temperature", 0},
                                      {"logprobs", 1},
                                      {"echo", true}}
                                     .dump());
    CHECK_EQ(got.status, 200);
    const Json& choices = got.document["choices"];
    CHECK_EQ(choices.size(), 4u);
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK_EQ(choices[i]["index"].get<std::size_t>(), i);
        CHECK(choices[i]["text"].get<std::string>().starts_with(i < 2 ? prompt : "the act of"));
        const Json& scores = choices[i]["logprobs"];
        CHECK(scores["token_logprobs"][0].is_null() && scores["token_logprobs"][1].is_number());
        CHECK_EQ(scores["tokens"].size(), scores["top_logprobs"].size());
    }
    CHECK_EQ(choices[0]["text"], choices[1]["text"]);
    // The prompt alone.
    const Got alone = post(server, request("first", prompt, {{"max_tokens", 0}, {"echo", true}, {"logprobs", 0}}));
    CHECK_EQ(alone.document["choices"][0]["text"].get<std::string>(), prompt);
    CHECK_EQ(alone.document["choices"][0]["logprobs"]["tokens"].size(), served.tokens(prompt).size());
}

HILO_TEST(tokenIdsStopsAndExpertsAreUnderstood)
{
    const TinyServed served;
    const Running server(served.model());
    Json body = REQUIRE_OK(parseJson(request("first", prompt), "request"));
    const std::string expected = post(server, body.dump()).document["choices"][0]["text"].get<std::string>();
    body["prompt"] = served.tokens(prompt);
    CHECK_EQ(post(server, body.dump()).document["choices"][0]["text"].get<std::string>(), expected);
    const std::string stop = expected.substr(expected.size() / 2);
    body["stop"] = stop;
    const Got stopped = post(server, body.dump());
    CHECK_EQ(stopped.document["choices"][0]["text"].get<std::string>(), expected.substr(0, expected.find(stop)));
    CHECK_EQ(stopped.document["choices"][0]["finish_reason"].get<std::string>(), "stop");
    body.erase("stop");
    body["experts"] = true;
    const Json experts = post(server, body.dump()).document["choices"][0]["experts"];
    CHECK_EQ(experts["modules"].size(), 6u);
    CHECK_EQ(experts["tokens"].size(), 7u);
    CHECK_EQ(experts["tokens"][0].size(), 6u);
    CHECK_NEAR(experts["tokens"][0][0][0][1].get<double>(), 1.0, 1e-6);
}

HILO_TEST(conversationsNeedAModelThatKnowsTurns)
{
    const TinyServed served;
    const Running server(served.model());
    const Got got =
        post(server, R"({"model": "tiny", "messages": [{"role": "user", "content": "a"}]})", "/v1/chat/completions");
    CHECK_EQ(got.status, 400);
    CHECK_CONTAINS(got.document["error"]["message"].get<std::string>(), "chat template");
}

HILO_TEST(modelsAndLoadAreTold)
{
    const TinyServed served;
    const Running server(served.model());
    auto client = server.client();
    const Json models = REQUIRE_OK(parseJson(client.Get("/v1/models")->body, "answer"));
    CHECK_EQ(models["data"].size(), 3u);
    CHECK_EQ(models["data"][1]["id"].get<std::string>(), "first");
    CHECK_EQ(client.Get("/v1/models/second")->status, 200);
    CHECK_EQ(client.Get("/v1/models/third")->status, 404);
    post(server, request("tiny", prompt));
    const Json health = REQUIRE_OK(parseJson(client.Get("/health")->body, "answer"));
    CHECK_EQ(health["status"].get<std::string>(), "ok");
    CHECK(health["tokens"].get<int>() > 0);
}

HILO_TEST(badRequestsAreRefusedAndChangeNothing)
{
    const TinyServed served;
    const Running server(served.model());
    const std::string before = post(server, request("first", prompt)).document["choices"].dump();
    std::string longPrompt; // more tokens than the context has
    for (int i = 0; i < 128; ++i)
        longPrompt += " bird";
    for (const auto& [body, status] : std::vector<std::pair<std::string, int>>{
             {"", 400},
             {"[]", 400},
             {"{\"model\": \"tiny\", \"prompt\": \"a\", \"suffix\": \"b\"}", 400},
             {request("none", prompt), 404},
             {request("/etc/passwd", prompt), 404},
             {request("tiny", "", {{"prompt", Json::array()}}), 400},
             {request("tiny", longPrompt), 400},
             {request("tiny", prompt, {{"n", 1000}}), 400},
             {std::string(200000, '['), 400},
             {std::string(5 << 20, 'x'), 413},
         })
        CHECK_EQ(body.substr(0, 60) + ": " + std::to_string(post(server, body).status),
                 body.substr(0, 60) + ": " + std::to_string(status));
    auto client = server.client();
    CHECK_EQ(client.Get("/etc/passwd")->status, 404);
    CHECK_EQ(client.Get("/v1/models/../../etc/passwd")->status, 404);
    CHECK_EQ(client.Get("/v1/completions")->status, 405);
    CHECK_EQ(client.Post("/v1/completions", "model=tiny", "application/x-www-form-urlencoded")->status, 415);
    const httplib::Headers zipped = {{"Content-Encoding", "gzip"}};
    CHECK_EQ(client.Post("/v1/completions", zipped, "x", "application/json")->status, 415);
    const httplib::Headers foreign = {{"Host", "example.com"}};
    CHECK_EQ(client.Get("/v1/models", foreign)->status, 403);
    CHECK_EQ(post(server, request("first", prompt)).document["choices"].dump(), before);
}

HILO_TEST(otherAddressesNeedAKeyAndWithOneNobodyElseIsAnswered)
{
    const TinyServed served;
    Scheduler scheduler(served.model(), {});
    HttpSettings open;
    open.host = "0.0.0.0";
    open.port = 0;
    CHECK_CONTAINS(describe(REQUIRE_ERROR(HttpServer::listen(served.model(), scheduler, open))), "--api-key-file");
    HttpSettings closed;
    closed.key = "a key of many letters";
    const Running server(served.model(), closed);
    CHECK_EQ(post(server, request("tiny", prompt)).status, 200);
    auto client = server.client();
    client.set_default_headers({{"Authorization", "Bearer a key of many letter"}});
    CHECK_EQ(client.Get("/v1/models")->status, 401);
    CHECK_EQ(client.Post("/v1/completions", request("tiny", prompt), "application/json")->status, 401);
}

HILO_TEST(aFullQueueIsTold)
{
    const TinyServed served;
    ServeSettings narrow;
    narrow.queue = 1;
    const Running server(served.model(), {}, narrow);
    CHECK_EQ(post(server, request("tiny", prompt, {{"n", 2}})).status, 429);
    CHECK_EQ(post(server, request("tiny", prompt)).status, 200);
}

HILO_TEST(whoLeavesIsNotComputedForAnyLonger)
{
    const TinyServed served;
    ServeSettings one;
    one.parallel = 1;
    const Running server(served.model(), {}, one, 100000);
    Json endless = {{"max_tokens", 90000}, {"logit_bias", Json::object()}};
    for (const std::int32_t end : served.model().endTokens)
        endless["logit_bias"][std::to_string(end)] = -100;
    for (const bool streams : {true, false}) {
        endless["stream"] = streams;
        httplib::Request leaving;
        leaving.method = "POST";
        leaving.path = "/v1/completions";
        leaving.body = request("tiny", prompt, endless);
        leaving.set_header("Content-Type", "application/json");
        leaving.content_receiver = [](const char*, std::size_t, std::uint64_t, std::uint64_t) { return false; };
        auto client = server.client();
        // Of an answer that comes as a whole there is nothing to receive.
        client.set_read_timeout(streams ? 120 : 0, streams ? 0 : 300000);
        client.send(leaving);
        client.stop();
        server.waitUntilIdle();
    }
    CHECK(server.load().tokens < 90000);
    CHECK_EQ(post(server, request("tiny", prompt)).status, 200);
}

/// The short form of tests/bench/serve_clients.py.
HILO_TEST(manyClientsOfWhomSomeLeaveOrSendNonsense)
{
    const TinyServed served;
    ServeSettings engine;
    engine.parallel = 8;
    const Running server(served.model(), {}, engine);
    std::map<std::string, std::string> expected;
    for (const std::string model : {"tiny", "first", "second"})
        expected[model] = generatedText(served, model == "tiny" ? "" : model, prompt);
    std::atomic<int> right{0}, wrong{0};
    std::vector<std::thread> clients;
    for (unsigned c = 0; c < 64; ++c)
        clients.emplace_back([&, c] {
            std::mt19937 random(c);
            const std::string model = std::vector<std::string>{"tiny", "first", "second"}[c % 3];
            for (int round = 0; round < 4; ++round) {
                auto client = server.client();
                const auto kind = random() % 4;
                if (kind == 0) {
                    client.Post("/v1/completions", std::string(random() % 50, '{'), "application/json");
                } else if (kind == 1) {
                    httplib::Request leaving;
                    leaving.method = "POST";
                    leaving.path = "/v1/completions";
                    leaving.body = request(model, prompt, {{"stream", true}, {"max_tokens", 60}});
                    leaving.set_header("Content-Type", "application/json");
                    leaving.content_receiver = [](const char*, std::size_t, std::uint64_t, std::uint64_t) {
                        return false;
                    };
                    client.send(leaving);
                } else {
                    const auto got =
                        client.Post("/v1/completions", request(model, prompt, {{"stream", true}}), "application/json");
                    const bool isRight = got && got->status == 200 && textOf(streamed(got->body)) == expected[model];
                    ++(isRight ? right : wrong);
                }
            }
        });
    for (std::thread& client : clients)
        client.join();
    CHECK(right > 0);
    CHECK_EQ(wrong.load(), 0);
    server.waitUntilIdle();
}
