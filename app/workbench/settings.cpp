// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings.h"

#include <QDir>
#include <QSettings>
#include <QThread>

#include <algorithm>

namespace hilo::settings {
namespace {

constexpr int version = 1;
constexpr qsizetype maximumRecent = 10;

QVariant value(const char* key, const QVariant& fallback = {})
{
    return QSettings().value(QLatin1String(key), fallback);
}

void set(const char* key, const QVariant& value)
{
    QSettings().setValue(QLatin1String(key), value);
}

} // namespace

void upgrade()
{
    QSettings stored;
    // Settings of a newer version may mean something else: nothing of the layout is taken from them.
    if (stored.value(QStringLiteral("settings/version"), version).toInt() > version)
        stored.remove(QStringLiteral("layout"));
    stored.setValue(QStringLiteral("settings/version"), version);
}

Theme::Kind theme()
{
    const QString name = value("view/theme").toString();
    return name == QLatin1String("light")  ? Theme::Kind::Light
           : name == QLatin1String("dark") ? Theme::Kind::Dark
                                           : Theme::Kind::System;
}

void setTheme(Theme::Kind kind)
{
    set("view/theme", kind == Theme::Kind::Light  ? QStringLiteral("light")
                      : kind == Theme::Kind::Dark ? QStringLiteral("dark")
                                                  : QStringLiteral("system"));
}

int fontSize()
{
    return value("view/fontSize", 0).toInt();
}

void setFontSize(int points)
{
    set("view/fontSize", points);
}

QString language()
{
    return value("view/language").toString();
}

void setLanguage(const QString& code)
{
    set("view/language", code);
}

QString projectsFolder()
{
    return value("folders/projects", QDir::homePath()).toString();
}

void setProjectsFolder(const QString& folder)
{
    set("folders/projects", folder);
}

QString modelsFolder()
{
    return value("folders/models", QDir::homePath()).toString();
}

void setModelsFolder(const QString& folder)
{
    set("folders/models", folder);
}

int threads()
{
    // The number may come from a larger machine with the same home folder.
    return std::clamp(value("work/threads", 0).toInt(), 0, std::max(1, QThread::idealThreadCount()));
}

void setThreads(int threads)
{
    set("work/threads", threads);
}

QString comparedMetric()
{
    return value("compare/metric", QStringLiteral("accuracy")).toString();
}

void setComparedMetric(const QString& metric)
{
    set("compare/metric", metric);
}

int curveAxis()
{
    return value("curves/axis", 0).toInt();
}

int curveSmoothing()
{
    return value("curves/smoothing", 1).toInt();
}

int curveStrength()
{
    return std::clamp(value("curves/strength", 90).toInt(), 0, 99);
}

void setCurves(int axis, int smoothing, int strength)
{
    set("curves/axis", axis);
    set("curves/smoothing", smoothing);
    set("curves/strength", strength);
}

QString baselineOf(const QString& project)
{
    return value("compare/baselines").toMap().value(project).toString();
}

void setBaselineOf(const QString& project, const QString& run)
{
    constexpr qsizetype mostProjects = 100;
    QVariantMap all = value("compare/baselines").toMap();
    all.remove(project);
    if (!run.isEmpty() && !project.isEmpty())
        all.insert(project, run);
    while (all.size() > mostProjects)
        all.erase(all.begin());
    set("compare/baselines", all);
}

bool inspectorWanted()
{
    return value("view/inspector", true).toBool();
}

void setInspectorWanted(bool wanted)
{
    set("view/inspector", wanted);
}

QStringList recentPaths()
{
    return value("recent/paths").toStringList();
}

void addRecentPath(const QString& path)
{
    QStringList paths = recentPaths();
    paths.removeAll(path);
    paths.prepend(path);
    set("recent/paths", QStringList(paths.mid(0, maximumRecent)));
}

QByteArray savedGeometry()
{
    return value("layout/geometry").toByteArray();
}

QByteArray savedState()
{
    return value("layout/state").toByteArray();
}

void saveLayout(const QByteArray& geometry, const QByteArray& state)
{
    set("layout/geometry", geometry);
    set("layout/state", state);
}

QByteArray keptState()
{
    return value("layout/kept").toByteArray();
}

void keepState(const QByteArray& state)
{
    set("layout/kept", state);
}

} // namespace hilo::settings
