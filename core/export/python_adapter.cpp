// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/python_adapter.h"

#include "base/atomic_file.h"
#include "base/file_system.h"
#include "export/float_tensors.h"
#include "formats/base_expert_modules.h"
#include "formats/safetensors.h"
#include "python_text.h"
#include "run/expert_scale.h"
#include "run/run_spec_names.h"

#include <set>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// What adapter.json says beside the map.
struct Settings
{
    ScalingMode scaling = ScalingMode::AlphaOverRank;
    double constant = 1;
    RouterKind router = RouterKind::TopK;
    double topP = 0;
};

Result<Settings> settingsOf(const JsonObject& document)
{
    HILO_TRY(const JsonObject object, document.object("settings"));
    Settings settings;
    HILO_TRY(settings.scaling, named<ScalingMode>(object, "scaling", scalingNames));
    HILO_TRY(settings.router, named<RouterKind>(object, "router", routerNames));
    if (settings.router == RouterKind::TopP) {
        HILO_TRY(settings.topP, object.numberOr("router_top_p", TrainingSpec().routerTopP, 0.01, 1));
    }
    HILO_TRY(settings.constant, object.numberOr("constant_scale", settings.constant, -1e6, 1e6));
    return settings;
}

/// Tensors by name; remembers which were asked for.
class NamedTensors
{
  public:
    NamedTensors(const SafetensorsFile& weights, std::string file) : weights_(weights), file_(std::move(file)) {}

    Result<std::vector<float>> take(const std::string& name, const std::vector<std::int64_t>& shape)
    {
        const TensorView* const view = weights_.find(name);
        if (!view)
            return failure(badInput(file_, name, "The tensor is missing; the map in adapter.json asks for it."));
        taken_.insert(name);
        return floatTensor(*view, shape, file_);
    }

    Status checkAllTaken() const
    {
        for (const TensorView& tensor : weights_.tensors)
            if (!taken_.contains(tensor.info.name))
                return failure(
                    badInput(file_, tensor.info.name, "The map in adapter.json has no place for this tensor."));
        return {};
    }

  private:
    const SafetensorsFile& weights_;
    std::string file_;
    std::set<std::string> taken_;
};

Result<ModuleContent> moduleOf(std::int64_t layer, const ModuleShape& shape, const ModuleAllocation& allocation,
                               const Settings& settings, NamedTensors& tensors)
{
    ModuleContent module;
    module.layer = layer;
    module.shape = shape;
    module.topK = allocation.topK;
    module.nullExperts = allocation.nullExperts;
    module.ofBase = allocation.ofBase;
    module.dense = settings.router == RouterKind::Dense;
    module.topP = settings.topP;
    const std::string prefix = "layers." + std::to_string(layer) + "." + shape.name + ".";
    for (std::size_t number = 0; number < allocation.ranks.size(); ++number) {
        const std::string name = prefix + "experts." + std::to_string(number) + ".lora_";
        ExpertContent expert;
        expert.rank = allocation.ranks[number];
        expert.scale = expertScale(settings.scaling, settings.constant, allocation.alpha, expert.rank);
        HILO_TRY(expert.a, tensors.take(name + "A", {expert.rank, shape.in}));
        HILO_TRY(expert.b, tensors.take(name + "B", {shape.out, expert.rank}));
        module.experts.push_back(std::move(expert));
    }
    if (allocation.hasRouter()) {
        HILO_TRY(module.router, tensors.take(prefix + "router.weight", {module.choices(), shape.in}));
    }
    return module;
}

} // namespace

const std::string_view pythonModuleName = "hilo_adapter.py";

std::string_view pythonModuleText()
{
    return pythonText;
}

Verdict judgePython(const ExportSubject& subject)
{
    if (traitsOf(subject.map).empty)
        return {Fit::Impossible, "The map has no experts, so there is nothing to write.", {}};
    if (subject.modelIsGguf)
        return {Fit::Impossible,
                "The base model is a GGUF file, and the module is for models that transformers loads from their "
                "folder. The "
                "format hilo holds the mixture with its routers.",
                {}};
    return {Fit::Exact,
            "The module that goes along computes every expert and router of the map on a model of transformers.",
            {}};
}

Status writePythonModule(const fs::path& folder)
{
    return writeFileAtomically(folder / pythonModuleName, pythonModuleText());
}

Result<AdapterContent> readPython(const fs::path& folder, const ModelConfig& model)
{
    HILO_TRY(const std::string module, readFile(folder / pythonModuleName));
    if (module != pythonModuleText())
        return failure(badInput((folder / pythonModuleName).string(), {}, "This is not the module of this program."));
    const std::string file = (folder / "adapter.json").string();
    HILO_TRY(const Json document, readJsonFile(folder / "adapter.json"));
    HILO_TRY(const JsonObject object, JsonObject::of(document, file));
    HILO_TRY(const Settings settings, settingsOf(object));
    HILO_TRY(const JsonObject told, object.object("map"));
    HILO_TRY(const AllocationMap map, parseAllocationMap(told.json(), file));
    HILO_CHECK(validateAllocationMap(map, model, file));
    HILO_TRY(const SafetensorsFile weights, openSafetensors(folder / "adapter.safetensors"));
    NamedTensors tensors(weights, (folder / "adapter.safetensors").string());
    AdapterContent content;
    content.model = model;
    content.rankStabilised = settings.scaling == ScalingMode::AlphaOverSqrtRank;
    const ModuleGrid grid = mapGrid(model);
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer)
        for (const ModuleShape& shape : grid.layer(layer))
            if (const ModuleAllocation* found = map.find(layer, shape.name); found && found->experts() > 0) {
                HILO_TRY(ModuleContent one,
                         moduleOf(static_cast<std::int64_t>(layer), shape, *found, settings, tensors));
                content.modules.push_back(std::move(one));
            }
    HILO_CHECK(tensors.checkAllTaken());
    return content;
}

} // namespace hilo
