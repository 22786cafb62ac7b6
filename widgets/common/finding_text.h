// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_checks.h"

#include <QString>

namespace hilo {

/// What is wrong with a run's numbers, and what to do, in the language of the interface. The finding is one of
/// findingsOf(): its rule is known.
QString findingTitle(const RunFinding& finding);
QString findingDetail(const RunFinding& finding);
QString findingAdvice(const RunFinding& finding);
/// Title and detail.
QString findingText(const RunFinding& finding);

} // namespace hilo
