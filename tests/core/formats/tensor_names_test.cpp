// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/tensor_names.h"

#include "changed_model.h"
#include "formats/model_source.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

/// The family's tensors with body in the place of "model." or "transformer.", and the head under another name.
Result<ModelSource> openWith(const std::string& family, const std::string& body, const std::string& head,
                             const ChangedTensors& more = {})
{
    const TemporaryFolder folder;
    const std::string usual = family == "gpt2" ? "transformer." : "model.";
    writeChangedModel(family, folder.path(), [&](ChangedTensors& tensors) {
        ChangedTensors renamed = more;
        for (auto& [name, tensor] : tensors)
            renamed[name.starts_with(usual) ? body + name.substr(usual.size()) : head] = std::move(tensor);
        tensors = std::move(renamed);
    });
    return openModel(folder.path());
}

std::vector<float> valuesOf(const ModelSource& model, const std::string& name)
{
    std::vector<float> values(static_cast<std::size_t>(elementsOf(*model.weights->find(name))));
    REQUIRE_OK(model.weights->readFloat32(name, values));
    return values;
}

} // namespace

HILO_TEST(findsTensorsBehindEveryPrefix)
{
    const ModelSource usual = REQUIRE_OK(openModel(dataFile("models/llama")));
    struct Layout
    {
        std::string body, head;
    };
    for (const auto& [body, head] :
         {Layout{"model.", "lm_head.weight"}, Layout{"", "lm_head.weight"},
          Layout{"language_model.model.", "language_model.lm_head.weight"},
          Layout{"model.language_model.", "lm_head.weight"},
          Layout{"model.language_model.model.", "model.language_model.lm_head.weight"},
          Layout{"language_model.", "lm_head.weight"}, Layout{"language_model.", "language_model.lm_head.weight"},
          Layout{"module.model.", "module.lm_head.weight"}, Layout{"base.", "base.lm_head.weight"}}) {
        const ModelSource model = REQUIRE_OK(openWith("llama", body, head));
        CHECK(model.notes.empty());
        for (const TensorInfo& tensor : expectedTensors(usual.config)) {
            CHECK_EQ(valuesOf(model, tensor.name), valuesOf(usual, tensor.name));
            CHECK(model.weights->view(tensor.name)->info.name == tensor.name);
        }
        for (const TensorInfo& tensor : model.weights->tensors())
            CHECK(usual.weights->find(tensor.name).has_value());
    }
    const ModelSource gpt2 = REQUIRE_OK(openWith("gpt2", "", ""));
    CHECK(gpt2.weights->find("transformer.h.0.ln_1.weight").has_value());
    CHECK(gpt2.weights->find("transformer.wpe.weight").has_value());
}

HILO_TEST(leavesOtherTensorsTheirNames)
{
    const ChangedTensors tower = {{"vision_tower.layers.0.input_layernorm.weight", filled({3}, 1)},
                                  {"vision_tower.embed_tokens.weight", filled({3}, 1)}};
    const ModelSource model =
        REQUIRE_OK(openWith("llama", "language_model.model.", "language_model.lm_head.weight", tower));
    CHECK(model.weights->find("vision_tower.layers.0.input_layernorm.weight").has_value());
    CHECK_EQ(model.notes.size(), 1u);
    CHECK_CONTAINS(model.notes.at(0), "vision_tower.");
}

HILO_TEST(refusesSeveralModelsWithoutAKnownName)
{
    const ChangedTensors second = {{"draft.layers.0.input_layernorm.weight", filled({3}, 1)}};
    const Error error = REQUIRE_ERROR(openWith("llama", "main.", "lm_head.weight", second));
    CHECK_CONTAINS(error.message, "draft.");
    CHECK_CONTAINS(error.message, "main.");
}

HILO_TEST(refusesTheNamesOfMistralsOwnReleases)
{
    const TemporaryFolder folder;
    writeChangedModel("mistral", folder.path(), [](ChangedTensors& tensors) {
        tensors = {{"layers.0.attention.wq.weight", filled({2, 2}, 1)}, {"tok_embeddings.weight", filled({2, 2}, 1)}};
    });
    const Error error = REQUIRE_ERROR(openModel(folder.path()));
    CHECK_CONTAINS(error.message, "Mistral");
    CHECK_CONTAINS(error.hint, "Hugging Face");
}
