// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/static_cost.h"

#include "engine/evaluate/evaluator.h"
#include "gpu/operators/cross_entropy.h"
#include "run/run_spec_names.h"

namespace hilo {
namespace {

using torch::Tensor;

/// Mean loss on the answers' tokens.
Result<double> answerLoss(const ExportJob& job, ModuleAdapter* adapter, const std::vector<TokenisedExample>& examples)
{
    double sum = 0;
    std::int64_t labels = 0;
    gpu::CrossEntropyOptions lossOptions;
    lossOptions.logitSoftcap = job.model.config.logitSoftcap;
    ForwardOptions options;
    options.adapter = adapter;
    HILO_CHECK(forEachBatch(TokenRows::viewOf(examples), spreadRows(examples.size(), 0), job.progress, "Measuring loss",
                            [&](const TrainingBatch& batch) {
                                const torch::NoGradGuard noGradients;
                                const Tensor hidden = job.decoder->hidden(batch.packed, options);
                                sum += gpu::chunkedCrossEntropy(hidden, job.decoder->outputWeight(),
                                                                batch.packed.labels, lossOptions)
                                           .item<double>();
                                labels += batch.labels;
                            }));
    return labels > 0 ? sum / static_cast<double>(labels) : 0.0;
}

} // namespace

Result<CostRows> CostRows::open(const ExportJob& job, TaskData& tasks)
{
    const RunSpec& run = *job.source.run;
    CostRows result;
    result.spec_ = run.evaluation;
    auto measured = std::find_if(tasks.begin(), tasks.end(),
                                 [&result](const auto& one) { return one.second.has(result.spec_.split); });
    if (measured == tasks.end())
        measured = tasks.begin();
    RunData& data = measured->second;
    result.spec_.protocol = measured->first.protocol.value_or(result.spec_.protocol);
    result.spec_.limit = job.request.evaluationRows;
    result.tokenizer_ = &data.tokenizer();
    HILO_TRY(result.rows_, data.evaluation(result.spec_.split, result.spec_, run.training.maxLength, job.progress));
    return result;
}

Result<MeasuredAdapter> CostRows::measure(const ExportJob& job, ModuleAdapter& adapter) const
{
    HILO_TRY(const EvaluationResult found, evaluate(*job.decoder, &adapter, *tokenizer_, rows_, spec_, job.progress));
    MeasuredAdapter result;
    result.split = found.split.empty() ? spec_.split : found.split;
    result.protocol = nameOf(protocolNames, found.protocol);
    result.rows = found.rows;
    result.accuracy = found.valueOf("accuracy");
    HILO_TRY(result.loss, answerLoss(job, &adapter, rows_.tokenised));
    return result;
}

} // namespace hilo
