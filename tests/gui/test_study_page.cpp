// SPDX-License-Identifier: GPL-3.0-or-later
// The page Study, with a study that a stand-in reads and a stand-in for hilo.
#include "pages/study_page.h"
#include "runs/page_fixture.h"
#include "study/asked_text_delegate.h"
#include "study/new_study_dialog.h"
#include "study/report_file.h"
#include "study/study_charts.h"
#include "study/study_inspector.h"
#include "study/study_matrix.h"
#include "study/study_model.h"
#include "study/study_words.h"
#include "window_helpers.h"
#include "work_bench.h"

#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QThread>
#include <QTranslator>
#include <QtTest/QtTest>

#include <atomic>
#include <cmath>
#include <fstream>

using namespace hilo;

namespace {

StudyAnswer sampleAnswer(int allocations = 3, int tasks = 2, int seeds = 2)
{
    StudyObservations all;
    all.name = "first";
    all.joint = true;
    for (int task = 0; task < tasks; ++task)
        all.tasks.push_back({"task " + std::to_string(task), {"accuracy", "task " + std::to_string(task)}});
    for (int i = 0; i < allocations; ++i)
        all.allocations.push_back({"arm " + std::to_string(i), {}, 20000 + i * 1000, 10000, 8, 0.001, 2});
    StudyAnswer answer;
    for (int seed = 1; seed <= seeds; ++seed)
        all.seeds.push_back(seed);
    for (int i = 0; i < allocations; ++i)
        for (int seed = 1; seed <= seeds; ++seed) {
            const std::string run = "run-" + std::to_string(i) + "-" + std::to_string(seed);
            answer.runs << QString::fromStdString(run);
            for (int task = 0; task < tasks; ++task)
                all.values.push_back({static_cast<std::size_t>(i),
                                      static_cast<std::size_t>(task),
                                      seed,
                                      0.5 + 0.05 * i + 0.01 * task + 0.001 * seed,
                                      run,
                                      {}});
        }
    all.expectedRuns = static_cast<std::size_t>(allocations * seeds);
    auto view = std::make_shared<StudyView>();
    view->observations = all;
    view->summary = summarise(all).value();
    answer.names = QStringList{QStringLiteral("first"), QStringLiteral("second")};
    answer.name = QStringLiteral("first");
    answer.view = view;
    return answer;
}

} // namespace

class TestStudyPage : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void anEmptyProjectSaysWhatAStudyIs();
    void aStudyIsShownAndItsCellsOpenRuns();
    void whatCannotBeReadIsTold();
    void everyControlHasAName();
    void theWebPageIsTheProgramsOwn();
    void expertsAreThoseOfTheChosenRun();
    void reportsHoldTheTable();
    void aStudyIsPlannedBeforeItStarts();
    void thePlannerSpeaksTheWindowsWords();
    void allocationsOfOneSizeAreDrawnAgainstWhatIsActive();
    void verdictsAreInTheInterfacesLanguage();
    void fiveHundredRunsAreShownAtOnce();
    void meansAreThereBeforeTheIntervals();
};

void TestStudyPage::anEmptyProjectSaysWhatAStudyIs()
{
    WorkBench bench;
    StudyPage page(bench.context());
    bringUp(page);
    QVERIFY2(visibleText(page).contains(QStringLiteral("Studies belong to a project")), qPrintable(visibleText(page)));
    QVERIFY(bench.open());
    bench.runs.setProject(bench.session.folder());
    QTRY_VERIFY(visibleText(page).contains(QStringLiteral("no study yet")));
    QVERIFY(buttonWithText(&page, QStringLiteral("Plan a study…"))->isVisible());
}

