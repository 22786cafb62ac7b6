// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace hilo {

/// Fusion with edges of fields, boxes and buttons in a colour of the theme. Fusion darkens the window's colour for
/// them, which leaves nothing to see where the window is dark.
class EdgeStyle : public QProxyStyle
{
    Q_OBJECT
  public:
    EdgeStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget = nullptr) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget = nullptr) const override;
    /// Buttons of dialogs carry words alone, as all other buttons do.
    int styleHint(StyleHint hint, const QStyleOption* option = nullptr, const QWidget* widget = nullptr,
                  QStyleHintReturn* returned = nullptr) const override;
};

/// A frame in the accent colour within a widget that draws itself: it has the keyboard.
void paintFocusFrame(QWidget& widget);

} // namespace hilo
