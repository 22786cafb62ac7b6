// SPDX-License-Identifier: GPL-3.0-or-later
// The page Data.
#include "data/data_choice_panel.h"
#include "data/mixture_panel.h"
#include "data/prompt_view.h"
#include "pages/data_page.h"
#include "project/project_data.h"
#include "window_helpers.h"
#include "work_bench.h"

#include <QComboBox>
#include <QFile>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QtTest/QtTest>

#include <functional>

using namespace hilo;

class TestDataPage : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void dataShowsRowsCountsAndLabels();
    void dataTellsProblems();
    void theColumnsCanChooseTheTemplate();
    void dataIsKeptForNewRuns();
    void aMixtureShowsItsShares();
    void preferencesAreSeenAsWhatTheyAre();
    void rejectedRowsAreListed();
    void dataThatNoRunCouldReadIsNotKept();
    void dataThatSomebodyElseChangedIsShown();
    void dataThatBothChangedIsMergedAndNeverOverwrittenUnasked();
};

void TestDataPage::dataShowsRowsCountsAndLabels()
{
    WorkBench bench;
    bench.setProject({{"data", {{"path", WorkBench::sampleData}, {"template", "gloss"}, {"max_length", 24}}}});
    QVERIFY(bench.open());
    DataPage page(bench.context());
    bringUp(page);
    QVERIFY(visibleText(page).contains(QStringLiteral("Reading the project's data")));
    QTRY_VERIFY_WITH_TIMEOUT(page.report() != nullptr, 60000);
    const QString text = visibleText(page);
    QVERIFY2(text.contains(QStringLiteral("Majority floor")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("are longer than 24")), qPrintable(text));
    auto* split = byName<QComboBox>(&page, QStringLiteral("Split"));
    auto* table = byName<QTableView>(&page, QStringLiteral("Rows"));
    auto* prompt = page.findChild<PromptView*>();
    QCOMPARE(table->model()->rowCount(), static_cast<int>(page.report()->splits.front().examples.size()));
    const QString first = prompt->toPlainText();
    QVERIFY(!prompt->markedTexts().isEmpty());
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QVERIFY(prompt->toPlainText() != first);
    QVERIFY(prompt->markedTexts().first().startsWith(
        QString::fromStdString(page.report()->splits.front().examples[1].answer)));
    Q_UNUSED(split);
}

void TestDataPage::dataTellsProblems()
{
    WorkBench bench;
    QVERIFY(bench.open());
    DataPage page(bench.context());
    bringUp(page);
    QTRY_VERIFY(visibleText(page).contains(QStringLiteral("no data yet")));
    QFile own(QString::fromStdString(bench.path("own.json").string()));
    QVERIFY(own.open(QIODevice::WriteOnly));
    own.write("{\"format\": \"hilo.prompt/1\", \"kind\": \"classification\", \"prompt\": \"{txt}\", \"answer\": \" "
              "{label}\", "
              "\"label_column\": \"label\"}");
    own.close();
    ProjectData choice;
    choice.spec().path = WorkBench::sampleData;
    choice.spec().template_ = own.fileName().toStdString();
    auto* panel = page.findChild<DataChoicePanel*>();
    panel->setChoice(choice);
    Q_EMIT panel->changed();
    QTRY_VERIFY_WITH_TIMEOUT(visibleText(page).contains(QStringLiteral("there is no column \"txt\"")), 60000);
    QVERIFY(page.report() == nullptr);
    // Mapping the field to a column mends it.
    QTRY_VERIFY(byName<QComboBox>(&page, QStringLiteral("Column for txt")) != nullptr);
    auto* column = byName<QComboBox>(&page, QStringLiteral("Column for txt"));
    column->setCurrentIndex(column->findData(QStringLiteral("text")));
    Q_EMIT column->activated(column->currentIndex());
    QTRY_VERIFY_WITH_TIMEOUT(page.report() != nullptr, 60000);
}

void TestDataPage::theColumnsCanChooseTheTemplate()
{
    WorkBench bench;
    QVERIFY(bench.open());
    DataPage page(bench.context());
    bringUp(page);
    QFile rows(QString::fromStdString(bench.path("rows.jsonl").string()));
    QVERIFY(rows.open(QIODevice::WriteOnly));
    rows.write("{\"instruction\": \"Name a tree.\", \"output\": \"Oak.\"}\n");
    rows.close();
    ProjectData choice;
    choice.spec().path = rows.fileName().toStdString();
    choice.spec().template_ = automaticTemplate;
    auto* panel = page.findChild<DataChoicePanel*>();
    panel->setChoice(choice);
    Q_EMIT panel->changed();
    QTRY_VERIFY_WITH_TIMEOUT(page.report() != nullptr, 60000);
    QCOMPARE(byName<QComboBox>(&page, QStringLiteral("Template"))->currentText(), QStringLiteral("by the columns"));
    QVERIFY(page.findChild<PromptView*>()->toPlainText().contains(QStringLiteral("### Instruction:")));
}

