// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/export_adapter.h"

#include "allocation/parameters.h"
#include "base/atomic_file.h"
#include "base/text_format.h"
#include "engine/base/compute.h"
#include "engine/base/torch_border.h"
#include "engine/export/content.h"
#include "engine/export/format_files.h"
#include "engine/export/plain_adapter.h"
#include "engine/export/rounding_noise.h"
#include "engine/export/static_adapter.h"
#include "export/gguf_limits.h"
#include "export/map_picture.h"
#include "export/serving.h"
#include "hub/local_place.h"
#include "run/adapter_place.h"

#include <algorithm>
#include <chrono>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// Loads model and adapter and checks that they belong together.
Status loadSource(ExportJob& job)
{
    HILO_TRY(job.model, openModel(job.source.modelPath));
    if (!job.model.weights)
        return failure(weightsMissing(job.model, "an export, which is checked with the whole model,"));
    HILO_TRY(const std::string hash, modelHash(job.model, job.progress));
    const std::string& wanted = job.source.base.sha256;
    if (!wanted.empty() && hash != wanted)
        return failure(
            badInput(job.source.modelPath.string(), {},
                     "The adapter was trained on other weights: their SHA-256 is " + wanted + ", not " + hash + ".",
                     "Give its base model, " + job.source.base.name + ", with --model."));
    std::error_code code;
    RepositoryName name;
    if (!job.request.baseName.empty())
        job.base.name = job.request.baseName;
    else if (isHubPlace(job.source.modelPath.string(), RepositoryKind::Model, name))
        job.base.name = name.repository(); // which other tools find by this name too
    else
        job.base.name = fs::absolute(job.source.modelPath, code).lexically_normal().string();
    job.base.sha256 = hash;
    HILO_TRY(const Compute compute, chooseCompute(job.model.config, "cpu", "float32", job.request.threads));
    applyCompute(compute);
    HILO_TRY(job.adapter, MixtureAdapter::load(job.source.adapter, job.model.config, torch::kCPU));
    job.adapter->startEvaluation();
    HILO_TRY(job.decoder, Decoder::load(job.model, torch::kFloat32, torch::kCPU, job.progress));
    job.content = contentOf(*job.adapter, job.model.config);
    job.probe = probeBatch(job.model.config);
    return {};
}

Error cannotExpress(const ExportJob& job, const Verdict& verdict)
{
    return badInput(job.source.adapter.string(), {},
                    "The adapter cannot be written as " + job.request.format + ": " + verdict.reason,
                    verdict.fittingMap ? "A map that would fit: hilo export " + job.request.source.string() + " --to " +
                                             job.request.format + " --fitting-map FILE.map.json"
                                       : "hilo export RUN_DIR --list says what can.");
}

/// A folder that failed its check, beside the target under a name that says so.
Result<fs::path> keepAside(const fs::path& folder, const fs::path& target)
{
    // The longest names are shortened, so that what is added has room.
    const fs::path clean = target.parent_path() / target.filename().string().substr(0, 200);
    fs::path aside = clean;
    aside += ".failed";
    std::error_code code;
    for (int number = 2; fs::exists(aside, code); ++number) {
        aside = clean;
        aside += ".failed-" + std::to_string(number);
    }
    fs::rename(folder, aside, code);
    if (code)
        return failure(badInput(aside.string(), {}, "The folder cannot be put aside: " + code.message() + "."));
    return aside;
}

Result<torch::Tensor> mergedLogits(const ExportJob& job, const StoredTypes& types, bool roundsRamp)
{
    ModelSource model = mergedModel(job.model, job.content, types);
    if (roundsRamp)
        model.config = asLlamaCppComputes(model.config);
    HILO_TRY(const auto decoder, Decoder::load(model, torch::kFloat32, torch::kCPU, job.progress));
    return probeLogits(*decoder, nullptr, job.probe);
}

/// How far roundings alone move the logits that were meant. A whole model has let go of its base.
Result<double> noiseOf(ExportJob& job, bool isStatic)
{
    if (!job.decoder) {
        HILO_TRY(job.decoder, Decoder::load(job.model, torch::kFloat32, torch::kCPU, job.progress));
    }
    PlainAdapter approximation(job.content);
    ModuleAdapter* const adapter = isStatic ? &approximation : static_cast<ModuleAdapter*>(job.adapter.get());
    return roundingNoise(*job.decoder, adapter, job.probe, probeLogits(*job.decoder, adapter, job.probe));
}

