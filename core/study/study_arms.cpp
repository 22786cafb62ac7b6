// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_arms.h"

#include "allocation/map_operations.h"
#include "base/shown_text.h"
#include "run/expert_scale.h"
#include "run/run_parameters.h"
#include "study/asked_strategy.h"

#include <algorithm>
#include <filesystem>
#include <functional>

namespace hilo {
namespace {

constexpr std::size_t longestLabel = 100;

using Profiles = std::vector<ComplexityProfile>;

std::string beforePath(std::string& text)
{
    // A path may hold the sign, too, and a label a slash ("HILO 2468/2468"): the files that there are tell them apart.
    const auto equals = text.find('=');
    std::error_code code;
    if (equals == std::string::npos || std::filesystem::exists(text, code))
        return {};
    std::string label = text.substr(0, equals);
    std::string file = text.substr(equals + 1);
    if (label.find('/') != std::string::npos && !std::filesystem::exists(file, code))
        return {};
    text = std::move(file);
    return label;
}

Result<AllocationMap> mapAt(const StudySource& source, const ModelConfig& model, const Profiles& profiles,
                            std::optional<std::int64_t> budget)
{
    if (!source.map) {
        HILO_TRY(AskedStrategy asked, AskedStrategy::parse(source.strategy));
        return mapOf(std::move(asked), model, profiles, budget);
    }
    return budget ? scaleToBudget(*source.map, model, *budget) : Result<AllocationMap>(*source.map);
}

/// The largest map that can be found whose parameters of a token are at most so many: they grow with the trainable
/// ones, of which there are at least as many.
Result<AllocationMap> mapOfActive(const StudySource& source, const ModelConfig& model, const Profiles& profiles,
                                  RouterKind router, std::int64_t active)
{
    std::optional<AllocationMap> best;
    Error problem = wrongUsage("every map of it uses more than " + std::to_string(active) + " parameters a token");
    const auto isTooLarge = [&](std::int64_t budget) {
        auto map = mapAt(source, model, profiles, budget);
        if (!map) {
            // Below what its experts need, or, once one could be made, above what they can hold.
            problem = map.error();
            return best.has_value();
        }
        if (countParameters(*map, model, router).active > active)
            return true;
        best = std::move(*map);
        return false;
    };
    constexpr int doublings = 14;
    std::int64_t low = active;
    std::int64_t high = active;
    for (int doubling = 0; doubling < doublings && !isTooLarge(high); ++doubling) {
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        const std::int64_t middle = low + (high - low) / 2;
        (isTooLarge(middle) ? high : low) = middle;
    }
    if (!best)
        return failure(std::move(problem));
    return std::move(*best);
}

Result<AllocationMap> equalMap(const Study& study, const StudySource& source, const ModelConfig& model,
                               const Profiles& profiles, std::optional<std::int64_t> budget)
{
    const bool isFirst = &source == &study.sources.front();
    if (!budget || isFirst || study.equal == EqualSize::Parameters)
        return mapAt(source, model, profiles, budget);
    HILO_TRY(const AllocationMap first, mapAt(study.sources.front(), model, profiles, budget));
    if (study.equal == EqualSize::Active)
        return mapOfActive(source, model, profiles, study.spec.training.router,
                           countParameters(first, model, study.spec.training.router).active);
    HILO_TRY(const AllocationMap own, mapAt(source, model, profiles, budget));
    return scaleToTotalRank(own, model, totalRank(first));
}

} // namespace

std::string nameOf(EqualSize equal)
{
    switch (equal) {
    case EqualSize::Parameters:
        return "parameters";
    case EqualSize::TotalRank:
        return "total-rank";
    case EqualSize::Active:
        return "active";
    case EqualSize::None:
        break;
    }
    return "none";
}

Result<EqualSize> parseEqualSize(const std::string& word)
{
    for (const EqualSize equal : {EqualSize::Parameters, EqualSize::TotalRank, EqualSize::Active, EqualSize::None})
        if (nameOf(equal) == word)
            return equal;
    return failure(wrongUsage("\"" + shown(word) + "\" is nothing that allocations have in common",
                              "expected parameters, total-rank, active or none"));
}

std::string describedArm(const StudyArm& arm)
{
    return shown(arm.label) + (arm.budget ? " at " + std::to_string(*arm.budget) : std::string());
}

void measureValidation(RunSpec& spec)
{
    // Beyond the last step nothing is measured on the way.
    constexpr std::int64_t beyond = std::int64_t{1} << 30;
    if (spec.evaluation.every == 0)
        spec.evaluation.every = spec.training.steps > 0 ? spec.training.steps : beyond;
}

RunSpec specOf(const Study& study, const StudyRun& run)
{
    const StudyArm& arm = study.arms[run.arm];
    RunSpec spec = study.spec;
    if (run.task)
        spec.tasks = {study.spec.tasks[*run.task]};
    spec.map = arm.map;
    spec.mapFile.clear();
    spec.training.seed = run.seed;
    if (arm.learningRate)
        spec.training.learningRate = *arm.learningRate;
    if (!run.rate)
        return spec;
    const RateSearch& search = *study.search;
    TrainingSpec& training = spec.training;
    if (training.steps > 0 && search.steps > 0)
        training.warmupSteps = training.warmupSteps * search.steps / training.steps;
    training.learningRate = *run.rate;
    training.steps = search.steps;
    training.epochs = search.steps > 0 ? training.epochs : search.epochs;
    training.select = Selection::Last;
    training.earlyStopping = 0;
    // Nothing of a search is measured on test rows; only a benchmark's own split cannot be another one.
    const bool anyBenchmark = std::any_of(spec.tasks.begin(), spec.tasks.end(),
                                          [](const TaskSpec& task) { return !task.scoredSplit.empty(); });
    if (!anyBenchmark)
        spec.evaluation.split = "validation";
    else
        measureValidation(spec);
    return spec;
}

Result<StudySource> sourceOfStrategy(const std::string& text, const ModelConfig& model, const Profiles& profiles,
                                     std::optional<std::int64_t> budget)
{
    HILO_TRY(const AskedStrategy asked, AskedStrategy::parse(text));
    StudySource source{asked.label, asked.text(), {}};
    // Also where it has a label: that the strategy can make a map is known before anything else is done.
    auto map = mapOf(asked, model, profiles, {});
    // Some share a budget out and make nothing without one.
    if (!map && budget)
        map = mapOf(asked, model, profiles, budget);
    if (!map)
        return failure(map.error());
    if (source.label.empty())
        source.label = map->name;
    return source;
}

Result<std::int64_t> ownBudget(const StudySource& first, const ModelConfig& model, const Profiles& profiles)
{
    HILO_TRY(const AllocationMap map, mapAt(first, model, profiles, {}));
    return countParameters(map, model).trainable();
}

Result<StudySource> sourceOfMap(const std::string& text, const ModelConfig& model)
{
    std::string file = text;
    StudySource source{beforePath(file), {}, {}};
    HILO_TRY(AllocationMap map, readAllocationMap(file));
    HILO_CHECK(validateAllocationMap(map, model, file));
    if (source.label.empty())
        source.label = map.name;
    source.map = std::move(map);
    return source;
}

Status checkLabels(const std::vector<StudySource>& sources)
{
    for (auto source = sources.begin(); source != sources.end(); ++source) {
        const std::string& label = source->label;
        const bool isText =
            std::none_of(label.begin(), label.end(), [](char c) { return static_cast<unsigned char>(c) < 32; });
        if (label.empty() || label.size() > longestLabel || !isText)
            return failure(wrongUsage("\"" + shown(label) + "\" cannot be the label of an allocation",
                                      "use 1 to 100 bytes without control characters: --strategy LABEL=NAME:…, --map "
                                      "LABEL=FILE"));
        if (std::any_of(sources.begin(), source, [&](const StudySource& other) { return other.label == label; }))
            return failure(wrongUsage("two allocations are called \"" + shown(label) + "\"",
                                      "give one of them another label: --strategy LABEL=NAME:…, --map LABEL=FILE"));
    }
    return {};
}

Status makeArms(Study& study, const ModelConfig& model, const Profiles& profiles, std::vector<StudyNote>& notes)
{
    if (study.sources.empty())
        return failure(wrongUsage("nothing to compare", "give --strategy or --map, several times"));
    if (study.equal != EqualSize::None && study.budgets.empty()) {
        HILO_TRY(const std::int64_t budget, ownBudget(study.sources.front(), model, profiles));
        study.budgets = {budget};
    }
    std::vector<std::optional<std::int64_t>> budgets(study.budgets.begin(), study.budgets.end());
    if (study.equal == EqualSize::None)
        budgets = {std::nullopt};
    for (const auto& budget : budgets)
        for (const StudySource& source : study.sources) {
            StudyArm arm{source.label, budget, {}, 0, 0, 0, {}, {}};
            if (std::any_of(study.arms.begin(), study.arms.end(), [&](const StudyArm& known) {
                    return known.label == arm.label && known.budget == arm.budget;
                }))
                continue;
            auto map = equalMap(study, source, model, profiles, budget);
            if (!map) {
                Error error = map.error();
                error.message = describedArm(arm) + (budget ? " parameters: " : ": ") + error.message;
                return failure(std::move(error));
            }
            for (const std::string& note : map->notes)
                notes.push_back({StudyNoteKind::OfMap, {describedArm(arm), note}, {}});
            arm.map = std::move(*map);
            arm.map.name = source.label;
            const ParameterCount count = countParameters(arm.map, model, study.spec.training.router);
            arm.trainable = count.trainable();
            arm.active = count.active;
            arm.totalRank = totalRank(arm.map);
            study.arms.push_back(std::move(arm));
        }
    return {};
}

std::optional<StudyNote> scaleNote(const Study& study)
{
    if (study.search || study.arms.empty())
        return std::nullopt;
    const auto scaleOf = [&study](const StudyArm& arm) { return meanExpertScale(arm.map, study.spec.training); };
    const auto bySize = [&](const StudyArm& one, const StudyArm& other) { return scaleOf(one) < scaleOf(other); };
    const auto [least, most] = std::minmax_element(study.arms.begin(), study.arms.end(), bySize);
    constexpr double alike = 1.1;
    if (scaleOf(*most) <= alike * scaleOf(*least))
        return std::nullopt;
    return StudyNote{
        StudyNoteKind::StepSizes, {describedArm(*least), describedArm(*most)}, {scaleOf(*least), scaleOf(*most)}};
}

} // namespace hilo
