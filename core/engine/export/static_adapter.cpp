// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/static_adapter.h"

#include "engine/data/run_data.h"
#include "engine/data/training_batch.h"
#include "engine/evaluate/evaluator.h"
#include "engine/export/content_tensors.h"
#include "engine/export/plain_adapter.h"
#include "formats/module_grid.h"
#include "gpu/operators/cross_entropy.h"
#include "run/run_spec_names.h"

#include <algorithm>
#include <numeric>

namespace hilo {
namespace {

using torch::Tensor;
constexpr std::int64_t rowsAtOnce = 16;

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

/// Sums of the gates of every module over the tokens that pass.
class GateMeans
{
  public:
    explicit GateMeans(const AdapterContent& content) : content_(content), plain_(content)
    {
        const ModuleGrid modules = moduleGrid(content.model);
        for (std::size_t i = 0; i < content.modules.size(); ++i) {
            const ModuleContent& module = content.modules[i];
            sums_.emplace_back(module.experts.size(), 0.0);
            if (module.ofBase)
                continue;
            const auto column = static_cast<int>(*modules.columnOf(module.shape.name));
            places_[{module.layer, module.shape.inputGroup}].push_back({i, column});
        }
    }

    void add(std::int64_t layer, int inputGroup, const Tensor& input)
    {
        const auto found = places_.find({layer, inputGroup});
        if (found == places_.end())
            return;
        for (const auto& [index, module] : found->second) {
            const Tensor gates = plain_.gates(layer, module, input);
            if (!gates.defined())
                continue;
            const Tensor sums = gates.to(torch::kFloat64).sum(0);
            for (std::size_t expert = 0; expert < sums_[index].size(); ++expert)
                sums_[index][expert] += sums[static_cast<std::int64_t>(expert)].item<double>();
        }
    }

    std::vector<std::vector<double>> means(std::int64_t tokens) const
    {
        std::vector<std::vector<double>> means = sums_;
        for (std::size_t i = 0; i < means.size(); ++i)
            for (double& value : means[i])
                value = content_.modules[i].router.empty() ? 1 : value / static_cast<double>(tokens);
        return means;
    }

