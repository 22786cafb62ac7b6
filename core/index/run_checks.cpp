// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/run_checks.h"

#include "base/json.h"
#include "base/text_format.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace hilo {
namespace {

// The bounds below are ours: wide enough that a healthy run of the sample projects falls under none of them.
constexpr double allTokens = 0.9;      ///< of a router's choices: hardly any other expert is used
constexpr double allWeight = 0.95;     ///< of a router's probabilities
constexpr double idleShare = 0.05;     ///< of an expert's even share
constexpr double divergedFactor = 1.5; ///< of the lowest mean loss
constexpr double divergedErrors = 3;   ///< standard errors of the difference
constexpr double risenFactor = 1.02;   ///< of the lowest validation loss
constexpr std::size_t zeroSteps = 3;   ///< measured one after the other

std::string percent(double share)
{
    return printed("%.1f", 100 * share);
}

std::string placeOf(const ModuleLoad& load)
{
    return std::to_string(load.layer) + " " + load.module;
}

std::string taskOf(const RunEvaluation& evaluation)
{
    return evaluation.task.empty() ? evaluation.split : evaluation.task + " (" + evaluation.split + ")";
}

double largest(const std::vector<double>& values)
{
    double found = 0;
    for (const double value : values)
        if (std::isfinite(value))
            found = std::max(found, value);
    return found;
}

using Found = std::optional<std::vector<std::string>>;

Found lossNotFinite(const CheckedRun& run)
{
    if (run.loss.values.empty() || std::isfinite(run.loss.values.back()))
        return {};
    std::size_t first = run.loss.values.size() - 1;
    while (first > 0 && !std::isfinite(run.loss.values[first - 1]))
        --first;
    return std::vector{std::to_string(run.loss.steps[first])};
}

/// Mean and variance of a stretch of a series; points that are not finite are left out.
struct Stretch
{
    double mean = 0, variance = 0;
    int count = 0;
    std::int64_t lastStep = 0;
};

Stretch stretchOf(const Series& series, std::size_t begin, std::size_t end)
{
    Stretch found;
    double squares = 0;
    for (std::size_t i = begin; i < end; ++i) {
        if (!std::isfinite(series.values[i]))
            continue;
        ++found.count;
        const double before = series.values[i] - found.mean;
        found.mean += before / found.count;
        squares += before * (series.values[i] - found.mean);
    }
    found.variance = found.count > 1 ? squares / (found.count - 1) : 0;
    found.lastStep = series.steps[end - 1];
    return found;
}

Found lossDiverges(const CheckedRun& run)
{
    const std::size_t points = run.loss.values.size(), length = std::clamp<std::size_t>(points / 20, 3, 50);
    if (points < 4 * length || lossNotFinite(run))
        return {};
    std::vector<Stretch> stretches;
    for (std::size_t end = points; end >= length; end -= length)
        if (const Stretch one = stretchOf(run.loss, end - length, end); one.count > 0)
            stretches.push_back(one);
    if (stretches.size() < 4)
        return {};
    const Stretch& last = stretches.front();
    const Stretch& lowest = *std::min_element(stretches.begin(), stretches.end(),
                                              [](const Stretch& a, const Stretch& b) { return a.mean < b.mean; });
    const double error = std::sqrt(last.variance / last.count + lowest.variance / lowest.count);
    if (last.mean <= divergedFactor * lowest.mean || last.mean - lowest.mean <= divergedErrors * error)
        return {};
    return std::vector{printed("%.3g", last.mean), printed("%.3g", lowest.mean), std::to_string(lowest.lastStep)};
}

Found gradientZero(const CheckedRun& run)
{
    const std::vector<double>& norms = run.gradientNorm.values;
    std::size_t zeros = 0;
    while (zeros < norms.size() && norms[norms.size() - 1 - zeros] == 0)
        ++zeros;
    return zeros >= zeroSteps ? Found(std::vector{std::to_string(zeros)}) : std::nullopt;
}

Found belowMajority(const CheckedRun& run)
{
    for (const RunEvaluation& one : run.finalEvaluations)
        if (one.score.accuracy && one.score.majorityFloor && *one.score.accuracy < *one.score.majorityFloor)
            return std::vector{taskOf(one), percent(*one.score.accuracy), percent(*one.score.majorityFloor)};
    return {};
}

bool isCollapsed(const ModuleLoad& load)
{
    return load.load.size() > 1 && (largest(load.load) >= allTokens || largest(load.weight) >= allWeight);
}

Found expertsCollapsed(const CheckedRun& run)
{
    const ModuleLoad* worst = nullptr;
    std::size_t collapsed = 0, routers = 0;
    for (const ModuleLoad& load : run.loads) {
        routers += load.load.size() > 1 ? 1 : 0;
        if (!isCollapsed(load))
            continue;
        ++collapsed;
        if (!worst || largest(load.load) > largest(worst->load))
            worst = &load;
    }
    if (!worst)
        return {};
    return std::vector{std::to_string(collapsed), std::to_string(routers), placeOf(*worst),
                       percent(largest(worst->load)), std::to_string(run.loadsStep)};
}

Found expertsIdle(const CheckedRun& run)
{
    const ModuleLoad* worst = nullptr;
    std::size_t modules = 0, most = 0;
    for (const ModuleLoad& load : run.loads) {
        const double even = 1.0 / static_cast<double>(std::max<std::size_t>(1, load.load.size()));
        const auto idle = static_cast<std::size_t>(std::count_if(
            load.load.begin(), load.load.end(), [even](double share) { return share < idleShare * even; }));
        if (load.load.size() < 3 || 2 * idle < load.load.size() || isCollapsed(load))
            continue;
        ++modules;
        if (idle > most) {
            most = idle;
            worst = &load;
        }
    }
    if (!worst)
        return {};
    return std::vector{std::to_string(modules), std::to_string(most), std::to_string(worst->load.size()),
                       placeOf(*worst), std::to_string(run.loadsStep)};
}

Found validationLossRises(const CheckedRun& run)
{
    if (run.takesBest)
        return {};
    std::map<std::pair<std::string, std::string>, std::vector<const RunEvaluation*>> series;
    for (const RunEvaluation& one : run.evaluations)
        if (one.score.loss && !one.isFinal.value_or(false))
            series[{one.task, one.split}].push_back(&one);
    for (const auto& [name, points] : series) {
        const auto lowest = std::min_element(
            points.begin(), points.end(), [](const auto* a, const auto* b) { return *a->score.loss < *b->score.loss; });
        const bool isEarlier = points.end() - lowest > 2;
        const double last = *points.back()->score.loss;
        if (!isEarlier || last <= risenFactor * *(*lowest)->score.loss)
            continue;
        return std::vector{taskOf(*points.back()), printed("%.4g", last), printed("%.4g", *(*lowest)->score.loss),
                           std::to_string((*lowest)->step)};
    }
    return {};
}

struct Rule
{
    RunCheck check;
    Found (*find)(const CheckedRun& run);
};

const std::vector<Rule>& rules()
{
    static const std::vector<Rule> all = {
        {{"loss-not-finite", "The training loss is no number any more.", "Since step %1.",
          "Resume from a checkpoint before that step with a lower learning rate, a longer warm-up or clipped "
          "gradients."},
         lossNotFinite},
        {{"loss-diverges", "The training loss has risen far above its lowest.",
          "%1 at the end, %2 at its lowest, up to step %3.",
          "Resume from a checkpoint before the rise, or train again, with a lower learning rate or a longer warm-up."},
         lossDiverges},
        {{"gradient-zero", "Nothing is learnt: the gradient is zero.", "At the last %1 measured steps.",
          "Look at the rows on the page Data: whether they have answers that are learnt, and whether the map leaves "
          "adapters to train."},
         gradientZero},
        {{"below-majority", "The accuracy is below that of always giving the most frequent answer.",
          "%1: %2 %, against %3 %.",
          "Look at the template and the labels on the page Data, train for longer, or lower the learning rate."},
         belowMajority},
        {{"experts-collapsed", "Routers send nearly every token to one expert.",
          "%1 of %2 routers, most of all in layer %3: %4 % (step %5).",
          "Raise the weight of the load-balancing loss or lower the learning rate; or give these modules one expert, "
          "for the parameters of the others serve nothing."},
         expertsCollapsed},
        {{"experts-idle", "Half of the experts of a module or more are hardly used.",
          "In %1 modules, most of all %2 of %3 experts in layer %4 (step %5).",
          "Raise the weight of the load-balancing loss, or give these modules fewer experts of a higher rank."},
         expertsIdle},
        {{"validation-loss-rises", "The loss on held-out rows has risen since its lowest.",
          "%1: %2 now, %3 at step %4.",
          "Take the weights of the best step (select = best), stop earlier, or train on more rows."},
         validationLossRises},
    };
    return all;
}

} // namespace

