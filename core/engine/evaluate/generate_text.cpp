// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/generate_text.h"

#include "engine/evaluate/generator.h"
#include "engine/load_model.h"
#include "engine/torch_border.h"

#include <algorithm>
#include <chrono>
#include <map>

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

/// Turns the gates of each pass into the events of its tokens.
class RoutingTeller
{
  public:
    RoutingTeller(MixtureAdapter* adapter, const ModelConfig& model, const GenerationEvents& events)
        : adapter_(adapter), events_(events)
    {
        std::vector<RoutedModule> modules;
        if (adapter_)
            for (std::size_t layer = 0; layer < adapter_->map().layers.size(); ++layer)
                for (const ModuleShape& shape : moduleShapes(model)) {
                    const auto& allocations = adapter_->map().layers[layer];
                    const auto found = allocations.find(shape.name);
                    if (found == allocations.end() || !found->second.hasRouter())
                        continue;
                    places_[{static_cast<std::int64_t>(layer), shape.name}] = modules.size();
                    modules.push_back({static_cast<std::int64_t>(layer), shape.name, found->second.experts()});
                }
        experts_ = modules;
        if (events_.started)
            events_.started(modules);
        if (adapter_ && events_.experts)
            adapter_->observeGates([this](std::int64_t layer, const std::string& module, const torch::Tensor& gates) {
                observe(layer, module, gates);
            });
    }
    RoutingTeller(const RoutingTeller&) = delete;
    RoutingTeller& operator=(const RoutingTeller&) = delete;
    ~RoutingTeller()
    {
        if (adapter_)
            adapter_->observeGates({});
    }

    /// What was gathered since the last call; call after each pass.
    void tell()
    {
        for (const std::vector<ChosenExperts>& chosen : pass_)
            events_.experts(next_++, chosen);
        pass_.clear();
    }

  private:
    void observe(std::int64_t layer, const std::string& module, const torch::Tensor& gates)
    {
        const std::size_t place = places_.at({layer, module});
        const torch::Tensor values = gates.to(torch::kCPU).contiguous();
        const auto tokens = static_cast<std::size_t>(values.size(0));
        const std::int64_t columns = values.size(1);
        pass_.resize(std::max(pass_.size(), tokens), std::vector<ChosenExperts>(places_.size()));
        for (std::size_t token = 0; token < tokens; ++token) {
            const float* row = values.data_ptr<float>() + static_cast<std::int64_t>(token) * columns;
            ChosenExperts& chosen = pass_[token][place];
            for (int expert = 0; expert < experts_[place].experts; ++expert)
                if (row[expert] > 0)
                    chosen.emplace_back(expert, row[expert]);
            std::stable_sort(chosen.begin(), chosen.end(),
                             [](const auto& a, const auto& b) { return a.second > b.second; });
        }
    }

    MixtureAdapter* adapter_;
    const GenerationEvents& events_;
    std::vector<RoutedModule> experts_;
    std::map<std::pair<std::int64_t, std::string>, std::size_t> places_;
    std::vector<std::vector<ChosenExperts>> pass_; ///< a token, a module
    std::int64_t next_ = 0;
};

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
    RoutingTeller routing(model.adapter.get(), model.decoder->config(), events);
    tellPrompt(model.tokenizer, tokens, events);
    StreamDecoder stream(model.tokenizer, tokens);
    const auto start = std::chrono::steady_clock::now();
    const auto show = [&](std::int64_t index, const std::string& text) {
        result.text += text;
        if (events.token)
            events.token(index, text, false);
    };
    HILO_CHECK(atTorchBorder([&]() -> Status {
        const auto onToken = [&](std::size_t, std::int32_t token) {
            routing.tell();
            show(result.promptTokens + result.tokens, stream.push(token));
            ++result.tokens;
            return true;
        };
        generate(*model.decoder, model.adapter.get(), {tokens}, settings, onToken, progress);
        routing.tell();
        return {};
    }));
    if (const std::string rest = stream.finish(); !rest.empty())
        show(result.promptTokens + result.tokens - 1, rest);
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
}

} // namespace hilo
