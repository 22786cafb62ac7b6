// SPDX-License-Identifier: GPL-3.0-or-later
// How long the interface thread of the workbench does not come round: with 10,000 runs in the store, a live run at 50
// events/s, a study of 500 runs, a chart of 1,000,000 points. Prints the longest time between two rounds of the event
// loop, by the clock and by the processor time of that thread (which a busy machine does not lengthen).
//   QT_QPA_PLATFORM=offscreen workbench_bench [runs [slow]]
// runs: 10,000 unless given; 0 measures the charts alone. slow: names what came in each round that took the processor
// for more milliseconds than this.
#include "base/file_lock.h"
#include "compare/compare_table_view.h"
#include "compare/comparison_chart.h"
#include "gui/runs/page_fixture.h"
#include "pages/compare_page.h"
#include "pages/runs_page.h"
#include "pages/study_page.h"
#include "run/event_time.h"
#include "run/event_writer.h"
#include "runs/metric_chart.h"
#include "runs/run_charts.h"
#include "runs/run_list_view.h"
#include "study/study_charts.h"
#include "study/study_matrix.h"
#include "study/study_model.h"

#include <QApplication>
#include <QCheckBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMetaEnum>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTableView>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <random>
#include <thread>

using namespace hilo;

namespace {

double processorSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// An application that remembers what came since the last round of its event loop, with the processor's milliseconds.
class NamedEvents : public QApplication
{
  public:
    NamedEvents(int& argc, char** argv, double slow) : QApplication(argc, argv), slow_(slow) {}

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (slow_ <= 0 || receiver->thread() != thread() || depth_ > 0)
            return QApplication::notify(receiver, event);
        const char* type = QMetaEnum::fromType<QEvent::Type>().valueToKey(event->type());
        std::string name = std::string(type ? type : "event") + " to ";
        for (const QObject* object = receiver; object; object = object->parent())
            name += std::string(object == receiver ? "" : " of ") + object->metaObject()->className();
        ++depth_;
        const double before = processorSeconds();
        const bool result = QApplication::notify(receiver, event);
        const double took = (processorSeconds() - before) * 1e3;
        --depth_;
        if (took > 1)
            events_.emplace_back(took, name);
        return result;
    }

    /// A round ended that took so many milliseconds.
    void tell(double milliseconds)
    {
        if (slow_ > 0 && milliseconds > slow_) {
            std::printf("    %.1f ms:\n", milliseconds);
            for (const auto& [took, name] : events_)
                std::printf("      %6.1f ms %s\n", took, name.c_str());
        }
        events_.clear();
    }

  private:
    double slow_;
    int depth_ = 0;
    std::vector<std::pair<double, std::string>> events_;
};

/// Longest time between two rounds of the event loop.
class Rounds : public QObject
{
  public:
    explicit Rounds(NamedEvents& events) : events_(events)
    {
        connect(&timer_, &QTimer::timeout, this, &Rounds::round);
        reset();
        timer_.start(0);
    }
    void reset()
    {
        longest_ = longestProcessor_ = 0;
        clock_.start();
        processor_ = processorSeconds();
    }
    double longest() const { return longest_; }
    double longestProcessor() const { return longestProcessor_; }

  private:
    void round()
    {
        longest_ = std::max(longest_, static_cast<double>(clock_.nsecsElapsed()) * 1e-6);
        clock_.start();
        const double now = processorSeconds();
        longestProcessor_ = std::max(longestProcessor_, (now - processor_) * 1e3);
        events_.tell((now - processor_) * 1e3);
        processor_ = processorSeconds();
    }
    NamedEvents& events_;
    QTimer timer_;
    QElapsedTimer clock_;
    double processor_ = 0, longest_ = 0, longestProcessor_ = 0;
};

void pass(int milliseconds)
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < milliseconds)
        QApplication::processEvents(QEventLoop::AllEvents, 5);
}

template <class Condition>
bool passUntil(Condition condition, int seconds)
{
    QElapsedTimer clock;
    clock.start();
    while (!condition() && clock.elapsed() < seconds * 1000)
        QApplication::processEvents(QEventLoop::AllEvents, 5);
    return condition();
}

