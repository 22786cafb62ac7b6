// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/plot_picture.h"
#include "compare/chart_series.h"
#include "compare/compare_model.h"
#include "compare/comparison_chart.h"
#include "compare/difference_model.h"
#include "compare/map_difference_picture.h"
#include "compare/parameter_ticker.h"
#include "compare/scatter_graph.h"

#include <QAbstractItemModelTester>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace hilo;

namespace {

ComparisonRow row(const std::string& id, std::optional<double> value, std::optional<std::int64_t> trainable)
{
    ComparisonRow entry;
    entry.row.ids = {id};
    entry.row.name = id;
    entry.row.value = value;
    if (value) {
        entry.row.low = *value - 0.02;
        entry.row.high = *value + 0.02;
    }
    entry.row.measured = value ? 1 : 0;
    entry.row.trainableParameters = trainable;
    entry.map = QStringLiteral("map of ") + QString::fromStdString(id);
    return entry;
}

ComparisonPoint point(const QString& id, double cost, double value, const QString& colour)
{
    return {id, id, colour, colour, cost, value, value - 0.02, value + 0.02, true, false, false};
}

/// A ticker whose protected part can be asked.
class OpenTicker : public ParameterTicker
{
  public:
    using ParameterTicker::createTickVector;
    using ParameterTicker::getTickLabel;
};

} // namespace

class TestCompareWidgets : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void theTablePassesTheTester();
    void theTableSortsEveryColumn();
    void differencesAreInWords();
    void aLossIsBetterWhenItIsLower();
    void aRowWithoutTheMetricSaysSo();
    void theChartHasTheAxisOfItsMetric();
    void numbersOfMetricsAreWritten();
    void everyCellIsSpoken();
    void fewValuesGetAColourEach();
    void manyNumbersBecomeRanges();
    void manyWordsBecomeOther();
    void theAxisHasReadableTicks_data();
    void theAxisHasReadableTicks();
    void aClickSelects();
    void theKeyboardSelects();
    void pointsWithoutParametersAreLeftOut();
    void anEmptyChartIsDrawn();
    void manyPointsKeepTheFrontsIntervals();
    void manyPointsAreFoundUnderTheMouse();
    void copiedSymbolsLookLikeDrawnOnes_data();
    void copiedSymbolsLookLikeDrawnOnes();
    void aSelectionWaitsForTheWholeChart();
    void picturesAreWritten_data();
    void picturesAreWritten();
    void aPictureThatCannotBeWrittenIsAnError();
    void onlyDifferentSettingsAreShown();
    void mapsAreHeldAgainstEachOther();
};

void TestCompareWidgets::theTablePassesTheTester()
{
    CompareModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows({}, {});
    model.setRows({row("a", 0.8, 1000), row("b", {}, {}), row("c", 0.7, 500)}, {});
    model.sort(CompareModel::Trainable, Qt::AscendingOrder);
    model.sort(CompareModel::Name, Qt::DescendingOrder);
    std::vector<ComparisonRow> rows{row("a", 0.8, 1000)};
    rows.front().values = {QStringLiteral("0.001")};
    model.setRows(rows, {QStringLiteral("training.learning_rate")});
    QCOMPARE(model.columnCount(), CompareModel::FixedColumns + 1);
    QCOMPARE(model.index(0, CompareModel::FixedColumns).data().toString(), QStringLiteral("0.001"));
}

