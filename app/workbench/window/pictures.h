// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>

namespace hilo {

class MainWindow;

/// Once the project is open and the pages have come to rest: writes FOLDER/PAGE-light.png and PAGE-dark.png of every
/// page (with "-2x" at a scale of 2), in a window of this size, and ends the program; with exit code 1 when a file
/// could not be written.
void drawPictures(MainWindow& window, const QString& folder, const QSize& size);

} // namespace hilo
