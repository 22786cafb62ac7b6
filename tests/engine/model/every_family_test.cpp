// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixtures.h"

#include "engine/base/tensor_file.h"
#include "engine/model/decoder_state.h"
#include "engine/model/key_value_cache.h"
#include "engine/model/streamed_model.h"
#include "formats/module_grid.h"
#include "gpu/operators/cross_entropy.h"
#include "support/testing.h"

#include <array>

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

using Tensors = std::map<std::string, Tensor>;
using Sequence = std::vector<std::int64_t>;

Sequence listOf(const Tensor& tokens)
{
    return {tokens.data_ptr<std::int64_t>(), tokens.data_ptr<std::int64_t>() + tokens.numel()};
}

/// All families that fail are named at once.
template <class Check>
void forEachFamily(const Check& check)
{
    std::string failures;
    for (const std::string& name : fixtureFamilies()) {
        try {
            check(name);
        } catch (const Failure& failure) {
            failures += "\n  " + name + ", line " + std::to_string(failure.line) + ": " + failure.message;
        }
    }
    if (!failures.empty())
        fail("not as transformers:" + failures, __FILE__, __LINE__);
}

Tensor logitsOfTexts(const Decoder& decoder, const std::vector<Sequence>& texts, const ForwardOptions& options = {})
{
    return decoder.logits(decoder.hidden(pack(texts), options));
}

/// peft's LoRA of rank 1 and alpha 1 on every linear module of layer 1.
class LayerOneLora : public ModuleAdapter
{
  public:
    LayerOneLora(const ModelConfig& config, const Tensors& tensors) : modules_(moduleGrid(config))
    {
        for (const auto& [name, tensor] : tensors)
            if (name.starts_with("lora."))
                factors_[insideLayer(name)] = tensor.clone().requires_grad_(true);
    }

    /// "self_attn.q_proj.lora_A" of "lora.model.layers.1.self_attn.q_proj.lora_A".
    static std::string insideLayer(const std::string& name) { return name.substr(name.find("layers.1.") + 9); }

    void addTo(std::int64_t layer, std::span<const int> modules, const Tensor& input,
               std::span<Tensor> outputs) override
    {
        for (std::size_t i = 0; layer == 1 && i < modules.size(); ++i) {
            const std::string& path = modules_.find(1, static_cast<std::size_t>(modules[i]))->path;
            outputs[i] = outputs[i] + torch::mm(torch::mm(input, factors_.at(path + ".lora_A").t()),
                                                factors_.at(path + ".lora_B").t());
        }
    }

    const Tensors& factors() const { return factors_; }

  private:
    ModuleGrid modules_;
    Tensors factors_;
};

/// The mean cross-entropy of the next tokens.
Tensor lossOf(const Decoder& decoder, const Tensor& tokens, const ForwardOptions& options)
{
    const Tensor logits = logitsOfTexts(decoder, {listOf(tokens)}, options);
    return torch::nll_loss(torch::log_softmax(logits.narrow(0, 0, tokens.numel() - 1), 1),
                           tokens.narrow(0, 1, tokens.numel() - 1));
}

PackedBatch nextTokens(const std::vector<Sequence>& parts, const KeyValueCache& cache)
{
    PackedBatch batch = pack(parts);
    for (std::int64_t s = 0; s < batch.sequences(); ++s) {
        const auto index = static_cast<std::size_t>(s);
        batch.positions.narrow(0, batch.starts[index], batch.starts[index + 1] - batch.starts[index])
            .add_(cache.length(s));
    }
    return batch;
}

} // namespace

HILO_TEST(logitsOfLongAndShortTexts)
{
    forEachFamily([](const std::string& name) {
        const torch::NoGradGuard noGradient;
        const auto decoder = loadFixture(name);
        const Tensors expected = expectedTensorsOf(name);
        const Sequence text = listOf(expected.at("tokens"));
        const Sequence part = listOf(expected.at("short_tokens"));
        CHECK_NEAR(largestDifference(logitsOfTexts(*decoder, {text}), expected.at("logits")), 0, 1e-4);
        CHECK_NEAR(largestDifference(logitsOfTexts(*decoder, {part}), expected.at("short_logits")), 0, 1e-4);
    });
}

