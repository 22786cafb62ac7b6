// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/merge/merge_content.h"

#include "engine/export/content_tensors.h"
#include "engine/merge/delta_formulas.h"
#include "engine/merge/side_by_side.h"
#include "gpu/kernels/counter_random.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

using torch::Tensor;

/// The experts that become one: of one module, or of one of the base's own experts.
struct MergedExpert
{
    const ModuleShape& shape;
    std::vector<const ExpertContent*> experts;
    std::vector<double> weights;
    std::vector<std::uint64_t> keys; ///< of DARE's draws
};

Tensor halfA(const ExpertContent& expert, const ModuleShape& shape)
{
    return matrixOf(expert.a, expert.rank, shape.in).to(torch::kFloat64);
}

Tensor halfB(const ExpertContent& expert, const ModuleShape& shape)
{
    return matrixOf(expert.b, shape.out, expert.rank).to(torch::kFloat64);
}

/// part tells the draws of a module's deltas apart.
Tensor merged(WeightedDeltas inputs, const MergeSettings& settings, const MergedExpert& expert, std::uint64_t part)
{
    const auto dropped = [&] {
        std::vector<Tensor> kept;
        for (std::int64_t i = 0; i < inputs.deltas.size(0); ++i)
            kept.push_back(droppedAndRescaled(inputs.deltas[i], settings.density,
                                              gpu::randomKey(expert.keys[static_cast<std::size_t>(i)], part)));
        return WeightedDeltas{torch::stack(kept), inputs.weights};
    };
    switch (settings.method) {
    case MergeMethod::Ties:
    case MergeMethod::TiesSvd:
        return tiesMerge(inputs, settings.density, settings.election);
    case MergeMethod::DareLinear:
    case MergeMethod::DareLinearSvd:
        return linearSum(dropped());
    case MergeMethod::DareTies:
    case MergeMethod::DareTiesSvd:
        return disjointMerge(dropped(), settings.election);
    default:
        return linearSum(inputs);
    }
}

ExpertContent mergedHalves(const MergedExpert& expert, const MergeSettings& settings)
{
    std::vector<Tensor> as, bs;
    std::vector<double> ofA, ofB;
    for (std::size_t i = 0; i < expert.experts.size(); ++i) {
        as.push_back(halfA(*expert.experts[i], expert.shape));
        bs.push_back(halfB(*expert.experts[i], expert.shape));
        ofB.push_back(std::sqrt(std::abs(expert.weights[i] * expert.experts[i]->scale)));
        ofA.push_back(expert.weights[i] < 0 ? -ofB.back() : ofB.back());
    }
    const Tensor a = merged({torch::stack(as), ofA}, settings, expert, 0);
    const Tensor b = merged({torch::stack(bs), ofB}, settings, expert, 1);
    return {a.size(0), 1, floatsOf(a), floatsOf(b)};
}

ExpertContent mergedProducts(const MergedExpert& expert, const MergeSettings& settings)
{
    std::vector<Tensor> deltas;
    std::int64_t rank = settings.rank;
    for (const ExpertContent* one : expert.experts) {
        deltas.push_back(halfB(*one, expert.shape).matmul(halfA(*one, expert.shape)) * one->scale);
        if (settings.rank == 0)
            rank = std::max(rank, one->rank);
    }
    const Tensor delta = merged({torch::stack(deltas), expert.weights}, settings, expert, 0);
    const auto [u, s, vh] = torch::linalg_svd(delta, false);
    const std::int64_t kept = std::min(rank, s.size(0));
    return {kept, 1, floatsOf(vh.narrow(0, 0, kept)), floatsOf(u.narrow(1, 0, kept) * s.narrow(0, 0, kept))};
}

ExpertContent behindOneAnother(const MergedExpert& expert)
{
    std::vector<Tensor> as, bs;
    for (std::size_t i = 0; i < expert.experts.size(); ++i) {
        as.push_back(halfA(*expert.experts[i], expert.shape));
        bs.push_back(halfB(*expert.experts[i], expert.shape) * (expert.weights[i] * expert.experts[i]->scale));
    }
    const Tensor a = torch::cat(as, 0), b = torch::cat(bs, 1);
    return {a.size(0), 1, floatsOf(a), floatsOf(b)};
}

