// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QObject>
#include <QPalette>

#include <array>

namespace hilo {

/// Every colour of the application by its role; charts and heat maps ask here, never the palette.
struct ThemeColours
{
    QColor window, card, rail, line, grid, text, quietText, accent, accentBackground, attention, failed, good;
};

/// One colour, dash and symbol for each series of a chart, so that none is told by colour alone.
struct SeriesStyle
{
    QColor colour;
    Qt::PenStyle dash;
    int symbol; ///< index into a chart's own list of symbols
};

/// Light or dark, told to the whole application at once.
class Theme : public QObject
{
    Q_OBJECT
  public:
    enum class Kind { Light, Dark, System };
    Q_ENUM(Kind)

    static Theme& instance();

    /// Sets the application's palette and says so by changed().
    void setKind(Kind kind);
    Kind kind() const { return kind_; }
    bool isDark() const { return dark_; }
    const ThemeColours& colours() const { return colours_; }
    SeriesStyle series(int index) const;
    QPalette palette() const;
    /// The one small style sheet for cards, rail and headings; everything else follows the palette.
    QString styleSheet() const;

  Q_SIGNALS:
    void changed();

  private:
    Theme();
    Kind kind_ = Kind::System;
    bool dark_ = false;
    ThemeColours colours_;
};

} // namespace hilo
