// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_words.h"

#include <QCoreApplication>
#include <QLocale>

#include <map>

namespace hilo {
namespace {

struct StudyWords
{
    Q_DECLARE_TR_FUNCTIONS(StudyWords)
};

/// "+1.2 points (0.3 … 2.1), p = 0.012"
QString numbersOf(const StudyView& study, const StudyDifference& difference)
{
    QString text = differenceWithEnds(study.meanText(), *difference.difference);
    if (difference.pHolm)
        text += QStringLiteral(", ") + pText(*difference.pHolm);
    return text;
}

/// What a clear difference does not yet say of tasks that were not tried.
QString aboutOtherTasks(const StudyDifference& difference)
{
    if (!difference.byTask)
        return QLatin1Char(' ') + (difference.tasks.size() == 1
                                       ? StudyWords::tr("This speaks of this task only.")
                                       : StudyWords::tr("This speaks of these two tasks only."));
    return signOf(difference.byTask->difference) != 0
               ? QString()
               : QLatin1Char(' ') +
                     StudyWords::tr("It is clear on these tasks; over tasks of this kind in general it is not.");
}

/// How an answer of the study begins, with the allocations that it is of behind it.
QString headOf(StudyVerdict verdict, const QString& first, const QString& those)
{
    switch (verdict) {
    case StudyVerdict::Better:
        return StudyWords::tr("Better than %1: %2.").arg(first, those);
    case StudyVerdict::Worse:
        return StudyWords::tr("Worse than %1: %2.").arg(first, those);
    case StudyVerdict::NoClearDifference:
        return StudyWords::tr("No clear difference from %1: %2.").arg(first, those);
    case StudyVerdict::OnlyTheseRuns:
        return StudyWords::tr("Differ from %1 in single runs only, which says nothing of other seeds: %2.")
            .arg(first, those);
    case StudyVerdict::NoInterval:
        return StudyWords::tr("Nothing says how sure the difference from %1 is: %2.").arg(first, those);
    case StudyVerdict::NotMeasured:
        return StudyWords::tr("Not compared with %1 yet: %2.").arg(first, those);
    }
    return {};
}

} // namespace

QString pText(double p)
{
    return p < 0.001 ? StudyWords::tr("p < 0.001")
                     : StudyWords::tr("p = %1").arg(QLocale().toString(p, 'f', p < 0.1 ? 3 : 2));
}

QString differenceSentence(const StudyView& study, std::size_t row, const StudyDifference& difference)
{
    const QString name = study.label(row), other = study.label(difference.from);
    const QString numbers = difference.difference ? numbersOf(study, difference) : QString();
    const int pairs = static_cast<int>(difference.pairs);
    switch (difference.verdict) {
    case StudyVerdict::NotMeasured:
        return pairs == 0 ? StudyWords::tr("Nothing is measured yet that compares %1 and %2.").arg(name, other)
                          : StudyWords::tr("The tasks' metrics have no mean that %1 and %2 could be compared by.")
                                .arg(name, other);
    case StudyVerdict::NoInterval:
        return (difference.bySeed
                    ? StudyWords::tr("Nothing says how sure the difference between %1 and %2 is: %3 from %n pair(s) of "
                                     "runs that all differ by the same.",
                                     nullptr, pairs)
                    : StudyWords::tr(
                          "Nothing says how sure the difference between %1 and %2 is: %3 from %n pair(s) of runs.",
                          nullptr, pairs))
                   .arg(name, other, numbers) +
               QLatin1Char(' ') + StudyWords::tr("More seeds or kept predictions would.");
    case StudyVerdict::OnlyTheseRuns:
        return StudyWords::tr("The runs of %1 and %2 differ by more than their test rows explain: %3. One seed says "
                              "nothing of other seeds, so this is no difference between the allocations yet.")
            .arg(name, other, numbers);
    case StudyVerdict::NoClearDifference: {
        QString text = StudyWords::tr("No clear difference between %1 and %2: %3.").arg(name, other, numbers);
        if (difference.pairs < fewestPairsOfAClaim)
            text += QLatin1Char(' ') + StudyWords::tr("Fewer than three pairs of runs are never called a difference.");
        return text;
    }
    case StudyVerdict::Better:
        return StudyWords::tr("%1 is better than %2: %3.").arg(name, other, numbers) + aboutOtherTasks(difference);
    case StudyVerdict::Worse:
        return StudyWords::tr("%1 is worse than %2: %3.").arg(name, other, numbers) + aboutOtherTasks(difference);
    }
    return {};
}

QString studySentence(const StudyView& study)
{
    const StudySummary& summary = study.summary;
    const auto& allocations = study.observations.allocations;
    if (summary.finishedRuns == 0)
        return StudyWords::tr("Nothing is measured yet.");
    if (allocations.size() < 2)
        return StudyWords::tr("One allocation is compared with nothing.");
    std::map<StudyVerdict, QStringList> told;
    for (std::size_t i = 0; i < summary.rows.size(); ++i) {
        const StudyRow& row = summary.rows[i];
        // With budgets the ones at the same budget are what the question is about.
        const bool isOtherBudget = allocations[i].label == allocations.front().label;
        const StudyDifference* const one = row.differenceAtBudget             ? &*row.differenceAtBudget
                                           : row.difference && !isOtherBudget ? &*row.difference
                                                                              : nullptr;
        if (!one)
            continue;
        QString text = study.label(i);
        if (one->difference && one->verdict != StudyVerdict::NotMeasured)
            text += QStringLiteral(" (%1)").arg(numbersOf(study, *one));
        if (!row.differenceAtBudget && allocations[i].budget != allocations.front().budget)
            text = StudyWords::tr("%1 against %2", "two allocations").arg(text, study.label(0));
        told[one->verdict] << text;
    }
    const QString first = QString::fromStdString(allocations.front().label);
    QStringList sentences;
    for (const StudyVerdict verdict :
         {StudyVerdict::Better, StudyVerdict::Worse, StudyVerdict::NoClearDifference, StudyVerdict::OnlyTheseRuns,
          StudyVerdict::NoInterval, StudyVerdict::NotMeasured})
        if (const auto found = told.find(verdict); found != told.end())
            sentences << headOf(verdict, first, found->second.join(QStringLiteral("; ")));
    if (summary.comparisons > 0)
        sentences << StudyWords::tr("95 % intervals; p after Holm's correction over %n comparison(s).", nullptr,
                                    static_cast<int>(summary.comparisons));
    return sentences.join(QLatin1Char(' '));
}

QString noteSentence(const StudyNote& note)
{
    const auto name = [&note](std::size_t i) { return QString::fromStdString(note.names[i]); };
    const auto count = [&note](std::size_t i) { return static_cast<int>(note.numbers[i]); };
    switch (note.kind) {
    case StudyNoteKind::NoCommonScale:
        return StudyWords::tr(
                   "The tasks are measured by %1, which have no common scale: there is no mean over them and "
                   "no comparison of means; ranks are compared.")
            .arg(name(0));
    case StudyNoteKind::SeveralMetrics:
        return StudyWords::tr("The mean is over different metrics: %1.").arg(name(0));
    case StudyNoteKind::NotFinished:
        return StudyWords::tr("%1 of %n run(s) have finished; the numbers are of these.", nullptr, count(1))
            .arg(count(0));
    case StudyNoteKind::NoValueYet:
        return StudyWords::tr("No value yet of %1 on %2, so it has no mean over the tasks.").arg(name(0), name(1));
    case StudyNoteKind::OneSeed:
        return StudyWords::tr("One seed only on %1: its intervals know of test rows, not of what another seed changes.")
            .arg(name(0));
    case StudyNoteKind::OneSeedNoRows:
        return StudyWords::tr("One seed only and no predictions of single rows on %1: its values have no interval.")
            .arg(name(0));
    case StudyNoteKind::RanksOfSomeTasks:
        return StudyWords::tr("Mean ranks are over %1 of %n task(s): those of which all allocations have a value.",
                              nullptr, count(1))
            .arg(count(0));
    case StudyNoteKind::NotANumber:
        return StudyWords::tr("Not a number, left out: %1, %2, seed %3 (run %4).")
            .arg(name(0), name(1), QString::number(count(0)), name(2));
    case StudyNoteKind::OtherRows:
        return StudyWords::tr(
                   "The runs of task %1 answered different numbers of test rows; they are not compared row by row.")
            .arg(name(0));
    case StudyNoteKind::OtherPredictions:
        return StudyWords::tr(
                   "The predictions kept of task %1 do not give its %2; its runs are not compared row by row.")
            .arg(name(0), name(1));
    case StudyNoteKind::MissingPredictions:
        return StudyWords::tr("Of task %1, %2 of %n run(s) kept no predictions of single rows.", nullptr, count(1))
            .arg(name(0), QString::number(count(0)));
    case StudyNoteKind::StepSizes:
        return StudyWords::tr("The allocations take steps of different sizes: what their experts give is multiplied by "
                              "%1 (%2) to %3 (%4), on the mean. One may win by that alone. Give all the scale of the "
                              "first one, or look for each one's learning rate.")
            .arg(QLocale().toString(note.numbers[0], 'g', 3), name(0), QLocale().toString(note.numbers[1], 'g', 3),
                 name(1));
    case StudyNoteKind::RateAtLowest:
        return StudyWords::tr("The search chose the lowest learning rate that it was given, %1, for %2. "
                              "A lower one may be better.")
            .arg(QLocale().toString(note.numbers[0], 'g', 3), name(0));
    case StudyNoteKind::RateAtHighest:
        return StudyWords::tr("The search chose the highest learning rate that it was given, %1, for %2. "
                              "A higher one may be better.")
            .arg(QLocale().toString(note.numbers[0], 'g', 3), name(0));
    case StudyNoteKind::OfMap:
        return StudyWords::tr("%1: %2", "an allocation and what its map says").arg(name(0), name(1));
    }
    return {};
}

QString studyNotes(const StudyView& study)
{
    QStringList lines;
    for (const StudyNote& note : study.summary.notes)
        lines << noteSentence(note);
    return lines.join(QLatin1Char('\n'));
}

} // namespace hilo
