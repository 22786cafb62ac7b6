// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>

namespace hilo {

/// Numbers as people read them: grouped digits, three significant ones where more would be noise, always a unit.
QString groupedNumber(std::int64_t value);        ///< 5 823 360 by the locale
QString shortNumber(double value);                ///< 5.82 M, 651 k, 0.0123
QString byteSize(std::uint64_t bytes);            ///< 1.92 GiB
QString durationText(double seconds);             ///< 14 min, 2 h 05 min, 41 s
QString percentage(double share, int digits = 1); ///< 84.8 %
/// "84.8 % (83.5–86.0)" from shares.
QString accuracyText(double accuracy, double low, double high);

} // namespace hilo
