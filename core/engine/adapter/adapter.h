// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "base/result.h"
#include "engine/adapter/repacking.h"
#include "engine/adapter/router_statistics.h"
#include "engine/adapter/settings.h"
#include "engine/adapter/task_loads.h"
#include "engine/model/module_adapter.h"
#include "gpu/tensor.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// Which base model an adapter was trained on; empty where it is not known.
struct BaseModel
{
    std::string name;
    std::string sha256;
    bool operator==(const BaseModel&) const = default;
};

/// Which weights of a run a finished adapter has.
struct AdapterOrigin
{
    std::int64_t step = 0;
    std::string selected;        ///< "last" or "best"; empty: nothing is written
    std::string metric;          ///< of core/metrics, as measured on validation rows at that step
    std::optional<double> value; ///< nothing: not measured there
};

/// The mixture of LoRA experts of a whole model. All parameters live in one flat float32 buffer; A and B of a module
/// are views [R, in] and [out, R] with the experts concatenated along the rank, and modules that share an input are
/// laid behind one another so that one product serves them all.
class MixtureAdapter : public ModuleAdapter
{
  public:
    /// Fresh: A and routers Kaiming-uniform(sqrt 5), B zero (2402.08562 code). map must be valid for the model.
    static std::shared_ptr<MixtureAdapter> create(const ModelConfig& model, const AllocationMap& map,
                                                  const AdapterSettings& settings, torch::Device device);
    /// Own format: adapter.safetensors with the tensors of tensorPlaces (layout.h), and adapter.json with base model,
    /// settings and map.
    static Result<std::shared_ptr<MixtureAdapter>> load(const std::filesystem::path& folder, const ModelConfig& model,
                                                        torch::Device device);
    /// Writes both files into an existing folder.
    Status save(const std::filesystem::path& folder) const;

    /// Adds into the outputs' memory: whoever made them must not need them for their own gradients (linear layers do
    /// not). In the backward pass the parameters' gradients are added straight into parameters().grad(), so take
    /// gradients by backward(), not by autograd::grad.
    void addTo(std::int64_t layer, std::span<const int> modules, const torch::Tensor& input,
               std::span<torch::Tensor> outputs) override;
    bool adaptsExperts(std::int64_t layer) const override;
    torch::Tensor addToExperts(std::int64_t layer, BaseExpertWeight weight, const torch::Tensor& input,
                               std::span<const std::int64_t> counts, const torch::Tensor& output) override;

    /// Call before each micro-batch's forward pass and run its backward pass before the next call. Training applies
    /// dropout and gathers loads and the auxiliary loss; its random numbers depend on (seed, step, microBatch, layer,
    /// module group) alone, so a resumed or recomputed pass draws the same. The modules of a group share one mask.
    /// starts: of the batch's sequences, for the auxiliary loss of dense routers (LocalisedBalance). counted: where the
    /// batch has padding behind its rows, which counts nowhere; then all of the model runs (RouterStatistics). tasks:
    /// where loads are gathered by task as well.
    void startTraining(std::int64_t step, std::int64_t microBatch, const std::vector<std::int64_t>& starts = {},
                       const CountedTokens& counted = {}, const TokenTasks& tasks = {});
    /// No dropout, nothing gathered. So is a fresh adapter.
    void startEvaluation();

    /// The coefficient times the sum over layers of N·Σ f·P (RouterStatistics) of the passes since the last take, or,
    /// of dense routers, of the current pass' LocalisedBalance: a scalar to add to the loss of the current pass before
    /// backward(); undefined when off. Also right when activations are recomputed.
    torch::Tensor takeAuxiliaryLoss();
    /// Of every module with a router, over the training passes since the last take; of all processes of a run where sum
    /// adds them up.
    std::vector<ExpertLoad> takeExpertLoads(const SumOverProcesses& sum = {});
    /// The same of each of so many tasks, over the passes that had tasks (TaskLoads).
    std::vector<std::vector<ExpertLoad>> takeTaskLoads(std::int64_t tasks, const SumOverProcesses& sum = {});

    const AllocationMap& map() const;
    const AdapterSettings& settings() const;
    /// The one flat parameter [P] float32, requires_grad, and its gradient of the same layout.
    torch::Tensor& parameters();
    /// Views by the own format's names ("layers.3.q_proj.experts.0.lora_A", …), for saving and export.
    std::vector<std::pair<std::string, torch::Tensor>> namedTensors() const;

    const AdapterLayout& layout() const;
    /// See RouterStatistics::takeCounts().
    torch::Tensor takeRoutingCounts();

    /// Takes another map while training, between two steps: the flat buffers are packed anew, and with them whatever
    /// else the caller has of their layout. New rank columns start with A drawn from (seed, step, layer, module,
    /// expert, rank) as a fresh adapter's, and B = 0; the gradient is zero. Loads that nobody has taken are gone. step:
    /// of the change. The map must be valid for the model.
    Repacking change(const ModelConfig& model, const MapChange& change, std::int64_t step);

    /// Written into adapter.json, for whoever loads it; not checked here.
    void setBaseModel(BaseModel base);
    const BaseModel& baseModel() const;
    /// Written into adapter.json: "step", "selected", "metric" and "value".
    void setOrigin(AdapterOrigin origin);

    struct State;
    explicit MixtureAdapter(std::shared_ptr<State> state);
    ~MixtureAdapter() override;

  private:
    std::shared_ptr<State> state_;
};

} // namespace hilo
