// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/diverging_map.h"
#include "common/theme.h"
#include "study/published_points.h"
#include "study/rank_diagram.h"
#include "study/runs_progress.h"
#include "study/study_matrix.h"
#include "study/study_model.h"
#include "study/study_words.h"
#include "study/task_expert_model.h"
#include "study/task_expert_table.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QHeaderView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QtTest/QtTest>

#include <cmath>
#include <limits>

using namespace hilo;

namespace {

/// Three allocations on two tasks with accuracy and one with loss, where lower is better; the third allocation has not
/// finished anything.
StudyPointer sampleStudy()
{
    auto view = std::make_shared<StudyView>();
    StudyObservations& all = view->observations;
    all.name = "sample";
    all.joint = true;
    all.tasks = {{"cola", {"accuracy", "cola"}}, {"mrpc", {"accuracy", "mrpc"}}, {"text", {"loss", "text"}}};
    all.allocations = {{"lora", {}, 20000, 20000, 8, 0.001, 2},
                       {"hilo", 60000, 58000, 21000, 30, 0.001, 2},
                       {"mola", {}, 60000, 30000, 30, 0.001, 2}};
    all.seeds = {1, 2};
    view->summary.unit = "%";
    view->summary.rows.resize(3);
    const auto cell = [](double value, double low, double high, const char* run) {
        StudyCell made;
        made.mean = StudyInterval{value, low, high};
        made.seeds = {1, 2};
        made.values = {value - 0.01, value + 0.01};
        made.runs = {std::string(run) + "-1", std::string(run) + "-2"};
        return made;
    };
    StudyRow& lora = view->summary.rows[0];
    lora.cells = {cell(0.6, 0.55, 0.65, "lora"), cell(0.7, 0.65, 0.75, "lora"), cell(2.0, 1.9, 2.1, "lora")};
    lora.mean = StudyInterval{0.65, 0.6, 0.7};
    lora.rank = StudyInterval{1.5, {}, {}};
    StudyRow& hilo = view->summary.rows[1];
    hilo.cells = {cell(0.64, 0.6, 0.68, "hilo"), cell(0.69, 0.64, 0.74, "hilo"), cell(1.8, 1.7, 1.9, "hilo")};
    hilo.cells[0].difference = StudyInterval{0.04, 0.01, 0.07};
    hilo.cells[0].differenceP = 0.0004;
    hilo.cells[1].difference = StudyInterval{-0.01, -0.03, 0.01};
    hilo.cells[2].difference = StudyInterval{-0.2, -0.3, -0.1};
    hilo.mean = StudyInterval{0.665, 0.62, 0.71};
    hilo.rank = StudyInterval{1.25, 1.0, 1.5};
    hilo.difference = StudyDifference{};
    hilo.difference->difference = StudyInterval{0.015, -0.01, 0.04};
    hilo.difference->verdict = StudyVerdict::NoClearDifference;
    hilo.difference->text = "No clear difference between hilo and lora.";
    view->summary.rows[2].cells.resize(3);
    view->summary.ranks.tasks = 2;
    view->summary.ranks.criticalDifference = 0.9;
    view->summary.ranks.groups = {{1, 0}};
    view->summary.sentence = "No clear difference.";
    return view;
}

TaskLoadMap sampleLoads()
{
    return {{"cola", {{0, "q_proj", {0.75, 0.25}}, {0, "k_proj", {0.25, 0.75}}, {1, "q_proj", {1, 0, 0}}}},
            {"mrpc", {{0, "q_proj", {0.25, 0.75}}, {0, "k_proj", {0.25, 0.75}}, {1, "q_proj", {0, 0, 1}}}}};
}

RunSummary runIn(const char* id, const char* state)
{
    RunSummary run;
    run.id = id;
    run.state = state;
    return run;
}

} // namespace

class TestStudyWidgets : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void modelPassesTheTester();
    void cellsAreColouredByWhatIsBetter();
    void cellsTellIntervalsAndOpenTheirRuns();
    void theMatrixIsReadByKeys();
    void whatTheStudyIsAboutStaysInSight();
    void oneBudgetIsNotRepeated();
    void allocationsOfOneSizeDifferInWhatIsActive();
    void everyVerdictHasASentence();
    void everyNoteHasASentence();
    void theScaleIsDiverging();
    void anEmptyStudyIsNoFault();
    void pointsHaveAFrontAndWhatWasPublished();
    void onlyPointsOfOneAllocationAreJoined();
    void ranksAreDrawn();
    void expertsByTask();
    void sharesThatAreNoNumbersTellNothing();
    void progressKnowsWhatIsLeft();
};

