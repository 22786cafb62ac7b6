// SPDX-License-Identifier: GPL-3.0-or-later
// Charts of metrics over steps: how they take histories, take turns, and draw very long curves.
#include "common/theme.h"
#include "runs/history_graph.h"
#include "runs/metric_chart.h"

#include <QSet>
#include <QVBoxLayout>
#include <QtTest/QtTest>

#include <cmath>
#include <random>

using namespace hilo;

namespace {

RunEvent step(int number, double loss)
{
    return readRunEvent({{"event", "step"}, {"step", number}, {"loss", loss}, {"lr", 0.001}});
}

void evaluate(RunHistory& history, int number, const char* task, const char* split, const Json& score)
{
    Json event = {{"event", "evaluation"}, {"step", number}, {"task", task}, {"split", split}};
    event.update(score);
    history.add(readRunEvent(event));
}

/// Noise around 2 with a value that is no number here and there.
QVector<QCPGraphData> noise(int count, double scale = 0.1)
{
    std::mt19937 random(7);
    std::normal_distribution<double> values; // which is none of no width
    QVector<QCPGraphData> points;
    for (int i = 0; i < count; ++i)
        points << QCPGraphData(i, i % 1013 == 5 ? std::nan("") : 2 + scale * values(random));
    return points;
}

QCustomPlot* plotOf(int end)
{
    auto* plot = new QCustomPlot;
    plot->resize(500, 300);
    plot->xAxis->setRange(0, end);
    plot->yAxis->setRange(1, 3);
    return plot;
}

} // namespace

class TestMetricChart : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void theChartTakesWhatIsNew();
    void noLineLeadsFromOneSplitToAnother();
    void trainingAndValidationShareAChart();
    void everyTaskHasAColour();
    void everyLineOfTheLegendIsSeen();
    void theBestStepIsMarked();
    void whatNoAxisCanShowIsAGap();
    void aLongHistoryComesInSlices();
    void aHiddenChartTakesALongHistory();
    void chartsTakeTurns();
    void everyChartFollowsTheTheme();
    void aResizedChartIsDrawnOnce();
    void aCurveOfOnePointIsSeen();
    void aLongCurveKeepsItsExtremes_data();
    void aLongCurveKeepsItsExtremes();
    void aLongCurveReachesEverySpike();
    void aLongCurveLooksLikeItsLine();
    void aLongSmoothCurveKeepsItsDashes();
    void theChartWorksByKeyboard();
};

void TestMetricChart::theChartTakesWhatIsNew()
{
    auto history = std::make_shared<RunHistory>();
    for (int i = 1; i <= 10; ++i)
        history->add(step(i, i));
    MetricChart chart;
    chart.setMetric({QStringLiteral("loss"), QStringLiteral("loss")});
    chart.setCurves({{QStringLiteral("a"), history}});
    QCOMPARE(chart.pointCount(0), 10);
    history->add(step(11, 11));
    chart.catchUp();
    QCOMPARE(chart.pointCount(0), 11);
    QCOMPARE(chart.graph(0)->dataCount(), 11); // the faint values behind the mean
    history->add(step(5, 50));
    chart.catchUp();
    QCOMPARE(chart.pointCount(0), 5);
    QVERIFY(chart.yAxis->range().upper >= 50);
    chart.setSmoothing({Smoothing::Method::None, 0});
    QCOMPARE(chart.graph(0)->dataCount(), 0);
    QCOMPARE(chart.graph(1)->data()->at(4)->value, 50.0);
}

void TestMetricChart::noLineLeadsFromOneSplitToAnother()
{
    auto history = std::make_shared<RunHistory>();
    evaluate(*history, 5, "", "validation", {{"accuracy", 0.9}, {"interval", {0.4, 1}}});
    evaluate(*history, 8, "", "validation", {{"loss", 2}});
    evaluate(*history, 10, "", "validation", {{"accuracy", 0.95}, {"interval", {0.4, 1}}});
    evaluate(*history, 10, "", "test", {{"accuracy", 0.5}});
    MetricChart chart;
    chart.setMetric({{}, QStringLiteral("%"), false, 1, QStringLiteral("accuracy"), 100});
    chart.setCurves({{QStringLiteral("a"), history}});
    QCOMPARE(chart.pointCount(0), 3);
    QCOMPARE(chart.marks(0).names(), (QStringList{QStringLiteral("validation"), QStringLiteral("test")}));
    QCOMPARE(chart.graph(2)->data()->at(1)->value, 95.0);
    QCOMPARE(chart.graph(3)->data()->at(0)->value, 50.0);
    QVERIFY(chart.graph(2)->pen().color() != chart.graph(3)->pen().color());
    QVERIFY(chart.yAxis->range().contains(50) && chart.yAxis->range().contains(95));
    QVERIFY(chart.legend->visible());
    QCOMPARE(chart.legend->itemCount(), 2);
    chart.grab();
}

