// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/refine/refine_run.h"

#include "allocation/parameters.h"
#include "base/atomic_file.h"
#include "engine/adapter/adapter.h"
#include "engine/adapter/expert_update.h"
#include "engine/base/torch_border.h"
#include "formats/model_source.h"
#include "formats/module_grid.h"
#include "run/event_stream.h"
#include "run/run_event.h"
#include "run/run_spec.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hilo {
namespace fs = std::filesystem;
namespace {

using torch::Tensor;
using Loads = std::map<std::pair<std::int64_t, std::string>, std::vector<double>>;

/// Of the last routing event the loads, or the weights; empty where the run has none (no module with a router).
Result<Loads> lastLoads(const fs::path& runFolder, std::vector<double> ModuleLoad::*kind)
{
    Loads loads;
    const auto receive = [&loads, kind](const Json& json) -> Status {
        const RunEvent event = readRunEvent(json);
        const auto* const routing = std::get_if<RunEvent::Routing>(&event.what);
        if (!routing)
            return {};
        loads.clear();
        for (const ModuleLoad& module : routing->modules)
            loads[{module.layer, module.module}] = module.*kind;
        return {};
    };
    EventCursor cursor;
    for (bool more = true; more;) {
        HILO_TRY(const EventFollowing following, followEvents(runFolder, cursor, receive));
        cursor = following.cursor;
        more = following.more;
    }
    return loads;
}

/// One expert of the new adapter: where it comes from, and its update without the scale.
struct KeptExpert
{
    int from = 0;
    std::int64_t rank = 0;
    std::int64_t trained = 0; ///< leading ranks that have weights
    bool isFull = false;      ///< all ranks are in use
    ExpertUpdate update;
};

struct KeptModule
{
    std::vector<KeptExpert> experts; ///< those of the run; added ones come behind them in the allocation
    ModuleAllocation allocation;
};

class Refiner
{
  public:
    Refiner(const ModelConfig& model, const MixtureAdapter& adapter, const RefineSettings& settings, const Loads& loads)
        : model_(model), grid_(moduleGrid(model)), adapter_(adapter), settings_(settings), loads_(loads)
    {
        for (const auto& [name, value] : adapter.namedTensors())
            tensors_[name] = value;
    }

    Refinement decide()
    {
        Refinement result;
        result.map = adapter_.map();
        double variations = 0;
        std::int64_t routed = 0;
        for (std::size_t layer = 0; layer < result.map.layers.size(); ++layer)
            for (auto& [name, module] : result.map.layers[layer]) {
                const std::vector<double> shares = sharesOf(layer, name, module);
                if (module.hasRouter() && !shares.empty()) {
                    variations += squaredPopulationVariation(shares);
                    ++routed;
                }
                // The base's experts keep one rank for all; refining is about the adapter's own.
                if (module.ofBase) {
                    modules_[{layer, name}] = unchanged(layer, name, module);
                    continue;
                }
                KeptModule kept = keep(layer, name, module, shares, result);
                module = kept.allocation;
                modules_[{layer, name}] = std::move(kept);
            }
        result.loadVariation = routed > 0 ? variations / static_cast<double>(routed) : 0;
        result.parametersBefore = countParameters(adapter_.map(), model_).trainable();
        result.parametersAfter = countParameters(result.map, model_).trainable();
        result.map.name = adapter_.map().name + ", refined";
        result.map.strategy = "refine";
        result.map.notes.clear(); // those of the run's map are of that one
        if (result.loweredTopK > 0)
            result.map.notes.push_back("top_k is lower than before in " + std::to_string(result.loweredTopK) +
                                       (result.loweredTopK == 1 ? " module" : " modules") +
                                       ", where fewer experts are left than were chosen.");
        result.map.settings = {{"drop_below", settings_.dropBelow}, {"negligible", settings_.negligible},
                               {"grow_above", settings_.growAbove}, {"grow_by", settings_.growBy},
                               {"rank_max", settings_.rankMax},     {"grow_experts", settings_.growExperts},
                               {"even_above", settings_.evenAbove}};
        return result;
    }

    std::shared_ptr<MixtureAdapter> build(const AllocationMap& map) const
    {
        auto made = MixtureAdapter::create(model_, map, adapter_.settings(), torch::kCPU);
        made->setBaseModel(adapter_.baseModel());
        std::map<std::string, Tensor> target;
        for (const auto& [name, value] : made->namedTensors())
            target[name] = value;
        for (const auto& [place, module] : modules_) {
            const std::string prefix = "layers." + std::to_string(place.first) + "." + place.second + ".";
            // Added experts stay as they were made: A random, B zero.
            for (std::size_t expert = 0; expert < module.experts.size(); ++expert) {
                const KeptExpert& kept = module.experts[expert];
                const std::string name = prefix + "experts." + std::to_string(expert) + ".";
                target.at(name + "lora_A").slice(0, 0, kept.trained).copy_(kept.update.a.slice(0, 0, kept.trained));
                Tensor b = target.at(name + "lora_B");
                b.zero_();
                b.slice(1, 0, kept.trained).copy_(kept.update.b.slice(1, 0, kept.trained));
            }
            if (module.allocation.hasRouter())
                copyRouter(module, tensors_.at(prefix + "router.weight"), target.at(prefix + "router.weight"));
        }
        return made;
    }