void report(const char* what, Rounds& rounds, const QElapsedTimer& total)
{
    std::printf("| %-58s | %8.1f | %8.1f | %7.2f |\n", what, rounds.longest(), rounds.longestProcessor(),
                static_cast<double>(total.elapsed()) / 1000);
    std::fflush(stdout);
}

template <class Work>
void measure(const char* what, Rounds& rounds, Work work)
{
    pass(100);
    rounds.reset();
    QElapsedTimer total;
    total.start();
    work();
    pass(300);
    report(what, rounds, total);
}

void addRuns(testing::ProjectFixture& project, int count)
{
    std::mt19937 random(1);
    std::normal_distribution<double> noise(0, 0.01);
    const char* strategies[] = {"hilo", "mola", "alphalora", "balanced", "lora", "uniform"};
    for (int i = 0; i < count; ++i) {
        const int kind = i % 6, size = i / 6 % 40, seed = i / 240;
        const std::string name = std::string(strategies[kind]) + "-" + std::to_string(size);
        Json document = testing::runDocument(name, {{"seed", seed}}, {2 + size, 3}, strategies[kind]);
        project.addFinishedRun(name + "-" + std::to_string(seed), document,
                               0.6 + 0.05 * kind + 0.004 * size + noise(random), 100000LL * (size + 1) + 7777 * kind,
                               3);
    }
}

void measureStore(int count, Rounds& rounds)
{
    PageFixture fixture;
    addRuns(fixture.project, count);
    REQUIRE_OK(fixture.project.store().scan());
    RunsPage runs(fixture.context);
    ComparePage compare(fixture.context);
    for (QWidget* window : std::initializer_list<QWidget*>{&runs, runs.inspector()}) {
        window->resize(1200, 800);
        window->show();
    }
    measure("runs: open a project of the store above", rounds, [&] {
        fixture.open();
        passUntil([&] { return runs.model().rowCount() == count; }, 120);
    });
    measure("runs: type a search, letter by letter", rounds, [&] {
        auto* search = runs.findChild<QLineEdit*>();
        for (const char letter : {'h', 'i', 'l', 'o', '-', '1'}) {
            search->setText(search->text() + QLatin1Char(letter));
            pass(30);
        }
        search->clear();
    });
    measure("runs: scroll through the whole list", rounds, [&] {
        QScrollBar* bar = runs.list().verticalScrollBar();
        for (int i = 0; i <= 50; ++i) {
            bar->setValue(bar->maximum() * i / 50);
            pass(10);
        }
    });
    measure("runs: walk through 20 runs", rounds, [&] {
        for (int row = 0; row < 20; ++row) {
            runs.list().setCurrentIndex(runs.model().index(row * 7));
            pass(60);
        }
    });

    // A live run among them.
    fixture.project.addRun("live", testing::runDocument("live"));
    std::atomic<bool> stop = false;
    std::thread writer([&] {
        const auto lock = REQUIRE_OK(FileLock::tryAcquire(runLockFile(fixture.project.folder("live"))));
        EventWriter events = REQUIRE_OK(EventWriter::open(fixture.project.folder("live") / "events.ndjson"));
        REQUIRE_OK(events.write("started", {{"step", 0}, {"steps", 100000}}));
        auto next = std::chrono::steady_clock::now();
        for (int step = 1; !stop; ++step) {
            REQUIRE_OK(events.write("step", {{"step", step},
                                             {"loss", 2.0 / std::sqrt(step)},
                                             {"lr", 0.001},
                                             {"grad_norm", 1.0},
                                             {"tokens_per_second", 4000.0},
                                             {"memory_bytes", 1 << 30},
                                             {"mfu", 0.4}}));
            next += std::chrono::milliseconds(20);
            std::this_thread::sleep_until(next);
        }
    });
    measure("runs: follow a live run of 50 events/s for 15 s", rounds, [&] {
        passUntil([&] { return runs.model().rowOf(QStringLiteral("live")) >= 0; }, 60);
        runs.list().selectRun(QStringLiteral("live"));
        pass(15000);
    });
    std::printf("  (%lld of its points were drawn)\n",
                static_cast<long long>(runs.charts().chart(QStringLiteral("loss")).pointCount(0)));
    runs.hide();
    runs.inspector()->hide();
    for (QWidget* window : std::initializer_list<QWidget*>{&compare, compare.inspector()})
        window->resize(1200, 800);
    measure("compare: show all runs, grouped by seeds (live run goes on)", rounds, [&] {
        compare.show();
        compare.inspector()->show();
        compare.shown();
        passUntil([&] { return compare.model().rowCount() > 0 && !compare.isBusy(); }, 60);
    });
    measure("compare: show each run by itself", rounds, [&] {
        compare.findChild<QCheckBox*>()->click();
        passUntil([&] { return compare.model().rowCount() > count / 2 && !compare.isBusy(); }, 60);
    });
    measure("compare: filter by an expression", rounds, [&] {
        compare.filter().setText(QStringLiteral("accuracy > 0.7 and map.strategy.name = hilo"));
        pass(2000);
        compare.filter().clear();
        pass(2500);
    });
    measure("compare: sort four columns", rounds, [&] {
        for (const int column :
             {CompareModel::Trainable, CompareModel::Name, CompareModel::Difference, CompareModel::Value}) {
            compare.table().sortByColumn(column, Qt::AscendingOrder);
            pass(100);
        }
    });
    measure("compare: select 20 rows one after the other, pin one", rounds, [&] {
        for (int row = 0; row < 20; ++row) {
            compare.table().selectRow(row * 11);
            pass(60);
        }
        compare.pin(compare.model().index(3, 0).data(CompareModel::IdRole).toString());
        pass(500);
    });
    measure("compare: hover over the chart, zoom and move it", rounds, [&] {
        ComparisonChart& chart = compare.chart();
        for (int i = 0; i < 60; ++i) {
            QMouseEvent move(QEvent::MouseMove, QPointF(100 + i * 10, 100 + i * 3), QPointF(), Qt::NoButton,
                             Qt::NoButton, Qt::NoModifier);
            QApplication::sendEvent(&chart, &move);
            pass(10);
        }
        for (int i = 0; i < 10; ++i) {
            chart.yAxis->scaleRange(0.9);
            chart.replotLater();
            pass(30);
        }
    });
    stop = true;
    writer.join();
}

