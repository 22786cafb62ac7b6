// SPDX-License-Identifier: GPL-3.0-or-later
// What people note of runs on the page Runs, and what stands there for runs without curves and for several at once.
#include "page_fixture.h"
#include "pages/run_actions.h"
#include "pages/runs_page.h"
#include "queue/run_queue.h"
#include "runs/expert_load_view.h"
#include "runs/metric_chart.h"
#include "runs/new_run_dialog.h"
#include "runs/run_charts.h"
#include "runs/run_inspector.h"
#include "runs/run_list_view.h"
#include "runs/run_message.h"
#include "runs/run_notes_editor.h"
#include "runs/run_state_panel.h"
#include "runs/task_result_model.h"

#include <QAction>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QUndoStack>
#include <QtTest/QtTest>

using namespace hilo;
using testing::runDocument;

namespace {

constexpr int patience = 60000; ///< milliseconds; never waited for when all is well

}

class TestRunNotes : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void notesAreKeptFoundAndUndone();
    void aWaitingRunSaysWhatItWaitsFor();
    void aRunThatFailedBeforeItBeganIsTriedAgain();
    void aResultWithoutCurvesIsShown();
    void runsAreLaidOverOneAnother();

  private:
    void addRun(const std::string& id, const std::string& name) { fixture_->project.addRun(id, runDocument(name)); }
    void choose(const QString& id);

    QTemporaryDir settings_;
    std::unique_ptr<PageFixture> fixture_;
    std::unique_ptr<RunsPage> page_;
    std::unique_ptr<QWidget> inspectorWindow_;
};

/// The settings of whoever runs the test are nobody's business.
void TestRunNotes::initTestCase()
{
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings_.path());
    qputenv("HILO_PROGRAM", FAKE_HILO);
}

void TestRunNotes::init()
{
    fixture_ = std::make_unique<PageFixture>();
    page_ = std::make_unique<RunsPage>(fixture_->context);
    page_->resize(1200, 800);
    page_->show();
    inspectorWindow_.reset(page_->inspector());
    inspectorWindow_->show();
}

void TestRunNotes::cleanup()
{
    inspectorWindow_.reset();
    page_.reset();
    fixture_.reset();
}

void TestRunNotes::choose(const QString& id)
{
    QTRY_VERIFY_WITH_TIMEOUT(page_->model().rowOf(id) >= 0, patience);
    page_->list().selectRun(id);
}

