// SPDX-License-Identifier: GPL-3.0-or-later
// How curves of runs are smoothed, what their horizontal axis is, and what can be done with a chart.
#include "common/plot_numbers.h"
#include "common/plot_window.h"
#include "common/theme.h"
#include "runs/metric_chart.h"
#include "runs/settings_model.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QMenu>
#include <QSignalSpy>
#include <QSplitter>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QVBoxLayout>
#include <QtTest/QtTest>

#include <cmath>
#include <random>

using namespace hilo;

namespace {

/// An event of a log that began at noon.
RunEvent logged(const char* name, double second, Json fields = Json::object())
{
    fields["event"] = name;
    const auto whole = static_cast<int>(second);
    fields["t"] = QStringLiteral("2026-12-01T12:%1:%2.%3Z")
                      .arg(whole / 60, 2, 10, QLatin1Char('0'))
                      .arg(whole % 60, 2, 10, QLatin1Char('0'))
                      .arg(static_cast<int>(std::lround((second - whole) * 1000)), 3, 10, QLatin1Char('0'))
                      .toStdString();
    return readRunEvent(fields);
}

RunEvent step(double second, int number, double loss, double speed = 100)
{
    return logged("step", second, {{"step", number}, {"loss", loss}, {"tokens_per_second", speed}});
}

std::vector<double> smoothed(const Smoothing& smoothing, const std::vector<double>& values)
{
    Smoother smoother(smoothing);
    std::vector<double> found;
    for (const double value : values)
        found.push_back(smoother.add(value));
    return found;
}

} // namespace

class TestCurves : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void smoothingIsWhatItSays();
    void smoothingLeavesGapsAlone();
    void timeLeavesOutStopsAndPauses();
    void epochsAndTokensAreOfTheRun();
    void aRunThatDoesNotTellIsSaid();
    void theRawCurveStandsBehindEveryMetric();
    void aLogarithmicAxisLeavesOutWhatItCannotShow();
    void panningStopsAtTheFirstStep();
    void cursorsAreTold();
    void theCursorWorksByKeyboard();
    void aBandStandsAroundItsMean();
    void numbersAreWrittenWhole();
    void aChartIsCopiedAndSaved();
    void aChartStandsAloneAndReturns_data();
    void aChartStandsAloneAndReturns();
    void aLowChartShowsTheUnitAlone();
    void settingsAreSearched();
};

void TestCurves::smoothingIsWhatItSays()
{
    std::mt19937 random(3);
    std::normal_distribution<double> noise;
    std::vector<double> values;
    for (int i = 0; i < 60; ++i)
        values.push_back(noise(random));
    const double strength = 0.8; // a window of 9
    const Smoothing mean{Smoothing::Method::Mean, strength}, median{Smoothing::Method::Median, strength},
        exponential{Smoothing::Method::Exponential, strength};
    QCOMPARE(mean.window(), 9);
    const auto byMean = smoothed(mean, values), byMedian = smoothed(median, values),
               byExponential = smoothed(exponential, values);
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::vector<double> window(values.begin() + std::max<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(i) - 8),
                                   values.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        double sum = 0, weighted = 0, weights = 0;
        for (const double value : window)
            sum += value;
        for (std::size_t k = 0; k <= i; ++k) {
            weighted += std::pow(strength, static_cast<double>(k)) * values[i - k];
            weights += std::pow(strength, static_cast<double>(k));
        }
        std::sort(window.begin(), window.end());
        const std::size_t half = window.size() / 2;
        const double middle = window.size() % 2 == 1 ? window[half] : (window[half - 1] + window[half]) / 2;
        QVERIFY(std::abs(byMean[i] - sum / static_cast<double>(window.size())) < 1e-12);
        QVERIFY(std::abs(byMedian[i] - middle) < 1e-12);
        QVERIFY(std::abs(byExponential[i] - weighted / weights) < 1e-12);
    }
}

void TestCurves::smoothingLeavesGapsAlone()
{
    const double gap = std::nan("");
    for (const auto method : {Smoothing::Method::Exponential, Smoothing::Method::Mean, Smoothing::Method::Median}) {
        const auto found = smoothed({method, 0.5}, {gap, 2, gap, 2, 2});
        QVERIFY(std::isnan(found[0]));
        for (std::size_t i = 1; i < found.size(); ++i)
            QCOMPARE(found[i], 2.0);
    }
}

