// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace hilo {

/// The scale beside a heat map, with the numbers at its ends and in its middle.
class ColourScale : public QWidget
{
    Q_OBJECT
  public:
    explicit ColourScale(QWidget* parent = nullptr);

    /// Texts from the lowest to the highest value; empty ones are left out.
    void setTexts(const QString& lowest, const QString& middle, const QString& highest);
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QStringList texts_;
};

} // namespace hilo
