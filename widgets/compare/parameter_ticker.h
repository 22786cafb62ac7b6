// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/plot.h"

namespace hilo {

/// Ticks of a logarithmic axis of counts, at 1, 2 and 5 times powers of ten, written as people read them: 500 k, 2 M.
class ParameterTicker : public QCPAxisTicker
{
  protected:
    QVector<double> createTickVector(double step, const QCPRange& range) override;
    QString getTickLabel(double tick, const QLocale& locale, QChar format, int precision) override;
    int getSubTickCount(double) override { return 0; }
};

} // namespace hilo
