// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/task_loads.h"

#include <numeric>

namespace hilo {
namespace {

using torch::Tensor;

/// 1 where a slot was taken: [T, choices] double.
Tensor chosenSlots(const Tensor& logits, const gpu::ModuleRouting& module)
{
    const std::int64_t choices = module.choices();
    if (module.dense || module.topK >= choices)
        return torch::ones(logits.sizes(), logits.options().dtype(torch::kFloat64));
    // How many are before each one: the greater, and of equal ones those that come first.
    const Tensor own = logits.unsqueeze(2);
    const Tensor others = logits.unsqueeze(1);
    const Tensor earlier = torch::ones({choices, choices}, logits.options().dtype(torch::kBool)).tril(-1).unsqueeze(0);
    const Tensor before = torch::logical_or(others.gt(own), torch::logical_and(others.eq(own), earlier));
    return before.sum(2).lt(module.topK).to(torch::kFloat64);
}

std::vector<double> sharesOf(const double* values, std::int64_t count)
{
    std::vector<double> shares(values, values + count);
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    for (double& share : shares)
        share = sum > 0 ? share / sum : 0;
    return shares;
}

} // namespace

TaskLoads::TaskLoads(const AdapterLayout& layout, torch::Device device) : layout_(layout), device_(device)
{
    for (const GroupLayout& group : layout.groups) {
        firstColumns_.push_back(columns_);
        columns_ += group.plan.logits;
    }
}

void TaskLoads::startPass(const TokenTasks& tasks)
{
    tasks_ = tasks;
    // Before a step is recorded: what it makes itself is made again in every replay.
    if (gathers())
        makeRoomFor(tasks.count);
}

void TaskLoads::makeRoomFor(std::int64_t tasks)
{
    if (!total_.defined() || total_.size(0) != tasks)
        total_ = torch::zeros({tasks, 2, columns_}, torch::TensorOptions().dtype(torch::kFloat64).device(device_));
}

void TaskLoads::add(int group, const Tensor& logits)
{
    const torch::NoGradGuard noGradients;
    // [tasks, T]: a product sums over each task's tokens; padding is no task's.
    const Tensor numbers = torch::arange(tasks_.count, tasks_.ofToken.options()).unsqueeze(1);
    const Tensor members = tasks_.ofToken.unsqueeze(0).eq(numbers).to(torch::kFloat64);
    for (const gpu::ModuleRouting& module : layout_.groups[static_cast<std::size_t>(group)].plan.modules) {
        if (module.firstLogit < 0)
            continue;
        const Tensor own = logits.narrow(1, module.firstLogit, module.choices());
        const std::int64_t first = firstColumns_[static_cast<std::size_t>(group)] + module.firstLogit;
        Tensor columns = total_.narrow(2, first, module.choices());
        columns.select(1, 0).add_(members.mm(chosenSlots(own, module)));
        columns.select(1, 1).add_(members.mm(own.to(torch::kFloat64).softmax(1)));
    }
}

std::vector<std::vector<ExpertLoad>> TaskLoads::take(std::int64_t count, const SumOverProcesses& sum)
{
    std::vector<std::vector<ExpertLoad>> loads;
    if (columns_ == 0)
        return loads;
    makeRoomFor(count);
    Tensor counts = total_.clone();
    total_.zero_();
    if (sum)
        sum(counts);
    counts = counts.to(torch::kCPU).contiguous();
    for (std::int64_t task = 0; task < count; ++task) {
        const double* const chosen = counts.data_ptr<double>() + 2 * columns_ * task;
        const double* const probability = chosen + columns_;
        std::vector<ExpertLoad>& ofTask = loads.emplace_back();
        for (std::size_t index = 0; index < layout_.groups.size(); ++index) {
            const GroupLayout& group = layout_.groups[index];
            for (std::size_t i = 0; i < group.modules.size(); ++i) {
                const gpu::ModuleRouting& module = group.plan.modules[i];
                const std::int64_t first = firstColumns_[index] + module.firstLogit;
                const std::int64_t choices = module.choices();
                if (module.firstLogit < 0 || std::accumulate(chosen + first, chosen + first + choices, 0.0) == 0)
                    continue;
                ofTask.push_back({group.layer, group.modules[i].module, sharesOf(chosen + first, choices),
                                  sharesOf(probability + first, choices)});
            }
        }
    }
    return loads;
}

} // namespace hilo