void TestDataPage::dataIsKeptForNewRuns()
{
    WorkBench bench;
    bench.setProject({{"data", {{"path", WorkBench::sampleData}}}});
    QVERIFY(bench.open());
    DataPage page(bench.context());
    bringUp(page);
    auto* save = byName<QPushButton>(&page, QStringLiteral("Use for new runs"));
    // Without a template the columns decide, as in a run spec.
    const auto* panel = page.findChild<DataChoicePanel*>();
    QTRY_COMPARE_WITH_TIMEOUT(panel->choice().spec().template_, std::string(automaticTemplate), 60000);
    QVERIFY(!save->isEnabled());
    auto* templates = byName<QComboBox>(&page, QStringLiteral("Template"));
    templates->setCurrentIndex(templates->findData(QStringLiteral("classify")));
    Q_EMIT templates->activated(templates->currentIndex());
    QTRY_VERIFY_WITH_TIMEOUT(save->isEnabled(), 60000);
    QTest::keyClick(save, Qt::Key_Space);
    QTRY_VERIFY(!save->isEnabled());
    const Project project = Project::open(bench.path("project")).value();
    const auto kept = readProjectData(project).value();
    QVERIFY(kept.has_value());
    QCOMPARE(QString::fromStdString(kept->spec().template_), QStringLiteral("classify"));
    QCOMPARE(kept->spec().path, WorkBench::sampleData);
}

namespace {

std::string writeRows(const WorkBench& bench, const std::string& name, const std::string& row, int count)
{
    const std::string path = bench.path(name).string();
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("%s cannot be written", path.c_str());
    for (int i = 0; i < count; ++i)
        file.write((row + "\n").c_str());
    return path;
}

} // namespace

void TestDataPage::aMixtureShowsItsShares()
{
    WorkBench bench;
    const std::string alpaca =
        writeRows(bench, "alpaca.jsonl", R"({"instruction": "Name a tree.", "output": "Oak."})", 30);
    const std::string words = writeRows(bench, "words.jsonl",
                                        "{\"text\": \"a bird of the sea\", \"label\": \"animal\"}\n"
                                        "{\"text\": \"a house of stone\", \"label\": \"thing\"}",
                                        5);
    bench.setProject(
        {{"data",
          {{{"task", "talk"}, {"path", alpaca}, {"split", "none"}},
           {{"task", "words"}, {"path", words}, {"template", "classify"}, {"split", "none"}, {"weight", 3}}}}});
    QVERIFY(bench.open());
    DataPage page(bench.context());
    bringUp(page);
    auto* mixture = page.findChild<MixturePanel*>();
    QTRY_VERIFY_WITH_TIMEOUT(mixture->model().shareOf(0).has_value(), 60000);
    const auto text = [mixture](int row, int column) { return mixture->model().index(row, column).data().toString(); };
    QVERIFY(mixture->isVisible());
    QCOMPARE(text(0, TaskShareModel::Task), QStringLiteral("talk"));
    QCOMPARE(text(0, TaskShareModel::Rows), QStringLiteral("30"));
    QCOMPARE(text(0, TaskShareModel::EpochRows), QStringLiteral("20")); // 30 to 3 times 10 of 40
    QCOMPARE(text(1, TaskShareModel::Share), QStringLiteral("50.0 %"));
    QCOMPARE(text(1, TaskShareModel::Passes), QStringLiteral("2.00"));
    // The rows are those of the task that is chosen.
    QTRY_VERIFY_WITH_TIMEOUT(page.report() != nullptr, 60000);
    QVERIFY(page.findChild<PromptView*>()->toPlainText().contains(QStringLiteral("Name a tree.")));
    auto* table = byName<QTableView>(&page, QStringLiteral("Tasks and their shares"));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QTRY_VERIFY_WITH_TIMEOUT(page.findChild<PromptView*>()->toPlainText().contains(QStringLiteral("a bird")), 60000);
    // A limit changes the shares, and all of it is kept.
    QVERIFY(table->model()->setData(table->model()->index(0, TaskShareModel::Limit), 10, Qt::EditRole));
    QTRY_COMPARE_WITH_TIMEOUT(text(0, TaskShareModel::EpochRows), QStringLiteral("5"), 60000);
    QTest::keyClick(byName<QPushButton>(&page, QStringLiteral("Use for new runs")), Qt::Key_Space);
    const Project project = Project::open(bench.path("project")).value();
    QTRY_COMPARE(readProjectData(project).value()->tasks[0].limit, 10);
    QCOMPARE(readProjectData(project).value()->tasks.size(), std::size_t{2});
    // One of them is no mixture any more.
    QTest::mouseClick(buttonWithText(mixture, QStringLiteral("Remove task")), Qt::LeftButton);
    QVERIFY(!mixture->isVisible());
    QCOMPARE(page.projectData().tasks.size(), std::size_t{1});
    QCOMPARE(page.projectData().tasks[0].name, std::string("talk"));
    // Another one of the same name gets a number.
    auto* panel = page.findChild<DataChoicePanel*>();
    Q_EMIT panel->taskAdded(QString::fromStdString(words));
    Q_EMIT panel->taskAdded(QString::fromStdString(words));
    QCOMPARE(page.projectData().tasks[2].name, std::string("words 2"));
    QVERIFY(page.projectData().tasks[2].data.holdsOut);
}

