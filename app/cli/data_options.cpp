// SPDX-License-Identifier: GPL-3.0-or-later
#include "data_options.h"

#include "data/benchmark_files.h"
#include "hub/local_place.h"

#include <filesystem>
#include <fstream>

namespace hilo::cli {
namespace {

/// A larger file is none, and is not read to find out.
constexpr std::uintmax_t largestRunSpec = std::uintmax_t{64} << 20;

} // namespace

bool isRunSpec(const std::filesystem::path& file)
{
    if (file.filename() == "run.json" || file.string().ends_with(".run.json"))
        return true;
    std::error_code code;
    if (!std::filesystem::is_regular_file(file, code) || std::filesystem::file_size(file, code) > largestRunSpec ||
        code)
        return false;
    char first = ' ';
    std::ifstream stream(file, std::ios::binary);
    stream >> first;
    if (first != '{')
        return false;
    const auto document = readJsonFile(file, pythonJson);
    if (!document || !document->is_object())
        return false;
    const auto format = document->find("format");
    return format != document->end() && format->is_string() && format->get<std::string>().starts_with("hilo.run/");
}

Result<DataSpec> dataSpecOf(const std::string& data, const std::string& promptTemplate,
                            const std::vector<std::string>& columns, const std::string& split, const std::string& task,
                            const std::string& config, const std::string& benchmark)
{
    namespace fs = std::filesystem;
    DataSpec spec;
    std::error_code code;
    fs::path place = data;
    if (!isRunSpec(data)) {
        HILO_TRY(place, localPlace(data, RepositoryKind::Dataset));
    }
    if (isRunSpec(data)) {
        if (!benchmark.empty())
            return failure(wrongUsage("--benchmark says what --data holds, and a run spec says it itself",
                                      "give the folder of the data, or leave --benchmark out"));
        HILO_TRY(const RunSpec run, readRunSpec(data));
        HILO_TRY(const TaskSpec chosen, taskNamed(run.tasks, task, "--task"));
        spec = chosen.data;
    } else if (!task.empty()) {
        return failure(wrongUsage("--task names a task of a run spec, and --data is none"));
    } else if (fs::is_directory(place, code) || !benchmark.empty()) {
        spec.path = place.string();
    } else {
        spec.splitFiles[split] = place.string();
    }
    if (!promptTemplate.empty())
        spec.template_ = promptTemplate;
    if (spec.template_.empty())
        spec.template_ = automaticTemplate;
    if (!config.empty())
        spec.config = config;
    for (const std::string& pair : columns) {
        const auto equals = pair.find('=');
        if (equals == std::string::npos)
            return failure(wrongUsage("--column expects FIELD=COLUMN, found \"" + pair + "\""));
        spec.columns[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    if (!benchmark.empty()) {
        spec.benchmark = benchmark;
        HILO_TRY(const ChosenBenchmark chosen, findBenchmark(benchmark));
        HILO_CHECK(checkBesideBenchmark(spec, chosen));
        spec.template_ = chosen.protocol->template_;
    }
    return spec;
}

Result<Json> chatVariables(const std::string& text)
{
    if (text.empty())
        return Json::object();
    auto variables = parseJson(text, "--chat-variables");
    if (!variables || !variables->is_object())
        return failure(wrongUsage("--chat-variables expects a JSON object, found " + text,
                                  "as in --chat-variables '{\"enable_thinking\": false}'"));
    return variables;
}

} // namespace hilo::cli
