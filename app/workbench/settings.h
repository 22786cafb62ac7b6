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
bool inspectorWanted();
void setInspectorWanted(bool wanted);
/// Newest first, at most ten.
QStringList recentPaths();
void addRecentPath(const QString& path);
QByteArray savedGeometry();
QByteArray savedState();
void saveLayout(const QByteArray& geometry, const QByteArray& state);

} // namespace hilo::settings
