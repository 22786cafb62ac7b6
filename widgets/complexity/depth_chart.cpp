// SPDX-License-Identifier: GPL-3.0-or-later
#include "complexity/depth_chart.h"

#include "common/theme.h"
#include "complexity/signal_help.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

const std::vector<double>* layersOf(const ProfilePointer& profile, const std::string& name)
{
    if (!profile)
        return nullptr;
    const auto found = profile->profile.signals.find(name);
    return found == profile->profile.signals.end() || found->second.layers.empty() ? nullptr : &found->second.layers;
}

} // namespace

DepthChart::DepthChart(QWidget* parent) : Plot(parent)
{
    setInteractions(QCP::iNone);
    setAccessibleName(tr("Signals over depth"));
    setAccessibleDescription(tr("Left and Right choose a layer; the values are told in the inspector."));
    setAxisTitles(tr("layer"), tr("lowest to highest layer, %"));
    yAxis->setRange(-4, 104);
    const QSharedPointer<QCPAxisTickerFixed> ticker(new QCPAxisTickerFixed);
    ticker->setTickStep(25);
    yAxis->setTicker(ticker);
    layerTicker_->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    xAxis->setTicker(layerTicker_);
    selection_ = new QCPItemStraightLine(this);
    selection_->setVisible(false);
    // The legend stands above the lines, never on them.
    plotLayout()->insertRow(0);
    auto* row = new QCPLayoutGrid;
    plotLayout()->addElement(0, 0, row);
    row->addElement(0, 0, legend);
    row->setMargins(QMargins(0, 0, 0, 4));
    legend->setFillOrder(QCPLegend::foColumnsFirst);
    legend->setWrap(4);
    plotLayout()->setRowStretchFactor(0, 0.001);
    legend->setVisible(true);
    connect(&Theme::instance(), &Theme::changed, this, &DepthChart::drawSelection);
}

void DepthChart::setProfile(const ProfilePointer& profile, const std::vector<std::string>& signalNames,
                            const ProfilePointer& baseline)
{
    profile_ = profile;
    baseline_ = baseline;
    shown_.clear();
    clearGraphs();
    int series = 0;
    for (const std::string& name : signalNames) {
        const std::vector<double>* values = layersOf(profile, name);
        if (!values)
            continue;
        shown_.push_back(name);
        const std::vector<double>* before = layersOf(baseline, name);
        auto [low, high] = std::minmax_element(values->begin(), values->end());
        double lowest = *low;
        double highest = *high;
        if (before)
            for (const double value : *before) {
                lowest = std::min(lowest, value);
                highest = std::max(highest, value);
            }
        const auto draw = [&](const std::vector<double>& list, bool isBaseline) {
            QVector<double> x;
            QVector<double> y;
            for (std::size_t i = 0; i < list.size(); ++i) {
                x << static_cast<double>(i);
                y << (highest > lowest ? (list[i] - lowest) / (highest - lowest) * 100 : 50);
            }
            QCPGraph* graph = addGraph();
            styleGraph(graph, series, !isBaseline);
            QPen pen = graph->pen();
            // Few colours serve many signals: the dash tells them apart as well.
            static constexpr Qt::PenStyle dashes[] = {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
            pen.setStyle(dashes[series % 4]);
            if (isBaseline) {
                QColor faint = pen.color();
                faint.setAlpha(110);
                pen.setColor(faint);
                pen.setWidthF(1);
                graph->removeFromLegend();
            }
            graph->setPen(pen);
            graph->setName(signalHelp(name).shortTitle);
            graph->setData(x, y, true);
        };
        if (before)
            draw(*before, true);
        draw(*values, false);
        ++series;
    }
    const double last = profile ? static_cast<double>(profile->profile.layers) - 1 : 1;
    xAxis->setRange(-0.4, std::max(1.0, last) + 0.4);
    const double step = std::max(1.0, std::ceil((last + 1) / 12));
    layerTicker_->setTickStep(step);
    drawSelection();
}

void DepthChart::setSelectedLayer(int layer)
{
    layer_ = layer;
    drawSelection();
}

void DepthChart::drawSelection()
{
    selection_->setVisible(layer_ >= 0);
    selection_->point1->setCoords(layer_, 0);
    selection_->point2->setCoords(layer_, 1);
    selection_->setPen(QPen(Theme::instance().colours().attention, 1.5, Qt::DashLine));
    replotLater();
}

QString DepthChart::textAt(int layer) const
{
    QStringList lines{tr("Layer %1").arg(layer)};
    for (const std::string& name : shown_) {
        const std::vector<double>* values = layersOf(profile_, name);
        if (!values || layer < 0 || static_cast<std::size_t>(layer) >= values->size())
            continue;
        const SignalHelp help = signalHelp(name);
        QString line = tr("%1: %2").arg(help.title, signalValue((*values)[static_cast<std::size_t>(layer)], help.unit));
        if (const std::vector<double>* before = layersOf(baseline_, name);
            before && static_cast<std::size_t>(layer) < before->size())
            line += tr(" (baseline %1)").arg(signalValue((*before)[static_cast<std::size_t>(layer)], {}));
        lines << line;
    }
    return lines.join(QLatin1Char('\n'));
}

int DepthChart::layerAt(double x) const
{
    if (!profile_ || x < axisRect()->left() - 8 || x > axisRect()->right() + 8)
        return -1;
    return std::clamp(static_cast<int>(std::lround(xAxis->pixelToCoord(x))), 0,
                      static_cast<int>(profile_->profile.layers) - 1);
}

void DepthChart::mousePressEvent(QMouseEvent* event)
{
    setFocus(Qt::MouseFocusReason);
    if (const int layer = layerAt(event->position().x()); layer >= 0)
        Q_EMIT layerChosen(layer);
}

void DepthChart::keyPressEvent(QKeyEvent* event)
{
    const int last = profile_ ? static_cast<int>(profile_->profile.layers) - 1 : -1;
    int layer = layer_;
    switch (event->key()) {
    case Qt::Key_Left:
        layer = std::max(0, layer - 1);
        break;
    case Qt::Key_Right:
        layer = std::min(last, layer + 1);
        break;
    case Qt::Key_Home:
        layer = 0;
        break;
    case Qt::Key_End:
        layer = last;
        break;
    default:
        Plot::keyPressEvent(event);
        return;
    }
    if (layer >= 0 && layer <= last && layer != layer_)
        Q_EMIT layerChosen(layer);
}

bool DepthChart::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int layer = layerAt(help->pos().x());
        QToolTip::showText(help->globalPos(), layer >= 0 ? textAt(layer) : QString(), this);
        return true;
    }
    return Plot::event(event);
}

} // namespace hilo
