// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_charts.h"
#include "compare/compare_inspector.h"
#include "compare/compare_table_view.h"
#include "compare/comparison_chart.h"
#include "compare/difference_model.h"
#include "compare/metric_box.h"
#include "page_fixture.h"
#include "pages/compare_page.h"
#include "runs/metric_chart.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest/QtTest>

using namespace hilo;
using testing::runDocument;

namespace {

constexpr int patience = 60000; ///< milliseconds; never waited for when all is well

}

class TestComparePage : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void withoutAProjectThePageSaysSo();
    void withoutRunsThePageSaysWhatToDo();
    void seedsAreGrouped();
    void nothingIsClippedBesideTheInspector();
    void aFilterNarrowsTableAndChart();
    void aWrongFilterSaysWhere();
    void aFilterThatNothingPassesIsSaid();
    void selectionIsOne();
    void twoRowsAreHeldAgainstEachOther();
    void theBaselineIsPinnedAndUnpinned();
    void curvesOfTheSelectionAreOverlaid();
    void colourFollowsAnySetting();
    void anyMetricOfAnyTaskIsCompared();
    void theChosenMetricIsKept();
    void aMetricThatTheProjectDoesNotHaveGivesWay();
    void meansOverDifferentTasksAreSaid();
    void pictureAndTableAreSaved();
    void newResultsArrive();
    void wishesAreHeard();
    void everyControlHasAName();
    void thePageWorksByKeyboard();

  private:
    void openGroups();
    void openTasks();
    void chooseMetric(const QString& metric, const QString& task = {});
    bool says(const QString& words) const;
    void waitForRows(int rows);
    QString rowText(int row) const;

    QTemporaryDir settings_;
    std::unique_ptr<PageFixture> fixture_;
    std::unique_ptr<ComparePage> page_;
    std::unique_ptr<QWidget> inspectorWindow_;
};

/// The settings of whoever runs the test are nobody's business.
void TestComparePage::initTestCase()
{
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings_.path());
}

void TestComparePage::init()
{
    QSettings().clear();
    fixture_ = std::make_unique<PageFixture>();
    page_ = std::make_unique<ComparePage>(fixture_->context);
    page_->resize(1200, 800);
    page_->show();
    inspectorWindow_.reset(page_->inspector());
    inspectorWindow_->show();
}

void TestComparePage::cleanup()
{
    inspectorWindow_.reset();
    page_.reset();
    fixture_.reset();
}

/// Two allocations with three seeds each, one run alone and one that has not begun.
void TestComparePage::openGroups()
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

/// Two allocations that were measured on two tasks, and one on one of them. What has less loss is less accurate.
void TestComparePage::openTasks()
{
    const auto score = [](double accuracy, double loss) {
        return Json{{"accuracy", accuracy}, {"interval", {accuracy - 0.05, accuracy + 0.05}}, {"loss", loss}};
    };
    Json cola = score(0.9, 1.5);
    cola["metrics"] = {{"zing", 3.0}};
    fixture_->project.addRunOfTasks("big", runDocument("big", Json::object(), {8, 8}, "mola"),
                                    {{"cola", cola}, {"mrpc", score(0.8, 2.0)}}, 4000000);
    fixture_->project.addRunOfTasks("small", runDocument("small"),
                                    {{"cola", score(0.7, 1.0)}, {"mrpc", score(0.75, 1.2)}}, 1000000);
    fixture_->project.addRunOfTasks("half", runDocument("half", Json::object(), {4}, "lora"),
                                    {{"mrpc", score(0.5, 0.5)}}, 2000000);
    fixture_->open();
    waitForRows(3);
}

