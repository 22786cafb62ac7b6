// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace hilo {

/// The legend of a heat map: the scale from its lowest to its highest value, and what grey means.
class MapLegend : public QWidget
{
    Q_OBJECT
  public:
    explicit MapLegend(QWidget* parent = nullptr);

    /// Texts stand left and right of the scale; absent: what the colour of nothing means, empty hides it.
    void setScale(const QString& title, const QString& lowest, const QString& highest, const QString& absent);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QString title_, lowest_, highest_, absent_;
};

} // namespace hilo
