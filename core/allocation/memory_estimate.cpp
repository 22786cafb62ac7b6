// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/memory_estimate.h"

#include "allocation/parameters.h"
#include "formats/base_expert_modules.h"
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
/// of the active ones, and what each of them gives, which its weight's gradient needs; the limits of gpt_oss keep what
/// they get and give (6 instead of 2). The router's shares of all experts where they are not made to sum to one.
std::int64_t keptByMlp(const ModelConfig& model, std::int64_t layer)
{
    const BaseMixture& mixture = model.mixture;
    // Of the one that every token passes gate and up, and what its gate multiplies.
    const std::int64_t shared =
        mixture.hasShared(layer) ? 2 * mixture.sharedIntermediate + (mixture.sharedGate ? model.hidden : 0) : 0;
    // Of an MLP beside the experts its modules' outputs, and what the norms of both branches and the router's read.
    const std::int64_t mlp = mixture.hasMlp(layer) ? (model.gatedMlp ? 2 : 1) * model.sizesOf(layer).intermediate +
                                                         (mixture.hasExperts(layer) ? 4 * model.hidden : 0)
                                                   : 0;
    if (mixture.hasExperts(layer))
        return mixture.active * ((mixture.gateSlope > 0 ? 6 : 2) * mixture.intermediate + model.hidden) +
               (mixture.weightsSumToOne ? 0 : mixture.experts) + shared + mlp;
    return mlp;
}

/// Values per token beside what is kept, at most, while the gradients go back through the MLP: by the branch's output
/// and the residual stream, by the product and both halves' factors, with one more for a product on the way. Of
/// experts the outputs of the active ones, their gradients weighted and unweighted, as they go from one order to the
/// other.
std::int64_t gradientsOfMlp(const ModelConfig& model, std::int64_t layer)
{
    const std::int64_t mlp =
        model.mixture.hasMlp(layer) ? (model.gatedMlp ? 4 : 3) * model.sizesOf(layer).intermediate : 0;
    if (model.mixture.hasExperts(layer))
        return std::max({2 * model.mixture.active * model.hidden, 4 * model.mixture.sharedIntermediate, mlp}) +
               2 * model.hidden;
    return mlp + 2 * model.hidden;
}

/// 0 where a layer attends to an earlier one's, or has a gated delta net.
std::int64_t ownKeyValueHeads(const ModelConfig& model, std::int64_t layer)
{
    const bool owns = model.keyValueLayerOf(layer) == layer && !model.linearAttention.at(layer);
    return owns ? model.sizesOf(layer).keyValueHeads : 0;
}

/// Values that attention or what stands in its place keeps per token: query, key and value, and of a gated one the gate
/// and what it multiplies. Of a gated delta net what the rule reads, its output before and behind the norm, and the
/// gate.
std::int64_t keptByMixing(const ModelConfig& model, std::int64_t layer)
{
    const LinearAttention& net = model.linearAttention;
    if (net.at(layer))
        return net.channels() + 2 * net.valueHeads + 3 * net.valueWidth();
    const std::int64_t size = model.sizesOf(layer).headDimension;
    return ((model.attentionGate ? 3 : 1) * model.heads + 2 * ownKeyValueHeads(model, layer)) * size;
}

/// Values per token of one layer without gradients: the residual stream before and in the middle, what a norm gives,
/// and the widest of what the MLP makes of it (of experts their rows twice and their outputs) or the attention.
std::int64_t passingValues(const ModelConfig& model, std::int64_t layer)
{
    const BaseMixture& mixture = model.mixture;
    const LayerSizes sizes = model.sizesOf(layer);
    const std::int64_t own = mixture.hasMlp(layer) ? (model.gatedMlp ? 3 : 2) * sizes.intermediate : 0;
    const std::int64_t mlp =
        std::max(own, mixture.hasExperts(layer) ? 2 * mixture.active * model.hidden : 0) + model.hidden;
    const std::int64_t attention =
        model.linearAttention.at(layer)
            ? 2 * keptByMixing(model, layer)
            : 2 * (model.heads + 2 * sizes.keyValueHeads) * sizes.headDimension + model.heads * sizes.headDimension;
    return 3 * model.hidden + std::max(mlp, attention);
}

