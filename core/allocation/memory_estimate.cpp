// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/memory_estimate.h"

#include "allocation/parameters.h"
#include "formats/expected_tensors.h"
#include "formats/layer_modules.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace hilo {
namespace {

/// Largest sum of length² that is attended in one product: sequences of similar length are padded to the longest
/// (engine/model/attention.cpp).
std::int64_t pairsOf(std::vector<std::int64_t> lengths)
{
    std::sort(lengths.rbegin(), lengths.rend());
    std::int64_t most = 0;
    for (std::size_t first = 0; first < lengths.size();) {
        std::size_t last = first;
        while (last < lengths.size() && 4 * lengths[last] >= 3 * lengths[first])
            ++last;
        most = std::max(most, static_cast<std::int64_t>(last - first) * lengths[first] * lengths[first]);
        first = std::max(last, first + 1);
    }
    return most;
}

/// Values that a layer's MLP keeps per token: gate and up, or the one pre-activation. Of the base's own experts those
/// of the active ones, and what each of them gives, which its weight's gradient needs.
std::int64_t keptByMlp(const ModelConfig& model, std::int64_t layer)
{
    const BaseMixture& mixture = model.mixture;
    if (mixture.hasExperts(layer))
        return mixture.active * (2 * mixture.intermediate + model.hidden);
    return (model.gatedMlp ? 2 : 1) * model.sizesOf(layer).intermediate;
}

/// Values of the widest tensor between them: the activations' product, of experts all active ones' behind one another.
std::int64_t innerOfMlp(const ModelConfig& model, std::int64_t layer)
{
    const BaseMixture& mixture = model.mixture;
    return mixture.hasExperts(layer) ? mixture.active * (mixture.intermediate + model.hidden)
                                     : model.sizesOf(layer).intermediate;
}

/// The layer's share of the second embedding, the gate in front of it and what its norm reads, with what goes in.
std::int64_t keptByPerLayerInput(const ModelConfig& model)
{
    return model.perLayerWidth > 0 ? 2 * (model.perLayerWidth + model.hidden) : 0;
}

/// 0 where a layer attends to an earlier one's.
std::int64_t ownKeyValueHeads(const ModelConfig& model, std::int64_t layer)
{
    return model.keyValueLayerOf(layer) == layer ? model.sizesOf(layer).keyValueHeads : 0;
}

/// Flash attention keeps no scores; what it has no kernel for is attended without it (engine/model/attention.cpp).
bool usesFlashAttention(const ModelConfig& model)
{
    bool fits = model.attentionSoftcap == 0 && !model.attentionSinks;
    for (const LayerSizes& sizes : model.layerSizes)
        fits = fits && sizes.headDimension % 8 == 0 && sizes.headDimension <= 256;
    return fits;
}

/// Values of all layers' queries together.
std::int64_t queryValues(const ModelConfig& model)
{
    std::int64_t values = 0;
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        values += model.heads * model.sizesOf(layer).headDimension;
    return values;
}

/// Bytes that one layer keeps per token, and those of its input alone.
struct LayerBytes
{
    std::int64_t kept = 0;
    std::int64_t input = 0;
    std::int64_t mlp = 0;                ///< of kept, what the feed-forward half frees before attention's backward pass
    std::int64_t gradients = 0;          ///< of the activations, without what belongs to the adapter
    std::int64_t attentionGradients = 0; ///< of those, attention's
};

LayerBytes layerBytes(const AllocationMap& map, std::size_t layer, const ModelConfig& model, int baseBytes)
{
    std::map<int, std::int64_t> adapterColumns; // by input group: ranks and logits
    std::map<int, std::int64_t> adapterWidth;   // by input group: values of the input
    for (const ModuleShape& shape : layerModules(model, static_cast<std::int64_t>(layer))) {
        const ModuleAllocation* module = map.find(layer, shape.name);
        if (!module || module->ranks.empty())
            continue;
        const std::int64_t logits = module->hasRouter() ? module->experts() + module->nullExperts : 0;
        adapterColumns[shape.inputGroup] += module->totalRank() + 2 * logits;
        adapterWidth[shape.inputGroup] = shape.in;
    }
    const auto index = static_cast<std::int64_t>(layer);
    const LayerSizes sizes = model.sizesOf(index);
    const std::int64_t query = model.heads * sizes.headDimension;
    const std::int64_t keyValue = 2 * ownKeyValueHeads(model, index) * sizes.headDimension;
    // Input and middle of the layer; query, key, value; gate and up, or the one pre-activation.
    const std::int64_t inner = keptByMlp(model, index) + keptByPerLayerInput(model);
    const std::int64_t base = 2 * model.hidden + query + keyValue + inner;
    LayerBytes bytes;
    bytes.kept = base * baseBytes;
    bytes.mlp = inner * baseBytes;
    for (const auto& [group, columns] : adapterColumns) {
        const std::int64_t added = adapterWidth[group] * baseBytes + columns * 4;
        bytes.kept += added;
        bytes.mlp += group >= 2 ? added : 0;
    }
    bytes.input = model.hidden * baseBytes;
    bytes.gradients = (base + innerOfMlp(model, index)) * baseBytes;
    bytes.attentionGradients = (base - inner) * baseBytes;
    return bytes;
}

std::int64_t rounded(double value)
{
    return static_cast<std::int64_t>(value + 0.5);
}

/// Values of the layers' linear weights.
std::int64_t linearValues(const ModelConfig& model)
{
    std::int64_t values = 0;
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        for (const ModuleShape& shape : layerModules(model, layer))
            values += shape.in * shape.out;
    const BaseMixture& mixture = model.mixture;
    for (const bool hasExperts : mixture.layers)
        values += 3 * model.hidden * (hasExperts ? mixture.experts * mixture.intermediate : model.intermediate);
    return values;
}

/// Of the largest weight that is quantised by itself.
std::int64_t largestLinear(const ModelConfig& model)
{
    std::int64_t largest = 0;
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        for (const ModuleShape& shape : layerModules(model, layer))
            largest = std::max(largest, shape.in * shape.out);
    const BaseMixture& mixture = model.mixture;
    for (const bool hasExperts : mixture.layers)
        largest = std::max(largest, model.hidden * (hasExperts ? (mixture.fusedExperts ? 2 : 1) * mixture.intermediate
                                                               : model.intermediate));
    return largest;
}

} // namespace

