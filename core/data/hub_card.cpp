// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/hub_card.h"

#include "base/atomic_file.h"
#include "base/text_format.h"
#include "data/file_pattern.h"
#include "data/row_source.h"
#include "formats/yaml_subset.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

struct CardConfig
{
    std::string name;
    bool isDefault = false;
    std::string folder;                                                     ///< in front of the patterns
    std::vector<std::pair<std::string, std::vector<std::string>>> patterns; ///< by split
    char separator = '\0';
};

class CardReader
{
  public:
    explicit CardReader(const fs::path& folder) : folder_(folder), file_((folder / "README.md").string()) {}

    Result<std::vector<CardConfig>> configs() const
    {
        std::vector<CardConfig> configs;
        std::error_code code;
        if (!fs::is_regular_file(file_, code))
            return configs;
        HILO_TRY(const std::string text, readFile(file_, std::size_t{64} << 20));
        HILO_TRY(const Json list, frontMatterValue(text, "configs", file_));
        if (list.is_null())
            return configs;
        if (!list.is_array())
            return failure(wrong("configs", "expected a list of configurations"));
        for (const Json& one : list) {
            HILO_TRY(CardConfig config, configOf(one));
            if (!config.patterns.empty() || !config.folder.empty())
                configs.push_back(std::move(config));
        }
        return configs;
    }

    Result<NamedSplits> splitsOf(const CardConfig& config) const
    {
        NamedSplits result;
        result.separator = config.separator;
        HILO_TRY(const std::vector<std::string> files, filesBelow(folder_));
        auto patterns = config.patterns;
        if (patterns.empty())
            patterns.push_back({"", {"**"}});
        for (const auto& [split, ones] : patterns) {
            std::vector<fs::path> paths;
            for (const std::string& pattern : ones) {
                HILO_TRY(const std::vector<std::string> found, filesOf(config, pattern, files));
                for (const std::string& name : found)
                    take(name, paths, result);
            }
            if (paths.empty())
                return failure(wrong("configs: " + config.name,
                                     "no data file fits " + joined(ones) + " of the split \"" + split + "\"",
                                     "Download the whole folder."));
            if (!split.empty()) {
                result.splits.emplace_back(split, std::move(paths));
                continue;
            }
            bySplitsInNames(std::move(paths), result);
        }
        return result;
    }

  private:
    Error wrong(const std::string& place, const std::string& what, const std::string& hint = {}) const
    {
        return badInput(file_, place, "In the data set's card " + what + ".", hint);
    }

    Result<std::vector<std::string>> patternsOf(const Json& value, const std::string& place) const
    {
        std::vector<std::string> patterns;
        for (const Json& one : value.is_array() ? value : Json::array({value})) {
            if (!one.is_string())
                return failure(wrong(place, "a path or a list of paths was expected"));
            const std::string pattern = one.get<std::string>();
            if (pattern.find("://") != std::string::npos || pattern.starts_with('/') ||
                fitsPattern(pattern, "**/../**") || pattern.size() > 1000)
                return failure(wrong(place, "the path " + pattern + " leads out of the folder",
                                     "Give the files in the data's \"split\"."));
            patterns.push_back(pattern);
        }
        return patterns;
    }

    Status dataFilesOf(const Json& value, CardConfig& config) const
    {
        const std::string place = "configs: " + config.name + ": data_files";
        const bool isList = value.is_array() && !value.empty() && value[0].is_object();
        if (value.is_object()) {
            for (const auto& [split, paths] : value.items()) {
                HILO_TRY(std::vector<std::string> patterns, patternsOf(paths, place));
                config.patterns.emplace_back(split, std::move(patterns));
            }
            return {};
        }
        if (!isList) {
            // Without a split the names of the files say it, else all is "train".
            HILO_TRY(std::vector<std::string> patterns, patternsOf(value, place));
            config.patterns.emplace_back("", std::move(patterns));
            return {};
        }
        for (const Json& one : value) {
            if (!one.is_object() || !one.contains("path"))
                return failure(wrong(place, "an entry has no path"));
            const bool hasSplit = one.contains("split") && one["split"].is_string();
            HILO_TRY(std::vector<std::string> patterns, patternsOf(one["path"], place));
            config.patterns.emplace_back(hasSplit ? one["split"].get<std::string>() : "train", std::move(patterns));
        }
        return {};
    }

