// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_spec.h"
#include "runs/checkpoint_model.h"
#include "runs/expert_load_view.h"
#include "runs/log_view.h"
#include "runs/run_list_model.h"
#include "runs/run_list_view.h"
#include "runs/run_spec_form.h"
#include "runs/run_texts.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QtTest/QtTest>

#include <cmath>

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

QStringList idsOf(const RunListModel& model)
{
    QStringList ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids << model.index(row).data(RunListModel::IdRole).toString();
    return ids;
}

/// The order of keys does not matter.
bool same(const Json& a, const Json& b)
{
    return nlohmann::json(a) == nlohmann::json(b);
}

RunEvent step(int number, double loss)
{
    return readRunEvent({{"event", "step"}, {"step", number}, {"loss", loss}, {"lr", 0.001}});
}

RunEvent evaluation(int number, double accuracy)
{
    return readRunEvent({{"event", "evaluation"}, {"step", number}, {"split", "test"}, {"accuracy", accuracy}});
}

/// Qt hands a drop on only at the end of a drag of its own, which no test can start.
class DropList : public RunListView
{
  public:
    using RunListView::dropEvent;
    using RunListView::RunListView;
};

} // namespace

class TestRunWidgets : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void theListHasAnOrder();
    void theListPassesTheTesterThroughEveryChange();
    void selectionSurvivesUpdates();
    void theFilterTakesWordsAndGroups();
    void theFilterKnowsLettersOfAllLanguages();
    void aListIsSharedAndLetGo();
    void aWaitingRunMovesInTheQueue();
    void theKeyboardMovesRuns();
    void aDropMovesARun();
    void everyStateHasAWordAndAShape_data();
    void everyStateHasAWordAndAShape();
    void silenceIsSaid();
    void adviceNamesLogAndNextStep_data();
    void adviceNamesLogAndNextStep();
    void garbageBecomesPrintable();
    void historyPartsJoin();
    void aRepeatedStepReplaces();
    void checkpointsSayWhyTheyAreInvalid();
    void theLogIsFiltered();
    void loadsAreMeansOfEqualModules();
    void loadsWorkByKeyboard();
    void theFormHoldsEverySettingOfTheSpec();
    void theFormGivesBackWhatItGot();
    void theFormLeavesNonsenseToTheReader();
    void splitsAndColumnsAreWords_data();
    void splitsAndColumnsAreWords();
};

void TestRunWidgets::theListHasAnOrder()
{
    RunListModel model;
    RunSummary old = run("old", "finished"), fresh = run("fresh", "failed");
    old.endedAt = 1;
    fresh.endedAt = 2;
    model.setRuns({old, run("second", "queued", 2), fresh, run("first", "queued", 1), running("live", 3, 9),
                   run("held", "paused")});
    QCOMPARE(idsOf(model), (QStringList{QStringLiteral("held"), QStringLiteral("live"), QStringLiteral("first"),
                                        QStringLiteral("second"), QStringLiteral("fresh"), QStringLiteral("old")}));
    QCOMPARE(model.waitingCount(), 2);
}

void TestRunWidgets::theListPassesTheTesterThroughEveryChange()
{
    RunListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const std::vector<std::vector<RunSummary>> stages = {
        {},
        {run("a", "queued", 1), run("b", "queued", 2), run("c", "queued", 3)},
        {running("a", 1, 1), run("b", "queued", 2), run("c", "queued", 3), run("d", "new")},
        {run("a", "finished"), run("c", "queued", 1), run("b", "queued", 2)},
        {run("e", "new"), run("a", "finished"), run("f", "failed")},
        {run("f", "queued", 1)},
        {}};
    for (const auto& runs : stages) {
        model.setRuns(runs);
        QCOMPARE(model.rowCount(), static_cast<int>(runs.size()));
    }
    std::vector<RunSummary> many;
    for (int i = 0; i < 300; ++i)
        many.push_back(run("run-" + std::to_string(i), i % 3 == 0 ? "finished" : "new"));
    model.setRuns(many);
    model.setFilter(QStringLiteral("run-1"), RunGroup::All);
    model.setFilter({}, RunGroup::Finished);
    QCOMPARE(model.rowCount(), 100);
    model.setFilter({}, RunGroup::All);
    QCOMPARE(model.rowCount(), 300);
}

