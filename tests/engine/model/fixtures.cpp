// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixtures.h"

#include "formats/safetensors.h"
#include "support/testing.h"

#include <cstring>

namespace hilo::testing {

const std::vector<std::string>& fixtureModels()
{
    static const std::vector<std::string> names{"llama", "llama3-rope", "mistral", "qwen2",
                                                "qwen3", "gemma",       "gemma2",  "gpt2"};
    return names;
}

std::shared_ptr<Decoder> loadFixture(const std::string& name, torch::Dtype dtype)
{
    const ModelSource source = REQUIRE_OK(openModel(dataFile("models/" + name)));
    return REQUIRE_OK(Decoder::load(source, dtype, torch::kCPU));
}

Expected expectedOf(const std::string& name)
{
    const SafetensorsFile file = REQUIRE_OK(openSafetensors(dataFile("models/" + name + "/expected.safetensors")));
    const TensorView& tokens = *file.find("tokens");
    const TensorView& logits = *file.find("logits");
    Expected expected;
    expected.tokens.resize(static_cast<std::size_t>(tokens.info.shape[0]));
    std::memcpy(expected.tokens.data(), tokens.bytes.data(), tokens.bytes.size());
    expected.logits = torch::empty(logits.info.shape, torch::kFloat32);
    std::memcpy(expected.logits.data_ptr(), logits.bytes.data(), logits.bytes.size());
    return expected;
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
