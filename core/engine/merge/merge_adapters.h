// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "base/json.h"
#include "base/progress.h"
#include "engine/merge/merge_settings.h"
#include "run/run_spec.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// Rows that all adapters and what came of them are measured on.
struct MergeData
{
    std::string name; ///< for people
    DataSpec data;
    EvaluationSpec evaluation;
    std::int64_t maxLength = 1024;
    bool isSplitGiven = false; ///< else the validation split stands in for a test split that is not there
};

/// What `hilo merge` needs to know.
struct MergeRequest
{
    std::filesystem::path model;
    std::vector<std::filesystem::path> adapters; ///< run or adapter folders, or of another tool
    std::filesystem::path out;                   ///< new adapter folder
    MergeSettings settings;
    std::vector<MergeData> data; ///< empty: nothing is measured
    std::string device = "auto";
    std::string dtype = "float32";
    int threads = 0;
};

struct MergeScore
{
    std::optional<double> loss, accuracy;
};

/// One MergeData measured: the base, each adapter alone, and the merged one.
struct MergeCost
{
    std::string name, split, protocol;
    std::int64_t rows = 0;
    MergeScore base, merged;
    std::vector<MergeScore> adapters;
};

struct MergeReport
{
    std::string method;
    std::vector<std::string> adapters; ///< as they were given
    std::vector<double> weights;
    std::filesystem::path folder;
    AllocationMap map;
    std::int64_t parameters = 0;
    std::vector<MergeCost> costs;
};

/// Makes one adapter of several (mergeContents) and writes it as this project's own: adapter.json and
/// adapter.safetensors, allocation.map.json, and merge.json with the settings, the adapters' hashes and what was
/// measured. Every command takes the folder, and a run starts from it (start_from). Bad input: an adapter that cannot
/// be read or was trained on other weights; a place that cannot be written, before anything is read; wrong usage:
/// settings.
Result<MergeReport> mergeAdapters(const MergeRequest& request, const Progress& progress);

/// {"method", "adapters": [{"path", "weight"}], "folder", "trainable_parameters", "notes", "measured": [{"data",
/// "split", "protocol", "rows", "base": {"loss", "accuracy"}, "adapters": [the same], "merged": the same}]}; null where
/// nothing was measured.
Json toJson(const MergeReport& report);

} // namespace hilo