void TestRunWidgets::selectionSurvivesUpdates()
{
    RunListModel model;
    RunListView view(model);
    model.setRuns({run("a", "queued", 1), run("b", "queued", 2), run("c", "queued", 3)});
    view.selectRun(QStringLiteral("c"));
    model.setRuns({run("a", "finished"), run("c", "queued", 1), run("z", "queued", 2), run("b", "queued", 3)});
    QCOMPARE(view.selectedIds(), QStringList{QStringLiteral("c")});
    QCOMPARE(view.currentIndex().row(), 0);
    model.setRuns({run("a", "finished")});
    QVERIFY(view.selectedIds().isEmpty() || view.selectedIds() == QStringList{QStringLiteral("a")});
}

void TestRunWidgets::theFilterTakesWordsAndGroups()
{
    RunListModel model;
    RunSummary silent = running("quiet", 1, 1);
    silent.silentMilliseconds = 600'000;
    model.setRuns({run("hilo-a", "finished"), run("hilo-b", "failed"), run("mola", "queued", 1), silent});
    model.setFilter(QStringLiteral("HILO fail"), RunGroup::All);
    QCOMPARE(idsOf(model), QStringList{QStringLiteral("hilo-b")});
    model.setFilter({}, RunGroup::Trouble);
    QCOMPARE(idsOf(model), (QStringList{QStringLiteral("quiet"), QStringLiteral("hilo-b")}));
    model.setFilter({}, RunGroup::Waiting);
    QCOMPARE(idsOf(model), QStringList{QStringLiteral("mola")});
    QCOMPARE(model.total(), 4u);
}

void TestRunWidgets::theFilterKnowsLettersOfAllLanguages()
{
    RunListModel model;
    model.setRuns({run("Größe-1", "finished"), run("grosse", "finished"), run("模型", "failed")});
    model.setFilter(QStringLiteral("GRÖSSE"), RunGroup::All);
    QCOMPARE(model.rowCount(), 0);
    model.setFilter(QStringLiteral("GRÖ"), RunGroup::All);
    QCOMPARE(idsOf(model), QStringList{QStringLiteral("Größe-1")});
    model.setFilter(QStringLiteral("模型 FAILED"), RunGroup::All);
    QCOMPARE(idsOf(model), QStringList{QStringLiteral("模型")});
    model.setFilter(QStringLiteral("GROSSE Fini"), RunGroup::All);
    QCOMPARE(idsOf(model), QStringList{QStringLiteral("grosse")});
}

void TestRunWidgets::aListIsSharedAndLetGo()
{
    RunListModel model;
    QSignalSpy changed(&model, &RunListModel::dataChanged), moved(&model, &RunListModel::layoutChanged),
        gone(&model, &RunListModel::rowsRemoved), come(&model, &RunListModel::rowsInserted);
    const auto listOf = [](int accuracy) {
        std::vector<RunSummary> runs;
        for (int i = 0; i < 100; ++i)
            runs.push_back(run("run-" + std::to_string(i), "finished"));
        runs[42].accuracy = accuracy / 100.0;
        RunListModel::sort(runs);
        return std::make_shared<const std::vector<RunSummary>>(std::move(runs));
    };
    auto first = listOf(70);
    const std::weak_ptr<const std::vector<RunSummary>> watched = first;
    model.shareRuns(first);
    QCOMPARE(model.at(0), first->data());
    first.reset();
    QCOMPARE(come.count(), 1);
    model.moveInQueue(QStringLiteral("run-1"), {}); // it does not wait
    model.shareRuns(listOf(80));
    // Only the row whose text is another one is told of.
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().first().toModelIndex().data(RunListModel::IdRole).toString(), QStringLiteral("run-42"));
    QCOMPARE(moved.count() + gone.count(), 0);
    QTRY_VERIFY(watched.expired());
    QCOMPARE(*model.at(model.rowOf(QStringLiteral("run-42")))->accuracy, 0.8);
    QCOMPARE(model.activeCount(), 0);
}