void TestStudyPage::aStudyIsShownAndItsCellsOpenRuns()
{
    WorkBench bench;
    QVERIFY(bench.open());
    bench.runs.setProject(bench.session.folder());
    StudyPage page(bench.context());
    std::string asked;
    page.setReader([&asked](const std::string&, const std::string& name) -> Result<StudyAnswer> {
        asked = name;
        StudyAnswer answer = sampleAnswer();
        answer.name = name == "second" ? QStringLiteral("second") : QStringLiteral("first");
        return answer;
    });
    QSignalSpy refreshed(&page, &StudyPage::refreshed), shown(&bench.wishes, &PageWishes::comparisonWanted);
    bringUp(page);
    QTRY_COMPARE(refreshed.count(), 1);
    QCOMPARE(page.model().rowCount(), 3);
    QVERIFY(visibleText(page).contains(studySentence(*page.answer().view)));
    const QModelIndex cell = page.model().index(1, StudyModel::FirstTask);
    page.matrix().setCurrentIndex(cell);
    QCOMPARE(page.studyInspector().runs(), (QStringList{QStringLiteral("run-1-1"), QStringLiteral("run-1-2")}));
    QTest::keyClick(&page.matrix(), Qt::Key_Return);
    QCOMPARE(shown.count(), 1);
    QCOMPARE(shown[0][0].toStringList().size(), 2);
    // A point of the chart is a row of the table.
    Q_EMIT page.charts().scatter().pointClicked(QStringLiteral("2"), false);
    QCOMPARE(page.matrix().currentIndex().row(), 2);
    page.choose(QStringLiteral("second"));
    QTRY_COMPARE(refreshed.count(), 2);
    QCOMPARE(asked, std::string("second"));
    QCOMPARE(byName<QComboBox>(&page, QStringLiteral("Study"))->currentText(), QStringLiteral("second"));
}

void TestStudyPage::whatCannotBeReadIsTold()
{
    WorkBench bench;
    QVERIFY(bench.open());
    bench.runs.setProject(bench.session.folder());
    std::filesystem::create_directories(bench.path("project/studies"));
    std::ofstream(bench.path("project/studies/torn.study.json")) << "{\"format\": \"hilo.stu";
    StudyPage page(bench.context());
    QSignalSpy refreshed(&page, &StudyPage::refreshed);
    bringUp(page);
    QTRY_COMPARE(refreshed.count(), 1);
    QVERIFY2(visibleText(page).contains(QStringLiteral("torn.study.json")), qPrintable(visibleText(page)));
    // With a study in front the sentence stands above it, and the study stays.
    page.setReader([](const std::string&, const std::string&) -> Result<StudyAnswer> { return sampleAnswer(); });
    page.choose({});
    QTRY_COMPARE(refreshed.count(), 2);
    page.setReader([](const std::string&, const std::string&) -> Result<StudyAnswer> {
        return failure(badInput("workbench.db", {}, "The index is gone."));
    });
    page.choose({});
    QTRY_COMPARE(refreshed.count(), 3);
    QVERIFY(visibleText(page).contains(QStringLiteral("The index is gone")));
    QCOMPARE(page.model().rowCount(), 3);
}

/// The sample study on a page that is in front.
static void showSample(StudyPage& page)
{
    page.setReader([](const std::string&, const std::string&) -> Result<StudyAnswer> { return sampleAnswer(); });
    QSignalSpy refreshed(&page, &StudyPage::refreshed);
    bringUp(page);
    QTRY_COMPARE(refreshed.count(), 1);
}

void TestStudyPage::everyControlHasAName()
{
    WorkBench bench;
    QVERIFY(bench.open());
    bench.runs.setProject(bench.session.folder());
    StudyPage page(bench.context());
    showSample(page);
    QCOMPARE(unnamedControls(page), QStringList());
    NewStudyDialog* dialog = page.openNewStudy();
    QVERIFY(dialog);
    QCOMPARE(unnamedControls(*dialog), QStringList());
    dialog->reject();
}

void TestStudyPage::theWebPageIsTheProgramsOwn()
{
    WorkBench bench;
    QVERIFY(bench.open());
    bench.runs.setProject(bench.session.folder());
    StudyPage page(bench.context());
    showSample(page);
    QSignalSpy said(&page, &StudyPage::said);
    const QString file = QString::fromStdString(bench.path("page.html").string());
    page.writePage(file);
    QTRY_VERIFY(!said.isEmpty() && said.last().first().toString().contains(file));
    QVERIFY(QFileInfo(file).size() > 0);
    page.writePage(QString::fromStdString(bench.path("nowhere/page.html").string()));
    QTRY_VERIFY(said.last().first().toString().contains(QStringLiteral("nowhere")));
}