  private:
    std::vector<double> sharesOf(std::size_t layer, const std::string& name, const ModuleAllocation& module) const
    {
        const auto found = loads_.find({static_cast<std::int64_t>(layer), name});
        if (found == loads_.end() || found->second.size() < static_cast<std::size_t>(module.experts()))
            return {};
        const std::vector<double> shares(found->second.begin(), found->second.begin() + module.experts());
        // What the log has no numbers for is judged by nothing.
        const bool isKnown =
            std::all_of(shares.begin(), shares.end(), [](double share) { return std::isfinite(share); });
        return isKnown ? shares : std::vector<double>();
    }

    KeptModule unchanged(std::size_t layer, const std::string& name, const ModuleAllocation& module) const
    {
        KeptModule kept;
        kept.allocation = module;
        for (int expert = 0; expert < module.experts(); ++expert) {
            const std::string prefix =
                "layers." + std::to_string(layer) + "." + name + ".experts." + std::to_string(expert) + ".";
            const std::int64_t rank = module.ranks[static_cast<std::size_t>(expert)];
            kept.experts.push_back(
                {expert, rank, rank, false, {tensors_.at(prefix + "lora_A"), tensors_.at(prefix + "lora_B")}});
        }
        return kept;
    }

    KeptModule keep(std::size_t layer, const std::string& name, const ModuleAllocation& module,
                    const std::vector<double>& shares, Refinement& result) const
    {
        KeptModule kept;
        kept.allocation = module;
        kept.allocation.ranks.clear();
        const double even = 1.0 / std::max(1, module.experts() + module.nullExperts);
        const auto busiest = shares.empty() ? -1 : std::max_element(shares.begin(), shares.end()) - shares.begin();
        for (int expert = 0; expert < module.experts(); ++expert) {
            if (!shares.empty() && expert != busiest &&
                shares[static_cast<std::size_t>(expert)] < settings_.dropBelow * even) {
                ++result.droppedExperts;
                continue;
            }
            kept.experts.push_back(refined(layer, name, module, expert, result));
            kept.allocation.ranks.push_back(static_cast<int>(kept.experts.back().rank));
        }
        if (isInUse(module, kept, shares)) {
            const int rank = *std::min_element(kept.allocation.ranks.begin(), kept.allocation.ranks.end());
            kept.allocation.ranks.insert(kept.allocation.ranks.end(), static_cast<std::size_t>(settings_.growExperts),
                                         rank);
            result.addedExperts += settings_.growExperts;
        }
        const int choices = kept.allocation.experts() + kept.allocation.nullExperts;
        const bool choosesAll = module.topK == module.experts() + module.nullExperts;
        kept.allocation.topK = choosesAll ? choices : std::min(module.topK, choices);
        result.loweredTopK += !choosesAll && kept.allocation.topK < module.topK;
        return kept;
    }

    /// Every expert that there was has about its share of the tokens and uses all its ranks.
    bool isInUse(const ModuleAllocation& module, const KeptModule& kept, const std::vector<double>& shares) const
    {
        const AdapterSettings& adapter = adapter_.settings();
        const bool isReachable = adapter.router == RouterKind::Dense || module.topK > 1 || adapter.auxiliaryLoss > 0;
        const double even = 1.0 / std::max(1, module.experts() + module.nullExperts);
        return module.hasRouter() && isReachable && !shares.empty() &&
               static_cast<int>(kept.experts.size()) == module.experts() &&
               std::all_of(shares.begin(), shares.end(),
                           [&](double share) { return share >= settings_.evenAbove * even; }) &&
               std::all_of(kept.experts.begin(), kept.experts.end(),
                           [](const KeptExpert& expert) { return expert.isFull; });
    }

