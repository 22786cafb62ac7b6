// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_estimate.h"

#include "base/counted.h"
#include "run/run_memory.h"
#include "study/study_runs.h"

#include <algorithm>
#include <map>

namespace hilo {
namespace {

/// Seconds of a step of each finished run whose settings cost the same for a step.
Result<std::vector<double>> stepTimes(const Study& study, RunReader& reader)
{
    const TrainingSpec& training = study.spec.training;
    const std::string model = std::filesystem::path(study.spec.modelPath).lexically_normal().filename().string();
    HILO_TRY(const std::vector<RunSummary> runs, reader.runs());
    std::vector<double> times;
    for (const RunSummary& run : runs) {
        if (run.state != "finished" || !run.seconds || run.lastStep.value_or(0) <= 0)
            continue;
        HILO_TRY(const std::vector<Setting> settings, reader.settings(run.id));
        std::map<std::string, const Setting*> byKey;
        for (const Setting& setting : settings)
            byKey[setting.key] = &setting;
        const auto is = [&byKey](const char* key, std::int64_t number) {
            const auto found = byKey.find(key);
            return found != byKey.end() && found->second->number == static_cast<double>(number);
        };
        const auto path = byKey.find("model.path");
        const bool isModel = path != byKey.end() && path->second->text &&
                             std::filesystem::path(*path->second->text).lexically_normal().filename().string() == model;
        if (isModel && is("training.batch_size", training.batchSize) &&
            is("training.accumulation", training.accumulation) && is("training.max_length", training.maxLength))
            times.push_back(*run.seconds / static_cast<double>(*run.lastStep));
    }
    std::sort(times.begin(), times.end());
    return times;
}

std::int64_t bytesOfRun(const RunSpec& spec, std::int64_t trainable)
{
    // Weights and both moments in each checkpoint; the adapter; logs and predictions by what sample runs have.
    constexpr std::int64_t checkpointBytes = 12;
    constexpr std::int64_t adapterBytes = 4;
    constexpr std::int64_t logBytes = std::int64_t{1} << 20;
    return trainable * (checkpointBytes * spec.training.keepCheckpoints + adapterBytes) + logBytes;
}

} // namespace

Result<StudyEstimate> estimateStudy(const Study& study, const ModelConfig& model, RunReader& reader)
{
    StudyEstimate estimate;
    HILO_TRY(const std::vector<RunSummary> known, reader.runs());
    const auto isFinished = [&known](const StudyRun& run) {
        return std::any_of(known.begin(), known.end(),
                           [&run](const RunSummary& one) { return one.id == run.run && one.state == "finished"; });
    };
    const std::int64_t perSeed = study.joint ? 1 : static_cast<std::int64_t>(study.spec.tasks.size());
    const auto searchRuns =
        study.search ? static_cast<std::int64_t>(study.search->rates.size() * study.arms.size()) * perSeed : 0;
    const auto mainRuns = static_cast<std::int64_t>(expectedRuns(study));
    std::int64_t finishedMain = 0;
    std::int64_t finishedSearch = 0;
    std::map<std::size_t, std::int64_t> finishedOfArm;
    for (const StudyRun& run : study.runs)
        if (isFinished(run)) {
            (run.rate ? finishedSearch : finishedMain) += 1;
            ++finishedOfArm[run.arm];
        }
    estimate.runs = mainRuns + searchRuns;
    estimate.missingRuns = std::max<std::int64_t>(0, estimate.runs - finishedMain - finishedSearch);

    const RunSpec& spec = study.spec;
    HILO_TRY(const std::vector<double> times, stepTimes(study, reader));
    const std::int64_t searchSteps = study.search ? study.search->steps : 0;
    if (spec.training.steps == 0) {
        estimate.timeFrom = "unknown: epochs say how long a run is, and its rows are not counted before it starts";
    } else if (times.empty()) {
        estimate.timeFrom = "unknown: no finished run of the project has this model, batch and length";
    } else {
        const double steps = static_cast<double>(std::max<std::int64_t>(0, mainRuns - finishedMain)) *
                                 static_cast<double>(spec.training.steps) +
                             static_cast<double>(std::max<std::int64_t>(0, searchRuns - finishedSearch)) *
                                 static_cast<double>(searchSteps);
        estimate.seconds = steps * times[times.size() / 2];
        estimate.timeFrom =
            "the seconds of a step of " + counted(static_cast<std::int64_t>(times.size()), "finished run");
    }

    const EstimateSettings settings = largestSettings(spec.training);
    const EstimateConstants constants = settings.onGpu ? gpuConstants() : cpuConstants();
    const auto runsOfArm = static_cast<std::int64_t>(study.seeds.size()) * perSeed +
                           (study.search ? static_cast<std::int64_t>(study.search->rates.size()) * perSeed : 0);
    for (std::size_t arm = 0; arm < study.arms.size(); ++arm) {
        const std::int64_t missing = std::max<std::int64_t>(0, runsOfArm - finishedOfArm[arm]);
        estimate.diskBytes += missing * bytesOfRun(spec, study.arms[arm].trainable);
        estimate.memoryBytes = std::max<std::int64_t>(
            estimate.memoryBytes, estimateMemory(study.arms[arm].map, model, settings, constants).total);
    }
    return estimate;
}

Json toJson(const StudyEstimate& estimate)
{
    return {{"runs", estimate.runs},
            {"missing_runs", estimate.missingRuns},
            {"seconds", estimate.seconds ? Json(*estimate.seconds) : Json()},
            {"time_from", estimate.timeFrom},
            {"disk_bytes", estimate.diskBytes},
            {"memory_bytes", estimate.memoryBytes}};
}

} // namespace hilo
