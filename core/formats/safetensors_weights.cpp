// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/safetensors_weights.h"

#include "base/json.h"
#include "base/text_format.h"
#include "formats/half.h"

#include <algorithm>
#include <array>
#include <regex>
#include <set>
#include <unordered_map>

namespace hilo {
namespace fs = std::filesystem;
namespace {

class SafetensorsWeights : public WeightSource
{
  public:
    Status add(const SafetensorsFile& file)
    {
        for (const TensorView& view : file.tensors) {
            if (!index_.emplace(view.info.name, views_.size()).second)
                return failure(
                    badInput(view.info.file, "tensor \"" + view.info.name + "\"", "The tensor stands in two shards."));
            views_.push_back(view);
            infos_.push_back(view.info);
        }
        return {};
    }

    const std::vector<TensorInfo>& tensors() const override { return infos_; }

    std::optional<TensorInfo> find(const std::string& name) const override
    {
        const TensorView* found = viewOf(name);
        return found ? std::optional(found->info) : std::nullopt;
    }

    std::optional<TensorView> view(const std::string& name) const override
    {
        const TensorView* found = viewOf(name);
        return found && found->info.type != DataType::Unsupported ? std::optional(*found) : std::nullopt;
    }

    Status readFloat32(const std::string& name, std::span<float> destination) const override
    {
        const TensorView* found = viewOf(name);
        if (!found)
            return failure(badInput({}, "tensor \"" + name + "\"", "The tensor is missing."));
        return decodeToFloat32(*found, destination);
    }

  private:
    const TensorView* viewOf(const std::string& name) const
    {
        const auto found = index_.find(name);
        return found == index_.end() ? nullptr : &views_[found->second];
    }