HILO_TEST(packedTextsDoNotSeeEachOther)
{
    forEachFamily([](const std::string& name) {
        const torch::NoGradGuard noGradient;
        const auto decoder = loadFixture(name);
        const Tensors expected = expectedTensorsOf(name);
        const Sequence text = listOf(expected.at("tokens"));
        const Sequence part = listOf(expected.at("short_tokens"));
        const Tensor logits = logitsOfTexts(*decoder, {{5, 17, 30}, part, text, {8}});
        const std::int64_t brief = expected.at("short_tokens").numel();
        CHECK_NEAR(largestDifference(logits.narrow(0, 3, brief), expected.at("short_logits")), 0, 1e-4);
        CHECK_NEAR(largestDifference(logits.narrow(0, 3 + brief, 23), expected.at("logits")), 0, 1e-4);
    });
}

/// In a recorded step the device alone knows where sequences begin.
HILO_TEST(boundsSayWhatStartsSay)
{
    forEachFamily([](const std::string& name) {
        const torch::NoGradGuard noGradient;
        const auto decoder = loadFixture(name);
        PackedBatch batch = pack({{5, 17, 30}, listOf(expectedTensorsOf(name).at("tokens")), {8}, {9, 4}});
        const Tensor expected = decoder->hidden(batch);
        const std::vector<std::int32_t> starts(batch.starts.begin(), batch.starts.end());
        batch.bounds = torch::tensor(starts, torch::kInt32);
        CHECK_EQ(largestDifference(decoder->hidden(batch), expected), 0.0);
    });
}

HILO_TEST(gradientsOfALoraOnAllLinearModules)
{
    forEachFamily([](const std::string& name) {
        const auto decoder = loadFixture(name);
        const Tensors expected = expectedTensorsOf(name);
        for (const bool recompute : {false, true}) {
            LayerOneLora lora(decoder->config(), expected);
            lossOf(*decoder, expected.at("tokens"), {&lora, nullptr, recompute}).backward();
            for (const auto& [key, gradient] : expected) {
                if (!key.starts_with("gradient."))
                    continue;
                const Tensor own = lora.factors().at(LayerOneLora::insideLayer(key)).grad();
                CHECK(own.defined());
                CHECK_NEAR(largestDifference(own, gradient), 0, 1e-4);
            }
        }
        // peft found no other linear module in the layer.
        std::size_t adapted = 0;
        for (const auto& [key, tensor] : expected)
            adapted += key.starts_with("lora.");
        CHECK_EQ(adapted, 2 * moduleGrid(decoder->config()).layer(1).size());
    });
}

HILO_TEST(tokenByTokenEqualsTheWholeText)
{
    forEachFamily([](const std::string& name) {
        const torch::NoGradGuard noGradient;
        const auto decoder = loadFixture(name);
        const Tensor tokens = expectedTensorsOf(name).at("tokens");
        const Sequence text = listOf(tokens);
        KeyValueCache cache(decoder->config(), 2, torch::kFloat32, torch::kCPU);
        // One text crosses every window and original length in its first step, the other one token by token.
        std::size_t longer = 15, shorter = 3;
        std::vector<Sequence> parts{{text.begin(), text.begin() + 15}, {text.begin(), text.begin() + 3}};
        for (; longer <= text.size(); ++longer, ++shorter) {
            const Tensor logits = decoder->logits(decoder->hiddenCached(nextTokens(parts, cache), cache));
            const std::int64_t last = static_cast<std::int64_t>(parts[0].size()) - 1;
            const Tensor whole = logitsOfTexts(*decoder, {{text.begin(), text.begin() + static_cast<long>(longer)}});
            const Tensor other = logitsOfTexts(*decoder, {{text.begin(), text.begin() + static_cast<long>(shorter)}});
            CHECK_NEAR(largestDifference(logits[last], whole[-1]), 0, 1e-4);
            CHECK_NEAR(largestDifference(logits[-1], other[-1]), 0, 1e-4);
            if (longer < text.size())
                parts = {{text[longer]}, {text[shorter]}};
        }
        for (; shorter < text.size(); ++shorter) {
            if (cache.sequences() == 2)
                cache.keep({1});
            const Tensor logits =
                decoder->logits(decoder->hiddenCached(nextTokens({{text[shorter - 1]}}, cache), cache));
            const Tensor other = logitsOfTexts(*decoder, {{text.begin(), text.begin() + static_cast<long>(shorter)}});
            CHECK_NEAR(largestDifference(logits[-1], other[-1]), 0, 1e-4);
        }
    });
}

