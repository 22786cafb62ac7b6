// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/split_names.h"

#include "data/row_source.h"
#include "formats/compressed_source.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// In the order in which they are preferred where a split is there in several.
constexpr std::array<std::string_view, 9> dataFormats = {".parquet", ".arrow", ".feather", ".jsonl", ".ndjson",
                                                         ".json",    ".csv",   ".tsv",     ".txt"};
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
    bool isLeftBehind = false;
};

FolderFile judge(const fs::path& path)
{
    FolderFile result;
    const std::string name = withoutCompressionEnding(path.filename().string());
    const std::string ending = dataEnding(name);
    if (std::find(dataFormats.begin(), dataFormats.end(), ending) != dataFormats.end())
        result.format = ending;
    const std::string stem = fs::path(name).stem().string();
    const std::vector<std::string> splits = splitsInName(stem);
    for (const std::string& word : wordsOf(lowerName(stem)))
        result.isLeftBehind |= std::find(leftBehind.begin(), leftBehind.end(), word) != leftBehind.end();
    if (splits.empty() && (result.format.empty() || result.format == plainText))
        return result;
    std::error_code code;
    if (result.isLeftBehind)
        result.reason = "it is named like a file that training programs leave behind";
    else if (splits.empty())
        result.reason = "no word of its name is a split's (train, validation, test)";
    else if (result.format.empty())
        result.reason = "its format is not read; data files end in .parquet, .arrow, .jsonl, .json, .csv, .tsv or .txt";
    else if (splits.size() > 1)
        result.reason = "its name speaks of two splits";
    else if (name != path.filename().string() && fs::exists(path.parent_path() / name, code))
        result.reason = "the same file is there unpacked";
    else
        result.split = splits.front();
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

/// "train-00001-of-00003-1a2b": where the number of shards stands, and which one this is.
struct Shard
{
    std::string set; ///< what its siblings have in common
    int index = 0, count = 0;
};

std::optional<Shard> shardOf(const std::string& name)
{
    constexpr std::string_view middle = "-of-";
    constexpr std::size_t digits = 5;
    const std::size_t at = name.find(middle);
    const auto numberAt = [&name](std::size_t begin) {
        int number = 0;
        for (std::size_t i = begin; i < begin + digits; ++i) {
            if (i >= name.size() || name[i] < '0' || name[i] > '9')
                return -1;
            number = number * 10 + (name[i] - '0');
        }
        return number;
    };
    if (at == std::string::npos || at < digits)
        return std::nullopt;
    const Shard shard{name.substr(0, at - digits), numberAt(at - digits), numberAt(at + middle.size())};
    return shard.index >= 0 && shard.count > 0 ? std::optional(shard) : std::nullopt;
}

} // namespace

void noteMissingShards(DataFiles& files)
{
    std::map<std::string, std::pair<int, std::set<int>>> sets;
    for (const auto& [split, paths] : files.splits)
        for (const fs::path& path : paths)
            if (const auto shard = shardOf(path.filename().string())) {
                auto& [count, there] = sets[(path.parent_path() / shard->set).string()];
                count = shard->count;
                there.insert(shard->index);
            }
    for (const auto& [set, found] : sets)
        if (const int missing = found.first - static_cast<int>(found.second.size()); missing > 0)
            files.notes.push_back(
                {set + "*", std::to_string(missing) + " of the " + std::to_string(found.first) +
                                " files that belong together are missing; is the download complete?"});
}

Result<FilesByName> filesNamedAfterSplits(const fs::path& folder)
{
    std::vector<fs::path> paths;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(folder, code))
        if (!entry.path().filename().string().starts_with("."))
            paths.push_back(entry.path());
    if (code)
        return failure(badInput(folder.string(), {}, "The folder cannot be read: " + code.message() + "."));
    std::sort(paths.begin(), paths.end());
    FilesByName result;
    DataFiles& files = result.files;
    std::map<std::string, ByFormat> found;
    std::map<std::string, ByFormat> texts;
    bool hasOtherTexts = false;
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
        hasOtherTexts |= file.format == plainText && file.split.empty();
        if (file.split.empty() && !file.format.empty() && file.format != plainText && !file.isLeftBehind)
            result.others.push_back(path);
    }
    // Of many texts that one is called "testing.txt" does not make it a split.
    const bool areTextsSplits = !hasOtherTexts || texts.contains("train");
    if (found.empty() && areTextsSplits)
        found.swap(texts);
    for (auto& [split, one] : found)
        chooseFormat(split, std::move(one), files);
    for (const auto& [split, one] : texts)
        for (const fs::path& path : one.at(std::string(plainText)))
            files.unused.push_back({path.string(), "text files are read only where no other data files are"});
    return result;
}

} // namespace hilo
