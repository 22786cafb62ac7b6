// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_verdict.h"

#include "base/counted.h"
#include "base/text_format.h"
#include "compare/holm.h"
#include "run/run_settings.h"
#include "study/study_numbers.h"

#include <algorithm>
#include <array>
#include <utility>

namespace hilo {
namespace {

/// With the allocation that each is of.
std::vector<std::pair<std::size_t, StudyDifference*>> comparisonsOf(StudySummary& summary)
{
    std::vector<std::pair<std::size_t, StudyDifference*>> all;
    for (std::size_t i = 0; i < summary.rows.size(); ++i)
        for (auto* difference : {&summary.rows[i].difference, &summary.rows[i].differenceAtBudget})
            if (*difference)
                all.emplace_back(i, &**difference);
    return all;
}

bool isClear(const StudyDifference& one)
{
    return one.pHolm && *one.pHolm < 0.05 && one.difference->low && one.difference->high &&
           (*one.difference->low > 0 || *one.difference->high < 0);
}

std::string unitOf(const StudySummary& summary)
{
    return summary.unit == "%" ? " points" : "";
}

/// "+1.20 points (+0.30 to +2.10), p 0.012"
std::string numbersOf(const StudySummary& summary, const StudyDifference& one)
{
    const bool isShare = summary.unit == "%";
    std::string text = shownStep(one.difference->value, isShare) + unitOf(summary);
    if (one.difference->low && one.difference->high)
        text +=
            " (" + shownStep(*one.difference->low, isShare) + " to " + shownStep(*one.difference->high, isShare) + ")";
    if (one.pHolm)
        text += ", p " + shownP(*one.pHolm);
    return text;
}

/// What a clear difference does not yet say of tasks that were not tried.
std::string aboutOtherTasks(const StudyDifference& one)
{
    if (!one.byTask)
        return " This speaks of " + std::string(one.tasks.size() == 1 ? "this task" : "these two tasks") + " only.";
    const StudyInterval& tasks = one.byTask->difference;
    const bool holdsZero = *tasks.low <= 0 && *tasks.high >= 0;
    return holdsZero ? " It is clear on these tasks; over tasks of this kind in general it is not." : "";
}

void tell(const StudyObservations& observations, const StudySummary& summary, std::size_t allocation,
          StudyDifference& one)
{
    const std::string name = allocationName(observations, allocation), other = allocationName(observations, one.from);
    const std::string both = name + " and " + other;
    switch (one.verdict) {
    case StudyVerdict::NotMeasured:
        one.text = one.pairs == 0 ? "Nothing is measured yet that compares " + both + "."
                                  : "The tasks' metrics have no mean that " + both + " could be compared by.";
        break;
    case StudyVerdict::NoInterval:
        one.text = "Nothing says how sure the difference between " + both + " is: " + numbersOf(summary, one) +
                   " from " + counted(static_cast<std::int64_t>(one.pairs), "pair") + " of runs" +
                   (one.bySeed ? " that all differ by the same" : "") + ". More seeds or kept predictions would.";
        break;
    case StudyVerdict::OnlyTheseRuns:
        one.text = "The runs of " + both + " differ by more than their test rows explain: " + numbersOf(summary, one) +
                   ". One seed says nothing of other seeds, so this is no difference between the allocations yet.";
        break;
    case StudyVerdict::NoClearDifference:
        one.text =
            "No clear difference between " + both + ": " + numbersOf(summary, one) + "." +
            (one.pairs < fewestPairsOfAClaim ? " Fewer than three pairs of runs are never called a difference." : "");
        break;
    case StudyVerdict::Better:
    case StudyVerdict::Worse:
        one.text = name + (one.verdict == StudyVerdict::Better ? " is better than " : " is worse than ") + other +
                   ": " + numbersOf(summary, one) + "." + aboutOtherTasks(one);
        break;
    }
}

} // namespace

std::size_t judge(const StudyObservations& observations, StudySummary& summary)
{
    const auto all = comparisonsOf(summary);
    std::vector<double> p;
    std::vector<StudyDifference*> tested;
    for (const auto& [allocation, one] : all)
        if (one->p) {
            p.push_back(*one->p);
            tested.push_back(one);
        }
    const std::vector<double> corrected = holmCorrected(p);
    for (std::size_t i = 0; i < tested.size(); ++i)
        tested[i]->pHolm = corrected[i];
    for (const auto& [allocation, one] : all) {
        if (one->verdict == StudyVerdict::OnlyTheseRuns && !isClear(*one))
            one->verdict = StudyVerdict::NoClearDifference;
        else if (one->verdict == StudyVerdict::NoClearDifference && one->pairs >= fewestPairsOfAClaim && isClear(*one))
            one->verdict =
                (one->difference->value < 0) == summary.lowerIsBetter ? StudyVerdict::Better : StudyVerdict::Worse;
        tell(observations, summary, allocation, *one);
    }
    return tested.size();
}

std::string inWords(const StudyNote& note)
{
    const auto name = [&note](std::size_t i) { return note.names[i]; };
    const auto count = [&note](std::size_t i) { return static_cast<std::int64_t>(note.numbers[i]); };
    switch (note.kind) {
    case StudyNoteKind::NoCommonScale:
        return "The tasks are measured by " + name(0) +
               ", which have no common scale: there is no mean over them and no comparison of means; ranks are "
               "compared.";
    case StudyNoteKind::SeveralMetrics:
        return "The mean is over different metrics: " + name(0) + ".";
    case StudyNoteKind::NotFinished:
        return std::to_string(count(0)) + " of " + counted(count(1), "run") +
               " have finished; the numbers are of these.";
    case StudyNoteKind::NoValueYet:
        return "No value yet of " + name(0) + " on " + name(1) + ", so it has no mean over the tasks.";
    case StudyNoteKind::OneSeed:
        return "One seed only on " + name(0) + ": its intervals know of test rows, not of what another seed changes.";
    case StudyNoteKind::OneSeedNoRows:
        return "One seed only and no predictions of single rows on " + name(0) + ": its values have no interval.";
    case StudyNoteKind::RanksOfSomeTasks:
        return "Mean ranks are over " + std::to_string(count(0)) + " of " + counted(count(1), "task") +
               ": those of which all allocations have a value.";
    case StudyNoteKind::NotANumber:
        return "Not a number, left out: " + name(0) + ", " + name(1) + ", seed " + std::to_string(count(0)) + " (run " +
               name(2) + ").";
    case StudyNoteKind::OtherRows:
        return "The runs of task " + name(0) +
               " answered different numbers of test rows; they are not compared row by row.";
    case StudyNoteKind::OtherPredictions:
        return "The predictions kept of task " + name(0) + " do not give its " + name(1) +
               "; its runs are not compared row by row.";
    case StudyNoteKind::MissingPredictions:
        return "Of task " + name(0) + ", " + std::to_string(count(0)) + " of " + counted(count(1), "run") +
               " kept no predictions of single rows.";
    case StudyNoteKind::StepSizes:
        return "The allocations take steps of different sizes: what their experts give is multiplied by " +
               printed("%.3g", note.numbers[0]) + " (" + name(0) + ") to " + printed("%.3g", note.numbers[1]) + " (" +
               name(1) +
               "), on the mean. One may win by that alone: --scale same gives all the first one's, --rate-search "
               "looks for each one's learning rate.";
    case StudyNoteKind::RateAtLowest:
        return "The search chose the lowest learning rate that it was given, " + shownNumber(note.numbers[0]) +
               ", for " + name(0) + ". A lower one may be better: --rate-search of a further study can begin below.";
    case StudyNoteKind::RateAtHighest:
        return "The search chose the highest learning rate that it was given, " + shownNumber(note.numbers[0]) +
               ", for " + name(0) + ". A higher one may be better: --rate-search of a further study can go beyond.";
    case StudyNoteKind::OfMap:
        return name(0) + ": " + name(1);
    }
    return {};
}

std::vector<std::string> inWords(const std::vector<StudyNote>& notes)
{
    std::vector<std::string> sentences;
    for (const StudyNote& note : notes)
        sentences.push_back(inWords(note));
    return sentences;
}

std::string sentenceOf(const StudyObservations& observations, const StudySummary& summary)
{
    if (summary.finishedRuns == 0)
        return "Nothing is measured yet.";
    if (observations.allocations.size() < 2)
        return "One allocation is compared with nothing.";
    // With budgets the ones at the same budget are what the question is about.
    std::array<std::vector<std::string>, 6> told;
    for (std::size_t i = 0; i < summary.rows.size(); ++i) {
        const StudyRow& row = summary.rows[i];
        const bool otherBudget = observations.allocations[i].label == observations.allocations.front().label;
        const StudyDifference* const one = row.differenceAtBudget           ? &*row.differenceAtBudget
                                           : row.difference && !otherBudget ? &*row.difference
                                                                            : nullptr;
        if (!one)
            continue;
        std::string text = allocationName(observations, i);
        if (one->difference && one->verdict != StudyVerdict::NotMeasured)
            text += " (" + numbersOf(summary, *one) + ")";
        if (!row.differenceAtBudget && observations.allocations[i].budget != observations.allocations.front().budget)
            text += " against " + allocationName(observations, 0);
        told[static_cast<std::size_t>(one->verdict)].push_back(std::move(text));
    }
    const std::string& first = observations.allocations.front().label;
    const auto of = [&told](StudyVerdict verdict) -> const std::vector<std::string>& {
        return told[static_cast<std::size_t>(verdict)];
    };
    std::vector<std::string> sentences;
    const auto say = [&](StudyVerdict verdict, const std::string& begin) {
        if (!of(verdict).empty())
            sentences.push_back(begin + ": " + joined(of(verdict), "; ") + ".");
    };
    say(StudyVerdict::Better, "Better than " + first);
    say(StudyVerdict::Worse, "Worse than " + first);
    say(StudyVerdict::NoClearDifference, "No clear difference from " + first);
    say(StudyVerdict::OnlyTheseRuns,
        "Differ from " + first + " in single runs only, which says nothing of other seeds");
    say(StudyVerdict::NoInterval, "Nothing says how sure the difference from " + first + " is");
    say(StudyVerdict::NotMeasured, "Not compared with " + first + " yet");
    if (summary.comparisons > 0)
        sentences.push_back("95 % intervals; p after Holm's correction over " +
                            counted(static_cast<std::int64_t>(summary.comparisons), "comparison") + ".");
    return joined(sentences, " ");
}

} // namespace hilo
