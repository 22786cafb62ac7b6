// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTabBar>

namespace hilo {

/// What a screen reader would say for a control; a label beside it counts.
inline QString spokenName(const QWidget* widget)
{
    if (!widget->accessibleName().isEmpty())
        return widget->accessibleName();
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget); button && !button->text().isEmpty())
        return button->text();
    if (const auto* box = qobject_cast<const QGroupBox*>(widget))
        return box->title();
    for (const QLabel* label : widget->parentWidget()->findChildren<QLabel*>())
        if (label->buddy() == widget)
            return label->text();
    return {};
}

/// A control that people work with; parts of other controls (the field in a spin box, a table's headers) speak
/// through them.
inline bool isControl(const QWidget* widget)
{
    if (widget->objectName().startsWith(QLatin1String("qt_")))
        return false;
    for (const QWidget* parent = widget->parentWidget(); parent; parent = parent->parentWidget())
        if (qobject_cast<const QAbstractSpinBox*>(parent) || qobject_cast<const QComboBox*>(parent) ||
            qobject_cast<const QAbstractItemView*>(parent) || qobject_cast<const QTabBar*>(parent) ||
            qobject_cast<const QMenuBar*>(parent) || qobject_cast<const QLineEdit*>(parent))
            return false;
    return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget) ||
           qobject_cast<const QAbstractSpinBox*>(widget) || qobject_cast<const QComboBox*>(widget) ||
           qobject_cast<const QAbstractItemView*>(widget) || qobject_cast<const QPlainTextEdit*>(widget) ||
           (qobject_cast<const QAbstractSlider*>(widget) && !qobject_cast<const QScrollBar*>(widget));
}

inline QStringList controlsWithoutName(const QWidget* root)
{
    QStringList silent;
    for (const QWidget* widget : root->findChildren<QWidget*>())
        if (isControl(widget) && spokenName(widget).isEmpty())
            silent << QStringLiteral("%1 \"%2\" in %3")
                          .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName(),
                               QString::fromLatin1(widget->parentWidget()->metaObject()->className()));
    return silent;
}

} // namespace hilo