/// 25 allocations on 5 tasks with 20 seeds, a joint run each: 500 runs, with what they did on 1,000 test rows of each
/// task, which the page reads as any study's.
Result<StudyAnswer> largeStudy(bool isWhole)
{
    constexpr std::size_t rows = 1000;
    StudyObservations all;
    all.name = "large";
    all.joint = true;
    for (int task = 0; task < 5; ++task)
        all.tasks.push_back({"task " + std::to_string(task), {"accuracy", "task " + std::to_string(task)}});
    for (int seed = 0; seed < 20; ++seed)
        all.seeds.push_back(seed);
    std::mt19937 random(1);
    std::normal_distribution<double> noise(0, 0.01);
    StudyAnswer answer;
    for (std::size_t i = 0; i < 25; ++i) {
        all.allocations.push_back(
            {"allocation " + std::to_string(i), {}, static_cast<std::int64_t>(20000 + 5000 * i), 20000, 16, 0.001, 2});
        for (const std::int64_t seed : all.seeds) {
            const std::string run = "run-" + std::to_string(i) + "-" + std::to_string(seed);
            answer.runs << QString::fromStdString(run);
            for (std::size_t task = 0; task < 5; ++task) {
                const double wanted = 0.6 + 0.005 * static_cast<double>(i) + noise(random);
                const auto right = static_cast<std::size_t>(std::lround(wanted * rows));
                std::vector<bool> answers(rows, false);
                std::fill_n(answers.begin(), right, true);
                std::shuffle(answers.begin(), answers.end(), random);
                all.values.push_back({i, task, seed, static_cast<double>(right) / rows, run, std::move(answers)});
            }
        }
    }
    all.expectedRuns = 500;
    auto view = std::make_shared<StudyView>();
    view->isWhole = isWhole;
    if (isWhole) {
        HILO_TRY(view->summary, summarise(all));
    } else {
        view->summary = meansOf(all);
    }
    view->observations = std::move(all);
    answer.name = QStringLiteral("large");
    answer.names << answer.name;
    answer.view = std::move(view);
    return answer;
}

