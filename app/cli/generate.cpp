// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks.h"
#include "command.h"
#include "console.h"
#include "data_options.h"
#include "model_options.h"

#include "engine/evaluate/generate_text.h"

#include <cmath>

namespace hilo::cli {
namespace {

Json asJson(const std::vector<ChosenExperts>& chosen)
{
    Json modules = Json::array();
    for (const ChosenExperts& experts : chosen) {
        Json one = Json::array();
        for (const auto& [expert, gate] : experts)
            one.push_back({expert, std::round(gate * 1000) / 1000});
        modules.push_back(std::move(one));
    }
    return modules;
}

/// One object a line: {"event": "started", "modules": [{"layer", "module", "experts"}]}; {"event": "token", "index",
/// "text", "prompt"}; {"event": "experts", "index", "chosen": [[[expert, gate], …], …]} by module, heaviest first.
GenerationEvents asLines(Console& console)
{
    GenerationEvents events;
    events.started = [&console](const std::vector<RoutedModule>& modules) {
        Json list = Json::array();
        for (const RoutedModule& one : modules)
            list.push_back({{"layer", one.layer}, {"module", one.module}, {"experts", one.experts}});
        console.printLine({{"event", "started"}, {"modules", std::move(list)}});
    };
    events.token = [&console](std::int64_t index, const std::string& text, bool isPrompt) {
        console.printLine({{"event", "token"}, {"index", index}, {"text", text}, {"prompt", isPrompt}});
    };
    events.experts = [&console](std::int64_t index, const std::vector<ChosenExperts>& chosen) {
        console.printLine({{"event", "experts"}, {"index", index}, {"chosen", asJson(chosen)}});
    };
    return events;
}

} // namespace

void addGenerate(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand("generate", "continue a prompt, streamed; greedy unless told otherwise");
    const auto request = std::make_shared<GenerateRequest>();
    const auto lines = std::make_shared<bool>(false);
    addModelOptions(*command, *request);
    auto* prompt = command->add_option("--prompt", request->prompt, "");
    command->add_flag("--chat", request->chat, "put the prompt into the model's turns of a conversation");
    auto* system =
        command->add_option("--system", request->system, "system message of the conversation")->needs("--chat");
    auto* messages = command
                         ->add_option("--messages", request->messages,
                                      "JSON file with a conversation that the assistant goes on with, instead of "
                                      "--prompt")
                         ->needs("--chat")
                         ->excludes(prompt)
                         ->excludes(system);
    const auto variables = std::make_shared<std::string>();
    command
        ->add_option("--chat-template", request->chatChoice.chatTemplate,
                     "one of the model's chat templates by name, or a file")
        ->needs("--chat");
    command
        ->add_option("--chat-variables", *variables,
                     "JSON object of further variables for the chat template, {\"enable_thinking\": false}")
        ->needs("--chat");
    command->add_option("--max-tokens", request->maximumTokens, "")->check(positive)->capture_default_str();
    command->add_option("--temperature", request->temperature, "0: greedy")->check(notNegative)->capture_default_str();
    command->add_option("--top-p", request->topP, "")->check(CLI::Range(0.0, 1.0))->capture_default_str();
    command->add_option("--top-k", request->topK, "the likeliest so many tokens alone; 0: all")
        ->check(notNegative)
        ->capture_default_str();
    command->add_option("--min-p", request->minP, "at least this share of the likeliest token's probability")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command->add_option("--repetition-penalty", request->repetitionPenalty, "of tokens that the text has; 1: none")
        ->check(positive)
        ->capture_default_str();
    command->add_option("--seed", request->seed, "")->capture_default_str();
    command->add_flag("--stream-json", *lines, "print tokens and the experts they chose as JSON objects, one a line");
    command->callback([=] {
        const bool hasPrompt = prompt->count() + messages->count() > 0;
        chosen([request, lines, variables, hasPrompt](Console& console) -> Status {
            if (!hasPrompt)
                return failure(wrongUsage("expected --prompt TEXT, or --chat with --messages FILE"));
            HILO_CHECK(findModel(request->model));
            HILO_TRY(request->chatChoice.variables, chatVariables(*variables));
            if (*lines && console.json())
                return failure(wrongUsage("--stream-json and --json exclude one another"));
            GenerationEvents events;
            if (*lines)
                events = asLines(console);
            else
                events.token = [&console](std::int64_t, const std::string& text, bool isPrompt) {
                    if (!isPrompt)
                        console.stream(text);
                };
            const Progress progress = console.progress();
            HILO_TRY(const GeneratedText result, generateText(*request, events, progress));
            if (*lines) {
                console.printLine({{"event", "finished"},
                                   {"quantisation", result.quantisation},
                                   {"prompt_tokens", result.promptTokens},
                                   {"tokens", result.tokens},
                                   {"seconds", result.seconds}});
                return progress.isCancelled() ? Status(failure(cancelled())) : Status();
            }
            console.stream("\n");
            // What there is has been shown as it came; a document of it would look like a whole answer.
            if (progress.isCancelled())
                return failure(cancelled());
            console.printJson({{"text", result.text},
                               {"quantisation", result.quantisation},
                               {"prompt_tokens", result.promptTokens},
                               {"tokens", result.tokens},
                               {"seconds", result.seconds}});
            return {};
        });
    });
}

} // namespace hilo::cli
