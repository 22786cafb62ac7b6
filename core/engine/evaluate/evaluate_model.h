// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "engine/evaluate/evaluation_result.h"
#include "project/run_spec.h"

#include <filesystem>

namespace hilo {

/// What `hilo evaluate` needs to know.
struct EvaluateRequest
{
    std::filesystem::path model;
    std::filesystem::path adapter; ///< folder of an adapter; empty: the model alone
    DataSpec data;
    EvaluationSpec evaluation;
    std::int64_t maxLength = 1024;
    std::string device = "auto";
    std::string dtype = "float32";
    int threads = 0;
};

Result<EvaluationResult> evaluateModel(const EvaluateRequest& request, const Progress& progress);

} // namespace hilo
