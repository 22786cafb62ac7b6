// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/router_statistics.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

namespace hilo {
namespace {

std::vector<double> slice(const std::vector<double>& values, std::int64_t first, std::int64_t count)
{
    return {values.begin() + first, values.begin() + first + count};
}

void add(std::vector<double>& sum, const std::vector<double>& values)
{
    sum.resize(std::max(sum.size(), values.size()), 0.0);
    for (std::size_t i = 0; i < values.size(); ++i)
        sum[i] += values[i];
}

void divide(std::vector<double>& values, double divisor)
{
    if (divisor != 0)
        for (double& value : values)
            value /= divisor;
}

double sumOf(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

} // namespace

RouterStatistics::RouterStatistics(const AdapterLayout& layout) : layout_(layout), groups_(layout.groups.size()) {}

void RouterStatistics::startPass()
{
    if (!lossTaken_)
        pendingLoss_ += passLoss();
    for (GroupCounts& group : groups_) {
        if (!loadsTaken_) {
            add(group.total.chosen, group.pass.chosen);
            add(group.total.probability, group.pass.probability);
            group.totalTokens += group.passTokens;
        }
        group.pass = {};
        group.passTokens = 0;
    }
    lossTaken_ = loadsTaken_ = false;
}

gpu::RoutingCounts* RouterStatistics::countsOf(int group)
{
    GroupCounts& counts = groups_[static_cast<std::size_t>(group)];
    return counts.passTokens == 0 ? &counts.pass : nullptr;
}

void RouterStatistics::addTokens(int group, std::int64_t tokens)
{
    groups_[static_cast<std::size_t>(group)].passTokens += tokens;
}

RouterStatistics::Balance RouterStatistics::balanceOf(std::int64_t layer, std::int64_t experts,
                                                      std::int64_t nullExperts) const
{
    Balance balance;
    const auto choices = static_cast<std::size_t>(experts + nullExperts);
    balance.share.resize(choices);
    balance.probability.resize(choices);
    for (const int index : layout_.groupIndex[static_cast<std::size_t>(layer)]) {
        if (index < 0 || groups_[static_cast<std::size_t>(index)].passTokens == 0)
            continue;
        const GroupCounts& counts = groups_[static_cast<std::size_t>(index)];
        for (const gpu::ModuleRouting& module : layout_.groups[static_cast<std::size_t>(index)].plan.modules) {
            if (module.firstLogit < 0 || module.experts != experts || module.nullExperts != nullExperts)
                continue;
            balance.modules += 1;
            balance.rows += static_cast<double>(counts.passTokens);
            for (std::size_t i = 0; i < choices; ++i) {
                balance.share[i] += counts.pass.chosen[static_cast<std::size_t>(module.firstLogit) + i];
                balance.probability[i] += counts.pass.probability[static_cast<std::size_t>(module.firstLogit) + i];
            }
        }
    }
    balance.slots = sumOf(balance.share);
    divide(balance.share, balance.slots);
    double nullShare = 0;
    for (std::size_t i = static_cast<std::size_t>(experts); i < choices; ++i)
        nullShare += balance.share[i] / static_cast<double>(nullExperts);
    for (std::size_t i = static_cast<std::size_t>(experts); i < choices; ++i)
        balance.share[i] = nullShare;
    return balance;
}

double RouterStatistics::routedModules(std::int64_t layer) const
{
    double modules = 0;
    for (const int index : layout_.groupIndex[static_cast<std::size_t>(layer)])
        if (index >= 0 && groups_[static_cast<std::size_t>(index)].passTokens > 0)
            for (const gpu::ModuleRouting& module : layout_.groups[static_cast<std::size_t>(index)].plan.modules)
                modules += module.firstLogit >= 0 ? 1 : 0;
    return modules;
}

double RouterStatistics::passLoss() const
{
    double loss = 0;
    for (std::size_t layer = 0; layer < layout_.groupIndex.size(); ++layer) {
        std::set<std::pair<std::int64_t, std::int64_t>> sizes;
        for (const int index : layout_.groupIndex[layer])
            if (index >= 0)
                for (const gpu::ModuleRouting& module : layout_.groups[static_cast<std::size_t>(index)].plan.modules)
                    if (module.firstLogit >= 0)
                        sizes.emplace(module.experts, module.nullExperts);
        const double modules = routedModules(static_cast<std::int64_t>(layer));
        for (const auto& [experts, nullExperts] : sizes) {
            const Balance balance = balanceOf(static_cast<std::int64_t>(layer), experts, nullExperts);
            if (balance.rows == 0)
                continue;
            const double product =
                std::inner_product(balance.share.begin(), balance.share.end(), balance.probability.begin(), 0.0);
            loss += balance.modules / modules * static_cast<double>(experts + nullExperts) * product / balance.rows;
        }
    }
    return loss;
}

double RouterStatistics::takeLoss()
{
    // The pass' counts stay, because its backward pass asks for slopes.
    const double loss = pendingLoss_ + (lossTaken_ ? 0 : passLoss());
    pendingLoss_ = 0;
    lossTaken_ = true;
    return loss;
}

std::vector<float> RouterStatistics::slopes(int group) const
{
    const GroupLayout& layout = layout_.groups[static_cast<std::size_t>(group)];
    std::vector<float> slopes(static_cast<std::size_t>(layout.plan.logits), 0.0f);
    const double modules = routedModules(layout.layer);
    for (const gpu::ModuleRouting& module : layout.plan.modules) {
        if (module.firstLogit < 0)
            continue;
        const Balance balance = balanceOf(layout.layer, module.experts, module.nullExperts);
        if (balance.rows == 0)
            continue;
        const double factor = balance.modules / modules * static_cast<double>(module.choices()) / balance.rows;
        for (std::size_t i = 0; i < static_cast<std::size_t>(module.choices()); ++i)
            slopes[static_cast<std::size_t>(module.firstLogit) + i] = static_cast<float>(factor * balance.share[i]);
    }
    return slopes;
}

std::vector<ExpertLoad> RouterStatistics::takeLoads()
{
    std::vector<ExpertLoad> loads;
    for (std::size_t index = 0; index < groups_.size(); ++index) {
        GroupCounts& counts = groups_[index];
        gpu::RoutingCounts sum = std::exchange(counts.total, {});
        std::int64_t tokens = std::exchange(counts.totalTokens, 0);
        if (!loadsTaken_) {
            add(sum.chosen, counts.pass.chosen);
            add(sum.probability, counts.pass.probability);
            tokens += counts.passTokens;
        }
        if (tokens == 0)
            continue;
        const GroupLayout& layout = layout_.groups[index];
        for (std::size_t i = 0; i < layout.modules.size(); ++i) {
            const gpu::ModuleRouting& module = layout.plan.modules[i];
            if (module.firstLogit < 0)
                continue;
            ExpertLoad load;
            load.layer = layout.layer;
            load.module = layout.modules[i].module;
            load.load = slice(sum.chosen, module.firstLogit, module.choices());
            load.weight = slice(sum.probability, module.firstLogit, module.choices());
            divide(load.load, sumOf(load.load));
            divide(load.weight, static_cast<double>(tokens));
            loads.push_back(std::move(load));
        }
    }
    loadsTaken_ = true;
    return loads;
}

} // namespace hilo