void TestStudyWidgets::modelPassesTheTester()
{
    StudyModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setStudy(sampleStudy());
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.columnCount(), 2 + 3 + 3);
    model.setStudy({});
    QCOMPARE(model.rowCount(), 0);
    TaskExpertModel experts;
    const QAbstractItemModelTester expertTester(&experts, QAbstractItemModelTester::FailureReportingMode::QtTest);
    experts.setLoads(sampleLoads());
    experts.setModule(QStringLiteral("q_proj"));
    experts.setLoads({});
}

void TestStudyWidgets::cellsAreColouredByWhatIsBetter()
{
    StudyModel model;
    const int cola = StudyModel::FirstTask;
    // Of two seeds no difference is called clear, whatever its interval.
    model.setStudy(sampleStudy());
    QCOMPARE(model.index(1, cola).data(StudyClearRole).toInt(), 0);
    const auto study = std::make_shared<StudyView>(*sampleStudy());
    for (StudyCell& cell : study->summary.rows[1].cells)
        cell.seeds = {1, 2, 3};
    model.setStudy(study);
    // Four points better are the end of the scale of shares.
    QCOMPARE(model.index(1, cola).data(StudyHeatRole).toDouble(), 1.0);
    QCOMPARE(model.index(1, cola).data(StudyClearRole).toInt(), 1);
    QCOMPARE(model.index(1, cola + 1).data(StudyHeatRole).toDouble(), -0.25);
    QCOMPARE(model.index(1, cola + 1).data(StudyClearRole).toInt(), 0);
    // A lower loss is better, on a scale of its own.
    QCOMPARE(model.index(1, cola + 2).data(StudyHeatRole).toDouble(), 1.0);
    QCOMPARE(model.index(1, cola + 2).data(StudyClearRole).toInt(), 1);
    QCOMPARE(model.index(0, cola).data(StudyHeatRole).toDouble(), 0.0);
    QVERIFY(!model.index(2, cola).data(StudyHeatRole).isValid());
    QVERIFY(model.scaleText().contains(QStringLiteral("4.0")));
    // Without a clear verdict the mean is not marked, however far it is.
    QCOMPARE(model.index(1, StudyModel::Mean).data(StudyClearRole).toInt(), 0);
}

void TestStudyWidgets::cellsTellIntervalsAndOpenTheirRuns()
{
    StudyModel model;
    model.setStudy(sampleStudy());
    const QModelIndex cell = model.index(1, StudyModel::FirstTask);
    QCOMPARE(cell.data().toString(), QStringLiteral("64.0 %"));
    const QString text = cell.data(Qt::ToolTipRole).toString();
    for (const char* part :
         {"hilo", "cola", "64.0 % (60.0 … 68.0)", "seed 1: 63.0", "no clear difference", "p < 0.001"})
        QVERIFY2(text.contains(QString::fromUtf8(part)), qPrintable(text));
    QCOMPARE(cell.data(StudyRunsRole).toStringList(),
             (QStringList{QStringLiteral("hilo-1"), QStringLiteral("hilo-2")}));
    // Joint runs stand in several cells, and once in the row's list.
    QCOMPARE(model.index(1, StudyModel::Mean).data(StudyRunsRole).toStringList().size(), 2);
    const QString difference = model.index(1, StudyModel::Difference).data().toString();
    QVERIFY2(difference.contains(QStringLiteral("+1.5")) && difference.contains(QStringLiteral("no clear difference")),
             qPrintable(difference));
    QCOMPARE(model.index(0, StudyModel::Difference).data().toString(), QStringLiteral("baseline"));
    QCOMPARE(model.headerData(1, Qt::Vertical, Qt::DisplayRole).toString(), QStringLiteral("hilo · 60.0 k"));
}

