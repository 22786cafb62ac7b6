// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_spec.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilo::cli {

/// Whether the file is a run spec and no data: by its name (run.json, *.run.json) or by its "format".
bool isRunSpec(const std::filesystem::path& file);

/// --data, --template and --column as every command has them. data: a file (the split that was asked for), a folder, or
/// a run spec whose data is used, its template replaced where one is given; without any template the columns decide
/// ("auto"). task: which one of a spec with several; config: --data-config, which of a folder's configurations.
/// benchmark: --benchmark, what the data are; then a template and columns that would change what is scored are errors.
/// wrong usage: a column that is not FIELD=COLUMN, several tasks and none named; errors of reading a run spec.
Result<DataSpec> dataSpecOf(const std::string& data, const std::string& promptTemplate,
                            const std::vector<std::string>& columns, const std::string& split,
                            const std::string& task = {}, const std::string& config = {},
                            const std::string& benchmark = {});

/// --chat-variables: a JSON object; an empty text is an empty object. wrong usage: anything else.
Result<Json> chatVariables(const std::string& text);

} // namespace hilo::cli
