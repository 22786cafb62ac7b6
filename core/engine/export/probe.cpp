// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/probe.h"

#include "gpu/kernels/counter_random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace hilo {
namespace {

constexpr std::array<std::int64_t, 3> lengths{32, 17, 5};
constexpr std::uint64_t seed = 20240915;

} // namespace

PackedBatch probeBatch(const ModelConfig& model)
{
    std::vector<std::int64_t> tokens, positions;
    PackedBatch batch;
    batch.starts = {0};
    for (const std::int64_t length : lengths) {
        for (std::int64_t i = 0; i < std::min(length, model.maximumPositions); ++i) {
            tokens.push_back(static_cast<std::int64_t>(gpu::counterRandom(seed, tokens.size()) %
                                                       static_cast<std::uint64_t>(model.vocabulary)));
            positions.push_back(i);
        }
        batch.starts.push_back(static_cast<std::int64_t>(tokens.size()));
    }
    batch.tokens = torch::tensor(tokens, torch::kInt64);
    batch.positions = torch::tensor(positions, torch::kInt64);
    return batch;
}

torch::Tensor probeLogits(const Decoder& decoder, ModuleAdapter* adapter, const PackedBatch& batch)
{
    const torch::NoGradGuard noGradients;
    ForwardOptions options;
    options.adapter = adapter;
    return decoder.logits(decoder.hidden(batch, options));
}

LogitDifference compareLogits(const torch::Tensor& actual, const torch::Tensor& expected)
{
    LogitDifference difference;
    difference.greatest = (actual - expected).abs().max().item<double>();
    if (std::isnan(difference.greatest))
        difference.greatest = std::numeric_limits<double>::infinity();
    difference.greatestLogit = expected.abs().max().item<double>();
    difference.tokens = expected.size(0);
    difference.sameChoice = (actual.argmax(1) == expected.argmax(1)).sum().item<std::int64_t>();
    return difference;
}

} // namespace hilo
