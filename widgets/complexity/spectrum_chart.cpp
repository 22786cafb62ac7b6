// SPDX-License-Identifier: GPL-3.0-or-later
#include "complexity/spectrum_chart.h"

#include "common/theme.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace hilo {
namespace {

const std::vector<std::vector<double>>* spectraOf(const ProfilePointer& profile, const std::string& signal,
                                                  const std::string& module)
{
    if (!profile)
        return nullptr;
    const auto found = profile->profile.signals.find(signal);
    if (found == profile->profile.signals.end())
        return nullptr;
    const auto spectra = found->second.spectra.find(module);
    return spectra == found->second.spectra.end() ? nullptr : &spectra->second;
}

} // namespace

std::size_t countForShare(const std::vector<double>& spectrum, double share)
{
    const double sum = std::accumulate(spectrum.begin(), spectrum.end(), 0.0);
    if (!(sum > 0))
        return 0;
    double part = 0;
    for (std::size_t i = 0; i < spectrum.size(); ++i) {
        part += spectrum[i];
        if (part >= share * sum * (1 - 1e-12))
            return i + 1;
    }
    return spectrum.size();
}

SpectrumChart::SpectrumChart(QWidget* parent) : Plot(parent)
{
    setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    axisRect()->setRangeZoomAxes(xAxis, nullptr);
    axisRect()->setRangeDragAxes(xAxis, nullptr);
    setAxisTitles(tr("index, largest first"), tr("value, log"));
    yAxis->setScaleType(QCPAxis::stLogarithmic);
    yAxis->setTicker(QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog));
    yAxis->setNumberFormat(QStringLiteral("gbd"));
    yAxis->setNumberPrecision(2);
    setToolTip(tr("Wheel: zoom over the index. Drag: move. Double click: everything."));
    connect(this, &QCustomPlot::mouseDoubleClick, this, [this] {
        xAxis->rescale();
        replotLater();
    });
}

void SpectrumChart::setSpectrum(const ProfilePointer& profile, const std::string& signal, const std::string& module,
                                int layer, const ProfilePointer& baseline)
{
    clearGraphs();
    summary_.clear();
    const auto* spectra = spectraOf(profile, signal, module);
    const bool has = spectra && layer >= 0 && static_cast<std::size_t>(layer) < spectra->size();
    double lowest = std::numeric_limits<double>::infinity();
    double highest = 0;
    const auto draw = [&](const std::vector<double>& values, const QPen& pen) {
        QVector<double> x;
        QVector<double> y;
        for (std::size_t i = 0; i < values.size(); ++i) {
            // Numbers that rounding left at (nearly) nothing would stretch the axis over ten decades.
            if (values[i] <= values.front() * 1e-9)
                break;
            x << static_cast<double>(i + 1);
            y << values[i];
            lowest = std::min(lowest, values[i]);
            highest = std::max(highest, values[i]);
        }
        QCPGraph* graph = addGraph();
        graph->setPen(pen);
        graph->setData(x, y, true);
    };
    if (has) {
        const ThemeColours& colours = Theme::instance().colours();
        for (std::size_t other = 0; other < spectra->size(); ++other)
            if (static_cast<int>(other) != layer)
                draw((*spectra)[other], QPen(colours.line, 1));
        const auto* before = spectraOf(baseline, signal, module);
        if (before && static_cast<std::size_t>(layer) < before->size())
            draw((*before)[static_cast<std::size_t>(layer)],
                 QPen(Theme::instance().series(1).colour, 1.5, Qt::DashLine));
        const std::vector<double>& values = (*spectra)[static_cast<std::size_t>(layer)];
        draw(values, QPen(colours.accent, 2));
        summary_ =
            tr("Layer %1, %2: half of the sum lies in the first %3 of %4, 90 % in the first %5. The other layers "
               "are drawn faintly.")
                .arg(layer)
                .arg(QString::fromStdString(module))
                .arg(countForShare(values, 0.5))
                .arg(values.size())
                .arg(countForShare(values, 0.9));
        xAxis->rescale();
        if (highest > 0)
            yAxis->setRange(lowest * 0.8, highest * 1.25);
    }
    setAccessibleName(tr("Spectrum of a module"));
    setAccessibleDescription(summary_);
    replotLater();
}

} // namespace hilo