void TestDataPage::preferencesAreSeenAsWhatTheyAre()
{
    WorkBench bench;
    const std::string pairs =
        writeRows(bench, "pairs.jsonl", R"({"prompt": "Name a metal.", "chosen": "Iron.", "rejected": "Wood."})", 4);
    bench.setProject({{"data", {{"path", pairs}, {"split", "none"}}}});
    QVERIFY(bench.open());
    DataPage page(bench.context());
    bringUp(page);
    QTRY_VERIFY_WITH_TIMEOUT(page.report() != nullptr, 60000);
    auto* table = byName<QTableView>(&page, QStringLiteral("Rows"));
    QVERIFY(!table->isColumnHidden(ExampleModel::Preference));
    const QString shown = page.findChild<PromptView*>()->toPlainText();
    QVERIFY2(shown.contains(QStringLiteral("Chosen")) && shown.contains(QStringLiteral("Wood.")), qPrintable(shown));
    QVERIFY(visibleText(page).contains(QStringLiteral("prefer the chosen one")));
    // Answers that somebody judged.
    const std::string judged =
        writeRows(bench, "judged.jsonl", R"({"prompt": "Name a metal.", "completion": "Iron.", "label": true})", 3);
    ProjectData choice;
    choice.spec().path = judged;
    choice.spec().template_ = automaticTemplate;
    auto* panel = page.findChild<DataChoicePanel*>();
    panel->setChoice(choice);
    Q_EMIT panel->changed();
    QTRY_VERIFY_WITH_TIMEOUT(visibleText(page).contains(QStringLiteral("3 of 3 answers were judged to be good")),
                             60000);
    QVERIFY(page.findChild<PromptView*>()->toPlainText().contains(QStringLiteral("Judged to be good")));
}

void TestDataPage::rejectedRowsAreListed()
{
    WorkBench bench;
    const std::string path = writeRows(bench, "rows.jsonl", R"({"instruction": "Name a tree.", "output": "Oak."})", 3);
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::Append));
    file.write("{\"instruction\": \"Name\n");
    file.close();
    bench.setProject({{"data", {{"path", path}, {"split", "none"}}}});
    QVERIFY(bench.open());
    DataPage page(bench.context());
    bringUp(page);
    QTRY_VERIFY_WITH_TIMEOUT(page.report() != nullptr, 60000);
    auto* tabs = page.findChild<QTabWidget*>();
    QVERIFY(tabs->isTabEnabled(1));
    QVERIFY(tabs->tabText(1).contains(QStringLiteral("(1)")));
    tabs->setCurrentIndex(1);
    auto* rejected = byName<QTableView>(&page, QStringLiteral("Rejected rows"));
    QCOMPARE(rejected->model()->index(0, RejectedModel::Line).data().toString(), QStringLiteral("4"));
    QVERIFY(!rejected->model()->index(0, RejectedModel::Reason).data().toString().isEmpty());
}

