// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace hilo {

/// The template that is chosen by the columns.
inline constexpr const char* automaticTemplate = "auto";

/// Which rows of the data a run uses and how they become text.
struct DataSpec
{
    std::string path; ///< file or folder; relative to the run spec's folder
    /// A published benchmark by name (data/benchmark.h), which says template, columns, labels and splits; empty: none.
    std::string benchmark;
    /// JSON key "template": a name in resources/prompts or a file; "auto", which is also meant where the key is
    /// missing: by the columns (data/template_choice.h).
    std::string template_;
    std::map<std::string, std::string> columns; ///< template field -> column name; empty: same names
    std::string config;    ///< of a folder that has several (data_files.h), by name; empty: the only or default one
    char separator = '\0'; ///< of a table's columns, JSON "tab" or one character; '\0': as the file has it
    /// JSON key "documents": a text file is one row ("file") or has a row a line ("line"); nothing: by the files.
    std::optional<bool> documents;
    std::string learn;                   ///< which answers of a conversation: all, last; empty: as the template says
    std::string chatTemplate;            ///< a name that the model has, or a file; empty: the model's default
    Json chatVariables = Json::object(); ///< further names for the chat template, as enable_thinking
    /// JSON key "split": {"train": "train.jsonl", …} (files), {"column": "split"} or {"seed": 1, "validation": 0.1,
    /// "test": 0.1} (seeded).
    std::map<std::string, std::string> splitFiles;
    std::string splitColumn;
    /// JSON "split": "auto", which a run spec means that says nothing: data with training rows alone is given a
    /// validation split (hold_out.h); false is "none".
    bool holdsOut = false;
    std::int64_t splitSeed = 0;
    double validationShare = 0;
    double testShare = 0;
};

/// The "data" part of a run spec alone; relative paths are resolved against folder. Unknown keys, wrong types and
/// values out of range are errors that name the place, and so are keys beside "benchmark" that would change what is
/// scored.
Result<DataSpec> parseDataSpec(const JsonObject& data, const std::filesystem::path& folder);
Json toJson(const DataSpec& data);

} // namespace hilo