/// What was read back against what was meant. The weights of a whole model may have been rounded on the way, by how
/// much in logits nobody can know beforehand. So it goes in two steps with a small tolerance each: the run against the
/// weights with the adapter in them, and those, rounded by other code, against the files.
Status verify(ExportJob& job, const FormatFiles& format, torch::Tensor expected, const fs::path& folder,
              ExportReport& report)
{
    job.progress.report({"Reading back", 0, 0, {}});
    std::string against = !report.staticCost             ? "the run's own"
                          : report.staticCost->distilled ? "the distilled adapter"
                                                         : "the static approximation";
    double before = 0;
    const bool roundsRamp = job.request.format == "merged-gguf" && roundsYarn(job.model.config);
    if (format.wholeModel && (job.weightType != "float32" || roundsRamp)) {
        HILO_TRY(const torch::Tensor merged, mergedLogits(job, {}, false));
        before = compareLogits(merged, expected).greatest;
        HILO_TRY(const torch::Tensor rounded, mergedLogits(job, job.stored, roundsRamp));
        const LogitDifference cost = compareLogits(rounded, expected);
        report.rounding = RoundingCost{cost.greatest, cost.sameChoice};
        if (job.weightType != "float32")
            against += ", its weights rounded to " + job.weightType;
        if (roundsRamp)
            against += ", the ends of YaRN's ramp rounded as llama.cpp does";
        expected = rounded;
    }
    HILO_TRY(const torch::Tensor actual, format.readBack(job, folder));
    const LogitDifference found = compareLogits(actual, expected);
    const double difference = std::max(before, found.greatest);
    double tolerance = job.request.tolerance > 0 ? job.request.tolerance : format.tolerance;
    // Few models magnify roundings, so that it is measured only where it may be the reason.
    if (difference > tolerance && job.request.tolerance <= 0) {
        HILO_TRY(const double noise, noiseOf(job, report.staticCost.has_value()));
        tolerance = toleranceBesideNoise(tolerance, noise);
        against += printed(", which roundings of float32 alone move by %.3g,", noise);
    }
    report.verification = {std::move(against), difference, tolerance, found.tokens, found.sameChoice};
    return {};
}

Status writeSidecars(const ExportJob& job, const ExportReport& report, const fs::path& folder)
{
    ReadmeFacts facts;
    facts.format = job.request.format;
    facts.fit = report.fit;
    facts.reason = report.reason;
    facts.baseName = job.base.name;
    facts.baseSha256 = job.base.sha256;
    facts.baseCodes = job.model.quantisation;
    facts.quantisation = report.quantisation;
    facts.weightType = job.weightType;
    facts.modelFile = job.modelFile;
    facts.mapName = job.source.map.name;
    facts.parameters = countParameters(job.source.map, job.model.config).trainable();
    facts.accuracy = job.source.accuracy;
    facts.verification = report.verification;
    facts.rounding = report.rounding;
    facts.staticCost = report.staticCost;
    facts.served = servedRanks(job.content);
    facts.details = job.details;
    HILO_CHECK(writeAllocationMap(folder / "allocation.map.json", job.source.map));
    HILO_CHECK(writeFileAtomically(folder / "map.svg", mapPicture(job.source.map, job.model.config)));
    if (const std::string modelfile = modelfileText(facts); !modelfile.empty())
        HILO_CHECK(writeFileAtomically(folder / "Modelfile", modelfile));
    return writeFileAtomically(folder / "README.md", readmeText(facts));
}

void listFiles(ExportReport& report)
{
    std::error_code code;
    for (const auto& entry : fs::recursive_directory_iterator(report.folder, code))
        if (entry.is_regular_file(code))
            report.files.emplace_back(entry.path().lexically_relative(report.folder).string(), entry.file_size(code));
    std::sort(report.files.begin(), report.files.end());
}

Result<ExportReport> exportJob(ExportJob& job, const FormatFiles& format, const Verdict& verdict, AtomicFolder& folder)
{
    ExportReport report;
    report.format = job.request.format;
    report.weightType = job.weightType;
    report.fit = verdict.fit;
    report.reason = verdict.reason;
    report.folder = job.request.out;
    HILO_TRY(const std::optional<RunSpec> run, runOfAdapter(job.source.adapter));
    if (run)
        report.quantisation = run->training.quantisation;
    HILO_CHECK(loadSource(job));
    torch::Tensor expected = probeLogits(*job.decoder, job.adapter.get(), job.probe);
    if (verdict.fit == Fit::StaticApproximation) {
        HILO_TRY(report.staticCost, makeStatic(job));
        PlainAdapter approximation(job.content);
        expected = probeLogits(*job.decoder, &approximation, job.probe);
    }
    if (job.progress.isCancelled())
        return failure(cancelled());
    job.progress.report({"Writing", 0, 0, {}});
    HILO_CHECK(format.write(job, folder.path()));
    HILO_CHECK(verify(job, format, expected, folder.path(), report));
    HILO_CHECK(writeSidecars(job, report, folder.path()));
    const Verification& check = report.verification;
    if (!(check.difference <= check.tolerance)) {
        HILO_TRY(const fs::path aside, keepAside(folder.path(), folder.target()));
        const std::string numbers =
            printed("differ by %.3g, more than the tolerance of %.3g", check.difference, check.tolerance);
        return failure(internalError("The exported files failed their check: the logits " + numbers + " from " +
                                         check.against + ".",
                                     "The files are kept in " + aside.string() + "; do not use them."));
    }
    HILO_CHECK(folder.commit());
    listFiles(report);
    return report;
}