void TestCurves::timeLeavesOutStopsAndPauses()
{
    RunHistory history;
    history.add(logged("started", 0, {{"steps", 6}}));
    history.add(step(10, 1, 3));
    history.add(step(20, 2, 3));
    history.add(logged("paused", 22));
    history.add(logged("resumed", 100));
    history.add(step(108, 3, 3));
    history.add(logged("stopped", 110, {{"by", "word"}}));
    // The second part of the log comes later, as a page follows it.
    RunHistory later;
    later.add(logged("started", 1000, {{"steps", 6}, {"step", 3}}));
    later.add(step(1010, 4, 3));
    // Killed without a word, and taken up again from step 3: what is done again counts, the time between does not.
    later.add(logged("started", 2000, {{"steps", 6}, {"step", 3}}));
    later.add(step(2010, 4, 3));
    later.add(step(2020, 5, 3));
    history.append(later);
    StepPlaces places(StepAxis::Time);
    places.update(history);
    QVERIFY(places.isKnown());
    QCOMPARE(history.steps.size(), 5);
    // 10, 20, 22 + 8, then 2 to the stop; the killed part is not known to be work.
    const double expected[] = {10, 20, 30, 42, 52};
    for (qsizetype i = 0; i < history.steps.size(); ++i)
        QVERIFY2(std::abs(places.at(history, i) - expected[i]) < 1e-6,
                 qPrintable(QString::number(places.at(history, i))));
    QCOMPARE(places.of(history, 1.5), 15.0);
}

void TestCurves::epochsAndTokensAreOfTheRun()
{
    auto history = std::make_shared<RunHistory>();
    history->add(logged("started", 0, {{"steps", 8}}));
    history->stepsPerEpoch = 4;
    double second = 0;
    for (int i = 1; i <= 8; ++i) {
        second += i == 5 ? 60 : 2; // measuring between two steps is no training
        history->add(step(second, i, 1, 50));
    }
    StepPlaces epochs(StepAxis::Epoch), tokens(StepAxis::Tokens);
    epochs.update(*history);
    tokens.update(*history);
    QCOMPARE(epochs.at(*history, 3), 1.0);
    QCOMPARE(epochs.end(*history), 2.0);
    QCOMPARE(tokens.at(*history, 7), 8 * 100.0);
    MetricChart chart;
    chart.setMetric({QStringLiteral("loss"), QStringLiteral("loss")});
    chart.setCurves({{QStringLiteral("a"), history}});
    chart.setStepAxis(StepAxis::Epoch);
    QCOMPARE(chart.graph(1)->data()->at(7)->key, 2.0);
    QVERIFY(chart.xAxis->range().upper < 2.2);
    QVERIFY(chart.unplaced().isEmpty());
}

void TestCurves::aRunThatDoesNotTellIsSaid()
{
    auto silent = std::make_shared<RunHistory>();
    silent->add(readRunEvent({{"event", "step"}, {"step", 1}, {"loss", 2}}));
    silent->add(readRunEvent({{"event", "step"}, {"step", 2}, {"loss", 2}}));
    MetricChart chart;
    chart.setMetric({QStringLiteral("loss"), QStringLiteral("loss")});
    chart.setCurves({{QStringLiteral("silent"), silent}});
    for (const StepAxis axis : {StepAxis::Time, StepAxis::Epoch, StepAxis::Tokens}) {
        chart.setStepAxis(axis);
        QCOMPARE(chart.unplaced(), QStringList{QStringLiteral("silent")});
        QCOMPARE(chart.pointCount(0), 0);
        chart.grab();
    }
    chart.setStepAxis(StepAxis::Step);
    QCOMPARE(chart.pointCount(0), 2);
    QVERIFY(chart.unplaced().isEmpty());
}

void TestCurves::theRawCurveStandsBehindEveryMetric()
{
    auto history = std::make_shared<RunHistory>();
    for (int i = 1; i <= 20; ++i)
        history->add(step(i, i, i % 2, 100 + i % 2));
    MetricChart chart;
    chart.setMetric({QStringLiteral("tokens_per_second"), QStringLiteral("speed")});
    chart.setCurves({{QStringLiteral("a"), history}});
    chart.setSmoothing({Smoothing::Method::Median, 0.5});
    QCOMPARE(chart.graph(0)->dataCount(), 20);
    QCOMPARE(chart.graph(0)->data()->at(4)->value, 101.0);
    QVERIFY(chart.graph(0)->pen().color().alpha() < chart.graph(1)->pen().color().alpha());
    chart.setSmoothing({Smoothing::Method::None, 0.5});
    QCOMPARE(chart.graph(0)->dataCount(), 0);
}

