// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/reallocation/balanced_live.h"

#include "allocation/parameters.h"
#include "engine/train/reallocation/exchange.h"
#include "engine/train/reallocation/live_estimates.h"
#include "formats/base_expert_modules.h"
#include "run/reallocation_bound.h"

#include <algorithm>
#include <numeric>

namespace hilo {
namespace {

using torch::Tensor;

/// Of its even share of the tokens: below it an expert is ignored.
constexpr double ignoredLoad = 0.1;
/// What a growth or a loss stands for.
struct Meaning
{
    std::size_t module = 0;
    int expert = -1; ///< -1: a new one
    int rank = -1;   ///< of a loss; -1: the whole expert
};

struct Market
{
    std::vector<Growth> growths;
    std::vector<Loss> losses;
    std::vector<Meaning> ofGrowth, ofLoss;
    std::vector<int> ranksOf; ///< by source
};

/// The expert that its module can do without; -1: none.
int ignoredExpert(const LiveModule& live, const ModuleLayout& module, bool routesTopK)
{
    const int experts = module.allocation.experts();
    if (!live.routes || !routesTopK || experts <= 2 || experts <= module.allocation.topK)
        return -1;
    const auto least = std::min_element(live.experts.begin(), live.experts.end(),
                                        [](const LiveExpert& a, const LiveExpert& b) { return a.load < b.load; });
    return least->load < ignoredLoad ? static_cast<int>(least - live.experts.begin()) : -1;
}

void addLosses(Market& market, std::size_t module, int expert, const LiveExpert& live, std::size_t source,
               std::int64_t price)
{
    std::vector<int> order(live.worth.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return live.worth[static_cast<std::size_t>(a)] < live.worth[static_cast<std::size_t>(b)];
    });
    for (const int rank : order) {
        market.losses.push_back({source, price, live.worth[static_cast<std::size_t>(rank)], 1});
        market.ofLoss.push_back({module, expert, rank});
    }
}

Market openMarket(const std::vector<LiveModule>& modules, const AdapterLayout& layout, const ModuleGrid& grid,
                  bool routesTopK)
{
    Market market;
    for (std::size_t index = 0; index < modules.size(); ++index) {
        const LiveModule& live = modules[index];
        const GroupLayout& group = layout.groups[live.group];
        const ModuleLayout& module = group.modules[live.module];
        const std::int64_t price = group.in + module.out;
        const int ignored = ignoredExpert(live, module, routesTopK);
        const std::int64_t width =
            grid.find(static_cast<std::size_t>(group.layer), static_cast<std::size_t>(module.module))->width();
        for (int expert = 0; expert < module.allocation.experts(); ++expert) {
            const LiveExpert& own = live.experts[static_cast<std::size_t>(expert)];
            const int rank = module.allocation.ranks[static_cast<std::size_t>(expert)];
            const std::size_t source = market.ranksOf.size();
            market.ranksOf.push_back(rank);
            if (expert == ignored) {
                // It does not count among the ranks that must stay.
                market.losses.push_back(
                    {source, rank * price + group.in, std::accumulate(own.worth.begin(), own.worth.end(), 0.0), 0});
                market.ofLoss.push_back({index, expert, -1});
                continue;
            }
            addLosses(market, index, expert, own, source, price);
            if (rank < width) {
                market.growths.push_back({source, price, own.rankGain});
                market.ofGrowth.push_back({index, expert, -1});
            }
        }
        if (live.expertGain > 0 && ignored < 0 && module.allocation.experts() < mostExpertsOfModule) {
            const int rank = *std::min_element(module.allocation.ranks.begin(), module.allocation.ranks.end());
            market.growths.push_back({market.ranksOf.size(), rank * price + group.in, live.expertGain});
            market.ofGrowth.push_back({index, -1, -1});
            market.ranksOf.push_back(1);
        }
    }
    return market;
}

/// Of all new experts only the one of the largest gain a parameter may come.
void keepOneExpert(Market& market)
{
    std::size_t best = market.growths.size();
    const auto each = [&](std::size_t i) {
        return market.growths[i].gain / static_cast<double>(market.growths[i].price);
    };
    for (std::size_t i = 0; i < market.growths.size(); ++i)
        if (market.ofGrowth[i].expert < 0 && (best == market.growths.size() || each(i) > each(best)))
            best = i;
    for (std::size_t i = market.growths.size(); i-- > 0;)
        if (market.ofGrowth[i].expert < 0 && i != best) {
            market.growths.erase(market.growths.begin() + static_cast<std::ptrdiff_t>(i));
            market.ofGrowth.erase(market.ofGrowth.begin() + static_cast<std::ptrdiff_t>(i));
        }
}

struct Counts
{
    std::int64_t ranksGone = 0, ranksCome = 0, expertsGone = 0, expertsCome = 0;
};

/// The module as it is, to be changed.
ModuleChange& changeOf(std::map<std::size_t, ModuleChange>& changes, std::size_t index, const GroupLayout& group,
                       const ModuleLayout& module)
{
    const auto [found, isNew] = changes.try_emplace(index);
    if (isNew) {
        found->second.layer = group.layer;
        found->second.module = module.name;
        for (int expert = 0; expert < module.allocation.experts(); ++expert) {
            ExpertOrigin origin;
            origin.expert = expert;
            origin.columns.resize(static_cast<std::size_t>(module.allocation.ranks[static_cast<std::size_t>(expert)]));
            std::iota(origin.columns.begin(), origin.columns.end(), 0);
            found->second.experts.push_back(std::move(origin));
        }
    }
    return found->second;
}

MapChange changeBy(const Market& market, const Exchange& exchange, const std::vector<LiveModule>& modules,
                   const AdapterLayout& layout, const AllocationMap& map, Counts& counts)
{
    std::map<std::size_t, ModuleChange> changes;
    const auto groupOf = [&](std::size_t index) -> const GroupLayout& { return layout.groups[modules[index].group]; };
    const auto moduleOf = [&](std::size_t index) -> const ModuleLayout& {
        return groupOf(index).modules[modules[index].module];
    };
    const auto changed = [&](std::size_t index) -> ModuleChange& {
        return changeOf(changes, index, groupOf(index), moduleOf(index));
    };
    for (const std::size_t one : exchange.come) {
        const Meaning& what = market.ofGrowth[one];
        ModuleChange& change = changed(what.module);
        if (what.expert >= 0) {
            change.experts[static_cast<std::size_t>(what.expert)].columns.push_back(-1);
            ++counts.ranksCome;
            continue;
        }
        const ModuleLayout& module = moduleOf(what.module);
        const auto& experts = modules[what.module].experts;
        const auto least = std::min_element(experts.begin(), experts.end(),
                                            [](const LiveExpert& a, const LiveExpert& b) { return a.load < b.load; });
        ExpertOrigin origin;
        origin.routerLike = static_cast<int>(least - experts.begin());
        origin.columns.assign(
            static_cast<std::size_t>(*std::min_element(module.allocation.ranks.begin(), module.allocation.ranks.end())),
            -1);
        counts.ranksCome += static_cast<std::int64_t>(origin.columns.size());
        ++counts.expertsCome;
        change.experts.push_back(std::move(origin));
    }
    for (const std::size_t one : exchange.go) {
        const Meaning& what = market.ofLoss[one];
        ExpertOrigin& expert = changed(what.module).experts[static_cast<std::size_t>(what.expert)];
        if (what.rank >= 0) {
            std::erase(expert.columns, what.rank);
            ++counts.ranksGone;
        } else {
            counts.ranksGone += static_cast<std::int64_t>(expert.columns.size());
            ++counts.expertsGone;
            expert.columns.clear();
        }
    }
    MapChange result{map, {}};
    result.map.notes.clear(); // those of the run's map are of that one
    for (auto& [index, change] : changes) {
        std::erase_if(change.experts, [](const ExpertOrigin& one) { return one.columns.empty(); });
        ModuleAllocation& allocation = result.map.layers[static_cast<std::size_t>(change.layer)].at(change.module);
        allocation.ranks.clear();
        for (const ExpertOrigin& one : change.experts)
            allocation.ranks.push_back(static_cast<int>(one.columns.size()));
        result.modules.push_back(std::move(change));
    }
    return result;
}

Json asJson(const std::vector<LiveModule>& modules, const AdapterLayout& layout)
{
    Json all = Json::array();
    for (const LiveModule& live : modules) {
        const GroupLayout& group = layout.groups[live.group];
        Json gains = Json::array(), worth = Json::array(), spectra = Json::array(), loads = Json::array();
        for (const LiveExpert& one : live.experts) {
            gains.push_back(one.rankGain);
            worth.push_back(*std::min_element(one.worth.begin(), one.worth.end()));
            spectra.push_back(one.spectrum);
            loads.push_back(one.load);
        }
        Json module = {{"layer", group.layer},
                       {"module", group.modules[live.module].name},
                       {"rank_gain", std::move(gains)},
                       {"least_worth", std::move(worth)},
                       {"spectrum", std::move(spectra)}};
        if (live.routes) {
            module["load"] = std::move(loads);
            module["entropy"] = live.entropy;
            module["expert_gain"] = live.expertGain;
        }
        all.push_back(std::move(module));
    }
    return all;
}

} // namespace

