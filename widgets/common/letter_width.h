// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFontMetrics>

#include <algorithm>

namespace hilo {

/// What widths are counted in, in pixels. The average over a Chinese font's characters is about two Latin letters,
/// which names, numbers and most columns are made of in every language.
inline int letterWidth(const QFontMetrics& metrics)
{
    return std::min(metrics.averageCharWidth(), metrics.horizontalAdvance(QLatin1Char('x')));
}

} // namespace hilo
