// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/adapter_file.h"

#include "base/copy_bytes.h"
#include "engine/base/torch_border.h"
#include "formats/safetensors.h"
#include "formats/safetensors_writer.h"

#include <set>

namespace hilo {
namespace {

using torch::Tensor;

constexpr const char* formatName = "hilo.adapter/1";
constexpr const char* weightsName = "adapter.safetensors";
constexpr const char* descriptionName = "adapter.json";

struct Description
{
    AllocationMap map;
    AdapterSettings settings;
    BaseModel base;
};

Status checkOrigin(const JsonObject& object)
{
    HILO_CHECK(object.integerOr("step", 0, 0, std::int64_t{1} << 60));
    HILO_CHECK(object.textOr("selected", ""));
    HILO_CHECK(object.textOr("metric", ""));
    HILO_CHECK(object.numberOr("value", 0, -1e300, 1e300));
    return {};
}

Result<Description> readDescription(const std::filesystem::path& path)
{
    const std::string file = path.string();
    HILO_TRY(const Json document, readJsonFile(path));
    HILO_TRY(const JsonObject object, JsonObject::of(document, file));
    HILO_CHECK(object.onlyKeys({"format", "step", "selected", "metric", "value", "base_model", "settings", "map"}));
    HILO_TRY(const std::string format, object.text("format"));
    if (format != formatName)
        return failure(object.errorAt("format", "\"" + format + "\" is not \"" + formatName + "\"",
                                      "Give the folder of an adapter that hilo has written."));
    // What it says of its origin is for people and other programs; whoever trains on makes a new one.
    HILO_CHECK(checkOrigin(object));
    HILO_TRY(const JsonObject settings, object.object("settings"));
    HILO_TRY(const JsonObject map, object.object("map"));
    Description description;
    HILO_TRY(description.settings, parseAdapterSettings(settings.json(), file, "settings"));
    HILO_TRY(description.map, parseAllocationMap(map.json(), file));
    if (object.has("base_model")) {
        HILO_TRY(const JsonObject base, object.object("base_model"));
        HILO_CHECK(base.onlyKeys({"name", "sha256"}));
        HILO_TRY(description.base.name, base.textOr("name", ""));
        HILO_TRY(description.base.sha256, base.textOr("sha256", ""));
    }
    return description;
}

/// The tensor of one place, checked against what the map asks for.
Result<const TensorView*> findTensor(const SafetensorsFile& weights, const TensorPlace& place, const std::string& file)
{
    const TensorView* const view = weights.find(place.name);
    if (!view)
        return failure(badInput(file, place.name, "The tensor is missing; the map in adapter.json asks for it",
                                "Use the two files that were written together."));
    const std::vector<std::int64_t> expected{place.rows, place.rowLength};
    if (view->info.shape != expected)
        return failure(badInput(file, place.name,
                                "The shape is " + shapeText(view->info.shape) + ", expected " + shapeText(expected) +
                                    " by the map in adapter.json and the model",
                                "Use the base model that the adapter was trained on."));
    if (view->info.type != DataType::F32)
        return failure(badInput(file, place.name, "The type is " + dataTypeName(view->info.type) + ", expected F32"));
    return view;
}

Status copyTensors(const SafetensorsFile& weights, const std::string& file, MixtureAdapter::State& state)
{
    const std::vector<TensorPlace> places = tensorPlaces(state.layout);
    std::set<std::string> known;
    for (const TensorPlace& place : places)
        known.insert(place.name);
    for (const TensorView& tensor : weights.tensors)
        if (!known.contains(tensor.info.name))
            return failure(badInput(file, tensor.info.name, "The map in adapter.json has no place for this tensor",
                                    "Use the two files that were written together."));
    Tensor flat = torch::empty({state.layout.parameters}, torch::kFloat32);
    for (const TensorPlace& place : places) {
        HILO_TRY(const TensorView* const view, findTensor(weights, place, file));
        // Copied byte by byte: a safetensors file need not align its tensors.
        Tensor rows = torch::empty({place.rows, place.rowLength}, torch::kFloat32);
        if (view->bytes.size() != static_cast<std::size_t>(rows.numel()) * sizeof(float))
            return failure(badInput(file, place.name, "The tensor's bytes do not match its shape"));
        copyBytes(rows.data_ptr<float>(), view->bytes);
        if (!rows.isfinite().all().item<bool>())
            return failure(badInput(file, place.name, "The adapter has values that are NaN or infinite",
                                    "Its training diverged; use an earlier checkpoint."));
        flat.as_strided({place.rows, place.rowLength}, {place.rowStride, 1}, place.offset).copy_(rows);
    }
    state.parameters.detach().copy_(flat);
    return {};
}

} // namespace

Result<std::shared_ptr<MixtureAdapter::State>> readAdapterFiles(const std::filesystem::path& folder,
                                                                const ModelConfig& model, torch::Device device)
{
    const std::filesystem::path descriptionPath = folder / descriptionName;
    const std::filesystem::path weightsPath = folder / weightsName;
    HILO_TRY(Description description, readDescription(descriptionPath));
    HILO_CHECK(validateAllocationMap(description.map, model, descriptionPath.string()));
    HILO_TRY(const SafetensorsFile weights, openSafetensors(weightsPath));
    return atTorchBorder([&]() -> Result<std::shared_ptr<MixtureAdapter::State>> {
        auto state =
            std::make_shared<MixtureAdapter::State>(model, std::move(description.map), description.settings, device);
        state->base = std::move(description.base);
        HILO_CHECK(copyTensors(weights, weightsPath.string(), *state));
        return state;
    });
}

Status writeAdapterFiles(const std::filesystem::path& folder, const MixtureAdapter::State& state,
                         const std::vector<std::pair<std::string, Tensor>>& tensors)
{
    std::vector<Tensor> kept;
    std::vector<TensorToWrite> written;
    HILO_CHECK(atTorchBorder([&]() -> Status {
        for (const auto& [name, view] : tensors) {
            const Tensor tensor = view.to(torch::kCPU).contiguous();
            kept.push_back(tensor);
            written.push_back(
                {name, tensor.sizes().vec(), DataType::F32,
                 std::as_bytes(std::span(tensor.data_ptr<float>(), static_cast<std::size_t>(tensor.numel())))});
        }
        return {};
    }));
    HILO_CHECK(writeSafetensors(folder / weightsName, std::move(written), {{"hilo", formatName}}));
    Json document{{"format", formatName}};
    if (!state.origin.selected.empty()) {
        document["step"] = state.origin.step;
        document["selected"] = state.origin.selected;
        if (state.origin.value) {
            document["metric"] = state.origin.metric;
            document["value"] = *state.origin.value;
        }
    }
    if (state.base != BaseModel{})
        document["base_model"] = {{"name", state.base.name}, {"sha256", state.base.sha256}};
    document["settings"] = toJson(state.settings);
    document["map"] = toJson(state.map);
    return writeJsonFile(folder / descriptionName, document);
}

} // namespace hilo