void TestStudyWidgets::whatTheStudyIsAboutStaysInSight()
{
    const auto study = std::make_shared<StudyView>(*sampleStudy());
    for (int task = 0; task < 20; ++task) {
        study->observations.tasks.push_back({"task " + std::to_string(task), {"accuracy", "a"}});
        for (StudyRow& row : study->summary.rows)
            row.cells.push_back(row.cells.front());
    }
    StudyModel model;
    model.setStudy(study);
    StudyMatrix matrix(model, nullptr);
    matrix.resize(900, 240);
    matrix.fit();
    matrix.show();
    QVERIFY(QTest::qWaitForWindowExposed(&matrix));
    const int last = model.columnCount() - 1;
    matrix.setCurrentIndex(model.index(1, last));
    QVERIFY(matrix.horizontalScrollBar()->value() > 0);
    const auto* frozen = matrix.findChild<QTableView*>();
    QVERIFY(frozen && frozen->isVisible());
    for (const int column : {int(StudyModel::Mean), int(StudyModel::Difference), int(StudyModel::Rank)}) {
        const QRect cell = frozen->visualRect(model.index(1, column));
        QVERIFY2(!cell.isEmpty() && frozen->viewport()->rect().contains(cell), qPrintable(QString::number(column)));
        QCOMPARE(frozen->columnWidth(column), matrix.columnWidth(column));
    }
    QCOMPARE(frozen->horizontalHeader()->height(), matrix.horizontalHeader()->height());
    // Going back, no cell stands below the columns that stay.
    for (int column = last; column >= StudyModel::Trainable; --column) {
        matrix.setCurrentIndex(model.index(1, column));
        QVERIFY2(matrix.visualRect(model.index(1, column)).left() >= matrix.frozenWidth(),
                 qPrintable(QString::number(column)));
    }
    const int across = matrix.horizontalScrollBar()->value();
    QTest::keyClick(&matrix, Qt::Key_Left);
    QCOMPARE(matrix.currentIndex().column(), int(StudyModel::Rank));
    QCOMPARE(matrix.horizontalScrollBar()->value(), across);
    // A click on a cell that stays chooses it.
    QTest::mouseClick(frozen->viewport(), Qt::LeftButton, {}, frozen->visualRect(model.index(2, 0)).center());
    QCOMPARE(matrix.currentIndex(), model.index(2, StudyModel::Mean));
    // In a matrix too narrow for both, the tasks have the room.
    matrix.resize(200, 240);
    QVERIFY(!frozen->isVisible());
}

void TestStudyWidgets::oneBudgetIsNotRepeated()
{
    const auto study = std::make_shared<StudyView>(*sampleStudy());
    for (StudyAllocation& one : study->observations.allocations)
        one.budget = 60000;
    QCOMPARE(study->label(1), QStringLiteral("hilo"));
    study->observations.allocations[0].budget = 20000;
    QCOMPARE(study->label(1), QStringLiteral("hilo · 60.0 k"));
}

void TestStudyWidgets::allocationsOfOneSizeDifferInWhatIsActive()
{
    const auto study = std::make_shared<StudyView>(*sampleStudy());
    auto& all = study->observations.allocations;
    QVERIFY(!study->differsInActiveOnly()); // 20000 against 60000 trainable
    for (StudyAllocation& one : all)
        one.trainable = 60000;
    all[1].trainable = 58000; // maps come near a budget
    QVERIFY(study->differsInActiveOnly());
    for (StudyAllocation& one : all)
        one.active = 60000;
    QVERIFY(!study->differsInActiveOnly());
}

