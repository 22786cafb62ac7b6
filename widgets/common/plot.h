// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
// QCustomPlot speaks with Qt's keywords, which our own sources are built without.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit Q_EMIT
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef signals
#undef slots
#undef emit
#undef foreach

namespace hilo {

/// A QCustomPlot in the theme's colours, redrawn when the theme or the screen changes; replots are queued, never at
/// once.
class Plot : public QCustomPlot
{
    Q_OBJECT
  public:
    explicit Plot(QWidget* parent = nullptr);

    /// One replot for all calls of this turn of the event loop; none while hidden (it is made up for when shown).
    void replotLater();
    void setAxisTitles(const QString& horizontal, const QString& vertical);
    /// Applies the theme's series style to a graph: colour, dash and symbol.
    void styleGraph(QCPGraph* graph, int series, bool symbols = false);
    static QCPScatterStyle symbol(int series, const QColor& colour, double size = 7);

  protected:
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void applyTheme();
    bool stale_ = false;
};

} // namespace hilo