void TestMetricChart::trainingAndValidationShareAChart()
{
    auto history = std::make_shared<RunHistory>();
    for (int i = 1; i <= 10; ++i)
        history->add(step(i, 2));
    MetricChart chart;
    chart.setMetric({QStringLiteral("loss"), QStringLiteral("loss"), false, 1, QStringLiteral("loss"), 1});
    chart.setCurves({{QStringLiteral("a"), history}});
    QVERIFY(!chart.legend->visible()); // nothing to tell apart yet
    evaluate(*history, 5, "", "validation", {{"loss", 7}});
    evaluate(*history, 10, "", "validation", {{"loss", 6}});
    chart.catchUp();
    QCOMPARE(chart.pointCount(0), 10);
    QCOMPARE(chart.marks(0).pointCount(), 2);
    QVERIFY(chart.yAxis->range().contains(7) && chart.yAxis->range().contains(2));
    QVERIFY(chart.legend->visible());
    QCOMPARE(chart.legend->itemCount(), 2);
    QVERIFY(chart.graph(2)->pen().color() != chart.graph(1)->pen().color());
    // A run that goes back repeats what it measured.
    history->add(step(4, 2));
    chart.catchUp();
    QCOMPARE(chart.marks(0).pointCount(), 0);
    QVERIFY(!chart.legend->visible());
    chart.grab();
}

void TestMetricChart::everyTaskHasAColour()
{
    auto history = std::make_shared<RunHistory>();
    for (const char* task : {"cola", "mrpc", "rte"})
        for (int number = 1; number <= 3; ++number)
            evaluate(*history, number, task, "validation", {{"metrics", {{"rouge_l", 0.1 * number}}}});
    MetricChart chart;
    chart.setMetric({{}, QStringLiteral("ROUGE-L"), false, 1, QStringLiteral("rouge_l"), 1});
    chart.setCurves({{QStringLiteral("a"), history}});
    QCOMPARE(chart.marks(0).names(),
             (QStringList{QStringLiteral("cola"), QStringLiteral("mrpc"), QStringLiteral("rte")}));
    QCOMPARE(chart.marks(0).textsAt(2.2).first(), QStringLiteral("cola, step 2: 0.200"));
    QSet<QRgb> colours;
    for (int i = 2; i < 5; ++i)
        colours.insert(chart.graph(i)->pen().color().rgb());
    QCOMPARE(colours.size(), 3);
    // Beside another run the colour tells the run.
    chart.setCurves({{QStringLiteral("a"), history, 0}, {QStringLiteral("b"), history, 1}});
    QCOMPARE(chart.pointCount(1), 9);
    QCOMPARE(chart.legend->itemCount(), 2);
    evaluate(*history, 4, "rte", "validation", {{"metrics", {{"rouge_l", 1e300}}}}); // what no axis can show
    chart.catchUp();
    QCOMPARE(chart.pointCount(0), 9);
    chart.grab();
}

void TestMetricChart::everyLineOfTheLegendIsSeen()
{
    auto history = std::make_shared<RunHistory>();
    for (const char* task : {"cola", "mrpc", "a longer name of a task", "news"})
        evaluate(*history, 1, task, "validation", {{"metrics", {{"rouge_l", 0.5}}}});
    MetricChart chart;
    chart.setPlotHeight(80);
    chart.setMetric({{}, QStringLiteral("ROUGE-L"), false, 1, QStringLiteral("rouge_l"), 1});
    chart.setCurves({{QStringLiteral("a"), history}});
    // In a narrow chart of the least height each name has a line of its own.
    chart.resize(190, 200);
    chart.grab();
    chart.resize(190, chart.minimumHeight());
    chart.grab();
    chart.replot();
    QVERIFY(chart.minimumHeight() >= 80 + 4 * QFontMetrics(chart.legend->font()).height());
    for (int i = 0; i < chart.legend->itemCount(); ++i) {
        const QRect place = chart.legend->item(i)->outerRect();
        QVERIFY2(place.height() >= QFontMetrics(chart.legend->font()).height(),
                 qPrintable(QStringLiteral("line %1 has %2 pixels").arg(i).arg(place.height())));
        QVERIFY2(chart.rect().contains(place),
                 qPrintable(QStringLiteral("line %1 ends at %2 of %3").arg(i).arg(place.bottom()).arg(chart.height())));
    }
}