void TestStudyWidgets::everyVerdictHasASentence()
{
    const auto study = std::make_shared<StudyView>(*sampleStudy());
    study->summary.finishedRuns = 4;
    study->summary.comparisons = 1;
    StudyDifference& one = *study->summary.rows[1].difference;
    one.tasks = {0};
    one.pairs = 2;
    one.pHolm = 0.012;
    QStringList seen;
    for (const auto& [verdict, part] : {std::pair{StudyVerdict::NotMeasured, "no mean that hilo"},
                                        {StudyVerdict::NoInterval, "2 pair(s) of runs"},
                                        {StudyVerdict::NoClearDifference, "Fewer than three pairs"},
                                        {StudyVerdict::OnlyTheseRuns, "One seed says"},
                                        {StudyVerdict::Better, "is better than lora: +1.5 points"},
                                        {StudyVerdict::Worse, "is worse than lora"}}) {
        one.verdict = verdict;
        const QString text = differenceSentence(*study, 1, one);
        QVERIFY2(text.contains(QString::fromUtf8(part)) && text.contains(QStringLiteral("lora")), qPrintable(text));
        QVERIFY2(!seen.contains(text), qPrintable(text));
        seen << text;
        const QString all = studySentence(*study);
        QVERIFY2(all.contains(QStringLiteral("hilo")) && all.contains(QStringLiteral("Holm's correction over 1")),
                 qPrintable(all));
        if (verdict != StudyVerdict::NotMeasured)
            QVERIFY2(all.contains(QStringLiteral("+1.5 points")) && all.contains(QStringLiteral("p = 0.012")),
                     qPrintable(all));
    }
    study->summary.finishedRuns = 0;
    QCOMPARE(studySentence(*study), QStringLiteral("Nothing is measured yet."));
}

void TestStudyWidgets::everyNoteHasASentence()
{
    const std::vector<std::string> names = {"first", "second", "third"};
    QStringList seen;
    for (int kind = 0; kind <= static_cast<int>(StudyNoteKind::OfMap); ++kind) {
        const QString text = noteSentence({static_cast<StudyNoteKind>(kind), names, {3, 7}});
        QVERIFY2(text.size() > 10 && !text.contains(QLatin1Char('%')) && !text.contains(QStringLiteral("--")),
                 qPrintable(text));
        QVERIFY2(!seen.contains(text), qPrintable(text));
        seen << text;
    }
}

void TestStudyWidgets::theMatrixIsReadByKeys()
{
    StudyModel model;
    model.setStudy(sampleStudy());
    StudyMatrix matrix(model, nullptr);
    matrix.resize(900, 240);
    matrix.fit();
    matrix.show();
    QVERIFY(QTest::qWaitForWindowExposed(&matrix));
    QSignalSpy opened(&matrix, &StudyMatrix::cellOpened), chosen(&matrix, &StudyMatrix::cellChosen);
    matrix.setCurrentIndex(model.index(0, StudyModel::FirstTask));
    QTest::keyClick(&matrix, Qt::Key_Down);
    QCOMPARE(matrix.currentIndex().row(), 1);
    QCOMPARE(chosen.count(), 2);
    QTest::keyClick(&matrix, Qt::Key_Return);
    QCOMPARE(opened.count(), 1);
    QTest::keyClick(&matrix, Qt::Key_Right, Qt::ShiftModifier);
    matrix.copySelection();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("hilo · 60.0 k\t64.0 %\t69.0 %"));
}

void TestStudyWidgets::theScaleIsDiverging()
{
    for (const Theme::Kind kind : {Theme::Kind::Light, Theme::Kind::Dark}) {
        Theme::instance().setKind(kind);
        QVERIFY(diverging(1).blue() > diverging(1).red());
        QVERIFY(diverging(-1).red() > diverging(-1).blue());
        QCOMPARE(diverging(2), diverging(1));
        QVERIFY(diverging(0) != diverging(0.5));
        QVERIFY(!diverging(std::numeric_limits<double>::quiet_NaN()).isValid());
    }
    Theme::instance().setKind(Theme::Kind::Light);
}

void TestStudyWidgets::anEmptyStudyIsNoFault()
{
    auto view = std::make_shared<StudyView>();
    view->observations.tasks = {{"cola", {"accuracy", "cola"}}};
    view->observations.allocations = {{"lora", {}, 0, 0, 0, 0, 0}};
    view->summary.rows.resize(1);
    view->summary.rows[0].cells.resize(1);
    StudyModel model;
    model.setStudy(view);
    for (int column = 0; column < model.columnCount(); ++column) {
        QVERIFY(!model.index(0, column).data().toString().isEmpty());
        QVERIFY(!model.index(0, column).data(Qt::ToolTipRole).toString().isEmpty());
    }
    RankDiagram ranks;
    ranks.setStudy(view);
    QVERIFY(!ranks.isDrawn() && !ranks.why().isEmpty());
    QVERIFY(studyPoints(*view, {}, {}).points.empty());
}

