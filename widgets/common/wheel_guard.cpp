// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wheel_guard.h"

#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QScrollArea>
#include <QScrollBar>

namespace hilo {
namespace {

/// Has a value that the wheel would change.
bool takesTheWheel(const QObject* object)
{
    return qobject_cast<const QComboBox*>(object) || qobject_cast<const QAbstractSpinBox*>(object) ||
           (qobject_cast<const QAbstractSlider*>(object) && !qobject_cast<const QScrollBar*>(object));
}

bool isInScrollArea(const QWidget& widget)
{
    for (const QWidget* parent = &widget; parent; parent = parent->isWindow() ? nullptr : parent->parentWidget())
        if (qobject_cast<const QScrollArea*>(parent))
            return true;
    return false;
}

} // namespace

bool WheelGuard::eventFilter(QObject* watched, QEvent* event)
{
    if ((event->type() != QEvent::Wheel && event->type() != QEvent::Polish) || !takesTheWheel(watched))
        return QObject::eventFilter(watched, event);
    auto* const widget = static_cast<QWidget*>(watched);
    if (event->type() == QEvent::Polish) {
        if (widget->focusPolicy() == Qt::WheelFocus)
            widget->setFocusPolicy(Qt::StrongFocus);
        return QObject::eventFilter(watched, event);
    }
    if (!isInScrollArea(*widget))
        return QObject::eventFilter(watched, event);
    event->ignore(); // the area gets it next
    return true;
}

} // namespace hilo
