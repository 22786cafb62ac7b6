// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/trained_experts.h"

#include "engine/adapter/adapter.h"
#include "engine/base/torch_border.h"
#include "formats/base_expert_modules.h"
#include "run/adapter_place.h"

namespace hilo {

using torch::Tensor;

Result<TrainedExperts> readTrainedExperts(const ModelConfig& model, const std::filesystem::path& adapter)
{
    const std::filesystem::path folder = adapterFolder(adapter);
    HILO_TRY(const auto loaded, MixtureAdapter::load(folder, model, torch::kCPU));
    TrainedExperts trained;
    trained.file = (folder / "adapter.json").string();
    HILO_CHECK(atTorchBorder([&]() -> Status {
        std::map<std::string, Tensor> tensors;
        for (const auto& [name, value] : loaded->namedTensors())
            tensors[name] = value.detach().to(torch::kFloat64);
        const std::vector<std::string> names = mapGrid(model).names();
        for (std::int64_t layer = 0; layer < model.layers; ++layer)
            for (const std::string& name : names) {
                std::vector<ExpertUpdate>& experts = trained.modules[name].emplace_back();
                const ModuleAllocation* module = loaded->map().find(static_cast<std::size_t>(layer), name);
                for (int expert = 0; module && expert < module->experts(); ++expert) {
                    const std::string prefix =
                        "layers." + std::to_string(layer) + "." + name + ".experts." + std::to_string(expert) + ".";
                    const double scale =
                        expertScale(loaded->settings(), module->alpha, module->ranks[static_cast<std::size_t>(expert)]);
                    experts.push_back({tensors.at(prefix + "lora_A"), tensors.at(prefix + "lora_B") * scale});
                }
            }
        return {};
    }));
    return trained;
}

} // namespace hilo
