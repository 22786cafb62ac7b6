// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "export/adapter_content.h"
#include "formats/module_grid.h"

#include <map>
#include <string>

namespace hilo {

/// Finds the modules of a model by the names that adapters have for them.
class ModuleIndex
{
  public:
    explicit ModuleIndex(const ModelConfig& model);

    struct Place
    {
        std::int64_t layer = 0;
        std::size_t column = 0;
    };
    /// The module of a full name, "model.layers.0.self_attn.q_proj". What stands before the list of layers depends on
    /// the class that was trained: nothing for the bare model, "model.language_model." or "language_model.model." for
    /// one that wraps a text model, "thinker.model.". Bad input, which names file and place: another part of a wrapper
    /// (vision, audio), a model that was wrapped by PEFT twice, a module that the model lacks.
    Result<Place> require(const std::string& name, const std::string& file, const std::string& place) const;
    /// How many of its own experts the base uses for a token; 0 where it has none.
    int activeBaseExperts() const { return active_; }
    const ModuleShape& shape(const Place& place) const
    {
        return *modules_.find(static_cast<std::size_t>(place.layer), place.column);
    }

  private:
    ModuleGrid modules_; ///< with those of the base's own experts
    int active_ = 0;
    std::map<std::string, Place> places_; ///< by the name from the list of layers on
    std::string list_;                    ///< what the list of layers is called
    std::string example_;
};

} // namespace hilo
