// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/merge/merge_adapters.h"

#include "allocation/parameters.h"
#include "base/atomic_file.h"
#include "base/sha256.h"
#include "engine/base/torch_border.h"
#include "engine/export/content.h"
#include "engine/export/read_adapter.h"
#include "engine/merge/measured_merge.h"
#include "engine/merge/merge_content.h"
#include "formats/model_source.h"
#include "hub/local_place.h"
#include "run/adapter_place.h"

namespace hilo {
namespace fs = std::filesystem;
namespace {

struct ReadInputs
{
    std::vector<std::shared_ptr<MixtureAdapter>> adapters;
    std::vector<MergeInput> contents;
    Json sources = Json::array(); ///< for merge.json
};

Result<ReadInputs> readInputs(const MergeRequest& request, const ModelSource& model, const std::string& modelHash)
{
    ReadInputs inputs;
    for (const fs::path& path : request.adapters) {
        std::error_code code;
        const fs::path place = fs::is_directory(path, code) ? adapterFolder(path) : path;
        HILO_TRY(const ReadAdapter read, readAdapter(place, {}, model.config));
        const BaseModel& base = read.adapter->baseModel();
        if (!base.sha256.empty() && !modelHash.empty() && base.sha256 != modelHash)
            return failure(
                badInput(place.string(), "base_model.sha256",
                         "The adapter was trained on other weights than those of " + request.model.string() + ".",
                         "All adapters that are merged have one base; this one has " + base.name + "."));
        Json source = {{"path", path.string()}, {"format", read.format}};
        if (const fs::path weights = place / "adapter.safetensors"; fs::exists(weights, code)) {
            HILO_TRY(source["sha256"], sha256File(weights));
        }
        inputs.sources.push_back(std::move(source));
        inputs.contents.push_back({path.string(), contentOf(*read.adapter, model.config)});
        inputs.adapters.push_back(read.adapter);
    }
    return inputs;
}

Json toJson(const MergeScore& score)
{
    const auto number = [](const std::optional<double>& value) { return value ? Json(*value) : Json(); };
    return {{"loss", number(score.loss)}, {"accuracy", number(score.accuracy)}};
}

Json toJson(const MergeCost& cost)
{
    Json adapters = Json::array();
    for (const MergeScore& score : cost.adapters)
        adapters.push_back(toJson(score));
    return {{"data", cost.name},
            {"split", cost.split},
            {"protocol", cost.protocol},
            {"rows", cost.rows},
            {"base", toJson(cost.base)},
            {"adapters", std::move(adapters)},
            {"merged", toJson(cost.merged)}};
}

Json settingsOf(const MergeSettings& settings)
{
    return {{"method", nameOf(settings.method)},
            {"weights", settings.weights},
            {"density", settings.density},
            {"majority_sign", settings.election == SignElection::Total ? "total" : "frequency"},
            {"rank", settings.rank},
            {"top_k", settings.topK},
            {"seed", settings.seed}};
}

Result<MergeReport> merge(MergeRequest request, const Progress& progress)
{
    HILO_TRY(AtomicFolder folder, AtomicFolder::create(request.out));
    HILO_TRY(const ModelSource model, openModel(request.model));
    if (!model.weights && !request.data.empty())
        return failure(weightsMissing(model, "measuring what a merge costs"));
    std::string hash;
    if (model.weights) {
        HILO_TRY(hash, modelHash(model, progress));
    }
    HILO_TRY(const ReadInputs inputs, readInputs(request, model, hash));
    if (request.settings.weights.empty())
        request.settings.weights.assign(inputs.contents.size(),
                                        request.settings.method == MergeMethod::SideBySide
                                            ? 1.0
                                            : 1.0 / static_cast<double>(inputs.contents.size()));
    std::shared_ptr<MixtureAdapter> merged;
    HILO_CHECK(atTorchBorder([&]() -> Status {
        HILO_TRY(AdapterContent content, mergeContents(inputs.contents, request.settings, progress));
        HILO_TRY(merged, adapterOf(std::move(content), request.out.filename().string()));
        return {};
    }));
    if (!hash.empty())
        merged->setBaseModel({modelTitle(model.path.string()), hash});
    MergeReport report;
    report.method = nameOf(request.settings.method);
    for (const fs::path& path : request.adapters)
        report.adapters.push_back(path.string());
    report.weights = request.settings.weights;
    report.folder = request.out;
    report.map = merged->map();
    report.parameters = countParameters(report.map, model.config).trainable();
    HILO_TRY(report.costs, measureMerge(request, model, inputs.adapters, merged, progress));
    if (progress.isCancelled())
        return failure(cancelled());
    HILO_CHECK(merged->save(folder.path()));
    HILO_CHECK(writeAllocationMap(folder.path() / "allocation.map.json", report.map));
    HILO_CHECK(writeJsonFile(folder.path() / "merge.json", {{"format", "hilo.merge/1"},
                                                            {"settings", settingsOf(request.settings)},
                                                            {"adapters", inputs.sources},
                                                            {"measured", toJson(report)["measured"]}}));
    HILO_CHECK(folder.commit());
    return report;
}

} // namespace

Result<MergeReport> mergeAdapters(const MergeRequest& request, const Progress& progress)
{
    HILO_CHECK(checkMergeSettings(request.settings, request.adapters.size()));
    return merge(request, progress);
}

Json toJson(const MergeReport& report)
{
    Json adapters = Json::array(), measured = Json::array();
    for (std::size_t i = 0; i < report.adapters.size(); ++i)
        adapters.push_back({{"path", report.adapters[i]}, {"weight", report.weights[i]}});
    for (const MergeCost& cost : report.costs)
        measured.push_back(toJson(cost));
    return {{"method", report.method},          {"adapters", std::move(adapters)},
            {"folder", report.folder.string()}, {"trainable_parameters", report.parameters},
            {"notes", report.map.notes},        {"measured", report.costs.empty() ? Json() : measured}};
}

} // namespace hilo
