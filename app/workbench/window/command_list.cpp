// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/command_list.h"

#include "allocation/strategy.h"
#include "common/core_text.h"
#include "complexity/signal_help.h"
#include "page.h"
#include "page_wishes.h"
#include "project_session.h"
#include "runs/run_service.h"
#include "settings.h"
#include "window/main_window.h"
#include "window/preferences_dialog.h"

#include <QAction>
#include <QCoreApplication>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>

namespace hilo {
namespace {

struct CommandWords
{
    Q_DECLARE_TR_FUNCTIONS(CommandList)
};

template <class Found>
void walk(const QMenu& menu, const QString& where, const Found& found)
{
    for (QAction* action : menu.actions()) {
        if (action->isSeparator())
            continue;
        if (const QMenu* inner = action->menu())
            walk(*inner, where + QStringLiteral(" › ") + plainText(*action), found);
        else if (!action->text().isEmpty())
            found(action, where);
    }
}

/// Each action of the menus and pages with what it belongs to; page: the one that it needs in front, if any.
template <class Found>
void eachAction(MainWindow& window, const Found& found)
{
    for (QAction* entry : window.menuBar()->actions())
        if (QMenu* menu = entry->menu(); menu && menu != window.pageMenu())
            walk(*menu, plainText(*entry), [&](QAction* action, const QString& where) {
                // What the menu of recent projects holds is made when it opens.
                found(action, where, nullptr);
            });
    for (Page* page : window.pages())
        for (QAction* action : page->actions())
            if (!action->isSeparator() && !action->text().isEmpty())
                found(action, page->title(), page);
}

QString keysOf(const QAction& action)
{
    return action.shortcut().toString(QKeySequence::NativeText);
}

} // namespace

QString plainText(const QAction& action)
{
    QString text = action.text();
    // "&&" is a sign, "&x" marks a letter.
    text.replace(QStringLiteral("&&"), QString(QChar(1))).remove(QLatin1Char('&')).replace(QChar(1), QLatin1Char('&'));
    return text;
}

std::vector<ShortcutLine> shortcutsOf(MainWindow& window)
{
    std::vector<ShortcutLine> lines;
    for (std::size_t i = 0; i < window.pages().size(); ++i)
        lines.push_back({CommandWords::tr("Pages"), window.pages()[i]->title(),
                         QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + (i + 1) % 10))
                             .toString(QKeySequence::NativeText)});
    eachAction(window, [&](const QAction* action, const QString& where, const Page*) {
        if (!action->shortcut().isEmpty())
            lines.push_back({where, plainText(*action), keysOf(*action)});
    });
    return lines;
}

std::vector<Command> commandsOf(MainWindow& window)
{
    std::vector<Command> commands;
    QPointer<MainWindow> shown(&window);
    for (const Page* page : window.pages()) {
        commands.push_back(
            {page->title(), CommandWords::tr("Page"), {}, [shown, key = page->key()] { shown->showPage(key); }});
        if (!page->help().isEmpty())
            commands.push_back({CommandWords::tr("Explain “%1”").arg(page->title()),
                                CommandWords::tr("Help"),
                                {},
                                [shown, key = page->key()] {
                                    shown->showPage(key);
                                    shown->explainPage();
                                }});
    }
    eachAction(window, [&](QAction* action, const QString& where, const Page* page) {
        if (!action->isEnabled())
            return;
        commands.push_back({plainText(*action), where, keysOf(*action),
                            [shown, action = QPointer<QAction>(action), key = page ? page->key() : QString()] {
                                if (!key.isEmpty())
                                    shown->showPage(key);
                                if (action)
                                    action->trigger();
                            }});
    });
    for (const auto& map : window.session().maps())
        commands.push_back(
            {QString::fromStdString(map->map().name), CommandWords::tr("Map"), {}, [shown, name = map->map().name] {
                 Q_EMIT shown->wishes().openMapWanted(QString::fromStdString(name));
                 shown->showPage(QStringLiteral("allocation"));
             }});
    for (const RunSummary& run : window.runs().runs())
        commands.push_back(
            {QString::fromStdString(run.id), CommandWords::tr("Run"), {}, [shown, id = QString::fromStdString(run.id)] {
                 Q_EMIT shown->wishes().runShown(id);
                 shown->showPage(QStringLiteral("runs"));
             }});
    for (const QString& path : settings::recentPaths())
        if (path != window.session().path() && QFileInfo::exists(path))
            commands.push_back(
                {QFileInfo(path).fileName(), CommandWords::tr("Project, %1").arg(path), {}, [shown, path] {
                     shown->open(path);
                 }});
    const PreferencesDialog preferences;
    for (const QLabel* label : preferences.findChildren<QLabel*>())
        if (label->buddy())
            commands.push_back({label->buddy()->accessibleName(),
                                CommandWords::tr("Preference"),
                                {},
                                [shown, name = label->buddy()->objectName()] { shown->showPreferences(name); }});
    for (const Strategy* strategy : strategies())
        commands.push_back({coreText(strategy->title),
                            CommandWords::tr("Help, strategy"),
                            {},
                            [shown, title = coreText(strategy->title)] { shown->showReference(title); }});
    for (const SignalHelp& help : allSignalHelp())
        commands.push_back({help.title, CommandWords::tr("Help, signal"), {}, [shown, title = help.title] {
                                shown->showReference(title);
                            }});
    return commands;
}

} // namespace hilo
