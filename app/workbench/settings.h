// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/theme.h"

#include <QByteArray>
#include <QStringList>

/// What the program remembers between two starts. Nothing of a project belongs here.
namespace hilo::settings {

inline constexpr int layoutVersion = 1;

/// Brings settings of older versions up to date; call once at the start.
void upgrade();

Theme::Kind theme();
void setTheme(Theme::Kind kind);
/// In points; 0: the system's.
int fontSize();
void setFontSize(int points);
/// "de", "zh", …; empty: the system's.
QString language();
void setLanguage(const QString& code);
/// Where new projects are made, and where choosing a model starts; the home folder until they are set.
QString projectsFolder();
void setProjectsFolder(const QString& folder);
QString modelsFolder();
void setModelsFolder(const QString& folder);
/// Of new runs and profiles; 0: measured.
int threads();
void setThreads(int threads);
/// What runs are compared by, as `hilo compare --metric` takes it: "accuracy", "loss@cola".
QString comparedMetric();
void setComparedMetric(const QString& metric);
/// How the curves of runs are drawn: the horizontal axis, and the smoothing by its number and strength in percent.
int curveAxis();
int curveSmoothing();
int curveStrength();
void setCurves(int axis, int smoothing, int strength);
/// The run that others are compared with, of a project; empty: none.
QString baselineOf(const QString& project);
void setBaselineOf(const QString& project, const QString& run);
bool inspectorWanted();
void setInspectorWanted(bool wanted);
/// Newest first, at most ten.
QStringList recentPaths();
void addRecentPath(const QString& path);
QByteArray savedGeometry();
QByteArray savedState();
void saveLayout(const QByteArray& geometry, const QByteArray& state);
/// The layout that the user keeps under a name of their own.
QByteArray keptState();
void keepState(const QByteArray& state);

} // namespace hilo::settings
