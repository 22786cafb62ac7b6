// SPDX-License-Identifier: GPL-3.0-or-later
// The page Data.
#include "data/data_choice_panel.h"
#include "data/prompt_view.h"
#include "pages/data_page.h"
#include "project/project_data.h"
#include "window_helpers.h"
#include "work_bench.h"

#include <QComboBox>
#include <QFile>
#include <QPushButton>
#include <QTableView>
#include <QtTest/QtTest>

using namespace hilo;

class TestDataPage : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void dataShowsRowsCountsAndLabels();
    void dataTellsProblems();
    void theColumnsCanChooseTheTemplate();
    void dataIsKeptForNewRuns();
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
    choice.spec.path = WorkBench::sampleData;
    choice.spec.template_ = own.fileName().toStdString();
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
    choice.spec.path = rows.fileName().toStdString();
    choice.spec.template_ = automaticTemplate;
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
    QTRY_VERIFY_WITH_TIMEOUT(visibleText(page).contains(QStringLiteral("Choose a template")), 60000);
    QVERIFY(!save->isEnabled());
    auto* templates = byName<QComboBox>(&page, QStringLiteral("Template"));
    templates->setCurrentIndex(templates->findData(QStringLiteral("classify")));
    Q_EMIT templates->activated(templates->currentIndex());
    QTRY_VERIFY_WITH_TIMEOUT(page.report() != nullptr, 60000);
    QVERIFY(save->isEnabled());
    QTest::keyClick(save, Qt::Key_Space);
    QTRY_VERIFY(!save->isEnabled());
    const Project project = Project::open(bench.path("project")).value();
    const auto kept = readProjectData(project).value();
    QVERIFY(kept.has_value());
    QCOMPARE(kept->spec.template_, std::string("classify"));
    QCOMPARE(kept->spec.path, WorkBench::sampleData);
}

QTEST_MAIN(TestDataPage)
#include "test_data_page.moc"
