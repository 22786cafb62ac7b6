// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

namespace hilo {

/// A widget alone on the whole screen. It is the very widget, so that what it shows goes on; it returns to its place
/// when this closes (Escape, F, the button). The place has to be in a box, grid, splitter or stack.
class PlotWindow : public QWidget
{
    Q_OBJECT
  public:
    /// Shows it; deletes itself when it is closed.
    static PlotWindow* show(QWidget& plot, const QString& title);
    ~PlotWindow() override;

    /// Whether the widget is shown alone now.
    static bool holds(const QWidget& plot);

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    PlotWindow(QWidget& plot, const QString& title);
    void giveBack();

    QPointer<QWidget> plot_;
    QPointer<QWidget> placeholder_;
};

} // namespace hilo