  private:
    const AdapterContent& content_;
    PlainAdapter plain_;
    std::map<std::pair<std::int64_t, int>, std::vector<std::pair<std::size_t, int>>> places_;
    std::vector<std::vector<double>> sums_;
};

/// At most count row numbers, spread over all.
std::vector<std::int64_t> spreadRows(std::size_t all, std::int64_t count)
{
    const auto available = static_cast<std::int64_t>(all);
    const std::int64_t taken = count > 0 ? std::min(count, available) : available;
    std::vector<std::int64_t> rows;
    for (std::int64_t i = 0; i < taken; ++i)
        rows.push_back(i * available / taken);
    return rows;
}

template <class Use>
Status forEachBatch(const TokenRows& examples, const std::vector<std::int64_t>& rows, const ExportJob& job,
                    const char* what, Use use)
{
    for (std::size_t begin = 0; begin < rows.size(); begin += rowsAtOnce) {
        if (job.progress.isCancelled())
            return failure(cancelled());
        job.progress.report({what, static_cast<std::int64_t>(begin), static_cast<std::int64_t>(rows.size()), {}});
        const auto part = std::span(rows).subspan(begin, std::min<std::size_t>(rowsAtOnce, rows.size() - begin));
        use(makeTrainingBatch(examples, part, LossOn::Answer));
    }
    return {};
}

/// The data of each task of the run.
using TaskData = std::vector<std::pair<TaskSpec, RunData>>;

Result<std::vector<std::vector<double>>> meanGates(const ExportJob& job, TaskData& tasks, StaticCost& cost)
{
    TokenRows examples;
    for (auto& [task, data] : tasks) {
        HILO_TRY(TokenRows rows,
                 data.training("train", job.source.run->training.maxLength, job.progress, LossOn::Answer, task.limit));
        examples.append(std::move(rows));
    }
    GateMeans means(job.content);
    ForwardObserver observer;
    observer.moduleInput = [&means](std::int64_t layer, int group, const Tensor& input) {
        means.add(layer, group, input);
    };
    ForwardOptions options;
    options.adapter = job.adapter.get();
    options.observer = &observer;
    HILO_CHECK(forEachBatch(examples, spreadRows(examples.size(), job.request.calibrationRows), job, "Calibrating",
                            [&](const TrainingBatch& batch) {
                                const torch::NoGradGuard noGradients;
                                job.decoder->hidden(batch.packed, options);
                                cost.calibrationTokens += batch.packed.tokenCount();
                            }));
    if (cost.calibrationTokens == 0)
        return failure(
            badInput(job.source.run->tasks.front().data.path, {}, "There are no training rows to calibrate with."));
    return means.means(cost.calibrationTokens);
}

/// Mean loss on the answers' tokens.
Result<double> answerLoss(const ExportJob& job, ModuleAdapter* adapter, const std::vector<TokenisedExample>& examples)
{
    double sum = 0;
    std::int64_t labels = 0;
    gpu::CrossEntropyOptions lossOptions;
    lossOptions.logitSoftcap = job.model.config.logitSoftcap;
    ForwardOptions options;
    options.adapter = adapter;
    HILO_CHECK(forEachBatch(TokenRows::viewOf(examples), spreadRows(examples.size(), 0), job, "Measuring loss",
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

/// On the first task that has the run's split.
Status measure(const ExportJob& job, TaskData& tasks, PlainAdapter& approximation, StaticCost& cost)
{
    const RunSpec& run = *job.source.run;
    EvaluationSpec spec = run.evaluation;
    auto measured =
        std::find_if(tasks.begin(), tasks.end(), [&spec](const auto& one) { return one.second.has(spec.split); });
    if (measured == tasks.end())
        measured = tasks.begin();
    RunData& data = measured->second;
    spec.protocol = measured->first.protocol.value_or(spec.protocol);
    spec.limit = job.request.evaluationRows;
    HILO_TRY(const EvaluationData rows, data.evaluation(spec.split, spec, run.training.maxLength, job.progress));
    HILO_TRY(const EvaluationResult before,
             evaluate(*job.decoder, job.adapter.get(), data.tokenizer(), rows, spec, job.progress));
    HILO_TRY(const EvaluationResult after,
             evaluate(*job.decoder, &approximation, data.tokenizer(), rows, spec, job.progress));
    cost.split = before.split.empty() ? spec.split : before.split;
    cost.protocol = nameOf(protocolNames, before.protocol);
    cost.rows = before.rows;
    cost.accuracyBefore = before.valueOf("accuracy");
    cost.accuracyAfter = after.valueOf("accuracy");
    HILO_TRY(cost.lossBefore, answerLoss(job, job.adapter.get(), rows.tokenised));
    HILO_TRY(cost.lossAfter, answerLoss(job, &approximation, rows.tokenised));
    return {};
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
    if (!job.source.run)
        return failure(wrongUsage("A static approximation needs the run's data, and this is an adapter's folder.",
                                  "give the run's folder"));
    StaticCost cost;
    cost.rank = job.request.rank;
    HILO_TRY(const auto tokenizer, Tokenizer::load(job.source.modelPath));
    TaskData tasks;
    for (const TaskSpec& task : job.source.run->tasks) {
        HILO_TRY(RunData data, RunData::load(tokenizer, task.data, job.progress));
        tasks.emplace_back(task, std::move(data));
    }
    HILO_TRY(const auto weights, meanGates(job, tasks, cost));
    job.content = collapse(job.content, weights, job.request.rank);
    PlainAdapter approximation(job.content);
    HILO_CHECK(measure(job, tasks, approximation, cost));
    cost.logitDifference = compareLogits(probeLogits(*job.decoder, &approximation, job.probe),
                                         probeLogits(*job.decoder, job.adapter.get(), job.probe))
                               .greatest;
    return cost;
}

} // namespace hilo
