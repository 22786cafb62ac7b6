// SPDX-License-Identifier: GPL-3.0-or-later
#include "page_fixture.h"
#include "pages/run_actions.h"
#include "pages/runs_page.h"
#include "project/project_data.h"
#include "queue/run_queue.h"
#include "run/checkpoints.h"
#include "runs/checkpoint_model.h"
#include "runs/device_monitor.h"
#include "runs/expert_load_view.h"
#include "runs/log_view.h"
#include "runs/metric_chart.h"
#include "runs/new_run_dialog.h"
#include "runs/run_charts.h"
#include "runs/run_inspector.h"
#include "runs/run_list_view.h"
#include "runs/run_message.h"
#include "runs/run_spec_form.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QDir>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>
#include <QTimer>
#include <QtTest/QtTest>

#include <csignal>

using namespace hilo;
using testing::runDocument;

namespace {

constexpr int patience = 60000; ///< milliseconds; never waited for when all is well

/// Presses a button of the next confirmation, which blocks its caller.
void answerConfirmation(const QString& button)
{
    auto* timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, button] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (!box)
            return;
        timer->deleteLater();
        for (QAbstractButton* choice : box->buttons())
            if (choice->text().remove(QLatin1Char('&')) == button)
                return choice->click();
        box->reject();
    });
    timer->start(20);
}

} // namespace

class TestRunsPage : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void withoutAProjectThePageSaysSo();
    void anEmptyProjectSaysWhatToDo();
    void aDamagedStoreIsSaid();
    void aRunIsQueuedWatchedPausedStoppedAndResumed();
    void aSecondDesktopFindsRunningWork();
    void theQueueIsReordered();
    void aRunWithSomethingToShowIsShownFirst();
    void aBadWorkerNeverTakesTheDesktopDown_data();
    void aBadWorkerNeverTakesTheDesktopDown();
    void aHangingWorkerIsEnded();
    void aMissingProgramIsSaid();
    void anOlderCheckpointIsResumed();
    void deletingAsksFirst();
    void theDialogRefusesWhatTheCoreRefuses();
    void theDialogStartsFromTheProjectsSettings();
    void settingsThatSomebodyElseChangedAreShown();
    void theDialogAddsARunForEachSeed();
    void everyControlHasAName();
    void thePageWorksByKeyboard();
    void loadsOfTheComputerAreRead();

  private:
    void addRun(const std::string& id, const std::string& name);
    QString state(const QString& id) const;
    void choose(const QString& id);

    std::unique_ptr<PageFixture> fixture_;
    std::unique_ptr<RunsPage> page_;
    std::unique_ptr<QWidget> inspectorWindow_;
};

void TestRunsPage::initTestCase()
{
    qputenv("HILO_PROGRAM", FAKE_HILO);
}

void TestRunsPage::init()
{
    fixture_ = std::make_unique<PageFixture>();
    page_ = std::make_unique<RunsPage>(fixture_->context);
    page_->resize(1200, 800);
    page_->show();
    // In the window the dock owns it.
    inspectorWindow_.reset(page_->inspector());
    inspectorWindow_->show();
}

void TestRunsPage::cleanup()
{
    // Processes of a failed test must not outlive it.
    for (const RunSummary& run : fixture_->runs.runs())
        if (const auto process = readIdentity(fixture_->project.folder(run.id)); process && isAlive(*process))
            QVERIFY(signalGroup(*process, SIGKILL));
    inspectorWindow_.reset();
    page_.reset();
    fixture_.reset();
}

void TestRunsPage::addRun(const std::string& id, const std::string& name)
{
    fixture_->project.addRun(id, runDocument(name));
}

QString TestRunsPage::state(const QString& id) const
{
    const RunSummary* run = fixture_->runs.find(id);
    return run ? QString::fromStdString(run->state) : QString();
}

void TestRunsPage::choose(const QString& id)
{
    QTRY_VERIFY_WITH_TIMEOUT(page_->model().rowOf(id) >= 0, patience);
    page_->list().selectRun(id);
}