Result<std::string> chooseWeightType(const ExportFormat& format, const std::string& asked)
{
    if (format.weightTypes.empty())
        return asked.empty() || asked == "float32"
                   ? Result<std::string>(std::string())
                   : failure(wrongUsage("--type is for whole models; " + std::string(format.name) +
                                        " is always written in float32"));
    if (asked.empty())
        return std::string(format.weightTypes.front());
    std::string known;
    for (const std::string_view type : format.weightTypes) {
        if (asked == type)
            return asked;
        known += (known.empty() ? "" : ", ") + std::string(type);
    }
    return failure(wrongUsage(std::string(format.name) + " cannot be written as " + asked, "--type takes " + known));
}

Status checkDistillation(const ExportFormat& format, const Verdict& verdict, const ExportRequest& request)
{
    using Distilling = ExportFormat::Distilling;
    const std::string name(format.name);
    if (format.distilling == Distilling::Always && !request.distillation)
        return failure(wrongUsage(name + " is always distilled", "give how, or choose peft-static"));
    if (!request.distillation)
        return {};
    if (format.distilling == Distilling::Never)
        return failure(wrongUsage(name + " is not distilled",
                                  "peft-distilled is; gguf-lora, merged and merged-gguf are with --distill"));
    if (verdict.fit != Fit::StaticApproximation)
        return failure(wrongUsage("There is nothing to distil: no module chooses among experts, and " + name +
                                      " holds the adapter exactly",
                                  "leave --distill out"));
    if (request.distillation->steps < 1 || request.distillation->batchSize < 1 ||
        !(request.distillation->learningRate > 0) || !(request.distillation->layerWeight >= 0))
        return failure(wrongUsage("A distillation needs steps, rows and a learning rate above 0"));
    return {};
}

Status checkSpace(const fs::path& out, std::uint64_t needed)
{
    HILO_TRY(const std::uint64_t available, freeDiskBytes(out));
    if (available >= needed)
        return {};
    // Such as /proc: nobody can make room there.
    std::error_code code;
    fs::path there = fs::absolute(out, code);
    while (!fs::exists(there, code) && there.has_parent_path() && there != there.parent_path())
        there = there.parent_path();
    if (available == 0 && fs::space(there, code).capacity == 0)
        return failure(badInput(out.string(), {}, "Nothing can be written in " + there.string() + ".",
                                "Choose another folder; nothing was changed."));
    const std::string sizes = printed("%.1f MiB, and %.1f MiB", static_cast<double>(needed) / (1 << 20),
                                      static_cast<double>(available) / (1 << 20));
    return failure(
        noSpace("The export needs about " + sizes + " of disk space are free where " + out.string() + " shall lie.",
                "Free some disk space or choose another folder; nothing was changed."));
}

} // namespace

Result<ExportReport> exportAdapter(const ExportRequest& request, const Progress& progress)
{
    const auto begin = std::chrono::steady_clock::now();
    const ExportFormat* format = findExportFormat(request.format);
    const FormatFiles* files = findFormatFiles(request.format);
    if (!format || !files)
        return failure(wrongUsage("The format \"" + request.format + "\" is not known.",
                                  "hilo export RUN_DIR --list names the formats"));
    ExportJob job;
    job.request = request;
    job.progress = progress;
    HILO_TRY(job.source, readExportSource(request.source, request.model));
    const Verdict verdict = format->judge(job.source.subject());
    if (verdict.fit == Fit::Impossible)
        return failure(cannotExpress(job, verdict));
    HILO_CHECK(checkDistillation(*format, verdict, request));
    HILO_TRY(job.weightType, chooseWeightType(*format, request.weightType));
    // A place that cannot be made is no lack of space, whatever is free there.
    HILO_TRY(AtomicFolder folder, AtomicFolder::create(request.out));
    HILO_CHECK(checkSpace(request.out, format->estimate(job.source.subject())));
    HILO_TRY(ExportReport report, atTorchBorder([&] { return exportJob(job, *files, verdict, folder); }));
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return report;
}

} // namespace hilo
