// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/generate_text.h"

#include "engine/evaluate/generator.h"
#include "engine/load_model.h"
#include "engine/torch_border.h"

#include <chrono>

namespace hilo {
namespace {

/// The turns of the families that special tokens tell apart.
Result<std::string> asChat(const Tokenizer& tokenizer, const std::string& system, const std::string& prompt)
{
    if (tokenizer.tokenId("<|im_start|>")) {
        const std::string before = system.empty() ? "" : "<|im_start|>system\n" + system + "<|im_end|>\n";
        return before + "<|im_start|>user\n" + prompt + "<|im_end|>\n<|im_start|>assistant\n";
    }
    if (tokenizer.tokenId("<|start_header_id|>")) {
        const auto turn = [](const std::string& role, const std::string& text) {
            return "<|start_header_id|>" + role + "<|end_header_id|>\n\n" + text;
        };
        const std::string before = system.empty() ? "" : turn("system", system + "<|eot_id|>");
        return before + turn("user", prompt + "<|eot_id|>") + turn("assistant", "");
    }
    if (tokenizer.tokenId("<start_of_turn>"))
        return "<start_of_turn>user\n" + (system.empty() ? "" : system + "\n\n") + prompt +
               "<end_of_turn>\n<start_of_turn>model\n";
    return failure(badInput({}, {}, "The model's vocabulary has no turns of a conversation.",
                            "Leave --chat out; base models continue plain text."));
}

} // namespace

Result<GeneratedText> generateText(const GenerateRequest& request, const std::function<void(const std::string&)>& sink,
                                   const Progress& progress)
{
    HILO_TRY(const LoadedModel model,
             loadModel(request.model, request.adapter, request.device, request.dtype, request.threads, progress));
    std::string prompt = request.prompt;
    if (request.chat) {
        HILO_TRY(prompt, asChat(*model.tokenizer, request.system, request.prompt));
    }
    std::vector<std::int32_t> tokens = model.tokenizer->encode(prompt, true);
    if (tokens.empty() && model.tokenizer->bos())
        tokens.push_back(*model.tokenizer->bos());
    if (tokens.empty())
        return failure(badInput({}, "prompt", "the prompt is empty; expected some text"));
    GenerationSettings settings;
    settings.maximumTokens = request.maximumTokens;
    settings.temperature = request.temperature;
    settings.topP = request.topP;
    settings.seed = request.seed;
    settings.endTokens = model.tokenizer->endTokens();
    for (const std::int64_t id : model.decoder->config().eosTokens)
        settings.endTokens.push_back(static_cast<std::int32_t>(id));

    GeneratedText result;
    result.promptTokens = static_cast<std::int64_t>(tokens.size());
    StreamDecoder stream(model.tokenizer, tokens);
    const auto start = std::chrono::steady_clock::now();
    const auto show = [&](const std::string& text) {
        result.text += text;
        if (sink && !text.empty())
            sink(text);
    };
    HILO_CHECK(atTorchBorder([&]() -> Status {
        const auto onToken = [&](std::size_t, std::int32_t token) {
            ++result.tokens;
            show(stream.push(token));
            return true;
        };
        generate(*model.decoder, model.adapter.get(), {tokens}, settings, onToken, progress);
        return {};
    }));
    show(stream.finish());
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
}

} // namespace hilo