void TestDataPage::dataThatNoRunCouldReadIsNotKept()
{
    WorkBench bench;
    QVERIFY(bench.open());
    DataPage page(bench.context());
    bringUp(page);
    auto* save = byName<QPushButton>(&page, QStringLiteral("Use for new runs"));
    auto* panel = page.findChild<DataChoicePanel*>();
    const auto choose = [&](const std::string& path) {
        ProjectData choice;
        choice.spec().path = path;
        choice.spec().template_ = automaticTemplate;
        panel->setChoice(choice);
        Q_EMIT panel->changed();
    };
    // Nothing of a picture is a row; a file that is gone is none either.
    QFile picture(QString::fromStdString(bench.path("rows.jsonl").string()));
    QVERIFY(picture.open(QIODevice::WriteOnly));
    picture.write("\x89PNG\r\n this is no row\n{\n");
    picture.close();
    for (const std::string& wrong : {bench.path("rows.jsonl").string(), bench.path("gone.csv").string()}) {
        choose(wrong);
        QVERIFY(!save->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(save->toolTip().contains(QStringLiteral("No run could train")), 60000);
        QVERIFY(!save->isEnabled());
    }
    choose(WorkBench::sampleData);
    QTRY_VERIFY_WITH_TIMEOUT(save->isEnabled(), 60000);
}

namespace {

/// As another window or program would write it.
void changeOnDisk(const WorkBench& bench, const std::function<void(ProjectData&)>& change)
{
    const Project project = Project::open(bench.path("project")).value();
    ProjectData data = readProjectData(project).value().value();
    change(data);
    QVERIFY(writeProjectData(project, data).has_value());
}

} // namespace

void TestDataPage::dataThatSomebodyElseChangedIsShown()
{
    WorkBench bench;
    bench.setProject({{"data", {{"path", WorkBench::sampleData}, {"template", "gloss"}, {"max_length", 24}}}});
    QVERIFY(bench.open());
    DataPage page(bench.context());
    bringUp(page);
    QTRY_VERIFY_WITH_TIMEOUT(page.report() != nullptr, 60000);
    changeOnDisk(bench, [](ProjectData& data) { data.maxLength = 48; });
    QTRY_COMPARE_WITH_TIMEOUT(page.projectData().maxLength, 48, 10000);
    QVERIFY(!byName<QPushButton>(&page, QStringLiteral("Use for new runs"))->isEnabled());
}

void TestDataPage::dataThatBothChangedIsMergedAndNeverOverwrittenUnasked()
{
    WorkBench bench;
    bench.setProject({{"data", {{"path", WorkBench::sampleData}, {"template", "gloss"}, {"max_length", 24}}}});
    QVERIFY(bench.open());
    DataPage page(bench.context());
    bringUp(page);
    auto* save = byName<QPushButton>(&page, QStringLiteral("Use for new runs"));
    auto* panel = page.findChild<DataChoicePanel*>();
    auto* length = byName<QSpinBox>(&page, QStringLiteral("Maximum length in tokens"));
    QTRY_VERIFY_WITH_TIMEOUT(page.report() != nullptr, 60000);
    const auto stored = [&bench] {
        return readProjectData(Project::open(bench.path("project")).value()).value().value();
    };
    const auto saveAndAnswer = [&](const QString& button) {
        QTRY_VERIFY_WITH_TIMEOUT(save->isEnabled(), 60000);
        QTest::keyClick(save, Qt::Key_Space);
        QMessageBox* box = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((box = page.findChild<QMessageBox*>(QStringLiteral("dataChangedElsewhere"))), 10000);
        QVERIFY2(box->detailedText().contains(QStringLiteral("max_length: here 32, on disk 24")) ||
                     box->detailedText().contains(QStringLiteral("max_length: here 64, on disk 32")),
                 qPrintable(box->detailedText()));
        for (QAbstractButton* one : box->buttons())
            if (one->text().remove(QLatin1Char('&')) == button)
                QTest::mouseClick(one, Qt::LeftButton);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    };
    length->setValue(32);
    changeOnDisk(bench, [](ProjectData& data) { data.spec().template_ = "classify"; });
    QTest::qWait(500);
    QCOMPARE(page.projectData().maxLength, 32); // what is changed here stays
    saveAndAnswer(QStringLiteral("Cancel"));
    QCOMPARE(stored().maxLength, 24);
    saveAndAnswer(QStringLiteral("Merge and save"));
    QTRY_COMPARE_WITH_TIMEOUT(stored().maxLength, 32, 10000);
    QCOMPARE(stored().spec().template_, std::string("classify"));
    QTRY_COMPARE(panel->choice().spec().template_, std::string("classify"));
    // Or what somebody else wrote is taken.
    length->setValue(64);
    changeOnDisk(bench, [](ProjectData& data) { data.spec().template_ = "gloss"; });
    saveAndAnswer(QStringLiteral("Take the one on disk"));
    QTRY_COMPARE(panel->choice().spec().template_, std::string("gloss"));
    QCOMPARE(page.projectData().maxLength, 32);
    QVERIFY(!save->isEnabled());
}

QTEST_MAIN(TestDataPage)
#include "test_data_page.moc"
