// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/initialise.h"

#include "gpu/kernels/counter_random.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

enum class TensorKind { LoraA = 1, Router = 2, GrownRank = 3 };

void fillUniform(std::span<float> values, float bound, std::uint64_t key)
{
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = (2 * gpu::uniformFloat(gpu::counterRandom(key, i)) - 1) * bound;
}

} // namespace

void initialiseAdapter(const AdapterLayout& layout, std::int64_t seed, std::span<float> parameters)
{
    std::fill(parameters.begin(), parameters.end(), 0.0f);
    for (const GroupLayout& group : layout.groups) {
        const auto bound = static_cast<float>(1 / std::sqrt(static_cast<double>(group.in)));
        const auto rows = [&](std::int64_t offset, std::int64_t count) {
            return parameters.subspan(static_cast<std::size_t>(offset), static_cast<std::size_t>(count * group.in));
        };
        const auto key = [&](TensorKind kind, int module, std::size_t expert) {
            return gpu::randomKey(static_cast<std::uint64_t>(seed), static_cast<int>(kind), group.layer, module,
                                  expert);
        };
        for (const ModuleLayout& module : group.modules) {
            for (std::size_t expert = 0; expert < module.expertBegin.size(); ++expert)
                fillUniform(rows(group.offset + (module.firstRank + module.expertBegin[expert]) * group.in,
                                 module.allocation.ranks[expert]),
                            bound, key(TensorKind::LoraA, module.module, expert));
            if (module.firstLogit < 0)
                continue;
            const std::int64_t choices = module.allocation.experts() + module.allocation.nullExperts;
            for (std::int64_t row = 0; row < choices; ++row)
                fillUniform(rows(group.offsetOfRouters() + (module.firstLogit + row) * group.in, 1), bound,
                            key(TensorKind::Router, module.module, static_cast<std::size_t>(row)));
        }
    }
}

void drawGrownRank(const GroupLayout& group, const ModuleLayout& module, std::size_t expert, std::int64_t rank,
                   std::int64_t seed, std::int64_t step, std::span<float> row)
{
    fillUniform(row, static_cast<float>(1 / std::sqrt(static_cast<double>(group.in))),
                gpu::randomKey(static_cast<std::uint64_t>(seed), static_cast<int>(TensorKind::GrownRank), group.layer,
                               module.module, expert, rank, step));
}

} // namespace hilo