void TestStudyWidgets::pointsHaveAFrontAndWhatWasPublished()
{
    const StudyPointer study = sampleStudy();
    const std::vector<PublishedNumber> published = {{0, "LoRA r=64", "LLaMA-2", "MoLA, table 1", 0.8, 160000000},
                                                    {1, "LoRA r=64", "LLaMA-2", "MoLA, table 1", 0.9, 160000000},
                                                    {2, "LoRA r=64", "LLaMA-2", "MoLA, table 1", 0.7, 160000000},
                                                    {0, "MoLA", "LLaMA-2", "MoLA, table 1", 0.86, {}}};
    StudyPoints mean = studyPoints(*study, published, {});
    QCOMPARE(mean.points.size(), std::size_t{3}); // two with a mean, one method with all tasks
    QVERIFY(mean.points[0].onFront && mean.points[1].onFront);
    QVERIFY(mean.points[0].isBaseline);
    QCOMPARE(mean.points[2].source, QStringLiteral("MoLA, table 1, LLaMA-2"));
    QVERIFY(std::abs(mean.points[2].value - 0.8) < 1e-12);
    QVERIFY(!mean.points[2].onFront);
    StudyPoints cola = studyPoints(*study, published, {0, false, true});
    QCOMPARE(cola.points.size(), std::size_t{3});
    QCOMPARE(cola.withoutParameters, 1);
    QCOMPARE(studyPoints(*study, published, {0, true, true}).points.size(), std::size_t{2});
    // A lower loss is better.
    const StudyPoints text = studyPoints(*study, {}, {2, false, true});
    QVERIFY(text.points[1].onFront);
    ComparisonChart chart;
    chart.resize(600, 400);
    chart.setConnected(true);
    chart.setPoints(mean.points, QStringLiteral("trainable parameters"), QStringLiteral("Allocation"),
                    QStringLiteral("Allocation"));
    chart.show();
    QVERIFY(QTest::qWaitForWindowExposed(&chart));
    QVERIFY(chart.describe(chart.points().back()).contains(QStringLiteral("Published: MoLA")));
    QSignalSpy clicked(&chart, &ComparisonChart::pointClicked);
    QTest::keyClick(&chart, Qt::Key_Right);
    QTest::keyClick(&chart, Qt::Key_Return);
    QCOMPARE(clicked.count(), 1);
    QCOMPARE(clicked[0][0].toString(), QStringLiteral("0"));
    // What others published opens nothing.
    QTest::keyClick(&chart, Qt::Key_Right);
    QTest::keyClick(&chart, Qt::Key_Right);
    QTest::keyClick(&chart, Qt::Key_Return);
    QCOMPARE(clicked.count(), 1);
}

void TestStudyWidgets::onlyPointsOfOneAllocationAreJoined()
{
    // More allocations than colours: the others share one, and are no curve.
    std::vector<ComparisonPoint> points;
    for (int i = 0; i < 12; ++i) {
        ComparisonPoint point;
        point.id = QString::number(i);
        point.name = point.colourBy = point.symbolBy = QStringLiteral("allocation %1").arg(i);
        point.cost = 1000 + 100 * i;
        point.value = point.low = point.high = 0.5 + 0.01 * i;
        points.push_back(point);
    }
    ComparisonChart chart;
    chart.resize(600, 400);
    chart.setConnected(true);
    const auto joined = [&chart] {
        int lines = 0;
        for (int i = 0; i < chart.graphCount(); ++i)
            lines += chart.graph(i)->pen().style() == Qt::DashLine && chart.graph(i)->dataCount() > 1 ? 1 : 0;
        return lines;
    };
    chart.setPoints(points, QStringLiteral("parameters"), QStringLiteral("Allocation"), QStringLiteral("Allocation"));
    QCOMPARE(joined(), 0);
    // At a second budget one is.
    points.push_back(points.back());
    points.back().id = QStringLiteral("12");
    points.back().cost = 9000;
    chart.setPoints(points, QStringLiteral("parameters"), QStringLiteral("Allocation"), QStringLiteral("Allocation"));
    QCOMPARE(joined(), 1);
}