HILO_TEST(cachedTextsGoOnByParts)
{
    forEachFamily([](const std::string& name) {
        const torch::NoGradGuard noGradient;
        const auto decoder = loadFixture(name);
        const Sequence text = listOf(expectedTensorsOf(name).at("tokens"));
        const Sequence first(text.begin(), text.begin() + 20), second(text.begin() + 3, text.end());
        KeyValueCache cache(decoder->config(), 2, torch::kFloat32, torch::kCPU);
        decoder->hiddenCached(
            nextTokens({{first.begin(), first.begin() + 6}, {second.begin(), second.begin() + 9}}, cache), cache);
        // In another order, one of them twice.
        cache.keep({1, 0, 1});
        const std::array<const Sequence*, 3> texts = {&second, &first, &second};
        std::array<long, 3> lengths = {9, 6, 9};
        const std::vector<std::array<long, 3>> steps = {{4, 0, 2}, {1, 6, 0}, {1, 1, 7}};
        for (const std::array<long, 3>& counts : steps) {
            std::vector<Sequence> parts;
            for (std::size_t s = 0; s < 3; ++s)
                parts.emplace_back(texts[s]->begin() + lengths[s], texts[s]->begin() + lengths[s] + counts[s]);
            const Tensor logits = decoder->logits(decoder->hiddenCached(nextTokens(parts, cache), cache));
            std::int64_t row = 0;
            for (std::size_t s = 0; s < 3; ++s) {
                if (counts[s] == 0)
                    continue;
                lengths[s] += counts[s];
                const Tensor whole = logitsOfTexts(*decoder, {{texts[s]->begin(), texts[s]->begin() + lengths[s]}});
                CHECK_NEAR(largestDifference(logits.narrow(0, row, counts[s]),
                                             whole.narrow(0, lengths[s] - counts[s], counts[s])),
                           0, 1e-4);
                row += counts[s];
            }
        }
    });
}

HILO_TEST(layerByLayerFromTheFile)
{
    forEachFamily([](const std::string& name) {
        const torch::NoGradGuard noGradient;
        const Tensors expected = expectedTensorsOf(name);
        const ModelSource source = REQUIRE_OK(openModel(fixtureFolder(name)));
        StreamedModel model = REQUIRE_OK(StreamedModel::open(source, torch::kFloat32, torch::kCPU));
        const PackedBatch batch = pack({listOf(expected.at("tokens"))});
        const auto context = model.begin(batch);
        Tensor hidden = model.embed(batch);
        for (std::int64_t layer = 0; layer < model.config().layers; ++layer) {
            REQUIRE_OK(model.loadLayer(layer));
            hidden = model.layer(*context, hidden);
        }
        CHECK_NEAR(largestDifference(model.logits(model.finalNorm(hidden)), expected.at("logits")), 0, 1e-4);
    });
}

