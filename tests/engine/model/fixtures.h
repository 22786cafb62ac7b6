// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/decoder.h"
#include "gpu/tensor.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace hilo::testing {

/// The tiny models of tests/data/models with the logits of transformers (tests/interop/make_model_fixtures.py).
const std::vector<std::string>& fixtureModels();
/// Those of tests/data/families, one and more of every other family (tests/interop/make_family_fixtures.py).
const std::vector<std::string>& fixtureFamilies();
/// A model of either list.
std::filesystem::path fixtureFolder(const std::string& name);
std::shared_ptr<Decoder> loadFixture(const std::string& name, torch::Dtype dtype = torch::kFloat32);

struct Expected
{
    std::vector<std::int64_t> tokens;
    torch::Tensor logits; ///< [tokens, vocabulary]
};
Expected expectedOf(const std::string& name);
/// All that transformers and peft made of a model of fixtureFamilies().
std::map<std::string, torch::Tensor> expectedTensorsOf(const std::string& name);

/// Sequences laid end to end.
PackedBatch pack(const std::vector<std::vector<std::int64_t>>& sequences, std::int64_t firstPosition = 0);

double largestDifference(const torch::Tensor& a, const torch::Tensor& b);

} // namespace hilo::testing
