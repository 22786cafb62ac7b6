// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/generate_text.h"

#include "base/counted.h"
#include "base/log.h"
#include "data/chat_prompt.h"
#include "engine/base/torch_border.h"
#include "engine/evaluate/generator.h"
#include "engine/evaluate/routing_listener.h"
#include "engine/load/load_model.h"
#include "tokenizer/stream_decoder.h"

#include <chrono>
#include <optional>

namespace hilo {
namespace {

void tellPrompt(const std::shared_ptr<const Tokenizer>& tokenizer, const std::vector<std::int32_t>& tokens,
                const GenerationEvents& events)
{
    if (!events.token)
        return;
    StreamDecoder stream(tokenizer, {}, false);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        std::string text = stream.push(tokens[i]);
        if (i + 1 == tokens.size())
            text += stream.finish();
        events.token(static_cast<std::int64_t>(i), text, true);
    }
}

} // namespace

Result<GeneratedText> generateText(const GenerateRequest& request, const GenerationEvents& events,
                                   const Progress& progress)
{
    HILO_TRY(const LoadedModel model, loadModel(request, progress));
    std::string prompt = request.prompt;
    bool addSpecial = true;
    if (request.chat) {
        ChatRequest asked = chatRequestOf(request.system, request.prompt);
        if (!request.messages.empty()) {
            HILO_TRY(asked, readChatRequest(request.messages));
        }
        asked.choice = request.chatChoice;
        HILO_TRY(ChatPrompt chat, chatPrompt(*model.tokenizer, asked));
        prompt = std::move(chat.text);
        addSpecial = chat.lacksSpecial;
    }
    HILO_TRY(std::vector<std::int32_t> tokens, model.tokenizer->encode(prompt, addSpecial));
    if (tokens.empty() && model.tokenizer->bos())
        tokens.push_back(*model.tokenizer->bos());
    if (tokens.empty())
        return failure(badInput({}, "prompt", "the prompt is empty; expected some text"));
    const std::int64_t positions = model.decoder->config().maximumPositions;
    if (positions > 0 && static_cast<std::int64_t>(tokens.size()) > positions)
        logger("generate")
            ->warn("the prompt has {}, more than the {} positions that the model was made for",
                   counted(static_cast<std::int64_t>(tokens.size()), "token"), positions);
    GenerationSettings settings;
    static_cast<SamplingSettings&>(settings) = request;
    settings.maximumTokens = request.maximumTokens;
    settings.seed = request.seed;
    settings.endTokens = model.tokenizer->endTokens();
    for (const std::int64_t id : model.decoder->config().eosTokens)
        settings.endTokens.push_back(static_cast<std::int32_t>(id));

    GeneratedText result;
    result.quantisation = model.quantisation;
    result.promptTokens = static_cast<std::int64_t>(tokens.size());
    std::optional<RoutingListener> listener;
    if (model.adapter && events.experts)
        listener.emplace(*model.adapter, model.decoder->config());
    if (events.started)
        events.started(listener ? listener->modules() : std::vector<RoutedModule>{});
    std::int64_t told = 0;
    const auto tellExperts = [&] {
        if (listener && !listener->modules().empty())
            for (const std::vector<ChosenExperts>& chosen : listener->take())
                events.experts(told++, chosen);
    };
    tellPrompt(model.tokenizer, tokens, events);
    StreamDecoder stream(model.tokenizer, tokens);
    const auto start = std::chrono::steady_clock::now();
    const auto show = [&](std::int64_t index, const std::string& text) {
        result.text += text;
        if (events.token)
            events.token(index, text, false);
    };
    const Status made = atTorchBorder([&]() -> Status {
        const auto onToken = [&](std::size_t, std::int32_t token) {
            tellExperts();
            show(result.promptTokens + result.tokens, stream.push(token));
            ++result.tokens;
            return true;
        };
        ModuleAdapter* adapter = listener ? static_cast<ModuleAdapter*>(&*listener) : model.adapter.get();
        HILO_CHECK(generate(*model.decoder, adapter, {tokens}, settings, onToken, progress));
        tellExperts();
        return {};
    });
    if (!made) {
        Error error = made.error();
        if (error.code == ErrorCode::NoSpace)
            error.hint = "The prompt has " + counted(static_cast<std::int64_t>(tokens.size()), "token") +
                         ": give a shorter one or fewer --max-tokens, or use --dtype bfloat16 or "
                         "--quantisation nf4.";
        return failure(error);
    }
    if (const std::string rest = stream.finish(); !rest.empty())
        show(result.promptTokens + result.tokens - 1, rest);
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
}

} // namespace hilo
