// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "data/benchmark.h"
#include "data/benchmark_split_model.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace hilo {

/// What a folder turned out to hold of a benchmark.
struct BenchmarkReading
{
    std::vector<BenchmarkSplit> splits;
    QString form;         ///< of the published ones, that which the folder is in
    QStringList rejected; ///< the first rejected rows: file, line and reason
    std::int64_t rejectedRows = 0;
    bool isScorable = false; ///< there are rows that the benchmark's number can be of
};

/// The splits as they were published, before a folder is read.
std::vector<BenchmarkSplit> publishedSplits(const Benchmark& benchmark);

/// Reads every labelled split, as `hilo benchmark check` does; for work in the background. Errors: no such folder,
/// files that are in none of the published forms, cancelled.
Result<BenchmarkReading> readBenchmark(const std::string& name, const std::string& path, const Progress& progress);

} // namespace hilo