void TestCompareWidgets::theTableSortsEveryColumn()
{
    CompareModel model;
    model.setRows({row("a", 0.8, 1000), row("b", {}, {}), row("c", 0.9, 500)}, {});
    // Best first by default; without a value last.
    QCOMPARE(model.index(0, CompareModel::Name).data().toString(), QStringLiteral("c"));
    QCOMPARE(model.index(2, CompareModel::Name).data().toString(), QStringLiteral("b"));
    const QPersistentModelIndex kept(model.index(2, CompareModel::Name));
    for (int column = 0; column < model.columnCount(); ++column) {
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            model.sort(column, order);
            QCOMPARE(kept.data().toString(), QStringLiteral("b"));
            for (int i = 1; i < model.rowCount(); ++i) {
                const QVariant before = model.index(i - 1, column).data(CompareModel::SortRole);
                const QVariant after = model.index(i, column).data(CompareModel::SortRole);
                const bool numbers = before.userType() == QMetaType::Double;
                const bool rising =
                    numbers ? before.toDouble() <= after.toDouble() : before.toString() <= after.toString();
                const bool falling =
                    numbers ? before.toDouble() >= after.toDouble() : before.toString() >= after.toString();
                QVERIFY(order == Qt::AscendingOrder ? rising : falling);
            }
        }
    }
    QCOMPARE(model.rowOf(QStringLiteral("nobody")), -1);
}

void TestCompareWidgets::differencesAreInWords()
{
    const CompareModel model;
    BaselineDifference difference;
    QCOMPARE(model.differenceText(difference), QStringLiteral("–"));
    difference.difference = 0.002;
    QCOMPARE(model.differenceText(difference), QStringLiteral("+0.2, no clear difference"));
    difference.difference = -0.015;
    difference.isClear = true;
    QCOMPARE(model.differenceText(difference), QStringLiteral("−1.5"));
    difference.low = -0.02;
    difference.high = -0.01;
    QCOMPARE(model.differenceText(difference), QStringLiteral("−1.5 (−2.0 … −1.0)"));
    difference.isBaseline = true;
    QCOMPARE(model.differenceText(difference), QStringLiteral("baseline"));
    QCOMPARE(model.valueText(row("a", 0.848, 1).row), QStringLiteral("84.8 ± 2.0"));
    ComparisonRow two = row("a", 0.895, 1);
    two.row.ids = {"a", "b", "c"};
    two.row.measured = 2;
    two.row.low = 0;
    two.row.high = 1;
    QCOMPARE(model.valueText(two.row), QStringLiteral("89.5 (0.0 … 100.0)"));
}

