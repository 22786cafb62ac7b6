// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "formats/data_type.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace hilo::testing {

struct ChangedTensor
{
    std::vector<std::int64_t> shape;
    DataType type = DataType::F32;
    std::vector<std::byte> bytes;
};
using ChangedTensors = std::map<std::string, ChangedTensor>;

/// Zeros of the type.
ChangedTensor zeros(std::vector<std::int64_t> shape, DataType type);
/// Float32 that all have one value.
ChangedTensor filled(std::vector<std::int64_t> shape, float value);

/// Writes a model of tests/data/models or families, or of another folder there ("quantised/awq"), into folder with
/// other tensors and another config.json.
void writeChangedModel(const std::string& family, const std::filesystem::path& folder,
                       const std::function<void(ChangedTensors&)>& changeTensors,
                       const std::function<void(Json&)>& changeConfig = {});

} // namespace hilo::testing