BatchShape largestBatch(std::int64_t batchSize, std::int64_t maxLength)
{
    BatchShape shape;
    shape.tokens = batchSize * maxLength;
    shape.attentionPairs = batchSize * maxLength * maxLength;
    shape.labels = shape.tokens;
    shape.tokensPerMicroBatch = static_cast<double>(shape.tokens);
    shape.meanLength = static_cast<double>(maxLength);
    return shape;
}

BatchShape measuredBatch(const std::vector<std::vector<std::int64_t>>& microBatches, std::int64_t labels)
{
    BatchShape shape;
    double sum = 0;
    double squares = 0;
    for (const std::vector<std::int64_t>& lengths : microBatches) {
        const std::int64_t tokens = std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0});
        shape.tokens = std::max(shape.tokens, tokens);
        shape.attentionPairs = std::max(shape.attentionPairs, pairsOf(lengths));
        sum += static_cast<double>(tokens);
        for (const std::int64_t length : lengths)
            squares += static_cast<double>(length) * static_cast<double>(length);
    }
    shape.labels = std::min(labels, shape.tokens);
    shape.microBatches = static_cast<std::int64_t>(microBatches.size());
    shape.tokensPerMicroBatch = microBatches.empty() ? 0 : sum / static_cast<double>(microBatches.size());
    shape.meanLength = sum > 0 ? squares / sum : 0;
    return shape;
}