void TestStudyWidgets::ranksAreDrawn()
{
    RankDiagram ranks;
    ranks.setStudy(sampleStudy());
    QVERIFY(ranks.isDrawn());
    const QString text = ranks.summary();
    QVERIFY2(text.contains(QStringLiteral("hilo · 60.0 k 1.25, lora 1.50")) && text.contains(QStringLiteral("0.90")),
             qPrintable(text));
    QImage before(700, 200, QImage::Format_RGB32), after(700, 200, QImage::Format_RGB32);
    before.fill(Qt::white);
    after.fill(Qt::white);
    {
        QPainter painter(&after);
        ranks.draw(painter, QRectF(0, 0, 700, 200));
    }
    QVERIFY(before != after);
}

void TestStudyWidgets::expertsByTask()
{
    TaskExpertModel model;
    model.setLoads(sampleLoads());
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.columnCount(), 3);
    // The mean over the modules of a layer.
    QCOMPARE(model.index(0, 0).data(ExpertSharesRole).value<QList<double>>(), (QList<double>{0.5, 0.5}));
    QCOMPARE(model.index(0, 1).data(ExpertSharesRole).value<QList<double>>(), (QList<double>{0.25, 0.75}));
    QCOMPARE(model.index(0, 2).data().toString(), QStringLiteral("0.75"));
    QCOMPARE(model.index(1, 2).data().toString(), QStringLiteral("0.00"));
    QCOMPARE(*model.meanOverlap(0, 1), 0.375);
    QVERIFY(model.summary().contains(QStringLiteral("cola and mrpc share 38 %")));
    QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("Entropy 100 %")));
    QCOMPARE(model.modules(), (QStringList{QStringLiteral("q_proj"), QStringLiteral("k_proj")}));
    model.setModule(QStringLiteral("k_proj"));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, 2).data().toString(), QStringLiteral("1.00"));
    TaskExpertTable table(model, nullptr);
    table.resize(500, 200);
    table.show();
    QVERIFY(QTest::qWaitForWindowExposed(&table));
}

void TestStudyWidgets::sharesThatAreNoNumbersTellNothing()
{
    const double none = std::numeric_limits<double>::quiet_NaN();
    QVERIFY(!relativeEntropy({0.5, none}));
    QVERIFY(!relativeEntropy({1}));
    QVERIFY(!overlapOf({0.5, none}, {0.5, 0.5}));
    QVERIFY(!overlapOf({0.5, 0.5}, {1}));
    QCOMPARE(*relativeEntropy({1, 0}), 0.0);
    QVERIFY(std::abs(*relativeEntropy({0.25, 0.25, 0.25, 0.25}) - 1) < 1e-12);
    QCOMPARE(*overlapOf({0.5, 0.5}, {0.25, 0.75}), 0.75);
}

void TestStudyWidgets::progressKnowsWhatIsLeft()
{
    std::vector<RunSummary> runs = {runIn("a", "finished"),  runIn("b", "finished"), runIn("c", "running"),
                                    runIn("d", "queued"),    runIn("e", "failed"),   runIn("f", "stopped"),
                                    runIn("other", "queued")};
    runs[0].seconds = 100;
    runs[1].seconds = 100;
    runs[2].lastStep = 50;
    runs[2].totalSteps = 100;
    QSet<QString> ids;
    for (const char* id : {"a", "b", "c", "d", "e", "f", "not there"})
        ids.insert(QString::fromLatin1(id));
    const StudyRunsProgress progress = runsProgressOf(runs, ids);
    QCOMPARE(progress.planned, 7);
    QCOMPARE(progress.finished, 2);
    QCOMPARE(progress.running, 1);
    QCOMPARE(progress.waiting, 1);
    QCOMPARE(progress.failed, 1);
    QCOMPARE(progress.idle, 2);
    QCOMPARE(*progress.secondsLeft, 150.0);
    QVERIFY(progress.isActive() && progress.canContinue() && !progress.isDone());
    QVERIFY2(progress.sentence().contains(QStringLiteral("2 of 7 run(s) finished")), qPrintable(progress.sentence()));
    QVERIFY(!runsProgressOf({}, {}).isDone());
}

QTEST_MAIN(TestStudyWidgets)
#include "test_study_widgets.moc"
