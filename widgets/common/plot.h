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

#include "base/result.h"

#include <QElapsedTimer>

class QMenu;

namespace hilo {

/// A QCustomPlot in the theme's colours, redrawn when the theme, the size or the screen changes. All plots share one
/// queue: one of them is drawn, or does a part of its work, a turn of the event loop.
class Plot : public QCustomPlot
{
    Q_OBJECT
  public:
    explicit Plot(QWidget* parent = nullptr);

    /// One replot for all calls of this turn of the event loop; none while hidden (it is made up for when shown).
    void replotLater();
    /// Draws one layer that has a buffer of its own; nothing when the whole plot is going to be drawn anyway.
    void replotLayer(const QString& name);
    void setAxisTitles(const QString& horizontal, const QString& vertical);
    /// Applies the theme's series style to a graph: colour, dash and symbol.
    void styleGraph(QCPGraph* graph, int series, bool symbols = false);
    static QCPScatterStyle symbol(int series, const QColor& colour, double size = 7);

    /// Whether no plot of the program waits for its turn.
    static bool areAllDrawn();
    /// One turn of the queue: a part of the work, or a replot. True: there is more.
    bool takeTurn();

    /// What can be done with any chart, as the menu that a right click, the key Menu and openMenu() show.
    virtual void fillMenu(QMenu& menu);
    /// The menu, below a button.
    void openMenu(const QPoint& globalPlace);
    /// The chart alone on the whole screen, and back.
    void toggleFullScreen();
    void copyPicture();
    void copyNumbers();
    /// By the name's ending a picture (PNG, SVG, PDF) or the numbers (CSV).
    Status save(const QString& file);

  Q_SIGNALS:
    /// What became of a picture or of numbers, as a sentence.
    void said(const QString& sentence);

  protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    /// Whether all that comes before drawing is done, and a part of it: at most a few milliseconds.
    virtual bool isPrepared() const { return true; }
    virtual void prepare() {}
    /// Has prepare() called in turns to come, hidden or not; the plot is drawn after that.
    void prepareLater();
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void askForFile();
    void applyTheme();
    bool stale_ = false;   ///< to be drawn when shown
    bool waiting_ = false; ///< for its turn to be drawn
    QElapsedTimer drawn_;  ///< since it was drawn
};

} // namespace hilo
