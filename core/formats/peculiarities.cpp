// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/peculiarities.h"

#include "base/text_format.h"
#include "formats/block_facts.h"
#include "formats/layer_modules.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace hilo {
namespace {

/// What stands at the places of a sentence; nothing where it is not true of the model.
using SentenceValues = std::optional<std::vector<std::string>>;

SentenceValues saidWhen(bool isTrue, std::vector<std::string> values = {})
{
    return isTrue ? SentenceValues(std::move(values)) : std::nullopt;
}

std::string numberText(double value)
{
    return printed("%.6g", value);
}

std::string countText(std::int64_t value)
{
    return std::to_string(value);
}

template <class Predicate>
std::vector<std::int64_t> layersWhere(const ModelConfig& config, const Predicate& predicate)
{
    std::vector<std::int64_t> layers;
    for (std::int64_t layer = 0; layer < config.layers; ++layer)
        if (predicate(layer))
            layers.push_back(layer);
    return layers;
}

std::int64_t windowOf(const ModelConfig& config, std::int64_t layer)
{
    return config.windows.empty() ? 0 : config.windows[static_cast<std::size_t>(layer)];
}

/// The layers with the model's one window; nothing of models that have none.
std::vector<std::int64_t> slidingLayers(const ModelConfig& config)
{
    return layersWhere(config, [&](std::int64_t layer) { return windowOf(config, layer) > 0; });
}

std::string windowSizesText(const ModelConfig& config)
{
    std::set<std::int64_t> sizes;
    for (const std::int64_t layer : slidingLayers(config))
        sizes.insert(windowOf(config, layer));
    std::string text;
    for (const std::int64_t size : sizes)
        text += (text.empty() ? "" : ", ") + countText(size);
    return text;
}

std::vector<std::int64_t> unturnedLayers(const ModelConfig& config)
{
    return layersWhere(config, [&](std::int64_t layer) { return config.ropeOf(layer) == LayerRope::None; });
}

bool hasLocalRope(const ModelConfig& config)
{
    return std::find(config.layerRopes.begin(), config.layerRopes.end(), LayerRope::Local) != config.layerRopes.end();
}

std::vector<std::int64_t> deltaNetLayers(const ModelConfig& config)
{
    return layersWhere(config, [&](std::int64_t layer) { return config.linearAttention.at(layer); });
}

SentenceValues activationIs(const ModelConfig& config, Activation activation)
{
    return saidWhen(config.activation == activation);
}

std::vector<std::int64_t> layersWithoutExperts(const ModelConfig& config)
{
    return layersWhere(
        config, [&](std::int64_t layer) { return config.mixture.isMixture() && !config.mixture.hasExperts(layer); });
}

/// "1 of 4 layers …: 3." of the layers for which predicate holds; nothing where none does. between: values of the
/// sentence in front of the layers' numbers.
template <class Predicate>
SentenceValues saidOfLayers(const ModelConfig& config, const Predicate& predicate,
                            const std::vector<std::string>& between = {})
{
    const std::vector<std::int64_t> layers = layersWhere(config, predicate);
    std::vector<std::string> values{countText(static_cast<std::int64_t>(layers.size())), countText(config.layers)};
    values.insert(values.end(), between.begin(), between.end());
    values.push_back(rangesText(layers));
    return saidWhen(!layers.empty(), std::move(values));
}

bool hasOtherHeads(const ModelConfig& config, std::int64_t layer)
{
    const LayerSizes sizes = config.sizesOf(layer);
    return sizes.headDimension != config.headDimension || sizes.keyValueHeads != config.keyValueHeads;
}

/// The layers with heads of their own are of one kind, and so are those with a wider MLP: the first stands for all.
LayerSizes otherSizes(const ModelConfig& config, bool (*isOther)(const ModelConfig&, std::int64_t))
{
    for (std::int64_t layer = 0; layer < config.layers; ++layer)
        if (isOther(config, layer))
            return config.sizesOf(layer);
    return {};
}

bool hasOtherMlp(const ModelConfig& config, std::int64_t layer)
{
    return config.sizesOf(layer).intermediate != config.intermediate;
}

SentenceValues ropeIs(const ModelConfig& config, RopeKind kind, std::vector<std::string> values)
{
    return saidWhen(usesRope(config) && config.rope.kind == kind, std::move(values));
}

std::int64_t lengthBeforeScaling(const ModelConfig& config)
{
    return config.rope.originalMaximumPositions > 0 ? config.rope.originalMaximumPositions : config.maximumPositions;
}

std::string fusedName(const ModelConfig& config, bool ofMlp)
{
    for (std::int64_t layer = 0; layer < config.layers; ++layer)
        for (const ModuleShape& module : layerModules(config, layer))
            if (isMlp(module) == ofMlp)
                return module.name;
    return {};
}

struct Sentence
{
    const char* text;
    SentenceValues (*values)(const ModelConfig& config);
};

/// In the order of a token's way through the model.
const Sentence sentences[] = {
    {"The text part of a model of images and text; its other parts are not read.",
     [](const ModelConfig& c) { return saidWhen(c.insideWrapper); }},
    {"Embeddings are multiplied by the square root of the width.",
     [](const ModelConfig& c) { return saidWhen(c.scaleEmbeddings); }},
    {"Embeddings are multiplied by %1.",
     [](const ModelConfig& c) { return saidWhen(c.embeddingFactor != 1, {numberText(c.embeddingFactor)}); }},
    {"Positions are learned vectors, added to the embeddings.",
     [](const ModelConfig& c) { return saidWhen(c.learnedPositions); }},
    {"LayerNorm instead of RMSNorm.", [](const ModelConfig& c) { return saidWhen(c.layerNorm && c.layerNormBias); }},
    {"LayerNorm without bias instead of RMSNorm.",
     [](const ModelConfig& c) { return saidWhen(c.layerNorm && !c.layerNormBias); }},
    {"Norms multiply by 1 + weight.", [](const ModelConfig& c) { return saidWhen(c.normAddsOne); }},
    {"Norms stand before and behind attention and MLP.",
     [](const ModelConfig& c) { return saidWhen(c.preNorms && c.postNorms); }},
    {"Norms stand behind attention and MLP, none before them.",
     [](const ModelConfig& c) { return saidWhen(!c.preNorms && c.postNorms); }},
    {"Attention and MLP read the same input, side by side.",
     [](const ModelConfig& c) { return saidWhen(c.parallelBranches); }},
    {"%1 of %2 layers have a gated delta net (linear attention) in attention's place: %3.",
     [](const ModelConfig& c) {
         const auto layers = deltaNetLayers(c);
         return saidWhen(!layers.empty(), {countText(static_cast<std::int64_t>(layers.size())), countText(c.layers),
                                           rangesText(layers)});
     }},
    {"A gated delta net keeps %1 matrices of %2 × %3 values, whatever the length of the text, and what its convolution "
     "sees of the last %4 tokens.",
     [](const ModelConfig& c) {
         const LinearAttention& net = c.linearAttention;
         return saidWhen(net.any(), {countText(net.valueHeads), countText(net.keyDimension),
                                     countText(net.valueDimension), countText(net.kernel)});
     }},
    {"q, k and v are one weight, %1: an adapter adapts them together.",
     [](const ModelConfig& c) {
         return saidWhen(c.fusedQueryKeyValue != FusedQueryKeyValue::No, {fusedName(c, false)});
     }},
    {"q, k and v have biases.", [](const ModelConfig& c) { return saidWhen(c.queryKeyValueBias); }},
    {"Queries and keys are normed, each head by itself.",
     [](const ModelConfig& c) { return saidWhen(c.queryKeyNorm == QueryKeyNorm::PerHead); }},
    {"Queries and keys are normed over all heads together.",
     [](const ModelConfig& c) { return saidWhen(c.queryKeyNorm == QueryKeyNorm::Whole); }},
    {"They are normed behind RoPE.",
     [](const ModelConfig& c) { return saidWhen(c.queryKeyNorm != QueryKeyNorm::None && c.queryKeyNormAfterRope); }},
    {"Values are normed too, without a weight.", [](const ModelConfig& c) { return saidWhen(c.valueNorm); }},
    {"%1 of %2 layers have heads of %3 values, %4 of them for keys and values: %5.",
     [](const ModelConfig& c) {
         const LayerSizes sizes = otherSizes(c, hasOtherHeads);
         return saidOfLayers(c, [&](std::int64_t layer) { return hasOtherHeads(c, layer); },
                             {countText(sizes.headDimension), countText(sizes.keyValueHeads)});
     }},
    {"In %1 of %2 layers the keys are the values too, so there is no v_proj: %3.",
     [](const ModelConfig& c) {
         return saidOfLayers(c, [&](std::int64_t layer) { return c.sizesOf(layer).keysAreValues; });
     }},
    {"%1 of %2 layers attend to the keys and values of an earlier layer and have no k_proj and v_proj: %3.",
     [](const ModelConfig& c) {
         return saidOfLayers(c, [&](std::int64_t layer) { return c.keyValueLayerOf(layer) != layer; });
     }},
    {"Queries, keys and values are held within ±%1.",
     [](const ModelConfig& c) { return saidWhen(c.clipQueryKeyValue != 0, {numberText(c.clipQueryKeyValue)}); }},
    {"RoPE turns the first %1 of a head's %2 values.",
     [](const ModelConfig& c) {
         return saidWhen(usesRope(c) && c.rope.dimension > 0 && c.rope.dimension != c.headDimension,
                         {countText(c.rope.dimension), countText(c.headDimension)});
     }},
    {"RoPE turns neighbouring values, not the two halves of a head.",
     [](const ModelConfig& c) { return saidWhen(usesRope(c) && c.rope.interleaved); }},
    {"No layer turns its queries and keys: attention does not know positions.",
     [](const ModelConfig& c) { return saidWhen(!c.learnedPositions && !usesRope(c)); }},
    {"%1 of %2 layers do not turn queries and keys (no RoPE): %3.",
     [](const ModelConfig& c) {
         const auto layers = unturnedLayers(c);
         return saidWhen(usesRope(c) && !layers.empty(), {countText(static_cast<std::int64_t>(layers.size())),
                                                          countText(c.layers), rangesText(layers)});
     }},
    {"Layers with a window turn with a theta of %1, the others with %2.",
     [](const ModelConfig& c) {
         return saidWhen(hasLocalRope(c) && c.localRope.theta != c.rope.theta,
                         {numberText(c.localRope.theta), numberText(c.rope.theta)});
     }},
    {"Positions are divided by %1 (linear scaling).",
     [](const ModelConfig& c) { return ropeIs(c, RopeKind::Linear, {numberText(c.rope.factor)}); }},
    {"RoPE's theta grows with the length beyond %1 positions (dynamic NTK, factor %2).",
     [](const ModelConfig& c) {
         return ropeIs(c, RopeKind::Dynamic, {countText(lengthBeforeScaling(c)), numberText(c.rope.factor)});
     }},
    {"RoPE is stretched %1 times beyond %2 positions (yarn).",
     [](const ModelConfig& c) {
         return ropeIs(c, RopeKind::Yarn, {numberText(c.rope.factor), countText(lengthBeforeScaling(c))});
     }},
    {"RoPE's low frequencies are divided by %1, from %2 positions on (llama 3).",
     [](const ModelConfig& c) {
         return ropeIs(c, RopeKind::Llama3, {numberText(c.rope.factor), countText(lengthBeforeScaling(c))});
     }},
    {"RoPE's frequencies are divided by factors of their own, others beyond %1 positions (longrope).",
     [](const ModelConfig& c) { return ropeIs(c, RopeKind::LongRope, {countText(lengthBeforeScaling(c))}); }},
    {"RoPE's frequencies are divided by factors that the file holds.",
     [](const ModelConfig& c) { return ropeIs(c, RopeKind::Factors, {}); }},
    {"RoPE turns the first %1 of a head's %2 pairs, by the frequencies of the whole head.",
     [](const ModelConfig& c) {
         const std::int64_t head = c.rope.headDimension > 0 ? c.rope.headDimension : c.headDimension;
         return ropeIs(c, RopeKind::Proportional, {countText(c.rope.turnedPairs), countText(head / 2)});
     }},
    {"This scaling is not that of the layers with a window.",
     [](const ModelConfig& c) {
         return saidWhen(hasLocalRope(c) && c.rope.kind != RopeKind::None && c.localRope.kind == RopeKind::None);
     }},
    {"Queries grow with the logarithm of the position beyond %1 positions.",
     [](const ModelConfig& c) { return saidWhen(c.rope.positionScale != 0, {countText(lengthBeforeScaling(c))}); }},
    {"Every layer sees the last %1 tokens alone.",
     [](const ModelConfig& c) {
         const auto layers = slidingLayers(c);
         return saidWhen(!layers.empty() && static_cast<std::int64_t>(layers.size()) == c.layers, {windowSizesText(c)});
     }},
    {"%1 of %2 layers see the last %3 tokens alone: %4.",
     [](const ModelConfig& c) {
         const auto layers = slidingLayers(c);
         return saidWhen(!layers.empty() && static_cast<std::int64_t>(layers.size()) < c.layers,
                         {countText(static_cast<std::int64_t>(layers.size())), countText(c.layers), windowSizesText(c),
                          rangesText(layers)});
     }},
    {"Attention multiplies q·k by %1 instead of %2.",
     [](const ModelConfig& c) {
         const double usual = 1 / std::sqrt(static_cast<double>(c.headDimension));
         return saidWhen(c.attentionScale != 0 && std::abs(c.attentionScale - usual) > 1e-6 * usual,
                         {numberText(c.attentionScale), numberText(usual)});
     }},
    {"Attention scores are held within ±%1 by tanh.",
     [](const ModelConfig& c) { return saidWhen(c.attentionSoftcap != 0, {numberText(c.attentionSoftcap)}); }},
    {"Each head has a learned score that takes attention from all tokens (a sink).",
     [](const ModelConfig& c) { return saidWhen(c.attentionSinks); }},
    {"What attention gives is multiplied by the sigmoid of a gate, the second half of each head in q_proj.",
     [](const ModelConfig& c) { return saidWhen(c.attentionGate); }},
    {"The output of attention has a bias.", [](const ModelConfig& c) { return saidWhen(c.outputBias); }},
    {"gate and up are one weight, %1: an adapter adapts them together.",
     [](const ModelConfig& c) { return saidWhen(c.fusedGateUp, {fusedName(c, true)}); }},
    {"The MLP is a mixture of %1 experts of width %2; a token passes %3 of them. They stay frozen; each may get a "
     "LoRA of its own.",
     [](const ModelConfig& c) {
         return saidWhen(
             c.mixture.isMixture() && c.mixture.sharedIntermediate == 0 && !c.mixture.besideMlp,
             {countText(c.mixture.experts), countText(c.mixture.intermediate), countText(c.mixture.active)});
     }},
    {"The MLP is a mixture of %1 experts of width %2, which stay frozen; a token passes %3 of them. Every token also "
     "passes one of width %4, which takes adapters as the attention does.",
     [](const ModelConfig& c) {
         return saidWhen(c.mixture.isMixture() && c.mixture.sharedIntermediate > 0,
                         {countText(c.mixture.experts), countText(c.mixture.intermediate), countText(c.mixture.active),
                          countText(c.mixture.sharedIntermediate)});
     }},
    {"Beside its MLP a layer has %1 experts of width %2 with norms of their own; a token passes %3 of them. They stay "
     "frozen; each may get a LoRA of its own.",
     [](const ModelConfig& c) {
         return saidWhen(c.mixture.besideMlp, {countText(c.mixture.experts), countText(c.mixture.intermediate),
                                               countText(c.mixture.active)});
     }},
    {"The router reads the normed and scaled residual stream, and a stored number multiplies the weight of each "
     "expert.",
     [](const ModelConfig& c) { return saidWhen(c.mixture.besideMlp); }},
    {"What the expert of every token gives is weighted by a sigmoid of the token.",
     [](const ModelConfig& c) { return saidWhen(c.mixture.sharedGate); }},
    {"%1 of %2 layers have one MLP of width %3 instead of experts: %4.",
     [](const ModelConfig& c) {
         const auto layers = layersWithoutExperts(c);
         return saidWhen(!layers.empty(), {countText(static_cast<std::int64_t>(layers.size())), countText(c.layers),
                                           countText(c.intermediate), rangesText(layers)});
     }},
    {"The weights of a token's experts sum to one.",
     [](const ModelConfig& c) { return saidWhen(c.mixture.isMixture() && c.mixture.weightsSumToOne); }},
    {"The weights of a token's experts are shares of all experts' and sum to less than one.",
     [](const ModelConfig& c) { return saidWhen(c.mixture.isMixture() && !c.mixture.weightsSumToOne); }},
    {"The experts' gate is x·sigmoid(%1·x), its product is with up + 1, and both are held within %2.",
     [](const ModelConfig& c) {
         return saidWhen(c.mixture.gateSlope != 0, {numberText(c.mixture.gateSlope), numberText(c.mixture.limit)});
     }},
    {"Router and experts have biases.", [](const ModelConfig& c) { return saidWhen(c.mixture.biases); }},
    {"The MLP has no gate.", [](const ModelConfig& c) { return saidWhen(!c.gatedMlp); }},
    {"The MLP's activation is GELU (by tanh).",
     [](const ModelConfig& c) { return activationIs(c, Activation::GeluTanh); }},
    {"The MLP's activation is GELU (exact).",
     [](const ModelConfig& c) { return activationIs(c, Activation::GeluErf); }},
    {"The MLP's activation is ReLU squared.", [](const ModelConfig& c) { return activationIs(c, Activation::Relu2); }},
    {"The MLP's activation is xIELU, with two learned numbers a layer.",
     [](const ModelConfig& c) { return activationIs(c, Activation::Xielu); }},
    {"The MLP has biases.", [](const ModelConfig& c) { return saidWhen(c.mlpBias); }},
    {"%1 of %2 layers have an MLP of width %3: %4.",
     [](const ModelConfig& c) {
         return saidOfLayers(c, [&](std::int64_t layer) { return hasOtherMlp(c, layer); },
                             {countText(otherSizes(c, hasOtherMlp).intermediate)});
     }},
    {"Each layer takes %1 values of a second embedding of its token in, through a gate that stays frozen.",
     [](const ModelConfig& c) { return saidWhen(c.perLayerWidth > 0, {countText(c.perLayerWidth)}); }},
    {"What a layer gives is multiplied by a number of its own.",
     [](const ModelConfig& c) { return saidWhen(c.layerScalar); }},
    {"What attention and MLP add is multiplied by %1.",
     [](const ModelConfig& c) { return saidWhen(c.residualFactor != 1, {numberText(c.residualFactor)}); }},
    {"The output head is the embedding.", [](const ModelConfig& c) { return saidWhen(c.tiedEmbeddings); }},
    {"The output head has a bias.", [](const ModelConfig& c) { return saidWhen(c.headBias); }},
    {"Logits are multiplied by %1.",
     [](const ModelConfig& c) { return saidWhen(c.logitFactor != 1, {numberText(c.logitFactor)}); }},
    {"Logits are held within ±%1 by tanh.",
     [](const ModelConfig& c) { return saidWhen(c.logitSoftcap != 0, {numberText(c.logitSoftcap)}); }},
};

} // namespace

