// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks.h"
#include "command.h"
#include "console.h"
#include "data_options.h"
#include "model_options.h"

#include "base/atomic_file.h"
#include "base/environment.h"
#include "base/shown_bytes.h"
#include "engine/serve/http_server.h"
#include "engine/serve/scheduler.h"
#include "engine/serve/served_model.h"

#include <thread>

namespace hilo::cli {
namespace {

struct ServeOptions
{
    ModelChoice model;
    std::string name;
    std::vector<std::string> adapters;
    HttpSettings http;
    ServeSettings engine;
    std::int64_t context = 0;
    std::int64_t timeLimit = 600;
    bool noReuse = false;
    std::filesystem::path keyFile;
    std::string variables;
};

Result<std::vector<NamedAdapter>> namedAdapters(const std::vector<std::string>& given)
{
    std::vector<NamedAdapter> adapters;
    for (const std::string& one : given) {
        const auto equals = one.find('=');
        if (equals == 0 || equals == std::string::npos || equals + 1 == one.size())
            return failure(wrongUsage("\"" + one + "\" is no --adapter",
                                      "expected NAME=RUN: what requests call it, and an adapter or run folder"));
        adapters.push_back({one.substr(0, equals), one.substr(equals + 1)});
    }
    return adapters;
}

/// The key's file, else the environment's HILO_API_KEY, else none. Never an argument: those are seen by everybody.
Result<std::string> keyOf(const std::filesystem::path& file)
{
    std::string key = environmentText("HILO_API_KEY");
    if (!file.empty()) {
        HILO_TRY(key, readFile(file, 4096));
    }
    while (!key.empty() && (key.back() == '\n' || key.back() == '\r' || key.back() == ' '))
        key.pop_back();
    if ((!file.empty() || !key.empty()) && key.size() < 16)
        return failure(badInput(file.string(), file.empty() ? "HILO_API_KEY" : "",
                                "The API key has fewer than 16 characters.",
                                "Make one: head -c 24 /dev/urandom | base64 > FILE"));
    return key;
}

/// Answers until Ctrl-C or SIGTERM, which is how a server ends: no error.
Status serve(Console& console, ServeOptions& options)
{
    HILO_TRY(const std::vector<NamedAdapter> adapters, namedAdapters(options.adapters));
    if (options.name.empty())
        options.name = servedName(options.model.model);
    HILO_TRY(options.http.key, keyOf(options.keyFile));
    HILO_TRY(options.http.chat.variables, chatVariables(options.variables));
    HILO_CHECK(findModel(options.model.model));
    const Progress progress = console.progress();
    HILO_TRY(const ServedModel model, loadServedModel(options.model, options.name, adapters, progress));
    const ModelConfig& config = model.decoder->config();
    const std::int64_t positions = config.maximumPositions > 0 ? config.maximumPositions : 2048;
    if (config.learnedPositions && options.context > positions)
        return failure(wrongUsage("--context " + std::to_string(options.context) + " is longer than the " +
                                  std::to_string(positions) + " positions that the model has"));
    options.engine.context = options.context > 0 ? options.context : std::min<std::int64_t>(positions, 2048);
    options.engine.reuse = !options.noReuse;
    options.http.limits.context = options.engine.context;
    options.http.timeLimit = std::chrono::seconds(options.timeLimit);
    Scheduler scheduler(model, options.engine);
    HILO_TRY(const auto server, HttpServer::listen(model, scheduler, options.http));
    const std::string address = "http://" + options.http.host + ":" + std::to_string(server->port()) + "/v1";
    const std::int64_t cache = Scheduler::cacheBytes(*model.decoder, options.engine);
    console.endProgress();
    if (console.json())
        console.printLine({{"address", address},
                           {"models", model.names},
                           {"quantisation", model.quantisation},
                           {"slots", options.engine.parallel},
                           {"context", options.engine.context},
                           {"cache_bytes", cache}});
    console.print("Serving at " + address + ": " + std::to_string(options.engine.parallel) + " answers at once of " +
                  std::to_string(options.engine.context) + " tokens each; their cache grows to at most " +
                  shownBytes(static_cast<std::uint64_t>(cache)) + ". Ctrl-C ends it.");
    for (const std::string& name : model.names)
        console.print("  model \"" + name + "\"");
    std::thread answering([&server] { server->run(); });
    while (!progress.isCancelled())
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    scheduler.end();
    server->stop();
    answering.join();
    console.print("Ended.");
    return {};
}

} // namespace

void addServe(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand(
        "serve", "answer requests over HTTP as OpenAI's API does, of a model and any number of adapters on it");
    const auto options = std::make_shared<ServeOptions>();
    command->add_option("MODEL", options->model.model, "Hugging Face folder, .gguf file, or org/name")->required();
    command->add_option("--adapter", options->adapters,
                        "NAME=RUN, an adapter or run folder and what requests call it; more than once for several");
    command->add_option("--name", options->name, "what requests call the model without an adapter; its folder's name");
    addComputeOptions(*command, options->model);
    command->add_option("--host", options->http.host, "address to listen on; any but this machine's own needs a key")
        ->capture_default_str();
    command->add_option("--port", options->http.port, "0: any that is free")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str();
    command
        ->add_option("--api-key-file", options->keyFile,
                     "file with the key that requests must bring; without it HILO_API_KEY of the environment, if any")
        ->check(CLI::ExistingFile);
    command->add_option("--parallel", options->engine.parallel, "answers that are made at once")
        ->check(CLI::Range(1, 1024))
        ->capture_default_str();
    command
        ->add_option("--context", options->context,
                     "tokens of a prompt with its answer; 0: the model's positions, at most 2048")
        ->check(notNegative)
        ->capture_default_str();
    command->add_option("--queue", options->engine.queue, "answers that may wait")
        ->check(CLI::Range(1, 1000000))
        ->capture_default_str();
    command->add_option("--chunk", options->engine.chunk, "tokens of prompts that are read in one pass")
        ->check(CLI::Range(1, 65536))
        ->capture_default_str();
    command->add_option("--connections", options->http.connections, "connections that are answered at once")
        ->check(CLI::Range(1, 4096))
        ->capture_default_str();
    command->add_option("--time-limit", options->timeLimit, "seconds of one request")
        ->check(CLI::Range(1, 86400))
        ->capture_default_str();
    command->add_flag("--no-prefix-reuse", options->noReuse,
                      "read every prompt anew, so that nobody learns by time or counts what others asked");
    command->add_option("--chat-template", options->http.chat.chatTemplate,
                        "one of the model's chat templates by name, or a file");
    command->add_option("--chat-variables", options->variables,
                        "JSON object of further variables for the chat template; a request's own come first");
    command->callback([=] { chosen([options](Console& console) { return serve(console, *options); }); });
}

} // namespace hilo::cli
