// SPDX-License-Identifier: GPL-3.0-or-later
// The page Export, with a stand-in for hilo.
#include "common/theme.h"
#include "export/export_report_text.h"
#include "export/export_results.h"
#include "export/format_model.h"
#include "pages/export_page.h"
#include "window_helpers.h"
#include "work_bench.h"

#include <QCheckBox>
#include <QComboBox>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace hilo;

class TestExportPage : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void exportWithoutRunsSaysSo();
    void exportListsWritesAndVerifies();
    void anApproximationCanBeDistilled();
    void exportTellsProblems();
    void whatAnExportCostsIsItsHeadline();
    void earlierExportsStay();
};

void TestExportPage::exportWithoutRunsSaysSo()
{
    WorkBench bench;
    QVERIFY(bench.open());
    ExportPage page(bench.context());
    bringUp(page);
    const auto* run = byName<QComboBox>(&page, QStringLiteral("Run"));
    QVERIFY(!run->isEnabled());
    QVERIFY(!run->placeholderText().isEmpty());
    const QPalette palette = Theme::instance().palette();
    QVERIFY(palette.color(QPalette::Disabled, QPalette::Button) != palette.color(QPalette::Active, QPalette::Button));
}

void TestExportPage::exportListsWritesAndVerifies()
{
    WorkBench bench;
    bench.addAdapter("one");
    QVERIFY(bench.open());
    ExportPage page(bench.context());
    bringUp(page);
    QVERIFY(!page.findChild<QTableView*>()->isVisible());
    page.setSource(QString::fromStdString(bench.path("project/runs/one").string()));
    auto* table = byName<QTableView>(&page, QStringLiteral("Formats"));
    QTRY_VERIFY(table->isVisible());
    QCOMPARE(table->model()->rowCount(), 4);
    auto* button = byName<QPushButton>(&page, QStringLiteral("Export"));
    QVERIFY(button->isEnabled());
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QVERIFY(!button->isEnabled()); // impossible
    QVERIFY(byName<QPushButton>(&page, QStringLiteral("Map that would fit"))->isVisible());
    QVERIFY(visibleText(page).contains(QStringLiteral("the ranks differ")));
    QTest::keyClick(table, Qt::Key_Up);
    QTest::keyClick(button, Qt::Key_Space);
    QTRY_VERIFY(visibleText(page).contains(QStringLiteral("the same next token for 96 of 96")));
    QVERIFY(byName<QPushButton>(&page, QStringLiteral("Open folder"))->isVisible());
}

void TestExportPage::anApproximationCanBeDistilled()
{
    WorkBench bench;
    bench.addAdapter("one");
    QVERIFY(bench.open());
    ExportPage page(bench.context());
    bringUp(page);
    page.setSource(QString::fromStdString(bench.path("project/runs/one").string()));
    auto* table = byName<QTableView>(&page, QStringLiteral("Formats"));
    QTRY_VERIFY(table->isVisible());
    auto* distil = page.findChild<QCheckBox*>();
    auto* steps = byName<QSpinBox>(&page, QStringLiteral("Steps of the distillation"));
    QVERIFY(!distil->isVisible() && !steps->isVisible()); // exact
    const auto command = [&page] {
        QTest::mouseClick(buttonWithText(&page, QStringLiteral("Show command…")), Qt::LeftButton);
        auto* box = page.findChild<QMessageBox*>();
        const QString line = box->text();
        delete box;
        return line;
    };
    table->setCurrentIndex(table->model()->index(2, 0));
    QVERIFY(distil->isVisible() && distil->isEnabled() && !distil->isChecked() && !steps->isVisible());
    QVERIFY(!command().contains(QStringLiteral("--distill")));
    QTest::keyClick(distil, Qt::Key_Space);
    QVERIFY(steps->isVisible());
    steps->setValue(50);
    QVERIFY2(command().contains(QStringLiteral("--distill --distill-steps 50")), qPrintable(command()));
    table->setCurrentIndex(table->model()->index(3, 0));
    QVERIFY(distil->isVisible() && !distil->isEnabled() && distil->isChecked() && steps->isVisible());
    QVERIFY(!command().contains(QStringLiteral("--distill ")) &&
            command().contains(QStringLiteral("--distill-steps 50")));
    table->setCurrentIndex(table->model()->index(0, 0));
    QVERIFY(!distil->isVisible() && !command().contains(QStringLiteral("--distill")));
}

