// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/command_model.h"

#include <vector>

class QAction;

namespace hilo {

class MainWindow;

/// An action's text as people read it: without the mark of its letter.
QString plainText(const QAction& action);

/// A line of the list of shortcuts.
struct ShortcutLine
{
    QString where, title, keys;
};

/// All that has a shortcut, by menu and page, in their order.
std::vector<ShortcutLine> shortcutsOf(MainWindow& window);

/// All that can be asked for now: the actions of menus and pages that are enabled, the pages, maps, runs, projects
/// opened lately, preferences, strategies, signals and helps.
std::vector<Command> commandsOf(MainWindow& window);

} // namespace hilo
