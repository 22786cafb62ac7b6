// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/export/export_job.h"

namespace hilo {

/// Replaces job.content by its static approximation: each router by its mean weights over rows of the run's training
/// data, or, with request.distillation, the mixture by an adapter that was trained from there to match it. Says what
/// that costs on the run's evaluation split. Bad input: the export did not start from a run, so
/// there is no data; cancelled.
Result<StaticCost> makeStatic(ExportJob& job);

/// One expert a module: A the experts' A stacked, B their B times scale and weight beside one another; cut to rank by
/// singular values when rank is above 0. weights[i] has one number for each expert of module i.
AdapterContent collapse(const AdapterContent& content, const std::vector<std::vector<double>>& weights,
                        std::int64_t rank);

} // namespace hilo
