// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/static_adapter.h"

#include "engine/export/content_tensors.h"
#include "engine/export/distillation.h"
#include "engine/export/mean_gates.h"
#include "engine/export/plain_adapter.h"
#include "engine/export/static_cost.h"
#include "export/active_rank.h"

#include <algorithm>
#include <chrono>

namespace hilo {
namespace {

using torch::Tensor;

/// The best approximation of b·a of this rank, its singular values shared out evenly.
void cutTo(std::int64_t rank, Tensor& a, Tensor& b)
{
    if (rank <= 0 || rank >= a.size(0))
        return;
    const auto [qb, rb] = torch::linalg_qr(b.to(torch::kFloat64), "reduced");
    const auto [qa, ra] = torch::linalg_qr(a.to(torch::kFloat64).t(), "reduced");
    const auto [u, s, vh] = torch::linalg_svd(rb.matmul(ra.t()), false);
    const std::int64_t kept = std::min(rank, s.size(0));
    const Tensor root = s.narrow(0, 0, kept).sqrt();
    b = qb.matmul(u.narrow(1, 0, kept) * root);
    a = (root.unsqueeze(1) * vh.narrow(0, 0, kept)).matmul(qa.t());
}

/// The ranks of a distilled adapter, by module: as asked for, else what the mixture has active for a token. More than
/// the mixture's own ranks are never needed.
std::vector<std::int64_t> distilledRanks(const AdapterContent& content, std::int64_t asked)
{
    std::vector<std::int64_t> ranks;
    for (const ModuleContent& module : content.modules)
        ranks.push_back(module.ofBase ? 0 : asked > 0 ? asked : activeRank(module));
    return ranks;
}

/// Replaces job.content, a mixture, by the adapter that was trained to match it, and says how.
Result<DistilledCost> distil(ExportJob& job, const AdapterContent& quick, const TokenRows& rows)
{
    const DistillationSettings& settings = *job.request.distillation;
    const auto begin = std::chrono::steady_clock::now();
    HILO_TRY(Distilled distilled, distilAdapter(*job.decoder, *job.adapter,
                                                balancedStart(quick, distilledRanks(job.content, job.request.rank)),
                                                rows, job.source.run->training.lossOn, settings, job.progress));
    DistilledCost cost;
    cost.steps = settings.steps;
    cost.keptStep = distilled.keptStep;
    cost.rows = distilled.rows;
    cost.rowsKeptBack = distilled.rowsKeptBack;
    cost.tokens = distilled.tokens;
    cost.learningRate = settings.learningRate;
    cost.seed = settings.seed;
    cost.allTokens = settings.tokens == DistilledTokens::All;
    cost.layerWeight = settings.layerWeight;
    cost.divergenceBefore = distilled.divergenceBefore;
    cost.divergenceAfter = distilled.divergenceAfter;
    cost.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    job.content = std::move(distilled.content);
    return cost;
}

} // namespace

AdapterContent collapse(const AdapterContent& content, const std::vector<std::vector<double>>& weights,
                        std::int64_t rank)
{
    AdapterContent result;
    result.model = content.model;
    for (std::size_t i = 0; i < content.modules.size(); ++i) {
        const ModuleContent& source = content.modules[i];
        // The base's own router goes on choosing its experts.
        if (source.ofBase) {
            result.modules.push_back(source);
            continue;
        }
        std::vector<Tensor> as, bs;
        for (std::size_t expert = 0; expert < source.experts.size(); ++expert) {
            const ExpertContent& one = source.experts[expert];
            as.push_back(matrixOf(one.a, one.rank, source.shape.in));
            bs.push_back(matrixOf(one.b, source.shape.out, one.rank) * (one.scale * weights[i][expert]));
        }
        Tensor a = torch::cat(as, 0), b = torch::cat(bs, 1);
        // More ranks than the module is wide say nothing more.
        const std::int64_t width = std::min(source.shape.in, source.shape.out);
        cutTo(rank > 0 ? std::min(rank, width) : width, a, b);
        ModuleContent module;
        module.layer = source.layer;
        module.shape = source.shape;
        module.experts.push_back({a.size(0), 1, floatsOf(a), floatsOf(b)});
        result.modules.push_back(std::move(module));
    }
    return result;
}

Result<StaticCost> makeStatic(ExportJob& job)
{
    HILO_TRY(TaskData tasks, openTaskData(job));
    HILO_TRY(const TokenRows rows, trainingRows(job, tasks));
    HILO_TRY(const MeanGates gates, meanGates(job, rows));
    HILO_TRY(const CostRows costRows, CostRows::open(job, tasks));
    HILO_TRY(const MeasuredAdapter before, costRows.measure(job, *job.adapter));
    StaticCost cost;
    cost.split = before.split;
    cost.protocol = before.protocol;
    cost.rows = before.rows;
    cost.calibrationTokens = gates.tokens;
    cost.rank = job.request.rank;
    cost.accuracyBefore = before.accuracy;
    cost.lossBefore = before.loss;
    if (job.request.distillation) {
        const AdapterContent quick = collapse(job.content, gates.weights, 0);
        PlainAdapter quickAdapter(quick);
        HILO_TRY(const MeasuredAdapter ofMeans, costRows.measure(job, quickAdapter));
        HILO_TRY(cost.distilled, distil(job, quick, rows));
        cost.distilled->accuracyOfMeans = ofMeans.accuracy;
        cost.distilled->lossOfMeans = ofMeans.loss;
        cost.rank = job.content.largestRank();
    } else {
        job.content = collapse(job.content, gates.weights, job.request.rank);
    }
    PlainAdapter approximation(job.content);
    HILO_TRY(const MeasuredAdapter after, costRows.measure(job, approximation));
    cost.accuracyAfter = after.accuracy;
    cost.lossAfter = after.loss;
    cost.logitDifference = compareLogits(probeLogits(*job.decoder, &approximation, job.probe),
                                         probeLogits(*job.decoder, job.adapter.get(), job.probe))
                               .greatest;
    return cost;
}

} // namespace hilo
