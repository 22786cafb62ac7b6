// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/file_choice.h"

#include "base/model_companions.h"
#include "base/shown_bytes.h"
#include "base/shown_text.h"
#include "base/text_format.h"

#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace hilo {
namespace {

/// Beside modelCompanions.
constexpr std::array<std::string_view, 10> modelFileNames = {
    "config.json",         "quantize_config.json",        "quant_config.json", "hf_quant_config.json",
    "adapter_config.json", "adapter_model.safetensors",   "adapter.json",      "adapter.safetensors",
    "allocation.map.json", "model.safetensors.index.json"};
constexpr std::array<std::string_view, 11> dataEndings = {
    ".parquet", ".arrow", ".feather", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".txt", ".md", ".yaml"};
constexpr std::array<std::string_view, 4> compressions = {".gz", ".gzip", ".zst", ".zstd"};

template <std::size_t count>
bool endsWithOneOf(std::string_view name, const std::array<std::string_view, count>& endings)
{
    return std::any_of(endings.begin(), endings.end(),
                       [name](std::string_view ending) { return name.ends_with(ending); });
}

bool isAtTop(std::string_view name)
{
    return name.find('/') == std::string_view::npos;
}

/// "model-00001-of-00003.safetensors"
bool isShard(std::string_view name)
{
    return name.ends_with(".safetensors") && name.find("-of-") != std::string_view::npos;
}

bool anyFits(const std::vector<std::string>& patterns, const std::string& name)
{
    return std::any_of(patterns.begin(), patterns.end(),
                       [&name](const std::string& pattern) { return matchesPattern(pattern, name); });
}

/// Which of the files at the top that end with .safetensors hold the weights, as openSafetensorsFolder() would take
/// them.
class WeightFiles
{
  public:
    explicit WeightFiles(const std::vector<RepositoryFile>& files)
    {
        for (const RepositoryFile& file : files) {
            hasWhole_ = hasWhole_ || file.name == "model.safetensors";
            if (isAtTop(file.name) && file.name.ends_with(".safetensors.index.json"))
                stem_ = file.name.substr(0, file.name.find(".safetensors"));
            hasModelIndex_ = hasModelIndex_ || file.name == "model.safetensors.index.json";
        }
        if (hasModelIndex_)
            stem_ = "model";
    }

    bool isOne(const std::string& name) const
    {
        if (!isAtTop(name) || !name.ends_with(".safetensors"))
            return false;
        if (hasWhole_)
            return name == "model.safetensors";
        return stem_.empty() || (isShard(name) && name.starts_with(stem_ + "-"));
    }
    /// An index of another name than the usual.
    bool isIndex(const std::string& name) const
    {
        return !hasWhole_ && !hasModelIndex_ && isAtTop(name) && name.ends_with(".safetensors.index.json");
    }

  private:
    bool hasWhole_ = false, hasModelIndex_ = false;
    std::string stem_;
};

bool isWantedOfModel(const std::string& name, const WeightFiles& weights)
{
    if (weights.isOne(name) || weights.isIndex(name))
        return true;
    if (name.starts_with("additional_chat_templates/") && name.ends_with(".jinja"))
        return true;
    const auto has = [&name](const auto& names) { return std::find(names.begin(), names.end(), name) != names.end(); };
    return has(modelFileNames) || has(modelCompanions);
}

bool isWantedOfData(std::string_view name)
{
    if (name.starts_with('.') || name.find("/.") != std::string_view::npos)
        return false;
    for (const std::string_view compression : compressions)
        if (name.ends_with(compression)) {
            name.remove_suffix(compression.size());
            break;
        }
    return endsWithOneOf(name, dataEndings);
}

Error nothingChosen(const RepositoryName& name, const std::vector<RepositoryFile>& files, bool byPatterns)
{
    constexpr std::size_t few = 12;
    std::vector<std::string> there;
    for (const RepositoryFile& file : files)
        if (there.size() < few)
            there.push_back(shown(file.name));
    if (files.size() > few)
        there.push_back("and " + std::to_string(files.size() - few) + " more");
    const std::string list = there.empty() ? "It has no files." : "It has " + joined(there) + ".";
    if (byPatterns)
        return badInput({}, {}, "None of the files of " + name.repository() + " fits the patterns.", list);
    return badInput({}, {}, name.repository() + " has no file that this program reads. " + list,
                    "--include PATTERN fetches others.");
}

Error onlyGguf(const RepositoryName& name, const std::vector<std::string>& files)
{
    return badInput(
        {}, {}, name.repository() + " has its weights in GGUF files only, of which each is the whole model.",
        "Choose one: " + name.fetchCommand() + " --include NAME, where NAME is one of: " + joined(files) + ".");
}

/// 0: read first, 2: last.
int turnOf(const std::string& name)
{
    return name.ends_with(".index.json") ? 0 : name == "config.json" ? 2 : 1;
}

} // namespace

bool matchesPattern(const std::string& pattern, const std::string& name)
{
    const std::string whole = pattern.ends_with('/') ? pattern + "*" : pattern;
    return ::fnmatch(whole.c_str(), name.c_str(), 0) == 0;
}

Result<FileChoice> chooseFiles(const RepositoryName& name, const std::vector<RepositoryFile>& files,
                               const std::vector<std::string>& include, const std::vector<std::string>& exclude)
{
    FileChoice choice;
    const WeightFiles weights(files);
    bool hasWeights = false;
    std::vector<std::string> gguf;
    for (const RepositoryFile& file : files) {
        const bool wanted = include.empty() ? name.kind == RepositoryKind::Model ? isWantedOfModel(file.name, weights)
                                                                                 : isWantedOfData(file.name)
                                            : anyFits(include, file.name);
        hasWeights = hasWeights || file.name.ends_with(".safetensors");
        if (file.name.ends_with(".gguf"))
            gguf.push_back(file.name +
                           (file.size >= 0 ? " (" + shownBytes(static_cast<std::uint64_t>(file.size)) + ")" : ""));
        (wanted && !anyFits(exclude, file.name) ? choice.wanted : choice.left).push_back(file);
    }
    if (name.kind == RepositoryKind::Model && include.empty() && !hasWeights && !gguf.empty())
        return failure(onlyGguf(name, gguf));
    if (choice.wanted.empty())
        return failure(nothingChosen(name, files, !include.empty() || !exclude.empty()));
    std::stable_sort(
        choice.wanted.begin(), choice.wanted.end(),
        [](const RepositoryFile& left, const RepositoryFile& right) { return turnOf(left.name) < turnOf(right.name); });
    return choice;
}

} // namespace hilo