/// The layer's share of the second embedding, the gate in front of it and what its norm reads, with what goes in.
std::int64_t keptByPerLayerInput(const ModelConfig& model)
{
    return model.perLayerWidth > 0 ? 2 * (model.perLayerWidth + model.hidden) : 0;
}

/// Flash attention keeps no scores; what it has no kernel for is attended without it (engine/model/attention.cpp).
bool usesFlashAttention(const ModelConfig& model)
{
    bool fits = model.attentionSoftcap == 0 && !model.attentionSinks;
    for (const LayerSizes& sizes : model.layerSizes)
        fits = fits && sizes.headDimension % 8 == 0 && sizes.headDimension <= 256;
    return fits;
}

/// Values of all layers' queries together; gated delta nets have none that attend.
std::int64_t queryValues(const ModelConfig& model)
{
    std::int64_t values = 0;
    for (std::int64_t layer = 0; layer < model.layers; ++layer)
        values += model.linearAttention.at(layer) ? 0 : model.heads * model.sizesOf(layer).headDimension;
    return values;
}

/// Tokens that the delta rule takes at once (engine/model/gated_delta_net.h).
constexpr double deltaChunk = 64;

/// Float32 numbers per token that exist at once in the backward pass of a gated delta net, which makes everything
/// inside again: eight numbers for each pair of a chunk, the convolution's products, keys and values in the shapes that
/// the rule multiplies with their gradients, and the states between chunks. Counted in
/// engine/model/gated_delta_net.cpp.
double deltaNetNumbers(const LinearAttention& net)
{
    const auto heads = static_cast<double>(net.valueHeads);
    const auto keys = static_cast<double>(net.keyDimension), values = static_cast<double>(net.valueDimension);
    const double convolution = 1.5 * static_cast<double>(net.channels() * (net.kernel + 3));
    return convolution + heads * (8 * deltaChunk + 16 * keys + 14 * values + 4 * keys * values / deltaChunk);
}

/// Operations of the delta rule for one token of a layer: products inside a chunk, with the state, and the triangular
/// system.
double deltaRuleOperations(const LinearAttention& net)
{
    const auto keys = static_cast<double>(net.keyDimension), values = static_cast<double>(net.valueDimension);
    return 2 * static_cast<double>(net.valueHeads) * (deltaChunk * (2.5 * keys + 1.5 * values) + 3 * keys * values);
}

/// Bytes that one layer keeps per token, and those of its input alone.
struct LayerBytes
{
    bool isAdapted = false;
    std::int64_t kept = 0;
    std::int64_t input = 0;
    std::int64_t mlp = 0;          ///< of kept, what the feed-forward half frees before attention's backward pass
    std::int64_t mlpGradients = 0; ///< beside it, without the freed input of the last product
    std::int64_t attentionGradients = 0;
};

/// Attention's score matrices [pairs · heads] in float32 that exist at once: probabilities, their gradient and the
/// product of both; without gradients scores and probabilities. A softcap keeps what it bent.
std::int64_t scoreMatrices(const ModelConfig& model, bool withGradients)
{
    return (withGradients ? 3 : 2) + (model.attentionSoftcap > 0 ? 1 : 0);
}

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
    // Of the base's own experts each active one's rows are kept: the tokens' copies, and what down multiplies.
    std::int64_t expertInputs = 0;
    for (const ModuleShape& shape : baseExpertModules(model, index))
        if (const ModuleAllocation* module = map.find(layer, shape.name); module && !module->ranks.empty())
            expertInputs += model.mixture.active * shape.in;
    const LayerSizes sizes = model.sizesOf(index);
    const std::int64_t query = model.heads * sizes.headDimension;
    const std::int64_t keyValue = 2 * ownKeyValueHeads(model, index) * sizes.headDimension;
    // Input and middle of the layer; query, key, value; gate and up, or the one pre-activation. What norms and clamps
    // get is kept beside what they give.
    const std::int64_t inner = keptByMlp(model, index) + keptByPerLayerInput(model);
    const bool isNet = model.linearAttention.at(index);
    std::int64_t base = 2 * model.hidden + keptByMixing(model, index) + inner;
    base += model.queryKeyNorm != QueryKeyNorm::None && !isNet ? query + keyValue / 2 : 0;
    base += model.clipQueryKeyValue > 0 ? query + keyValue : 0;
    base += model.postNorms ? 2 * model.hidden : 0;
    LayerBytes bytes;
    bytes.isAdapted = !adapterColumns.empty() || expertInputs > 0;
    bytes.kept = (base + expertInputs) * baseBytes;
    bytes.mlp = (inner + expertInputs) * baseBytes;
    for (const auto& [group, columns] : adapterColumns) {
        const std::int64_t added = adapterWidth[group] * baseBytes + columns * 4;
        bytes.kept += added;
        bytes.mlp += group >= 2 ? added : 0;
    }
    bytes.input = model.hidden * baseBytes;
    // What the adapters of the last products have kept of their inputs is gone when the widest gradients are made.
    const auto freed = [&](int group) { return adapterWidth.contains(group) ? adapterWidth[group] : 0; };
    bytes.mlpGradients = (gradientsOfMlp(model, index) - freed(3)) * baseBytes;
    // Queries thrice and keys and values once and a half: what comes, what is padded, what goes.
    bytes.attentionGradients = isNet ? 0 : (3 * query + 3 * keyValue / 2 - freed(1)) * baseBytes;
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
        values += hasExperts ? 3 * model.hidden * mixture.experts * mixture.intermediate : 0;
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
    if (mixture.isMixture())
        largest = std::max(largest, model.hidden * (mixture.fusedExperts ? 2 : 1) * mixture.intermediate);
    return largest;
}

