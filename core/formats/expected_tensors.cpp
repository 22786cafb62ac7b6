// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/expected_tensors.h"

namespace hilo {
namespace {

class TensorList
{
  public:
    void add(const std::string& name, std::vector<std::int64_t> shape)
    {
        TensorInfo info;
        info.name = name;
        info.shape = std::move(shape);
        tensors_.push_back(std::move(info));
    }
    void norm(const ModelConfig& config, const std::string& path, std::int64_t size)
    {
        add(path + ".weight", {size});
        if (config.layerNorm)
            add(path + ".bias", {size});
    }
    std::vector<TensorInfo> take() { return std::move(tensors_); }

  private:
    std::vector<TensorInfo> tensors_;
};

bool hasBias(const ModelConfig& config, int inputGroup)
{
    return inputGroup == 0 ? config.queryKeyValueBias : inputGroup == 1 ? config.outputBias : config.mlpBias;
}

void addLayer(TensorList& list, const ModelConfig& config, std::int64_t layer)
{
    const std::string prefix =
        (config.family == Family::Gpt2 ? "transformer.h." : "model.layers.") + std::to_string(layer) + ".";
    list.norm(config, prefix + (config.layerNorm ? "ln_1" : "input_layernorm"), config.hidden);
    for (const ModuleShape& module : moduleShapes(config)) {
        // gpt2's Conv1D keeps its weight as [in, out].
        list.add(prefix + module.path + ".weight", config.family == Family::Gpt2 ? std::vector{module.in, module.out}
                                                                                 : std::vector{module.out, module.in});
        if (hasBias(config, module.inputGroup))
            list.add(prefix + module.path + ".bias", {module.out});
    }
    if (config.queryKeyNorm) {
        list.norm(config, prefix + "self_attn.q_norm", config.headDimension);
        list.norm(config, prefix + "self_attn.k_norm", config.headDimension);
    }
    list.norm(config, prefix + (config.layerNorm ? "ln_2" : "post_attention_layernorm"), config.hidden);
    if (config.postNorms) {
        list.norm(config, prefix + "pre_feedforward_layernorm", config.hidden);
        list.norm(config, prefix + "post_feedforward_layernorm", config.hidden);
    }
}

} // namespace

std::vector<TensorInfo> expectedTensors(const ModelConfig& config)
{
    const bool gpt2 = config.family == Family::Gpt2;
    TensorList list;
    list.add(gpt2 ? "transformer.wte.weight" : "model.embed_tokens.weight", {config.vocabulary, config.hidden});
    if (config.learnedPositions)
        list.add("transformer.wpe.weight", {config.maximumPositions, config.hidden});
    for (std::int64_t layer = 0; layer < config.layers; ++layer)
        addLayer(list, config, layer);
    list.norm(config, gpt2 ? "transformer.ln_f" : "model.norm", config.hidden);
    if (!config.tiedEmbeddings)
        list.add("lm_head.weight", {config.vocabulary, config.hidden});
    return list.take();
}

std::int64_t elementsOf(const TensorInfo& tensor)
{
    std::int64_t elements = 1;
    for (const std::int64_t size : tensor.shape)
        elements *= size;
    return elements;
}

std::int64_t parameterCount(const ModelConfig& config)
{
    std::int64_t sum = 0;
    for (const TensorInfo& tensor : expectedTensors(config))
        sum += elementsOf(tensor);
    return sum;
}

} // namespace hilo
