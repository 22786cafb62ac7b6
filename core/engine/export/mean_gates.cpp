// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/mean_gates.h"

#include "engine/export/plain_adapter.h"
#include "engine/export/run_rows.h"
#include "formats/module_grid.h"

#include <map>

namespace hilo {
namespace {

using torch::Tensor;

/// Sums of the gates of every module over the tokens that pass.
class GateSums
{
  public:
    explicit GateSums(const AdapterContent& content) : content_(content), plain_(content)
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

} // namespace

Result<MeanGates> meanGates(const ExportJob& job, const TokenRows& rows)
{
    MeanGates result;
    GateSums sums(job.content);
    ForwardObserver observer;
    observer.moduleInput = [&sums](std::int64_t layer, int group, const Tensor& input) {
        sums.add(layer, group, input);
    };
    ForwardOptions options;
    options.adapter = job.adapter.get();
    options.observer = &observer;
    HILO_CHECK(forEachBatch(rows, spreadRows(rows.size(), job.request.calibrationRows), job.progress, "Calibrating",
                            [&](const TrainingBatch& batch) {
                                const torch::NoGradGuard noGradients;
                                job.decoder->hidden(batch.packed, options);
                                result.tokens += batch.packed.tokenCount();
                            }));
    if (result.tokens == 0)
        return failure(
            badInput(job.source.run->tasks.front().data.path, {}, "There are no training rows to calibrate with."));
    result.weights = sums.means(result.tokens);
    return result;
}

} // namespace hilo
