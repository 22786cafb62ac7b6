// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/block_plan.h"

#include "common/numbers.h"
#include "formats/base_expert_modules.h"
#include "formats/block_facts.h"
#include "formats/layer_modules.h"

#include <QCoreApplication>
#include <QStringList>

namespace hilo {
namespace {

struct BlockTexts
{
    Q_DECLARE_TR_FUNCTIONS(BlockTexts)
};

BlockPart step(const QString& name, const QString& help)
{
    return {name, {}, help, false};
}

BlockPart partOf(const ModuleShape& module)
{
    const QString name = QString::fromStdString(module.name);
    const QString in = groupedNumber(module.in), out = groupedNumber(module.out);
    return {name, QStringLiteral("%1 → %2").arg(in, out),
            BlockTexts::tr("%1: reads %2 values, writes %3. An adapter can be put on it.").arg(name, in, out), true};
}

BlockRow norm(const ModelConfig& config)
{
    return {config.layerNorm ? step(BlockTexts::tr("LayerNorm"), BlockTexts::tr("Mean 0, variance 1, times a weight"))
                             : step(BlockTexts::tr("RMSNorm"), BlockTexts::tr("Mean square 1, times a weight"))};
}

QString activationName(Activation activation)
{
    switch (activation) {
    case Activation::Silu:
        return QStringLiteral("SiLU");
    case Activation::GeluTanh:
    case Activation::GeluErf:
        return QStringLiteral("GELU");
    case Activation::Relu2:
        return QStringLiteral("ReLU²");
    case Activation::Xielu:
        return QStringLiteral("xIELU");
    }
    return {};
}

/// Of a gated delta net.
BlockRow deltaNetStep(const LinearAttention& net)
{
    return {
        step(BlockTexts::tr("convolution · delta rule · norm · gate"),
             BlockTexts::tr("%1 states of %2 × %3 values, which each token partly overwrites; %4 heads for queries and "
                            "keys; the convolution sees %5 tokens")
                 .arg(groupedNumber(net.valueHeads), groupedNumber(net.keyDimension), groupedNumber(net.valueDimension),
                      groupedNumber(net.keyHeads), groupedNumber(net.kernel)))};
}

BlockRow attentionStep(const ModelConfig& config, std::int64_t layer)
{
    if (config.linearAttention.at(layer))
        return deltaNetStep(config.linearAttention);
    const LayerSizes sizes = config.sizesOf(layer);
    QStringList before;
    const bool turns = usesRope(config);
    if (config.queryKeyNorm != QueryKeyNorm::None)
        before << (config.valueNorm ? BlockTexts::tr("q/k/v norm") : BlockTexts::tr("q/k norm"));
    if (turns && config.queryKeyNormAfterRope)
        before.prepend(BlockTexts::tr("RoPE"));
    else if (turns)
        before << BlockTexts::tr("RoPE");
    before << BlockTexts::tr("attention");
    if (config.attentionGate)
        before << BlockTexts::tr("gate");
    return {step(
        before.join(QStringLiteral(" · ")),
        BlockTexts::tr("%1 heads of %2 values, %3 heads for keys and values")
            .arg(groupedNumber(config.heads), groupedNumber(sizes.headDimension), groupedNumber(sizes.keyValueHeads)))};
}

/// The modules that read together, in the order of the forward pass.
std::vector<BlockRow> moduleRows(const ModelConfig& config, std::int64_t layer, bool ofMlp)
{
    std::vector<BlockRow> rows;
    int group = -1;
    for (const ModuleShape& module : layerModules(config, layer)) {
        if (isMlp(module) != ofMlp)
            continue;
        if (rows.empty() || module.inputGroup != group)
            rows.emplace_back();
        group = module.inputGroup;
        rows.back().push_back(partOf(module));
    }
    return rows;
}

/// The rows of one branch: norm, modules with the step between them, norm.
std::vector<BlockRow> branch(const ModelConfig& config, std::int64_t layer, bool ofMlp, const BlockRow& middle)
{
    std::vector<BlockRow> rows;
    if (config.preNorms && !(ofMlp && config.parallelBranches && config.sharedNorm))
        rows.push_back(norm(config));
    const std::vector<BlockRow> modules = moduleRows(config, layer, ofMlp);
    for (std::size_t i = 0; i < modules.size(); ++i) {
        rows.push_back(modules[i]);
        if (i + 2 == modules.size() || modules.size() == 1)
            rows.push_back(middle);
    }
    if (modules.empty() && !(ofMlp && config.mixture.hasExperts(layer)))
        rows.push_back(middle);
    if (config.postNorms)
        rows.push_back(norm(config));
    return rows;
}

QString wordsOfRows(const std::vector<BlockRow>& rows)
{
    QStringList words;
    for (const BlockRow& row : rows) {
        QStringList parts;
        for (const BlockPart& part : row)
            parts << (part.shape.isEmpty() ? part.name : QStringLiteral("%1 %2").arg(part.name, part.shape));
        words << parts.join(QStringLiteral(" + "));
    }
    return words.join(QStringLiteral(", "));
}

BlockPart gateStep(const ModelConfig& config)
{
    const QString activation = activationName(config.activation);
    return config.gatedMlp
               ? step(QStringLiteral("%1 · ×").arg(activation), BlockTexts::tr("The gate's activation times up"))
               : step(activation, BlockTexts::tr("The activation"));
}

/// The router and the base's own experts, behind the first norm; modules that stand there as well are every token's
/// expert. Experts beside an MLP stand in front of it, and each of the two has norms of its own.
void addExperts(std::vector<BlockRow>& rows, const ModelConfig& config, std::int64_t layer)
{
    const QString active = groupedNumber(config.mixture.active), experts = groupedNumber(config.mixture.experts);
    std::vector<BlockRow> own = {
        {step(BlockTexts::tr("router"),
              BlockTexts::tr("Chooses %1 of %2 experts for each token and weighs what they give; it is frozen")
                  .arg(active, experts))}};
    for (const ModuleShape& module : baseExpertModules(config, layer)) {
        if (module.inputGroup == inputGroupOfExpertsDown)
            own.push_back({gateStep(config)});
        const QString in = groupedNumber(module.in), out = groupedNumber(module.out);
        own.push_back({{QString::fromStdString(module.name), QStringLiteral("%1 × %2 → %3").arg(experts, in, out),
                        BlockTexts::tr("%1 of %2 frozen MLPs are used for a token; each may get a LoRA of its own")
                            .arg(active, experts),
                        true}});
    }
    if (config.mixture.besideMlp) {
        own.insert(own.begin(), norm(config));
        own.push_back(norm(config));
        rows.insert(rows.end() - 1, norm(config));
        rows.insert(rows.begin(), own.begin(), own.end());
        return;
    }
    rows.insert(rows.begin() + (config.preNorms ? 1 : 0), own.begin(), own.end());
}

} // namespace

BlockPlan planOfBlock(const ModelConfig& config, std::int64_t layer)
{
    BlockPlan plan;
    plan.width = config.hidden;
    plan.isParallel = config.parallelBranches;
    plan.attention = branch(config, layer, false, attentionStep(config, layer));
    plan.mlp = branch(config, layer, true, {gateStep(config)});
    if (config.mixture.hasExperts(layer))
        addExperts(plan.mlp, config, layer);
    if (config.perLayerWidth > 0)
        plan.mlp.push_back(
            {step(BlockTexts::tr("per-layer input"),
                  BlockTexts::tr("Behind the MLP: %1 values of a second embedding of the token, through a "
                                 "frozen gate")
                      .arg(groupedNumber(config.perLayerWidth)))});
    return plan;
}

QString BlockPlan::inWords() const
{
    return BlockTexts::tr("Attention: %1. MLP: %2.").arg(wordsOfRows(attention), wordsOfRows(mlp));
}

} // namespace hilo
