// SPDX-License-Identifier: GPL-3.0-or-later
// What the page Runs shows of a run of several tasks: losses, metrics, the chosen step, the result, expert loads.
#include "page_fixture.h"
#include "pages/runs_page.h"
#include "runs/expert_load_view.h"
#include "runs/metric_chart.h"
#include "runs/run_charts.h"
#include "runs/run_list_model.h"
#include "runs/run_list_view.h"
#include "runs/task_result_model.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QtTest/QtTest>

using namespace hilo;
using testing::runDocument;

namespace {

constexpr int patience = 60000; ///< milliseconds; never waited for when all is well

}

class TestRunMeasures : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void cleanup();
    void everythingThatWasMeasuredIsShown();

  private:
    void addRun(const std::string& id, const std::string& name) { fixture_->project.addRun(id, runDocument(name)); }
    void choose(const QString& id);

    std::unique_ptr<PageFixture> fixture_;
    std::unique_ptr<RunsPage> page_;
    std::unique_ptr<QWidget> inspectorWindow_;
};

void TestRunMeasures::init()
{
    fixture_ = std::make_unique<PageFixture>();
    page_ = std::make_unique<RunsPage>(fixture_->context);
    page_->resize(1200, 800);
    page_->show();
    inspectorWindow_.reset(page_->inspector());
}

void TestRunMeasures::cleanup()
{
    inspectorWindow_.reset();
    page_.reset();
    fixture_.reset();
}

void TestRunMeasures::choose(const QString& id)
{
    QTRY_VERIFY_WITH_TIMEOUT(page_->model().rowOf(id) >= 0, patience);
    page_->list().selectRun(id);
}

void TestRunMeasures::everythingThatWasMeasuredIsShown()
{
    using testing::eventLine;
    using testing::stepLine;
    addRun("tasks", "tasks");
    std::string log = eventLine("started", {{"steps", 4}}) + "\n";
    const auto evaluate = [&log](int step, const char* task, const Json& score) {
        Json fields = {{"step", step}, {"task", task}, {"split", "validation"}, {"protocol", "auto"}};
        fields.update(score);
        log += eventLine("evaluation", fields) + "\n";
    };
    for (int step = 1; step <= 4; ++step) {
        log += stepLine(step, 2.0 / step) + "\n";
        evaluate(step, "cola", {{"loss", 1.0 / step}, {"metrics", {{"matthews", 0.1 * step}}}});
        evaluate(step, "mrpc", {{"loss", 3.0 / step}, {"accuracy", 0.2 * step}});
    }
    const auto module = [](double first) {
        return Json::array({{{"layer", 0}, {"module", "q_proj"}, {"load", {first, 1 - first}}}});
    };
    log += eventLine("routing",
                     {{"step", 4},
                      {"modules", module(0.5)},
                      {"tasks", {{"cola", {{"modules", module(0.9)}}}, {"mrpc", {{"modules", module(0.1)}}}}}}) +
           "\n";
    evaluate(4, "cola", {{"split", "test"}, {"final", true}, {"loss", 0.3}, {"metrics", {{"matthews", 0.45}}}});
    evaluate(4, "mrpc",
             {{"split", "test"}, {"final", true}, {"loss", 0.9}, {"accuracy", 0.75}, {"interval", {0.7, 0.8}}});
    log += eventLine("finished", {{"step", 4}, {"selected_step", 3}}) + "\n";
    testing::appendText(fixture_->project.folder("tasks") / "events.ndjson", log);
    fixture_->open();
    choose(QStringLiteral("tasks"));
    RunCharts& charts = page_->charts();
    QTRY_COMPARE_WITH_TIMEOUT(charts.measureBox().count(), 3, patience);
    // Training and validation in one chart, of both tasks and both splits, with the chosen step.
    MetricChart& loss = charts.chart(QStringLiteral("loss"));
    QTRY_COMPARE_WITH_TIMEOUT(loss.pointCount(0), 4, patience);
    QCOMPARE(loss.marks(0).pointCount(), 10);
    QCOMPARE(loss.marks(0).names().size(), 4);
    QCOMPARE(loss.itemCount(), 2);
    MetricChart& measured = charts.chart(QStringLiteral("measure"));
    for (const auto& [metric, points] : {std::pair{"accuracy", 5}, {"loss", 10}, {"matthews", 5}}) {
        charts.measureBox().setCurrentIndex(charts.measureBox().findData(QString::fromLatin1(metric)));
        QCOMPARE(measured.pointCount(0), points);
    }
    // The result, by task, with its mean.
    TaskResultModel& result = charts.result();
    QAbstractItemModelTester tester(&result, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_COMPARE_WITH_TIMEOUT(result.rowCount(), 3, patience);
    QCOMPARE(result.columnCount(), 4);
    QCOMPARE(result.index(1, 1).data().toString(), QStringLiteral("75.0 ± 5.0"));
    QCOMPARE(result.index(0, 1).data().toString(), QStringLiteral("–"));
    QCOMPARE(result.index(2, 2).data().toString(), QStringLiteral("0.6000"));
    QVERIFY(result.index(2, 1).data(Qt::ToolTipRole).toString().contains(QLatin1Char('1')));
    // Which expert serves which task.
    QVERIFY(charts.loadTaskBox().isVisible());
    QCOMPARE(charts.loadTaskBox().count(), 3);
    charts.loadTaskBox().setCurrentIndex(1);
    QVERIFY(charts.loads().describe(0, 0).contains(QStringLiteral("90.0 %")));
    charts.loadTaskBox().setCurrentIndex(0);
    QVERIFY(charts.loads().describe(0, 0).contains(QStringLiteral("50.0 %")));
    const QStringList unnamed = unnamedControls(*page_);
    QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(QStringLiteral("; "))));
    // Another run shows nothing of this one.
    addRun("other", "other");
    choose(QStringLiteral("other"));
    QTRY_COMPARE_WITH_TIMEOUT(result.rowCount(), 0, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!charts.loadTaskBox().isVisible(), patience);
    // As narrow as the page may be (the window folds the inspector before that) no chart or legend is cut at the side.
    page_->resize(page_->minimumSizeHint());
    QTest::qWait(100);
    const QWidget* viewport = charts.parentWidget();
    QVERIFY2(charts.width() <= viewport->width(),
             qPrintable(QStringLiteral("%1 of %2").arg(viewport->width()).arg(charts.width())));
}

QTEST_MAIN(TestRunMeasures)
#include "test_run_measures.moc"