void TestStudyPage::expertsAreThoseOfTheChosenRun()
{
    WorkBench bench;
    QVERIFY(bench.open());
    bench.runs.setProject(bench.session.folder());
    std::filesystem::create_directories(bench.path("project/runs/run-1-1"));
    const auto load = [](double first) {
        return Json::array({{{"layer", 0}, {"module", "q_proj"}, {"load", {first, 1 - first}}}});
    };
    QVERIFY(writeJsonFile(bench.path("project/runs/run-1-1/routing.json"),
                          {{"format", "hilo.routing/1"},
                           {"step", 10},
                           {"modules", load(0.5)},
                           {"tasks", {{"task 0", load(0.9)}, {"task 1", load(0.1)}}}})
                .has_value());
    StudyPage page(bench.context());
    showSample(page);
    page.matrix().setCurrentIndex(page.model().index(1, StudyModel::FirstTask));
    page.charts().showTab(2);
    QTRY_COMPARE(page.charts().experts().rowCount(), 1);
    QVERIFY(page.charts().experts().summary().contains(QStringLiteral("20 %")));
    // A run that kept none says so.
    page.matrix().setCurrentIndex(page.model().index(2, StudyModel::FirstTask));
    QTRY_VERIFY(visibleText(page).contains(QStringLiteral("run-2-1 has logged no loads by task")));
}

void TestStudyPage::reportsHoldTheTable()
{
    const StudyAnswer answer = sampleAnswer();
    QTemporaryDir folder;
    for (const auto& [title, ending] : reportKinds()) {
        QVERIFY(reportFilter(ending).contains(QStringLiteral("*.") + ending));
        if (ending == QLatin1String("html"))
            continue;
        const auto text = reportText(answer, QStringLiteral("/a project"), ending);
        QVERIFY2(text.has_value() && text->find("arm 1") != std::string::npos, qPrintable(ending));
        const QString file = folder.filePath(QStringLiteral("report.") + ending);
        QVERIFY(writeReport(answer, QStringLiteral("/a project"), ending, file).has_value());
        QVERIFY(QFileInfo(file).size() > 100);
    }
    QVERIFY(!reportText(answer, {}, QStringLiteral("doc")));
    QVERIFY(!writeReport(answer, {}, QStringLiteral("csv"), folder.filePath(QStringLiteral("none/a.csv"))));
    // Figures.
    StudyCharts charts(nullptr);
    charts.resize(700, 500);
    charts.setStudy(answer.view, {});
    for (int tab = 0; tab < 3; ++tab)
        for (const char* ending : {"svg", "pdf", "png"}) {
            charts.showTab(tab);
            const QString file = folder.filePath(QStringLiteral("%1.%2").arg(tab).arg(QLatin1String(ending)));
            QVERIFY2(charts.savePicture(file).has_value(), qPrintable(file));
            QVERIFY(QFileInfo(file).size() > 100);
        }
    QVERIFY(!charts.savePicture(folder.filePath(QStringLiteral("a.doc"))));
}

void TestStudyPage::aStudyIsPlannedBeforeItStarts()
{
    WorkBench bench;
    QVERIFY(bench.open());
    bench.runs.setProject(bench.session.folder());
    std::filesystem::create_directories(bench.path("project/specs"));
    std::ofstream(bench.path("project/specs/usual.json")) << "{}";
    StudyPage page(bench.context());
    bringUp(page);
    NewStudyDialog* dialog = page.openNewStudy();
    QVERIFY(dialog);
    QSignalSpy told(dialog, &NewStudyDialog::planTold);
    QVERIFY(!dialog->canStart());
    dialog->addTask(QStringLiteral("cola:glue/cola"));
    QTRY_COMPARE_WITH_TIMEOUT(told.count(), 1, 30000);
    QVERIFY2(dialog->canStart(), qPrintable(visibleText(*dialog)));
    QVERIFY2(dialog->plan().contains(QStringLiteral("18 run(s)")) && dialog->plan().contains(QStringLiteral("2 h")),
             qPrintable(dialog->plan()));
    const QString command = dialog->words().join(QLatin1Char(' '));
    QVERIFY2(command.contains(QStringLiteral("--task cola:glue/cola --strategy lora --strategy mola --strategy hilo")),
             qPrintable(command));
    QVERIFY(command.contains(QStringLiteral("--seeds 1,2,3")));
    QVERIFY(!command.contains(QStringLiteral("--plan")));
    // Nothing may start on an old plan.
    byName<QLineEdit>(dialog, QStringLiteral("Budgets"))->setText(QStringLiteral("20k 60k"));
    QVERIFY(!dialog->canStart());
    QTRY_COMPARE_WITH_TIMEOUT(told.count(), 2, 30000);
    QVERIFY(dialog->words().contains(QStringLiteral("20k,60k")));
    byName<QLineEdit>(dialog, QStringLiteral("Seeds"))->setText(QStringLiteral("one"));
    QVERIFY(!dialog->canStart());
    QVERIFY(visibleText(*dialog).contains(QStringLiteral("whole numbers")));
    qputenv("FAKE_HILO", "refuse");
    byName<QLineEdit>(dialog, QStringLiteral("Seeds"))->setText(QStringLiteral("1-2"));
    QTRY_COMPARE_WITH_TIMEOUT(told.count(), 3, 30000);
    QVERIFY(!dialog->canStart());
    QVERIFY(visibleText(*dialog).contains(QStringLiteral("the file is cut off")));
    qputenv("FAKE_HILO", "well");
    dialog->reject();
}

