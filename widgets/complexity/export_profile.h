// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "complexity/profile_data.h"

class QWidget;

namespace hilo {

class Plot;

/// CSV: signal, module (empty for the layer's value), layer, value.
Status writeProfileTable(const ProfileData& profile, const std::filesystem::path& path);

/// Asks for a place and writes the chart as it is shown, as PDF, or as PNG at twice its size.
void saveChart(Plot& plot, const QString& name, QWidget* parent);

} // namespace hilo