void TestComparePage::chooseMetric(const QString& metric, const QString& task)
{
    MetricBox& box = page_->charts().metricBox();
    for (const auto& [combo, wanted] : {std::pair{&box.metricBox(), metric}, {&box.taskBox(), task}}) {
        const int index = combo->findData(wanted);
        QVERIFY2(index >= 0, qPrintable(wanted));
        combo->setCurrentIndex(index);
        Q_EMIT combo->activated(index);
    }
    QTRY_COMPARE_WITH_TIMEOUT(page_->model().metric().metric(), metric.toStdString(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(page_->model().metric().task(), task.toStdString(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!page_->isBusy(), patience);
}

bool TestComparePage::says(const QString& words) const
{
    for (const QLabel* label : page_->findChildren<QLabel*>())
        if (label->isVisible() && label->text().contains(words))
            return true;
    return false;
}

void TestComparePage::waitForRows(int rows)
{
    QTRY_COMPARE_WITH_TIMEOUT(page_->model().rowCount(), rows, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!page_->isBusy(), patience);
}

QString TestComparePage::rowText(int row) const
{
    QStringList cells;
    for (int column = 0; column < page_->model().columnCount(); ++column)
        cells << page_->model().index(row, column).data().toString();
    return cells.join(QLatin1Char('|'));
}

void TestComparePage::withoutAProjectThePageSaysSo()
{
    bool said = false;
    for (const QLabel* label : page_->findChildren<QLabel*>())
        said = said || (label->isVisible() && label->text().contains(QStringLiteral("start page")));
    QVERIFY(said);
}

void TestComparePage::withoutRunsThePageSaysWhatToDo()
{
    fixture_->open();
    const auto says = [this] {
        for (const QLabel* label : page_->findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(QStringLiteral("no runs to compare yet")))
                return true;
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(says(), patience);
}

void TestComparePage::seedsAreGrouped()
{
    openGroups();
    const int hilo = page_->model().rowOf(QStringLiteral("hilo-1"));
    QVERIFY2(rowText(hilo).contains(QStringLiteral("|3|")), qPrintable(rowText(hilo)));
    QVERIFY2(rowText(hilo).contains(QStringLiteral("81.0 ±")), qPrintable(rowText(hilo)));
    QCOMPARE(page_->chart().points().size(), 3u); // one has no accuracy
    QVERIFY(page_->chart().points()[0].onFront);
    page_->findChild<QCheckBox*>(QStringLiteral("groupSeeds"))->click();
    waitForRows(8);
    QCOMPARE(page_->chart().points().size(), 7u);
}

void TestComparePage::nothingIsClippedBesideTheInspector()
{
    openGroups();
    // What is left of a window 1440 wide beside the rail and the inspector, and of one 1024 wide.
    for (const int width : {840, 700}) {
        page_->resize(width, 800);
        QTest::qWait(50);
        const auto* tabs = page_->findChild<QTabBar*>();
        QVERIFY(tabs->width() >= tabs->sizeHint().width());
        for (const QToolButton* button : tabs->findChildren<QToolButton*>())
            QVERIFY(!button->isVisible());
        for (const QComboBox* box : page_->findChildren<QComboBox*>()) {
            if (!box->isVisible() || !box->isEditable())
                continue;
            QVERIFY2(box->lineEdit()->width() > box->fontMetrics().horizontalAdvance(box->currentText()),
                     qPrintable(box->currentText()));
            QCOMPARE(box->lineEdit()->cursorPosition(), 0);
        }
        const QHeaderView* header = page_->table().horizontalHeader();
        // Only names may be cut; what does not fit at all is scrolled to.
        for (int column = 0; column < CompareModel::FixedColumns; ++column)
            if (column != CompareModel::Name && column != CompareModel::Map)
                QVERIFY2(header->sectionSize(column) >= header->sectionSizeHint(column),
                         qPrintable(page_->model().headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()));
    }
}

void TestComparePage::aFilterNarrowsTableAndChart()
{
    openGroups();
    page_->filter().setText(QStringLiteral("accuracy > 0.7 and map.strategy.name = mola"));
    waitForRows(1);
    QCOMPARE(page_->chart().points().size(), 1u);
    QVERIFY(page_->problem().isEmpty());
    page_->filter().clear();
    waitForRows(4);
}

void TestComparePage::aWrongFilterSaysWhere()
{
    openGroups();
    for (const char* wrong : {"accuracy >", "nonsense = 3", "(accuracy > 0.5", "accuracy > 0.5 or or"}) {
        page_->filter().setText(QString::fromLatin1(wrong));
        QTRY_VERIFY_WITH_TIMEOUT(!page_->problem().isEmpty(), patience);
        QCOMPARE(page_->model().rowCount(), 4); // what was shown stays
        page_->filter().clear();
        QTRY_VERIFY_WITH_TIMEOUT(page_->problem().isEmpty(), patience);
    }
}

void TestComparePage::aFilterThatNothingPassesIsSaid()
{
    openGroups();
    page_->filter().setText(QStringLiteral("accuracy > 2"));
    waitForRows(0);
    bool said = false;
    for (const QLabel* label : page_->findChildren<QLabel*>())
        said = said || (label->isVisible() && label->text().contains(QStringLiteral("No run passes")));
    QVERIFY(said);
}

void TestComparePage::selectionIsOne()
{
    openGroups();
    const int row = page_->model().rowOf(QStringLiteral("mola-0"));
    page_->table().selectRow(row);
    QVERIFY(page_->compareInspector().facts().contains(QStringLiteral("7")));
    page_->chart().replot();
    // A click on another point selects its row.
    const auto& points = page_->chart().points();
    const auto lora = std::find_if(points.begin(), points.end(),
                                   [](const ComparisonPoint& point) { return point.id == QStringLiteral("lora"); });
    QVERIFY(lora != points.end());
    QTest::mouseClick(&page_->chart(), Qt::LeftButton, {},
                      QPoint(qRound(page_->chart().xAxis->coordToPixel(lora->cost)),
                             qRound(page_->chart().yAxis->coordToPixel(lora->value * 100))));
    const QModelIndexList selected = page_->table().selectionModel()->selectedRows();
    QCOMPARE(selected.size(), 1);
    QCOMPARE(selected.first().data(CompareModel::IdRole).toString(), QStringLiteral("lora"));
    // Sorting moves the rows, not the selection.
    page_->table().sortByColumn(CompareModel::Trainable, Qt::AscendingOrder);
    QCOMPARE(page_->table().selectionModel()->selectedRows().first().data(CompareModel::IdRole).toString(),
             QStringLiteral("lora"));
}

void TestComparePage::twoRowsAreHeldAgainstEachOther()
{
    openGroups();
    page_->select({QStringLiteral("hilo-2"), QStringLiteral("mola-0")}); // any run names its group
    QCOMPARE(page_->table().selectionModel()->selectedRows().size(), 2);
    const QString facts = page_->compareInspector().facts();
    QVERIFY2(facts.contains(QStringLiteral("Paired difference")), qPrintable(facts));
    QVERIFY2(facts.contains(QStringLiteral("No clear difference")), qPrintable(facts));
    QVERIFY2(facts.contains(QStringLiteral("57 %")), qPrintable(facts)); // 3 M of 7 M
    DifferenceModel& differences = page_->compareInspector().differences();
    QTRY_VERIFY_WITH_TIMEOUT(differences.rowCount() > 0, patience);
    QStringList keys;
    for (int row = 0; row < differences.rowCount(); ++row)
        keys << differences.index(row, 0).data(Qt::ToolTipRole).toString();
    QVERIFY2(keys.contains(QStringLiteral("map.strategy.name")), qPrintable(keys.join(QLatin1Char(' '))));
    QVERIFY(!keys.contains(QStringLiteral("training.learning_rate")));
    page_->select({QStringLiteral("hilo-2"), QStringLiteral("lora")});
    QVERIFY(page_->compareInspector().facts().contains(QStringLiteral("A clear difference")));
}

void TestComparePage::theBaselineIsPinnedAndUnpinned()
{
    openGroups();
    page_->pin(QStringLiteral("mola-1"));
    waitForRows(4);
    const int mola = page_->model().rowOf(QStringLiteral("mola-0"));
    QVERIFY(rowText(mola).startsWith(QStringLiteral("★")));
    QVERIFY2(rowText(page_->model().rowOf(QStringLiteral("hilo-0"))).contains(QStringLiteral("no clear difference")),
             qPrintable(rowText(page_->model().rowOf(QStringLiteral("hilo-0")))));
    QVERIFY(rowText(page_->model().rowOf(QStringLiteral("lora"))).contains(QChar(0x2212)));
    page_->select({QStringLiteral("lora")});
    QVERIFY(page_->compareInspector().facts().contains(QStringLiteral("against")));
    page_->pin(QStringLiteral("mola-0"));
    waitForRows(4);
    QVERIFY(!rowText(page_->model().rowOf(QStringLiteral("mola-0"))).startsWith(QStringLiteral("★")));
}

void TestComparePage::curvesOfTheSelectionAreOverlaid()
{
    openGroups();
    page_->findChild<QTabBar*>()->setCurrentIndex(1);
    page_->select({QStringLiteral("hilo-0"), QStringLiteral("lora")});
    QTRY_COMPARE_WITH_TIMEOUT(page_->curves().pointCount(0), 20, patience);
    QTRY_COMPARE_WITH_TIMEOUT(page_->curves().pointCount(1), 3, patience); // lora, behind the mean of three seeds
    for (QComboBox* box : page_->findChildren<QComboBox*>())
        if (box->accessibleName() == QStringLiteral("Metric of the curves"))
            box->setCurrentIndex(box->findData(QStringLiteral("accuracy")));
    QTRY_COMPARE_WITH_TIMEOUT(page_->curves().pointCount(1), 1, patience);
}

void TestComparePage::colourFollowsAnySetting()
{
    openGroups();
    for (QComboBox* box : page_->findChildren<QComboBox*>())
        if (box->accessibleName() == QStringLiteral("Colour by"))
            box->setCurrentText(QStringLiteral("training.learning_rate"));
    page_->findChild<QCheckBox*>(QStringLiteral("groupSeeds"))->click(); // refreshes
    waitForRows(8);
    QStringList colours;
    for (const ComparisonPoint& point : page_->chart().points())
        if (!colours.contains(point.colourBy))
            colours << point.colourBy;
    colours.sort();
    QCOMPARE(colours, (QStringList{QStringLiteral("0.001"), QStringLiteral("0.01")}));
    QVERIFY(rowText(0).contains(QStringLiteral("0.0")));
}

void TestComparePage::anyMetricOfAnyTaskIsCompared()
{
    openTasks();
    QCOMPARE(page_->model().at(0)->row.name, std::string("big"));
    chooseMetric(QStringLiteral("loss"), QStringLiteral("cola"));
    QCOMPARE(page_->model().at(0)->row.name, std::string("small"));
    QVERIFY2(rowText(0).contains(QStringLiteral("|1.000|")), qPrintable(rowText(0)));
    QVERIFY2(rowText(2).contains(QStringLiteral("not measured")), qPrintable(rowText(2)));
    QVERIFY(says(QStringLiteral("finished without this metric")));
    QVERIFY(page_->chart().yAxis->label().startsWith(QStringLiteral("Loss, cola (nats/token)")));
    QCOMPARE(page_->chart().points().size(), 2u);
    for (const ComparisonPoint& point : page_->chart().points())
        QCOMPARE(point.onFront, point.id == QStringLiteral("small"));
    QVERIFY(page_->compareInspector().findChild<QLineEdit*>()->text().contains(QStringLiteral("--metric loss@cola")));
    page_->select({QStringLiteral("big"), QStringLiteral("small")});
    const QString facts = page_->compareInspector().facts();
    QVERIFY2(facts.contains(QStringLiteral("1.500 against 1.000 nats/token")), qPrintable(facts));
    QVERIFY2(facts.contains(QStringLiteral("+0.500")), qPrintable(facts));
    page_->filter().setText(QStringLiteral("loss < 1.2")); // the chosen one
    waitForRows(1);
    page_->filter().clear();
    waitForRows(3);
    const QTemporaryDir folder;
    QVERIFY(page_->saveTable(folder.filePath(QStringLiteral("t.csv"))));
    QVERIFY(testing::readText(folder.filePath(QStringLiteral("t.csv")).toStdString()).find(",loss@cola,") !=
            std::string::npos);
    // A metric of somebody else's is shown as it is written.
    chooseMetric(QStringLiteral("zing"));
    QVERIFY(says(QStringLiteral("higher is taken for better")));
    QCOMPARE(page_->chart().yAxis->label(), QStringLiteral("zing"));
    // The order that a person chose stays.
    page_->table().sortByColumn(CompareModel::Trainable, Qt::DescendingOrder);
    chooseMetric(QStringLiteral("accuracy"), QStringLiteral("mrpc"));
    QCOMPARE(page_->model().at(0)->row.name, std::string("big"));
    QCOMPARE(page_->model().at(2)->row.name, std::string("small"));
}

void TestComparePage::theChosenMetricIsKept()
{
    openTasks();
    chooseMetric(QStringLiteral("loss"), QStringLiteral("mrpc"));
    ComparePage other(fixture_->context);
    other.show();
    other.shown();
    QTRY_COMPARE_WITH_TIMEOUT(other.model().rowCount(), 3, patience);
    QCOMPARE(other.model().metric().metric(), std::string("loss"));
    QCOMPARE(other.model().metric().task(), std::string("mrpc"));
    QCOMPARE(other.model().at(0)->row.name, std::string("half"));
    delete other.inspector();
}

void TestComparePage::aMetricThatTheProjectDoesNotHaveGivesWay()
{
    page_->charts().metricBox().choose({"matthews", "rte"});
    openTasks();
    QTRY_COMPARE_WITH_TIMEOUT(page_->model().metric().metric(), std::string("accuracy"), patience);
    QCOMPARE(page_->charts().metricBox().wanted().text(), std::string("matthews@rte"));
    QTRY_COMPARE_WITH_TIMEOUT(page_->chart().points().size(), 3u, patience);
}

void TestComparePage::meansOverDifferentTasksAreSaid()
{
    openTasks();
    QVERIFY(says(QStringLiteral("means go over different tasks")));
    chooseMetric(QStringLiteral("accuracy"), QStringLiteral("mrpc"));
    QVERIFY(!says(QStringLiteral("means go over different tasks")));
}

void TestComparePage::pictureAndTableAreSaved()
{
    openGroups();
    const QTemporaryDir folder;
    const QString table = folder.filePath(QStringLiteral("t.csv")), picture = folder.filePath(QStringLiteral("p.svg"));
    QVERIFY(page_->saveTable(table));
    QVERIFY(page_->savePicture(picture));
    const std::string csv = testing::readText(table.toStdString());
    QCOMPARE(std::count(csv.begin(), csv.end(), '\n'), 5);
    QVERIFY(csv.find("hilo-0 hilo-1 hilo-2") != std::string::npos);
    QVERIFY(QFileInfo(picture).size() > 1000);
    QVERIFY(!page_->saveTable(QStringLiteral("/nowhere/t.csv")));
}

void TestComparePage::newResultsArrive()
{
    openGroups();
    page_->select({QStringLiteral("lora")});
    fixture_->project.addFinishedRun("later", runDocument("later", {{"learning_rate", 0.1}}, {4}, "lora"), 0.9,
                                     2000000);
    waitForRows(5);
    QCOMPARE(page_->table().selectionModel()->selectedRows().first().data(CompareModel::IdRole).toString(),
             QStringLiteral("lora"));
}

void TestComparePage::wishesAreHeard()
{
    openGroups();
    Q_EMIT fixture_->wishes.comparisonWanted({QStringLiteral("hilo-0"), QStringLiteral("lora")});
    QCOMPARE(page_->table().selectionModel()->selectedRows().size(), 2);
    QSignalSpy map(&fixture_->wishes, &PageWishes::mapWanted), again(&fixture_->wishes, &PageWishes::runAgainWanted);
    for (QPushButton* button : page_->compareInspector().findChildren<QPushButton*>()) {
        if (button->text() == QStringLiteral("Open map")) {
            QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), patience);
            button->click();
        }
        if (button->text().startsWith(QStringLiteral("Run again")))
            button->click();
    }
    QCOMPARE(map.count(), 1);
    QCOMPARE(again.takeFirst().first().toString(), QStringLiteral("hilo-0"));
}

void TestComparePage::everyControlHasAName()
{
    openGroups();
    const QStringList unnamed = unnamedControls(*page_) + unnamedControls(*inspectorWindow_);
    QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(QStringLiteral("; "))));
    QVERIFY(page_->help().size() > 600);
}

