// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/compare.h"

#include <string>
#include <vector>

namespace hilo {

/// The table for people, in columns. metric: what the rows' values are of.
std::string tableOf(const std::vector<CompareRow>& rows, const std::vector<std::string>& columns,
                    const MetricChoice& metric = {});
/// RFC 4180 with a header line, in which the metric is called as MetricChoice::text(); cells that a spreadsheet would
/// take for a formula get a leading apostrophe.
std::string csvOf(const std::vector<CompareRow>& rows, const std::vector<std::string>& columns,
                  const MetricChoice& metric = {});
/// Every entry names metric, task (null: the mean over tasks) and which way is better.
Json jsonOf(const std::vector<CompareRow>& rows, const std::vector<std::string>& columns,
            const MetricChoice& metric = {});

std::string csvOf(const std::vector<std::vector<std::string>>& rows);

} // namespace hilo
