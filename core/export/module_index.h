// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/adapter_content.h"

#include <map>

namespace hilo {

/// Finds a module of a model by its full Hugging Face name, and collects what a file says about each.
class ModuleIndex
{
  public:
    explicit ModuleIndex(const ModelConfig& model);

    struct Place
    {
        std::int64_t layer = 0;
        std::size_t shape = 0; ///< index into moduleShapes
    };
    /// Null when the model has no module of this name.
    const Place* find(const std::string& path) const;
    const ModuleShape& shape(const Place& place) const { return shapes_[place.shape]; }
    /// "model.layers.0.self_attn.q_proj", for messages
    std::string example() const;

  private:
    std::vector<ModuleShape> shapes_;
    std::map<std::string, Place> places_;
    std::string example_;
};

} // namespace hilo
