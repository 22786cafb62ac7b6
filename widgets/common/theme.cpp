// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/theme.h"

#include <QApplication>
#include <QStyleHints>

namespace hilo {
namespace {

const ThemeColours lightColours = {QColor(0xF4, 0xF5, 0xF4), QColor(0xFF, 0xFF, 0xFF), QColor(0xEB, 0xEE, 0xEC),
                                   QColor(0xDD, 0xE1, 0xDF), QColor(0xE8, 0xEC, 0xEA), QColor(0x1B, 0x24, 0x21),
                                   QColor(0x5C, 0x68, 0x63), QColor(0x0B, 0x6E, 0x5F), QColor(0xDC, 0xEF, 0xEA),
                                   QColor(0xA4, 0x54, 0x00), QColor(0xB3, 0x26, 0x1E), QColor(0x2A, 0x74, 0x2E)};

const ThemeColours darkColours = {QColor(0x16, 0x19, 0x1A), QColor(0x1E, 0x23, 0x24), QColor(0x1A, 0x1E, 0x1F),
                                  QColor(0x33, 0x3B, 0x3C), QColor(0x2A, 0x31, 0x32), QColor(0xE6, 0xEC, 0xEA),
                                  QColor(0x93, 0xA1, 0x9C), QColor(0x4F, 0xC3, 0xAE), QColor(0x21, 0x40, 0x3A),
                                  QColor(0xF0, 0xA0, 0x4B), QColor(0xF2, 0x85, 0x7D), QColor(0x7C, 0xCB, 0x82)};

/// The palette that the desktop gave the application before we set our own.
bool systemIsDark()
{
    static const bool dark = QGuiApplication::palette().color(QPalette::Window).lightnessF() < 0.5;
    return dark;
}

} // namespace

Theme::Theme() : dark_(systemIsDark()), colours_(dark_ ? darkColours : lightColours) {}

Theme& Theme::instance()
{
    static Theme theme;
    return theme;
}

void Theme::setKind(Kind kind)
{
    kind_ = kind;
    dark_ = kind == Kind::Dark || (kind == Kind::System && systemIsDark());
    colours_ = dark_ ? darkColours : lightColours;
    QApplication::setPalette(palette());
    qApp->setStyleSheet(styleSheet());
    Q_EMIT changed();
}

SeriesStyle Theme::series(int index) const
{
    static const std::array<QColor, 6> colours = {QColor(0x00, 0x72, 0xB2), QColor(0xD5, 0x5E, 0x00),
                                                  QColor(0x00, 0x9E, 0x73), QColor(0xCC, 0x79, 0xA7),
                                                  QColor(0xE6, 0x9F, 0x00), QColor(0x56, 0xB4, 0xE9)};
    static const std::array<Qt::PenStyle, 4> dashes = {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    const auto i = static_cast<std::size_t>(index < 0 ? 0 : index);
    return {colours[i % colours.size()], dashes[i / colours.size() % dashes.size()], index};
}

QPalette Theme::palette() const
{
    const ThemeColours& c = colours_;
    QPalette palette;
    palette.setColor(QPalette::Window, c.window);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.card);
    palette.setColor(QPalette::AlternateBase, c.window);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::PlaceholderText, c.quietText);
    palette.setColor(QPalette::Button, c.card);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, c.failed);
    palette.setColor(QPalette::ToolTipBase, c.card);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, dark_ ? QColor(0x10, 0x16, 0x14) : QColor(Qt::white));
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::Light, c.card);
    palette.setColor(QPalette::Midlight, c.grid);
    palette.setColor(QPalette::Mid, c.line);
    palette.setColor(QPalette::Dark, c.line);
    palette.setColor(QPalette::Shadow, c.line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, c.quietText);
    // A field that takes nothing lies flat in the window.
    for (const auto role : {QPalette::Button, QPalette::Base})
        palette.setColor(QPalette::Disabled, role, c.window);
    return palette;
}

QString Theme::styleSheet() const
{
    const ThemeColours& c = colours_;
    return QStringLiteral("QFrame#card { background: %1; border: 1px solid %2; border-radius: 6px; }"
                          "QWidget#rail { background: %3; border-right: 1px solid %2; }"
                          "QLabel#quiet { color: %4; }"
                          "QLabel#heading { font-weight: 600; }"
                          "QLabel#title { font-weight: 600; font-size: large; }"
                          "QLabel#good { color: %10; }"
                          "QTableView, QListView { selection-background-color: %11; selection-color: %7; }"
                          "QToolButton::menu-indicator { image: none; }"
                          "QPushButton#primary { background: %8; color: %9; border: 1px solid %8; border-radius: 4px;"
                          " padding: 4px 12px; font-weight: 600; }"
                          "QPushButton#primary:disabled { background: %2; border-color: %2; color: %4; }"
                          "QPushButton#primary:focus { border: 2px solid %7; padding: 3px 11px; }"
                          "QScrollArea, QScrollArea > QWidget > QWidget#inspector { background: transparent; }"
                          "QLabel#warning { color: %5; }"
                          "QLabel#failed { color: %6; }"
                          "QHeaderView { background: transparent; }"
                          "QTableCornerButton::section { background: %1; border: none; }"
                          "QHeaderView::section { background: transparent; color: %4; border: none; padding: 3px; }"
                          "QTabBar::tab { background: transparent; color: %4; padding: 6px 10px;"
                          " border: 1px solid transparent; border-bottom: 2px solid transparent; }"
                          "QTabBar::tab:selected { color: %7; border-bottom-color: %8; }"
                          "QTabBar::tab:hover { color: %7; }"
                          "QTabBar::tab:selected:focus { border: 1px solid %8; border-bottom-width: 2px; }"
                          "QTabBar::close-button { image: url(:/icons/close.svg); }"
                          "QToolTip { background: %1; color: %7; border: 1px solid %2; padding: 4px; }")
        .arg(c.card.name(), c.line.name(), c.rail.name(), c.quietText.name(), c.attention.name(), c.failed.name(),
             c.text.name(), c.accent.name(), palette().color(QPalette::HighlightedText).name(), c.good.name(),
             c.accentBackground.name());
}

} // namespace hilo
