// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/profile.h"

#include "base/counted.h"
#include "formats/base_expert_modules.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hilo {
namespace {

constexpr double absent = std::numeric_limits<double>::quiet_NaN();

/// mayLack: null stands for a layer without the module, and becomes NaN.
Result<std::vector<double>> numbers(const Json& list, const JsonObject& owner, const std::string& key,
                                    bool mayLack = false)
{
    if (!list.is_array())
        return failure(owner.errorAt(key, "expected a list of numbers"));
    std::vector<double> values;
    values.reserve(list.size());
    for (std::size_t index = 0; index < list.size(); ++index) {
        if (mayLack && list[index].is_null()) {
            values.push_back(absent);
            continue;
        }
        if (!list[index].is_number() || !std::isfinite(list[index].get<double>()))
            return failure(owner.errorAt(key + "[" + std::to_string(index) + "]",
                                         "expected a finite number, found " + list[index].dump()));
        values.push_back(list[index].get<double>());
    }
    return values;
}

Result<std::vector<double>> perLayer(const Json& list, const JsonObject& owner, const std::string& key,
                                     std::int64_t layers, bool mayLack = false)
{
    HILO_TRY(std::vector<double> values, numbers(list, owner, key, mayLack));
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
        if (list[layer].is_null()) {
            spectra.emplace_back();
            continue;
        }
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

Result<std::vector<std::vector<double>>> expertsOfModule(const Json& list, const JsonObject& owner,
                                                         const std::string& key, std::int64_t layers)
{
    if (!list.is_array() || static_cast<std::int64_t>(list.size()) != layers)
        return failure(owner.errorAt(key, "expected one list per layer, " + std::to_string(layers)));
    std::vector<std::vector<double>> experts;
    for (std::size_t layer = 0; layer < list.size(); ++layer) {
        if (list[layer].is_null()) {
            experts.emplace_back();
            continue;
        }
        const std::string place = key + "[" + std::to_string(layer) + "]";
        HILO_TRY(std::vector<double> values, numbers(list[layer], owner, place, true));
        if (values.empty())
            return failure(owner.errorAt(place, "expected a value for each expert"));
        experts.push_back(std::move(values));
    }
    return experts;
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

/// What a file may say for people; null where it was not measured.
Result<std::optional<double>> numberOrNothing(const JsonObject& object, const std::string& key)
{
    if (!object.has(key) || object.json()[key].is_null())
        return std::optional<double>{};
    HILO_TRY(const double value, object.number(key, -1e300, 1e300));
    return std::optional<double>{value};
}

Status readDescription(ComplexitySignal& signal, const JsonObject& object)
{
    HILO_TRY(signal.title, object.textOr("title", ""));
    HILO_TRY(signal.kind, object.textOr("kind", ""));
    HILO_TRY(signal.meaning, object.textOr("meaning", ""));
    HILO_TRY(signal.source, object.textOr("source", ""));
    HILO_TRY(signal.spectrum, object.textOr("spectrum", ""));
    HILO_TRY(signal.splitHalf, numberOrNothing(object, "split_half"));
    HILO_TRY(signal.seconds, numberOrNothing(object, "cost_seconds"));
    return {};
}

/// Which values of the whole spectra the listed ones are, and what the whole ones sum to.
Status readSpectrumPlaces(ComplexitySignal& signal, const JsonObject& object, std::int64_t layers)
{
    if (object.has("spectrum_totals")) {
        HILO_TRY(const JsonObject totals, object.object("spectrum_totals"));
        for (const auto& [module, list] : totals.json().items()) {
            HILO_TRY(signal.spectrumTotals[module], perLayer(list, totals, module, layers, true));
        }
    }
    if (object.has("spectrum_ranks")) {
        HILO_TRY(const JsonObject ranks, object.object("spectrum_ranks"));
        for (const auto& [module, list] : ranks.json().items()) {
            HILO_TRY(const std::vector<double> places, numbers(list, ranks, module));
            for (const double place : places)
                signal.spectrumRanks[module].push_back(static_cast<std::int64_t>(std::clamp(place, 1.0, 1e15)));
        }
    }
    return {};
}

Result<SignalAgreement> parseAgreement(const JsonObject& object)
{
    SignalAgreement agreement;
    HILO_TRY(const Json* names, object.array("signals"));
    HILO_TRY(const Json* rows, object.array("spearman"));
    for (const Json& name : *names) {
        if (!name.is_string())
            return failure(object.errorAt("signals", "expected names, found " + name.dump()));
        agreement.signals.push_back(name.get<std::string>());
    }
    for (const Json& row : *rows) {
        if (!row.is_array() || row.size() != names->size())
            return failure(object.errorAt("spearman", "expected a row of " + std::to_string(names->size()) +
                                                          " numbers for every signal"));
        std::vector<std::optional<double>> values;
        for (const Json& value : row)
            values.push_back(value.is_number() ? std::optional(value.get<double>()) : std::nullopt);
        agreement.spearman.push_back(std::move(values));
    }
    if (agreement.spearman.size() != agreement.signals.size())
        return failure(object.errorAt("spearman", "expected one row for every signal"));
    return agreement;
}

/// Of each layer over the modules that it has; empty where a layer has none.
std::vector<double> meansOfModules(const ComplexitySignal& signal, std::int64_t layers)
{
    std::vector<double> means;
    for (std::size_t layer = 0; layer < static_cast<std::size_t>(layers); ++layer) {
        double sum = 0;
        std::int64_t count = 0;
        for (const auto& [module, values] : signal.modules)
            if (!std::isnan(values[layer])) {
                sum += values[layer];
                ++count;
            }
        if (count == 0)
            return {};
        means.push_back(sum / static_cast<double>(count));
    }
    return means;
}

Result<ComplexitySignal> parseSignal(const std::string& name, const JsonObject& object, std::int64_t layers)
{
    ComplexitySignal signal;
    signal.name = name;
    HILO_TRY(signal.direction, parseDirection(object));
    if (object.has("modules")) {
        HILO_TRY(const JsonObject modules, object.object("modules"));
        for (const auto& [module, list] : modules.json().items()) {
            HILO_TRY(signal.modules[module], perLayer(list, modules, module, layers, true));
        }
    }
    if (object.has("experts")) {
        HILO_TRY(const JsonObject experts, object.object("experts"));
        for (const auto& [module, list] : experts.json().items()) {
            HILO_TRY(signal.experts[module], expertsOfModule(list, experts, module, layers));
        }
    }
    if (object.has("spectra")) {
        HILO_TRY(const JsonObject spectra, object.object("spectra"));
        for (const auto& [module, list] : spectra.json().items()) {
            HILO_TRY(signal.spectra[module], spectraOfModule(list, spectra, module, layers));
        }
    }
    HILO_CHECK(readDescription(signal, object));
    HILO_CHECK(readSpectrumPlaces(signal, object, layers));
    if (object.has("layers")) {
        HILO_TRY(const Json* list, object.array("layers"));
        HILO_TRY(signal.layers, perLayer(*list, object, "layers", layers));
    } else if (!signal.modules.empty()) {
        signal.layers = meansOfModules(signal, layers);
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
    HILO_TRY(profile.modelPath, model.textOr("path", ""));
    if (root.has("agreement")) {
        HILO_TRY(const JsonObject agreement, root.object("agreement"));
        HILO_TRY(profile.agreement, parseAgreement(agreement));
    }
    if (root.has("data")) {
        HILO_TRY(const JsonObject data, root.object("data"));
        profile.data = data.json();
    }
    if (root.has("cost")) {
        HILO_TRY(const JsonObject cost, root.object("cost"));
        profile.cost = cost.json();
    }
    if (root.has("notes")) {
        HILO_TRY(const Json* notes, root.array("notes"));
        for (const Json& note : *notes)
            if (note.is_string())
                profile.notes.push_back(note.get<std::string>());
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
                                "the profile has " + counted(profile.layers, "layer") + ", the model has " +
                                    std::to_string(model.layers),
                                hint));
    if (!modelSha256.empty() && !profile.modelSha256.empty() && modelSha256 != profile.modelSha256)
        return failure(badInput(profile.file, "model.sha256",
                                "the profile was made from other weights: expected " + modelSha256 + ", found " +
                                    profile.modelSha256,
                                hint));
    const ModuleGrid modules = mapGrid(model);
    /// The layers that have a value must be those that have the module.
    const auto check = [&](const std::string& place, const std::string& module, const auto& hasValue) -> Status {
        if (!modules.columnOf(module))
            return failure(badInput(profile.file, place, "the model has no module of this name", hint));
        for (std::size_t layer = 0; layer < modules.layers(); ++layer)
            if (const bool has = modules.find(layer, module) != nullptr; has != hasValue(layer))
                return failure(badInput(profile.file, place + "[" + std::to_string(layer) + "]",
                                        has ? "the layer has this module, so a value was expected, found null"
                                            : "the layer has no such module, so null was expected",
                                        hint));
        return {};
    };
    for (const auto& [name, signal] : profile.signals) {
        for (const auto& [module, values] : signal.modules)
            HILO_CHECK(check("signals." + name + ".modules." + module, module,
                             [&values = values](std::size_t layer) { return !std::isnan(values[layer]); }));
        for (const auto& [module, spectra] : signal.spectra)
            HILO_CHECK(check("signals." + name + ".spectra." + module, module,
                             [&spectra = spectra](std::size_t layer) { return !spectra[layer].empty(); }));
        for (const auto& [module, experts] : signal.experts) {
            const std::string place = "signals." + name + ".experts." + module;
            HILO_CHECK(
                check(place, module, [&experts = experts](std::size_t layer) { return !experts[layer].empty(); }));
            for (std::size_t layer = 0; layer < modules.layers(); ++layer) {
                const ModuleShape* shape = modules.find(layer, module);
                if (shape && experts[layer].size() != static_cast<std::size_t>(shape->baseExperts))
                    return failure(badInput(profile.file, place + "[" + std::to_string(layer) + "]",
                                            "expected a value for each of the base's " +
                                                std::to_string(shape->baseExperts) + " experts, found " +
                                                std::to_string(experts[layer].size()),
                                            hint));
            }
        }
    }
    return {};
}

} // namespace hilo
