// SPDX-License-Identifier: GPL-3.0-or-later
// Benchmarks by name: the dialog, and the page Data that offers it.
#include "data/benchmark_dialog.h"
#include "data/data_choice_panel.h"
#include "data/published_model.h"
#include "pages/data_page.h"
#include "project/project_data.h"
#include "window_helpers.h"
#include "work_bench.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QtTest/QtTest>

using namespace hilo;

namespace {

const std::string benchmarks = HILO_SOURCE_DIR "/tests/data/benchmarks/";

DataSpec specOf(const std::string& benchmark, const std::string& path)
{
    DataSpec spec;
    spec.benchmark = benchmark;
    spec.path = path;
    return spec;
}

} // namespace

class TestBenchmarkDialog : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void modelsPassTheTester();
    void aBenchmarkIsShownAndRead();
    void whatIsNoFolderOfItIsToldAndNotTaken();
    void theProtocolIsPartOfTheName();
    void thePageDataTakesABenchmark();
};

void TestBenchmarkDialog::modelsPassTheTester()
{
    BenchmarkSplitModel splits;
    const QAbstractItemModelTester splitTester(&splits, QAbstractItemModelTester::FailureReportingMode::QtTest);
    splits.setSplits(
        {{QStringLiteral("train"), 8551, true, false, 9, 8}, {QStringLiteral("test"), 0, false, false, {}, {}}});
    QCOMPARE(splits.index(0, BenchmarkSplitModel::Rejected).data().toString(), QStringLiteral("1"));
    QVERIFY(
        splits.index(0, BenchmarkSplitModel::State).data().toString().contains(QStringLiteral("not the published")));
    QVERIFY(splits.index(1, BenchmarkSplitModel::State).data().toString().contains(QStringLiteral("without labels")));
    PublishedModel published;
    const QAbstractItemModelTester tester(&published, QAbstractItemModelTester::FailureReportingMode::QtTest);
    PublishedResult one;
    one.method = "LoRA";
    one.protocol = "mola";
    one.value = 83.5;
    one.source = "MoLA, table 1";
    one.read = "paper";
    published.setResults({one}, "mola");
    QCOMPARE(published.index(0, PublishedModel::Value).data().toString(), QStringLiteral("83.50 %"));
    QVERIFY(!published.index(0, 0).data(Qt::ForegroundRole).isValid());
    published.setResults({one}, "harness");
    QVERIFY(published.index(0, 0).data(Qt::ForegroundRole).isValid());
    QVERIFY(published.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("not comparable")));
}

void TestBenchmarkDialog::aBenchmarkIsShownAndRead()
{
    BenchmarkDialog dialog(specOf("openbookqa", benchmarks + "openbookqa"), {}, nullptr);
    QSignalSpy read(&dialog, &BenchmarkDialog::read);
    dialog.show();
    QTRY_COMPARE_WITH_TIMEOUT(read.count(), 1, 60000);
    QVERIFY(dialog.reading());
    QVERIFY(dialog.reading()->isScorable);
    QVERIFY(byName<QPushButton>(&dialog, QStringLiteral("Use benchmark"))->isEnabled());
    auto* splits = byName<QTableView>(&dialog, QStringLiteral("Splits"));
    QCOMPARE(splits->model()->rowCount(), 3);
    const QString rows = splits->model()->index(0, BenchmarkSplitModel::Read).data().toString();
    QVERIFY2(rows.toInt() > 0, qPrintable(rows));
    auto* published = byName<QTableView>(&dialog, QStringLiteral("Published results"));
    QVERIFY(published->model()->rowCount() > 0);
    QVERIFY(!published->model()->index(0, PublishedModel::Source).data().toString().isEmpty());
    QVERIFY2(dialog.command().contains(QStringLiteral("benchmark check openbookqa ")), qPrintable(dialog.command()));
    QCOMPARE(dialog.spec().benchmark, std::string("openbookqa"));
}

void TestBenchmarkDialog::whatIsNoFolderOfItIsToldAndNotTaken()
{
    BenchmarkDialog dialog(specOf("openbookqa", benchmarks + "boolq"), {}, nullptr);
    QSignalSpy read(&dialog, &BenchmarkDialog::read);
    dialog.show();
    QTRY_COMPARE_WITH_TIMEOUT(read.count(), 1, 60000);
    QVERIFY(!dialog.reading());
    QVERIFY(!byName<QPushButton>(&dialog, QStringLiteral("Use benchmark"))->isEnabled());
    QVERIFY(visibleText(dialog).contains(QStringLiteral("✗ ")));
    // Another folder is read anew.
    byName<QLineEdit>(&dialog, QStringLiteral("Folder of the data"))
        ->setText(QString::fromStdString(benchmarks + "openbookqa"));
    QVERIFY(!byName<QPushButton>(&dialog, QStringLiteral("Use benchmark"))->isEnabled());
    QTRY_COMPARE_WITH_TIMEOUT(read.count(), 2, 60000);
    QVERIFY(dialog.reading());
}