void TestCompareWidgets::aLossIsBetterWhenItIsLower()
{
    CompareModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setMetric(MetricText("loss", "cola"));
    model.setRows({row("a", 1.5, 1000), row("b", {}, {}), row("c", 0.25, 500)}, {});
    QCOMPARE(model.bestFirst(), Qt::AscendingOrder);
    model.sort(CompareModel::Value, model.bestFirst());
    QCOMPARE(model.index(0, CompareModel::Name).data().toString(), QStringLiteral("c"));
    QCOMPARE(model.index(2, CompareModel::Name).data().toString(), QStringLiteral("b"));
    QCOMPARE(model.headerData(CompareModel::Value, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("Loss, cola, nats/token"));
    QVERIFY(model.headerData(CompareModel::Value, Qt::Horizontal, Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("Lower is better")));
    QCOMPARE(model.index(0, CompareModel::Value).data().toString(), QStringLiteral("0.2500 ± 0.0200"));
    BaselineDifference difference;
    difference.difference = -0.0214;
    difference.isClear = true;
    QCOMPARE(model.differenceText(difference), QStringLiteral("−0.02140"));
    QVERIFY(!model.headerData(CompareModel::Difference, Qt::Horizontal, Qt::DisplayRole)
                 .toString()
                 .contains(QStringLiteral("points")));
    model.setMetric(MetricText());
    QCOMPARE(model.bestFirst(), Qt::DescendingOrder);
}

void TestCompareWidgets::aRowWithoutTheMetricSaysSo()
{
    CompareModel model;
    ComparisonRow done = row("done", {}, 1000), waiting = row("waiting", {}, 1000), mean = row("mean", 0.5, 1000);
    done.row.state = "finished";
    waiting.row.state = "queued";
    mean.row.tasks = {"cola", "mrpc"};
    model.setRows({done, waiting, mean}, {});
    const auto cell = [&model](const char* id, int role) {
        return model.index(model.rowOf(QString::fromLatin1(id)), CompareModel::Value).data(role).toString();
    };
    QCOMPARE(cell("done", Qt::DisplayRole), QStringLiteral("not measured"));
    QCOMPARE(cell("waiting", Qt::DisplayRole), QStringLiteral("–"));
    QVERIFY(cell("done", Qt::ToolTipRole) != cell("waiting", Qt::ToolTipRole));
    QVERIFY2(cell("mean", Qt::ToolTipRole).contains(QStringLiteral("cola, mrpc")),
             qPrintable(cell("mean", Qt::ToolTipRole)));
}

void TestCompareWidgets::theChartHasTheAxisOfItsMetric()
{
    ComparisonChart chart;
    chart.resize(600, 400);
    chart.setMetric(MetricText("loss", "cola"));
    std::vector<ComparisonPoint> points{point(QStringLiteral("a"), 1e6, 1.8, {}),
                                        point(QStringLiteral("b"), 5e6, 1.5, {})};
    points[0].onFront = points[1].onFront = true;
    points[1].hasInterval = false;
    chart.setPoints(points, QStringLiteral("trainable"), {}, {});
    chart.show();
    chart.replot();
    QCOMPARE(chart.yAxis->label(), QStringLiteral("Loss, cola (nats/token), lower is better"));
    QVERIFY(chart.yAxis->range().contains(1.5) && chart.yAxis->range().contains(1.8));
    QVERIFY(chart.yAxis->range().upper < 3);
    QCOMPARE(chart.pointAt(QPointF(chart.xAxis->coordToPixel(5e6), chart.yAxis->coordToPixel(1.5))), 1);
    // The front: down with every step to the right.
    const auto front = chart.graph(0)->data();
    QCOMPARE(front->at(0)->value, 1.8);
    QCOMPARE(front->at(1)->value, 1.5);
    QVERIFY(chart.describe(chart.points()[0]).contains(QStringLiteral("Loss, cola: 1.800 nats/token (1.780 … 1.820)")));
    QVERIFY(!chart.describe(chart.points()[1]).contains(QStringLiteral("…")));
    QVERIFY(chart.accessibleName().startsWith(QStringLiteral("Loss, cola")));
    chart.setMetric(MetricText("zing"));
    chart.setPoints({}, QStringLiteral("trainable"), {}, {});
    QCOMPARE(chart.yAxis->label(), QStringLiteral("zing"));
}

void TestCompareWidgets::numbersOfMetricsAreWritten()
{
    const MetricText accuracy, loss("loss"), unknown("zing", "news");
    QCOMPARE(accuracy.withUnit(0.8484), QStringLiteral("84.8 %"));
    QCOMPARE(accuracy.withInterval(0.995, 0.96, 1.0), QStringLiteral("99.5 (96.0 … 100.0)"));
    QCOMPARE(accuracy.difference(-0.0004), QStringLiteral("0.0"));
    QCOMPARE(accuracy.differenceUnit(), QStringLiteral(" points"));
    QCOMPARE(loss.withUnit(12.345), QStringLiteral("12.35 nats/token"));
    QCOMPARE(loss.withInterval(1.2, 1.1, 2.0), QStringLiteral("1.200 (1.100 … 2.000)"));
    QCOMPARE(loss.difference(0.00001), QStringLiteral("+0.00001"));
    QCOMPARE(unknown.title(), QStringLiteral("zing, news"));
    QCOMPARE(unknown.unit(), QString());
    QVERIFY(unknown.about().contains(QStringLiteral("higher is taken for better")));
    QVERIFY(!unknown.lowerIsBetter() && loss.lowerIsBetter());
    QCOMPARE(unknown.number(-123456.7), QLocale().toString(-123456.7, 'f', 0));
    QCOMPARE(unknown.number(0), QStringLiteral("0.000"));
}

void TestCompareWidgets::everyCellIsSpoken()
{
    CompareModel model;
    model.setRows({row("a", 0.8, 1000)}, {});
    for (int column = 0; column < model.columnCount(); ++column)
        QVERIFY(!model.index(0, column).data(Qt::AccessibleTextRole).toString().isEmpty());
    QVERIFY(model.index(0, CompareModel::Value)
                .data(Qt::AccessibleTextRole)
                .toString()
                .contains(QStringLiteral("Accuracy, %: 80.0 ± 2.0")));
}

void TestCompareWidgets::fewValuesGetAColourEach()
{
    const ChartSeries series =
        shareOut({QStringLiteral("mola"), QStringLiteral("hilo"), QString(), QStringLiteral("hilo")}, 6);
    QCOMPARE(series.names, (QStringList{QStringLiteral("hilo"), QStringLiteral("mola"), QStringLiteral("not set")}));
    QCOMPARE(series.index, (std::vector<int>{1, 0, 2, 0}));
    const ChartSeries numbers = shareOut({QStringLiteral("10"), QStringLiteral("9")}, 6);
    QCOMPARE(numbers.names, (QStringList{QStringLiteral("9"), QStringLiteral("10")}));
    QVERIFY(shareOut({}, 6).names.isEmpty());
}

void TestCompareWidgets::manyNumbersBecomeRanges()
{
    std::vector<QString> values;
    for (int i = 1; i <= 60; ++i)
        values.push_back(QString::number(i));
    const ChartSeries series = shareOut(values, 6);
    QCOMPARE(series.names.size(), 6);
    QCOMPARE(series.index.front(), 0);
    QCOMPARE(series.index.back(), 5);
    QVERIFY(std::is_sorted(series.index.begin(), series.index.end()));
    values.push_back({});
    const ChartSeries gaps = shareOut(values, 6);
    QCOMPARE(gaps.names.size(), 6);
    QCOMPARE(gaps.index.back(), 5);
    QCOMPARE(gaps.names.back(), QStringLiteral("not set"));
}

void TestCompareWidgets::manyWordsBecomeOther()
{
    std::vector<QString> values;
    for (int i = 0; i < 20; ++i)
        for (int k = 0; k <= i; ++k)
            values.push_back(QStringLiteral("word ") + QChar(u'a' + i));
    const ChartSeries series = shareOut(values, 6);
    QCOMPARE(series.names.size(), 6);
    QCOMPARE(series.names.back(), QStringLiteral("other"));
    QVERIFY(series.names.contains(QStringLiteral("word t")));
    QCOMPARE(series.index.front(), 5);
}

void TestCompareWidgets::theAxisHasReadableTicks_data()
{
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::newRow("narrow") << 2.9e6 << 3.6e6;
    QTest::newRow("decade") << 5e5 << 1.2e7;
    QTest::newRow("wide") << 1e3 << 1e9;
}

void TestCompareWidgets::theAxisHasReadableTicks()
{
    QFETCH(double, low);
    QFETCH(double, high);
    OpenTicker ticker;
    int inside = 0;
    for (const double tick : ticker.createTickVector(1, {low, high}))
        inside += tick >= low && tick <= high ? 1 : 0;
    QVERIFY2(inside >= 1 && inside <= 12, qPrintable(QString::number(inside)));
    QCOMPARE(ticker.getTickLabel(2e6, {}, QLatin1Char('g'), 6), QStringLiteral("2 M"));
    QCOMPARE(ticker.getTickLabel(1.5e6, {}, QLatin1Char('g'), 6), QStringLiteral("1.5 M"));
    QCOMPARE(ticker.getTickLabel(500, {}, QLatin1Char('g'), 6), QStringLiteral("500"));
    QVERIFY(ticker.createTickVector(1, {0, 5}).isEmpty());
}

void TestCompareWidgets::aClickSelects()
{
    ComparisonChart chart;
    chart.resize(600, 400);
    chart.setPoints({point(QStringLiteral("a"), 1e6, 0.8, QStringLiteral("hilo")),
                     point(QStringLiteral("b"), 5e6, 0.85, QStringLiteral("mola"))},
                    QStringLiteral("trainable"), QStringLiteral("strategy"), QStringLiteral("strategy"));
    chart.show();
    chart.replot();
    QSignalSpy clicked(&chart, &ComparisonChart::pointClicked);
    const QPoint place(qRound(chart.xAxis->coordToPixel(5e6)), qRound(chart.yAxis->coordToPixel(85)));
    QTest::mouseClick(&chart, Qt::LeftButton, {}, place);
    QCOMPARE(clicked.takeFirst(), (QVariantList{QStringLiteral("b"), false}));
    QTest::mouseClick(&chart, Qt::LeftButton, Qt::ControlModifier, place + QPoint(3, -3));
    QCOMPARE(clicked.takeFirst(), (QVariantList{QStringLiteral("b"), true}));
    QTest::mouseClick(&chart, Qt::LeftButton, {}, place - QPoint(60, 0));
    QCOMPARE(clicked.count(), 0);
    chart.setSelected({QStringLiteral("b")});
    QVERIFY(chart.describe(chart.points()[1]).contains(QStringLiteral("85.0 % (83.0–87.0)")));
    // Colour and symbol are the same setting here: one entry for each value, and the front.
    QCOMPARE(chart.legend->itemCount(), 3);
}

void TestCompareWidgets::theKeyboardSelects()
{
    ComparisonChart chart;
    chart.setPoints({point(QStringLiteral("big"), 5e6, 0.85, {}), point(QStringLiteral("small"), 1e6, 0.8, {})},
                    QStringLiteral("trainable"), QStringLiteral("colour"), QStringLiteral("symbol"));
    chart.resize(600, 400);
    chart.show();
    QSignalSpy clicked(&chart, &ComparisonChart::pointClicked);
    QTest::keyClick(&chart, Qt::Key_Right);
    QVERIFY(chart.accessibleDescription().contains(QStringLiteral("small")));
    QTest::keyClick(&chart, Qt::Key_Right);
    QTest::keyClick(&chart, Qt::Key_Return);
    QCOMPARE(clicked.takeFirst().first().toString(), QStringLiteral("big"));
}

void TestCompareWidgets::pointsWithoutParametersAreLeftOut()
{
    ComparisonChart chart;
    chart.setPoints({point(QStringLiteral("base"), 0, 0.5, {}), point(QStringLiteral("a"), 1e6, 0.8, {})},
                    QStringLiteral("trainable"), {}, {});
    QCOMPARE(chart.points().size(), 1u);
    QVERIFY(chart.xAxis->range().lower > 0);
    QVERIFY(chart.yAxis->range().contains(80));
}

void TestCompareWidgets::anEmptyChartIsDrawn()
{
    ComparisonChart chart;
    chart.resize(300, 200);
    chart.setPoints({}, QStringLiteral("trainable"), {}, {});
    chart.show();
    chart.replot();
    QCOMPARE(chart.pointAt(QPointF(100, 100)), -1);
    QTest::keyClick(&chart, Qt::Key_Right);
    chart.grab();
}

void TestCompareWidgets::manyPointsKeepTheFrontsIntervals()
{
    ComparisonChart chart;
    std::vector<ComparisonPoint> points;
    for (int i = 0; i < 5000; ++i)
        points.push_back(point(QString::number(i), 1e5 + 1000 * i, 0.5 + 0.0001 * (i % 97), QString::number(i % 5)));
    points[10].onFront = true;
    chart.setPoints(points, QStringLiteral("trainable"), QStringLiteral("c"), QStringLiteral("c"));
    QVERIFY(!chart.showsAllIntervals());
    chart.setSelected({QStringLiteral("7")});
    chart.resize(600, 400);
    chart.show();
    chart.replot();
}

void TestCompareWidgets::manyPointsAreFoundUnderTheMouse()
{
    ComparisonChart chart;
    std::vector<ComparisonPoint> points;
    for (int i = 0; i < 3000; ++i)
        points.push_back(
            point(QString::number(i), 1e5 + 997.0 * (i * 7919 % 3000), 0.5 + 0.004 * (i % 97), QString::number(i % 5)));
    points.push_back(points[17]); // in the same place, above the other
    points.back().id = QStringLiteral("twin");
    chart.setPoints(points, QStringLiteral("trainable"), QStringLiteral("c"), QStringLiteral("c"));
    chart.resize(600, 400);
    chart.show();
    chart.replot();
    int found = 0;
    for (int x = 0; x < 600; x += 19)
        for (int y = 0; y < 400; y += 17) {
            int nearest = -1;
            double best = 12 * 12;
            for (std::size_t i = 0; i < points.size(); ++i) {
                const double dx = chart.xAxis->coordToPixel(points[i].cost) - x;
                const double dy = chart.yAxis->coordToPixel(points[i].value * 100) - y;
                if (dx * dx + dy * dy <= best) {
                    best = dx * dx + dy * dy;
                    nearest = static_cast<int>(i);
                }
            }
            QCOMPARE(chart.pointAt(QPointF(x, y)), nearest);
            found += nearest >= 0 ? 1 : 0;
        }
    QVERIFY(found > 200);
    const QPointF twin(chart.xAxis->coordToPixel(points[17].cost), chart.yAxis->coordToPixel(points[17].value * 100));
    QCOMPARE(chart.points()[static_cast<std::size_t>(chart.pointAt(twin))].id, QStringLiteral("twin"));
}

void TestCompareWidgets::copiedSymbolsLookLikeDrawnOnes_data()
{
    QTest::addColumn<int>("series");
    QTest::addColumn<bool>("smooth");
    for (int series = 0; series < 6; ++series) {
        QTest::addRow("%d smooth", series) << series << true;
        QTest::addRow("%d small", series) << series << false;
    }
}

void TestCompareWidgets::copiedSymbolsLookLikeDrawnOnes()
{
    QFETCH(int, series);
    QFETCH(bool, smooth);
    const auto pictureOf = [&](bool copied) {
        QCustomPlot plot;
        plot.resize(500, 300);
        if (!smooth)
            plot.setNotAntialiasedElements(QCP::aeScatters);
        QCPGraph* graph = copied ? new ScatterGraph(plot.xAxis, plot.yAxis) : plot.addGraph();
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setScatterStyle(Plot::symbol(series, Qt::black, smooth ? 9 : 5));
        QVector<double> x, y;
        for (int i = 0; i < 100; ++i) {
            x << 0.31 + i % 10 + 0.0137 * i;
            y << 0.47 + i / 10 + 0.0071 * i;
        }
        graph->setData(x, y, true);
        plot.xAxis->setRange(0, 12);
        plot.yAxis->setRange(0, 12);
        return plot.toPixmap(500, 300).toImage();
    };
    const QImage drawn = pictureOf(false), copied = pictureOf(true);
    double ink = 0, difference = 0;
    int far = 0;
    for (int y = 0; y < 300; ++y)
        for (int x = 0; x < 500; ++x) {
            const int one = qGray(drawn.pixel(x, y)), other = qGray(copied.pixel(x, y));
            ink += (255 - one) / 255.0;
            difference += std::abs(one - other) / 255.0;
            far += std::abs(one - other) > 96 ? 1 : 0;
        }
    QVERIFY(ink > 1000);
    // A smooth symbol is at most an eighth of a pixel elsewhere, a small one at most half a pixel.
    QVERIFY2(difference < ink * (smooth ? 0.06 : 0.35),
             qPrintable(QStringLiteral("%1 of %2").arg(difference).arg(ink)));
    QVERIFY2(!smooth || far == 0, qPrintable(QString::number(far)));
    QVERIFY(difference > 0); // it was copied
}

void TestCompareWidgets::aSelectionWaitsForTheWholeChart()
{
    ComparisonChart chart;
    chart.resize(600, 400);
    chart.show();
    QTest::qWait(50);
    QSignalSpy drawn(&chart, &QCustomPlot::afterReplot);
    chart.setPoints({point(QStringLiteral("a"), 1e6, 0.8, {}), point(QStringLiteral("b"), 5e6, 0.85, {})},
                    QStringLiteral("trainable"), {}, {});
    chart.setSelected({QStringLiteral("a")});
    QCOMPARE(drawn.count(), 0); // the layer's points come with the rest
    QTRY_COMPARE(drawn.count(), 1);
    const QImage one = chart.grab().toImage();
    chart.setSelected({QStringLiteral("b")});
    QVERIFY(chart.grab().toImage() != one); // alone, and at once
    QTest::qWait(50);
    QCOMPARE(drawn.count(), 1);
}

void TestCompareWidgets::picturesAreWritten_data()
{
    QTest::addColumn<QString>("ending");
    QTest::addColumn<QByteArray>("begin");
    QTest::newRow("png") << QStringLiteral("png") << QByteArray("\x89PNG");
    QTest::newRow("svg") << QStringLiteral("svg") << QByteArray("<?xml");
    QTest::newRow("pdf") << QStringLiteral("PDF") << QByteArray("%PDF");
}

void TestCompareWidgets::picturesAreWritten()
{
    QFETCH(QString, ending);
    QFETCH(QByteArray, begin);
    ComparisonChart chart;
    chart.resize(600, 400);
    chart.setPoints({point(QStringLiteral("a"), 1e6, 0.8, QStringLiteral("hilo"))}, QStringLiteral("trainable"),
                    QStringLiteral("strategy"), QStringLiteral("strategy"));
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("picture.") + ending);
    const Status saved = savePlotPicture(chart, file);
    QVERIFY2(saved, saved ? "" : describe(saved.error()).c_str());
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray content = written.readAll();
    QVERIFY(content.startsWith(begin));
    if (ending == QLatin1String("png"))
        QCOMPARE(QImage::fromData(content).size(), QSize(1200, 800));
    if (ending == QLatin1String("svg")) {
        QVERIFY(QSvgRenderer(content).isValid());
        QVERIFY(content.contains("hilo"));
    }
}

