// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/router_statistics.h"

#include "gpu/operators/operators.h"

#include <algorithm>
#include <numeric>

namespace hilo {
namespace {

using torch::Tensor;

std::vector<double> normalised(const double* values, std::int64_t count, double divisor)
{
    std::vector<double> result(values, values + count);
    if (divisor != 0)
        for (double& value : result)
            value /= divisor;
    return result;
}

} // namespace

RouterStatistics::RouterStatistics(const AdapterLayout& layout, torch::Device device)
    : layout_(layout), seen_(layout.groups.size(), false), tokensOfPass_(layout.groups.size(), 0),
      tokensOfTotal_(layout.groups.size(), 0)
{
    for (const GroupLayout& group : layout.groups) {
        firstColumns_.push_back(columns_);
        columns_ += group.plan.logits;
    }
    std::vector<std::int32_t> records{static_cast<std::int32_t>(layout.groupIndex.size())};
    std::vector<std::int32_t> bodies;
    for (const std::vector<int>& groups : layout.groupIndex) {
        records.push_back(static_cast<std::int32_t>(1 + layout.groupIndex.size() + bodies.size()));
        const std::size_t count = bodies.size();
        bodies.push_back(0);
        for (const int index : groups) {
            if (index < 0)
                continue;
            for (const gpu::ModuleRouting& module : layout.groups[static_cast<std::size_t>(index)].plan.modules) {
                if (module.firstLogit < 0)
                    continue;
                ++bodies[count];
                for (const std::int64_t value : {firstColumns_[static_cast<std::size_t>(index)] + module.firstLogit,
                                                 module.choices(), module.experts})
                    bodies.push_back(static_cast<std::int32_t>(value));
            }
        }
    }
    records.insert(records.end(), bodies.begin(), bodies.end());
    records_ = torch::tensor(records, torch::kInt32).to(device);
    const auto options = torch::TensorOptions().dtype(torch::kFloat64).device(device);
    pass_ = torch::zeros({2, columns_}, options);
    total_ = torch::zeros({2, columns_}, options);
    untaken_ = torch::zeros({2, columns_}, options);
    pendingLoss_ = torch::zeros({}, options);
}

void RouterStatistics::startPass(bool gathersLoss, const CountedTokens& counted)
{
    if (passTokens() > 0) {
        if (gathersLoss && !lossTaken_ && !counted_.onDevice.defined())
            pendingLoss_ = pendingLoss_ + passBalance().loss;
        if (!loadsTaken_) {
            total_.add_(pass_);
            for (std::size_t group = 0; group < tokensOfPass_.size(); ++group)
                tokensOfTotal_[group] += tokensOfPass_[group];
        }
        if (!countsTaken_)
            untaken_.add_(pass_);
        pass_.zero_();
    }
    counted_ = counted;
    std::fill(tokensOfPass_.begin(), tokensOfPass_.end(), counted.onDevice.defined() ? counted.count : 0);
    std::fill(seen_.begin(), seen_.end(), false);
    lossTaken_ = loadsTaken_ = countsTaken_ = balanceKnown_ = false;
}

Tensor RouterStatistics::countsOf(int group)
{
    const std::int64_t logits = layout_.groups[static_cast<std::size_t>(group)].plan.logits;
    if (seen_[static_cast<std::size_t>(group)] || logits == 0)
        return {};
    return pass_.narrow(1, firstColumns_[static_cast<std::size_t>(group)], logits);
}

void RouterStatistics::addTokens(int group, std::int64_t tokens)
{
    seen_[static_cast<std::size_t>(group)] = true;
    if (!counted_.onDevice.defined())
        tokensOfPass_[static_cast<std::size_t>(group)] += tokens;
}

std::int64_t RouterStatistics::passTokens() const
{
    return tokensOfPass_.empty() ? 0 : *std::max_element(tokensOfPass_.begin(), tokensOfPass_.end());
}

const RouterStatistics::PassBalance& RouterStatistics::passBalance()
{
    if (!balanceKnown_) {
        gpu::Balance found = gpu::balance(pass_, records_, static_cast<std::int64_t>(layout_.groupIndex.size()),
                                          std::max<std::int64_t>(1, passTokens()), counted_.onDevice);
        balance_ = {std::move(found.loss), std::move(found.slopes)};
        balanceKnown_ = true;
    }
    return balance_;
}

Tensor RouterStatistics::takeLoss()
{
    // The pass' counts stay, because its backward pass asks for slopes.
    if (counted_.onDevice.defined())
        return passBalance().loss;
    const Tensor loss = lossTaken_ ? pendingLoss_ : pendingLoss_ + passBalance().loss;
    pendingLoss_ = torch::zeros_like(pendingLoss_);
    lossTaken_ = true;
    return loss;
}

Tensor RouterStatistics::slopes()
{
    return passBalance().slopes;
}

Tensor RouterStatistics::ofGroup(const Tensor& columns, int group) const
{
    return columns.narrow(0, firstColumns_[static_cast<std::size_t>(group)],
                          layout_.groups[static_cast<std::size_t>(group)].plan.logits);
}

Tensor RouterStatistics::takeCounts()
{
    Tensor counts = countsTaken_ ? untaken_.clone() : untaken_ + pass_;
    untaken_.zero_();
    countsTaken_ = true;
    return counts;
}

std::vector<ExpertLoad> RouterStatistics::takeLoads(const SumOverProcesses& sum)
{
    Tensor counts = loadsTaken_ ? total_.clone() : total_ + pass_;
    std::vector<double> tokens(tokensOfTotal_.begin(), tokensOfTotal_.end());
    if (!loadsTaken_)
        for (std::size_t group = 0; group < tokens.size(); ++group)
            tokens[group] += static_cast<double>(tokensOfPass_[group]);
    total_.zero_();
    std::fill(tokensOfTotal_.begin(), tokensOfTotal_.end(), 0);
    loadsTaken_ = true;
    if (sum && !tokens.empty()) {
        Tensor all = torch::cat({counts.flatten(), torch::tensor(tokens, torch::kFloat64).to(counts.device())});
        sum(all);
        all = all.to(torch::kCPU);
        const double* const values = all.data_ptr<double>();
        counts = all.narrow(0, 0, counts.numel()).view_as(counts);
        tokens.assign(values + counts.numel(), values + all.numel());
    }
    counts = counts.to(torch::kCPU).contiguous();

    std::vector<ExpertLoad> loads;
    const double* const chosen = counts.data_ptr<double>();
    const double* const probability = chosen + columns_;
    for (std::size_t index = 0; index < layout_.groups.size(); ++index) {
        if (tokens[index] == 0)
            continue;
        const GroupLayout& group = layout_.groups[index];
        for (std::size_t i = 0; i < group.modules.size(); ++i) {
            const gpu::ModuleRouting& module = group.plan.modules[i];
            if (module.firstLogit < 0)
                continue;
            const std::int64_t first = firstColumns_[index] + module.firstLogit;
            const std::int64_t count = module.choices();
            ExpertLoad load;
            load.layer = group.layer;
            load.module = group.modules[i].module;
            load.load = normalised(chosen + first, count, std::accumulate(chosen + first, chosen + first + count, 0.0));
            load.weight = normalised(probability + first, count, tokens[index]);
            loads.push_back(std::move(load));
        }
    }
    return loads;
}

} // namespace hilo