/// Gemma4's second embedding is as large as many layers together: it is not copied into the model's type.
HILO_TEST(theSecondEmbeddingIsReadWhereItIsStored)
{
    const torch::NoGradGuard noGradient;
    const TemporaryFolder folder;
    std::filesystem::copy_file(fixtureFolder("gemma4-shared") / "config.json", folder / "config.json");
    std::vector<NamedTensor> tensors;
    for (const auto& [name, tensor] : loadFixture("gemma4-shared")->tensors())
        tensors.push_back({name, tensor.to(torch::kBFloat16)});
    REQUIRE_OK(writeTensorFile(folder / "model.safetensors", tensors));
    const ModelSource source = REQUIRE_OK(openModel(folder.path()));
    StreamedModel model = REQUIRE_OK(StreamedModel::open(source, torch::kFloat32, torch::kCPU));
    const auto stored = source.weights->view("model.embed_tokens_per_layer.weight");
    CHECK(model.perLayerEmbedding().data_ptr() == static_cast<const void*>(stored->bytes.data()));
    const auto decoder = REQUIRE_OK(Decoder::load(source, torch::kFloat32, torch::kCPU));
    const std::vector<Sequence> texts{listOf(expectedTensorsOf("gemma4-shared").at("tokens")), {5, 17, 30}};
    const auto context = model.begin(pack(texts));
    Tensor hidden = model.embed(pack(texts));
    for (std::int64_t layer = 0; layer < model.config().layers; ++layer) {
        REQUIRE_OK(model.loadLayer(layer));
        hidden = model.layer(*context, hidden);
    }
    CHECK_NEAR(largestDifference(model.logits(model.finalNorm(hidden)), logitsOfTexts(*decoder, texts)), 0, 1e-5);
}

/// Losses are made of hidden states and the head's weight, without decoder.logits(): whatever belongs to the head (a
/// bias, a factor) has to be in them.
HILO_TEST(lossesOfHiddenStatesAreThoseOfTheLogits)
{
    forEachFamily([](const std::string& name) {
        const torch::NoGradGuard noGradient;
        const auto decoder = loadFixture(name);
        const Tensors expected = expectedTensorsOf(name);
        const Tensor tokens = expected.at("tokens");
        const Tensor hidden = decoder->hidden(pack({listOf(tokens)}));
        gpu::CrossEntropyOptions options;
        options.logitSoftcap = decoder->config().logitSoftcap;
        const Tensor losses = gpu::tokenCrossEntropy(hidden, decoder->outputWeight(), tokens, options);
        const Tensor logs = torch::log_softmax(expected.at("logits"), 1);
        CHECK_NEAR(largestDifference(losses, -logs.gather(1, tokens.unsqueeze(1)).squeeze(1)), 0, 2e-4);
    });
}

HILO_TEST(bfloat16IsClose)
{
    forEachFamily([](const std::string& name) {
        const torch::NoGradGuard noGradient;
        const auto decoder = loadFixture(name, torch::kBFloat16);
        const Tensors expected = expectedTensorsOf(name);
        const Tensor logits = logitsOfTexts(*decoder, {listOf(expected.at("tokens"))});
        const double scale = expected.at("logits").abs().max().item<double>();
        // Where two experts are nearly equal, rounding may choose the other one for a token; and where what a gated
        // delta net gives is nearly zero, its norm makes the rounding large: in bfloat16 transformers' own logits of
        // qwen3_5 are off by 0.21 of the scale.
        const ModelConfig& config = decoder->config();
        const bool mayDiffer = config.mixture.isMixture() || config.linearAttention.any();
        const Tensor differences = (logits - expected.at("logits")).abs();
        const Tensor difference = mayDiffer ? differences.median() : differences.max();
        CHECK_NEAR(difference.item<double>() / scale, 0, mayDiffer ? 0.03 : 0.15);
    });
}

HILO_TEST(freshModelsOfEveryFamilyAnswerAtRandom)
{
    forEachFamily([](const std::string& name) {
        const ModelConfig config = REQUIRE_OK(openModel(fixtureFolder(name))).config;
        const auto decoder = Decoder::random(config, 1);
        const Tensor tokens = expectedTensorsOf(name).at("tokens");
        const Tensor loss = lossOf(*decoder, tokens, {});
        CHECK_NEAR(loss.item<double>(), std::log(static_cast<double>(config.vocabulary)), 0.5);
        loss.backward();
        for (const auto& [path, parameter] : decoder->parameters()) {
            // No token may have passed an expert, and sinks are frozen.
            if (config.mixture.isMixture() && !parameter.grad().defined()) {
                CHECK(path.find(".experts.") != std::string::npos || path.ends_with(".sinks"));
                continue;
            }
            CHECK(parameter.grad().defined() && parameter.grad().isfinite().all().item<bool>());
        }
    });
}
