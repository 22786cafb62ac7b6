// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// One linear module of a layer that an adapter can be put on.
struct ModuleShape
{
    std::string name; ///< Hugging Face name: "q_proj", "qkv_proj", … ; gpt2: "c_attn", "attn.c_proj", "mlp.c_proj"
    std::string path; ///< inside the layer: "self_attn.q_proj"
    std::int64_t in = 0;
    std::int64_t out = 0;
    int inputGroup = 0;           ///< modules of a layer with the same number share their input (q, k, v; gate, up)
    int column = 0;               ///< of the grid
    std::int64_t baseExperts = 0; ///< of the base's own experts: how many a layer has (base_expert_modules.h)

    /// The largest rank that an expert of it can have.
    std::int64_t width() const { return in < out ? in : out; }
};

/// Which modules each layer of a model has. A column is a name that any layer has, in the order of the forward pass; a
/// layer may lack some of them (hybrids), and the same name may have other sizes in another layer.
class ModuleGrid
{
  public:
    /// The modules of each layer in the order of the forward pass; their columns are filled in.
    static ModuleGrid of(std::vector<std::vector<ModuleShape>> layers);

    std::size_t columns() const { return names_.size(); }
    std::size_t layers() const { return layers_.size(); }
    const std::vector<std::string>& names() const& { return names_; }
    std::vector<std::string> names() && { return std::move(names_); }
    const std::string& name(std::size_t column) const { return names_[column]; }
    std::optional<std::size_t> columnOf(const std::string& name) const;

    /// The modules that the layer has, in the order of the forward pass.
    const std::vector<ModuleShape>& layer(std::size_t layer) const& { return layers_[layer]; }
    std::vector<ModuleShape> layer(std::size_t layer) && { return std::move(layers_[layer]); }
    /// Null where the layer has no such module.
    const ModuleShape* find(std::size_t layer, std::size_t column) const;
    const ModuleShape* find(std::size_t layer, const std::string& name) const;
    /// The first layer's that has it.
    const ModuleShape& example(std::size_t column) const;

    /// Of all layers together.
    std::size_t modules() const;
    /// The largest number of an input group, and one more.
    int inputGroups() const;
    /// Whether all layers have the same modules of the same sizes.
    bool isUniform() const;
    /// With these columns alone; names that it has not are left out.
    ModuleGrid only(const std::vector<std::string>& names) const;

  private:
    std::vector<std::string> names_;
    std::vector<std::vector<ModuleShape>> layers_;
    std::vector<std::vector<int>> places_; ///< [layer][column]: index into the layer's modules, or -1
};

/// The linear modules of every layer. Of a model that is a mixture of experts itself not its own experts.
ModuleGrid moduleGrid(const ModelConfig& config);

/// "model.layers.3.self_attn.q_proj" (without ".weight"); gpt2: "transformer.h.3.attn.c_attn".
std::string modulePath(const ModelConfig& config, std::int64_t layer, const ModuleShape& module);

} // namespace hilo