    std::vector<TensorView> views_;
    std::vector<TensorInfo> infos_;
    std::unordered_map<std::string, std::size_t> index_;
};

/// A shard's name must be a plain file name, and what it names must lie in the folder: no links out of it.
Result<fs::path> shardPath(const fs::path& folder, const std::string& name, const std::string& indexFile)
{
    const fs::path path = folder / name;
    std::error_code code;
    const bool plain = !name.empty() && name.find('/') == std::string::npos && name.find('\0') == std::string::npos &&
                       name != "." && name != "..";
    if (!plain)
        return failure(badInput(indexFile, "weight_map", "The shard name \"" + name + "\" is not a plain file name.",
                                "A shard must lie beside the index file."));
    if (!fs::exists(path, code))
        return failure(badInput(indexFile, "weight_map", "The shard \"" + name + "\" is missing.",
                                "Fetch the file, or the whole folder again."));
    if (fs::is_symlink(path, code)) {
        // Hub caches link to a blobs folder beside the snapshot; anything further out is refused.
        const fs::path target = fs::weakly_canonical(path, code);
        const fs::path root = fs::weakly_canonical(folder, code).parent_path().parent_path();
        const auto inside = std::mismatch(root.begin(), root.end(), target.begin(), target.end()).first == root.end();
        if (!inside)
            return failure(
                badInput(indexFile, "weight_map", "The shard \"" + name + "\" is a link out of the model's folder."));
    }
    return path;
}

Result<std::shared_ptr<const WeightSource>> openShards(const fs::path& folder, const fs::path& indexFile)
{
    HILO_TRY(const Json document, readJsonFile(indexFile));
    HILO_TRY(const JsonObject index, JsonObject::of(document, indexFile.string()));
    HILO_TRY(const JsonObject weightMap, index.object("weight_map"));
    std::set<std::string> names;
    for (const auto& [tensor, shard] : weightMap.json().items()) {
        if (!shard.is_string())
            return failure(weightMap.errorAt(tensor, "A shard's file name was expected."));
        names.insert(shard.get<std::string>());
    }
    auto weights = std::make_shared<SafetensorsWeights>();
    for (const std::string& name : names) {
        HILO_TRY(const fs::path path, shardPath(folder, name, indexFile.string()));
        HILO_TRY(const SafetensorsFile file, openSafetensors(path));
        HILO_CHECK(weights->add(file));
    }
    for (const auto& [tensor, shard] : weightMap.json().items()) {
        const auto found = weights->find(tensor);
        if (!found || fs::path(found->file).filename() != shard.get<std::string>())
            return failure(weightMap.errorAt(tensor, "The tensor is not in " + shard.get<std::string>() +
                                                         ", where the index says it is."));
    }
    return weights;
}

Result<std::shared_ptr<const WeightSource>> openFiles(const fs::path& folder, const std::vector<std::string>& names)
{
    auto weights = std::make_shared<SafetensorsWeights>();
    for (const std::string& name : names) {
        HILO_TRY(const fs::path path, shardPath(folder, name, folder.string()));
        HILO_TRY(const SafetensorsFile file, openSafetensors(path));
        HILO_CHECK(weights->add(file));
    }
    return weights;
}

/// What stands in a folder beside its weights.
bool isNoModel(const std::string& name)
{
    constexpr std::array<std::string_view, 6> others = {"adapter",   "optimizer", "optimiser",
                                                        "scheduler", "rng_state", "checkpoint."};
    return std::any_of(others.begin(), others.end(), [&](std::string_view other) { return name.starts_with(other); });
}

/// Sorted names of the folder's files that end so.
std::vector<std::string> namesEndingIn(const fs::path& folder, const std::string& ending)
{
    std::vector<std::string> names;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(folder, code)) {
        std::string name = entry.path().filename().string();
        if (name.ends_with(ending) && !isNoModel(name) && !fs::is_directory(entry.path(), code))
            names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// "model", 2 of 3 for model-00002-of-00003.safetensors.
struct ShardName
{
    std::string stem;
    std::int64_t number = 0;
    std::int64_t count = 0;

    static std::optional<ShardName> of(const std::string& name)
    {
        static const std::regex pattern("(.*)-([0-9]{5})-of-([0-9]{5})\\.safetensors");
        std::smatch match;
        if (!std::regex_match(name, match, pattern))
            return std::nullopt;
        return ShardName{match[1], std::stoll(match[2]), std::stoll(match[3])};
    }

    std::string file(std::int64_t which) const
    {
        return printed("%s-%05lld-of-%05lld.safetensors", stem.c_str(), static_cast<long long>(which),
                       static_cast<long long>(count));
    }
};

/// Every header names its tensors, so that the shards are enough when all are there.
Result<std::vector<std::string>> shardsWithoutIndex(const fs::path& folder, const std::vector<std::string>& names)
{
    std::vector<std::string> shards;
    std::optional<ShardName> first;
    for (const std::string& name : names) {
        const auto shard = ShardName::of(name);
        if (!shard)
            continue;
        if (first && (shard->stem != first->stem || shard->count != first->count))
            return failure(badInput(folder.string(), {},
                                    "The folder holds shards of two models, " + shards.front() + " and " + name + ".",
                                    "Keep those of one, or fetch model.safetensors.index.json too."));
        if (!first)
            first = shard;
        shards.push_back(name);
    }
    for (std::int64_t number = 1; first && number <= first->count; ++number)
        if (std::find(shards.begin(), shards.end(), first->file(number)) == shards.end())
            return failure(badInput(folder.string(), {},
                                    "The shard " + first->file(number) + " is missing; " +
                                        std::to_string(shards.size()) + " of " + std::to_string(first->count) +
                                        " are there.",
                                    "Fetch the file, or the whole folder again."));
    return shards;
}

Error pickledWeights(const fs::path& file)
{
    return badInput(file.string(), {}, "Pickled weights are not read, because loading them runs the code in them.",
                    "Convert them with transformers: model.save_pretrained(folder, safe_serialization=True).");
}

} // namespace

Result<std::shared_ptr<const WeightSource>> weightsOf(const SafetensorsFile& file)
{
    auto weights = std::make_shared<SafetensorsWeights>();
    HILO_CHECK(weights->add(file));
    return weights;
}

Result<std::shared_ptr<const WeightSource>> openSafetensorsFolder(const fs::path& folder)
{
    std::error_code code;
    if (fs::exists(folder / "model.safetensors", code))
        return openFiles(folder, {"model.safetensors"});
    if (fs::exists(folder / "model.safetensors.index.json", code))
        return openShards(folder, folder / "model.safetensors.index.json");
    const std::vector<std::string> indices = namesEndingIn(folder, ".safetensors.index.json");
    if (indices.size() == 1)
        return openShards(folder, folder / indices.front());
    const std::vector<std::string> names = namesEndingIn(folder, ".safetensors");
    HILO_TRY(const std::vector<std::string> shards, shardsWithoutIndex(folder, names));
    if (!shards.empty())
        return openFiles(folder, shards);
    if (names.size() == 1)
        return openFiles(folder, names);
    if (names.size() > 1)
        return failure(badInput(folder.string(), {},
                                "Which of the files holds the weights is not clear: " + joined(names) + ".",
                                "Name it model.safetensors, or fetch model.safetensors.index.json too."));
    for (const char* ending : {".bin", ".pt", ".pth"})
        if (const auto pickles = namesEndingIn(folder, ending); !pickles.empty())
            return failure(pickledWeights(folder / pickles.front()));
    return nullptr;
}

} // namespace hilo