void TestMetricChart::theBestStepIsMarked()
{
    auto history = std::make_shared<RunHistory>();
    for (int i = 1; i <= 10; ++i)
        history->add(step(i, 2));
    evaluate(*history, 4, "", "validation", {{"loss", 1}});
    MetricChart chart;
    chart.setMetric({QStringLiteral("loss"), QStringLiteral("loss"), false, 1, QStringLiteral("loss"), 1});
    chart.setCurves({{QStringLiteral("a"), history}});
    QCOMPARE(chart.itemCount(), 0);
    history->add(readRunEvent({{"event", "finished"}, {"step", 10}, {"selected_step", 4}}));
    chart.catchUp();
    QCOMPARE(chart.itemCount(), 2);
    const auto* text = qobject_cast<QCPItemText*>(chart.item(1));
    QVERIFY(text->text().contains(QStringLiteral("4")));
    // Its words are seen in a narrow chart, too.
    for (const int width : {400, 190}) {
        chart.resize(width, 160);
        chart.grab();
        chart.replot();
        QVERIFY(text->left->pixelPosition().x() >= chart.axisRect()->left());
        QVERIFY2(text->right->pixelPosition().x() <= width, qPrintable(QString::number(width)));
    }
    chart.setCurves({{QStringLiteral("a"), history}, {QStringLiteral("b"), history}});
    QCOMPARE(chart.itemCount(), 0);
    chart.setCurves({{QStringLiteral("a"), history}});
    QCOMPARE(chart.itemCount(), 2);
    history->add(step(3, 2)); // it goes on: the choice is open again
    chart.catchUp();
    QCOMPARE(chart.itemCount(), 0);
}

void TestMetricChart::whatNoAxisCanShowIsAGap()
{
    auto history = std::make_shared<RunHistory>();
    for (const double loss : {3.0, -1e308, 1e308, 2.0})
        history->add(step(static_cast<int>(history->steps.size()) + 1, loss));
    MetricChart chart;
    chart.setMetric({QStringLiteral("loss"), QStringLiteral("loss"), false, 1e9});
    chart.setSmoothing({Smoothing::Method::None, 0});
    chart.setCurves({{QStringLiteral("a"), history}});
    const auto points = chart.graph(1)->data();
    QCOMPARE(points->size(), 4);
    QVERIFY(std::isnan(points->at(1)->value) && std::isnan(points->at(2)->value));
    QVERIFY(chart.yAxis->range().upper < 1e10 && chart.yAxis->range().contains(3e9));
    chart.grab();
}

void TestMetricChart::aLongHistoryComesInSlices()
{
    auto history = std::make_shared<RunHistory>();
    for (int i = 1; i <= 200000; ++i)
        history->steps << i;
    history->metrics["loss"] = QVector<double>(200000, 1.5);
    MetricChart chart;
    chart.setMetric({QStringLiteral("loss"), QStringLiteral("loss")});
    chart.setCurves({{QStringLiteral("a"), history}});
    QVERIFY(chart.isBehind());
    QVERIFY(chart.pointCount(0) < 200000);
    QTRY_VERIFY(!chart.isBehind());
    QCOMPARE(chart.pointCount(0), 200000);
}

