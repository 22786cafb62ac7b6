// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project_session.h"
#include "small_project.h"
#include "window/main_window.h"

#include <QPushButton>
#include <QtTest/QtTest>

#include <memory>

namespace hilo {

/// The first control of this kind that a screen reader calls so; null: there is none.
template <class Widget>
Widget* byName(const QWidget* parent, const QString& accessibleName)
{
    for (Widget* widget : parent->findChildren<Widget*>())
        if (widget->accessibleName() == accessibleName)
            return widget;
    return nullptr;
}

inline QPushButton* buttonWithText(const QWidget* parent, const QString& text)
{
    for (QPushButton* button : parent->findChildren<QPushButton*>())
        if (button->text() == text)
            return button;
    return nullptr;
}

/// A window of the size that most people have at least.
inline std::unique_ptr<MainWindow> makeWindow()
{
    auto window = std::make_unique<MainWindow>();
    window->resize(1400, 900);
    window->show();
    return window;
}

/// Opens a project or model and waits until the pages know it.
inline bool openAndWait(MainWindow& window, const QString& path, int patience = 20000)
{
    QSignalSpy opened(&window.session(), &ProjectSession::opened);
    window.open(path);
    return QTest::qWaitFor([&opened] { return opened.count() == 1; }, patience);
}

/// A small project; the test fails where it cannot be made.
inline std::unique_ptr<SmallProject> makeSmallProject()
{
    auto project = std::make_unique<SmallProject>();
    if (!project->problem().isEmpty())
        qFatal("%s", qPrintable(project->problem()));
    return project;
}

} // namespace hilo
