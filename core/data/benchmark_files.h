// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/benchmark.h"
#include "data/data_files.h"

namespace hilo {

/// The files of a benchmark's labelled splits and the form that they are in: that of which most splits are there, with
/// their columns; of several the first. spec.path: a folder, or one file whose name says its split. Errors: settings
/// that would change what is scored (template, columns, split, …), data that fit no form, with what each lacks; data
/// that name other classes than the benchmark has.
Result<DataFiles> benchmarkFiles(const DataSpec& spec);

/// What a data spec may not say beside "benchmark": the key and why, as an error.
Status checkBesideBenchmark(const DataSpec& spec, const ChosenBenchmark& chosen);

} // namespace hilo
