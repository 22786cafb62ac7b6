// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/elided_label.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

namespace hilo {

ElidedLabel::ElidedLabel(QWidget* parent, Qt::Alignment alignment) : ElidedLabel({}, parent, alignment) {}

ElidedLabel::ElidedLabel(const QString& text, QWidget* parent, Qt::Alignment alignment) : QLabel(text, parent)
{
    setAlignment(alignment | Qt::AlignVCenter);
    setTextFormat(Qt::PlainText);
    // A long text gives way instead of widening what holds it.
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

QString ElidedLabel::shown() const
{
    return fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const int flags = static_cast<int>(QStyle::visualAlignment(layoutDirection(), alignment()));
    style()->drawItemText(&painter, contentsRect(), flags, palette(), isEnabled(), shown(), foregroundRole());
}

bool ElidedLabel::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || shown() == text())
        return QLabel::event(event);
    QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(),
                       toolTip().isEmpty() ? text() : text() + QStringLiteral("\n\n") + toolTip(), this);
    return true;
}

} // namespace hilo
