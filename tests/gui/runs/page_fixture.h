// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/project_fixture.h"
#include "page_context.h"
#include "page_wishes.h"
#include "project_session.h"
#include "runs/run_service.h"

#include <QComboBox>
#include <QLabel>
#include <QUndoGroup>
#include <QWidget>
#include <QtTest/QTest>

namespace hilo {

/// What a page works with, over a project in a temporary folder.
struct PageFixture
{
    testing::ProjectFixture project;
    ProjectSession session;
    RunService runs;
    PageWishes wishes;
    QUndoGroup undoGroup;
    PageContext context{session, runs, wishes, undoGroup};

    PageFixture()
    {
        QObject::connect(&session, &ProjectSession::opened, &runs, [this] { runs.setProject(session.folder()); });
    }

    /// As the window does it.
    void open()
    {
        session.open(QString::fromStdString(project.project().folder().string()));
        if (!QTest::qWaitFor([this] { return !runs.folder().isEmpty(); }, 60000))
            qFatal("The project was not opened.");
    }
};

/// Controls that the keyboard reaches but a screen reader cannot name; empty when there is none.
inline QStringList unnamedControls(const QWidget& page)
{
    QStringList names;
    for (const QWidget* widget : page.findChildren<QWidget*>()) {
        if ((widget->focusPolicy() & Qt::TabFocus) == 0 || widget->objectName().startsWith(QLatin1String("qt_")) ||
            qobject_cast<const QLabel*>(widget) || !widget->parentWidget())
            continue;
        // The list that a box drops down speaks for the box.
        if (const QWidget* holder = widget->parentWidget()->parentWidget(); widget->inherits("QComboBoxListView") &&
                                                                            qobject_cast<const QComboBox*>(holder) &&
                                                                            !holder->accessibleName().isEmpty())
            continue;
        const QVariant text = widget->property("text");
        // Lines inside of boxes that take text speak for the box.
        if (widget->accessibleName().isEmpty() && text.toString().isEmpty() &&
            widget->parentWidget()->accessibleName().isEmpty())
            names << QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName();
    }
    return names;
}

} // namespace hilo
