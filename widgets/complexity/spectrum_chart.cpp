// SPDX-License-Identifier: GPL-3.0-or-later
#include "complexity/spectrum_chart.h"

#include "common/theme.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace hilo {
namespace {

/// All layers' spectra of a module; empty when the profile has none.
std::vector<ListedSpectrum> spectraOf(const ProfilePointer& profile, const std::string& signal,
                                      const std::string& module)
{
    std::vector<ListedSpectrum> spectra;
    if (!profile)
        return spectra;
    const auto found = profile->profile.signals.find(signal);
    if (found == profile->profile.signals.end())
        return spectra;
    const ComplexitySignal& one = found->second;
    const auto values = one.spectra.find(module);
    if (values == one.spectra.end())
        return spectra;
    const auto places = one.spectrumRanks.find(module);
    const auto totals = one.spectrumTotals.find(module);
    for (std::size_t layer = 0; layer < values->second.size(); ++layer) {
        ListedSpectrum spectrum{values->second[layer], {}, 0};
        if (places != one.spectrumRanks.end() && places->second.size() == spectrum.values.size())
            spectrum.places = places->second;
        if (totals != one.spectrumTotals.end() && layer < totals->second.size())
            spectrum.total = totals->second[layer];
        spectra.push_back(std::move(spectrum));
    }
    return spectra;
}

std::int64_t placeOf(const ListedSpectrum& spectrum, std::size_t i)
{
    return spectrum.places.empty() ? static_cast<std::int64_t>(i) + 1 : spectrum.places[i];
}

/// Sum over the places behind listed place i up to the next one, and how it grows on the way.
template <class Visit>
void visitPlaces(const ListedSpectrum& spectrum, Visit visit)
{
    for (std::size_t i = 0; i < spectrum.values.size(); ++i) {
        const std::int64_t place = placeOf(spectrum, i);
        if (!visit(place, spectrum.values[i]) || i + 1 == spectrum.values.size())
            return;
        const std::int64_t gap = placeOf(spectrum, i + 1) - place;
        for (std::int64_t step = 1; step < gap; ++step) {
            const double share = static_cast<double>(step) / static_cast<double>(gap);
            if (!visit(place + step, spectrum.values[i] + (spectrum.values[i + 1] - spectrum.values[i]) * share))
                return;
        }
    }
}

QString countText(const std::optional<std::int64_t>& count)
{
    return count ? QString::number(*count) : SpectrumChart::tr("more than are listed");
}

} // namespace

std::optional<std::int64_t> countForShare(const ListedSpectrum& spectrum, double share)
{
    double total = spectrum.total;
    if (!(total > 0))
        visitPlaces(spectrum, [&total](std::int64_t, double value) {
            total += value;
            return true;
        });
    if (!(total > 0))
        return 0;
    double part = 0;
    std::optional<std::int64_t> count;
    visitPlaces(spectrum, [&](std::int64_t place, double value) {
        part += value;
        if (part >= share * total * (1 - 1e-9))
            count = place;
        return !count;
    });
    return count;
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
    const std::vector<ListedSpectrum> spectra = spectraOf(profile, signal, module);
    const bool has = layer >= 0 && static_cast<std::size_t>(layer) < spectra.size();
    double lowest = std::numeric_limits<double>::infinity();
    double highest = 0;
    const auto draw = [&](const ListedSpectrum& spectrum, const QPen& pen) {
        const std::vector<double>& values = spectrum.values;
        QVector<double> x;
        QVector<double> y;
        for (std::size_t i = 0; i < values.size(); ++i) {
            // Numbers that rounding left at (nearly) nothing would stretch the axis over ten decades.
            if (values[i] <= values.front() * 1e-9)
                break;
            x << static_cast<double>(placeOf(spectrum, i));
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
        for (std::size_t other = 0; other < spectra.size(); ++other)
            if (static_cast<int>(other) != layer)
                draw(spectra[other], QPen(colours.line, 1));
        const std::vector<ListedSpectrum> before = spectraOf(baseline, signal, module);
        if (static_cast<std::size_t>(layer) < before.size())
            draw(before[static_cast<std::size_t>(layer)], QPen(Theme::instance().series(1).colour, 1.5, Qt::DashLine));
        const ListedSpectrum& chosen = spectra[static_cast<std::size_t>(layer)];
        draw(chosen, QPen(colours.accent, 2));
        summary_ =
            tr("Layer %1, %2: half of the sum lies in the first %3 of %4, 90 % in the first %5. The other layers "
               "are drawn faintly.")
                .arg(layer)
                .arg(QString::fromStdString(module), countText(countForShare(chosen, 0.5)))
                .arg(placeOf(chosen, chosen.values.size() - 1))
                .arg(countText(countForShare(chosen, 0.9)));
        xAxis->rescale();
        if (highest > 0)
            yAxis->setRange(lowest * 0.8, highest * 1.25);
    }
    setAccessibleName(tr("Spectrum of a module"));
    setAccessibleDescription(summary_);
    replotLater();
}

} // namespace hilo