void TestRunsPage::withoutAProjectThePageSaysSo()
{
    bool said = false;
    for (const QLabel* label : page_->findChildren<QLabel*>())
        said = said || (label->isVisible() && label->text().contains(QStringLiteral("start page")));
    QVERIFY(said);
    QVERIFY(!page_->action(QStringLiteral("newRun"))->isEnabled());
}

void TestRunsPage::anEmptyProjectSaysWhatToDo()
{
    fixture_->open();
    QTRY_VERIFY_WITH_TIMEOUT(page_->list().isVisible(), patience);
    QCOMPARE(page_->model().rowCount(), 0);
    QVERIFY(page_->action(QStringLiteral("newRun"))->isEnabled());
    QVERIFY(!page_->action(QStringLiteral("delete"))->isEnabled());
    QVERIFY(!page_->message().isVisible());
    // No empty axes, but what will be there.
    QVERIFY(!page_->charts().chart(QStringLiteral("loss")).isVisible());
    QVERIFY(!page_->charts().loads().isVisible());
    bool said = false;
    for (const QLabel* label : page_->charts().findChildren<QLabel*>())
        said = said || (label->isVisible() && label->text().contains(QStringLiteral("curves of the chosen run")));
    QVERIFY(said);
    QVERIFY(!page_->runInspector().findChild<QTableView*>()->isVisible());
    page_->grab();
}

void TestRunsPage::aDamagedStoreIsSaid()
{
    testing::writeText(fixture_->project.project().databaseFile(), "this is no database at all, but long enough "
                                                                   "that somebody may believe it is one ........");
    addRun("a", "good");
    QSignalSpy said(page_.get(), &Page::said);
    fixture_->open();
    // It is made again from the folders, and people are told.
    QTRY_VERIFY_WITH_TIMEOUT(page_->model().rowOf(QStringLiteral("a")) >= 0, patience);
    QVERIFY(said.count() > 0);
}

