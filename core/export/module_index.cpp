// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/module_index.h"

namespace hilo {

ModuleIndex::ModuleIndex(const ModelConfig& model) : shapes_(moduleShapes(model))
{
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        for (std::size_t shape = 0; shape < shapes_.size(); ++shape)
            places_.emplace(modulePath(model, layer, shapes_[shape]), Place{layer, shape});
    example_ = modulePath(model, 0, shapes_.front());
}

const ModuleIndex::Place* ModuleIndex::find(const std::string& path) const
{
    const auto found = places_.find(path);
    return found == places_.end() ? nullptr : &found->second;
}

std::string ModuleIndex::example() const
{
    return example_;
}

} // namespace hilo
