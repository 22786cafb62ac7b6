// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/embedding_noise.h"

#include "gpu/kernels/counter_random.h"

#include <cmath>

namespace hilo {

torch::Tensor embeddingNoise(const std::vector<std::int64_t>& starts, std::int64_t hidden, double alpha,
                             const NoisePlace& place)
{
    constexpr int ofNoise = 5; // other than the kinds of an adapter's numbers
    const std::uint64_t key =
        gpu::randomKey(static_cast<std::uint64_t>(place.seed), ofNoise, place.step, place.microBatch);
    const std::int64_t tokens = starts.empty() ? 0 : starts.back();
    torch::Tensor noise = torch::empty({tokens, hidden}, torch::kFloat32);
    float* const values = noise.data_ptr<float>();
    for (std::size_t sequence = 0; sequence + 1 < starts.size(); ++sequence) {
        const std::int64_t begin = starts[sequence] * hidden, end = starts[sequence + 1] * hidden;
        const auto bound =
            static_cast<float>(alpha / std::sqrt(static_cast<double>(std::max<std::int64_t>(1, end - begin))));
        for (std::int64_t i = begin; i < end; ++i)
            values[i] = (2 * gpu::uniformFloat(gpu::counterRandom(key, static_cast<std::uint64_t>(i))) - 1) * bound;
    }
    return noise;
}

} // namespace hilo
