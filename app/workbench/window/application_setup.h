// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace hilo {

/// Names, style, language, font and theme of the application, as the settings say. Call once, right behind
/// QApplication. theme: "light", "dark" or "system" instead of the stored one; empty: the stored one.
void setUpApplication(const QString& theme = {});

/// Languages that the interface speaks, by code: "en", "de", "zh".
QStringList interfaceLanguages();

} // namespace hilo
