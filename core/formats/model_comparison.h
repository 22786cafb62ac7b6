// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/inspection.h"
#include "formats/peculiarities.h"

#include <string>
#include <vector>

namespace hilo {

/// One thing that can be said of both models.
struct ComparedFact
{
    /// "architecture", "layers", "hidden", "intermediate", "heads", "head_dim", "key_value_heads", "vocabulary",
    /// "positions", "tied_head", "parameters", "weight_bytes" (in bfloat16), or a module's name.
    std::string key;
    bool isModule = false; ///< a module's name: then [in, out], once for each size that it has
    Json first, second;    ///< null: the model has no such module

    bool differs() const { return first != second; }
};

/// What two models share and what they do not.
struct ModelComparison
{
    std::vector<ComparedFact> facts;
    std::vector<Peculiarity> onlyFirst, onlySecond; ///< peculiaritiesOf() of one alone
    /// Whether an allocation map of one can be used with the other: the same architecture, number of layers and
    /// modules. Ranks need no more than that.
    bool mapsFit = false;
};

ModelComparison compareModels(const ModelInspection& first, const ModelInspection& second);

/// The document of `hilo inspect --beside`.
Json toJson(const ModelComparison& comparison);

} // namespace hilo