void TestCompareWidgets::aPictureThatCannotBeWrittenIsAnError()
{
    ComparisonChart chart;
    chart.resize(100, 100);
    QVERIFY(!savePlotPicture(chart, QStringLiteral("/nowhere/a.png")));
    const QTemporaryDir folder;
    QVERIFY(!savePlotPicture(chart, folder.filePath(QStringLiteral("a.bmp"))));
    QVERIFY(QDir(folder.path()).isEmpty());
}

void TestCompareWidgets::onlyDifferentSettingsAreShown()
{
    DifferenceModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setDifferences({{"training.learning_rate", {"0.001", ""}}, {"map.name", {"a", "b"}}},
                         {QStringLiteral("first"), QStringLiteral("second")});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.columnCount(), 3);
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("learning_rate"));
    QCOMPARE(model.index(1, 0).data().toString(), QStringLiteral("map.name"));
    QCOMPARE(model.index(0, 2).data().toString(), QStringLiteral("–"));
    QVERIFY(model.index(0, 2).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("not set")));
    model.setDifferences({}, {});
    QCOMPARE(model.rowCount(), 0);
}

void TestCompareWidgets::mapsAreHeldAgainstEachOther()
{
    AllocationMap first, second;
    first.layers.resize(2);
    second.layers.resize(3);
    first.layers[0]["q_proj"] = second.layers[0]["q_proj"] = {{4, 4}, 2, 16, 0};
    first.layers[1]["q_proj"] = {{8}, 1, 16, 0};
    second.layers[1]["q_proj"] = {{2}, 1, 16, 0};
    second.layers[2]["v_proj"] = {{2}, 1, 16, 0};
    MapDifferencePicture picture;
    picture.setMaps(first, second);
    QCOMPARE(picture.differences(), 2);
    picture.resize(100, 100);
    picture.grab();
    picture.setMaps(first, first);
    QCOMPARE(picture.differences(), 0);
}

QTEST_MAIN(TestCompareWidgets)
#include "test_compare_widgets.moc"
