// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/tensor_names.h"

#include "base/text_format.h"
#include "formats/tensor_layout.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace hilo {
namespace {

/// Of several models in one folder the one that stands first here is meant.
constexpr std::array languageModels = {
    "model.", "transformer.", "gpt_neox.", "", "language_model.model.", "model.language_model.", "language_model."};

class RenamedWeights : public WeightSource
{
  public:
    /// names: stored name to expected name, where they differ.
    RenamedWeights(std::shared_ptr<const WeightSource> source,
                   const std::unordered_map<std::string, std::string>& names)
        : source_(std::move(source))
    {
        for (const TensorInfo& tensor : source_->tensors()) {
            const auto found = names.find(tensor.name);
            infos_.push_back(tensor);
            if (found == names.end())
                continue;
            infos_.back().name = found->second;
            stored_[found->second] = tensor.name;
        }
    }

    const std::vector<TensorInfo>& tensors() const override { return infos_; }

    std::optional<TensorInfo> find(const std::string& name) const override
    {
        auto found = source_->find(storedName(name));
        if (found)
            found->name = name;
        return found;
    }

    std::optional<TensorView> view(const std::string& name) const override
    {
        auto found = source_->view(storedName(name));
        if (found)
            found->info.name = name;
        return found;
    }

    Status readFloat32(const std::string& name, std::span<float> destination) const override
    {
        return source_->readFloat32(storedName(name), destination);
    }

  private:
    const std::string& storedName(const std::string& name) const
    {
        const auto found = stored_.find(name);
        return found == stored_.end() ? name : found->second;
    }

    std::shared_ptr<const WeightSource> source_;
    std::vector<TensorInfo> infos_;
    std::unordered_map<std::string, std::string> stored_;
};

/// What stands in front of marker in the names that end with it.
std::vector<std::string> prefixesOf(const std::vector<TensorInfo>& tensors, const std::string& marker)
{
    std::vector<std::string> prefixes;
    for (const TensorInfo& tensor : tensors) {
        if (!tensor.name.ends_with(marker))
            continue;
        std::string front = tensor.name.substr(0, tensor.name.size() - marker.size());
        if (front.empty() || front.ends_with('.'))
            prefixes.push_back(std::move(front));
    }
    return prefixes;
}

Result<std::string> choosePrefix(const std::vector<std::string>& prefixes, const std::string& folder)
{
    if (prefixes.size() == 1)
        return prefixes.front();
    for (const char* known : languageModels)
        if (std::find(prefixes.begin(), prefixes.end(), known) != prefixes.end())
            return std::string(known);
    return failure(badInput(folder, {},
                            "The folder holds several models, whose tensors begin with " + joined(prefixes) + ".",
                            "Save the language model on its own."));
}

/// The head stands beside the body, in front of it or among it. transformers 5 calls gpt_neox's head as all others.
std::string storedHead(const WeightSource& weights, const std::string& front, const std::string& expected)
{
    const std::size_t dot = front.size() < 2 ? std::string::npos : front.rfind('.', front.size() - 2);
    const std::string outer = dot == std::string::npos ? "" : front.substr(0, dot + 1);
    for (const std::string& head : {expected, std::string("lm_head.weight")})
        for (const std::string& name : {head, outer + head, front + head})
            if (weights.find(name))
                return name;
    return expected;
}

/// A tensor that each layer has, whatever the family.
std::string markerOf(const TensorLayout& names)
{
    const std::string norm = names.inputNorm.empty() ? names.postAttentionNorm : names.inputNorm;
    return names.layers + "0." + norm + ".weight";
}

} // namespace

Result<std::shared_ptr<const WeightSource>> withExpectedNames(std::shared_ptr<const WeightSource> source,
                                                              const ModelConfig& config, const std::string& folder)
{
    const TensorLayout layout = tensorLayout(config);
    const std::string headName = layout.head + ".weight";
    const auto prefixes = prefixesOf(source->tensors(), markerOf(layout));
    if (prefixes.empty()) {
        if (source->find("layers.0.attention.wq.weight"))
            return failure(badInput(folder, "tensor \"layers.0.attention.wq.weight\"",
                                    "The weights have the names of Mistral's and Meta's own releases.",
                                    "Give the model in the layout of Hugging Face (model.safetensors or its shards)."));
        return source;
    }
    HILO_TRY(const std::string front, choosePrefix(prefixes, folder));
    const std::string head = storedHead(*source, front, headName);
    if (front == layout.body && head == headName)
        return source;
    std::unordered_set<std::string> expected;
    for (const TensorInfo& tensor : expectedTensors(config))
        expected.insert(tensor.name);
    std::unordered_map<std::string, std::string> names;
    for (const TensorInfo& tensor : source->tensors()) {
        const std::string& stored = tensor.name;
        const std::string rest = stored.starts_with(front) ? stored.substr(front.size()) : std::string();
        if (stored == head)
            names[stored] = headName;
        else if (!rest.empty() && (rest.starts_with(layout.layers) || expected.contains(layout.body + rest)))
            names[stored] = layout.body + rest;
    }
    return std::make_shared<RenamedWeights>(std::move(source), names);
}

} // namespace hilo
