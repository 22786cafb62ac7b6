// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "formats/model_config.h"
#include "project/run_spec.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

/// How well a format can hold an adapter.
enum class Fit {
    Exact,               ///< the same numbers
    ExactAfterPadding,   ///< the same function; zeros are added to bring all experts to one rank or count
    StaticApproximation, ///< only with the routing replaced by its mean weights
    Impossible,
};
/// "exact", "exact after padding", "static approximation", "impossible"
std::string fitName(Fit fit);

/// What a verdict depends on: shapes alone, no weights.
struct ExportSubject
{
    ModelConfig model;
    AllocationMap map;
    RouterKind router = RouterKind::TopK;
    bool modelIsGguf = false; ///< the base model is a .gguf file, not a Hugging Face folder
};

struct Verdict
{
    Fit fit = Fit::Exact;
    std::string reason;
    std::optional<AllocationMap> fittingMap; ///< where impossible: a map of about as many parameters that would fit
};

/// A file layout that adapters can be written in.
struct ExportFormat
{
    std::string_view name;        ///< as in `hilo export --to`
    std::string_view description; ///< one line for lists
    Verdict (*judge)(const ExportSubject& subject);
};

/// All formats, best known first. Command line and workbench list what stands here.
const std::vector<ExportFormat>& exportFormats();
/// Null when there is none of this name.
const ExportFormat* findExportFormat(std::string_view name);

/// How a map uses experts, as verdicts ask it.
struct MapTraits
{
    bool routed = false;       ///< some module has a router
    bool nullExperts = false;  ///< some router may choose nothing
    bool empty = true;         ///< no experts at all
    bool oneRank = true;       ///< every expert has the same rank
    std::string firstRouted;   ///< "layer 2, q_proj: 4 experts"
    std::string firstWithNull; ///< the same for null experts
};
MapTraits traitsOf(const AllocationMap& map);

/// Where every module has at most one expert.
Verdict judgePlainLora(const ExportSubject& subject);

} // namespace hilo
