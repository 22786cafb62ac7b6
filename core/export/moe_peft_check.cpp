// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/moe_peft_check.h"

#include "base/json.h"
#include "export/torch_archive_check.h"
#include "formats/layer_modules.h"

namespace hilo {
namespace {

using Tensors = std::map<std::string, ArchiveTensor>;

struct MoePeftConfig
{
    std::string type;
    std::int64_t rank = 0, experts = 1, topK = 1;
    double alpha = 0;
};

Result<MoePeftConfig> readConfig(const std::filesystem::path& path)
{
    HILO_TRY(const Json document, readJsonFile(path));
    HILO_TRY(const JsonObject object, JsonObject::of(document, path.string()));
    MoePeftConfig config;
    HILO_TRY(config.type, object.text("peft_type"));
    HILO_TRY(config.rank, object.integer("r", 1, 1 << 20));
    HILO_TRY(config.alpha, object.number("lora_alpha", 1e-6, 1e9));
    HILO_TRY(config.experts, object.integerOr("num_experts", 1, 1, 1 << 20));
    HILO_TRY(config.topK, object.integerOr("top_k", 2, 1, 1 << 20));
    return config;
}

Result<std::vector<float>> take(Tensors& tensors, const std::string& name, const std::vector<std::int64_t>& shape,
                                const std::string& file)
{
    const auto found = tensors.find(name);
    if (found == tensors.end() || found->second.shape != shape)
        return failure(badInput(file, name, "The tensor is missing or has another shape than its loader expects."));
    std::vector<float> values = std::move(found->second.values);
    tensors.erase(found);
    return values;
}

Result<ExpertContent> takeExpert(Tensors& tensors, const std::string& prefix, const ModuleShape& shape,
                                 const MoePeftConfig& config, const std::string& file)
{
    ExpertContent expert;
    expert.rank = config.rank;
    expert.scale = config.alpha / static_cast<double>(config.rank);
    HILO_TRY(expert.a, take(tensors, prefix + "lora_A.weight", {config.rank, shape.in}, file));
    HILO_TRY(expert.b, take(tensors, prefix + "lora_B.weight", {shape.out, config.rank}, file));
    return expert;
}

} // namespace

Result<AdapterContent> readBackMoePeft(const std::filesystem::path& folder, const ModelConfig& model)
{
    const std::filesystem::path path = folder / "adapter_model.bin";
    const std::string file = path.string();
    HILO_TRY(const MoePeftConfig config, readConfig(folder / "adapter_config.json"));
    HILO_TRY(Tensors tensors, readBackTorchArchive(path));
    std::string root = "base_model.model.model.layers.";
    if (config.type != "LORA")
        root = config.type == "MOLA" ? "mola.layers." : "loramoe.layers.";
    AdapterContent content;
    content.model = model;
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        for (const ModuleShape& shape : layerModules(model, layer)) {
            const std::string prefix = root + std::to_string(layer) + "." + shape.path + ".";
            ModuleContent module;
            module.layer = layer;
            module.shape = shape;
            if (tensors.contains(prefix + "lora_A.weight")) {
                HILO_TRY(ExpertContent expert, takeExpert(tensors, prefix, shape, config, file));
                module.experts.push_back(std::move(expert));
            } else if (tensors.contains(prefix + "moe_gate.weight")) {
                HILO_TRY(module.router, take(tensors, prefix + "moe_gate.weight", {config.experts, shape.in}, file));
                for (std::int64_t i = 0; i < config.experts; ++i) {
                    HILO_TRY(ExpertContent expert,
                             takeExpert(tensors, prefix + "experts." + std::to_string(i) + ".", shape, config, file));
                    module.experts.push_back(std::move(expert));
                }
                module.dense = config.type == "LORAMOE";
                module.topK = static_cast<int>(module.dense ? config.experts : config.topK);
            } else {
                continue;
            }
            content.modules.push_back(std::move(module));
        }
    if (!tensors.empty())
        return failure(badInput(file, tensors.begin()->first, "No module takes this tensor."));
    return content;
}

} // namespace hilo
