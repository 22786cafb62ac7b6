// SPDX-License-Identifier: GPL-3.0-or-later
// What the page Compare can be asked for: axes, groups, columns, views, filters, rows.
#include "compare/chart_series.h"
#include "compare/compare_charts.h"
#include "compare/compare_filter_bar.h"
#include "compare/compare_inspector.h"
#include "compare/compare_table_view.h"
#include "compare/compare_views.h"
#include "compare/row_dialog.h"
#include "compare/row_pair_model.h"
#include "page_fixture.h"
#include "pages/compare_page.h"

#include <QAbstractItemModelTester>
#include <QCompleter>
#include <QFile>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace hilo;
using testing::runDocument;

namespace {

constexpr int patience = 60000; ///< milliseconds; never waited for when all is well

}

class TestCompareViews : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void anySettingStandsOnAnyAxis();
    void aFilterChangesNoColour();
    void runsAreGroupedByASetting();
    void columnsAreHiddenMovedAndKept();
    void theFilterCompletesKeys();
    void twoRunsAreComparedRowByRow();

  private:
    void openGroups();
    void waitForRows(int rows);
    QString rowText(int row) const;

    QTemporaryDir settings_;
    std::unique_ptr<PageFixture> fixture_;
    std::unique_ptr<ComparePage> page_;
    std::unique_ptr<QWidget> inspectorWindow_;
};

/// The settings of whoever runs the test are nobody's business.
void TestCompareViews::initTestCase()
{
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings_.path());
}

void TestCompareViews::init()
{
    QSettings().clear();
    fixture_ = std::make_unique<PageFixture>();
    page_ = std::make_unique<ComparePage>(fixture_->context);
    page_->resize(1200, 800);
    page_->show();
    inspectorWindow_.reset(page_->inspector());
    inspectorWindow_->show();
}

void TestCompareViews::cleanup()
{
    inspectorWindow_.reset();
    page_.reset();
    fixture_.reset();
}

/// Two allocations with three seeds each, one run alone and one that has not begun.
void TestCompareViews::openGroups()
{
    for (int seed = 0; seed < 3; ++seed) {
        const Json training = {{"seed", seed}};
        fixture_->project.addFinishedRun("hilo-" + std::to_string(seed), runDocument("hilo", training),
                                         0.80 + 0.01 * seed, 3000000, 20);
        fixture_->project.addFinishedRun("mola-" + std::to_string(seed), runDocument("mola", training, {8, 8}, "mola"),
                                         seed == 1 ? 0.815 : 0.80, 7000000, 20);
    }
    fixture_->project.addFinishedRun("lora", runDocument("lora", {{"learning_rate", 0.01}}, {4}, "lora"), 0.6, 1000000);
    fixture_->project.addRun("waiting", runDocument("waiting", Json::object(), {16}, "uniform"));
    fixture_->open();
    waitForRows(4);
}

void TestCompareViews::waitForRows(int rows)
{
    QTRY_COMPARE_WITH_TIMEOUT(page_->model().rowCount(), rows, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!page_->isBusy(), patience);
}

QString TestCompareViews::rowText(int row) const
{
    QStringList cells;
    for (int column = 0; column < page_->model().columnCount(); ++column)
        cells << page_->model().index(row, column).data().toString();
    return cells.join(QLatin1Char('|'));
}

