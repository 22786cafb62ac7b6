// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace hilo {

class CompareModel;

/// Writes what the table of runs shows as CSV, in its order, with numbers in full.
Status writeComparison(const CompareModel& model, const QString& file);

} // namespace hilo
