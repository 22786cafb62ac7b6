// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"

#include <QString>

#include <vector>

namespace hilo {

/// Something that a token passes in a block: a module that an adapter can be put on, or a step without one.
struct BlockPart
{
    QString name;
    QString shape; ///< of a module, "128 → 352"; of a step empty
    QString help;  ///< a sentence
    bool isModule = false;
};

/// Parts that stand side by side: they read the same.
using BlockRow = std::vector<BlockPart>;

/// One block of a decoder as it is drawn: attention and MLP, each from what it reads to what it adds.
struct BlockPlan
{
    std::vector<BlockRow> attention, mlp;
    bool isParallel = false; ///< both read the block's input
    std::int64_t width = 0;  ///< of what runs through the block

    /// In words, for who does not see it.
    QString inWords() const;
};

/// Of one layer: in hybrids and some mixtures of experts layers differ.
BlockPlan planOfBlock(const ModelConfig& config, std::int64_t layer = 0);

} // namespace hilo
