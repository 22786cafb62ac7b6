// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixtures.h"

#include "formats/safetensors.h"
#include "support/testing.h"

#include <algorithm>
#include <cstring>

namespace hilo::testing {

const std::vector<std::string>& fixtureModels()
{
    static const std::vector<std::string> names{"llama", "llama3-rope", "mistral", "qwen2",
                                                "qwen3", "gemma",       "gemma2",  "gpt2"};
    return names;
}

const std::vector<std::string>& fixtureFamilies()
{
    static const std::vector<std::string> names{"llama3",
                                                "falcon3",
                                                "mistral-nemo",
                                                "mistral-window",
                                                "qwen2-tied",
                                                "qwen2-window",
                                                "qwen3-biased",
                                                "gemma1",
                                                "gemma2-capped",
                                                "gemma3",
                                                "gemma3-wrapped",
                                                "gemma4",
                                                "gemma4-experts",
                                                "gemma4-shared",
                                                "gemma4-unified",
                                                "gemma4-wrapped",
                                                "phi3",
                                                "phi3-longrope",
                                                "smollm3",
                                                "olmo2",
                                                "olmo3",
                                                "granite",
                                                "granitemoehybrid",
                                                "glm4",
                                                "ministral",
                                                "ministral3",
                                                "mistral3-wrapped",
                                                "exaone4",
                                                "cohere2",
                                                "seed_oss",
                                                "ernie4_5",
                                                "hunyuan_v1_dense",
                                                "arcee",
                                                "apertus",
                                                "starcoder2",
                                                "stablelm",
                                                "stablelm-parallel",
                                                "gpt_neox",
                                                "gpt_neox-serial",
                                                "nemotron",
                                                "qwen3_moe",
                                                "qwen3_moe-dense",
                                                "qwen3_moe-fused",
                                                "mixtral",
                                                "mixtral-fused",
                                                "olmoe",
                                                "olmoe-fused",
                                                "granitemoe",
                                                "granitemoe-fused",
                                                "gpt_oss",
                                                "gpt_oss-mxfp4",
                                                "phi",
                                                "phi-normed",
                                                "qwen2_moe",
                                                "qwen2_moe-dense",
                                                "qwen2_moe-fused",
                                                "granitemoeshared",
                                                "granitemoeshared-fused",
                                                "granitemoehybrid-experts",
                                                "granitemoehybrid-experts-fused",
                                                "qwen3_5",
                                                "qwen3_5-full",
                                                "qwen3_5-wrapped"};
    return names;
}

std::filesystem::path fixtureFolder(const std::string& name)
{
    const auto& families = fixtureFamilies();
    const bool isFamily = std::find(families.begin(), families.end(), name) != families.end();
    return dataFile((isFamily ? "families/" : "models/") + name);
}

std::shared_ptr<Decoder> loadFixture(const std::string& name, torch::Dtype dtype)
{
    const ModelSource source = REQUIRE_OK(openModel(fixtureFolder(name)));
    return REQUIRE_OK(Decoder::load(source, dtype, torch::kCPU));
}

Expected expectedOf(const std::string& name)
{
    const SafetensorsFile file = REQUIRE_OK(openSafetensors(fixtureFolder(name) / "expected.safetensors"));
    const TensorView& tokens = *file.find("tokens");
    const TensorView& logits = *file.find("logits");
    Expected expected;
    expected.tokens.resize(static_cast<std::size_t>(tokens.info.shape[0]));
    std::memcpy(expected.tokens.data(), tokens.bytes.data(), tokens.bytes.size());
    expected.logits = torch::empty(logits.info.shape, torch::kFloat32);
    std::memcpy(expected.logits.data_ptr(), logits.bytes.data(), logits.bytes.size());
    return expected;
}

std::map<std::string, torch::Tensor> expectedTensorsOf(const std::string& name)
{
    const SafetensorsFile file = REQUIRE_OK(openSafetensors(fixtureFolder(name) / "expected.safetensors"));
    std::map<std::string, torch::Tensor> tensors;
    for (const TensorView& view : file.tensors) {
        const TensorInfo& info = view.info;
        torch::Tensor tensor = torch::empty(info.shape, info.type == DataType::F32 ? torch::kFloat32 : torch::kInt64);
        std::memcpy(tensor.data_ptr(), view.bytes.data(), view.bytes.size());
        tensors[info.name] = tensor;
    }
    return tensors;
}

PackedBatch pack(const std::vector<std::vector<std::int64_t>>& sequences, std::int64_t firstPosition)
{
    std::vector<std::int64_t> tokens;
    std::vector<std::int64_t> positions;
    PackedBatch batch;
    batch.starts = {0};
    for (const auto& sequence : sequences) {
        for (std::size_t i = 0; i < sequence.size(); ++i) {
            tokens.push_back(sequence[i]);
            positions.push_back(firstPosition + static_cast<std::int64_t>(i));
        }
        batch.starts.push_back(static_cast<std::int64_t>(tokens.size()));
    }
    batch.tokens = torch::tensor(tokens, torch::kInt64);
    batch.positions = torch::tensor(positions, torch::kInt64);
    return batch;
}

double largestDifference(const torch::Tensor& a, const torch::Tensor& b)
{
    return (a.to(torch::kFloat32) - b.to(torch::kFloat32)).abs().max().item<double>();
}

} // namespace hilo::testing
