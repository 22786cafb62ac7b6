// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QLabel>

#include <optional>

namespace hilo {

/// A label for a table of facts that changes several times a second. Laying rich text out only to know its size takes
/// longer than drawing it, so sizes are remembered; texts that differ in their digits alone have one size.
class FactLabel : public QLabel
{
    Q_OBJECT
  public:
    using QLabel::QLabel;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;

  protected:
    void changeEvent(QEvent* event) override;

  private:
    struct Sizes
    {
        QSize preferred, least;
        QHash<int, int> heights;
    };
    Sizes& sizes() const;
    bool areDigitsEven() const;

    mutable QHash<QString, Sizes> known_;
    mutable std::optional<bool> evenDigits_;
};

} // namespace hilo