void TestMetricChart::aHiddenChartTakesALongHistory()
{
    auto history = std::make_shared<RunHistory>();
    for (int i = 1; i <= 100000; ++i)
        history->steps << i;
    history->metrics["lr"] = QVector<double>(100000, 0.001);
    history->metrics["lr"][70000] = 0.5;
    MetricChart chart;
    chart.setMetric({QStringLiteral("lr"), QStringLiteral("rate")});
    QTest::qWait(20); // QCustomPlot draws a new plot once, seen or not
    QSignalSpy drawn(&chart, &QCustomPlot::afterReplot);
    chart.setCurves({{QStringLiteral("a"), history}});
    QVERIFY(chart.isBehind());
    QTRY_VERIFY(!chart.isBehind());
    QTRY_VERIFY(chart.yAxis->range().upper > 0.5);
    QCOMPARE(drawn.count(), 0);
    chart.show();
    QTRY_COMPARE(drawn.count(), 1);
}

void TestMetricChart::chartsTakeTurns()
{
    auto history = std::make_shared<RunHistory>();
    for (int i = 1; i <= 50000; ++i)
        history->steps << i;
    history->metrics["loss"] = QVector<double>(50000, 1.5);
    std::vector<std::unique_ptr<MetricChart>> charts;
    int drawn = 0, together = 0, mostTogether = 0;
    for (int i = 0; i < 6; ++i) {
        charts.push_back(std::make_unique<MetricChart>());
        charts.back()->resize(300, 200);
        charts.back()->show();
        charts.back()->setMetric({QStringLiteral("loss"), QStringLiteral("loss")});
    }
    QTest::qWait(50);
    for (const auto& chart : charts)
        connect(chart.get(), &QCustomPlot::afterReplot, this, [&] {
            ++drawn;
            mostTogether = std::max(mostTogether, ++together);
        });
    for (const auto& chart : charts)
        chart->setCurves({{QStringLiteral("a"), history}});
    QTimer turns;
    connect(&turns, &QTimer::timeout, this, [&] { together = 0; });
    turns.start(0);
    QTRY_VERIFY(std::all_of(charts.begin(), charts.end(),
                            [](const auto& chart) { return !chart->isBehind() && chart->pointCount(0) == 50000; }));
    QTRY_VERIFY(drawn >= 6);
    QVERIFY2(mostTogether <= 2, qPrintable(QString::number(mostTogether))); // the timers may fire in either order
}

void TestMetricChart::everyChartFollowsTheTheme()
{
    auto history = std::make_shared<RunHistory>();
    for (int i = 1; i <= 240; ++i)
        history->add(step(i, 10.0 / i));
    QWidget window;
    auto* layout = new QVBoxLayout(&window);
    std::vector<MetricChart*> charts;
    for (int i = 0; i < 3; ++i) {
        auto* chart = new MetricChart(&window);
        chart->setMetric({QStringLiteral("loss"), QStringLiteral("loss")});
        chart->setCurves({{QStringLiteral("a"), history}});
        layout->addWidget(chart);
        charts.push_back(chart);
    }
    window.resize(400, 700);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    charts[0]->setFocus();
    QTest::qWait(500);
    for (const Theme::Kind kind : {Theme::Kind::Light, Theme::Kind::Dark, Theme::Kind::Light}) {
        Theme::instance().setKind(kind);
        QVERIFY(!Plot::areAllDrawn());
        QTRY_VERIFY(Plot::areAllDrawn());
        const QRgb grid = Theme::instance().colours().grid.rgb();
        for (std::size_t i = 0; i < charts.size(); ++i) {
            const QImage image = charts[i]->grab().toImage().convertToFormat(QImage::Format_RGB32);
            int found = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    found += image.pixel(x, y) == grid ? 1 : 0;
            QVERIFY2(found > 100, qPrintable(QStringLiteral("chart %1: %2 pixels of the grid").arg(i).arg(found)));
        }
    }
}

void TestMetricChart::aResizedChartIsDrawnOnce()
{
    MetricChart chart;
    chart.resize(300, 200);
    chart.show();
    QTest::qWait(50);
    QSignalSpy drawn(&chart, &QCustomPlot::afterReplot);
    for (int width = 301; width < 310; ++width)
        chart.resize(width, 200);
    QCOMPARE(drawn.count(), 0);
    QTRY_COMPARE(drawn.count(), 1);
    QTest::qWait(50);
    QCOMPARE(drawn.count(), 1);
    QCOMPARE(chart.viewport().width(), 309);
}

