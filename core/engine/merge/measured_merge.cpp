// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/merge/measured_merge.h"

#include "engine/base/compute.h"
#include "engine/base/torch_border.h"
#include "engine/base/torch_device.h"
#include "engine/data/run_data.h"
#include "engine/evaluate/evaluator.h"
#include "engine/export/content.h"
#include "run/run_spec_names.h"

namespace hilo {
namespace {

MergeScore scoreOf(const EvaluationResult& result)
{
    return {result.loss, result.valueOf("accuracy")};
}

/// Where the model computes.
Result<std::shared_ptr<MixtureAdapter>> onDevice(const std::shared_ptr<MixtureAdapter>& adapter,
                                                 const ModelConfig& model, torch::Device device)
{
    if (device.is_cpu())
        return adapter;
    std::shared_ptr<MixtureAdapter> moved;
    HILO_CHECK(atTorchBorder([&]() -> Status {
        moved = MixtureAdapter::create(model, adapter->map(), adapter->settings(), device);
        const torch::NoGradGuard noGradients;
        moved->parameters().detach().copy_(adapter->parameters().detach());
        return {};
    }));
    return moved;
}

} // namespace

Result<std::vector<MergeCost>> measureMerge(const MergeRequest& request, const ModelSource& model,
                                            const std::vector<std::shared_ptr<MixtureAdapter>>& adapters,
                                            const std::shared_ptr<MixtureAdapter>& merged, const Progress& progress)
{
    std::vector<MergeCost> costs;
    if (request.data.empty())
        return costs;
    HILO_TRY(const auto tokenizer, Tokenizer::load(request.model));
    HILO_TRY(const Compute compute, chooseCompute(model.config, request.device, request.dtype, request.threads));
    applyCompute(compute);
    const torch::Device device = torchDevice(compute);
    HILO_TRY(const auto decoder, Decoder::load(model, torchType(compute), device, progress));
    std::vector<std::shared_ptr<MixtureAdapter>> forms;
    for (const auto& adapter : adapters) {
        HILO_TRY(forms.emplace_back(), onDevice(adapter, model.config, device));
    }
    HILO_TRY(forms.emplace_back(), onDevice(merged, model.config, device));
    for (const auto& form : forms)
        form->startEvaluation();
    for (const MergeData& one : request.data) {
        HILO_TRY(RunData data, RunData::load(tokenizer, one.data, progress));
        std::string split = one.evaluation.split;
        if (!one.isSplitGiven && !data.has(split) && data.has("validation"))
            split = "validation";
        HILO_TRY(const EvaluationData rows,
                 data.evaluation(split, one.evaluation, withinPositions(model.config, one.maxLength), progress));
        MergeCost cost;
        cost.name = one.name;
        cost.split = rows.split.empty() ? split : rows.split;
        HILO_TRY(const EvaluationResult base, evaluate(*decoder, nullptr, *tokenizer, rows, one.evaluation, progress));
        cost.base = scoreOf(base);
        cost.rows = base.rows;
        cost.protocol = nameOf(protocolNames, base.protocol);
        for (const auto& form : forms) {
            HILO_TRY(const EvaluationResult found,
                     evaluate(*decoder, form.get(), *tokenizer, rows, one.evaluation, progress));
            cost.adapters.push_back(scoreOf(found));
        }
        cost.merged = cost.adapters.back();
        cost.adapters.pop_back();
        costs.push_back(std::move(cost));
    }
    return costs;
}

} // namespace hilo
