// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "study/study.h"

namespace hilo {

/// Successive halving (1502.07943) over seeds: all arms are trained with the first seed; then, and again whenever the
/// number of seeds has doubled, the worse half of a budget's arms by their mean values on validation data gets no
/// further seeds. The first allocation is never dropped, for the others are compared with it. Without any
/// such value none is dropped. Marks the arms that are dropped by now; gives the number of seeds that runs may be
/// planned of: all of them without halving.
Result<std::size_t> halve(Study& study, RunReader& reader);

} // namespace hilo