void TestRunsPage::aRunIsQueuedWatchedPausedStoppedAndResumed()
{
    addRun("a", "good");
    fixture_->open();
    choose(QStringLiteral("a"));
    QCOMPARE(page_->action(QStringLiteral("resume"))->text(), QStringLiteral("Queue"));
    page_->action(QStringLiteral("resume"))->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(QStringLiteral("a")), QStringLiteral("running"), patience);
    MetricChart& loss = page_->charts().chart(QStringLiteral("loss"));
    QTRY_VERIFY_WITH_TIMEOUT(loss.pointCount(0) > 5, patience);
    QVERIFY(loss.isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(page_->action(QStringLiteral("pause"))->isEnabled(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        page_->runInspector().log().shownLines().join(QLatin1Char(' ')).contains(QStringLiteral("3 rows longer")),
        patience);

    page_->action(QStringLiteral("pause"))->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(QStringLiteral("a")), QStringLiteral("paused"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(page_->action(QStringLiteral("resume"))->text(), QStringLiteral("Go on"), patience);
    page_->action(QStringLiteral("resume"))->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(QStringLiteral("a")), QStringLiteral("running"), patience);

    page_->action(QStringLiteral("checkpoint"))->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(page_->runInspector().checkpoints().rowCount() >= 1, patience);
    QVERIFY(page_->runInspector().checkpoints().at(0)->valid);

    page_->action(QStringLiteral("stop"))->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(QStringLiteral("a")), QStringLiteral("stopped"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(page_->action(QStringLiteral("resume"))->text(), QStringLiteral("Resume"), patience);
    page_->action(QStringLiteral("resume"))->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(QStringLiteral("a")), QStringLiteral("finished"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(loss.pointCount(0), 400, patience);
    QVERIFY(!page_->message().isVisible());
    QVERIFY(page_->model().index(0).data(RunListModel::ResultRole).toString().contains(QStringLiteral("80.0 %")));
}

void TestRunsPage::aSecondDesktopFindsRunningWork()
{
    addRun("a", "good");
    fixture_->open();
    choose(QStringLiteral("a"));
    page_->action(QStringLiteral("resume"))->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(page_->charts().chart(QStringLiteral("loss")).pointCount(0) > 5, patience);
    // The first desktop goes, without a word to anybody.
    inspectorWindow_.reset();
    page_.reset();
    fixture_->runs.setProject({});

    RunService runs;
    const PageContext context{fixture_->session, runs, fixture_->wishes, fixture_->undoGroup};
    RunsPage again(context);
    const std::unique_ptr<QWidget> inspector(again.inspector());
    again.resize(1200, 800);
    again.show();
    runs.setProject(QString::fromStdString(fixture_->project.project().folder().string()));
    QTRY_VERIFY_WITH_TIMEOUT(again.model().rowCount() == 1 && again.model().at(0)->state == "running", patience);
    again.list().selectRun(QStringLiteral("a"));
    QTRY_VERIFY_WITH_TIMEOUT(again.charts().chart(QStringLiteral("loss")).pointCount(0) > 20, patience);
    // Complete from the first step on.
    QCOMPARE(runs.history()->steps.first(), 1.0);
    QTRY_VERIFY_WITH_TIMEOUT(again.action(QStringLiteral("stop"))->isEnabled(), patience);
    again.action(QStringLiteral("stop"))->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(again.model().at(0)->state == "stopped", patience);
}

void TestRunsPage::theQueueIsReordered()
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
    QTRY_COMPARE_WITH_TIMEOUT(page_->model().waitingCount(), 3, patience);
    QVERIFY(page_->action(QStringLiteral("startQueue"))->isVisible());
    choose(QStringLiteral("c"));
    QTest::keyClick(&page_->list(), Qt::Key_Up, Qt::AltModifier);
    QTest::keyClick(&page_->list(), Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(page_->model().rowOf(QStringLiteral("c")), 0);
    const auto order = [this] {
        RunStore store = fixture_->project.store();
        QStringList ids;
        for (const QueuedRun& run : REQUIRE_OK(queuedRuns(store.database())))
            ids << QString::fromStdString(run.id);
        return ids.join(QLatin1Char(' '));
    };
    QTRY_COMPARE_WITH_TIMEOUT(order(), QStringLiteral("c a b"), patience);
    page_->action(QStringLiteral("stop"))->trigger(); // a waiting run leaves the queue
    QTRY_COMPARE_WITH_TIMEOUT(order(), QStringLiteral("a b"), patience);
}

void TestRunsPage::aRunWithSomethingToShowIsShownFirst()
{
    for (const char* id : {"a", "b", "rested"})
        addRun(id, "good");
    {
        RunStore store = fixture_->project.store();
        REQUIRE_OK(store.scan());
        for (const char* id : {"a", "b"})
            REQUIRE_OK(enqueue(store, id));
    }
    fixture_->open();
    QTRY_COMPARE_WITH_TIMEOUT(page_->model().waitingCount(), 2, patience);
    QCOMPARE(page_->model().rowOf(QStringLiteral("rested")), 2);
    QTRY_COMPARE_WITH_TIMEOUT(page_->list().selectedIds(), QStringList{QStringLiteral("rested")}, patience);
}

void TestRunsPage::aBadWorkerNeverTakesTheDesktopDown_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("log");
    QTest::addColumn<QString>("next");
    QTest::newRow("killed") << QStringLiteral("killed") << QStringLiteral("failed") << QStringLiteral("the last words")
                            << QStringLiteral("log.txt");
    QTest::newRow("garbage") << QStringLiteral("garbage") << QStringLiteral("failed")
                             << QStringLiteral("the garbage ends here <b>& there</b>") << QStringLiteral("log.txt");
    QTest::newRow("memory") << QStringLiteral("memory") << QStringLiteral("out of memory")
                            << QStringLiteral("bad_alloc") << QStringLiteral("smaller batch");
    QTest::newRow("error") << QStringLiteral("error") << QStringLiteral("failed")
                           << QStringLiteral("\"answer\" is missing") << QStringLiteral("page Data");
}

void TestRunsPage::aBadWorkerNeverTakesTheDesktopDown()
{
    QFETCH(QString, kind);
    QFETCH(QString, title);
    QFETCH(QString, log);
    QFETCH(QString, next);
    addRun("bad", kind.toStdString());
    addRun("next", "good");
    fixture_->open();
    choose(QStringLiteral("bad"));
    page_->action(QStringLiteral("resume"))->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(QStringLiteral("bad")), QStringLiteral("failed"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(page_->message().isVisible() && page_->message().text().contains(log), patience);
    const QString text = page_->message().text();
    QVERIFY2(text.contains(title), qPrintable(text));
    QVERIFY2(text.contains(next), qPrintable(text));
    for (const QLabel* label : page_->message().findChildren<QLabel*>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
    // The desktop and the queue live on.
    choose(QStringLiteral("next"));
    page_->action(QStringLiteral("resume"))->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(QStringLiteral("next")), QStringLiteral("running"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(page_->charts().chart(QStringLiteral("loss")).pointCount(0) > 5, patience);
}

void TestRunsPage::aHangingWorkerIsEnded()
{
    addRun("bad", "hanging");
    fixture_->open();
    choose(QStringLiteral("bad"));
    page_->action(QStringLiteral("resume"))->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(page_->charts().chart(QStringLiteral("loss")).pointCount(0) == 5, patience);
    QTRY_VERIFY_WITH_TIMEOUT(page_->action(QStringLiteral("stop"))->isEnabled(), patience);
    page_->action(QStringLiteral("stop"))->trigger();
    // It does not listen; the page says since when, and what can be done.
    QTRY_VERIFY_WITH_TIMEOUT(
        page_->message().isVisible() && page_->message().text().contains(QStringLiteral("End it now")), patience);
    answerConfirmation(QStringLiteral("End it now"));
    page_->action(QStringLiteral("endNow"))->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(QStringLiteral("bad")), QStringLiteral("interrupted"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(page_->message().text().contains(QStringLiteral("Resume")), patience);
}

void TestRunsPage::aMissingProgramIsSaid()
{
    qputenv("HILO_PROGRAM", "/nowhere/hilo");
    addRun("a", "good");
    fixture_->open();
    QSignalSpy said(page_.get(), &Page::said);
    choose(QStringLiteral("a"));
    page_->action(QStringLiteral("resume"))->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(
        !said.isEmpty() && said.last().first().toString().contains(QStringLiteral("/nowhere/hilo")), patience);
    qputenv("HILO_PROGRAM", FAKE_HILO);
    QTRY_VERIFY_WITH_TIMEOUT(page_->action(QStringLiteral("startQueue"))->isVisible(), patience);
}

void TestRunsPage::anOlderCheckpointIsResumed()
{
    addRun("a", "good");
    for (const int step : {100, 200, 300})
        testing::makeCheckpoint(fixture_->project.folder("a"), step);
    std::filesystem::remove(fixture_->project.folder("a") / "checkpoints" / "step-200" / "manifest.json");
    testing::appendText(fixture_->project.folder("a") / "events.ndjson",
                        testing::eventLine("started", {{"steps", 400}}) + "\n" + testing::stepLine(300, 1) + "\n" +
                            testing::eventLine("stopped", {{"step", 300}}) + "\n");
    fixture_->open();
    choose(QStringLiteral("a"));
    RunInspector& inspector = page_->runInspector();
    QTRY_COMPARE_WITH_TIMEOUT(inspector.checkpoints().rowCount(), 3, patience);
    QVERIFY(!inspector.resumeButton().isEnabled());
    inspector.checkpointTable().selectRow(1); // step 200 has no manifest
    QVERIFY(!inspector.resumeButton().isEnabled());
    QVERIFY2(inspector.resumeButton().toolTip().contains(QStringLiteral("manifest")),
             qPrintable(inspector.resumeButton().toolTip()));
    inspector.checkpointTable().selectRow(2); // step 100
    QTRY_VERIFY_WITH_TIMEOUT(inspector.resumeButton().isEnabled(), patience);
    answerConfirmation(QStringLiteral("Resume from there"));
    inspector.resumeButton().click();
    QTRY_COMPARE_WITH_TIMEOUT(state(QStringLiteral("a")), QStringLiteral("running"), patience);
    QVERIFY(testing::readText(fixture_->project.folder("a") / "log.txt").find("begins at step 100") !=
            std::string::npos);
}

void TestRunsPage::deletingAsksFirst()
{
    fixture_->project.addFinishedRun("a", runDocument("a"), 0.5, 1000);
    fixture_->open();
    choose(QStringLiteral("a"));
    QTRY_VERIFY_WITH_TIMEOUT(page_->action(QStringLiteral("delete"))->isEnabled(), patience);
    answerConfirmation(QStringLiteral("Cancel"));
    page_->action(QStringLiteral("delete"))->trigger();
    QVERIFY(std::filesystem::exists(fixture_->project.folder("a")));
    answerConfirmation(QStringLiteral("Archive"));
    page_->action(QStringLiteral("archive"))->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(QStringLiteral("a")), QStringLiteral("archived"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(page_->action(QStringLiteral("restore"))->isEnabled(), patience);
    page_->action(QStringLiteral("restore"))->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(QStringLiteral("a")), QStringLiteral("finished"), patience);
    answerConfirmation(QStringLiteral("Delete for ever"));
    page_->action(QStringLiteral("delete"))->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(page_->model().rowCount(), 0, patience);
    QVERIFY(!std::filesystem::exists(fixture_->project.folder("a")));
}

void TestRunsPage::theDialogRefusesWhatTheCoreRefuses()
{
    fixture_->open();
    NewRunDialog* dialog = page_->runActions().openNewRun();
    QVERIFY(!dialog->specs());
    RunSpec spec = REQUIRE_OK(readRunSpec([this] {
        addRun("a", "good");
        return fixture_->project.folder("a") / "run.json";
    }()));
    spec.modelPath = spec.tasks[0].data.path = fixture_->project.project().folder().string();
    spec.tasks[0].data.template_ = "alpaca";
    dialog->startFrom(spec);
    const auto checked = dialog->specs();
    QVERIFY2(checked, checked ? "" : describe(checked.error()).c_str());
    auto* edit =
        qobject_cast<QLineEdit*>(dialog->form().editor(QStringLiteral("training"), QStringLiteral("learning_rate")));
    edit->setText(QStringLiteral("fast"));
    QVERIFY(dialog->specs().error().place == "training.learning_rate");
    edit->setText(QStringLiteral("11"));
    QVERIFY(dialog->specs().error().place == "training.learning_rate");
    edit->setText(QStringLiteral("1e-3"));
    auto* path = qobject_cast<QLineEdit*>(dialog->form().editor(QStringLiteral("data"), QStringLiteral("path")));
    path->setText(QStringLiteral("/nowhere"));
    QVERIFY(dialog->specs().error().place == "data.path");
    for (const char* seeds : {"-1", "one", "5-1", "1.5"})
        QVERIFY2(!seedsFromText(QString::fromLatin1(seeds)), seeds);
    QCOMPARE(*seedsFromText(QStringLiteral("1, 2 3")), (std::vector<std::int64_t>{1, 2, 3}));
    QCOMPARE(*seedsFromText(QStringLiteral("4-6")), (std::vector<std::int64_t>{4, 5, 6}));
    dialog->reject();
}

void TestRunsPage::theDialogStartsFromTheProjectsSettings()
{
    const std::filesystem::path folder = fixture_->project.project().folder();
    Json document = runDocument("first", {{"batch_size", 5}, {"max_length", 33}});
    std::filesystem::create_directories(folder / "specs");
    REQUIRE_OK(writeJsonFile(folder / "specs/first.run.json", document));
    ProjectData data;
    data.spec().path = folder.string();
    data.spec().template_ = "alpaca";
    data.maxLength = 77;
    REQUIRE_OK(writeProjectData(fixture_->project.project(), data));
    fixture_->open();
    NewRunDialog* dialog = page_->runActions().openNewRun();
    const auto text = [dialog](const char* group, const char* key) {
        return qobject_cast<QLineEdit*>(dialog->form().editor(QLatin1String(group), QLatin1String(key)))->text();
    };
    QCOMPARE(text("training", "max_length"), QStringLiteral("77"));
    QCOMPARE(text("training", "batch_size"), QStringLiteral("5"));
    QCOMPARE(qobject_cast<QComboBox*>(dialog->form().editor(QStringLiteral("data"), QStringLiteral("template")))
                 ->currentText(),
             QStringLiteral("alpaca"));
    QCOMPARE(QDir(text("data", "path")).canonicalPath(), QDir(QString::fromStdString(folder.string())).canonicalPath());
    dialog->reject();
}

void TestRunsPage::settingsThatSomebodyElseChangedAreShown()
{
    const std::filesystem::path folder = fixture_->project.project().folder();
    std::filesystem::create_directories(folder / "specs");
    const auto write = [&folder](int batch) {
        REQUIRE_OK(writeJsonFile(folder / "specs/first.run.json", runDocument("first", {{"batch_size", batch}})));
    };
    write(5);
    fixture_->open();
    NewRunDialog* dialog = page_->runActions().openNewRun();
    const auto field = [dialog](const char* key) {
        return qobject_cast<QLineEdit*>(dialog->form().editor(QStringLiteral("training"), QLatin1String(key)));
    };
    const auto says = [dialog](const QString& text) {
        for (const QLabel* label : dialog->findChildren<QLabel*>())
            if (label->isVisibleTo(dialog) && label->text().contains(text))
                return true;
        return false;
    };
    QCOMPARE(field("batch_size")->text(), QStringLiteral("5"));
    // A form that nobody has touched follows the disk.
    write(16);
    QTRY_COMPARE_WITH_TIMEOUT(field("batch_size")->text(), QStringLiteral("16"), 10000);
    QVERIFY(says(QStringLiteral("shown as they are there")));
    // What was typed stays; the difference is said and can be taken.
    field("max_length")->setText(QStringLiteral("99"));
    write(256);
    QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("training, batch_size: 16, now 256")), 10000);
    QCOMPARE(field("max_length")->text(), QStringLiteral("99"));
    QCOMPARE(field("batch_size")->text(), QStringLiteral("16"));
    for (QPushButton* button : dialog->findChildren<QPushButton*>())
        if (button->text() == QLatin1String("Take them"))
            button->click();
    QCOMPARE(field("batch_size")->text(), QStringLiteral("256"));
    dialog->reject();
}

void TestRunsPage::theDialogAddsARunForEachSeed()
{
    addRun("first", "good");
    fixture_->open();
    NewRunDialog* dialog = page_->runActions().openNewRun();
    RunSpec spec = REQUIRE_OK(readRunSpec(fixture_->project.folder("first") / "run.json"));
    spec.modelPath = spec.tasks[0].data.path = fixture_->project.project().folder().string();
    spec.tasks[0].data.template_ = "alpaca";
    spec.name = "second";
    dialog->startFrom(spec);
    for (QLineEdit* edit : dialog->findChildren<QLineEdit*>())
        if (edit->accessibleName() == QStringLiteral("Seeds"))
            edit->setText(QStringLiteral("7 8"));
    for (QPushButton* button : dialog->findChildren<QPushButton*>())
        if (button->accessibleName() == QStringLiteral("Add only")) {
            QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), patience);
            button->click();
        }
    QTRY_COMPARE_WITH_TIMEOUT(page_->model().rowCount(), 3, patience);
    QTRY_COMPARE_WITH_TIMEOUT(page_->list().selectedIds(), QStringList{QStringLiteral("second-seed7")}, patience);
    QCOMPARE(fixture_->runs.find(QStringLiteral("second-seed8"))->repeatGroup,
             fixture_->runs.find(QStringLiteral("second-seed7"))->repeatGroup);
}

void TestRunsPage::everyControlHasAName()
{
    fixture_->project.addFinishedRun("a", runDocument("a"), 0.5, 1000);
    fixture_->open();
    choose(QStringLiteral("a"));
    const QStringList unnamed = unnamedControls(*page_) + unnamedControls(*inspectorWindow_);
    QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(QStringLiteral("; "))));
    for (const QAction* action : page_->actions())
        QVERIFY(!action->toolTip().isEmpty());
    QVERIFY(page_->help().size() > 600);
}