void TestCompareViews::anySettingStandsOnAnyAxis()
{
    openGroups();
    CompareCharts& charts = page_->charts();
    // A number, a word and a cost along; a setting upright.
    charts.horizontalBox().setCurrentText(QStringLiteral("map.total_rank"));
    QTest::keyClick(charts.horizontalBox().lineEdit(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!page_->chart().points().empty() && page_->chart().points()[0].cost < 100, patience);
    QVERIFY(std::none_of(page_->chart().points().begin(), page_->chart().points().end(),
                         [](const ComparisonPoint& point) { return point.onFront; }));
    charts.horizontalBox().setCurrentIndex(charts.horizontalBox().findData(QStringLiteral("map.strategy.name")));
    QTRY_VERIFY_WITH_TIMEOUT(page_->chart().costText(1) == QLatin1String("hilo"), patience);
    page_->chart().grab();
    charts.horizontalBox().setCurrentIndex(0);
    charts.verticalBox().setCurrentText(QStringLiteral("map.total_rank"));
    QTest::keyClick(charts.verticalBox().lineEdit(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!page_->chart().points().empty() && page_->chart().points()[0].value > 1, patience);
    QVERIFY(!page_->chart().points()[0].hasInterval);
    // What no run has leaves the picture empty and says so; it does no harm.
    charts.verticalBox().setCurrentText(QStringLiteral("nonsense"));
    QTest::keyClick(charts.verticalBox().lineEdit(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(page_->chart().points().empty(), patience);
    QCOMPARE(page_->model().rowCount(), 4);
}

void TestCompareViews::aFilterChangesNoColour()
{
    openGroups();
    const auto lookOf = [this](const QString& id) {
        const auto& points = page_->chart().points();
        const auto found =
            std::find_if(points.begin(), points.end(), [&](const ComparisonPoint& one) { return one.id == id; });
        return found == points.end() ? -1 : page_->chart().styleAt(static_cast<std::size_t>(found - points.begin()));
    };
    const int before = lookOf(QStringLiteral("mola-0"));
    QVERIFY(before >= 0);
    page_->filter().setText(QStringLiteral("map.strategy.name = mola"));
    waitForRows(1);
    QCOMPARE(lookOf(QStringLiteral("mola-0")), before);
    QCOMPARE(before, styleOfStrategy(QStringLiteral("mola")));
}

void TestCompareViews::runsAreGroupedByASetting()
{
    openGroups();
    QComboBox& box = page_->filterBar().groupByBox();
    box.setCurrentIndex(box.findData(QStringLiteral("map.strategy.name")));
    QTRY_VERIFY_WITH_TIMEOUT(page_->model().rowOf(QStringLiteral("mola-0")) >= 0 &&
                                 rowText(page_->model().rowOf(QStringLiteral("mola-0")))
                                     .contains(QStringLiteral("map.strategy.name = mola")),
                             patience);
    QVERIFY(page_->compareInspector().isVisible());
    box.setCurrentIndex(0);
    waitForRows(4);
}

void TestCompareViews::columnsAreHiddenMovedAndKept()
{
    openGroups();
    CompareTableView& table = page_->table();
    table.setHidden(QStringLiteral("time"), true);
    QVERIFY(table.isColumnHidden(CompareModel::Time));
    table.horizontalHeader()->moveSection(table.horizontalHeader()->visualIndex(CompareModel::Value), 1);
    page_->filter().setText(QStringLiteral("accuracy > 0.7"));
    waitForRows(2); // not lora, and what waits has none
    // An answer of the store changes neither.
    QVERIFY(table.isColumnHidden(CompareModel::Time));
    QCOMPARE(table.columnOrder()[1], QStringLiteral("value"));
    page_->views().keep(QStringLiteral("mine"));
    QTRY_VERIFY_WITH_TIMEOUT(
        QFile::exists(QString::fromStdString((fixture_->project.project().folder() / "compare-views.json").string())),
        patience);
    page_->filter().clear();
    QMenu menu;
    table.fillMenu(menu);
    menu.actions().last()->trigger(); // as at first
    QVERIFY(!table.isColumnHidden(CompareModel::Time));
    QCOMPARE(table.columnOrder()[1], QStringLiteral("name"));
    waitForRows(4);
    const auto kept = REQUIRE_OK(readCompareViews(fixture_->project.project().folder()));
    QCOMPARE(kept.size(), 1u);
    page_->showView(kept.front());
    waitForRows(2);
    QVERIFY(table.isColumnHidden(CompareModel::Time));
    QCOMPARE(table.columnOrder()[1], QStringLiteral("value"));
    QCOMPARE(page_->view(QStringLiteral("mine")), kept.front());
    page_->views().drop(QStringLiteral("mine"));
    QVERIFY(page_->views().views().empty());
}

void TestCompareViews::theFilterCompletesKeys()
{
    openGroups();
    QCompleter* completer = page_->filter().completer();
    QVERIFY(completer);
    const QString begun = QStringLiteral("accuracy > 0.7 and (strat");
    page_->filter().setText(begun);
    completer->setCompletionPrefix(completer->splitPath(begun).first());
    QVERIFY(completer->completionCount() > 0);
    QCOMPARE(completer->pathFromIndex(completer->completionModel()->index(0, 0)),
             QStringLiteral("accuracy > 0.7 and (map.strategy.name"));
    completer->setCompletionPrefix(completer->splitPath(QStringLiteral("accuracy > ")).first());
    QCOMPARE(completer->completionCount(), 0);
}

void TestCompareViews::twoRunsAreComparedRowByRow()
{
    openGroups();
    const auto answers = [this](const char* id, int right) {
        std::string text;
        for (int i = 1; i <= 12; ++i)
            text += Json({{"task", ""},
                          {"split", "test"},
                          {"file", "test.jsonl"},
                          {"place", "line " + std::to_string(i)},
                          {"right", "yes"},
                          {"given", i <= right ? "yes" : "no"}})
                        .dump() +
                    "\n";
        testing::writeText(fixture_->project.folder(id) / "predictions.ndjson", text);
    };
    answers("hilo-0", 12);
    answers("mola-0", 3);
    RowDialog* dialog = page_->showRowByRow(QStringLiteral("hilo-0"), QStringLiteral("mola-0"));
    const QAbstractItemModelTester tester(&dialog->model());
    QTRY_VERIFY_WITH_TIMEOUT(!dialog->isBusy(), patience);
    // 9 to 0: p = 2 / 512.
    QVERIFY2(dialog->verdict().contains(QStringLiteral("A clear difference")), qPrintable(dialog->verdict()));
    QVERIFY2(dialog->verdict().contains(QStringLiteral("0.004")), qPrintable(dialog->verdict()));
    QCOMPARE(dialog->model().rowCount(), 12);
    dialog->kindBox().setCurrentIndex(static_cast<int>(RowKind::OnlyFirst));
    QCOMPARE(dialog->model().rowCount(), 9);
    dialog->searchLine().setText(QStringLiteral("LINE 12"));
    QCOMPARE(dialog->model().rowCount(), 1);
    QVERIFY(dialog->model().csv().contains("test.jsonl,line 12"));
    QVERIFY2(unnamedControls(*dialog).isEmpty(), qPrintable(unnamedControls(*dialog).join(QLatin1Char('\n'))));
    dialog->close();
    RowDialog* without = page_->showRowByRow(QStringLiteral("hilo-0"), QStringLiteral("hilo-1"));
    QTRY_VERIFY_WITH_TIMEOUT(!without->isBusy(), patience);
    QVERIFY(without->verdict().contains(QStringLiteral("cannot be compared")));
    without->close();
}

QTEST_MAIN(TestCompareViews)
#include "test_compare_views.moc"
