// SPDX-License-Identifier: GPL-3.0-or-later
// The page Complexity, with a stand-in for hilo.
#include "complexity/agreement_model.h"
#include "complexity/depth_chart.h"
#include "complexity/heat_table.h"
#include "complexity/profile_dialog.h"
#include "complexity/profile_run_panel.h"
#include "complexity/signal_model.h"
#include "pages/complexity_page.h"
#include "window_helpers.h"
#include "work_bench.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTabBar>
#include <QtTest/QtTest>

using namespace hilo;

class TestComplexityPage : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void complexityIsEmptyWithoutModelAndWithoutProfile();
    void complexityShowsAProfile();
    void complexityTellsWhatIsWrongWithAProfile();
    void complexityByKeyboard();
    void profilingTellsProgressAndEnds_data();
    void profilingTellsProgressAndEnds();
    void profilingCanBeCancelled();
    void aTrainedRunIsMeasuredToo();
};

void TestComplexityPage::complexityIsEmptyWithoutModelAndWithoutProfile()
{
    WorkBench bench;
    ComplexityPage page(bench.context());
    bringUp(page);
    QVERIFY(visibleText(page).contains(QStringLiteral("Ctrl+1")));
    QVERIFY(bench.open());
    QTRY_VERIFY(visibleText(page).contains(QStringLiteral("no profile yet")));
    QVERIFY(!page.findChild<HeatTable*>()->isVisible());
}

void TestComplexityPage::complexityShowsAProfile()
{
    WorkBench bench;
    bench.addProfile(WorkBench::profile());
    Json other = WorkBench::profile();
    other["signals"]["stable_rank"]["modules"]["q_proj"] = {2, 2, 3, 4};
    bench.addProfile(other, "second.json");
    QVERIFY(bench.open());
    ComplexityPage page(bench.context());
    bringUp(page);
    const HeatTable* heat = byName<HeatTable>(&page, QStringLiteral("Heat map of layers and modules"));
    QTRY_VERIFY(heat->isVisible());
    QCOMPARE(heat->model()->rowCount(), 2);
    QCOMPARE(heat->model()->columnCount(), 4);
    QCOMPARE(page.findChild<QTabBar*>()->count(), 2);
    // A layer that is selected elsewhere is selected here.
    bench.session.selectLayer(3);
    QCOMPARE(heat->currentIndex().column(), 3);
    QVERIFY(page.inspector() != nullptr);
    QStringList facts;
    for (const QLabel* label : page.inspector()->findChildren<QLabel*>())
        facts << label->text();
    QVERIFY2(facts.join(QLatin1Char('\n')).contains(QStringLiteral("Layer 3")),
             qPrintable(facts.join(QLatin1Char('\n'))));
    // The difference to another profile.
    auto* baseline = byName<QComboBox>(&page, QStringLiteral("Compare with"));
    QCOMPARE(baseline->count(), 3);
    baseline->setCurrentIndex(1);
    Q_EMIT baseline->activated(1);
    QTRY_VERIFY(visibleText(page).contains(QStringLiteral("Difference to")));
    delete page.inspector();
}

void TestComplexityPage::complexityTellsWhatIsWrongWithAProfile()
{
    WorkBench bench;
    Json deep = WorkBench::profile();
    deep["model"]["layers"] = 9;
    bench.addProfile(deep);
    QVERIFY(bench.open());
    ComplexityPage page(bench.context());
    bringUp(page);
    QTRY_VERIFY(visibleText(page).contains(QStringLiteral("expected one number per layer")));
    QVERIFY(!page.findChild<HeatTable*>()->isVisible());
}

void TestComplexityPage::complexityByKeyboard()
{
    WorkBench bench;
    bench.addProfile(WorkBench::profile());
    QVERIFY(bench.open());
    ComplexityPage page(bench.context());
    bringUp(page);
    HeatTable* heat = byName<HeatTable>(&page, QStringLiteral("Heat map of layers and modules"));
    QTRY_VERIFY(heat->isVisible());
    bench.session.selectLayer(1);
    QTest::keyClick(heat, Qt::Key_Right);
    QCOMPARE(bench.session.selectedLayer(), 2);
    QTest::keyClick(page.findChild<DepthChart*>(), Qt::Key_End);
    QCOMPARE(bench.session.selectedLayer(), 3);
    QTest::keyClick(page.findChild<QTabBar*>(), Qt::Key_Right);
    QCOMPARE(heat->model()->rowCount(), 1); // block influence speaks of whole layers
}

