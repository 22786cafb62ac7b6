// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "formats/mixture_layout.h"
#include "formats/model_source.h"
#include "formats/module_grid.h"
#include "gpu/tensor.h"

namespace hilo {

/// The weights of the base's own experts of one layer, for one of their two modules, read one after the other.
class ExpertWeights
{
  public:
    /// shape: of baseExpertModules(). Reads what holds all experts at once (fused ones), from the mapping where it is
    /// stored in float32. Errors: types that cannot be read, a weight that is not finite.
    static Result<ExpertWeights> open(const ModelSource& model, std::int64_t layer, const ModuleShape& shape);

    /// [out, in] in float32; of the first module gate and up behind one another, or in turns as the family stores them.
    Result<torch::Tensor> read(std::int64_t expert) const;

  private:
    ExpertWeights(const ModelSource& model, MixtureNames names, bool isDown)
        : model_(&model), names_(std::move(names)), isDown_(isDown)
    {
    }

    Result<torch::Tensor> load(const std::string& name) const;

    const ModelSource* model_ = nullptr;
    MixtureNames names_;
    bool isDown_ = false;
    torch::Tensor fused_; ///< [experts, …]; undefined where each has tensors of its own
};

} // namespace hilo