BalancedLive::BalancedLive(ReallocationSteps steps, const ModelConfig& model, MixtureAdapter& adapter)
    : Reallocation(steps), model_(model),
      budget_(torch::full({1}, countParameters(adapter.map(), model).trainable(), torch::kInt64)),
      routed_(torch::zeros_like(adapter.takeRoutingCounts()))
{
}

void BalancedLive::updated(MixtureAdapter& adapter, std::int64_t step, const SumOverProcesses& sum)
{
    (void)step;
    Tensor added = adapter.takeRoutingCounts();
    if (added.numel() == 0)
        return;
    if (sum)
        sum(added);
    routed_ = routed_ + added;
}

std::optional<Reallocation::Proposal> BalancedLive::propose(MixtureAdapter& adapter, const OptimiserView& optimiser)
{
    const torch::NoGradGuard noGradients;
    const AdapterLayout& layout = adapter.layout();
    const std::vector<LiveModule> modules = estimateLive(adapter, optimiser, routed_);
    Market market = openMarket(modules, layout, mapGrid(model_), adapter.settings().router != RouterKind::Dense);
    keepOneExpert(market);
    const std::int64_t before = countParameters(adapter.map(), model_).trainable();
    std::int64_t ranks = 0;
    for (const GroupLayout& group : layout.groups)
        ranks += group.plan.ranks;
    ExchangeLimits limits;
    limits.free = budget_.item<std::int64_t>() - before;
    limits.mostGrowths = static_cast<std::size_t>(std::max<std::int64_t>(1, ranks / ranksPerGrowth));
    const Exchange exchange = chooseExchange(market.growths, market.losses, market.ranksOf, limits);
    // The loads are of the time between two changes.
    routed_ = torch::zeros_like(routed_);
    if (exchange.come.empty())
        return std::nullopt;
    Counts counts;
    Proposal proposal;
    proposal.change = changeBy(market, exchange, modules, layout, adapter.map(), counts);
    proposal.event.map = proposal.change->map;
    proposal.event.moved = std::max(counts.ranksCome, counts.ranksGone);
    proposal.event.details = {{"dropped_ranks", counts.ranksGone},     {"added_ranks", counts.ranksCome},
                              {"dropped_experts", counts.expertsGone}, {"added_experts", counts.expertsCome},
                              {"rate_ahead", optimiser.rateAhead},     {"budget", budget_.item<std::int64_t>()},
                              {"estimates", asJson(modules, layout)}};
    return proposal;
}

void BalancedLive::repacked(MixtureAdapter& adapter, const Repacking& repacking)
{
    (void)repacking;
    routed_ = torch::zeros_like(adapter.takeRoutingCounts());
}

std::vector<NamedTensor> BalancedLive::state() const
{
    return {{"reallocation.budget", budget_}, {"reallocation.routed", routed_}};
}

Status BalancedLive::restore(MixtureAdapter& adapter, const std::map<std::string, Tensor>& tensors,
                             const std::string& file)
{
    HILO_CHECK(restoreTensor(tensors, "reallocation.budget", budget_, file));
    HILO_CHECK(restoreTensor(tensors, "reallocation.routed", routed_, file));
    (void)adapter;
    return {};
}

} // namespace hilo
