// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_source.h"

#include "formats/model_source.h"
#include "run/event_stream.h"
#include "run/run_spec_names.h"

namespace hilo {
namespace fs = std::filesystem;
namespace {

Result<MeasuredAccuracy> accuracyOf(const Json& event, const std::string& file)
{
    HILO_TRY(const JsonObject object, JsonObject::of(event, file));
    MeasuredAccuracy measured;
    HILO_TRY(measured.accuracy, object.number("accuracy", 0, 1));
    HILO_TRY(measured.correct, object.integer("correct", 0, INT64_MAX));
    HILO_TRY(measured.total, object.integer("total", 0, INT64_MAX));
    HILO_TRY(measured.split, object.textOr("split", ""));
    HILO_TRY(measured.protocol, object.textOr("protocol", ""));
    HILO_TRY(measured.step, object.integerOr("step", 0, 0, INT64_MAX));
    HILO_TRY(const Json* interval, object.array("interval"));
    if (interval->size() != 2 || !(*interval)[0].is_number() || !(*interval)[1].is_number())
        return failure(object.errorAt("interval", "Two numbers were expected."));
    measured.low = (*interval)[0].get<double>();
    measured.high = (*interval)[1].get<double>();
    return measured;
}

/// The last evaluation of a run; an event of another form is left out.
Result<std::optional<MeasuredAccuracy>> lastAccuracy(const fs::path& runFolder)
{
    std::optional<MeasuredAccuracy> last;
    const auto followed = followEvents(
        runFolder, {},
        [&](const Json& event) -> Status {
            if (event.value("event", "") == "evaluation")
                if (auto measured = accuracyOf(event, runFolder.string()))
                    last = *measured;
            return {};
        },
        std::uint64_t{1} << 40);
    if (!followed)
        return std::nullopt;
    return last;
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
        HILO_TRY(source.accuracy, lastAccuracy(folder));
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
    source.model = opened.config;
    source.modelIsGguf = !fs::is_directory(source.modelPath, code);
    HILO_CHECK(validateAllocationMap(source.map, source.model, (source.adapter / "adapter.json").string()));
    return source;
}

} // namespace hilo
