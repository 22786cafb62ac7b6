// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/profile.h"

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

Result<std::vector<double>> numbers(const Json& list, const JsonObject& owner, const std::string& key)
{
    if (!list.is_array())
        return failure(owner.errorAt(key, "expected a list of numbers"));
    std::vector<double> values;
    values.reserve(list.size());
    for (std::size_t index = 0; index < list.size(); ++index) {
        if (!list[index].is_number() || !std::isfinite(list[index].get<double>()))
            return failure(owner.errorAt(key + "[" + std::to_string(index) + "]",
                                         "expected a finite number, found " + list[index].dump()));
        values.push_back(list[index].get<double>());
    }
    return values;
}

Result<std::vector<double>> perLayer(const Json& list, const JsonObject& owner, const std::string& key,
                                     std::int64_t layers)
{
    HILO_TRY(std::vector<double> values, numbers(list, owner, key));
    if (static_cast<std::int64_t>(values.size()) != layers)
        return failure(owner.errorAt(key, "expected one number per layer, " + std::to_string(layers) + ", found " +
                                              std::to_string(values.size())));
    return values;
}

Result<std::vector<std::vector<double>>> spectraOfModule(const Json& list, const JsonObject& owner,
                                                         const std::string& key, std::int64_t layers)
{
    if (!list.is_array() || static_cast<std::int64_t>(list.size()) != layers)
        return failure(owner.errorAt(key, "expected one spectrum per layer, " + std::to_string(layers)));
    std::vector<std::vector<double>> spectra;
    for (std::size_t layer = 0; layer < list.size(); ++layer) {
        const std::string place = key + "[" + std::to_string(layer) + "]";
        HILO_TRY(std::vector<double> spectrum, numbers(list[layer], owner, place));
        if (spectrum.empty())
            return failure(owner.errorAt(place, "the spectrum is empty"));
        if (!std::is_sorted(spectrum.rbegin(), spectrum.rend()) || spectrum.back() < 0)
            return failure(owner.errorAt(place, "expected numbers of at least 0, largest first"));
        spectra.push_back(std::move(spectrum));
    }
    return spectra;
}

Result<SignalDirection> parseDirection(const JsonObject& object)
{
    HILO_TRY(const std::string text, object.textOr("direction", "unstated"));
    if (text == "larger")
        return SignalDirection::Larger;
    if (text == "smaller")
        return SignalDirection::Smaller;
    if (text == "unstated")
        return SignalDirection::Unstated;
    return failure(
        object.errorAt("direction", "expected \"larger\", \"smaller\" or \"unstated\", found \"" + text + "\""));
}

Result<ComplexitySignal> parseSignal(const std::string& name, const JsonObject& object, std::int64_t layers)
{
    ComplexitySignal signal;
    signal.name = name;
    HILO_TRY(signal.direction, parseDirection(object));
    if (object.has("modules")) {
        HILO_TRY(const JsonObject modules, object.object("modules"));
        for (const auto& [module, list] : modules.json().items()) {
            HILO_TRY(signal.modules[module], perLayer(list, modules, module, layers));
        }
    }
    if (object.has("spectra")) {
        HILO_TRY(const JsonObject spectra, object.object("spectra"));
        for (const auto& [module, list] : spectra.json().items()) {
            HILO_TRY(signal.spectra[module], spectraOfModule(list, spectra, module, layers));
        }
    }
    if (object.has("layers")) {
        HILO_TRY(const Json* list, object.array("layers"));
        HILO_TRY(signal.layers, perLayer(*list, object, "layers", layers));
    } else if (!signal.modules.empty()) {
        signal.layers.assign(static_cast<std::size_t>(layers), 0);
        for (const auto& [module, values] : signal.modules)
            for (std::size_t layer = 0; layer < values.size(); ++layer)
                signal.layers[layer] += values[layer] / static_cast<double>(signal.modules.size());
    } else if (signal.spectra.empty()) {
        return failure(object.errorAt("layers", "expected one number per layer, or modules or spectra"));
    }
    return signal;
}

} // namespace

Result<const ComplexitySignal*> ComplexityProfile::signal(const std::string& name) const
{
    const auto found = signals.find(name);
    if (found != signals.end())
        return &found->second;
    std::string names;
    for (const auto& [known, value] : signals)
        names += (names.empty() ? "" : ", ") + known;
    return failure(badInput(file, "signals", "the profile has no signal \"" + name + "\"",
                            names.empty() ? "it has none at all" : "its signals are " + names));
}

Result<ComplexityProfile> parseComplexityProfile(const Json& document, const std::string& file)
{
    HILO_TRY(const JsonObject root, JsonObject::of(document, file));
    HILO_TRY(const std::string format, root.text("format"));
    if (format != "hilo.profile/1")
        return failure(root.errorAt("format", "expected \"hilo.profile/1\", found \"" + format + "\"",
                                    "is this a complexity profile, and of this program's version?"));
    ComplexityProfile profile;
    profile.file = file;
    HILO_TRY(const JsonObject model, root.object("model"));
    HILO_TRY(profile.architecture, model.text("architecture"));
    HILO_TRY(profile.layers, model.integer("layers", 1, 4096));
    HILO_TRY(profile.modelSha256, model.textOr("sha256", ""));
    HILO_TRY(const JsonObject signals, root.object("signals"));
    for (const auto& [name, content] : signals.json().items()) {
        HILO_TRY(const JsonObject object, JsonObject::of(content, file, signals.placeOf(name)));
        HILO_TRY(profile.signals[name], parseSignal(name, object, profile.layers));
    }
    return profile;
}

Result<ComplexityProfile> readComplexityProfile(const std::filesystem::path& path)
{
    HILO_TRY(const Json document, readJsonFile(path));
    return parseComplexityProfile(document, path.string());
}

Status validateComplexityProfile(const ComplexityProfile& profile, const ModelConfig& model,
                                 const std::string& modelSha256)
{
    const std::string hint = "make a profile of this model: hilo profile";
    if (profile.architecture != model.architecture)
        return failure(badInput(
            profile.file, "model.architecture",
            "the profile is of \"" + profile.architecture + "\", the model is \"" + model.architecture + "\"", hint));
    if (profile.layers != model.layers)
        return failure(badInput(profile.file, "model.layers",
                                "the profile has " + std::to_string(profile.layers) + " layers, the model has " +
                                    std::to_string(model.layers),
                                hint));
    if (!modelSha256.empty() && !profile.modelSha256.empty() && modelSha256 != profile.modelSha256)
        return failure(badInput(profile.file, "model.sha256",
                                "the profile was made from other weights: expected " + modelSha256 + ", found " +
                                    profile.modelSha256,
                                hint));
    const std::vector<ModuleShape> shapes = moduleShapes(model);
    const auto isModule = [&shapes](const std::string& name) {
        return std::any_of(shapes.begin(), shapes.end(), [&name](const ModuleShape& one) { return one.name == name; });
    };
    for (const auto& [name, signal] : profile.signals) {
        for (const auto& [module, values] : signal.modules)
            if (!isModule(module))
                return failure(badInput(profile.file, "signals." + name + ".modules." + module,
                                        "the model has no module of this name", hint));
        for (const auto& [module, values] : signal.spectra)
            if (!isModule(module))
                return failure(badInput(profile.file, "signals." + name + ".spectra." + module,
                                        "the model has no module of this name", hint));
    }
    return {};
}

} // namespace hilo
