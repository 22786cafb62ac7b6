// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "engine/adapter/expert_update.h"
#include "formats/model_config.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace hilo {

/// The experts of a trained adapter by module and layer, in float64, each expert's scale multiplied into its B; of the
/// base's own experts (formats/base_expert_modules.h) what each of them got.
struct TrainedExperts
{
    std::string file;                                                      ///< adapter.json, for messages
    std::map<std::string, std::vector<std::vector<ExpertUpdate>>> modules; ///< [layer][expert]; none: empty
};

/// From a folder with adapter.json, or a run folder. Errors: no such adapter, one of another model.
Result<TrainedExperts> readTrainedExperts(const ModelConfig& model, const std::filesystem::path& adapter);

} // namespace hilo