void TestStudyPage::thePlannerSpeaksTheWindowsWords()
{
    WorkBench bench;
    QVERIFY(bench.open());
    bench.runs.setProject(bench.session.folder());
    std::filesystem::create_directories(bench.path("project/specs"));
    std::ofstream(bench.path("project/specs/usual.json")) << "{}";
    std::filesystem::create_directories(bench.path("project/profiles"));
    bench.addProfile(WorkBench::profile());
    qputenv("FAKE_HILO_NOTES", "steps");
    StudyPage page(bench.context());
    bringUp(page);
    NewStudyDialog* dialog = page.openNewStudy();
    QSignalSpy told(dialog, &NewStudyDialog::planTold);
    QTRY_VERIFY_WITH_TIMEOUT(told.count() > 0 && dialog->canStart(), 30000);
    const QString text = visibleText(*dialog);
    QVERIFY2(text.contains(QStringLiteral("steps of different sizes")), qPrintable(text));
    QVERIFY2(!text.contains(QStringLiteral("--")), qPrintable(text));
    // What the note advises can be chosen here; the command has it.
    auto* scale = byName<QComboBox>(dialog, QStringLiteral("Scale"));
    scale->setCurrentIndex(1);
    QVERIFY(dialog->words().join(QLatin1Char(' ')).contains(QStringLiteral("--scale same")));
    // Allocations by signals find the project's profile.
    QVERIFY(dialog->words().contains(QStringLiteral("--profile")));
    QCOMPARE(shownStrategy(QStringLiteral("mine=mola:experts=2468;rank=8")),
             QStringLiteral("mine: %1, Experts 2468, Rank 8").arg(shownStrategy(QStringLiteral("mola"))));
    QVERIFY(shownStrategy(QStringLiteral("mola")) != QStringLiteral("mola"));
    QCOMPARE(shownStrategy(QStringLiteral("no such")), QStringLiteral("no such"));
    QCOMPARE(shownTask(QStringLiteral("cola:glue/cola")), QStringLiteral("cola (glue/cola)"));
    qunsetenv("FAKE_HILO_NOTES");
    dialog->reject();
}

void TestStudyPage::allocationsOfOneSizeAreDrawnAgainstWhatIsActive()
{
    StudyAnswer answer = sampleAnswer();
    StudyCharts charts(nullptr);
    auto* cost = byName<QComboBox>(&charts, QStringLiteral("Parameters"));
    charts.setStudy(answer.view, {});
    QCOMPARE(cost->currentIndex(), 0);
    auto same = std::make_shared<StudyView>(*answer.view);
    same->observations.name = "same size";
    for (std::size_t i = 0; i < same->observations.allocations.size(); ++i) {
        same->observations.allocations[i].trainable = 20000;
        same->observations.allocations[i].active = 5000 + 5000 * static_cast<std::int64_t>(i);
    }
    charts.setStudy(same, {});
    QCOMPARE(cost->currentIndex(), 1);
    // What a person chose stays while the study goes on.
    cost->setCurrentIndex(0);
    charts.setStudy(std::make_shared<StudyView>(*same), {});
    QCOMPARE(cost->currentIndex(), 0);
    charts.setStudy(answer.view, {});
    charts.setStudy(same, {});
    QCOMPARE(cost->currentIndex(), 1);
}

