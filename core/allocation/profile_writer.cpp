// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/profile_writer.h"

#include "allocation/rank_correlation.h"
#include "allocation/signal_catalogue.h"
#include "base/text_format.h"

#include <cmath>
#include <cstdlib>

namespace hilo {
namespace {

/// Seven significant digits: more than any of these values is sure of, and half the size of the file.
Json rounded(double value)
{
    if (std::isnan(value))
        return nullptr; // a layer without the module
    return std::strtod(printed("%.7g", value).c_str(), nullptr);
}

Json roundedList(const std::vector<double>& values)
{
    Json list = Json::array();
    for (const double value : values)
        list.push_back(rounded(value));
    return list;
}

Json signalJson(const ComplexitySignal& signal)
{
    Json json = Json::object();
    const auto addText = [&json](const char* key, const std::string& text) {
        if (!text.empty())
            json[key] = text;
    };
    addText("title", signal.title);
    addText("kind", signal.kind);
    json["direction"] = directionName(signal.direction);
    addText("meaning", signal.meaning);
    addText("source", signal.source);
    if (signal.seconds)
        json["cost_seconds"] = rounded(*signal.seconds);
    json["split_half"] = signal.splitHalf ? rounded(*signal.splitHalf) : Json(nullptr);
    if (!signal.layers.empty())
        json["layers"] = roundedList(signal.layers);
    for (const auto& [module, values] : signal.modules)
        json["modules"][module] = roundedList(values);
    for (const auto& [module, layers] : signal.experts)
        for (const std::vector<double>& experts : layers)
            json["experts"][module].push_back(experts.empty() ? Json(nullptr) : roundedList(experts));
    if (!signal.spectra.empty())
        addText("spectrum", signal.spectrum);
    for (const auto& [module, layers] : signal.spectra)
        for (const std::vector<double>& spectrum : layers)
            json["spectra"][module].push_back(spectrum.empty() ? Json(nullptr) : roundedList(spectrum));
    for (const auto& [module, ranks] : signal.spectrumRanks)
        json["spectrum_ranks"][module] = ranks;
    for (const auto& [module, totals] : signal.spectrumTotals)
        json["spectrum_totals"][module] = roundedList(totals);
    return json;
}

/// The profile's signals, those of the catalogue first and in its order.
std::vector<const ComplexitySignal*> inOrder(const ComplexityProfile& profile)
{
    std::vector<const ComplexitySignal*> order;
    for (const SignalDescription& known : signalCatalogue())
        if (const auto found = profile.signals.find(known.name); found != profile.signals.end())
            order.push_back(&found->second);
    for (const auto& [name, signal] : profile.signals)
        if (!findSignalDescription(name))
            order.push_back(&signal);
    return order;
}

} // namespace

std::string directionName(SignalDirection direction)
{
    switch (direction) {
    case SignalDirection::Larger:
        return "larger";
    case SignalDirection::Smaller:
        return "smaller";
    case SignalDirection::Unstated:
        return "unstated";
    }
    return {};
}

Json toJson(const ComplexityProfile& profile)
{
    Json json = {{"format", "hilo.profile/1"}, {"model", Json::object()}};
    json["model"] = {{"architecture", profile.architecture}, {"layers", profile.layers}};
    if (!profile.modelSha256.empty())
        json["model"]["sha256"] = profile.modelSha256;
    if (!profile.modelPath.empty())
        json["model"]["path"] = profile.modelPath;
    json["data"] = profile.data;
    json["cost"] = profile.cost;
    json["signals"] = Json::object();
    for (const ComplexitySignal* signal : inOrder(profile))
        json["signals"][signal->name] = signalJson(*signal);
    Json rows = Json::array();
    for (const auto& row : profile.agreement.spearman) {
        Json values = Json::array();
        for (const auto& value : row)
            values.push_back(value ? rounded(*value) : Json(nullptr));
        rows.push_back(std::move(values));
    }
    json["agreement"] = {{"signals", profile.agreement.signals}, {"spearman", std::move(rows)}};
    json["notes"] = profile.notes;
    return json;
}

Status writeComplexityProfile(const std::filesystem::path& path, const ComplexityProfile& profile)
{
    return writeJsonFile(path, toJson(profile));
}

void measureAgreement(ComplexityProfile& profile)
{
    profile.agreement = {};
    std::vector<const ComplexitySignal*> signals = inOrder(profile);
    std::erase_if(signals, [](const ComplexitySignal* signal) { return signal->layers.empty(); });
    for (const ComplexitySignal* one : signals) {
        profile.agreement.signals.push_back(one->name);
        std::vector<std::optional<double>> row;
        for (const ComplexitySignal* other : signals)
            row.push_back(spearman(one->layers, other->layers));
        profile.agreement.spearman.push_back(std::move(row));
    }
}

} // namespace hilo
