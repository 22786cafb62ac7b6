// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/adapter_tensors.h"

namespace hilo {
namespace fs = std::filesystem;

fs::path adapterTensorsFile(const fs::path& folder)
{
    return folder / "adapter_model.safetensors";
}

Result<SafetensorsFile> openAdapterTensors(const fs::path& folder)
{
    const fs::path pickled = folder / "adapter_model.bin";
    std::error_code code;
    if (!fs::exists(adapterTensorsFile(folder), code) && fs::exists(pickled, code))
        return failure(badInput(pickled.string(), {},
                                "Pickle files can run programs and are not read; adapter_model.safetensors is missing.",
                                "Save the adapter again with safe_serialization=True."));
    return openSafetensors(adapterTensorsFile(folder));
}

std::string withoutPeftPrefix(std::string_view name)
{
    constexpr std::string_view prefix = "base_model.model.";
    if (name.starts_with(prefix))
        name.remove_prefix(prefix.size());
    return std::string(name);
}

std::string placeOf(const TensorView& tensor)
{
    return "tensor \"" + tensor.info.name + "\"";
}

} // namespace hilo
