// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_spec.h"

#include "base/portable_path.h"
#include "data/benchmark_files.h"
#include "hub/local_place.h"

#include <limits>

namespace hilo {
namespace fs = std::filesystem;
namespace {

Status parseSplit(const JsonObject& data, const fs::path& folder, DataSpec& spec)
{
    if (!data.has("split")) {
        // A benchmark is trained on all of its training rows.
        spec.holdsOut = spec.benchmark.empty();
        return {};
    }
    if (data.json()["split"] == "auto" || data.json()["split"] == "none") {
        spec.holdsOut = data.json()["split"] == "auto";
        return {};
    }
    if (data.json()["split"].is_string())
        return failure(data.errorAt("split", "\"" + data.json()["split"].get<std::string>() + "\" is not known",
                                    "expected auto, none, or an object"));
    HILO_TRY(const JsonObject split, data.object("split"));
    if (split.has("seed")) {
        HILO_CHECK(split.onlyKeys({"seed", "validation", "test"}));
        HILO_TRY(spec.splitSeed, split.integer("seed", 0, std::numeric_limits<std::int64_t>::max()));
        HILO_TRY(spec.validationShare, split.numberOr("validation", 0, 0, 1));
        HILO_TRY(spec.testShare, split.numberOr("test", 0, 0, 1));
        if (spec.validationShare + spec.testShare >= 1)
            return failure(data.errorAt("split", "validation and test leave nothing to train on",
                                        "expected shares that sum to less than 1"));
        return {};
    }
    if (split.has("column")) {
        HILO_CHECK(split.onlyKeys({"column"}));
        HILO_TRY(spec.splitColumn, split.text("column"));
        return {};
    }
    HILO_CHECK(split.onlyKeys({"train", "validation", "test"}));
    for (const char* name : {"train", "validation", "test"}) {
        if (!split.has(name))
            continue;
        HILO_TRY(const std::string file, split.text(name));
        spec.splitFiles[name] = resolvedPath(file, spec.path.empty() ? folder : fs::path(spec.path));
    }
    return {};
}

Status parseReading(const JsonObject& data, DataSpec& spec)
{
    HILO_TRY(spec.config, data.textOr("config", ""));
    HILO_TRY(const std::string separator, data.textOr("separator", ""));
    if (separator == "tab")
        spec.separator = '\t';
    else if (separator.size() == 1 && separator[0] > 0 && separator.find_first_of("\"\r\n") == std::string::npos)
        spec.separator = separator[0];
    else if (!separator.empty())
        return failure(data.errorAt("separator", "is no separator of columns",
                                    "expected one ASCII character that is no quote, or \"tab\""));
    HILO_TRY(const std::string documents, data.textOr("documents", ""));
    if (documents != "" && documents != "file" && documents != "line")
        return failure(data.errorAt("documents", "is \"" + documents + "\"",
                                    "expected \"file\" (a text file is one row) or \"line\" (a row a line)"));
    if (!documents.empty())
        spec.documents = documents == "file";
    return {};
}

Status parseChat(const JsonObject& data, const fs::path& folder, DataSpec& spec)
{
    HILO_TRY(spec.learn, data.textOr("learn", ""));
    if (!spec.learn.empty() && spec.learn != "all" && spec.learn != "last")
        return failure(data.errorAt("learn", "\"" + spec.learn + "\" is not known; expected all or last"));
    HILO_TRY(spec.chatTemplate, data.textOr("chat_template", ""));
    if (spec.chatTemplate.find('/') != std::string::npos || spec.chatTemplate.ends_with(".jinja"))
        spec.chatTemplate = resolvedPath(spec.chatTemplate, folder);
    if (data.has("chat_variables")) {
        HILO_TRY(const JsonObject variables, data.object("chat_variables"));
        spec.chatVariables = variables.json();
    }
    return {};
}

/// Its name is known, and nothing beside it changes what is scored; said with the place in the file.
Status checkBenchmark(const JsonObject& data, const DataSpec& spec)
{
    auto chosen = findBenchmark(spec.benchmark);
    const Status checked = chosen ? checkBesideBenchmark(spec, *chosen) : Status(failure(chosen.error()));
    if (checked)
        return {};
    Error error = checked.error();
    const std::string key = error.place.starts_with("data.") ? error.place.substr(5) : error.place;
    // A damaged description says where it is damaged.
    return failure(error.file.empty() ? data.errorAt(key, error.message, error.hint) : error);
}

/// A file of a folder that is told by another name, relative to it.
std::string belowFolder(const std::string& file, const std::string& folder)
{
    const std::string relative = fs::path(file).lexically_relative(folder).string();
    return relative.empty() || relative.starts_with("..") ? file : relative;
}

} // namespace

Result<DataSpec> parseDataSpec(const JsonObject& data, const fs::path& folder)
{
    HILO_CHECK(data.onlyKeys({"benchmark", "path", "template", "columns", "split", "config", "separator", "documents",
                              "learn", "chat_template", "chat_variables"}));
    DataSpec spec;
    HILO_TRY(spec.benchmark, data.textOr("benchmark", ""));
    HILO_TRY(const std::string path, data.textOr("path", ""));
    spec.path = placeFrom(path, folder, RepositoryKind::Dataset);
    HILO_TRY(spec.template_, data.textOr("template", automaticTemplate));
    // A template with a path separator or an ending is a file; otherwise a name of resources/prompts.
    if (spec.template_.find('/') != std::string::npos || spec.template_.ends_with(".json"))
        spec.template_ = resolvedPath(spec.template_, folder);
    HILO_CHECK(parseChat(data, folder, spec));
    if (data.has("columns")) {
        HILO_TRY(const JsonObject columns, data.object("columns"));
        for (const auto& [field, column] : columns.json().items()) {
            HILO_TRY(const std::string name, columns.text(field));
            spec.columns[field] = name;
        }
    }
    HILO_CHECK(parseReading(data, spec));
    HILO_CHECK(parseSplit(data, folder, spec));
    if (!spec.benchmark.empty())
        HILO_CHECK(checkBenchmark(data, spec));
    if (spec.path.empty() && spec.splitFiles.empty())
        return failure(data.errorAt("path", "is missing; expected a data file or folder, or files in split"));
    return spec;
}

Json toJson(const DataSpec& data)
{
    const std::string path = lastingName(data.path, RepositoryKind::Dataset);
    Json json = {{"path", path}, {"template", data.template_}, {"columns", Json::object()}};
    if (!data.benchmark.empty()) {
        Json named = {{"benchmark", data.benchmark}};
        named.update(json);
        json = std::move(named);
    }
    for (const auto& [field, column] : data.columns)
        json["columns"][field] = column;
    if (!data.config.empty())
        json["config"] = data.config;
    if (data.separator != '\0')
        json["separator"] = data.separator == '\t' ? std::string("tab") : std::string(1, data.separator);
    if (data.documents)
        json["documents"] = *data.documents ? "file" : "line";
    if (!data.learn.empty())
        json["learn"] = data.learn;
    if (!data.chatTemplate.empty())
        json["chat_template"] = data.chatTemplate;
    if (!data.chatVariables.empty())
        json["chat_variables"] = data.chatVariables;
    if (!data.splitFiles.empty()) {
        json["split"] = Json::object();
        for (const auto& [name, file] : data.splitFiles)
            json["split"][name] = path == data.path ? file : belowFolder(file, data.path);
    } else if (!data.splitColumn.empty()) {
        json["split"] = {{"column", data.splitColumn}};
    } else if (data.validationShare > 0 || data.testShare > 0) {
        json["split"] = {{"seed", data.splitSeed}, {"validation", data.validationShare}, {"test", data.testShare}};
    } else {
        json["split"] = data.holdsOut ? "auto" : "none";
    }
    return json;
}

} // namespace hilo
