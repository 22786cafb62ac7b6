// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_source.h"

#include "formats/model_source.h"
#include "run/event_stream.h"
#include "run/run_result.h"
#include "run/run_spec_names.h"

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// What a finished run's one task was measured at; nothing when the log tells of none, or of several.
std::optional<MeasuredAccuracy> accuracyOf(const fs::path& runFolder, const std::string& split)
{
    RunResult result;
    result.split = split;
    const EventReceiver apply = [&result](const Json& event) {
        result.apply(readRunEvent(event));
        return Status();
    };
    if (!followEvents(runFolder, {}, apply, UINT64_MAX) || result.state != "finished")
        return {};
    const std::vector<RunEvaluation> evaluations = result.finalEvaluations();
    if (evaluations.size() != 1)
        return {};
    const auto& [step, task, measuredSplit, protocol, score, isFinal] = evaluations.front();
    if (!score.accuracy || !score.low || !score.high || !score.correct || !score.total)
        return {};
    return MeasuredAccuracy{*score.accuracy, *score.low,    *score.high, *score.correct,
                            *score.total,    measuredSplit, protocol,    step};
}

Status readAdapterDescription(ExportSource& source)
{
    const fs::path path = source.adapter / "adapter.json";
    HILO_TRY(const Json document, readJsonFile(path));
    HILO_TRY(const JsonObject object, JsonObject::of(document, path.string()));
    HILO_TRY(const JsonObject map, object.object("map"));
    HILO_TRY(source.map, parseAllocationMap(map.json(), path.string()));
    HILO_TRY(const JsonObject settings, object.object("settings"));
    HILO_TRY(source.router, named<RouterKind>(settings, "router", routerNames));
    if (object.has("base_model")) {
        HILO_TRY(const JsonObject base, object.object("base_model"));
        HILO_TRY(source.base.name, base.textOr("name", ""));
        HILO_TRY(source.base.sha256, base.textOr("sha256", ""));
    }
    return {};
}

} // namespace

Result<ExportSource> readExportSource(const fs::path& folder, const fs::path& model)
{
    ExportSource source;
    std::error_code code;
    if (fs::exists(folder / "run.json", code)) {
        HILO_TRY(source.run, readRunSpec(folder / "run.json"));
        source.adapter = folder / "adapter";
        source.modelPath = source.run->modelPath;
        if (!fs::exists(source.adapter / "adapter.json", code))
            return failure(badInput(folder.string(), {}, "The run has no adapter yet.",
                                    "Let it finish (hilo resume), or export one of its checkpoints with --model."));
        source.accuracy = accuracyOf(folder, source.run->evaluation.split);
    } else if (fs::exists(folder / "adapter.json", code)) {
        source.adapter = folder;
    } else {
        return failure(badInput(folder.string(), {}, "This is neither a run's folder nor an adapter's.",
                                "A run's folder has run.json in it, an adapter's has adapter.json."));
    }
    if (!model.empty())
        source.modelPath = model;
    if (source.modelPath.empty())
        return failure(wrongUsage("An adapter's folder does not say where its base model lies.", "give --model MODEL"));
    HILO_CHECK(readAdapterDescription(source));
    HILO_TRY(const ModelSource opened, openModel(source.modelPath));
    source.modelPath = opened.path;
    source.model = opened.config;
    source.modelIsGguf = !fs::is_directory(source.modelPath, code);
    HILO_CHECK(validateAllocationMap(source.map, source.model, (source.adapter / "adapter.json").string()));
    return source;
}

} // namespace hilo