Result<ExpertContent> mergedExpert(const MergedExpert& expert, const MergeSettings& settings, const std::string& place)
{
    switch (settings.method) {
    case MergeMethod::Linear:
    case MergeMethod::Ties:
    case MergeMethod::DareLinear:
    case MergeMethod::DareTies: {
        const std::int64_t rank = expert.experts.front()->rank;
        for (const ExpertContent* one : expert.experts)
            if (one->rank != rank)
                return failure(badInput({}, place,
                                        "The adapters have ranks " + std::to_string(rank) + " and " +
                                            std::to_string(one->rank) + " here; --method " + nameOf(settings.method) +
                                            " adds A and B by themselves, so ranks must be equal.",
                                        "--method svd, cat and the others that end in _svd take any ranks."));
        return mergedHalves(expert, settings);
    }
    case MergeMethod::Cat: {
        const ExpertContent all = behindOneAnother(expert);
        const std::int64_t width = std::min(expert.shape.in, expert.shape.out);
        if (all.rank > width)
            return failure(badInput({}, place,
                                    "The ranks add up to " + std::to_string(all.rank) + ", more than the " +
                                        std::to_string(width) + " that the module is wide.",
                                    "--method svd cuts them."));
        return all;
    }
    default:
        return mergedProducts(expert, settings);
    }
}

std::string placeOf(const ModuleContent& module)
{
    return "layer " + std::to_string(module.layer) + ", " + module.shape.name;
}

Status checkPlain(const std::vector<MergeInput>& inputs, const MergeSettings& settings)
{
    for (const MergeInput& input : inputs)
        for (const ModuleContent& module : input.content.modules)
            if (!module.router.empty())
                return failure(wrongUsage(input.name + " chooses among experts (" + placeOf(module) +
                                              "), and --method " + nameOf(settings.method) + " is for plain LoRAs",
                                          "--method side_by_side keeps experts and routers; hilo export --to "
                                          "peft-distilled makes a plain LoRA of a mixture"));
    return {};
}

Result<ModuleContent> mergedModule(const std::vector<MergeInput>& inputs, const std::vector<double>& weights,
                                   const ModuleContent& first, std::uint64_t number, const MergeSettings& settings)
{
    ModuleContent result = first;
    for (std::size_t i = 0; i < first.experts.size(); ++i) {
        MergedExpert expert{first.shape, {}, {}, {}};
        for (std::size_t adapter = 0; adapter < inputs.size(); ++adapter) {
            const ModuleContent* module = findModule(inputs[adapter].content, first.layer, first.shape.name);
            if (!module)
                continue;
            expert.experts.push_back(&module->experts.at(i));
            expert.weights.push_back(weights[adapter]);
            expert.keys.push_back(gpu::randomKey(static_cast<std::uint64_t>(settings.seed), adapter, number, i));
        }
        HILO_TRY(result.experts[i], mergedExpert(expert, settings, placeOf(first)));
    }
    return result;
}

} // namespace

Result<AdapterContent> mergeContents(const std::vector<MergeInput>& inputs, const MergeSettings& settings,
                                     const Progress& progress)
{
    HILO_CHECK(checkMergeSettings(settings, inputs.size()));
    std::vector<double> weights = settings.weights;
    if (settings.method == MergeMethod::SideBySide) {
        if (weights.empty())
            weights.assign(inputs.size(), 1);
        return putSideBySide(inputs, weights, settings.topK);
    }
    HILO_CHECK(checkPlain(inputs, settings));
    if (weights.empty())
        weights.assign(inputs.size(), 1 / static_cast<double>(inputs.size()));
    AdapterContent result;
    result.model = inputs.front().content.model;
    for (const MergeInput& input : inputs)
        for (const ModuleContent& module : input.content.modules)
            if (!findModule(result, module.layer, module.shape.name))
                result.modules.push_back(module);
    sortModules(result);
    std::int64_t number = 0;
    for (ModuleContent& module : result.modules) {
        if (progress.isCancelled())
            return failure(cancelled());
        progress.report({"Merging", number, static_cast<std::int64_t>(result.modules.size()), {}});
        HILO_TRY(module, mergedModule(inputs, weights, module, static_cast<std::uint64_t>(number), settings));
        ++number;
    }
    return result;
}

} // namespace hilo
