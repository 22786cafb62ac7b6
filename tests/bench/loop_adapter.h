// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "engine/model/module_adapter.h"
#include "formats/model_config.h"
#include "gpu/tensor.h"

#include <map>
#include <string>
#include <vector>

namespace hilo::bench {

/// What the mixture is measured against: each module on its own, one expert after the other, differentiated by
/// LibTorch. All experts see all tokens and are weighted by the router (zero where not chosen), without gather and
/// scatter.
class LoopAdapter : public ModuleAdapter
{
  public:
    LoopAdapter(const ModelConfig& model, const AllocationMap& map, torch::Device device = torch::kCPU);

    void addTo(std::int64_t layer, std::span<const int> modules, const torch::Tensor& input,
               std::span<torch::Tensor> outputs) override;

    std::vector<torch::Tensor>& parameters() { return parameters_; }

  private:
    struct Module
    {
        ModuleAllocation allocation;
        std::vector<torch::Tensor> a;
        std::vector<torch::Tensor> b;
        torch::Tensor router;
    };
    torch::Tensor parameter(std::int64_t rows, std::int64_t columns, double bound);

    torch::Device device_;
    std::vector<std::map<int, Module>> layers_;
    std::vector<torch::Tensor> parameters_;
};

/// No adapter, but gradients down to the first layer, as the base of every fine-tuning step has them.
class GradientSource : public ModuleAdapter
{
  public:
    explicit GradientSource(torch::Device device = torch::kCPU)
        : zero_(torch::zeros({1}, torch::TensorOptions(device)).set_requires_grad(true))
    {
    }

    void addTo(std::int64_t layer, std::span<const int> modules, const torch::Tensor& input,
               std::span<torch::Tensor> outputs) override;

  private:
    torch::Tensor zero_;
};

} // namespace hilo::bench
