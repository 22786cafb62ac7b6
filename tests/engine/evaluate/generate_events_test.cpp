// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/adapter.h"
#include "engine/evaluate/generate_text.h"
#include "engine/evaluate/generator.h"
#include "engine/evaluate/routing_listener.h"
#include "engine/model/decoder.h"
#include "formats/layer_modules.h"
#include "run/run_spec.h"
#include "support/testing.h"
#include "tests/engine/train/tiny_run.h"
#include "tokenizer/tokenizer.h"

#include <map>
#include <sstream>

using namespace hilo;
using namespace hilo::testing;

namespace {

struct Told
{
    std::vector<RoutedModule> modules;
    std::map<std::int64_t, std::string> texts;
    std::map<std::int64_t, std::vector<ChosenExperts>> experts;
    std::int64_t promptTokens = 0;
};

/// A random adapter for the tiny model in folder/adapter.
void writeAdapter(const TinyRun& tiny)
{
    const RunSpec spec = REQUIRE_OK(readRunSpec(tiny.spec()));
    const ModelSource model = REQUIRE_OK(openModel(tiny.folder() / "model"));
    const auto adapter = MixtureAdapter::create(model.config, spec.map, adapterSettings(spec.training), torch::kCPU);
    torch::manual_seed(5);
    adapter->parameters().detach().normal_(0, 0.5);
    std::filesystem::create_directories(tiny.folder() / "adapter");
    REQUIRE_OK(adapter->save(tiny.folder() / "adapter"));
}

GenerateRequest requestFor(const TinyRun& tiny)
{
    GenerateRequest request;
    request.model = tiny.folder() / "model";
    request.adapter = tiny.folder() / "adapter";
    request.prompt = "a small bird of the forest:";
    request.maximumTokens = 9;
    request.threads = 1;
    return request;
}

GeneratedText listen(const GenerateRequest& request, Told& told)
{
    GenerationEvents events;
    events.started = [&](const std::vector<RoutedModule>& modules) { told.modules = modules; };
    events.token = [&](std::int64_t index, const std::string& text, bool isPrompt) {
        told.texts[index] += text;
        told.promptTokens += isPrompt;
    };
    events.experts = [&](std::int64_t index, const std::vector<ChosenExperts>& chosen) {
        CHECK_EQ(told.experts.count(index), 0u);
        told.experts[index] = chosen;
    };
    return REQUIRE_OK(generateText(request, events, {}));
}

} // namespace

HILO_TEST(tellsEveryTokenAndItsExperts)
{
    const TinyRun tiny;
    writeAdapter(tiny);
    Told told;
    const GeneratedText result = listen(requestFor(tiny), told);
    // q, v and down of both layers have two experts; up has one and no router.
    CHECK_EQ(told.modules.size(), 6u);
    CHECK_EQ(told.modules[0].module, "q_proj");
    CHECK_EQ(told.modules[5].layer, 1);
    CHECK_EQ(told.promptTokens, result.promptTokens);
    CHECK_EQ(static_cast<std::int64_t>(told.texts.size()), result.promptTokens + result.tokens);
    std::string prompt;
    std::string answer;
    for (const auto& [index, text] : told.texts)
        (index < result.promptTokens ? prompt : answer) += text;
    CHECK_CONTAINS(prompt, "a small bird of the forest:");
    CHECK_EQ(answer, result.text);
    // The last token of a full-length text is never read again.
    CHECK_EQ(static_cast<std::int64_t>(told.experts.size()), result.promptTokens + result.tokens - 1);
    for (const auto& [index, chosen] : told.experts) {
        CHECK_EQ(chosen.size(), 6u);
        for (const ChosenExperts& module : chosen) {
            CHECK_EQ(module.size(), 1u); // top 1
            CHECK_NEAR(module.front().second, 1, 1e-6);
        }
    }
}

HILO_TEST(tellsTheSameChoicesThatTrainingCounts)
{
    const TinyRun tiny;
    writeAdapter(tiny);
    Told told;
    GenerateRequest request = requestFor(tiny);
    request.maximumTokens = 1; // the experts told are then those of the prompt
    listen(request, told);

    const ModelSource source = REQUIRE_OK(openModel(request.model));
    const auto tokenizer = REQUIRE_OK(Tokenizer::load(request.model));
    const auto decoder = REQUIRE_OK(Decoder::load(source, torch::kFloat32, torch::kCPU));
    const auto adapter = REQUIRE_OK(MixtureAdapter::load(request.adapter, source.config, torch::kCPU));
    const std::vector<std::int32_t> ids = REQUIRE_OK(tokenizer->encode(request.prompt, true));
    const auto count = static_cast<std::int64_t>(ids.size());
    PackedBatch batch;
    batch.tokens = torch::tensor(std::vector<std::int64_t>(ids.begin(), ids.end()), torch::kInt64);
    batch.positions = torch::arange(count, torch::kInt64);
    batch.starts = {0, count};
    AllocationMap map = adapter->map();
    // Dropout would change the inputs, so the same adapter is loaded with none.
    AdapterSettings settings = adapter->settings();
    settings.dropout = 0;
    const auto plain = MixtureAdapter::create(source.config, map, settings, torch::kCPU);
    plain->parameters().detach().copy_(adapter->parameters().detach());
    plain->startTraining(0, 0);
    ForwardOptions options;
    options.adapter = plain.get();
    const torch::NoGradGuard noGradient;
    decoder->hidden(batch, options);
    const auto shapes = layerModules(source.config, 0);
    for (const ExpertLoad& load : plain->takeExpertLoads()) {
        std::size_t place = 0;
        while (told.modules[place].layer != load.layer ||
               told.modules[place].module != shapes[static_cast<std::size_t>(load.module)].name)
            ++place;
        for (std::size_t expert = 0; expert < load.load.size(); ++expert) {
            double chosen = 0;
            for (std::int64_t token = 0; token < count; ++token)
                for (const auto& [index, gate] : told.experts[token][place])
                    chosen += index == static_cast<int>(expert);
            CHECK_NEAR(load.load[expert], chosen / static_cast<double>(count), 1e-9);
        }
    }
}

