// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/fact_label.h"

#include <QEvent>
#include <QFontMetricsF>

namespace hilo {
namespace {

constexpr qsizetype mostKnown = 100;

}

bool FactLabel::areDigitsEven() const
{
    if (!evenDigits_) {
        const QFontMetricsF metrics(font());
        evenDigits_ = true;
        for (char16_t digit = u'1'; digit <= u'9'; ++digit)
            if (metrics.horizontalAdvance(QChar(digit)) != metrics.horizontalAdvance(QLatin1Char('0')))
                evenDigits_ = false;
    }
    return *evenDigits_;
}

FactLabel::Sizes& FactLabel::sizes() const
{
    QString shape = text();
    if (areDigitsEven())
        for (QChar& letter : shape)
            if (letter >= QLatin1Char('1') && letter <= QLatin1Char('9'))
                letter = QLatin1Char('0');
    if (known_.size() > mostKnown)
        known_.clear();
    return known_[shape];
}

QSize FactLabel::sizeHint() const
{
    Sizes& known = sizes();
    if (!known.preferred.isValid())
        known.preferred = QLabel::sizeHint();
    return known.preferred;
}

QSize FactLabel::minimumSizeHint() const
{
    Sizes& known = sizes();
    if (!known.least.isValid())
        known.least = QLabel::minimumSizeHint();
    return known.least;
}

int FactLabel::heightForWidth(int width) const
{
    QHash<int, int>& heights = sizes().heights;
    const auto found = heights.constFind(width);
    if (found != heights.constEnd())
        return *found;
    const int height = QLabel::heightForWidth(width);
    heights.insert(width, height);
    return height;
}

/// Another font, style or language.
void FactLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    known_.clear();
    evenDigits_.reset();
}

} // namespace hilo