void measureStudy(Rounds& rounds)
{
    PageFixture fixture;
    fixture.open();
    StudyPage page(fixture.context);
    page.setReader([](const std::string&, const std::string&) { return largeStudy(true); });
    page.setGlance([](const std::string&, const std::string&) { return largeStudy(false); });
    page.resize(1200, 800);
    measure("study: open 500 runs, until their means are there", rounds, [&] {
        page.show();
        page.shown();
        passUntil([&] { return page.model().rowCount() > 0; }, 60);
    });
    measure("study: until their intervals are there", rounds, [&] { passUntil([&] { return !page.isBusy(); }, 60); });
    measure("study: walk through the matrix", rounds, [&] {
        for (int row = 0; row < page.model().rowCount(); ++row)
            for (int column = 0; column < page.model().columnCount(); ++column) {
                page.matrix().setCurrentIndex(page.model().index(row, column));
                pass(2);
            }
    });
    measure("study: mean ranks, experts, values", rounds, [&] {
        for (const int tab : {1, 2, 0}) {
            page.charts().showTab(tab);
            pass(200);
        }
    });
}

void measureChart(Rounds& rounds)
{
    constexpr int points = 1000000;
    auto history = std::make_shared<RunHistory>();
    std::mt19937 random(1);
    std::normal_distribution<double> noise(0, 0.1);
    for (const char* metric : {"loss", "lr", "grad_norm", "tokens_per_second", "memory_bytes", "mfu"})
        history->metrics[metric].reserve(points);
    for (int step = 1; step <= points; ++step) {
        history->steps << step;
        for (const char* metric : {"loss", "lr", "grad_norm", "tokens_per_second", "memory_bytes", "mfu"})
            history->metrics[metric] << 2 / std::sqrt(1 + step * 1e-4) + noise(random);
    }
    RunCharts charts;
    charts.resize(1000, 800);
    charts.show();
    pass(200);
    measure("six live charts: take a history of 1,000,000 points", rounds, [&] {
        charts.setHistory(history);
        passUntil(
            [&] {
                return !charts.chart(QStringLiteral("memory_bytes")).isBehind() &&
                       !charts.chart(QStringLiteral("loss")).isBehind();
            },
            120);
    });
    measure("six live charts: 5 updates a second for 5 s", rounds, [&] {
        for (int i = 0; i < 25; ++i) {
            for (int k = 0; k < 10; ++k)
                history->add(readRunEvent({{"event", "step"}, {"step", points + i * 10 + k + 1}, {"loss", 0.1}}));
            charts.setHistory(history);
            pass(200);
        }
    });
    measure("one of them: zoom in and move", rounds, [&] {
        MetricChart& chart = charts.chart(QStringLiteral("loss"));
        for (int i = 0; i < 30; ++i) {
            chart.xAxis->scaleRange(i < 15 ? 0.8 : 1.2);
            chart.replotLater();
            pass(20);
        }
    });
}

} // namespace

int main(int argc, char** argv)
{
    NamedEvents application(argc, argv, argc > 2 ? std::atof(argv[2]) : 0);
    const int count = argc > 1 ? std::atoi(argv[1]) : 10000;
    std::printf(
        "Store of %d runs\n\n| what | longest, ms | of it processor, ms | took, s |\n| --- | ---: | ---: | ---: |\n",
        count);
    Rounds rounds(application);
    if (count > 0)
        measureStore(count, rounds);
    measureStudy(rounds);
    measureChart(rounds);
    return 0;
}
