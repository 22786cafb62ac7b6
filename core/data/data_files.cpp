// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_files.h"

#include "base/atomic_file.h"
#include "data/benchmark_files.h"
#include "data/file_pattern.h"
#include "data/hub_card.h"
#include "data/row_source.h"
#include "data/saved_dataset.h"
#include "data/split_names.h"
#include "formats/yaml_subset.h"
#include "hub/local_place.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

Error nothingFound(const fs::path& folder, const std::vector<DataNote>& unused)
{
    constexpr std::size_t shown = 5;
    std::string there;
    for (std::size_t i = 0; i < std::min(shown, unused.size()); ++i)
        there += (i == 0 ? " It has " : "; ") + fs::path(unused[i].file).filename().string() + " (" + unused[i].text +
                 ")" +
                 (i + 1 == unused.size() ? "."
                  : i + 1 == shown       ? "; and more."
                                         : "");
    return badInput(
        folder.string(), {}, "No file in the folder is named after a split." + there,
        "Name them train.jsonl, validation.jsonl, test.jsonl (or .parquet, .json, .csv, .tsv), or give the files in "
        "the run's data.split.");
}

/// The split that a split's own name stands for, which must be one.
std::string splitOfName(const std::string& name)
{
    const std::vector<std::string> splits = splitsInName(name);
    return splits.size() == 1 ? splits[0] : std::string();
}

Error noSuchSplit(const fs::path& folder, const std::string& file, const std::string& names)
{
    return badInput(folder.string(), {},
                    "There is neither a file nor a split \"" + fs::path(file).filename().string() + "\" in the folder.",
                    names.empty() ? "Its splits have no names of their own; name files in \"split\", or leave it out."
                                  : "It has: " + names + ".");
}

/// The folder's splits by its own names as train, validation and test: by the names that spec gives, or by their words.
Result<DataFiles> chooseSplits(NamedSplits named, const fs::path& folder, const DataSpec& spec)
{
    DataFiles files;
    files.unused = std::move(named.unused);
    files.notes = std::move(named.notes);
    files.separator = named.separator;
    std::map<std::string, std::string> taken; // by split: the folder's own name
    std::string names;
    for (const auto& [name, paths] : named.splits)
        names += (names.empty() ? "" : ", ") + name;
    for (auto& [name, paths] : named.splits) {
        std::string split = splitOfName(name);
        if (!spec.splitFiles.empty()) {
            const auto given =
                std::find_if(spec.splitFiles.begin(), spec.splitFiles.end(), [own = fs::path(name)](const auto& one) {
                    return fs::path(one.second).filename() == own;
                });
            split = given == spec.splitFiles.end() ? std::string() : given->first;
        }
        if (split.empty()) {
            files.unused.push_back({(folder / name).string(), spec.splitFiles.empty()
                                                                  ? "the split's name says neither train, validation "
                                                                    "nor test"
                                                                  : "the data's \"split\" does not name this split"});
            continue;
        }
        if (const auto [other, isNew] = taken.emplace(split, name); !isNew)
            return failure(
                badInput(folder.string(), {},
                         "The folder has two splits for \"" + split + "\": " + other->second + " and " + name + ".",
                         "Choose in the run's data: \"split\": {\"" + split + "\": \"" + name +
                             "\", …}. It has: " + names + "."));
        files.splits[split] = std::move(paths);
    }
    for (const auto& [split, file] : spec.splitFiles)
        if (!files.splits.contains(split))
            return failure(noSuchSplit(folder, file, names));
    if (files.splits.empty())
        return failure(nothingFound(folder, files.unused));
    return files;
}

std::vector<fs::path> foldersIn(const fs::path& folder)
{
    std::vector<fs::path> folders;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(folder, code))
        if (entry.is_directory(code) && !entry.path().filename().string().starts_with("."))
            folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    return folders;
}

std::vector<fs::path> dataFilesBelow(const fs::path& folder)
{
    std::vector<fs::path> paths;
    for (const std::string& name : filesBelow(folder).value_or(std::vector<std::string>()))
        if (!dataEnding(name).empty())
            paths.push_back(folder / name);
    return paths;
}

/// A folder "test" of texts among others of texts is a chapter, not a split.
bool areTextsWithoutTraining(const DataFiles& files)
{
    const auto isText = [](const fs::path& path) {
        const std::string ending = dataEnding(path.string());
        return ending == ".txt" || ending == ".md";
    };
    return !files.splits.contains("train") &&
           std::all_of(files.splits.begin(), files.splits.end(),
                       [&](const auto& one) { return std::all_of(one.second.begin(), one.second.end(), isText); });
}

/// Folders that are named after a split, each with its files, as the hub's converted sets have them.
std::optional<DataFiles> splitFolders(const fs::path& folder)
{
    DataFiles files;
    for (const fs::path& one : foldersIn(folder)) {
        const std::string split = splitOfName(one.filename().string());
        std::vector<fs::path> paths = split.empty() ? std::vector<fs::path>() : dataFilesBelow(one);
        if (paths.empty())
            files.unused.push_back({one.string(), "its name is no split's, and others' are"});
        else
            std::move(paths.begin(), paths.end(), std::back_inserter(files.splits[split]));
    }
    if (files.splits.empty() || areTextsWithoutTraining(files))
        return std::nullopt;
    return files;
}