    KeptExpert refined(std::size_t layer, const std::string& name, const ModuleAllocation& module, int expert,
                       Refinement& result) const
    {
        const std::string prefix =
            "layers." + std::to_string(layer) + "." + name + ".experts." + std::to_string(expert) + ".";
        const ExpertUpdate trained{tensors_.at(prefix + "lora_A"), tensors_.at(prefix + "lora_B")};
        OrderedUpdate ordered = orderUpdate(trained);
        const std::int64_t rank = module.ranks[static_cast<std::size_t>(expert)];
        const auto& values = ordered.singularValues;
        KeptExpert kept{expert, rank, rank, false, std::move(ordered.update)};
        // Without any update there is nothing to judge by: the expert stays as it is.
        if (!values.empty() && values.front() > 0) {
            kept.trained = neededRank(values, settings_.negligible);
            kept.rank = kept.trained;
            result.droppedRanks += rank - kept.rank;
            kept.isFull = kept.rank == rank && values.back() >= settings_.growAbove * values.front();
            if (kept.isFull) {
                kept.rank = std::min(
                    {rank + settings_.growBy, std::max(rank, settings_.rankMax), grid_.find(layer, name)->width()});
                result.addedRanks += kept.rank - rank;
            }
        } else {
            kept.update = trained;
        }
        // The scale alpha / rank changes with the rank; B makes up for it.
        kept.update.b = kept.update.b * (expertScale(adapter_.settings(), module.alpha, rank) /
                                         expertScale(adapter_.settings(), module.alpha, kept.rank));
        return kept;
    }

    static void copyRouter(const KeptModule& module, const Tensor& from, const Tensor& to)
    {
        const std::int64_t nulls = module.allocation.nullExperts;
        for (std::size_t expert = 0; expert < module.experts.size(); ++expert)
            to[static_cast<std::int64_t>(expert)].copy_(from[module.experts[expert].from]);
        for (auto added = static_cast<std::int64_t>(module.experts.size()); added < to.size(0) - nulls; ++added)
            to[added].copy_(from.mean(0));
        to.slice(0, to.size(0) - nulls).copy_(from.slice(0, from.size(0) - nulls));
    }

    const ModelConfig& model_;
    ModuleGrid grid_;
    const MixtureAdapter& adapter_;
    const RefineSettings& settings_;
    const Loads& loads_;
    std::map<std::string, Tensor> tensors_;
    std::map<std::pair<std::size_t, std::string>, KeptModule> modules_;
};

} // namespace

double squaredPopulationVariation(const std::vector<double>& values)
{
    if (values.empty())
        return 0;
    const auto count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean) / count;
    return mean != 0 ? squares / (mean * mean) : 0;
}

Result<Refinement> refineRun(const fs::path& runFolder, const RefineSettings& settings, const fs::path& out,
                             const Progress& progress)
{
    HILO_TRY(RunSpec spec, readRunSpec(runFolder / "run.json"));
    HILO_TRY(const ModelSource model, openModel(spec.modelPath));
    HILO_TRY(const auto adapter, MixtureAdapter::load(runFolder / "adapter", model.config, torch::kCPU));
    // A dense router chooses all experts for every token; only their weights tell them apart.
    const bool isDense = adapter->settings().router == RouterKind::Dense;
    HILO_TRY(const Loads loads, lastLoads(runFolder, isDense ? &ModuleLoad::weight : &ModuleLoad::load));
    if (progress.isCancelled())
        return failure(cancelled());
    Refinement result;
    HILO_TRY(AtomicFolder folder, AtomicFolder::create(out));
    HILO_CHECK(atTorchBorder([&]() -> Status {
        const torch::NoGradGuard noGradients;
        Refiner refiner(model.config, *adapter, settings, loads);
        result = refiner.decide();
        HILO_CHECK(validateAllocationMap(result.map, model.config, "refined map"));
        std::error_code code;
        fs::create_directories(folder.path() / "adapter", code);
        return refiner.build(result.map)->save(folder.path() / "adapter");
    }));
    spec.map = result.map;
    spec.mapFile.clear();
    spec.name += "-refined";
    // A method that begins with factors of its own cannot go on from the refined adapter.
    if (const auto* method = findReallocationMethod(spec.training.reallocation.method); method && method->shrinks)
        spec.training.reallocation = {};
    spec.training.startFrom = (fs::absolute(out) / "adapter").lexically_normal().string();
    HILO_CHECK(writeAllocationMap(folder.path() / "refined.map.json", result.map));
    HILO_CHECK(writeJsonFile(folder.path() / "next.run.json", toJson(spec)));
    HILO_CHECK(folder.commit());
    return result;
}

Json toJson(const Refinement& refinement)
{
    return {{"dropped_experts", refinement.droppedExperts},
            {"dropped_ranks", refinement.droppedRanks},
            {"added_ranks", refinement.addedRanks},
            {"added_experts", refinement.addedExperts},
            {"lowered_top_k", refinement.loweredTopK},
            {"parameters_before", refinement.parametersBefore},
            {"parameters_after", refinement.parametersAfter},
            {"load_variation", refinement.loadVariation},
            {"map", toJson(refinement.map)}};
}

} // namespace hilo