void TestCurves::aLogarithmicAxisLeavesOutWhatItCannotShow()
{
    auto history = std::make_shared<RunHistory>();
    const double values[] = {0, -1, 0.01, 10};
    for (int i = 0; i < 4; ++i)
        history->add(step(i + 1, i + 1, values[i]));
    MetricChart chart;
    chart.setSmoothing({Smoothing::Method::None, 0});
    chart.setMetric({QStringLiteral("loss"), QStringLiteral("loss")});
    chart.setCurves({{QStringLiteral("a"), history}});
    chart.setFocus();
    QTest::keyClick(&chart, Qt::Key_L);
    QVERIFY(chart.isLogarithmic(Qt::Vertical));
    QVERIFY(std::isnan(chart.graph(1)->data()->at(0)->value));
    QVERIFY(std::isnan(chart.graph(1)->data()->at(1)->value));
    QVERIFY(chart.yAxis->range().lower > 0 && chart.yAxis->range().lower <= 0.01);
    QVERIFY(chart.yAxis->range().upper >= 10);
    QTest::keyClick(&chart, Qt::Key_L, Qt::ShiftModifier);
    QVERIFY(chart.isLogarithmic(Qt::Horizontal));
    QVERIFY(chart.xAxis->range().lower > 0);
    chart.grab();
    QTest::keyClick(&chart, Qt::Key_L);
    QVERIFY(!chart.isLogarithmic(Qt::Vertical));
    QCOMPARE(chart.graph(1)->data()->at(1)->value, -1.0);
}

/// There is nothing before the first step and nothing behind the last.
void TestCurves::panningStopsAtTheFirstStep()
{
    auto history = std::make_shared<RunHistory>();
    for (int i = 1; i <= 100; ++i)
        history->add(step(i, i, 1));
    MetricChart chart;
    chart.setMetric({QStringLiteral("loss"), QStringLiteral("loss")});
    chart.setCurves({{QStringLiteral("a"), history}});
    chart.resize(500, 300);
    for (const bool logarithmic : {false, true}) {
        chart.setLogarithmic(Qt::Horizontal, logarithmic);
        chart.xAxis->setRange(20, 40);
        for (int i = 0; i < 60; ++i)
            QTest::keyClick(&chart, Qt::Key_Left);
        QVERIFY2(chart.xAxis->range().lower >= 0, qPrintable(QString::number(chart.xAxis->range().lower)));
        QVERIFY(chart.xAxis->range().lower < 2);
        for (int i = 0; i < 60; ++i)
            QTest::keyClick(&chart, Qt::Key_Right);
        QVERIFY(chart.xAxis->range().upper <= 103.5);
        for (int i = 0; i < 40; ++i)
            QTest::keyClick(&chart, Qt::Key_Minus);
        QVERIFY(chart.xAxis->range().lower >= 0 && chart.xAxis->range().upper <= 103.5);
    }
}

void TestCurves::cursorsAreTold()
{
    auto history = std::make_shared<RunHistory>();
    for (int i = 1; i <= 10; ++i)
        history->add(step(i, i, i));
    MetricChart first, second;
    for (MetricChart* chart : {&first, &second}) {
        chart->setSmoothing({Smoothing::Method::None, 0});
        chart->setMetric({QStringLiteral("loss"), QStringLiteral("loss")});
        chart->setCurves({{QStringLiteral("a"), history}});
        chart->resize(500, 300);
        chart->show();
        chart->replot();
    }
    connect(&first, &MetricChart::cursorMoved, &second, &MetricChart::setCursor);
    const QRect area = first.axisRect()->rect();
    const int x = qRound(first.xAxis->coordToPixel(4));
    const auto point = [&first](const QPoint& place) {
        QMouseEvent move(QEvent::MouseMove, place, first.mapToGlobal(place), Qt::NoButton, Qt::NoButton, {});
        QApplication::sendEvent(&first, &move);
    };
    point(QPoint(x, area.center().y()));
    QVERIFY(second.cursor().has_value());
    QVERIFY(std::abs(*second.cursor() - 4) < 0.1);
    QCOMPARE(second.valuesAt(*second.cursor()), QStringList{QStringLiteral("step 4: 4.00")});
    point(QPoint(1, 1));
    QVERIFY(!second.cursor().has_value());
    point(QPoint(x, area.center().y()));
    QVERIFY(second.cursor().has_value());
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(&first, &leave);
    QVERIFY(!second.cursor().has_value());
}

