// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/edge_style.h"

#include "common/theme.h"

#include <QAbstractScrollArea>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace hilo {
namespace {

/// Between the card and quiet text, three to one against the card.
QColor edgeColour(bool isEnabled)
{
    const ThemeColours& colours = Theme::instance().colours();
    const double share = isEnabled ? 0.6 : 0.3;
    const auto mix = [share](int from, int to) { return static_cast<int>(from + (to - from) * share); };
    return {mix(colours.card.red(), colours.quietText.red()), mix(colours.card.green(), colours.quietText.green()),
            mix(colours.card.blue(), colours.quietText.blue())};
}

QPen edgePen(const QStyleOption& option)
{
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    const bool hasFocus = isEnabled && option.state.testFlag(QStyle::State_HasFocus);
    return hasFocus ? QPen(Theme::instance().colours().accent, 1.5) : QPen(edgeColour(isEnabled), 1);
}

void paintEdge(QPainter& painter, const QStyleOption& option, const QBrush& inside = Qt::NoBrush)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(edgePen(option));
    painter.setBrush(inside);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    painter.restore();
}

void paintCheckBox(QPainter& painter, const QStyleOption& option)
{
    const ThemeColours& colours = Theme::instance().colours();
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    const bool isOn = option.state.testFlag(QStyle::State_On);
    paintEdge(painter, option, isOn && isEnabled ? colours.accent : isEnabled ? colours.card : colours.window);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(isEnabled ? option.palette.color(QPalette::HighlightedText) : colours.quietText, 1.6));
    const QRectF box = option.rect;
    const auto at = [&box](double x, double y) { return box.topLeft() + QPointF(box.width() * x, box.height() * y); };
    if (isOn)
        painter.drawPolyline(QPolygonF({at(0.24, 0.52), at(0.43, 0.71), at(0.77, 0.29)}));
    else if (option.state.testFlag(QStyle::State_NoChange))
        painter.drawLine(at(0.28, 0.5), at(0.72, 0.5));
    painter.restore();
}

} // namespace

EdgeStyle::EdgeStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void EdgeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const
{
    switch (element) {
    case PE_IndicatorCheckBox:
        return paintCheckBox(*painter, *option);
    case PE_FrameLineEdit:
        return paintEdge(*painter, *option);
    case PE_Frame:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        if (qobject_cast<const QAbstractScrollArea*>(widget))
            paintEdge(*painter, *option);
        return;
    case PE_PanelButtonCommand:
    case PE_PanelButtonTool:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return paintEdge(*painter, *option);
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void EdgeStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                   const QWidget* widget) const
{
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    if (control == CC_SpinBox || control == CC_ComboBox)
        paintEdge(*painter, *option);
}

int EdgeStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                         QStyleHintReturn* returned) const
{
    return hint == SH_DialogButtonBox_ButtonsHaveIcons ? 0 : QProxyStyle::styleHint(hint, option, widget, returned);
}

void paintFocusFrame(QWidget& widget)
{
    QPainter painter(&widget);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::instance().colours().accent, 1.5));
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(1, 1, -1, -1), 3, 3);
}

} // namespace hilo