void TestRunWidgets::aWaitingRunMovesInTheQueue()
{
    RunListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRuns({run("a", "queued", 1), run("b", "queued", 2), run("c", "queued", 3), run("done", "finished")});
    QSignalSpy asked(&model, &RunListModel::queueMoveRequested);
    model.moveInQueue(QStringLiteral("c"), QStringLiteral("a"));
    QCOMPARE(idsOf(model).mid(0, 3), (QStringList{QStringLiteral("c"), QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(asked.takeFirst(), (QVariantList{QStringLiteral("c"), QStringLiteral("a")}));
    model.moveInQueue(QStringLiteral("c"), {});
    QCOMPARE(idsOf(model).mid(0, 3), (QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
    // What does not wait stays where it is.
    model.moveInQueue(QStringLiteral("done"), QStringLiteral("a"));
    model.moveInQueue(QStringLiteral("a"), QStringLiteral("done"));
    QCOMPARE(asked.count(), 1);
}

void TestRunWidgets::theKeyboardMovesRuns()
{
    RunListModel model;
    RunListView view(model);
    view.show();
    model.setRuns({running("live", 1, 1), run("a", "queued", 1), run("b", "queued", 2), run("c", "queued", 3)});
    QSignalSpy asked(&model, &RunListModel::queueMoveRequested);
    view.selectRun(QStringLiteral("a"));
    QTest::keyClick(&view, Qt::Key_Up, Qt::AltModifier); // nothing is above it in the queue
    QCOMPARE(asked.count(), 0);
    QTest::keyClick(&view, Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(idsOf(model).mid(1), (QStringList{QStringLiteral("b"), QStringLiteral("a"), QStringLiteral("c")}));
    QTest::keyClick(&view, Qt::Key_Down, Qt::AltModifier);
    QTest::keyClick(&view, Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(idsOf(model).mid(1), (QStringList{QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("a")}));
    QCOMPARE(asked.count(), 2);
    QCOMPARE(view.selectedIds(), QStringList{QStringLiteral("a")});
    QSignalSpy removal(&view, &RunListView::deleteRequested);
    QTest::keyClick(&view, Qt::Key_Delete);
    QCOMPARE(removal.count(), 1);
}

void TestRunWidgets::aDropMovesARun()
{
    RunListModel model;
    DropList view(model);
    view.resize(300, 400);
    view.show();
    model.setRuns({run("a", "queued", 1), run("b", "queued", 2), run("c", "queued", 3)});
    QCOMPARE(model.flags(model.index(0)) & Qt::ItemIsDragEnabled, Qt::ItemIsDragEnabled);
    const std::unique_ptr<QMimeData> dragged(model.mimeData({model.index(2)}));
    const QRect first = view.visualRect(model.index(0));
    QDropEvent drop(QPointF(first.center().x(), first.top() + 2), Qt::MoveAction, dragged.get(), Qt::LeftButton,
                    Qt::NoModifier);
    view.dropEvent(&drop);
    QCOMPARE(idsOf(model), (QStringList{QStringLiteral("c"), QStringLiteral("a"), QStringLiteral("b")}));
    QDropEvent below(QPointF(20, 390), Qt::MoveAction, dragged.get(), Qt::LeftButton, Qt::NoModifier);
    view.dropEvent(&below);
    QCOMPARE(idsOf(model).last(), QStringLiteral("c"));
    QCOMPARE(model.rowCount(), 3);
}

void TestRunWidgets::everyStateHasAWordAndAShape_data()
{
    QTest::addColumn<QString>("state");
    for (const char* state : {"new", "queued", "running", "paused", "interrupted", "stopped", "finished", "failed",
                              "missing", "archived", "damaged"})
        QTest::newRow(state) << QString::fromLatin1(state);
}

void TestRunWidgets::everyStateHasAWordAndAShape()
{
    QFETCH(QString, state);
    const RunSummary summary = run("x", state.toStdString());
    QVERIFY(!stateText(summary).isEmpty());
    QImage picture(24, 24, QImage::Format_ARGB32);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    drawStateSymbol(painter, QRectF(2, 2, 20, 20), summary);
    painter.end();
    int drawn = 0;
    for (int y = 0; y < 24; ++y)
        for (int x = 0; x < 24; ++x)
            drawn += qAlpha(picture.pixel(x, y)) > 100 ? 1 : 0;
    QVERIFY2(drawn > 12, qPrintable(QString::number(drawn)));
    RunListModel model;
    model.setRuns({summary});
    QVERIFY(model.index(0).data(Qt::AccessibleTextRole).toString().contains(stateText(summary)));
}

void TestRunWidgets::silenceIsSaid()
{
    RunSummary summary = running("a", 10, 10);
    QVERIFY(!isSilent(summary));
    QVERIFY(!adviceFor(summary, {}));
    summary.silentMilliseconds = 12 * 60 * 1000;
    QVERIFY(isSilent(summary));
    QCOMPARE(stateText(summary), QStringLiteral("no signal for 12 min"));
    QVERIFY(adviceFor(summary, {}));
}

void TestRunWidgets::adviceNamesLogAndNextStep_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("log");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("next");
    QTest::newRow("failed") << QStringLiteral("failed") << 3 << QStringLiteral("line one\nbad column\n")
                            << QStringLiteral("failed") << QStringLiteral("log");
    QTest::newRow("no memory by code") << QStringLiteral("failed") << 4 << QStringLiteral("x\n")
                                       << QStringLiteral("memory") << QStringLiteral("smaller batch");
    QTest::newRow("no memory by log") << QStringLiteral("failed") << 5
                                      << QStringLiteral("terminate called after throwing std::bad_alloc\n")
                                      << QStringLiteral("memory") << QStringLiteral("smaller batch");
    QTest::newRow("killed") << QStringLiteral("interrupted") << 0 << QStringLiteral("step 4\n")
                            << QStringLiteral("ended") << QStringLiteral("Resume");
    QTest::newRow("missing") << QStringLiteral("missing") << 0 << QString() << QStringLiteral("gone")
                             << QStringLiteral("Put the folder back");
    QTest::newRow("damaged") << QStringLiteral("damaged") << 0 << QString() << QStringLiteral("cannot be read")
                             << QStringLiteral("Restore");
}

void TestRunWidgets::adviceNamesLogAndNextStep()
{
    QFETCH(QString, state);
    QFETCH(int, code);
    QFETCH(QString, log);
    QFETCH(QString, title);
    QFETCH(QString, next);
    RunSummary summary = run("a", state.toStdString());
    if (code > 0)
        summary.errorCode = code;
    const auto advice = adviceFor(summary, log);
    QVERIFY(advice);
    QVERIFY2(advice->title.contains(title), qPrintable(advice->title));
    QVERIFY2(advice->whatToDo.contains(next), qPrintable(advice->whatToDo));
    QCOMPARE(advice->log, log.split(QLatin1Char('\n'), Qt::SkipEmptyParts));
}

void TestRunWidgets::garbageBecomesPrintable()
{
    QString garbage = QStringLiteral("good\n\x01\x02 <b>bold</b>\x1b[31m\rlast bar 40 %\n\n");
    garbage += QString(5000, QLatin1Char('x'));
    const QStringList lines = lastLogLines(garbage, 3);
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0], QStringLiteral("good"));
    QCOMPARE(lines[1], QStringLiteral("last bar 40 %"));
    QCOMPARE(lines[2].size(), 200);
    QVERIFY(lastLogLines({}, 5).isEmpty());
}

void TestRunWidgets::historyPartsJoin()
{
    RunHistory whole, joined, part;
    for (int i = 1; i <= 10; ++i)
        whole.add(step(i, 10.0 / i));
    whole.add(evaluation(10, 0.5));
    for (int i = 1; i <= 10; ++i) {
        part.add(step(i, 10.0 / i));
        if (i == 4) {
            joined.append(part);
            part = {};
        }
    }
    part.add(evaluation(10, 0.5));
    joined.append(part);
    QCOMPARE(joined.steps, whole.steps);
    QCOMPARE(joined.metrics.at("loss"), whole.metrics.at("loss"));
    QCOMPARE(joined.evaluations.size(), 1u);
    QCOMPARE(joined.rewrites, 0);
}

void TestRunWidgets::aRepeatedStepReplaces()
{
    RunHistory history, part;
    for (int i = 1; i <= 10; ++i)
        history.add(step(i, i));
    for (const int at : {4, 8})
        history.add(evaluation(at, 0.5));
    part.add(step(6, 60));
    history.append(part);
    QCOMPARE(history.steps.size(), 6);
    QCOMPARE(history.last("loss"), 60.0);
    QCOMPARE(history.rewrites, 1);
    QCOMPARE(history.evaluations.size(), 1u);
    QCOMPARE(history.evaluations.front().step, 4);
    QVERIFY(std::isnan(history.last("nothing")));
}

void TestRunWidgets::checkpointsSayWhyTheyAreInvalid()
{
    RunHistory history;
    for (int i = 1; i <= 30; ++i)
        history.add(step(i, 1.0 / i));
    CheckpointModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Checkpoint good{10, {}, 1 << 20, true, false, {}}, pinned{20, {}, 1 << 20, true, true, {}},
        bad{30, {}, 100, false, false, "manifest.json is missing"};
    model.setCheckpoints({good, pinned, bad}, history);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.at(0)->step, 30);
    QVERIFY(model.index(0, CheckpointModel::State).data().toString().contains(QStringLiteral("manifest.json")));
    QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("manifest.json")));
    QCOMPARE(model.index(1, CheckpointModel::State).data().toString(), QStringLiteral("✓ kept"));
    QCOMPARE(model.index(2, CheckpointModel::Loss).data().toString(), QStringLiteral("0.100"));
    model.setCheckpoints({good}, history);
    QCOMPARE(model.rowCount(), 1);
    model.setCheckpoints({}, history);
    QCOMPARE(model.rowCount(), 0);
}

void TestRunWidgets::theLogIsFiltered()
{
    LogView view;
    view.setLog(
        QStringLiteral("[t] [train] [info] threads: 1\n[t] [train] [warning] 3 rows cut\n[t] [x] [error] broken\n"));
    QCOMPARE(view.shownLines().size(), 3);
    view.findChild<QComboBox*>()->setCurrentIndex(1);
    QCOMPARE(view.shownLines().size(), 2);
    view.findChild<QComboBox*>()->setCurrentIndex(2);
    QCOMPARE(view.shownLines(), QStringList{QStringLiteral("[t] [x] [error] broken")});
    view.findChild<QComboBox*>()->setCurrentIndex(0);
    QTest::keyClicks(view.findChild<QLineEdit*>(), QStringLiteral("ROWS"));
    QCOMPARE(view.shownLines().size(), 1);
    view.setLog({});
    QVERIFY(view.shownLines().isEmpty());
}

void TestRunWidgets::loadsAreMeansOfEqualModules()
{
    ExpertLoadView view;
    QVERIFY(view.describe(0, 0).isEmpty());
    view.setLoads({{0, "q_proj", {0.25, 0.75}}, {0, "v_proj", {0.75, 0.25}}, {1, "q_proj", {0.1, 0.2, 0.7}}});
    QCOMPARE(view.modules(), (QStringList{QStringLiteral("q_proj"), QStringLiteral("v_proj")}));
    QVERIFY(view.describe(0, 0).contains(QStringLiteral("50.0 %")));
    QVERIFY(view.describe(0, 2).contains(QStringLiteral("only 2")));
    view.setModule(QStringLiteral("q_proj"));
    QVERIFY(view.describe(0, 1).contains(QStringLiteral("75.0 %")));
    view.setLoads({{2, "q_proj", {}}});
    QVERIFY(view.describe(2, 0).isEmpty());
    view.grab();
}

void TestRunWidgets::loadsWorkByKeyboard()
{
    ExpertLoadView view;
    view.setLoads({{0, "q_proj", {0.25, 0.75}}, {7, "q_proj", {0.5, 0.5}}});
    view.resize(400, 200);
    view.show();
    QSignalSpy clicked(&view, &ExpertLoadView::layerClicked);
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Down);
    QVERIFY(view.accessibleDescription().contains(QStringLiteral("Layer 7, expert 1")));
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(clicked.takeFirst().first().toInt(), 7);
}