void TestRunsPage::thePageWorksByKeyboard()
{
    for (const char* id : {"a", "b"})
        fixture_->project.addFinishedRun(id, runDocument(id), 0.5, 1000);
    fixture_->open();
    choose(QStringLiteral("a"));
    page_->activateWindow();
    page_->list().setFocus();
    QTest::keyClick(&page_->list(), Qt::Key_Down);
    const QString first = page_->list().selectedIds().value(0);
    QTest::keyClick(&page_->list(), Qt::Key_Up);
    QVERIFY(first != page_->list().selectedIds().value(0));
    // Everything that takes the focus is reached by Tab.
    QSet<const QWidget*> reached;
    QWidget* widget = page_.get();
    for (int i = 0; i < 200; ++i) {
        widget = widget->nextInFocusChain();
        if (widget == page_.get())
            break;
        reached.insert(widget);
    }
    for (const QString& metric : {QStringLiteral("loss"), QStringLiteral("measure"), QStringLiteral("lr")})
        QVERIFY(reached.contains(&page_->charts().chart(metric)));
    QVERIFY(reached.contains(&page_->list()));
    for (const char* name : {"pause", "resume", "stop", "checkpoint", "duplicate", "newRun"})
        QVERIFY2(!page_->action(QString::fromLatin1(name))->shortcut().isEmpty(), name);
}