const std::vector<RunCheck>& runChecks()
{
    static const std::vector<RunCheck> checks = [] {
        std::vector<RunCheck> all;
        for (const Rule& rule : rules())
            all.push_back(rule.check);
        return all;
    }();
    return checks;
}

const RunCheck* findRunCheck(const std::string& name)
{
    const auto found = std::find_if(runChecks().begin(), runChecks().end(),
                                    [&name](const RunCheck& check) { return check.name == name; });
    return found == runChecks().end() ? nullptr : &*found;
}

std::string RunFinding::detail() const
{
    const RunCheck* rule = findRunCheck(check);
    std::string text = rule ? rule->detail : std::string();
    for (std::size_t i = arguments.size(); i-- > 0;)
        if (const auto at = text.find("%" + std::to_string(i + 1)); at != std::string::npos)
            text.replace(at, 2, arguments[i]);
    return text;
}

std::vector<RunFinding> checkRun(const CheckedRun& run)
{
    std::vector<RunFinding> findings;
    for (const Rule& rule : rules())
        if (auto arguments = rule.find(run))
            findings.push_back({rule.check.name, std::move(*arguments)});
    return findings;
}

std::string textOf(const std::vector<RunFinding>& findings)
{
    Json list = Json::array();
    for (const RunFinding& finding : findings)
        list.push_back({{"check", finding.check}, {"arguments", finding.arguments}});
    return list.empty() ? std::string() : list.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<RunFinding> findingsOf(const std::string& text)
{
    std::vector<RunFinding> findings;
    if (text.empty())
        return findings;
    const auto document = parseJson(text, "findings");
    if (!document || !document->is_array())
        return findings;
    for (const Json& entry : *document) {
        const bool isOne = entry.is_object() && entry.contains("check") && entry["check"].is_string() &&
                           entry.contains("arguments") && entry["arguments"].is_array();
        if (!isOne || !findRunCheck(entry["check"].get<std::string>()))
            continue;
        RunFinding finding{entry["check"].get<std::string>(), {}};
        for (const Json& argument : entry["arguments"])
            finding.arguments.push_back(argument.is_string() ? argument.get<std::string>() : std::string());
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace hilo