void TestStudyPage::verdictsAreInTheInterfacesLanguage()
{
    const StudyAnswer answer = sampleAnswer();
    const QString english = studySentence(*answer.view);
    for (const QString& language : {QStringLiteral("de"), QStringLiteral("zh")}) {
        QTranslator translator;
        QVERIFY(translator.load(QStringLiteral(":/translations/hilo_%1.qm").arg(language)));
        QCoreApplication::installTranslator(&translator);
        const QString shown = studySentence(*answer.view);
        QStringList notes;
        for (int kind = 0; kind < static_cast<int>(StudyNoteKind::OfMap); ++kind)
            notes << noteSentence({static_cast<StudyNoteKind>(kind), {"a", "b", "c"}, {3, 7}});
        QCoreApplication::removeTranslator(&translator);
        QVERIFY2(shown != english && !shown.contains(QStringLiteral("than")) && !shown.contains(QStringLiteral("from")),
                 qPrintable(shown));
        for (int kind = 0; kind < notes.size(); ++kind)
            QVERIFY2(notes[kind] != noteSentence({static_cast<StudyNoteKind>(kind), {"a", "b", "c"}, {3, 7}}),
                     qPrintable(notes[kind]));
    }
}

void TestStudyPage::fiveHundredRunsAreShownAtOnce()
{
    WorkBench bench;
    QVERIFY(bench.open());
    bench.runs.setProject(bench.session.folder());
    const StudyAnswer answer = sampleAnswer(25, 5, 20);
    StudyPage page(bench.context());
    page.setReader([answer](const std::string&, const std::string&) -> Result<StudyAnswer> { return answer; });
    QSignalSpy refreshed(&page, &StudyPage::refreshed);
    bringUp(page);
    QTRY_COMPARE(refreshed.count(), 1);
    QCOMPARE(page.model().rowCount(), 25);
    QElapsedTimer clock;
    clock.start();
    page.choose({});
    QTRY_COMPARE(refreshed.count(), 2);
    QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
}

void TestStudyPage::meansAreThereBeforeTheIntervals()
{
    WorkBench bench;
    QVERIFY(bench.open());
    bench.runs.setProject(bench.session.folder());
    const StudyAnswer whole = sampleAnswer();
    StudyAnswer first = whole;
    auto view = std::make_shared<StudyView>(*whole.view);
    view->summary = meansOf(view->observations);
    view->isWhole = false;
    first.view = view;
    for (std::size_t i = 0; i < whole.view->summary.rows.size(); ++i)
        QVERIFY(std::abs(view->summary.rows[i].mean->value - whole.view->summary.rows[i].mean->value) < 1e-12);
    StudyPage page(bench.context());
    const auto go = std::make_shared<std::atomic<bool>>(false);
    page.setGlance([first](const std::string&, const std::string&) -> Result<StudyAnswer> { return first; });
    page.setReader([whole, go](const std::string&, const std::string&) -> Result<StudyAnswer> {
        for (int i = 0; i < 1000 && !*go; ++i)
            QThread::msleep(10);
        return whole;
    });
    QSignalSpy refreshed(&page, &StudyPage::refreshed);
    bringUp(page);
    QTRY_COMPARE(page.model().rowCount(), 3);
    QCOMPARE(refreshed.count(), 0);
    QVERIFY(visibleText(page).contains(QStringLiteral("being worked out")));
    page.matrix().setCurrentIndex(page.model().index(1, StudyModel::FirstTask));
    for (int column = 0; column < page.model().columnCount(); ++column)
        QVERIFY(!page.model().index(1, column).data(Qt::ToolTipRole).toString().isEmpty());
    *go = true;
    QTRY_COMPARE(refreshed.count(), 1);
    QVERIFY(visibleText(page).contains(studySentence(*whole.view)));
    QCOMPARE(page.matrix().currentIndex(), page.model().index(1, StudyModel::FirstTask)); // what was chosen stays
}

QTEST_MAIN(TestStudyPage)
#include "test_study_page.moc"