/// Of attention over so many pairs of tokens.
std::int64_t scoreBytes(const ModelConfig& model, const EstimateSettings& settings, std::int64_t pairs,
                        bool withGradients)
{
    const bool flash = settings.onGpu && usesFlashAttention(model) && settings.baseBytes == 2;
    const bool attends = model.linearAttention.count() < model.layers;
    return flash || !attends ? 0 : pairs * model.heads * 4 * scoreMatrices(model, withGradients);
}

/// One chunk of logits (gpu/operators/cross_entropy.h): on the CPU float32, with a half-precision base beside what they
/// are made from and made into.
std::int64_t chunkOfLogits(const ModelConfig& model, const EstimateSettings& settings,
                           const EstimateConstants& constants, std::int64_t labels)
{
    const std::int64_t bytesOfOne = settings.onGpu ? settings.baseBytes : 4;
    const std::int64_t most = constants.logitChunkBytes / bytesOfOne;
    const std::int64_t values = std::min(labels * model.vocabulary, most);
    return values * (bytesOfOne + (settings.baseBytes < 4 ? 2 : 0));
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

EvaluationShape measuredEvaluation(std::vector<std::int64_t> lengths, std::int64_t batchSize)
{
    std::sort(lengths.rbegin(), lengths.rend());
    lengths.resize(std::min(lengths.size(), static_cast<std::size_t>(batchSize)));
    EvaluationShape shape;
    shape.tokens = std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0});
    shape.labels = shape.tokens;
    shape.attentionPairs = pairsOf(lengths);
    return shape;
}

std::int64_t evaluationBytes(const ModelConfig& model, const EvaluationShape& shape, const EstimateSettings& settings,
                             const EstimateConstants& constants)
{
    std::int64_t passing = 0;
    std::int64_t keysAndValues = 0;
    for (std::int64_t layer = 0; layer < model.layers; ++layer) {
        passing = std::max(passing, passingValues(model, layer));
        keysAndValues += 2 * ownKeyValueHeads(model, layer) * model.sizesOf(layer).headDimension;
    }
    const std::int64_t cached = shape.cachedTokens * keysAndValues * settings.baseBytes;
    const std::int64_t inLayer =
        shape.tokens * passing * settings.baseBytes + scoreBytes(model, settings, shape.attentionPairs, false);
    const std::int64_t behind =
        shape.tokens * 2 * model.hidden * settings.baseBytes + chunkOfLogits(model, settings, constants, shape.labels);
    return cached + std::max(inLayer, behind);
}

