// SPDX-License-Identifier: GPL-3.0-or-later
// LoRAs on a base's own experts, against peft and transformers (tests/interop/make_expert_lora_fixtures.py).
#include "../model/fixtures.h"
#include "engine/adapter/adapter.h"
#include "engine/export/content.h"
#include "engine/export/merged_model.h"
#include "engine/export/plain_adapter.h"
#include "export/peft.h"
#include "export/peft_reader.h"
#include "formats/safetensors.h"
#include "support/testing.h"

#include <algorithm>

using namespace hilo;
using namespace hilo::testing;
using torch::Tensor;

namespace {

using Tensors = std::map<std::string, Tensor>;

constexpr const char* families[] = {"qwen3_moe", "mixtral", "olmoe", "granitemoe", "gpt_oss", "gemma4-experts"};

Tensors tensorsOf(const std::filesystem::path& path)
{
    Tensors tensors;
    const SafetensorsFile file = REQUIRE_OK(openSafetensors(path));
    for (const TensorView& tensor : file.tensors)
        tensors[tensor.info.name] =
            torch::from_blob(const_cast<std::byte*>(tensor.bytes.data()), tensor.info.shape,
                             tensor.info.type == DataType::I64 ? torch::kInt64 : torch::kFloat32)
                .clone();
    return tensors;
}

/// One family's model, peft's adapter and what they gave together.
struct Fixture
{
    explicit Fixture(const std::string& name)
        : source(REQUIRE_OK(openModel(dataFile("families/" + name)))), folder(dataFile("expert_loras/" + name)),
          decoder(REQUIRE_OK(Decoder::load(source, torch::kFloat32, torch::kCPU, {}))),
          content(REQUIRE_OK(readPeft(folder, source.config)))
    {
        expected = tensorsOf(folder / "expected.safetensors");
    }

    Tensor logits(const Decoder& with, ModuleAdapter* adapter, bool recompute = false) const
    {
        const Tensor tokens = expected.at("tokens");
        ForwardOptions options;
        options.adapter = adapter;
        options.recomputeActivations = recompute;
        return with.logits(with.hidden(
            pack({{tokens.data_ptr<std::int64_t>(), tokens.data_ptr<std::int64_t>() + tokens.numel()}}), options));
    }

    ModelSource source;
    std::filesystem::path folder;
    std::shared_ptr<Decoder> decoder;
    AdapterContent content;
    Tensors expected;
};

double difference(const Tensor& a, const Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

} // namespace

HILO_TEST(whatPeftSavedGivesItsLogits)
{
    const torch::NoGradGuard noGradients;
    for (const char* name : families) {
        const Fixture fixture(name);
        const auto adapter = REQUIRE_OK(adapterOf(fixture.content, "peft"));
        const Tensor& expected = fixture.expected.at("logits");
        // The adapter is seen at all, and equals peft by the fused way, the plain one and in the weights.
        CHECK(difference(fixture.logits(*fixture.decoder, nullptr), expected) > 1e-2);
        CHECK_NEAR(difference(fixture.logits(*fixture.decoder, adapter.get()), expected), 0, 1e-4);
        PlainAdapter plain(fixture.content);
        CHECK_NEAR(difference(fixture.logits(*fixture.decoder, &plain), expected), 0, 1e-4);
        const auto merged = REQUIRE_OK(
            Decoder::load(mergedModel(fixture.source, fixture.content, {}), torch::kFloat32, torch::kCPU, {}));
        CHECK_NEAR(difference(fixture.logits(*merged, nullptr), expected), 0, 1e-4);
    }
}

HILO_TEST(gradientsAreThoseOfPeft)
{
    for (const char* name : families)
        for (const bool recompute : {false, true}) {
            const Fixture fixture(name);
            const auto adapter = REQUIRE_OK(adapterOf(fixture.content, "peft"));
            const Tensor logits = fixture.logits(*fixture.decoder, adapter.get(), recompute);
            const Tensor tokens = fixture.expected.at("tokens");
            torch::nll_loss(torch::log_softmax(logits.narrow(0, 0, tokens.numel() - 1), 1),
                            tokens.narrow(0, 1, tokens.numel() - 1))
                .backward();
            // Written as peft writes tensors, the gradients can be compared name by name.
            const auto gradient = REQUIRE_OK(adapterOf(fixture.content, "gradient"));
            {
                const torch::NoGradGuard noGradients;
                gradient->parameters().copy_(adapter->parameters().grad());
            }
            AdapterContent content = contentOf(*gradient, fixture.source.config);
            for (ModuleContent& module : content.modules)
                for (ExpertContent& expert : module.experts)
                    expert.scale = 1;
            const TemporaryFolder out;
            REQUIRE_OK(writePeft(content, PeftRanks::Exact, {"base", ""}, out.path()));
            std::size_t compared = 0;
            for (const auto& [key, own] : tensorsOf(out / "adapter_model.safetensors")) {
                const Tensor& expected = fixture.expected.at("gradient." + key);
                CHECK_NEAR(difference(own, expected), 0, 1e-4);
                CHECK(expected.abs().max().item<double>() > 1e-6);
                ++compared;
            }
            CHECK_EQ(compared + 2, fixture.expected.size());
        }
}

HILO_TEST(whatIsWrittenForPeftIsWhatPeftWrote)
{
    for (const char* name : families) {
        const Fixture fixture(name);
        const TemporaryFolder out;
        REQUIRE_OK(writePeft(fixture.content, PeftRanks::Exact, {"base", ""}, out.path()));
        const auto own = REQUIRE_OK(openSafetensors(out / "adapter_model.safetensors"));
        const auto theirs = REQUIRE_OK(openSafetensors(fixture.folder / "adapter_model.safetensors"));
        CHECK_EQ(own.tensors.size(), theirs.tensors.size());
        for (const TensorView& tensor : theirs.tensors) {
            const auto found = std::find_if(own.tensors.begin(), own.tensors.end(),
                                            [&](const TensorView& one) { return one.info.name == tensor.info.name; });
            CHECK(found != own.tensors.end());
            CHECK(found->info.shape == tensor.info.shape);
        }
        const AdapterContent back = REQUIRE_OK(readPeft(out.path(), fixture.source.config));
        CHECK_EQ(back.modules.size(), fixture.content.modules.size());
        const auto again = REQUIRE_OK(adapterOf(back, "again"));
        const torch::NoGradGuard noGradients;
        CHECK_NEAR(difference(fixture.logits(*fixture.decoder, again.get()), fixture.expected.at("logits")), 0, 1e-4);
        // The own format too.
        const TemporaryFolder saved;
        REQUIRE_OK(again->save(saved.path()));
        const auto loaded = REQUIRE_OK(MixtureAdapter::load(saved.path(), fixture.source.config, torch::kCPU));
        CHECK(loaded->map() == again->map());
        CHECK_NEAR(difference(fixture.logits(*fixture.decoder, loaded.get()), fixture.expected.at("logits")), 0, 1e-4);
    }
}