void TestRunWidgets::theFormHoldsEverySettingOfTheSpec()
{
    RunSpecForm form;
    const Json all = toJson(RunSpec{});
    for (const char* group : {"data", "training", "evaluation"})
        for (const auto& [key, value] : all[group].items())
            QVERIFY2(form.editor(QString::fromLatin1(group), QString::fromStdString(key)),
                     qPrintable(QString::fromStdString(std::string(group) + "." + key)));
    for (const QWidget* editor : form.findChildren<QWidget*>()) {
        if (editor->focusPolicy() == Qt::NoFocus || !editor->parentWidget() ||
            editor->objectName().startsWith(QLatin1String("qt_")))
            continue;
        if (qobject_cast<const QLineEdit*>(editor) || qobject_cast<const QComboBox*>(editor))
            QVERIFY2(!editor->accessibleName().isEmpty(), qPrintable(editor->objectName()));
    }
    // Untouched, it gives the core's defaults.
    const Json given = form.document();
    QVERIFY2(same(given["training"], all["training"]), given["training"].dump(1).c_str());
    QVERIFY2(same(given["evaluation"], all["evaluation"]), given["evaluation"].dump(1).c_str());
}

void TestRunWidgets::theFormGivesBackWhatItGot()
{
    RunSpec spec;
    spec.tasks[0].data.path = "/data/set";
    spec.tasks[0].data.template_ = "gloss";
    spec.tasks[0].data.columns = {{"question", "q"}, {"answer", "a b"}};
    spec.tasks[0].data.splitSeed = 3;
    spec.tasks[0].data.validationShare = 0.1;
    spec.tasks[0].data.testShare = 0.25;
    spec.training.steps = 1234;
    spec.training.learningRate = 2.5e-5;
    spec.training.router = RouterKind::TopKNull;
    spec.training.packing = true;
    spec.training.device = "cuda:1";
    spec.training.reallocation = {"balanced-live", 0.2, 0.6, 7, 0};
    spec.evaluation.every = 50;
    RunSpecForm form;
    form.setDocument(toJson(spec));
    const Json given = form.document(), expected = toJson(spec);
    for (const char* group : {"data", "training", "evaluation"})
        QVERIFY2(same(given[group], expected[group]), given[group].dump(1).c_str());
}