    Result<CardConfig> configOf(const Json& json) const
    {
        if (!json.is_object())
            return failure(wrong("configs", "expected a mapping with config_name and data_files"));
        const auto textOf = [&json](const char* key) {
            return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : std::string();
        };
        CardConfig config;
        config.name = textOf("config_name").empty() ? "default" : textOf("config_name");
        config.isDefault = json.contains("default") && json["default"] == true;
        if (json.contains("data_dir")) {
            HILO_TRY(const std::vector<std::string> folder, patternsOf(json["data_dir"], "configs: " + config.name));
            config.folder = folder.size() == 1 ? folder[0] : "";
        }
        for (const char* key : {"sep", "delimiter"})
            if (const std::string separator = textOf(key); separator.size() == 1)
                config.separator = separator[0];
        if (json.contains("data_files") && !json["data_files"].is_null())
            HILO_CHECK(dataFilesOf(json["data_files"], config));
        return config;
    }

    Result<std::vector<std::string>> filesOf(const CardConfig& config, const std::string& pattern,
                                             const std::vector<std::string>& files) const
    {
        std::string whole = config.folder.empty() ? pattern : config.folder + "/" + pattern;
        std::error_code code;
        if (whole.find_first_of("*?[") == std::string::npos && fs::is_directory(folder_ / whole, code))
            whole += "/**";
        std::vector<std::string> found;
        for (const std::string& file : files)
            if (fitsPattern(file, whole))
                found.push_back(file);
        return found;
    }

    /// A file that fits a pattern and is none of data is told, unless nobody would take it for one.
    void take(const std::string& name, std::vector<fs::path>& paths, NamedSplits& result) const
    {
        const fs::path path = folder_ / name;
        if (!dataEnding(name).empty() && !(name == "README.md")) {
            if (std::find(paths.begin(), paths.end(), path) == paths.end())
                paths.push_back(path);
        } else if (name != "README.md") {
            result.unused.push_back({path.string(), "its format is not read"});
        }
    }

    void bySplitsInNames(std::vector<fs::path> paths, NamedSplits& result) const
    {
        const auto splitOf = [this](const fs::path& path) {
            const auto splits = splitsInName(path.lexically_relative(folder_).generic_string());
            return splits.size() == 1 ? splits[0] : std::string();
        };
        const bool any =
            std::any_of(paths.begin(), paths.end(), [&](const fs::path& p) { return !splitOf(p).empty(); });
        for (fs::path& path : paths) {
            const std::string split = any ? splitOf(path) : "train";
            if (split.empty()) {
                result.unused.push_back({path.string(), "no word of its name is a split's, and others' are"});
                continue;
            }
            const auto known = std::find_if(result.splits.begin(), result.splits.end(),
                                            [&](const auto& one) { return one.first == split; });
            if (known == result.splits.end())
                result.splits.push_back({split, {std::move(path)}});
            else
                known->second.push_back(std::move(path));
        }
    }

    fs::path folder_;
    std::string file_;
};

} // namespace

Error severalConfigs(const fs::path& folder, const std::vector<std::string>& names)
{
    constexpr std::size_t shown = 30;
    std::vector<std::string> first(names.begin(),
                                   names.begin() + static_cast<std::ptrdiff_t>(std::min(shown, names.size())));
    if (names.size() > shown)
        first.push_back("and " + std::to_string(names.size() - shown) + " more");
    return badInput(folder.string(), {}, "The folder has several configurations: " + joined(first) + ".",
                    "Choose one: \"config\": \"" + names.front() + "\" in the run's data, or --data-config " +
                        names.front() + ".");
}

Error noSuchConfig(const fs::path& folder, const std::string& config, const std::vector<std::string>& names)
{
    return badInput(folder.string(), {}, "The folder has no configuration \"" + config + "\".",
                    names.empty() ? "It has none; leave \"config\" out." : "It has: " + joined(names) + ".");
}

Result<std::optional<NamedSplits>> cardSplits(const fs::path& folder, const std::string& config)
{
    const CardReader reader(folder);
    HILO_TRY(const std::vector<CardConfig> configs, reader.configs());
    if (configs.empty())
        return std::nullopt;
    std::vector<std::string> names;
    for (const CardConfig& one : configs)
        names.push_back(one.name);
    auto chosen = configs.begin();
    if (!config.empty())
        chosen = std::find_if(configs.begin(), configs.end(), [&](const auto& one) { return one.name == config; });
    else if (configs.size() > 1)
        chosen = std::find_if(configs.begin(), configs.end(),
                              [](const auto& one) { return one.isDefault || one.name == "default"; });
    if (chosen == configs.end())
        return failure(config.empty() ? severalConfigs(folder, names) : noSuchConfig(folder, config, names));
    HILO_TRY(NamedSplits splits, reader.splitsOf(*chosen));
    if (config.empty() && configs.size() > 1)
        splits.notes.push_back({folder.string(), "its configuration \"" + chosen->name +
                                                     "\" is read, which is its default; it has " + joined(names)});
    return splits;
}

} // namespace hilo