/// Files by name, in the folder, in its folder "data", or in folders that are named after a split.
std::optional<DataFiles> filesByNames(const fs::path& folder)
{
    for (const fs::path& one : {folder, folder / "data"}) {
        std::error_code code;
        if (!fs::is_directory(one, code))
            continue;
        if (auto named = filesNamedAfterSplits(one);
            named && !named->files.splits.empty() && !areTextsWithoutTraining(named->files))
            return std::move(named->files);
        if (auto folders = splitFolders(one))
            return folders;
    }
    return std::nullopt;
}

/// Text and Markdown files alone, at any depth.
std::optional<DataFiles> documentsOf(const fs::path& folder)
{
    DataFiles files;
    files.areDocuments = true;
    std::vector<fs::path>& paths = files.splits["train"];
    for (const fs::path& path : dataFilesBelow(folder)) {
        const std::string ending = dataEnding(path.string());
        if (ending != ".txt" && ending != ".md")
            return std::nullopt;
        const bool isCard = path.filename() == "README.md" && hasFrontMatter(readFile(path).value_or(std::string()));
        if (isCard)
            files.unused.push_back({path.string(), "it is the card of the data set"});
        else
            paths.push_back(path);
    }
    if (paths.empty())
        return std::nullopt;
    files.notes.push_back({folder.string(), "no file is named after a split, so each of its " +
                                                std::to_string(paths.size()) +
                                                " text files is a document, one row of \"train\" "
                                                "(\"documents\": \"line\" makes a row of each line)"});
    return files;
}

/// The folders that are a configuration each.
Result<std::optional<DataFiles>> configFolder(const fs::path& folder, const std::string& config)
{
    std::vector<std::string> names;
    std::optional<DataFiles> chosen;
    for (const fs::path& one : foldersIn(folder)) {
        auto files = filesByNames(one);
        if (!files)
            continue;
        names.push_back(one.filename().string());
        if (config.empty() || config == names.back())
            chosen = std::move(files);
    }
    if (!config.empty() && !chosen)
        return failure(noSuchConfig(folder, config, names));
    if (config.empty() && names.size() > 1)
        return failure(severalConfigs(folder, names));
    if (chosen && config.empty())
        chosen->notes.push_back({folder.string(), "the files of its folder \"" + names[0] + "\" are read"});
    return chosen;
}

Result<DataFiles> filesOfFolder(const fs::path& folder, const DataSpec& spec)
{
    HILO_TRY(std::optional<NamedSplits> named, savedSplits(folder));
    if (named && !spec.config.empty())
        return failure(noSuchConfig(folder, spec.config, {}));
    if (!named) {
        HILO_TRY(named, cardSplits(folder, spec.config));
    }
    if (named)
        return chooseSplits(std::move(*named), folder, spec);
    if (!spec.splitFiles.empty())
        return failure(noSuchSplit(folder, spec.splitFiles.begin()->second, {}));
    HILO_TRY(FilesByName byName, filesNamedAfterSplits(folder));
    if (!byName.files.splits.empty() && spec.config.empty())
        return std::move(byName.files);
    if (spec.config.empty()) {
        if (auto files = filesByNames(folder))
            return std::move(*files);
    }
    HILO_TRY(std::optional<DataFiles> config, configFolder(folder, spec.config));
    if (config)
        return std::move(*config);
    if (auto documents = documentsOf(folder))
        return std::move(*documents);
    if (byName.others.size() == 1) {
        DataFiles files;
        files.splits["train"] = byName.others;
        files.notes.push_back(
            {byName.others[0].string(), "it is the folder's only data file and is read as \"train\""});
        return files;
    }
    return failure(nothingFound(folder, byName.files.unused));
}

/// Whether a split's file is the name of a split in the folder.
bool namesFolderSplits(const DataSpec& spec)
{
    std::error_code code;
    return !spec.path.empty() && !spec.splitFiles.empty() && fs::is_directory(spec.path, code) &&
           std::all_of(spec.splitFiles.begin(), spec.splitFiles.end(), [&](const auto& one) {
               return !fs::is_regular_file(one.second, code) &&
                      fs::path(one.second).parent_path().lexically_normal() ==
                          (fs::path(spec.path) / "").parent_path().lexically_normal();
           });
}

} // namespace

Result<DataFiles> findDataFiles(const DataSpec& given)
{
    DataSpec spec = given;
    if (!spec.path.empty()) {
        HILO_TRY(const fs::path place, localPlace(spec.path, RepositoryKind::Dataset));
        spec.path = place.string();
    }
    if (!spec.benchmark.empty()) {
        HILO_TRY(DataFiles files, benchmarkFiles(spec));
        noteMissingShards(files);
        return files;
    }
    std::error_code code;
    if ((spec.splitFiles.empty() && fs::is_directory(spec.path, code)) || namesFolderSplits(spec)) {
        HILO_TRY(DataFiles files, filesOfFolder(spec.path, spec));
        noteMissingShards(files);
        std::string problem;
        if (ClassNames names = classNamesOfFolder(spec.path, spec.config, problem); !names.empty())
            files.classNames = std::make_shared<const ClassNames>(std::move(names));
        if (!problem.empty())
            files.notes.push_back({(fs::path(spec.path) / "README.md").string(), problem});
        return files;
    }
    DataFiles files;
    for (const auto& [split, file] : spec.splitFiles)
        files.splits[split].push_back(file);
    if (files.splits.empty())
        files.splits["train"].push_back(spec.path);
    return files;
}

} // namespace hilo
