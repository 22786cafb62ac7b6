// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/expected_tensors.h"
#include "formats/gguf_families.h"
#include "formats/model_source.h"
#include "support/testing.h"
#include "tiny_gguf.h"

#include <cmath>
#include <numbers>

using namespace hilo;
using namespace hilo::testing;

// The files of tests/data/gguf are llama.cpp's own converter's of the models in these folders
// (tests/interop/make_gguf_fixtures.py).
namespace {

std::filesystem::path folderOf(const std::string& name)
{
    const std::filesystem::path own = dataFile("gguf/" + name);
    return std::filesystem::exists(own) ? own : dataFile("families/" + name);
}

std::vector<std::string> converted()
{
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(dataFile("gguf")))
        if (file.path().extension() == ".gguf")
            names.push_back(file.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

/// Files hold float32.
void checkSame(const std::string& what, double found, double expected)
{
    if (std::abs(found - expected) > 1e-7 * std::abs(expected))
        hilo::testing::fail(what + ": " + std::to_string(found) + " instead of " + std::to_string(expected), __FILE__,
                            __LINE__);
}

/// The inverse frequencies, which files and folders of Llama 3.1's scaling say in two ways.
std::vector<double> frequenciesOf(const ModelConfig& model, const RopeConfig& rope)
{
    const std::int64_t dimension = rope.dimension > 0 ? rope.dimension : model.headDimension;
    std::vector<double> result;
    for (std::int64_t j = 0; j < dimension / 2; ++j) {
        double frequency = std::pow(rope.theta, -2.0 * static_cast<double>(j) / static_cast<double>(dimension));
        const double wave = 2 * std::numbers::pi / frequency;
        const auto original = static_cast<double>(rope.originalMaximumPositions);
        if (rope.kind == RopeKind::Factors)
            frequency /= static_cast<double>(rope.factors[static_cast<std::size_t>(j)]);
        else if (rope.kind == RopeKind::Llama3 && wave > original / rope.lowFrequencyFactor)
            frequency /= rope.factor;
        else if (rope.kind == RopeKind::Llama3 && wave >= original / rope.highFrequencyFactor) {
            const double share =
                (original / wave - rope.lowFrequencyFactor) / (rope.highFrequencyFactor - rope.lowFrequencyFactor);
            frequency *= (1 - share) / rope.factor + share;
        }
        result.push_back(frequency);
    }
    return result;
}

void checkRope(const std::string& what, const ModelConfig& model, const RopeConfig& found, const RopeConfig& expected)
{
    const bool asFactors = found.kind == RopeKind::Factors && expected.kind == RopeKind::Llama3;
    CHECK(asFactors || found.kind == expected.kind);
    checkSame(what + " theta", found.theta, expected.theta);
    CHECK_EQ(found.dimension, expected.dimension);
    CHECK_EQ(found.interleaved, expected.interleaved);
    CHECK_EQ(found.truncate, expected.truncate);
    checkSame(what + " attention", found.attentionFactor, expected.attentionFactor);
    checkSame(what + " positions", found.positionScale, expected.positionScale);
    if (asFactors) {
        const auto mine = frequenciesOf(model, found), theirs = frequenciesOf(model, expected);
        for (std::size_t j = 0; j < theirs.size(); ++j)
            if (std::abs(mine[j] - theirs[j]) > 1e-6 * theirs[j])
                hilo::testing::fail(what + ": frequency " + std::to_string(j), __FILE__, __LINE__);
        return;
    }
    checkSame(what + " factor", found.factor, expected.factor);
    CHECK_EQ(found.turnedPairs, expected.turnedPairs);
    checkSame(what + " fast", found.betaFast, expected.betaFast);
    checkSame(what + " slow", found.betaSlow, expected.betaSlow);
    CHECK_EQ(found.originalMaximumPositions, expected.originalMaximumPositions);
    CHECK_EQ(found.factors, expected.factors);
    CHECK_EQ(found.longFactors, expected.longFactors);
}

/// What layers have of their own.
void checkLayers(const ModelConfig& found, const ModelConfig& expected)
{
    CHECK_EQ(found.layerSizes.size(), expected.layerSizes.size());
    for (std::int64_t layer = 0; layer < expected.layers; ++layer) {
        const LayerSizes mine = found.sizesOf(layer), theirs = expected.sizesOf(layer);
        CHECK_EQ(mine.headDimension, theirs.headDimension);
        CHECK_EQ(mine.keyValueHeads, theirs.keyValueHeads);
        CHECK_EQ(mine.intermediate, theirs.intermediate);
        CHECK_EQ(mine.keysAreValues, theirs.keysAreValues);
        CHECK_EQ(mine.keyValueLayer, theirs.keyValueLayer);
    }
    CHECK_EQ(found.valueNorm, expected.valueNorm);
    CHECK_EQ(found.layerScalar, expected.layerScalar);
    CHECK_EQ(found.perLayerWidth, expected.perLayerWidth);
    CHECK_EQ(found.perLayerWidth > 0 ? found.perLayerVocabulary : 0,
             expected.perLayerWidth > 0 ? expected.perLayerVocabulary : 0);
    CHECK_EQ(found.attentionGate, expected.attentionGate);
    const LinearAttention &mine = found.linearAttention, &theirs = expected.linearAttention;
    CHECK(mine.layers == theirs.layers);
    CHECK_EQ(mine.keyHeads, theirs.keyHeads);
    CHECK_EQ(mine.valueHeads, theirs.valueHeads);
    CHECK_EQ(mine.keyDimension, theirs.keyDimension);
    CHECK_EQ(mine.valueDimension, theirs.valueDimension);
    CHECK_EQ(mine.kernel, theirs.kernel);
}

/// All that arithmetic reads.
void checkConfig(const std::string& what, const ModelConfig& found, const ModelConfig& expected)
{
    CHECK_EQ(found.architecture, expected.architecture);
    CHECK(found.family == expected.family);
    CHECK_EQ(found.layers, expected.layers);
    CHECK_EQ(found.hidden, expected.hidden);
    CHECK_EQ(found.intermediate, expected.intermediate);
    CHECK_EQ(found.heads, expected.heads);
    CHECK_EQ(found.keyValueHeads, expected.keyValueHeads);
    CHECK_EQ(found.headDimension, expected.headDimension);
    CHECK_EQ(found.vocabulary, expected.vocabulary);
    // The converter writes a length of its own for hunyuan's.
    CHECK_EQ(found.maximumPositions, what == "hunyuan_v1_dense" ? 262144 : expected.maximumPositions);
    checkSame(what + " epsilon", found.normEpsilon, expected.normEpsilon);
    CHECK_EQ(found.layerNorm, expected.layerNorm);
    CHECK_EQ(found.layerNormBias, expected.layerNormBias);
    CHECK_EQ(found.normAddsOne, expected.normAddsOne);
    CHECK_EQ(found.preNorms, expected.preNorms);
    CHECK_EQ(found.postNorms, expected.postNorms);
    CHECK_EQ(found.parallelBranches, expected.parallelBranches);
    CHECK_EQ(found.sharedNorm, expected.sharedNorm);
    CHECK(found.queryKeyNorm == expected.queryKeyNorm);
    CHECK_EQ(found.queryKeyNormAfterRope, expected.queryKeyNormAfterRope);
    CHECK_EQ(found.gatedMlp, expected.gatedMlp);
    CHECK(found.fusedQueryKeyValue == expected.fusedQueryKeyValue);
    CHECK_EQ(found.fusedGateUp, expected.fusedGateUp);
    CHECK_EQ(found.transposedWeights, expected.transposedWeights);
    CHECK_EQ(found.learnedPositions, expected.learnedPositions);
    CHECK_EQ(found.scaleEmbeddings, expected.scaleEmbeddings);
    CHECK_EQ(found.queryKeyValueBias, expected.queryKeyValueBias);
    CHECK_EQ(found.outputBias, expected.outputBias);
    CHECK_EQ(found.mlpBias, expected.mlpBias);
    CHECK_EQ(found.headBias, expected.headBias);
    CHECK_EQ(found.tiedEmbeddings, expected.tiedEmbeddings);
    CHECK(found.activation == expected.activation);
    checkSame(what + " embeddings", found.embeddingFactor, expected.embeddingFactor);
    checkSame(what + " residual", found.residualFactor, expected.residualFactor);
    checkSame(what + " logits", found.logitFactor, expected.logitFactor);
    checkSame(what + " scale", found.attentionScale, expected.attentionScale);
    checkSame(what + " cap", found.attentionSoftcap, expected.attentionSoftcap);
    checkSame(what + " logit cap", found.logitSoftcap, expected.logitSoftcap);
    CHECK_EQ(found.windows, expected.windows);
    checkLayers(found, expected);
    for (std::int64_t layer = 0; layer < expected.layers; ++layer)
        CHECK(found.ropeOf(layer) == expected.ropeOf(layer));
    if (!expected.learnedPositions)
        checkRope(what, expected, found.rope, expected.rope);
    if (std::find(expected.layerRopes.begin(), expected.layerRopes.end(), LayerRope::Local) !=
        expected.layerRopes.end())
        checkRope(what + " local", expected, found.localRope, expected.localRope);
}

std::vector<float> valuesOf(const WeightSource& weights, const TensorInfo& tensor)
{
    std::vector<float> values(static_cast<std::size_t>(elementsOf(tensor)));
    REQUIRE_OK(weights.readFloat32(tensor.name, values));
    return values;
}

/// All but the MLP.
void withAttention(TinyModel& model)
{
    model.zeros("token_embd.weight", hidden, vocabulary).zeros("output_norm.weight", hidden);
    model.zeros("blk.0.attn_norm.weight", hidden).zeros("blk.0.ffn_norm.weight", hidden);
    for (const char* name : {"attn_q", "attn_k", "attn_v", "attn_output"})
        model.zeros("blk.0." + std::string(name) + ".weight", hidden, hidden);
}

} // namespace

HILO_TEST(configurationsOfLlamaCppsFiles)
{
    const std::vector<std::string> names = converted();
    CHECK_EQ(names.size(), 37u);
    for (const std::string& name : names) {
        const ModelConfig found = REQUIRE_OK(openModel(dataFile("gguf/" + name + ".gguf"))).config;
        ModelConfig expected = REQUIRE_OK(openModel(folderOf(name))).config;
        // A file doesn't tell the two apart, which compute the same.
        if (expected.family == Family::GraniteMoeShared) {
            CHECK(found.family == Family::GraniteHybrid);
            expected.family = found.family;
            expected.architecture = found.architecture;
            expected.layerRopes.assign(static_cast<std::size_t>(expected.layers), LayerRope::Main);
        }
        // Where a file says nothing of a cap llama.cpp has one of its own.
        if (expected.family == Family::Gemma4 && expected.logitSoftcap == 0)
            expected.logitSoftcap = 30;
        checkConfig(name, found, expected);
    }
}

HILO_TEST(weightsOfLlamaCppsFiles)
{
    for (const std::string& name : converted()) {
        const ModelSource file = REQUIRE_OK(openModel(dataFile("gguf/" + name + ".gguf")));
        const ModelSource folder = REQUIRE_OK(openModel(folderOf(name)));
        CHECK_EQ(file.notes.size(), file.config.logitSoftcap == 30 ? 1u : 0u);
        for (const TensorInfo& tensor : expectedTensors(folder.config)) {
            const auto expected = valuesOf(*folder.weights, tensor), found = valuesOf(*file.weights, tensor);
            // The converter has added the 1, or taken -exp, which costs the last bits.
            const bool rounded =
                (folder.config.normAddsOne && tensor.name.ends_with("norm.weight")) || tensor.name.ends_with(".A_log");
            for (std::size_t i = 0; i < expected.size(); ++i)
                if (rounded ? std::abs(found[i] - expected[i]) > 2.4e-7f : found[i] != expected[i])
                    hilo::testing::fail(name + ": " + tensor.name + "[" + std::to_string(i) + "] is " +
                                            std::to_string(found[i]) + " instead of " + std::to_string(expected[i]),
                                        __FILE__, __LINE__);
        }
    }
}

HILO_TEST(keysThatAFamilyDoesNotHaveAreRefused)
{
    const std::vector<std::tuple<std::string, std::string, double>> asked = {
        {"seed_oss", "logit_scale", 0.5},
        {"arcee", "residual_scale", 0.5},
        {"olmo2", "attention.scale", 0.5},
        {"olmo2", "attention.clamp_kqv", 8},
        {"llama", "attention.sliding_window", 8},
        {"qwen3", "attention.sliding_window", 8},
        {"smollm3", "attention.temperature_scale", 0.1},
        {"arcee", "rope.scaling.yarn_log_multiplier", 1},
        {"arcee", "rope.scaling.attn_factor", 1.5},
        {"smollm3", "rope.dimension_count", 2},
        {"glm4", "nextn_predict_layers", 1},
        {"qwen2", "rope.freq_base_swa", 100},
        {"ernie4_5", "final_logit_softcapping", 30},
    };
    for (const auto& [family, key, value] : asked) {
        TinyModel model(family);
        model.builder.real(model.key(key), static_cast<float>(value));
        CHECK_CONTAINS(REQUIRE_ERROR(model.tensors().numberedQueries().open()).place, family + "." + key);
    }
    // A factor on the rotation counts under linear scaling too, and gemma3's sliding layers take yarn's.
    const std::vector<std::pair<std::string, std::string>> scaled = {
        {"llama", "linear"}, {"gemma3", "linear"}, {"olmo2", "linear"}, {"phi3", "linear"}, {"gemma3", "yarn"}};
    for (const auto& [family, kind] : scaled)
        for (const float factor : {1.5f, 1.f}) {
            TinyModel model(family);
            model.builder.words(model.key("rope.scaling.type"), kind).real(model.key("rope.scaling.factor"), 4);
            model.builder.number(model.key("rope.scaling.original_context_length"), 8);
            model.builder.real(model.key("rope.scaling.attn_factor"), factor);
            const auto opened = model.tensors().numberedQueries().open();
            if (factor != 1.f || !opened)
                CHECK_EQ(REQUIRE_ERROR(opened).place.find("attn_factor") != std::string::npos, factor != 1.f);
        }
    TinyModel sections("glm4");
    sections.builder.numbers<std::int32_t>("glm4.rope.dimension_sections", 5, {2, 1, 1, 0});
    CHECK_CONTAINS(REQUIRE_ERROR(sections.tensors().numberedQueries().open()).place, "dimension_sections");
    TinyModel parallel("qwen2");
    parallel.builder.flag("qwen2.use_parallel_residual", true);
    CHECK_CONTAINS(REQUIRE_ERROR(parallel.tensors().numberedQueries().open()).place, "use_parallel_residual");
    TinyModel still("granite");
    still.builder.flag("granite.rope.scaling.finetuned", false).real("granite.logit_scale", 2);
    CHECK_CONTAINS(REQUIRE_ERROR(still.tensors().numberedQueries().open()).place, "rope.scaling.finetuned");
    TinyModel unscaled("granite");
    CHECK_CONTAINS(REQUIRE_ERROR(unscaled.tensors().numberedQueries().open()).place, "granite.logit_scale");
}

HILO_TEST(windowsAsLongAsTheTextAreNone)
{
    TinyModel model;
    model.builder.number("llama.attention.sliding_window", 32);
    CHECK_EQ(REQUIRE_OK(model.tensors().numberedQueries().open()).config.windows, std::vector<std::int64_t>{0});
}

HILO_TEST(tensorsThatAFamilyDoesNotHaveAreRefused)
{
    for (const char* name : {"attn_q_norm", "attn_sinks", "post_ffw_norm", "ffn_gate_inp", "attn_sub_norm"}) {
        TinyModel model;
        model.tensors().numberedQueries().zeros("blk.0." + std::string(name) + ".weight", 4);
        CHECK_CONTAINS(REQUIRE_ERROR(model.open()).place, name);
    }
    TinyModel older;
    older.tensors().numberedQueries().zeros("blk.0.attn_rot_embd.weight", 2);
    REQUIRE_OK(older.open());
    // Outside of the layers: what multiplies the embedding, the last norm or the head, or adds to them.
    for (const char* name : {"output.scale", "output.input_scale", "token_embd.scale", "output_norm.scale",
                             "token_embd_norm.weight", "position_embd.weight", "token_types.weight",
                             "per_layer_token_embd.weight", "output_res_gate.weight", "rope_freqs.scale"}) {
        TinyModel model;
        model.tensors().numberedQueries().zeros(name, 1);
        CHECK_CONTAINS(REQUIRE_ERROR(model.open()).place, name);
    }
    // What no text passes through is named, no more.
    TinyModel tower;
    tower.tensors().numberedQueries().zeros("v.patch_embd.weight", 2);
    CHECK_EQ(REQUIRE_OK(tower.open()).notes.size(), 1u);
    TinyModel longRope;
    longRope.tensors().numberedQueries().zeros("rope_factors_long.weight", 2);
    CHECK_CONTAINS(REQUIRE_ERROR(longRope.open()).place, "rope_factors_long");
}

HILO_TEST(halvesOfOneWeightBelongTogether)
{
    const auto hybrid = [](bool gate, std::int64_t up) {
        TinyModel model("granite");
        model.builder.number("granite.expert_shared_feed_forward_length", 6).real("granite.logit_scale", 2);
        withAttention(model);
        model.zeros("blk.0.ffn_up.weight", hidden, up);
        if (gate)
            model.zeros("blk.0.ffn_gate.weight", hidden, 6);
        return model.zeros("blk.0.ffn_down.weight", 6, hidden);
    };
    CHECK_EQ(REQUIRE_OK(hybrid(true, 6).open()).weights->find("model.layers.0.shared_mlp.input_linear.weight")->shape,
             (std::vector<std::int64_t>{12, hidden}));
    CHECK_CONTAINS(REQUIRE_ERROR(hybrid(false, 6).open()).message, "half");
    CHECK_CONTAINS(REQUIRE_ERROR(hybrid(true, 5).open()).message, "[11, 8]");
}

HILO_TEST(theActivationOfApertusStandsInTheMetadata)
{
    TensorInfo alpha;
    alpha.name = "model.layers.0.mlp.act_fn.alpha_p";
    alpha.shape = {1};
    const auto apertus = [](int lists, std::size_t numbers) {
        TinyModel model("apertus");
        int count = 0;
        for (const char* key : {"xielu.alpha_p", "xielu.alpha_n", "xielu.beta", "xielu.eps"})
            if (count++ < lists)
                model.builder.numbers<float>(key, 6, std::vector<float>(numbers, 0.5f));
        withAttention(model);
        model.zeros("blk.0.attn_q_norm.weight", 4).zeros("blk.0.attn_k_norm.weight", 4);
        return model.zeros("blk.0.ffn_up.weight", hidden, 6).zeros("blk.0.ffn_down.weight", 6, hidden);
    };
    CHECK_EQ(valuesOf(*REQUIRE_OK(apertus(4, 1).open()).weights, alpha), std::vector<float>{0.5f});
    CHECK_CONTAINS(REQUIRE_ERROR(apertus(3, 1).open()).place, "xielu.eps");
    CHECK_CONTAINS(REQUIRE_ERROR(apertus(4, 2).open()).message, "1 layer");
}

HILO_TEST(mistral3WithoutATemperatureIsTheTextOfMistral3)
{
    TinyModel model("mistral3");
    model.builder.words("mistral3.rope.scaling.type", "yarn").real("mistral3.rope.scaling.factor", 4);
    model.builder.number("mistral3.rope.scaling.original_context_length", 8);
    const ModelConfig config = REQUIRE_OK(model.tensors().numberedQueries().open()).config;
    CHECK(config.family == Family::Mistral && config.insideWrapper);
    CHECK_EQ(config.windows, std::vector<std::int64_t>{0});
    CHECK_EQ(config.rope.positionScale, 0);
}

HILO_TEST(longRopeNeedsBothLists)
{
    TinyModel model("phi3");
    model.tensors().zeros("rope_factors_short.weight", 2);
    CHECK_CONTAINS(REQUIRE_ERROR(model.open()).place, "rope_factors_long");
}

namespace {

/// One layer of two experts, of which a token passes one; counts: of the experts that each tensor has.
TinyModel tinyMixture(const std::string& architecture, std::int64_t gates = 2, std::int64_t downs = 2)
{
    TinyModel model(architecture);
    model.builder.number(model.key("expert_count"), 2).number(model.key("expert_used_count"), 1);
    withAttention(model);
    model.zeros("blk.0.ffn_gate_inp.weight", hidden, 2);
    const auto experts = [&](const char* name, std::vector<std::int64_t> shape) {
        std::size_t size = 1;
        for (const std::int64_t side : shape)
            size *= static_cast<std::size_t>(side);
        std::vector<float> values(size);
        for (std::size_t i = 0; i < size; ++i)
            values[i] = static_cast<float>(i);
        model.builder.floats("blk.0." + std::string(name) + ".weight", std::move(shape), values);
    };
    experts("ffn_gate_exps", {hidden, 6, gates});
    experts("ffn_up_exps", {hidden, 6, 2});
    if (downs > 0)
        experts("ffn_down_exps", {6, hidden, downs});
    return model;
}

} // namespace

HILO_TEST(expertsAreTakenOutOfTheFilesTensors)
{
    const ModelSource model = REQUIRE_OK(tinyMixture("llama").open());
    CHECK(model.config.family == Family::Mixtral);
    CHECK(model.config.mixture.experts == 2 && model.config.mixture.active == 1 &&
          model.config.mixture.intermediate == 6);
    const std::string second = "model.layers.0.block_sparse_moe.experts.1.";
    const TensorInfo gate = model.weights->find(second + "w1.weight").value();
    CHECK_EQ(gate.shape, (std::vector<std::int64_t>{6, hidden}));
    CHECK_EQ(valuesOf(*model.weights, gate).front(), 48.f);
    CHECK(model.weights->view(second + "w2.weight").has_value());
    CHECK(!model.weights->find("blk.0.ffn_gate_exps.weight"));
}

HILO_TEST(expertsThatAreMissingOrOfAnotherNumberAreNamed)
{
    CHECK_CONTAINS(REQUIRE_ERROR(tinyMixture("llama", 3).open()).place, "ffn_gate_exps");
    CHECK_CONTAINS(REQUIRE_ERROR(tinyMixture("llama", 2, 0).open()).place, "experts.0.w2");
    // Experts where the metadata knows of none, and one MLP where it knows of experts.
    TinyModel dense;
    dense.tensors().numberedQueries().zeros("blk.0.ffn_up_exps.weight", hidden, 6);
    CHECK_CONTAINS(REQUIRE_ERROR(dense.open()).place, "ffn_up_exps");
    TinyModel both = tinyMixture("llama");
    both.zeros("blk.0.ffn_up.weight", hidden, 6);
    CHECK_CONTAINS(REQUIRE_ERROR(both.open()).place, "ffn_up");
    TinyModel biased = tinyMixture("llama");
    biased.zeros("blk.0.ffn_up_exps.bias", 6, 2);
    CHECK_CONTAINS(REQUIRE_ERROR(biased.open()).place, "ffn_up_exps.bias");
    for (const char* key : {"expert_gating_func", "expert_group_count", "leading_dense_block_count"}) {
        TinyModel other = tinyMixture("llama");
        other.builder.number(other.key(key), 2);
        CHECK_CONTAINS(REQUIRE_ERROR(other.open()).place, key);
    }
    TinyModel many = tinyMixture("olmoe");
    many.builder.number("olmoe.attention.clamp_kqv", 8);
    CHECK_CONTAINS(REQUIRE_ERROR(many.open()).place, "clamp_kqv");
}

namespace {

/// A gated delta net of two key heads and four value heads of two numbers each; ahead: layers behind the last.
TinyModel tinyDeltaNet(std::uint32_t ahead = 0)
{
    TinyModel model("qwen35", 1 + ahead);
    const auto number = [&](const char* key, std::int64_t value) {
        model.builder.number(model.key(key), static_cast<std::uint32_t>(value));
    };
    number("ssm.conv_kernel", 3);
    number("ssm.state_size", 2);
    number("ssm.group_count", 2);
    number("ssm.time_step_rank", 4);
    number("ssm.inner_size", 8);
    if (ahead > 0)
        number("nextn_predict_layers", ahead);
    model.zeros("token_embd.weight", hidden, vocabulary).zeros("output_norm.weight", hidden);
    model.zeros("blk.0.attn_norm.weight", hidden).zeros("blk.0.post_attention_norm.weight", hidden);
    model.zeros("blk.0.attn_qkv.weight", hidden, 16).zeros("blk.0.attn_gate.weight", hidden, 8);
    model.zeros("blk.0.ssm_conv1d.weight", 3, 16).zeros("blk.0.ssm_norm.weight", 2);
    model.builder.floats("blk.0.ssm_a", {4}, {-1, -2, -3, -4});
    model.builder.floats("blk.0.ssm_dt.bias", {4}, {1, 2, 3, 4});
    for (const char* name : {"ssm_alpha", "ssm_beta"})
        model.zeros("blk.0." + std::string(name) + ".weight", hidden, 4);
    std::vector<float> columns(static_cast<std::size_t>(8 * hidden));
    for (std::size_t i = 0; i < columns.size(); ++i)
        columns[i] = static_cast<float>(i % 8);
    model.builder.floats("blk.0.ssm_out.weight", {8, hidden}, columns);
    for (const char* name : {"ffn_gate", "ffn_up"})
        model.zeros("blk.0." + std::string(name) + ".weight", hidden, 6);
    return model.zeros("blk.0.ffn_down.weight", 6, hidden);
}

} // namespace

HILO_TEST(valueHeadsStandBesideTheirKeyHeads)
{
    const ModelSource model = REQUIRE_OK(tinyDeltaNet().open());
    const std::string net = "model.layers.0.linear_attn.";
    CHECK_EQ(valuesOf(*model.weights, model.weights->find(net + "dt_bias").value()), (std::vector<float>{1, 3, 2, 4}));
    const auto decays = valuesOf(*model.weights, model.weights->find(net + "A_log").value());
    CHECK_NEAR(decays[1], std::log(3.0), 1e-6);
    CHECK_EQ(model.weights->find(net + "conv1d.weight")->shape, (std::vector<std::int64_t>{16, 1, 3}));
    auto row = valuesOf(*model.weights, model.weights->find(net + "out_proj.weight").value());
    row.resize(8);
    CHECK_EQ(row, (std::vector<float>{0, 1, 4, 5, 2, 3, 6, 7}));
}

HILO_TEST(layersThatGuessFurtherTokensAreNotTheModels)
{
    TinyModel model = tinyDeltaNet(1);
    model.zeros("blk.1.attn_norm.weight", hidden).zeros("blk.1.nextn.eh_proj.weight", 2 * hidden, hidden);
    CHECK_EQ(REQUIRE_OK(model.open()).config.layers, 1);
    TinyModel none = tinyDeltaNet();
    none.builder.number("qwen35.nextn_predict_layers", 1);
    CHECK_CONTAINS(REQUIRE_ERROR(none.open()).place, "nextn_predict_layers");
}

HILO_TEST(damagedDeltaNetsAreNamed)
{
    TinyModel growing = tinyDeltaNet();
    growing.builder.numbers<std::int32_t>("qwen35.rope.dimension_sections", 5, {0, 0, 0, 4});
    CHECK_CONTAINS(REQUIRE_ERROR(growing.open()).place, "dimension_sections");
    TinyModel never = tinyDeltaNet();
    never.builder.number("qwen35.full_attention_interval", 0);
    CHECK_CONTAINS(REQUIRE_ERROR(never.open()).place, "full_attention_interval");
    TinyModel extra = tinyDeltaNet();
    extra.zeros("blk.0.attn_q_norm.weight", 4);
    CHECK_CONTAINS(REQUIRE_ERROR(extra.open()).place, "attn_q_norm");
    TinyModel endless("gemma4", 1 << 30);
    CHECK_CONTAINS(REQUIRE_ERROR(endless.open()).place, "block_count");
}

namespace {

/// One full layer; divisors: of its two pairs.
TinyModel tinyGemma4(const std::vector<float>& divisors, const std::vector<std::uint32_t>& widths = {6})
{
    TinyModel model("gemma4", 1, false);
    model.builder.number(model.key("attention.sliding_window"), 4);
    model.builder.numbers<std::uint32_t>(model.key("attention.sliding_window_pattern"), 4, {0});
    model.builder.numbers<std::uint32_t>(model.key("feed_forward_length"), 4, widths);
    model.builder.number(model.key("attention.key_length_swa"), 4);
    model.builder.floats("rope_freqs.weight", {2}, divisors);
    withAttention(model);
    for (const char* name : {"attn_q_norm", "attn_k_norm"})
        model.zeros("blk.0." + std::string(name) + ".weight", 4);
    for (const char* name : {"post_attention_norm", "post_ffw_norm"})
        model.zeros("blk.0." + std::string(name) + ".weight", hidden);
    model.zeros("blk.0.layer_output_scale.weight", 1);
    for (const char* name : {"ffn_gate", "ffn_up"})
        model.zeros("blk.0." + std::string(name) + ".weight", hidden, 6);
    return model.zeros("blk.0.ffn_down.weight", 6, hidden);
}

} // namespace

HILO_TEST(pairsThatStandStillAreDividedByMuch)
{
    const ModelConfig half = REQUIRE_OK(tinyGemma4({2, 1e30f}).open()).config;
    CHECK(half.rope.kind == RopeKind::Proportional && half.rope.turnedPairs == 1 && half.rope.factor == 2);
    CHECK_EQ(REQUIRE_OK(tinyGemma4({1, 1}).open()).config.rope.turnedPairs, 2);
    CHECK_CONTAINS(REQUIRE_ERROR(tinyGemma4({1, 2}).open()).place, "rope_freqs");
    CHECK_CONTAINS(REQUIRE_ERROR(tinyGemma4({1e30f, 1}).open()).place, "rope_freqs");
}

/// llama.cpp: f_final_logit_softcapping is 30 unless the key says otherwise (src/llama-hparams.h,
/// src/models/gemma4.cpp).
HILO_TEST(logitsOfGemma4AreCappedUnlessTheFileSaysOtherwise)
{
    const ModelSource silent = REQUIRE_OK(tinyGemma4({1, 1}).open());
    CHECK_EQ(silent.config.logitSoftcap, 30.0);
    CHECK_CONTAINS(silent.notes.at(0), "gemma4.final_logit_softcapping is missing");
    for (const float cap : {0.f, 4.f}) {
        TinyModel told = tinyGemma4({1, 1});
        told.builder.real("gemma4.final_logit_softcapping", cap);
        const ModelSource model = REQUIRE_OK(told.open());
        CHECK_EQ(model.config.logitSoftcap, static_cast<double>(cap));
        CHECK(model.notes.empty());
    }
}

HILO_TEST(damagedLayerSizesAreNamed)
{
    CHECK_CONTAINS(REQUIRE_ERROR(tinyGemma4({1, 1}, {6, 6}).open()).place, "feed_forward_length");
    CHECK_CONTAINS(REQUIRE_ERROR(tinyGemma4({1, 1}, {0}).open()).place, "feed_forward_length");
    const std::vector<std::pair<const char*, std::uint32_t>> numbers = {{"attention.shared_kv_layers", 1},
                                                                        {"attention.value_length_swa", 2},
                                                                        {"rope.dimension_count_swa", 2},
                                                                        {"embedding_length_per_layer_input", 3},
                                                                        {"expert_count", 2}};
    for (const auto& [key, value] : numbers) {
        TinyModel model = tinyGemma4({1, 1});
        model.builder.number(model.key(key), value);
        const Error error = REQUIRE_ERROR(model.open());
        CHECK(error.place.find(key) != std::string::npos ||
              error.place.find("per_layer_token_embd") != std::string::npos);
    }
    TinyModel scaled = tinyGemma4({1, 1});
    scaled.builder.words("gemma4.rope.scaling.type", "yarn").real("gemma4.rope.scaling.factor", 4);
    CHECK_CONTAINS(REQUIRE_ERROR(scaled.open()).place, "rope.scaling.type");
}