void TestMetricChart::aCurveOfOnePointIsSeen()
{
    const auto inkOf = [](double value) {
        const std::unique_ptr<QCustomPlot> plot(plotOf(2));
        auto* graph = new HistoryGraph(plot->xAxis, plot->yAxis);
        graph->setPen(QPen(Qt::red, 2));
        graph->append({QCPGraphData(1, value)});
        const QImage picture = plot->toPixmap(500, 300).toImage();
        int count = 0;
        for (int y = 0; y < picture.height(); ++y)
            for (int x = 0; x < picture.width(); ++x)
                count += picture.pixelColor(x, y) == QColor(Qt::red) ? 1 : 0;
        return count;
    };
    QVERIFY(inkOf(2) > 4);
    QCOMPARE(inkOf(std::nan("")), 0);
}

void TestMetricChart::aLongCurveKeepsItsExtremes_data()
{
    QTest::addColumn<double>("begin");
    QTest::addColumn<double>("end");
    QTest::newRow("everything") << 0.0 << 100000.0;
    QTest::newRow("a part") << 31234.5 << 38123.25;
    QTest::newRow("beyond both ends") << -50000.0 << 150000.0;
}

void TestMetricChart::aLongCurveKeepsItsExtremes()
{
    QFETCH(double, begin);
    QFETCH(double, end);
    const std::unique_ptr<QCustomPlot> plot(plotOf(1));
    auto* graph = new HistoryGraph(plot->xAxis, plot->yAxis);
    const QVector<QCPGraphData> points = noise(100000);
    for (int i = 0; i < points.size(); i += 777) // in parts that do not fit its blocks
        graph->append(points.mid(i, 777));
    QCOMPARE(graph->dataCount(), 100000);
    plot->xAxis->setRange(begin, end);
    plot->replot();
    QVERIFY(graph->isDense());
    const auto columns = graph->columns();
    QVERIFY(!columns.empty());
    for (const HistoryGraph::Column& column : columns) {
        const double first = plot->xAxis->pixelToCoord(column.left), last = plot->xAxis->pixelToCoord(column.left + 1);
        double low = 1e9, high = -1e9;
        for (qsizetype i = 0; i < points.size(); ++i) {
            // With the point before, which the line comes from.
            if (std::isnan(points[i].value) || points[i].key >= last ||
                (i + 1 < points.size() ? points[i + 1].key < first : points[i].key < first))
                continue;
            low = std::min(low, points[i].value);
            high = std::max(high, points[i].value);
        }
        QCOMPARE(column.values.low, low);
        QCOMPARE(column.values.high, high);
    }
}

void TestMetricChart::aLongCurveReachesEverySpike()
{
    auto history = std::make_shared<RunHistory>();
    constexpr int count = 300000, spike = 123456;
    for (int i = 1; i <= count; ++i)
        history->steps << i;
    history->metrics["grad_norm"] = QVector<double>(count, 1.0);
    history->metrics["grad_norm"][spike - 1] = 9.0;
    MetricChart chart;
    chart.resize(500, 300);
    chart.setSmoothing({Smoothing::Method::None, 0});
    chart.setMetric({QStringLiteral("grad_norm"), QStringLiteral("norm")});
    chart.setCurves({{QStringLiteral("a"), history}});
    chart.show();
    QTRY_VERIFY(!chart.isBehind());
    chart.replot();
    const QImage picture = chart.toPixmap(500, 300).toImage();
    const int x = qRound(chart.xAxis->coordToPixel(spike));
    const QColor ink = Theme::instance().colours().accent;
    const auto isInk = [&](int column, int row) {
        const QColor colour = picture.pixelColor(column, row);
        return std::abs(colour.red() - ink.red()) + std::abs(colour.green() - ink.green()) +
                   std::abs(colour.blue() - ink.blue()) <
               60;
    };
    const int top = qRound(chart.yAxis->coordToPixel(8.9)), middle = qRound(chart.yAxis->coordToPixel(5));
    QVERIFY(isInk(x, top) || isInk(x - 1, top) || isInk(x + 1, top));
    QVERIFY(isInk(x, middle) || isInk(x - 1, middle) || isInk(x + 1, middle));
    QVERIFY(!isInk(x - 5, middle) && !isInk(x + 5, middle));
}

