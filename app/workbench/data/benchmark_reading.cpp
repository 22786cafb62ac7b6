// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/benchmark_reading.h"

#include "data/benchmark_files.h"
#include "data/data_report.h"
#include "data/row_place.h"
#include "data/template_choice.h"

#include <algorithm>

namespace hilo {
namespace {

constexpr std::size_t fewRejectedRows = 5;

} // namespace

std::vector<BenchmarkSplit> publishedSplits(const Benchmark& benchmark)
{
    std::vector<BenchmarkSplit> splits;
    for (const char* name : {"train", "validation", "test"})
        if (const auto split = benchmark.splits.find(name); split != benchmark.splits.end())
            splits.push_back({QString::fromLatin1(name),
                              split->second.rows,
                              split->second.isLabelled,
                              benchmark.scored == name,
                              {},
                              {}});
    return splits;
}

Result<BenchmarkReading> readBenchmark(const std::string& name, const std::string& path, const Progress& progress)
{
    HILO_TRY(const ChosenBenchmark chosen, findBenchmark(name));
    DataSpec spec;
    spec.benchmark = name;
    spec.path = path;
    HILO_TRY(const DataFiles files, findDataFiles(spec));
    HILO_TRY(const Dataset dataset, readDataset(spec, progress));
    HILO_TRY(const ChosenTemplate promptTemplate, chooseTemplate(spec, dataset, nullptr));
    HILO_TRY(const DataReport report, reportData(dataset, promptTemplate.promptTemplate, nullptr, 0, progress));
    BenchmarkReading reading;
    reading.splits = publishedSplits(*chosen.benchmark);
    reading.form = QString::fromStdString(files.form ? files.form->name : std::string());
    for (const SplitReport& split : report.splits) {
        const auto usable = static_cast<std::int64_t>(split.examples.size());
        for (BenchmarkSplit& one : reading.splits)
            if (one.name == QString::fromStdString(split.name)) {
                one.read = split.rows;
                one.usable = usable;
            }
        reading.isScorable = reading.isScorable || (split.name == chosen.benchmark->scored && usable > 0);
    }
    reading.rejectedRows = static_cast<std::int64_t>(report.rejected.size());
    for (std::size_t i = 0; i < std::min(fewRejectedRows, report.rejected.size()); ++i) {
        const RejectedRow& row = report.rejected[i];
        reading.rejected << QStringLiteral("%1: %2: %3")
                                .arg(QString::fromStdString(row.file), QString::fromStdString(placeText(row.line)),
                                     QString::fromStdString(row.reason));
    }
    return reading;
}

} // namespace hilo
