// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

/// The endings of files that rows are read from, in lower case.
std::span<const std::string_view> dataEndings();

/// Whether files of this ending are compressed inside, if at all; texts may be compressed as a whole.
bool isBinaryEnding(std::string_view ending);

/// The name without its ending and that of compression, as often as it has such: "train" of "train.jsonl.gz".
std::string withoutDataEndings(const std::string& name);

/// All of them as patterns, those of compressed texts too: "*.parquet", …, "*.jsonl.gz", ….
std::vector<std::string> dataFilePatterns();

} // namespace hilo