HILO_TEST(aPromptInPartsTellsItsExpertsInOrder)
{
    const TinyRun tiny;
    writeAdapter(tiny);
    const ModelSource source = REQUIRE_OK(openModel(tiny.folder() / "model"));
    const auto decoder = REQUIRE_OK(Decoder::load(source, torch::kFloat32, torch::kCPU));
    const auto adapter = REQUIRE_OK(MixtureAdapter::load(tiny.folder() / "adapter", source.config, torch::kCPU));
    adapter->startEvaluation();
    RoutingListener listener(*adapter, source.config);
    std::vector<std::vector<std::vector<ChosenExperts>>> told;
    for (const std::int64_t scores : {std::int64_t{1}, std::int64_t{1} << 25}) {
        GenerationSettings settings;
        settings.maximumTokens = 1;
        settings.scoresAtOnce = scores;
        REQUIRE_OK(generate(*decoder, &listener, {{5, 9, 200, 31, 7}}, settings));
        told.push_back(listener.take());
    }
    CHECK_EQ(told[0].size(), 5u);
    for (std::size_t token = 0; token < 5; ++token)
        for (std::size_t module = 0; module < listener.modules().size(); ++module)
            CHECK_EQ(told[0][token][module].front().first, told[1].at(token)[module].front().first);
}

HILO_TEST(ofEqualLogitsTheSameExpertIsToldThatThePassTakes)
{
    const TinyRun tiny;
    const RunSpec spec = REQUIRE_OK(readRunSpec(tiny.spec()));
    const ModelSource source = REQUIRE_OK(openModel(tiny.folder() / "model"));
    AllocationMap map = spec.map;
    for (auto& layer : map.layers)
        for (auto& [name, module] : layer)
            module = {{1, 1, 1, 1, 1, 1, 1, 1}, 2, 8, 0};
    const auto adapter = MixtureAdapter::create(source.config, map, adapterSettings(spec.training), torch::kCPU);
    adapter->parameters().detach().zero_();
    adapter->startEvaluation();
    const auto decoder = REQUIRE_OK(Decoder::load(source, torch::kFloat32, torch::kCPU));
    RoutingListener listener(*adapter, source.config);
    GenerationSettings settings;
    settings.maximumTokens = 1;
    REQUIRE_OK(generate(*decoder, &listener, {{5, 9, 200}}, settings));
    // Equal logits: the first wins (gpu/kernels/routing_token.h).
    for (const auto& token : listener.take())
        for (const ChosenExperts& module : token)
            CHECK(module == (ChosenExperts{{0, 0.5}, {1, 0.5}}));
}

HILO_TEST(aModelAloneHasNoExperts)
{
    const TinyRun tiny;
    Told told;
    GenerateRequest request = requestFor(tiny);
    request.adapter.clear();
    const GeneratedText result = listen(request, told);
    CHECK(told.modules.empty());
    CHECK(told.experts.empty());
    CHECK_EQ(static_cast<std::int64_t>(told.texts.size()), result.promptTokens + result.tokens);
}

HILO_TEST(printsJsonLines)
{
    const TinyRun tiny;
    writeAdapter(tiny);
    const ProcessResult result =
        runProcess({HILO_BINARY_DIR "/hilo", "generate", (tiny.folder() / "model").string(), "--adapter",
                    (tiny.folder() / "adapter").string(), "--prompt", "a bird", "--max-tokens", "3", "--threads", "1",
                    "--stream-json", "--progress-json"});
    CHECK_EQ(result.exitCode, 0);
    std::map<std::string, int> count;
    std::istringstream lines(result.output);
    for (std::string line; std::getline(lines, line);)
        ++count[REQUIRE_OK(parseJson(line, "line"))["event"].get<std::string>()];
    CHECK_EQ(count["started"], 1);
    CHECK_EQ(count["finished"], 1);
    CHECK_EQ(count["token"], count["experts"] + 1);
    std::istringstream progress(result.errors);
    for (std::string line; std::getline(progress, line);) {
        const Json object = REQUIRE_OK(parseJson(line, "line"));
        CHECK(object["progress"]["done"].is_number());
        CHECK(!object["progress"]["what"].get<std::string>().empty());
    }
}
