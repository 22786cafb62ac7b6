// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "console.h"

#include "engine/evaluate/generate_text.h"

namespace hilo::cli {

void addGenerate(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand("generate", "continue a prompt, streamed; greedy unless told otherwise");
    const auto request = std::make_shared<GenerateRequest>();
    command->add_option("MODEL", request->model, "Hugging Face folder or .gguf file")->required();
    command->add_option("--adapter", request->adapter, "adapter or run folder");
    command->add_option("--prompt", request->prompt, "")->required();
    command->add_flag("--chat", request->chat, "put the prompt into the model's turns of a conversation");
    command->add_option("--system", request->system, "system message of the conversation")->needs("--chat");
    command->add_option("--max-tokens", request->maximumTokens, "")->check(CLI::PositiveNumber)->capture_default_str();
    command->add_option("--temperature", request->temperature, "0: greedy")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command->add_option("--top-p", request->topP, "")->check(CLI::Range(0.0, 1.0))->capture_default_str();
    command->add_option("--seed", request->seed, "")->capture_default_str();
    command->add_option("--dtype", request->dtype, "")
        ->check(CLI::IsMember({"auto", "float32", "bfloat16"}))
        ->capture_default_str();
    command->add_option("--device", request->device, "")->capture_default_str();
    command->add_option("--threads", request->threads, "0: by measurement")
        ->check(CLI::Range(0, 4096))
        ->capture_default_str();
    command->callback([=] {
        chosen([request](Console& console) -> Status {
            HILO_TRY(const GeneratedText result,
                     generateText(
                         *request, [&console](const std::string& text) { console.stream(text); }, console.progress()));
            console.stream("\n");
            console.printJson({{"text", result.text},
                               {"prompt_tokens", result.promptTokens},
                               {"tokens", result.tokens},
                               {"seconds", result.seconds}});
            return {};
        });
    });
}

} // namespace hilo::cli