void TestBenchmarkDialog::theProtocolIsPartOfTheName()
{
    BenchmarkDialog dialog(DataSpec(), {}, nullptr);
    QSignalSpy listed(&dialog, &BenchmarkDialog::listed);
    dialog.show();
    QTRY_COMPARE_WITH_TIMEOUT(listed.count(), 1, 60000);
    auto* names = byName<QComboBox>(&dialog, QStringLiteral("Benchmark"));
    auto* protocols = byName<QComboBox>(&dialog, QStringLiteral("Protocol"));
    for (int i = 0; i < names->count(); ++i) {
        names->setCurrentIndex(i);
        for (int protocol = 0; protocol < protocols->count(); ++protocol) {
            protocols->setCurrentIndex(protocol);
            const auto found = findBenchmark(dialog.chosenName().toStdString());
            QVERIFY2(found.has_value(), qPrintable(dialog.chosenName()));
            QCOMPARE(found->protocol->name, protocols->currentText().toStdString());
            QCOMPARE(found->benchmark->name, names->currentData().toString().toStdString());
        }
    }
    QVERIFY(visibleText(dialog).contains(QStringLiteral("Choose the folder")));
}

void TestBenchmarkDialog::thePageDataTakesABenchmark()
{
    WorkBench bench;
    QVERIFY(bench.open());
    DataPage page(bench.context());
    bringUp(page);
    QTRY_VERIFY(visibleText(page).contains(QStringLiteral("no data yet")));
    auto* panel = page.findChild<DataChoicePanel*>();
    QTest::mouseClick(buttonWithText(panel, QStringLiteral("Benchmark…")), Qt::LeftButton);
    auto* dialog = panel->findChild<BenchmarkDialog*>();
    QVERIFY(dialog);
    QSignalSpy listed(dialog, &BenchmarkDialog::listed), read(dialog, &BenchmarkDialog::read);
    QTRY_COMPARE_WITH_TIMEOUT(listed.count(), 1, 60000);
    auto* names = byName<QComboBox>(dialog, QStringLiteral("Benchmark"));
    names->setCurrentIndex(names->findData(QStringLiteral("openbookqa")));
    byName<QLineEdit>(dialog, QStringLiteral("Folder of the data"))
        ->setText(QString::fromStdString(benchmarks + "openbookqa"));
    QTRY_COMPARE_WITH_TIMEOUT(read.count(), 1, 60000);
    QTest::mouseClick(byName<QPushButton>(dialog, QStringLiteral("Use benchmark")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(page.report() != nullptr, 60000);
    QCOMPARE(page.projectData().spec().benchmark, std::string("openbookqa"));
    QVERIFY(!byName<QComboBox>(&page, QStringLiteral("Template"))->isVisible());
    QVERIFY(visibleText(page).contains(QStringLiteral("Benchmark openbookqa")));
    // It is kept, and read again as what it is.
    QTest::mouseClick(byName<QPushButton>(&page, QStringLiteral("Use for new runs")), Qt::LeftButton);
    QTRY_VERIFY(!byName<QPushButton>(&page, QStringLiteral("Use for new runs"))->isEnabled());
    const auto kept = readProjectData(Project::open(bench.path("project")).value());
    QVERIFY(kept && *kept);
    QCOMPARE((*kept)->spec().benchmark, std::string("openbookqa"));
    QCOMPARE((*kept)->tasks.front().name, std::string("openbookqa"));
    // A plain folder takes its place, with a template of its own.
    ProjectData plain;
    plain.spec().path = WorkBench::sampleData;
    plain.spec().template_ = "gloss";
    panel->setChoice(plain);
    Q_EMIT panel->changed();
    QTRY_COMPARE_WITH_TIMEOUT(page.report() && page.report()->splits.size() > 1, true, 60000);
    QVERIFY(byName<QComboBox>(&page, QStringLiteral("Template"))->isVisible());
    QVERIFY(!page.projectData().tasks.front().protocol);
}

QTEST_MAIN(TestBenchmarkDialog)
#include "test_benchmark_dialog.moc"