void TestMetricChart::aLongCurveLooksLikeItsLine()
{
    const auto pictureOf = [](bool quick) {
        const std::unique_ptr<QCustomPlot> plot(plotOf(20000));
        plot->setAntialiasedElements(QCP::aeAll);
        QCPGraph* graph = nullptr;
        if (quick) {
            auto* history = new HistoryGraph(plot->xAxis, plot->yAxis);
            history->append(noise(20000));
            graph = history;
        } else {
            graph = plot->addGraph();
            graph->data()->add(noise(20000), true);
        }
        graph->setPen(QPen(Qt::black, 1.5));
        return plot->toPixmap(500, 300).toImage();
    };
    const QImage line = pictureOf(false), columns = pictureOf(true);
    const auto inkOf = [](const QImage& picture) {
        double ink = 0;
        for (int y = 0; y < picture.height(); ++y)
            for (int x = 0; x < picture.width(); ++x)
                ink += (255 - qGray(picture.pixel(x, y))) / 255.0;
        return ink;
    };
    QVERIFY(inkOf(line) > 15000);
    QVERIFY2(std::abs(inkOf(columns) / inkOf(line) - 1) < 0.1,
             qPrintable(QStringLiteral("%1 and %2").arg(inkOf(columns)).arg(inkOf(line))));
    // The uppermost and the lowest ink near each column of pixels, inside the axes.
    const auto edge = [](const QImage& picture, int x, int from, int step) {
        int y = from;
        while (y > 20 && y < 270 && qGray(picture.pixel(x, y)) > 128)
            y += step;
        return y;
    };
    const auto near = [&edge](const QImage& picture, int x, int from, int step) {
        const auto [least, most] = std::minmax(
            {edge(picture, x - 1, from, step), edge(picture, x, from, step), edge(picture, x + 1, from, step)});
        return step > 0 ? least : most;
    };
    for (int x = 60; x < 460; ++x) {
        if (x % 100 < 3 || line.pixelColor(x, 40) != Qt::white)
            continue; // the grid
        for (const auto& [from, step] : {std::pair{30, 1}, {260, -1}}) {
            const int one = edge(line, x, from, step), other = edge(columns, x, from, step);
            QVERIFY2(step * (one - near(columns, x, from, step)) >= -2, qPrintable(QString::number(x)));
            QVERIFY2(step * (other - near(line, x, from, step)) >= -2, qPrintable(QString::number(x)));
        }
    }
}

void TestMetricChart::aLongSmoothCurveKeepsItsDashes()
{
    const std::unique_ptr<QCustomPlot> plot(plotOf(20000));
    auto* graph = new HistoryGraph(plot->xAxis, plot->yAxis);
    graph->append(noise(20000, 0));
    graph->setPen(QPen(Qt::red, 2, Qt::DashLine));
    const QImage picture = plot->toPixmap(500, 300).toImage();
    const int y = qRound(plot->yAxis->coordToPixel(2));
    int ink = 0, gaps = 0;
    for (int x = plot->axisRect()->left() + 5; x < plot->axisRect()->right() - 5; ++x) {
        const QColor colour = picture.pixelColor(x, y);
        (colour.red() > 200 && colour.green() < 100 ? ink : gaps)++;
    }
    QVERIFY2(ink > 150 && gaps > 80, qPrintable(QStringLiteral("%1 and %2").arg(ink).arg(gaps)));
}

void TestMetricChart::theChartWorksByKeyboard()
{
    auto history = std::make_shared<RunHistory>();
    for (int i = 1; i <= 100; ++i)
        history->add(step(i, i));
    MetricChart chart;
    chart.setMetric({QStringLiteral("loss"), QStringLiteral("loss")});
    chart.setCurves({{QStringLiteral("a"), history}});
    chart.show();
    const QCPRange all = chart.xAxis->range();
    QTest::keyClick(&chart, Qt::Key_Plus);
    QVERIFY(chart.xAxis->range().size() < all.size());
    const QCPRange near = chart.xAxis->range();
    QTest::keyClick(&chart, Qt::Key_Right);
    QVERIFY(chart.xAxis->range().lower > near.lower);
    chart.catchUp(); // new points do not move what a person has chosen
    QVERIFY(chart.xAxis->range().lower > near.lower);
    QTest::keyClick(&chart, Qt::Key_Home);
    QCOMPARE(chart.xAxis->range().size(), all.size());
}

QTEST_MAIN(TestMetricChart)
#include "test_metric_chart.moc"
