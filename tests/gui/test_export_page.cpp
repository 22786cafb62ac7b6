// SPDX-License-Identifier: GPL-3.0-or-later
// The page Export, with a stand-in for hilo.
#include "common/theme.h"
#include "export/format_model.h"
#include "pages/export_page.h"
#include "window_helpers.h"
#include "work_bench.h"

#include <QComboBox>
#include <QPushButton>
#include <QTableView>
#include <QtTest/QtTest>

using namespace hilo;

class TestExportPage : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void exportWithoutRunsSaysSo();
    void exportListsWritesAndVerifies();
    void exportTellsProblems();
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
    QCOMPARE(table->model()->rowCount(), 2);
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

QTEST_MAIN(TestExportPage)
#include "test_export_page.moc"
