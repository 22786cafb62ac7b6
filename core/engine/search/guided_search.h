// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/progress.h"
#include "base/result.h"
#include "run/run_spec.h"

#include <cstdint>
#include <filesystem>

namespace hilo {

struct SearchSettings
{
    std::int64_t experts = 8; ///< of the supernet, on every module
    std::int64_t rank = 8;
    std::int64_t steps = 0;   ///< 0: four epochs, as published
    double weightRate = 3e-4; ///< learning rate of the weights
    double vectorRate = 3e-3; ///< of the selection vectors
};

/// GuiLoMo's first stage (2506.14646; Liar406/Gui-LoMo): second-order DARTS. Each step takes two consecutive training
/// batches, the second as validation: w' is w after one AdamW step; the vectors follow grad L_val(w') - eta·(grad
/// L_tr(w+) - grad L_tr(w-))/(2 eps) with w± = w ± eps·grad_w' L_val and eps = 0.01/||grad_w' L_val||; then w steps.
/// Rows, batches and loss come from the run spec, whose map is not used. No auxiliary loss (the published search has
/// one without its factor N). Returns hilo.search/1:
///
///     {"format": "hilo.search/1", "method": "guilomo", "model": {"architecture", "layers", "sha256"}, "settings": {…},
///      "losses": {"training": [first, …, last], "validation": […]}, "layers": [{"q_proj": [3, 8], …}, …]}
///
/// stateFile (empty: none) is written as often as the spec says for checkpoints, and when the search is cancelled;
/// where it exists, the search goes on from it, to the same result, bit for bit. Whoever has kept the result removes
/// it. Errors: a state of another search: other settings, rows or model.
Result<Json> guidedSearch(RunSpec spec, const SearchSettings& settings, const Progress& progress,
                          const std::filesystem::path& stateFile = {});

} // namespace hilo
