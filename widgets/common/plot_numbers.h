// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

class QCustomPlot;

namespace hilo {

/// What a plot draws, as CSV with a head: curve, the two axes by their titles, and the ends of intervals where points
/// have them. Numbers have a decimal point and all their digits, whatever the interface's language. Curves without a
/// name are called by their number.
QByteArray plotNumbers(QCustomPlot& plot);

/// A field of CSV, quoted where it has to be.
QString csvField(const QString& text);

} // namespace hilo
