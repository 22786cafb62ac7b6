// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_files.h"

#include <algorithm>
#include <array>
#include <set>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// In the order in which they are preferred where a split is there in several.
constexpr std::array<std::string_view, 7> dataFormats = {".parquet", ".jsonl", ".ndjson", ".json",
                                                         ".csv",     ".tsv",   ".txt"};
constexpr std::string_view plainText = ".txt";

/// Words of files about a training or about a data set, which hold no rows of it.
constexpr std::array<std::string_view, 19> leftBehind = {
    "args",   "cache",   "config",     "configs",     "info",   "infos",  "log",     "logs",  "loss",   "losses",
    "metric", "metrics", "prediction", "predictions", "report", "result", "results", "stats", "trainer"};

std::string lowerName(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

/// The runs of letters of a lower-case name; bytes beyond ASCII are parts of letters.
std::vector<std::string> wordsOf(const std::string& name)
{
    std::vector<std::string> words(1);
    for (const char c : name) {
        if ((c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80)
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    return words;
}

/// A file of the folder by its name.
struct FolderFile
{
    std::string split;  ///< empty when it is not read
    std::string format; ///< one of dataFormats; empty when none
    std::string reason; ///< why it is not read; empty for files that nobody would take for data
};

FolderFile judge(const fs::path& path)
{
    FolderFile result;
    const std::string ending = lowerName(path.extension().string());
    if (std::find(dataFormats.begin(), dataFormats.end(), ending) != dataFormats.end())
        result.format = ending;
    std::set<std::string> splits;
    bool isLeftBehind = false;
    for (const std::string& word : wordsOf(lowerName(path.stem().string()))) {
        if (const std::string split = splitOfWord(word); !split.empty())
            splits.insert(split);
        isLeftBehind |= std::find(leftBehind.begin(), leftBehind.end(), word) != leftBehind.end();
    }
    if (splits.empty() && (result.format.empty() || result.format == plainText))
        return result;
    if (isLeftBehind)
        result.reason = "it is named like a file that training programs leave behind";
    else if (splits.empty())
        result.reason = "no word of its name is a split's (train, validation, test)";
    else if (result.format.empty())
        result.reason = "its format is not read; data files end in .parquet, .jsonl, .json, .csv, .tsv or .txt";
    else if (splits.size() > 1)
        result.reason = "its name speaks of two splits";
    else
        result.split = *splits.begin();
    return result;
}

/// A split's files of each format.
using ByFormat = std::map<std::string, std::vector<fs::path>>;

void chooseFormat(const std::string& split, ByFormat found, DataFiles& files)
{
    const std::string* chosen = nullptr;
    for (const std::string_view format : dataFormats) {
        const auto one = found.find(std::string(format));
        if (one == found.end())
            continue;
        if (!chosen) {
            chosen = &one->first;
            files.splits[split] = one->second;
            continue;
        }
        for (const fs::path& path : one->second)
            files.unused.push_back(
                {path.string(), "the split " + split + " is read from its " + *chosen + " files; one format a split"});
    }
}

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

Result<DataFiles> filesOfFolder(const fs::path& folder)
{
    std::vector<fs::path> paths;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(folder, code))
        if (!entry.path().filename().string().starts_with("."))
            paths.push_back(entry.path());
    if (code)
        return failure(badInput(folder.string(), {}, "The folder cannot be read: " + code.message() + "."));
    std::sort(paths.begin(), paths.end());
    DataFiles files;
    std::map<std::string, ByFormat> found;
    std::map<std::string, ByFormat> texts;
    for (const fs::path& path : paths) {
        if (fs::is_directory(path, code)) {
            files.unused.push_back({path.string(), "folders inside of a data folder are not read"});
            continue;
        }
        const FolderFile file = judge(path);
        if (!file.split.empty())
            (file.format == plainText ? texts : found)[file.split][file.format].push_back(path);
        else if (!file.reason.empty())
            files.unused.push_back({path.string(), file.reason});
    }
    if (found.empty())
        found.swap(texts);
    for (auto& [split, one] : found)
        chooseFormat(split, std::move(one), files);
    for (const auto& [split, one] : texts)
        for (const fs::path& path : one.at(std::string(plainText)))
            files.unused.push_back({path.string(), "text files are read only where no other data files are"});
    if (files.splits.empty())
        return failure(nothingFound(folder, files.unused));
    return files;
}

} // namespace

std::string splitOfWord(std::string_view word)
{
    static constexpr std::array<std::pair<std::string_view, const char*>, 8> words = {{{"train", "train"},
                                                                                       {"training", "train"},
                                                                                       {"validation", "validation"},
                                                                                       {"valid", "validation"},
                                                                                       {"val", "validation"},
                                                                                       {"dev", "validation"},
                                                                                       {"test", "test"},
                                                                                       {"testing", "test"}}};
    const std::string wanted = lowerName(std::string(word));
    for (const auto& [known, split] : words)
        if (wanted == known)
            return split;
    return {};
}

Result<DataFiles> findDataFiles(const DataSpec& spec)
{
    std::error_code code;
    if (spec.splitFiles.empty() && fs::is_directory(spec.path, code))
        return filesOfFolder(spec.path);
    DataFiles files;
    for (const auto& [split, file] : spec.splitFiles)
        files.splits[split].push_back(file);
    if (files.splits.empty())
        files.splits["train"].push_back(spec.path);
    return files;
}

} // namespace hilo
