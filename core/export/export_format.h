// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "formats/model_config.h"
#include "run/run_spec.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

/// How well a format can hold an adapter.
enum class Fit {
    Exact,               ///< the same numbers
    ExactAfterPadding,   ///< the same function; zeros are added to bring all experts to one rank or count
    StaticApproximation, ///< only without routing: by its mean weights, or distilled
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
///
/// What the command line prints with --json, for whoever starts it:
///
/// `hilo export RUN_DIR --list --json`:
/// {"source", "model", "map", "formats": [{"name", "title", "description", "verdict", "reason", "fitting_map",
///   "estimated_bytes", "weight_types", "takes_rank", "distilling"}]}
/// verdict is one of fitName(); fitting_map is true where `--to NAME --fitting-map FILE` writes a map that would fit;
/// estimated_bytes is null where the verdict is "impossible"; weight_types are the values of --type, the default first
/// (empty: there is no choice); takes_rank says whether --rank cuts the approximation; distilling is "never",
/// "optional" (with --distill) or "always".
///
/// `hilo export RUN_DIR --to NAME --out DIR --json`:
/// {"format", "folder", "verdict", "reason", "quantisation", "weight_type", "files": [{"name", "bytes"}], "bytes",
///  "verification": {"against", "greatest_difference", "tolerance", "tokens", "same_choice"},
///  "rounding": {"greatest_difference", "same_choice"} where whole models are stored in less than float32, else null,
///  "static_approximation": {"split", "protocol", "rows", "calibration_tokens", "rank", "loss_before", "loss_after",
///   "accuracy_before", "accuracy_after", "logit_difference", "distilled": {"steps", "kept_step", "rows",
///   "rows_kept_back", "tokens", "learning_rate", "seed", "on", "layer_weight", "divergence_before",
///   "divergence_after", "seconds", "loss_of_mean_weights", "accuracy_of_mean_weights"} or null} or null,
///  "seconds"}
/// quantisation is that of the base while the run was trained ("none" also where it is not known); the export is made
/// and checked with the base as it is. A failure prints no document but a message on standard error, and ends with the
/// code of base/error.h; 5 when the files were written but failed their check (they are kept as DIR.failed).
struct ExportFormat
{
    std::string_view name;        ///< as in `hilo export --to`
    std::string_view title;       ///< for people
    std::string_view description; ///< one line for lists
    Verdict (*judge)(const ExportSubject& subject);
    /// Bytes of the tensors that would be written, for a subject that is not judged impossible.
    std::uint64_t (*estimate)(const ExportSubject& subject);
    std::span<const std::string_view> weightTypes = {}; ///< --type, the default first; empty: float32 always
    /// Whether a static approximation is, or can be by --distill, an adapter that was trained to match the mixture.
    enum class Distilling { Never, Optional, Always } distilling = Distilling::Never;
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
    std::string firstOfBase;   ///< "layer 2, experts.down_proj", of the base's own experts; empty: none
};
MapTraits traitsOf(const AllocationMap& map);

enum class BaseExpertsIn { Format, NoFormat };
/// Where every module has at most one expert; on the base's own experts if the format has a place for those.
Verdict judgePlainLora(const ExportSubject& subject, BaseExpertsIn baseExperts = BaseExpertsIn::NoFormat);
/// Why a format without a place for them cannot hold the adapter; nothing where it has none.
std::optional<Verdict> refusedForBaseExperts(const ExportSubject& subject);

} // namespace hilo