MemoryEstimate estimateMemory(const AllocationMap& map, const ModelConfig& model, const EstimateSettings& settings,
                              const EstimateConstants& constants)
{
    const std::int64_t parameters = countParameters(map, model).trainable();
    const std::int64_t tokens = settings.batch.tokens;
    MemoryEstimate estimate;
    estimate.process = constants.processBytes;
    estimate.weights = parameterCount(model) * settings.baseBytes - settings.untouchedBytes;
    estimate.reading = settings.readingBytes;
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
        // No gradient goes further than the first adapter.
        if (kept == 0 && !bytes.isAdapted)
            continue;
        kept += bytes.kept;
        inputs += bytes.input;
        largest.kept = std::max(largest.kept, bytes.kept);
        largest.mlp = std::max(largest.mlp, bytes.mlp);
        largest.mlpGradients = std::max(largest.mlpGradients, bytes.mlpGradients);
        largest.attentionGradients = std::max(largest.attentionGradients, bytes.attentionGradients);
    }
    const std::int64_t perToken = settings.recomputeActivations ? inputs + largest.kept : kept;
    // Behind the last layer: its output, the final norm's and the gradient of both.
    const std::int64_t behind = 3 * model.hidden * settings.baseBytes;
    estimate.activations = tokens * (perToken + behind);

    estimate.logits = chunkOfLogits(model, settings, constants, settings.batch.labels);
    // States and gradients of the tokens with a loss are gathered where not all have one.
    if (settings.batch.labels < tokens)
        estimate.logits += 2 * settings.batch.labels * model.hidden * settings.baseBytes;
    const std::int64_t inAttention = scoreBytes(model, settings, settings.batch.attentionPairs, true) +
                                     tokens * (largest.attentionGradients - largest.mlp);
    const std::int64_t inDeltaNet = model.linearAttention.count() == 0
                                        ? 0
                                        : tokens * (rounded(4 * deltaNetNumbers(model.linearAttention)) - largest.mlp);
    estimate.workspace = std::max({tokens * largest.mlpGradients, inAttention, inDeltaNet});

    estimate.evaluation = settings.evaluationBytes;
    estimate.total = estimate.process + estimate.weights + estimate.adapters + estimate.gradients + estimate.optimiser +
                     estimate.working();
    return estimate;
}

std::int64_t MemoryEstimate::working() const
{
    // The logits are gone before the layers' backward passes begin.
    return std::max(
        {activations + std::max(workspace, logits), evaluation, reading - adapters - gradients - optimiser});
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

std::int64_t estimatedProcess(std::int64_t residentBytes)
{
    return residentBytes + (std::int64_t{HILO_GRADIENT_MIB} << 20);
}

std::int64_t untouchedEmbedding(std::int64_t vocabulary, std::int64_t rowBytes, const std::vector<bool>& used)
{
    constexpr std::int64_t atOnce = std::int64_t{64} << 10;
    const std::int64_t bytes = vocabulary * rowBytes;
    std::vector<bool> touched(static_cast<std::size_t>((bytes + atOnce - 1) / atOnce), false);
    for (std::int64_t token = 0; token < std::min<std::int64_t>(vocabulary, static_cast<std::int64_t>(used.size()));
         ++token)
        if (used[static_cast<std::size_t>(token)])
            for (std::int64_t part = token * rowBytes / atOnce; part <= ((token + 1) * rowBytes - 1) / atOnce; ++part)
                touched[static_cast<std::size_t>(part)] = true;
    return std::max<std::int64_t>(0, bytes - std::count(touched.begin(), touched.end(), true) * atOnce);
}

EstimateConstants gpuConstants()
{
    EstimateConstants constants;
    // The tensors of the process, which is what the peak is compared with; the CUDA context is outside of it.
    constants.processBytes = std::int64_t{64} << 20;
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
            {"workspace", workspace}, {"logits", logits},       {"evaluation", evaluation},
            {"reading", reading},     {"working", working()},   {"total", total}};
}

double operationsPerToken(const AllocationMap& map, const ModelConfig& model, const EstimateSettings& settings)
{
    const auto base = static_cast<double>(activeParameterCount(model));
    const auto adapter = static_cast<double>(countParameters(map, model).trainable());
    const double attention = settings.batch.meanLength * static_cast<double>(queryValues(model));
    const double rule = static_cast<double>(model.linearAttention.count()) * deltaRuleOperations(model.linearAttention);
    double operations = 4 * base + 6 * adapter + 14 * attention + 4 * rule;
    if (settings.recomputeActivations)
        operations += 2 * base + 2 * adapter + 4 * attention + rule;
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