std::string rangesText(const std::vector<std::int64_t>& ascending)
{
    std::string text;
    for (std::size_t first = 0; first < ascending.size();) {
        std::size_t last = first;
        while (last + 1 < ascending.size() && ascending[last + 1] == ascending[last] + 1)
            ++last;
        text += (text.empty() ? "" : ", ") + countText(ascending[first]);
        if (last > first)
            text += (last == first + 1 ? ", " : "-") + countText(ascending[last]);
        first = last + 1;
    }
    return text;
}

std::vector<Peculiarity> peculiaritiesOf(const ModelConfig& config)
{
    std::vector<Peculiarity> found;
    for (const Sentence& sentence : sentences)
        if (SentenceValues values = sentence.values(config))
            found.push_back({sentence.text, std::move(*values)});
    return found;
}

std::string inWords(const Peculiarity& peculiarity)
{
    std::string words;
    for (std::size_t at = 0; at < peculiarity.text.size(); ++at) {
        const char next = at + 1 < peculiarity.text.size() ? peculiarity.text[at + 1] : '\0';
        const auto place = static_cast<std::size_t>(next - '1');
        if (peculiarity.text[at] != '%' || next < '1' || next > '9' || place >= peculiarity.values.size()) {
            words += peculiarity.text[at];
            continue;
        }
        words += peculiarity.values[place];
        ++at;
    }
    return words;
}

std::vector<std::string> peculiarityTexts()
{
    std::vector<std::string> texts;
    for (const Sentence& sentence : sentences)
        texts.emplace_back(sentence.text);
    return texts;
}

} // namespace hilo
