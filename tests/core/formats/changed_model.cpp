// SPDX-License-Identifier: GPL-3.0-or-later
#include "changed_model.h"

#include "formats/safetensors.h"
#include "formats/safetensors_writer.h"
#include "support/testing.h"

#include <algorithm>

namespace hilo::testing {

ChangedTensor zeros(std::vector<std::int64_t> shape, DataType type)
{
    std::uint64_t elements = 1;
    for (const std::int64_t size : shape)
        elements *= static_cast<std::uint64_t>(size);
    return {std::move(shape), type, std::vector<std::byte>(REQUIRE_OK(storageBytes(type, elements)))};
}

ChangedTensor filled(std::vector<std::int64_t> shape, float value)
{
    ChangedTensor tensor = zeros(std::move(shape), DataType::F32);
    const std::vector<float> values(tensor.bytes.size() / sizeof(float), value);
    const auto bytes = std::as_bytes(std::span(values));
    tensor.bytes.assign(bytes.begin(), bytes.end());
    return tensor;
}

void writeChangedModel(const std::string& family, const std::filesystem::path& folder,
                       const std::function<void(ChangedTensors&)>& changeTensors,
                       const std::function<void(Json&)>& changeConfig)
{
    const bool isFirst = std::filesystem::exists(dataFile("models/" + family));
    const bool isPath = family.find('/') != std::string::npos;
    const std::filesystem::path source = dataFile((isPath ? "" : isFirst ? "models/" : "families/") + family);
    ChangedTensors tensors;
    for (const TensorView& view : REQUIRE_OK(openSafetensors(source / "model.safetensors")).tensors)
        tensors[view.info.name] = {view.info.shape, view.info.type, {view.bytes.begin(), view.bytes.end()}};
    changeTensors(tensors);
    std::vector<TensorToWrite> written;
    for (const auto& [name, tensor] : tensors)
        written.push_back({name, tensor.shape, tensor.type, tensor.bytes});
    REQUIRE_OK(writeSafetensors(folder / "model.safetensors", written));
    Json config = REQUIRE_OK(readJsonFile(source / "config.json"));
    if (changeConfig)
        changeConfig(config);
    REQUIRE_OK(writeJsonFile(folder / "config.json", config));
}

} // namespace hilo::testing
