// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace hilo {

/// One line of text that ends in "…" where there is no room for it; then its tool tip begins with the whole of it. It
/// gives way to what stands beside it.
class ElidedLabel : public QLabel
{
    Q_OBJECT
  public:
    explicit ElidedLabel(QWidget* parent = nullptr, Qt::Alignment alignment = Qt::AlignLeft);
    ElidedLabel(const QString& text, QWidget* parent, Qt::Alignment alignment = Qt::AlignLeft);

    /// What is seen of the text.
    QString shown() const;

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
};

} // namespace hilo