MemoryEstimate estimateMemory(const AllocationMap& map, const ModelConfig& model, const EstimateSettings& settings,
                              const EstimateConstants& constants)
{
    const std::int64_t parameters = countParameters(map, model).trainable();
    const std::int64_t tokens = settings.batch.tokens;
    MemoryEstimate estimate;
    estimate.process = constants.processBytes;
    estimate.weights = parameterCount(model) * settings.baseBytes + settings.mappedBytes;
    if (settings.linearBytes > 0) {
        const auto linear = static_cast<double>(linearValues(model));
        estimate.weights += rounded(linear * (settings.linearBytes - settings.baseBytes));
        // One of them is made whole for its products.
        if (settings.onGpu)
            estimate.weights += largestLinear(model) * settings.baseBytes;
    }
    // A half-precision base multiplies them in its own type: a copy beside the float32 ones.
    estimate.adapters = (settings.baseBytes < 4 ? 4 + settings.baseBytes : 4) * parameters;
    estimate.gradients = 4 * parameters;
    estimate.optimiser = 8 * parameters;

    std::int64_t kept = 0;
    std::int64_t inputs = 0;
    LayerBytes largest;
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer) {
        const LayerBytes bytes = layerBytes(map, layer, model, settings.baseBytes);
        kept += bytes.kept;
        inputs += bytes.input;
        largest.kept = std::max(largest.kept, bytes.kept);
        largest.mlp = std::max(largest.mlp, bytes.mlp);
        largest.gradients = std::max(largest.gradients, bytes.gradients);
        largest.attentionGradients = std::max(largest.attentionGradients, bytes.attentionGradients);
    }
    const std::int64_t perToken = settings.recomputeActivations ? inputs + largest.kept : kept;
    // Behind the last layer: its output, the final norm's and the gradient of both.
    const std::int64_t behind = 3 * model.hidden * settings.baseBytes;
    estimate.activations = rounded(static_cast<double>(tokens * (perToken + behind)) * (1 + constants.fragmentation));

    const double chunk = std::min(static_cast<double>(settings.batch.labels * model.vocabulary * 4),
                                  static_cast<double>(constants.logitChunkBytes));
    estimate.logits = rounded(chunk * constants.logitCopies);
    const double scores =
        settings.onGpu && usesFlashAttention(model) && settings.baseBytes == 2
            ? 0
            : static_cast<double>(settings.batch.attentionPairs * model.heads * 4) * constants.scoreMatrices;
    const double inMlp = static_cast<double>(tokens * largest.gradients) * constants.backwardShare;
    const double inAttention = scores +
                               static_cast<double>(tokens * largest.attentionGradients) * constants.backwardShare -
                               static_cast<double>(tokens * largest.mlp);
    estimate.workspace = rounded(std::max(inMlp, inAttention));
    // The logits are gone before the layers' backward passes begin.
    estimate.total = estimate.process + estimate.weights + estimate.adapters + estimate.gradients + estimate.optimiser +
                     estimate.activations + std::max(estimate.workspace, estimate.logits);
    return estimate;
}

double quantisedBytes(const std::string& quantisation)
{
    if (quantisation == "nf4")
        return 0.5 + 1.0 / 64 + 4.0 / (64 * 256);
    return quantisation == "int8" || quantisation == "fp8" ? 1 : 0;
}

EstimateConstants cpuConstants()
{
    EstimateConstants constants;
    constants.processBytes = std::int64_t{HILO_PROCESS_MIB} << 20;
    return constants;
}

EstimateConstants gpuConstants()
{
    EstimateConstants constants;
    // The tensors of the process, which is what the peak is compared with; the CUDA context is outside of it.
    constants.processBytes = std::int64_t{64} << 20;
    constants.logitCopies = 1.5; // in the base's type, and the gradient by the hidden states
    constants.logitChunkBytes = std::int64_t{512} << 20;
    constants.efficiency = 0.45;
    return constants;
}

std::int64_t largestLayerBytes(const AllocationMap& map, const ModelConfig& model, int baseBytes)
{
    std::int64_t largest = 0;
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer)
        largest = std::max(largest, layerBytes(map, layer, model, baseBytes).kept);
    return largest;
}

std::int64_t fittingBatchSize(const AllocationMap& map, const ModelConfig& model, EstimateSettings settings,
                              std::int64_t batchSize, std::int64_t maxLength, std::int64_t usable,
                              const EstimateConstants& constants)
{
    for (std::int64_t size = batchSize; size > 0; --size) {
        settings.batch = largestBatch(size, maxLength);
        if (estimateMemory(map, model, settings, constants).total <= usable)
            return size;
    }
    return 0;
}

Json MemoryEstimate::toJson() const
{
    return {{"process", process},     {"weights", weights},     {"adapters", adapters},
            {"gradients", gradients}, {"optimiser", optimiser}, {"activations", activations},
            {"workspace", workspace}, {"logits", logits},       {"total", total}};
}

double operationsPerToken(const AllocationMap& map, const ModelConfig& model, const EstimateSettings& settings)
{
    const auto base = static_cast<double>(activeParameterCount(model));
    const auto adapter = static_cast<double>(countParameters(map, model).trainable());
    const double attention = settings.batch.meanLength * static_cast<double>(queryValues(model));
    double operations = 4 * base + 6 * adapter + 14 * attention;
    if (settings.recomputeActivations)
        operations += 2 * base + 2 * adapter + 4 * attention;
    return operations;
}

TimeEstimate estimateTime(const AllocationMap& map, const ModelConfig& model, const EstimateSettings& settings,
                          const EstimateConstants& constants)
{
    TimeEstimate time;
    if (settings.flopsPerSecond <= 0)
        return time;
    time.tokensPerSecond = settings.flopsPerSecond * constants.efficiency / operationsPerToken(map, model, settings);
    time.seconds =
        static_cast<double>(settings.batch.microBatches) * settings.batch.tokensPerMicroBatch / time.tokensPerSecond;
    return time;
}

} // namespace hilo