void TestComparePage::thePageWorksByKeyboard()
{
    openGroups();
    page_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(page_.get(), patience));
    page_->table().setFocus();
    page_->table().setCurrentIndex(page_->model().index(0, CompareModel::Name));
    QTest::keyClick(&page_->table(), Qt::Key_Down);
    QCOMPARE(page_->table().selectionModel()->selectedRows().first().row(), 1);
    QTest::keyClick(&page_->table(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(page_->table().selectionModel()->selectedRows().size(), 2);
    QTest::keyClick(&page_->table(), Qt::Key_Up);
    const QString chosen =
        page_->table().selectionModel()->selectedRows().first().data(CompareModel::IdRole).toString();
    QTest::keyClick(&page_->table(), Qt::Key_B, Qt::ControlModifier);
    QTRY_VERIFY(rowText(page_->model().rowOf(chosen)).startsWith(QStringLiteral("★")));
    QTest::keyClick(&page_->table(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(page_->filter().hasFocus());
    QTest::keyClick(&page_->chart(), Qt::Key_Right);
    QTest::keyClick(&page_->chart(), Qt::Key_Return);
    QCOMPARE(page_->table().selectionModel()->selectedRows().size(), 1);
}

QTEST_MAIN(TestComparePage)
#include "test_compare_page.moc"