void TestRunNotes::notesAreKeptFoundAndUndone()
{
    for (const char* id : {"a", "b"})
        fixture_->project.addFinishedRun(id, runDocument(id), 0.8, 1000, 5);
    fixture_->open();
    page_->shown();
    choose(QStringLiteral("a"));
    RunNotesEditor& notes = page_->runInspector().notes();
    QTRY_VERIFY_WITH_TIMEOUT(notes.nameLine().text() == QLatin1String("a") && notes.isVisible(), patience);
    page_->action(QStringLiteral("rename"))->trigger();
    notes.nameLine().setText(QStringLiteral("The good one"));
    QTest::keyClick(&notes.nameLine(), Qt::Key_Return);
    const auto title = [this](const char* id) {
        return page_->model().index(page_->model().rowOf(QString::fromLatin1(id))).data().toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(title("a"), QStringLiteral("The good one"), patience);
    QVERIFY(QFile::exists(QString::fromStdString((fixture_->project.folder("a") / runNotesFile).string())));
    notes.tagLine().setText(QStringLiteral("paper, deep"));
    QTest::keyClick(&notes.tagLine(), Qt::Key_Return);
    notes.noteText().setPlainText(QStringLiteral("kept for the table"));
    QTest::keyClick(&notes.noteText(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(fixture_->runs.find(QStringLiteral("a"))->note, std::string("kept for the table"),
                              patience);
    QCOMPARE(fixture_->runs.find(QStringLiteral("a"))->tags, std::string("deep, paper"));
    // Both runs at once.
    page_->list().selectAll();
    page_->action(QStringLiteral("star"))->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(fixture_->runs.find(QStringLiteral("b"))->starred != 0, patience);
    auto* search = page_->findChild<QLineEdit*>();
    search->setText(QStringLiteral("deep table"));
    QTRY_COMPARE_WITH_TIMEOUT(page_->model().rowCount(), 1, patience);
    search->clear();
    // One after the other is taken back.
    QUndoStack& undo = page_->runActions().undoStack();
    QCOMPARE(undo.count(), 4);
    QCOMPARE(fixture_->undoGroup.activeStack(), &undo);
    undo.undo();
    QTRY_VERIFY_WITH_TIMEOUT(fixture_->runs.find(QStringLiteral("b"))->starred == 0, patience);
    for (int i = 0; i < 3; ++i)
        undo.undo();
    QTRY_COMPARE_WITH_TIMEOUT(title("a"), QStringLiteral("a"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        !QFile::exists(QString::fromStdString((fixture_->project.folder("a") / runNotesFile).string())), patience);
    undo.redo();
    QTRY_COMPARE_WITH_TIMEOUT(title("a"), QStringLiteral("The good one"), patience);
    // What a person is about to write is not written over by news of the run, and Escape takes it back.
    choose(QStringLiteral("a"));
    inspectorWindow_->activateWindow();
    notes.nameLine().setFocus();
    QTRY_VERIFY_WITH_TIMEOUT(notes.nameLine().hasFocus(), patience);
    notes.nameLine().setText(QStringLiteral("half"));
    page_->shown();
    QCOMPARE(notes.nameLine().text(), QStringLiteral("half"));
    QTest::keyClick(&notes.nameLine(), Qt::Key_Escape);
    QCOMPARE(notes.nameLine().text(), QStringLiteral("The good one"));
}

void TestRunNotes::aWaitingRunSaysWhatItWaitsFor()
{
    for (const char* id : {"a", "b", "c"})
        addRun(id, "good");
    {
        RunStore store = fixture_->project.store();
        REQUIRE_OK(store.scan());
        for (const char* id : {"a", "b", "c"})
            REQUIRE_OK(enqueue(store, id));
    }
    fixture_->open();
    choose(QStringLiteral("c"));
    RunStatePanel& panel = page_->statePanel();
    QTRY_VERIFY2_WITH_TIMEOUT(panel.isVisible() && panel.text().contains(QStringLiteral("number 3 of 3")),
                              qPrintable(panel.text()), patience);
    for (const char* metric : {"loss", "measure", "lr", "grad_norm"})
        QVERIFY(!page_->charts().chart(QString::fromLatin1(metric)).isVisible());
    QVERIFY(!page_->charts().loads().isVisible());
    QVERIFY(panel.text().contains(QStringLiteral("Sum of ranks")));
    QVERIFY(panel.startButton().isVisible());
    QVERIFY(panel.frontButton().isVisible());
    panel.frontButton().click();
    QTRY_VERIFY2_WITH_TIMEOUT(panel.text().contains(QStringLiteral("number 1 of 3")), qPrintable(panel.text()),
                              patience);
    QVERIFY(!panel.frontButton().isVisible());
}

void TestRunNotes::aRunThatFailedBeforeItBeganIsTriedAgain()
{
    addRun("a", "good");
    testing::appendText(fixture_->project.folder("a") / "events.ndjson",
                        testing::eventLine("failed", {{"code", 3}, {"message", "no such data"}, {"hint", "mend"}}) +
                            "\n");
    fixture_->open();
    choose(QStringLiteral("a"));
    RunStatePanel& panel = page_->statePanel();
    QTRY_VERIFY_WITH_TIMEOUT(page_->message().isVisible() && panel.editButton().isVisible(), patience);
    QVERIFY(page_->message().text().contains(QStringLiteral("no such data")));
    QVERIFY(!page_->message().retryButton().isVisible()); // once is enough
    panel.editButton().click();
    QTRY_VERIFY_WITH_TIMEOUT(page_->findChild<NewRunDialog*>(), patience);
    QVERIFY(!page_->runInspector().findChild<QTableView*>()->isVisible());
    for (const QLabel* label : page_->runInspector().findChildren<QLabel*>())
        QVERIFY2(!label->isVisible() || !label->text().contains(QStringLiteral("No checkpoint yet")),
                 qPrintable(label->text()));
}

void TestRunNotes::aResultWithoutCurvesIsShown()
{
    addRun("a", "good");
    testing::appendText(
        fixture_->project.folder("a") / "events.ndjson",
        testing::eventLine(
            "evaluation",
            {{"step", 5}, {"split", "test"}, {"protocol", "label-logit"}, {"accuracy", 0.75}, {"final", true}}) +
            "\n" + testing::eventLine("finished", {{"accuracy", 0.75}}) + "\n");
    fixture_->open();
    choose(QStringLiteral("a"));
    RunStatePanel& panel = page_->statePanel();
    QTRY_VERIFY_WITH_TIMEOUT(panel.isVisible() && panel.text().contains(QStringLiteral("result alone")), patience);
    QTRY_COMPARE_WITH_TIMEOUT(page_->charts().result().rowCount(), 1, patience);
    QVERIFY(!page_->charts().chart(QStringLiteral("loss")).isVisible());
    page_->grab();
}

void TestRunNotes::runsAreLaidOverOneAnother()
{
    for (const char* id : {"a", "b", "c"})
        fixture_->project.addFinishedRun(id, runDocument(id), 0.8, 1000, id[0] == 'a' ? 5 : 9);
    fixture_->open();
    choose(QStringLiteral("a"));
    MetricChart& loss = page_->charts().chart(QStringLiteral("loss"));
    QTRY_COMPARE_WITH_TIMEOUT(loss.pointCount(0), 5, patience);
    page_->list().selectAll();
    page_->list().selectionModel()->setCurrentIndex(page_->model().index(page_->model().rowOf(QStringLiteral("a"))),
                                                    QItemSelectionModel::NoUpdate);
    page_->shown();
    QTRY_COMPARE_WITH_TIMEOUT(loss.pointCount(2), 9, patience);
    QVERIFY(loss.legend->visible());
    QVERIFY(page_->charts().isShown(QStringLiteral("loss")));
    QVERIFY(!page_->charts().isShown(QStringLiteral("memory_bytes"))); // nobody has told it
    loss.grab();
    // Back to one of them.
    choose(QStringLiteral("b"));
    QTRY_VERIFY_WITH_TIMEOUT(loss.pointCount(0) == 9 && loss.pointCount(1) == 0, patience);
}

QTEST_MAIN(TestRunNotes)
#include "test_run_notes.moc"
