// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "base/result.h"
#include "engine/model/module_adapter.h"
#include "project/run_spec.h"

#include <torch/torch.h>

#include <filesystem>
#include <memory>

namespace hilo {

struct AdapterSettings
{
    ScalingMode scaling = ScalingMode::AlphaOverRank;
    double constantScale = 1;
    RouterKind router = RouterKind::TopK;
    double dropout = 0;
    double auxiliaryLoss = 0;
    std::int64_t seed = 1;
};

/// How tokens were spread over a module's experts since the last reset.
struct ExpertLoad
{
    std::int64_t layer = 0;
    int module = 0;              ///< index into moduleShapes
    std::vector<double> load;    ///< share of the chosen slots per expert (null experts at the end), sums to 1
    std::vector<double> weight;  ///< mean router probability per expert
};

/// The mixture of LoRA experts of a whole model. All parameters live in one flat float32 buffer; A and B of a module are
/// views [R, in] and [out, R] with the experts concatenated along the rank, and modules that share an input are laid
/// behind one another so that one product serves them all (design section 8).
class MixtureAdapter : public ModuleAdapter
{
  public:
    /// Fresh: A and routers Kaiming-uniform(sqrt 5), B zero (2402.08562 code). map must be valid for the model.
    static std::shared_ptr<MixtureAdapter> create(const ModelConfig& model, const AllocationMap& map,
                                                  const AdapterSettings& settings, torch::Device device);
    /// Own format: adapter.safetensors + adapter.json with the map (formats 3.6).
    static Result<std::shared_ptr<MixtureAdapter>> load(const std::filesystem::path& folder, const ModelConfig& model,
                                                        torch::Device device);
    /// Writes both files into an existing folder.
    Status save(const std::filesystem::path& folder) const;

    void addTo(std::int64_t layer, std::span<const int> modules, const torch::Tensor& input,
               std::span<torch::Tensor> outputs) override;

    /// Training applies dropout and gathers loads and the auxiliary loss; its random numbers depend on
    /// (seed, step, microBatch, layer, module group) alone, so a resumed or recomputed pass draws the same.
    void startTraining(std::int64_t step, std::int64_t microBatch);
    void startEvaluation();

    /// The coefficient times the sum over layers of N·Σ f·P (methods 2.3) of the passes since the last take;
    /// undefined when off.
    torch::Tensor takeAuxiliaryLoss();
    std::vector<ExpertLoad> takeExpertLoads();

    const AllocationMap& map() const;
    const AdapterSettings& settings() const;
    /// The one flat parameter [P] float32, requires_grad, and its gradient of the same layout.
    torch::Tensor& parameters();
    /// Views by the own format's names ("layers.3.q_proj.experts.0.lora_A", …), for saving and export.
    std::vector<std::pair<std::string, torch::Tensor>> namedTensors() const;

    struct State;
    explicit MixtureAdapter(std::unique_ptr<State> state);
    ~MixtureAdapter() override;

  private:
    std::unique_ptr<State> state_;
};

} // namespace hilo