void TestRunsPage::loadsOfTheComputerAreRead()
{
    const auto before = DeviceMonitor::countersOf("cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 1 1 1\n");
    const auto now = DeviceMonitor::countersOf("cpu  160 0 140 900 0 0 0 0 0 0\n");
    QCOMPARE(DeviceMonitor::processorLoad(before, now).share, 0.5);
    QCOMPARE(DeviceMonitor::processorLoad(now, before).share, 0.0); // counters that went back
    const DeviceLoad memory =
        DeviceMonitor::memoryLoad("MemTotal:  1048576 kB\nMemFree: 1 kB\nMemAvailable:  262144 kB\n");
    QCOMPARE(memory.share, 0.75);
    QCOMPARE(memory.text, QStringLiteral("768 MiB of 1.00 GiB"));
    QCOMPARE(DeviceMonitor::usedOf(quint64{2} << 30, quint64{8} << 30), QStringLiteral("2.00 of 8.00 GiB"));
    QVERIFY(DeviceMonitor::memoryLoad("nonsense").name.isEmpty());
    const auto gpus = DeviceMonitor::gpuLoads("0, 55, 11674, 24576, 71\n1, [N/A], 0, 24576, [N/A]\nno devices\n");
    QCOMPARE(gpus.size(), 4u);
    QCOMPARE(gpus[0].share, 0.55);
    QVERIFY(gpus[0].text.contains(QStringLiteral("71 °C")));
    QVERIFY(gpus[1].text.contains(QStringLiteral("24.0 GiB")));
    QVERIFY(gpus[2].text.contains(QChar(0x2013)));
    DeviceMonitor monitor;
    monitor.show();
    QVERIFY(monitor.loads().size() >= 2);
    monitor.grab();
}

QTEST_MAIN(TestRunsPage)
#include "test_runs_page.moc"
