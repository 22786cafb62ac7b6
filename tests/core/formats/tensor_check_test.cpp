// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/tensor_check.h"

#include "changed_model.h"
#include "formats/model_source.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

constexpr const char* embedding = "model.embed_tokens.weight";

Result<ModelSource> openChanged(const std::string& family, const std::function<void(ChangedTensors&)>& change,
                                const Json& keys = Json::object())
{
    const TemporaryFolder folder;
    writeChangedModel(family, folder.path(), change, [&keys](Json& config) { config.update(keys); });
    return openModel(folder.path());
}

} // namespace

HILO_TEST(usesAHeadThatDiffersFromTheTiedEmbedding)
{
    const Json tied = {{"tie_word_embeddings", true}};
    const ModelSource own = REQUIRE_OK(openChanged(
        "llama", [](ChangedTensors&) {}, tied));
    CHECK(!own.config.tiedEmbeddings);
    CHECK_EQ(own.notes.size(), 1u);
    CHECK_CONTAINS(own.notes.at(0), "lm_head.weight");

    const ModelSource copy = REQUIRE_OK(openChanged(
        "llama", [](ChangedTensors& tensors) { tensors["lm_head.weight"] = tensors[embedding]; }, tied));
    CHECK(copy.config.tiedEmbeddings);
    CHECK(copy.notes.empty());

    // One value of the last row.
    const ModelSource almost = REQUIRE_OK(openChanged(
        "llama",
        [](ChangedTensors& tensors) {
            tensors["lm_head.weight"] = tensors[embedding];
            tensors["lm_head.weight"].bytes.back() ^= std::byte{1};
        },
        tied));
    CHECK(!almost.config.tiedEmbeddings);
    CHECK_EQ(parameterCount(almost.config), parameterCount(own.config));
}

HILO_TEST(ignoresWhatTheModelDoesNotNeed)
{
    const ModelSource model = REQUIRE_OK(openChanged("llama", [](ChangedTensors& tensors) {
        tensors["model.layers.0.self_attn.rotary_emb.inv_freq"] = filled({4}, 1);
        tensors["a.empty"] = zeros({0}, DataType::F32);
        tensors["b.empty"] = zeros({0, 7}, DataType::BF16);
        tensors["scalar"] = zeros({}, DataType::F64);
        tensors["score.weight"] = zeros({2, 3}, DataType::I8);
    }));
    CHECK_EQ(model.notes.size(), 1u);
    CHECK_CONTAINS(model.notes.at(0), "are not used: scalar, score.weight.");
    const ModelSource heads = REQUIRE_OK(openChanged("llama", [](ChangedTensors& tensors) {
        for (const char* name : {"value.0", "value.1", "value.2", "value.3", "value.4"})
            tensors[name] = zeros({2}, DataType::F32);
    }));
    CHECK_CONTAINS(heads.notes.at(0), "are not used: value.0, value.1, value.2 and 2 more.");
    const ModelSource gpt2 = REQUIRE_OK(openChanged("gpt2", [](ChangedTensors& tensors) {
        tensors["transformer.h.0.attn.bias"] = zeros({1, 1, 8, 8}, DataType::Bool);
        tensors["transformer.h.0.attn.masked_bias"] = zeros({}, DataType::F32);
    }));
    CHECK(gpt2.notes.empty());
}

HILO_TEST(saysWhyAWeightIsEmpty)
{
    for (const char* name : {"model.layers.1.mlp.up_proj.weight", embedding, "model.norm.weight"}) {
        const Error error = REQUIRE_ERROR(
            openChanged("llama", [name](ChangedTensors& tensors) { tensors[name] = zeros({0}, DataType::BF16); }));
        CHECK_CONTAINS(error.place, name);
        CHECK_CONTAINS(error.message, "no elements");
        CHECK_CONTAINS(error.hint, "ZeRO-3");
    }
}

HILO_TEST(refusesABiasThatTheConfigDoesNotName)
{
    const std::string bias = "model.layers.1.self_attn.q_proj.bias";
    const auto with = [&bias](float value) {
        return [&bias, value](ChangedTensors& tensors) {
            const std::int64_t out = tensors["model.layers.1.self_attn.q_proj.weight"].shape[0];
            tensors[bias] = filled({out}, value);
        };
    };
    const Error error = REQUIRE_ERROR(openChanged("llama", with(0.5f)));
    CHECK_CONTAINS(error.place, bias);
    CHECK_CONTAINS(error.hint, "attention_bias");
    // Nothing is lost with zeros.
    REQUIRE_OK(openChanged("llama", with(0)));
}

HILO_TEST(tensorsOfAGatedDeltaNetAreNamed)
{
    const std::string net = "model.layers.1.linear_attn.";
    const auto errorOf = [](const std::function<void(ChangedTensors&)>& change, const Json& keys = Json::object()) {
        return REQUIRE_ERROR(openChanged("qwen3_5", change, keys));
    };
    for (const char* name :
         {"conv1d.weight", "A_log", "dt_bias", "norm.weight", "in_proj_a.weight", "out_proj.weight"}) {
        const Error missing = errorOf([&](ChangedTensors& tensors) { tensors.erase(net + name); });
        CHECK_CONTAINS(missing.place, net + name);
        CHECK_CONTAINS(missing.message, "missing");
    }
    const Error narrow = errorOf([&](ChangedTensors& tensors) { tensors[net + "A_log"] = filled({5}, 1); });
    CHECK_CONTAINS(narrow.message, "[6]");
    // Another kind of layer, and another kernel, than the weights have.
    const Error kind =
        errorOf([](ChangedTensors&) {}, {{"layer_types", {"linear_attention", "full_attention", "full_attention"}}});
    CHECK_CONTAINS(kind.place, "model.layers.1.self_attn.");
    const Error kernel = errorOf([](ChangedTensors&) {}, {{"linear_conv_kernel_dim", 4}});
    CHECK_CONTAINS(kernel.place, "conv1d.weight");
    CHECK_CONTAINS(kernel.message, "[36, 1, 4]");
    // A bias that nothing would add.
    const Error bias = errorOf([&](ChangedTensors& tensors) { tensors[net + "in_proj_z.bias"] = filled({24}, 1); });
    CHECK_CONTAINS(bias.place, net + "in_proj_z.bias");
    // The layers that predict further tokens (mtp) are not the model's.
    const ModelSource model = REQUIRE_OK(openChanged("qwen3_5", [](ChangedTensors& tensors) {
        tensors["mtp.layers.0.input_layernorm.weight"] = filled({19}, 1);
        tensors["mtp.norm.weight"] = filled({19}, 1);
    }));
    CHECK_EQ(model.notes.size(), 1u);
    CHECK_CONTAINS(model.notes.front(), "mtp.norm.weight");
}
