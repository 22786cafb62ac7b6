// SPDX-License-Identifier: GPL-3.0-or-later
// How long a project of many runs takes to open, to filter and to chart. The project is made once (run folders as a
// trainer writes them, then read as always) and stays for the next measurement.
#include "index/run_store.h"
#include "base/atomic_file.h"
#include "base/json.h"
#include "compare/compare.h"
#include "index/run_reader.h"
#include "run/event_time.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iostream>
#include <random>

using namespace hilo;
namespace fs = std::filesystem;

namespace {

struct Options
{
    std::string folder;
    int runs = 10000, points = 1000, longPoints = 100000, repeat = 5;
    bool json = false;
};

/// What the queries are: the same texts are named in tests/interop/bench_mlflow.py beside its own.
const std::vector<std::pair<std::string, std::string>> filters = {
    {"metric", "loss < 0.62"},
    {"accuracy", "accuracy > 0.8"},
    {"setting", "learning_rate = 0.0003"},
    {"text setting", "map.strategy.name = mola"},
    {"metric and settings", "accuracy > 0.7 and learning_rate = 0.0003 and map.strategy.name = hilo"},
    {"contains", "run_name ~ 77"},
    {"everything", ""},
};
/// Questions that MLflow's filters have no words for.
const std::vector<std::pair<std::string, std::string>> moreFilters = {
    {"lowest of a metric", "loss.min < 0.6"},
    {"newest evaluation", "evaluation.test > 0.8"},
    {"either or not", "(strategy.name in (mola, hilo) or loss > 0.9) and not learning_rate > 0.001"},
};
constexpr const char* longRun = "run-long";

double seconds(const std::function<void()>& work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

template <class T>
T required(Result<T> result)
{
    if (!result) {
        std::cerr << describe(result.error()) << std::endl;
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

Json specOf(const std::string& name, int number)
{
    static const char* const strategies[] = {"lora", "uniform", "mola", "hilo"};
    static constexpr double rates[] = {0.0001, 0.0003, 0.001, 0.003, 0.01};
    const std::string strategy = strategies[number % 4];
    Json module = {{"ranks", Json::array()}, {"top_k", 2}, {"alpha", 16}};
    for (int expert = 0; expert <= number % 8; ++expert)
        module["ranks"].push_back(2 + expert);
    Json layers = Json::array();
    for (int layer = 0; layer < 2; ++layer)
        layers.push_back({{"layer", layer}, {"modules", {{"q_proj", module}, {"down_proj", module}}}});
    return {{"format", "hilo.run/1"},
            {"name", name},
            {"model", {{"path", "/models/base"}, {"sha256", ""}}},
            {"data", {{"path", "/data/task"}, {"template", "gloss"}}},
            {"map",
             {{"format", "hilo.allocation/1"},
              {"name", strategy},
              {"strategy", {{"name", strategy}, {"settings", Json::object()}}},
              {"model", {{"architecture", "llama"}, {"layers", 2}}},
              {"layers", layers}}},
            {"training",
             {{"steps", 1000},
              {"batch_size", 8 << number % 3},
              {"learning_rate", rates[number % 5]},
              {"weight_decay", 0.01},
              {"dropout", 0.05},
              {"schedule", "cosine"},
              {"seed", number / 20}}},
            {"evaluation", {{"protocol", "label-logit"}, {"split", "test"}}}};
}

/// The log of a finished run whose loss falls with noise to an end of its own.
std::string logOf(int number, int points)
{
    std::mt19937 random(static_cast<unsigned>(number));
    const double end = 0.6 + 0.0001 * (number % 4001);
    std::string log;
    const auto add = [&](std::int64_t second, const char* event, Json fields) {
        Json line = {{"t", formatTime(1767225600000 + second * 1000)}, {"event", event}};
        line.update(fields);
        log += line.dump() + "\n";
    };
    add(0, "started", {{"step", 0}, {"steps", points}, {"resumed", false}});
    for (int step = 1; step <= points; ++step) {
        const double noise = 0.05 * (static_cast<double>(random()) / 4294967296.0 - 0.5) * (step < points);
        add(step, "step",
            {{"step", step}, {"loss", end + 2 * std::exp(-4.0 * step / points) - 2 * std::exp(-4.0) + noise}});
    }
    const double accuracy = 0.5 + 0.00005 * (number * 7919 % 10007);
    add(points, "evaluation",
        {{"step", points},
         {"split", "test"},
         {"protocol", "label-logit"},
         {"accuracy", accuracy},
         {"interval", {accuracy - 0.01, accuracy + 0.01}},
         {"correct", 1},
         {"total", 1000}});
    add(points, "finished",
        {{"step", points},
         {"accuracy", accuracy},
         {"trainable_parameters", 1000 * (1 + number % 977)},
         {"active_parameters", 500 * (1 + number % 977)},
         {"seconds", 60.0 + number % 100},
         {"peak_memory_bytes", 1 << 30}});
    return log;
}

Project makeProject(const Options& options)
{
    if (fs::exists(fs::path(options.folder) / "project.json"))
        return required(Project::open(options.folder));
    const Project project = required(Project::create(options.folder, "bench"));
    const auto addRun = [&](const std::string& id, int number, int points) {
        fs::create_directories(project.runsFolder() / id);
        std::ofstream(project.runsFolder() / id / "run.json") << specOf(id, number).dump(2) << "\n";
        std::ofstream(project.runsFolder() / id / "events.ndjson") << logOf(number, points);
    };
    for (int number = 0; number < options.runs; ++number)
        addRun("run-" + std::to_string(number), number, options.points);
    addRun(longRun, options.runs, options.longPoints);
    return project;
}

class Measurement
{
  public:
    explicit Measurement(const Options& options) : options_(options) {}

    /// The median of several repetitions.
    void take(const std::string& name, const std::function<std::size_t()>& work)
    {
        std::vector<double> times;
        std::size_t rows = 0;
        for (int i = 0; i < options_.repeat; ++i)
            times.push_back(seconds([&] { rows = work(); }));
        std::sort(times.begin(), times.end());
        add(name, times[times.size() / 2], rows);
    }

    void add(const std::string& name, double time, std::size_t rows)
    {
        document_[name] = {{"seconds", time}, {"rows", rows}};
        if (!options_.json)
            std::printf("%-28s %10.1f ms  %9zu rows\n", name.c_str(), time * 1000, rows);
    }

    void finish() const
    {
        if (options_.json)
            std::cout << document_.dump(2) << std::endl;
    }

  private:
    const Options& options_;
    Json document_ = Json::object();
};

void measure(const Options& options)
{
    const Project project = makeProject(options);
    Measurement measurement(options);
    std::int64_t changed = 0;
    const double reading = seconds([&] {
        RunStore store = required(RunStore::open(project));
        changed = required(store.scan()).changed;
    });
    std::error_code code;
    measurement.add("first reading or look", reading, static_cast<std::size_t>(changed));
    measurement.add("database bytes", 0, fs::file_size(project.databaseFile(), code));
    // What the desktop does: open and check the database, look at every run folder, read the list.
    measurement.take("open", [&] {
        RunStore store = required(RunStore::open(project));
        required(store.scan());
        RunReader reader = required(RunReader::open(project));
        return required(reader.runs()).size();
    });
    RunReader reader = required(RunReader::open(project));
    std::vector<std::pair<std::string, std::string>> all = filters;
    all.insert(all.end(), moreFilters.begin(), moreFilters.end());
    for (const auto& [name, text] : all)
        measurement.take("filter: " + name, [&, &text = text] {
            const Filter filter = required(Filter::parse(text));
            return required(reader.runs(filter)).size();
        });
    for (const bool grouped : {false, true})
        measurement.take(grouped ? "compare, seeds grouped" : "compare, Pareto front", [&] {
            CompareOptions compare;
            compare.groupSeeds = grouped;
            compare.columns = {"training.learning_rate", "map.strategy.name"};
            return required(compareRuns(reader, compare)).size();
        });
    measurement.take("chart, short", [&] { return required(reader.series("run-5", "loss")).steps.size(); });
    measurement.take("chart, long", [&] { return required(reader.series(longRun, "loss")).steps.size(); });
    measurement.finish();
}

} // namespace

int main(int argc, char** argv)
{
    CLI::App app{"Opening, filtering and charting a project of many runs."};
    Options options;
    app.add_option("FOLDER", options.folder, "the project; made when it is not there")->required();
    app.add_option("--runs", options.runs)->capture_default_str();
    app.add_option("--points", options.points, "steps of each run")->capture_default_str();
    app.add_option("--long-points", options.longPoints, "steps of one more run")->capture_default_str();
    app.add_option("--repeat", options.repeat)->capture_default_str();
    app.add_flag("--json", options.json);
    CLI11_PARSE(app, argc, argv);
    measure(options);
}
