// SPDX-License-Identifier: GPL-3.0-or-later
// What the list of runs says of how a run stands: time left, measuring, numbers that are not well.
#include "index/run_checks.h"
#include "runs/run_list_model.h"
#include "runs/run_texts.h"
#include "runs/time_left.h"

#include <QtTest/QtTest>

using namespace hilo;

namespace {

RunSummary run(const std::string& id, const std::string& state, std::optional<double> position = {})
{
    RunSummary summary;
    summary.id = summary.name = id;
    summary.state = state;
    summary.seed = 1;
    summary.queuePosition = position;
    return summary;
}

RunSummary running(const std::string& id, std::int64_t step, std::int64_t seconds)
{
    RunSummary summary = run(id, "running");
    summary.startedAt = summary.resumedAt = 1'000'000;
    summary.lastEventAt = 1'000'000 + seconds * 1000;
    summary.lastStep = step;
    summary.totalSteps = 1000;
    summary.silentMilliseconds = 100;
    return summary;
}

} // namespace

class TestRunState : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void timeLeftFollowsTheLastPace();
    void whatWasTrainedBeforeAResumeTookNoneOfItsTime();
    void aRunThatMeasuresItsResultIsNotNearlyDone();
    void aRunWhoseNumbersAreNotWellSaysSo();
};

void TestRunState::timeLeftFollowsTheLastPace()
{
    TimeLeft left;
    QVERIFY(!left.of(run("a", "queued")));
    left.observe(running("a", 100, 100));
    QCOMPARE(*left.of(running("a", 100, 100)), 900.0); // one step a second so far
    left.observe(running("a", 110, 105));
    QCOMPARE(*left.of(running("a", 110, 105)), 445.0); // two steps a second now
    // After a resume from an earlier step the old pace does not count.
    left.observe(running("a", 50, 200));
    QCOMPARE(*left.of(running("a", 50, 200)), 3800.0);
}

void TestRunState::whatWasTrainedBeforeAResumeTookNoneOfItsTime()
{
    TimeLeft left;
    RunSummary resumed = running("a", 810, 2000);
    // Started anew at step 800, ten steps in 20 seconds: two seconds a step.
    resumed.resumedStep = 800;
    resumed.resumedAt = *resumed.lastEventAt - 20'000;
    left.observe(resumed);
    QCOMPARE(*left.of(resumed), 190 * 2.0);
    resumed.lastStep = 800;
    QVERIFY(!left.of(resumed));
}

void TestRunState::aRunThatMeasuresItsResultIsNotNearlyDone()
{
    const RunSummary measuring = running("a", 1000, 2000);
    QVERIFY(isMeasuring(measuring));
    QVERIFY(!TimeLeft().of(measuring));
    RunListModel model;
    model.setRuns({measuring});
    const QModelIndex row = model.index(0, 0);
    QVERIFY(!row.data(RunListModel::ResultRole).toString().contains(QLatin1Char('%')));
    QVERIFY(!row.data(RunListModel::DetailRole).toString().contains(QStringLiteral("left")));
    QVERIFY(row.data(RunListModel::DetailRole).toString().contains(QStringLiteral("measured")));
}

void TestRunState::aRunWhoseNumbersAreNotWellSaysSo()
{
    RunSummary bad = run("a", "finished");
    bad.accuracy = 0.098;
    QVERIFY(!adviceFor(bad, {}));
    bad.findings = textOf(
        {{"below-majority", {"test", "9.8", "10.2"}}, {"experts-collapsed", {"1", "2", "0 q_proj", "97.0", "800"}}});
    const auto advice = adviceFor(bad, {});
    QVERIFY(advice && advice->isWarning);
    QVERIFY(advice->detail.contains(QStringLiteral("9.8 %, against 10.2 %")));
    QVERIFY(advice->detail.contains(QStringLiteral("1 of 2 routers")));
    QVERIFY(!advice->whatToDo.isEmpty());
    RunListModel model;
    model.setRuns({bad});
    QVERIFY(model.index(0, 0).data(RunListModel::DetailRole).toString().contains(QStringLiteral("9.8")));
    model.setFilter({}, RunGroup::Trouble);
    QCOMPARE(model.rowCount(), 1);
}

QTEST_MAIN(TestRunState)
#include "test_run_state.moc"
