// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/safetensors_weights.h"

#include "formats/half.h"
#include "formats/safetensors.h"

#include <cstring>
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
        // The hub's gpt2 file has no "transformer." in front.
        auto found = index_.find(name);
        if (found == index_.end() && name.starts_with("transformer."))
            found = index_.find(name.substr(12));
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

} // namespace

Result<std::shared_ptr<const WeightSource>> openSafetensorsFolder(const fs::path& folder)
{
    std::error_code code;
    const fs::path single = folder / "model.safetensors";
    const fs::path index = folder / "model.safetensors.index.json";
    if (fs::exists(single, code)) {
        HILO_TRY(const SafetensorsFile file, openSafetensors(single));
        auto weights = std::make_shared<SafetensorsWeights>();
        HILO_CHECK(weights->add(file));
        return weights;
    }
    if (fs::exists(index, code))
        return openShards(folder, index);
    for (const auto& entry : fs::directory_iterator(folder, code)) {
        const std::string extension = entry.path().extension().string();
        if (extension == ".bin" || extension == ".pt" || extension == ".pth")
            return failure(badInput(
                entry.path().string(), {}, "Pickled weights are not read, because loading them runs the code in them.",
                "Convert them with transformers: model.save_pretrained(folder, safe_serialization=True)."));
    }
    return nullptr;
}

} // namespace hilo
