// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/rounding_noise.h"

#include "engine/export/probe.h"
#include "gpu/kernels/counter_random.h"

#include <algorithm>

namespace hilo {
namespace {

constexpr int draws = 4;
constexpr std::uint64_t noiseSeed = 20261130;
/// Of float32: the next number is this share away at most.
constexpr float oneRounding = 0x1p-23f;
/// Two orders differ by about the noise of four draws (docs/results.md: 1.47e-4 where it is 1.43e-4); draws of one
/// token differ among themselves by up to 20 times, so that a few times as much is nothing strange.
constexpr double orders = 8;
constexpr double mostByNoise = 1e-2;

/// Does what another one does, and changes every number by one rounding up or down, or not.
class RoundedAdapter : public ModuleAdapter
{
  public:
    RoundedAdapter(ModuleAdapter& inner, std::uint64_t key) : inner_(inner), key_(key) {}

    void addTo(std::int64_t layer, std::span<const int> modules, const torch::Tensor& input,
               std::span<torch::Tensor> outputs) override
    {
        inner_.addTo(layer, modules, input, outputs);
        for (torch::Tensor& output : outputs)
            output = changed(output);
    }

    bool adaptsExperts(std::int64_t layer) const override { return inner_.adaptsExperts(layer); }

    torch::Tensor addToExperts(std::int64_t layer, BaseExpertWeight weight, const torch::Tensor& input,
                               std::span<const std::int64_t> counts, const torch::Tensor& output) override
    {
        return changed(inner_.addToExperts(layer, weight, input, counts, output));
    }

  private:
    torch::Tensor changed(const torch::Tensor& output)
    {
        torch::Tensor factors = torch::empty(output.sizes(), torch::kFloat32);
        float* values = factors.data_ptr<float>();
        for (std::int64_t i = 0; i < factors.numel(); ++i)
            values[i] =
                1.0f + oneRounding * static_cast<float>(static_cast<int>(gpu::counterRandom(key_, counter_++) % 3) - 1);
        return output * factors.to(output.device(), output.scalar_type());
    }

    ModuleAdapter& inner_;
    std::uint64_t key_;
    std::uint64_t counter_ = 0;
};

} // namespace

double roundingNoise(const Decoder& decoder, ModuleAdapter* adapter, const PackedBatch& batch,
                     const torch::Tensor& expected)
{
    if (!adapter)
        return 0;
    double most = 0;
    for (int draw = 0; draw < draws; ++draw) {
        RoundedAdapter rounded(*adapter, gpu::randomKey(noiseSeed, draw));
        most = std::max(most, compareLogits(probeLogits(decoder, &rounded, batch), expected).greatest);
    }
    return most;
}

double toleranceBesideNoise(double tolerance, double noise)
{
    return std::max(tolerance, std::min(orders * noise, mostByNoise));
}

} // namespace hilo