void TestRunWidgets::theFormLeavesNonsenseToTheReader()
{
    RunSpecForm form;
    auto* edit = qobject_cast<QLineEdit*>(form.editor(QStringLiteral("training"), QStringLiteral("batch_size")));
    QVERIFY(edit);
    edit->setText(QStringLiteral("many"));
    Json document = form.document();
    QVERIFY(document["training"]["batch_size"] == "many");
    form.show();
    form.showError(QStringLiteral("training.batch_size"), QStringLiteral("expected a whole number"));
    bool said = false;
    for (const QLabel* label : form.findChildren<QLabel*>())
        said = said || (label->isVisible() && label->text().contains(QStringLiteral("expected a whole number")));
    QVERIFY(said);
    // An error in a hidden setting shows it.
    QWidget* hidden = form.editor(QStringLiteral("training"), QStringLiteral("epsilon"));
    QVERIFY(!hidden->isVisible());
    form.showError(QStringLiteral("training.epsilon"), QStringLiteral("too small"));
    QVERIFY(hidden->isVisible());
}

void TestRunWidgets::splitsAndColumnsAreWords_data()
{
    QTest::addColumn<QString>("split");
    QTest::addColumn<QString>("json");
    QTest::newRow("none") << QString() << QStringLiteral("{}");
    QTest::newRow("column") << QStringLiteral("column part") << QStringLiteral(R"({"column":"part"})");
    QTest::newRow("files") << QStringLiteral("train a.jsonl test b.jsonl")
                           << QStringLiteral(R"({"train":"a.jsonl","test":"b.jsonl"})");
    QTest::newRow("seed") << QStringLiteral("seed 4 test 0.2") << QStringLiteral(R"({"seed":4,"test":0.2})");
    QTest::newRow("odd") << QStringLiteral("column") << QString();
}

void TestRunWidgets::splitsAndColumnsAreWords()
{
    QFETCH(QString, split);
    QFETCH(QString, json);
    const auto value = splitFromText(split);
    QCOMPARE(value.has_value(), !json.isEmpty());
    if (!value)
        return;
    QCOMPARE(QString::fromStdString(value->dump()), json);
    QCOMPARE(textOfSplit(*value), split);
    QCOMPARE(textOfColumns(*columnsFromText(QStringLiteral("a=b , c = d"))), QStringLiteral("a = b, c = d"));
    QVERIFY(!columnsFromText(QStringLiteral("a b")));
}

QTEST_MAIN(TestRunWidgets)
#include "test_run_widgets.moc"
