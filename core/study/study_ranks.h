// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/mean_estimate.h"

namespace hilo {

/// Sets the rows' mean ranks, with the 2.5 and 97.5 percent points of the bootstrap's mean ranks as interval, and what
/// Friedman's and Nemenyi's tests say of them.
void addRanks(const StudyTable& table, StudyBootstrap& bootstrap, StudySummary& summary);

} // namespace hilo