void TestCurves::theCursorWorksByKeyboard()
{
    auto history = std::make_shared<RunHistory>();
    for (int i = 10; i <= 100; i += 10)
        history->add(step(i, i, i));
    MetricChart chart;
    chart.setSmoothing({Smoothing::Method::None, 0});
    chart.setMetric({QStringLiteral("loss"), QStringLiteral("loss")});
    chart.setCurves({{QStringLiteral("a"), history}});
    chart.resize(500, 300);
    QSignalSpy moved(&chart, &MetricChart::cursorMoved);
    QTest::keyClick(&chart, Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(&chart, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(moved.count(), 2);
    QCOMPARE(chart.cursor().value_or(0), 20.0);
    QTest::keyClick(&chart, Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(chart.cursor().value_or(0), 10.0);
    QVERIFY(chart.accessibleDescription().contains(QStringLiteral("step 10: 10.0")));
    QTest::keyClick(&chart, Qt::Key_Escape);
    QVERIFY(!chart.cursor().has_value());
}

void TestCurves::aBandStandsAroundItsMean()
{
    auto mean = std::make_shared<RunHistory>();
    for (int i = 1; i <= 5; ++i) {
        mean->steps << i;
        mean->metrics["loss"] << 2;
        mean->metrics[std::string("loss") + RunHistory::lowEnd] << 2 - i;
        mean->metrics[std::string("loss") + RunHistory::highEnd] << 2 + i;
    }
    MetricChart chart;
    chart.setSmoothing({Smoothing::Method::None, 0});
    chart.setMetric({QStringLiteral("loss"), QStringLiteral("loss")});
    chart.setCurves({{QStringLiteral("mean"), mean}});
    QVERIFY(chart.yAxis->range().contains(-3) && chart.yAxis->range().contains(7));
    bool filled = false;
    for (int i = 0; i < chart.graphCount(); ++i)
        filled = filled || (chart.graph(i)->channelFillGraph() && chart.graph(i)->dataCount() == 5);
    QVERIFY(filled);
    chart.setLogarithmic(Qt::Vertical, true);
    chart.grab();
}

void TestCurves::numbersAreWrittenWhole()
{
    Plot plot;
    plot.setAxisTitles(QStringLiteral("step, logged"), QStringLiteral("loss"));
    auto* graph = plot.addGraph();
    graph->setName(QStringLiteral("a \"b\""));
    graph->setData({1, 2, 3}, {0.1, std::nan(""), 1.0 / 3}, true);
    auto* bars = new QCPErrorBars(plot.xAxis, plot.yAxis);
    bars->setDataPlottable(graph);
    bars->setData({0.1, 0, 0}, {0.2, 0, 0});
    const QString text = QString::fromUtf8(plotNumbers(plot));
    const QStringList lines = text.split(QLatin1Char('\n'));
    QCOMPARE(lines[0], QStringLiteral("curve,\"step, logged\",loss,low,high"));
    QCOMPARE(lines[1], QStringLiteral("\"a \"\"b\"\"\",1,0.1,0,") + QString::number(0.1 + 0.2, 'g', 17));
    QCOMPARE(lines[2].section(QLatin1Char(','), -3), QStringLiteral(",,"));
    QVERIFY(lines[3].contains(QStringLiteral("0.3333333333333333")));
}

void TestCurves::aChartIsCopiedAndSaved()
{
    QTemporaryDir folder;
    auto history = std::make_shared<RunHistory>();
    for (int i = 1; i <= 5; ++i)
        history->add(step(i, i, i));
    MetricChart chart;
    chart.setMetric({QStringLiteral("loss"), QStringLiteral("loss")});
    chart.setCurves({{QStringLiteral("a"), history}});
    chart.resize(400, 250);
    for (const char* ending : {"png", "svg", "pdf", "csv"}) {
        const QString file = folder.filePath(QStringLiteral("chart.") + QString::fromLatin1(ending));
        QVERIFY(chart.save(file));
        QVERIFY(QFileInfo(file).size() > 50);
    }
    QVERIFY(!chart.save(folder.filePath(QStringLiteral("none/chart.csv"))));
    QVERIFY(!chart.save(folder.filePath(QStringLiteral("chart.doc"))));
    QSignalSpy said(&chart, &Plot::said);
    QTest::keyClick(&chart, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(said.count(), 1);
    QCOMPARE(QGuiApplication::clipboard()->pixmap().width(), 800);
    chart.copyNumbers();
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("curve,step,loss\n")));
    QMenu menu;
    static_cast<Plot&>(chart).fillMenu(menu);
    QStringList entries;
    for (const QAction* action : menu.actions())
        entries << action->text();
    for (const char* wanted : {"Full screen", "Copy picture", "Copy numbers", "Save…", "Logarithmic vertical axis"})
        QVERIFY2(entries.contains(QString::fromUtf8(wanted)), wanted);
}

void TestCurves::aChartStandsAloneAndReturns_data()
{
    QTest::addColumn<QString>("place");
    for (const char* place : {"box", "grid", "stack", "splitter"})
        QTest::newRow(place) << QString::fromLatin1(place);
}

void TestCurves::aChartStandsAloneAndReturns()
{
    QFETCH(QString, place);
    QWidget window;
    auto* layout = new QVBoxLayout(&window);
    QWidget* holder = nullptr;
    auto* chart = new MetricChart;
    if (place == QLatin1String("stack")) {
        auto* stack = new QStackedWidget;
        stack->addWidget(new QWidget);
        stack->addWidget(chart);
        stack->setCurrentIndex(1);
        holder = stack;
    } else if (place == QLatin1String("splitter")) {
        auto* splitter = new QSplitter;
        splitter->addWidget(new QWidget);
        splitter->addWidget(chart);
        holder = splitter;
    } else {
        holder = new QWidget;
        if (place == QLatin1String("box")) {
            (new QVBoxLayout(holder))->addWidget(chart);
        } else {
            auto* grid = new QGridLayout(holder);
            grid->addWidget(chart, 1, 1, 1, 2);
        }
    }
    layout->addWidget(holder);
    window.resize(400, 300);
    window.show();
    QWidget* before = chart->parentWidget();
    QTest::keyClick(chart, Qt::Key_F);
    QVERIFY(PlotWindow::holds(*chart));
    QVERIFY(chart->isVisible());
    QTest::keyClick(chart, Qt::Key_F);
    QTRY_VERIFY(!PlotWindow::holds(*chart));
    QCOMPARE(chart->parentWidget(), before);
    QVERIFY(chart->isVisible());
    QTest::keyClick(chart, Qt::Key_F);
    QTest::keyClick(chart->window(), Qt::Key_Escape);
    QTRY_COMPARE(chart->parentWidget(), before);
}

/// "Genauigkeit (%)" was cut at both ends.
void TestCurves::aLowChartShowsTheUnitAlone()
{
    MetricChart chart;
    const QString title = QStringLiteral("Accuracy of the very long words (%)");
    chart.setMetric({{}, title, false, 1, QStringLiteral("accuracy"), 100});
    for (const auto& [height, shown] :
         {std::pair{120, QStringLiteral("%")}, {900, title}, {120, QStringLiteral("%")}}) {
        chart.resize(400, height);
        chart.show();
        QTRY_COMPARE(chart.yAxis->label(), shown);
        QVERIFY(QFontMetrics(chart.yAxis->labelFont()).horizontalAdvance(shown) <= chart.axisRect()->height());
    }
}

void TestCurves::settingsAreSearched()
{
    SettingsModel model;
    const QAbstractItemModelTester tester(&model);
    Setting rate{"training.learning_rate", 0.0003, {}}, name{"name", {}, std::string("first")};
    model.setSettings({name, rate});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.valueOf(QStringLiteral("training.learning_rate")), QStringLiteral("0.0003"));
    model.setFilter(QStringLiteral("RATE train"));
    QCOMPARE(model.rowCount(), 1);
    model.setFilter(QStringLiteral("first"));
    QCOMPARE(model.data(model.index(0, SettingsModel::Value), Qt::DisplayRole).toString(), QStringLiteral("first"));
    model.setFilter(QStringLiteral("nothing"));
    QCOMPARE(model.rowCount(), 0);
    model.setFilter({});
    model.setSettings({});
    QCOMPARE(model.rowCount(), 0);
}

QTEST_MAIN(TestCurves)
#include "test_curves.moc"
