// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/safetensors.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace hilo {

/// "FOLDER/adapter_model.safetensors", as PEFT and its relatives name it.
std::filesystem::path adapterTensorsFile(const std::filesystem::path& folder);

/// Opens it. Bad input: the file is missing or damaged; there is only a pickled one.
Result<SafetensorsFile> openAdapterTensors(const std::filesystem::path& folder);

/// A name without the "base_model.model." that PEFT puts before those of the model it wraps.
std::string withoutPeftPrefix(std::string_view name);

/// "tensor "NAME"", for messages.
std::string placeOf(const TensorView& tensor);

} // namespace hilo