void TestExportPage::exportTellsProblems()
{
    WorkBench bench;
    bench.addAdapter("one");
    QVERIFY(bench.open());
    qputenv("FAKE_HILO", "refuse");
    ExportPage page(bench.context());
    bringUp(page);
    page.setSource(QString::fromStdString(bench.path("project/runs/one").string()));
    QTRY_VERIFY(visibleText(page).contains(QStringLiteral("cut off")));
    qputenv("FAKE_HILO", "well");
    page.setSource(QString::fromStdString(bench.path("project/runs/one").string()));
    auto* button = byName<QPushButton>(&page, QStringLiteral("Export"));
    QTRY_VERIFY(button->isEnabled());
    qputenv("FAKE_HILO", "crash");
    QTest::keyClick(button, Qt::Key_Space);
    QTRY_VERIFY(visibleText(page).contains(QStringLiteral("ended unexpectedly")));
    QVERIFY(visibleText(page).contains(QStringLiteral("loading weights"))); // the last lines of its log
    QVERIFY(button->isEnabled());
}

Json exportReport(const std::string& format, double before, double after)
{
    return {
        {"format", format},
        {"folder", "/nowhere/" + format},
        {"verdict", "static approximation"},
        {"files", Json::array({{{"name", "adapter_model.safetensors"}, {"bytes", 1000}}})},
        {"seconds", 2.0},
        {"verification",
         {{"greatest_difference", 1e-6}, {"tolerance", 1e-4}, {"same_choice", 96}, {"tokens", 96}, {"against", "it"}}},
        {"static_approximation",
         {{"accuracy_before", before},
          {"accuracy_after", after},
          {"loss_before", 1.0},
          {"loss_after", 1.5},
          {"rows", 3000},
          {"split", "test"}}}};
}

void TestExportPage::whatAnExportCostsIsItsHeadline()
{
    const ExportReportText costly = exportReportText(exportReport("peft", 0.732, 0.640));
    QVERIFY2(costly.title.contains(QStringLiteral("9.2 points")), qPrintable(costly.title));
    QVERIFY(costly.title.contains(QStringLiteral("73.2")) && costly.title.contains(QStringLiteral("64.0")));
    QVERIFY(!costly.title.contains(QStringLiteral("✓")));
    QVERIFY(exportReportText(exportReport("peft", 0.64, 0.65)).title.contains(QStringLiteral("✓")));
    Json unmeasured = exportReport("peft", 0, 0);
    unmeasured["static_approximation"] = nullptr;
    QVERIFY(exportReportText(unmeasured).title.contains(QStringLiteral("not measured")));
    unmeasured["verdict"] = "exact after padding";
    QVERIFY(exportReportText(unmeasured).title.contains(QStringLiteral("✓ Costs nothing")));
}

void TestExportPage::earlierExportsStay()
{
    QTemporaryDir folder;
    {
        ExportResults results;
        results.show();
        results.setProject(folder.path());
        QVERIFY(visibleText(results).contains(QStringLiteral("Nothing was exported")));
        QVERIFY(results.add(exportReport("peft", 0.732, 0.640)).has_value());
        QVERIFY(results.add(exportReport("mola", 0.732, 0.735)).has_value());
        auto* list = results.findChild<QListWidget*>();
        QCOMPARE(list->count(), 2);
        QVERIFY(list->item(0)->text().contains(QStringLiteral("mola")));
        list->setCurrentRow(1);
        QVERIFY(visibleText(results).contains(QStringLiteral("9.2 points")));
        QVERIFY(visibleText(results).contains(QStringLiteral("not there any more")));
    }
    // A line that somebody broke takes no other with it.
    QFile file(folder.path() + QStringLiteral("/exports/history.ndjson"));
    QVERIFY(file.open(QIODevice::Append));
    file.write("{ broken\n[]\n");
    file.close();
    ExportResults again;
    again.setProject(folder.path());
    QCOMPARE(again.findChild<QListWidget*>()->count(), 2);
}

QTEST_MAIN(TestExportPage)
#include "test_export_page.moc"