void TestComplexityPage::profilingTellsProgressAndEnds_data()
{
    QTest::addColumn<QByteArray>("behaviour");
    QTest::addColumn<QString>("said");
    QTest::newRow("well") << QByteArray("well") << QString();
    QTest::newRow("crash") << QByteArray("crash") << QStringLiteral("loading weights");
    QTest::newRow("garbage") << QByteArray("garbage") << QStringLiteral("answer of hilo");
    QTest::newRow("refuse") << QByteArray("refuse") << QStringLiteral("Fetch it again");
}

void TestComplexityPage::profilingTellsProgressAndEnds()
{
    QFETCH(QByteArray, behaviour);
    QFETCH(QString, said);
    WorkBench bench;
    QVERIFY(bench.open());
    ComplexityPage page(bench.context());
    bringUp(page);
    qputenv("FAKE_HILO", behaviour);
    auto* panel = page.findChild<ProfileRunPanel*>();
    QSignalSpy finished(panel, &ProfileRunPanel::finished);
    const QString file = QString::fromStdString(bench.path("project/profiles/new.json").string());
    std::filesystem::remove(bench.path("project/profiles")); // empty folders get lost on the way of a project
    panel->start({QStringLiteral("MODEL"), QStringLiteral("--out"), file}, file);
    QVERIFY(panel->isVisible());
    QTRY_VERIFY(!panel->isRunning());
    if (said.isEmpty()) {
        QCOMPARE(finished.count(), 1);
        QTRY_VERIFY(page.findChild<HeatTable*>()->isVisible());
        QVERIFY(!panel->isVisible());
    } else {
        QCOMPARE(finished.count(), 0);
        QVERIFY2(visibleText(*panel).contains(said), qPrintable(visibleText(*panel)));
    }
}

void TestComplexityPage::profilingCanBeCancelled()
{
    WorkBench bench;
    QVERIFY(bench.open());
    ComplexityPage page(bench.context());
    bringUp(page);
    qputenv("FAKE_HILO", "hang");
    auto* panel = page.findChild<ProfileRunPanel*>();
    panel->start({QStringLiteral("MODEL")}, QStringLiteral("/nowhere.json"));
    QTRY_VERIFY(visibleText(*panel).contains(QStringLiteral("1 of 4")));
    QVERIFY(visibleText(*panel).contains(QStringLiteral("3 s left")));
    QCOMPARE(panel->findChild<QProgressBar*>()->value(), 250);
    QSignalSpy said(&page, &Page::said);
    QTest::keyClick(byName<QPushButton>(panel, QStringLiteral("Cancel")), Qt::Key_Space);
    QTRY_VERIFY(!panel->isRunning());
    QVERIFY(!panel->isVisible());
    QVERIFY(said.last().first().toString().contains(QStringLiteral("cancelled")));
}

void TestComplexityPage::aTrainedRunIsMeasuredToo()
{
    WorkBench bench;
    bench.addAdapter("pilot");
    QVERIFY(bench.open());
    ProfileDialog dialog(bench.session);
    auto* run = dialog.findChild<QComboBox*>();
    QTRY_COMPARE(run->count(), 2);
    QVERIFY(!dialog.arguments().contains(QStringLiteral("--adapter")));
    QVERIFY(!dialog.arguments().join(QLatin1Char(' ')).contains(QStringLiteral("trained_update")));
    // Kinds by name: all signals in one word would make the dialog wider than the screen.
    QVERIFY2(dialog.arguments().contains(QStringLiteral("weights,activations")),
             qPrintable(dialog.arguments().join(QLatin1Char(' '))));
    run->setCurrentIndex(1);
    // The run alone, too: then nothing of the model is measured.
    for (QCheckBox* kind : dialog.findChildren<QCheckBox*>())
        kind->setChecked(false);
    const QStringList arguments = dialog.arguments();
    QCOMPARE(arguments.value(arguments.indexOf(QStringLiteral("--signals")) + 1),
             QStringLiteral("expert_redundancy,trained_update"));
    QCOMPARE(arguments.value(arguments.indexOf(QStringLiteral("--adapter")) + 1),
             bench.session.folder() + QStringLiteral("/runs/pilot"));
}

QTEST_MAIN(TestComplexityPage)
#include "test_complexity_page.moc"
