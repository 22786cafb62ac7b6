// SPDX-License-Identifier: GPL-3.0-or-later
#include "complexity/signal_charts.h"

#include "common/letter_width.h"
#include "common/theme.h"
#include "complexity/agreement_model.h"
#include "complexity/depth_chart.h"
#include "complexity/heat_table.h"
#include "complexity/signal_help.h"
#include "complexity/spectrum_chart.h"
#include "page.h"

#include <QComboBox>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hilo {
namespace {

constexpr std::size_t fewSignals = 4; ///< drawn over depth at first

bool contains(const std::vector<std::string>& names, const std::string& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

QComboBox* makeChoice(const QString& name, const QString& toolTip, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setAccessibleName(name);
    box->setToolTip(toolTip);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    box->setMaximumWidth(letterWidth(box->fontMetrics()) * 34);
    return box;
}

SignalCharts::SignalCharts(QWidget* parent) : QTabWidget(parent)
{
    setDocumentMode(true);
    agreement_ = new AgreementModel(this);
    addTab(makeDepthTab(), tr("Over depth"));
    addTab(makeSpectrumTab(), tr("Spectrum"));
    addTab(makeAgreementTab(), tr("Do the signals agree?"));
    setMinimumHeight(fontMetrics().height() * 13);
    connect(&Theme::instance(), &Theme::changed, this, &SignalCharts::showSpectrum);
}

QWidget* SignalCharts::makeDepthTab()
{
    auto* tab = new QWidget(this);
    auto* layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, 8, 0, 0);
    chosenSignals_ = makeMenuButton(tr("Signals"), tr("Which signals are drawn over depth"), tab);
    auto* line = new QHBoxLayout;
    line->addWidget(
        makeQuietLabel(tr("Each signal from its lowest to its highest layer. Click a layer to select it everywhere."),
                       tab),
        1);
    line->addWidget(chosenSignals_);
    layout->addLayout(line);
    depth_ = new DepthChart(tab);
    layout->addWidget(depth_, 1);
    return tab;
}

QWidget* SignalCharts::makeSpectrumTab()
{
    auto* tab = new QWidget(this);
    auto* layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, 8, 0, 0);
    spectrumSignal_ = makeChoice(tr("Spectrum"), tr("Which signal's spectrum is drawn"), tab);
    spectrumModule_ = makeChoice(tr("Module"), tr("The module whose spectrum is drawn, in the selected layer"), tab);
    spectrumText_ = makeQuietLabel({}, tab);
    auto* line = new QHBoxLayout;
    line->addWidget(spectrumText_, 1);
    line->addWidget(spectrumSignal_);
    line->addWidget(spectrumModule_);
    layout->addLayout(line);
    spectrum_ = new SpectrumChart(tab);
    layout->addWidget(spectrum_, 1);
    connect(spectrumSignal_, &QComboBox::currentIndexChanged, this, &SignalCharts::showSpectrum);
    connect(spectrumModule_, &QComboBox::currentIndexChanged, this, &SignalCharts::showSpectrum);
    return tab;
}

QWidget* SignalCharts::makeAgreementTab()
{
    auto* tab = new QWidget(this);
    auto* layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, 8, 0, 0);
    agreementText_ = makeQuietLabel({}, tab);
    layout->addWidget(agreementText_);
    auto* matrix = new HeatTable(tab);
    matrix->setSquare(true);
    matrix->setFrameColumn(false);
    matrix->setModel(agreement_);
    matrix->setAccessibleName(tr("Rank correlation of the signals"));
    layout->addWidget(matrix, 1);
    connect(matrix, &HeatTable::cellChosen, this, [this](const QModelIndex& index) {
        // A pair that surprises is looked at over depth.
        overDepth_.clear();
        for (const int section : {index.row(), index.column()})
            if (const std::string name = agreement_->signalOf(section); !contains(overDepth_, name))
                overDepth_.push_back(name);
        fillSignalMenu();
        showDepth();
    });
    return tab;
}

void SignalCharts::setProfile(const ProfilePointer& profile, const ProfilePointer& baseline,
                              const std::vector<std::string>& names, const std::vector<std::string>& modules)
{
    profile_ = profile;
    baseline_ = baseline;
    names_ = names;
    chooseFirstSignals();
    fillSignalMenu();
    fillSpectra(modules);
    agreement_->setProfile(profile_, names_);
    agreementText_->setText(agreement_->summary());
    showDepth();
    showSpectrum();
}

void SignalCharts::setLayer(int layer)
{
    layer_ = layer;
    depth_->setSelectedLayer(layer);
    showSpectrum();
}

void SignalCharts::setModule(const QString& module)
{
    if (const int at = spectrumModule_->findText(module); at >= 0)
        spectrumModule_->setCurrentIndex(at);
}

/// Those that were drawn stay; at first one of each kind.
void SignalCharts::chooseFirstSignals()
{
    std::erase_if(overDepth_, [this](const std::string& name) { return !contains(names_, name); });
    if (overDepth_.empty())
        for (const char* wanted : {"pl_alpha_hill", "activation_effective_rank", "block_influence", "squared_gradient"})
            if (contains(names_, wanted))
                overDepth_.emplace_back(wanted);
    for (const std::string& name : names_)
        if (overDepth_.size() < std::min(fewSignals, names_.size()) && !contains(overDepth_, name))
            overDepth_.push_back(name);
}

void SignalCharts::fillSignalMenu()
{
    QMenu* menu = chosenSignals_->menu();
    menu->clear();
    for (const std::string& name : names_) {
        QAction* action = menu->addAction(signalHelp(name).title);
        action->setCheckable(true);
        action->setChecked(contains(overDepth_, name));
        connect(action, &QAction::toggled, this, [this, name](bool on) {
            std::erase(overDepth_, name);
            if (on)
                overDepth_.push_back(name);
            showDepth();
        });
    }
}

void SignalCharts::fillSpectra(const std::vector<std::string>& modules)
{
    const QSignalBlocker signalBlocker(spectrumSignal_);
    const QSignalBlocker moduleBlocker(spectrumModule_);
    spectrumSignal_->clear();
    spectrumModule_->clear();
    for (const auto& [name, signal] : profile_->profile.signals)
        if (!signal.spectra.empty())
            spectrumSignal_->addItem(signalHelp(name).title, QString::fromStdString(name));
    const std::vector<std::string> withSpectrum = profile_->spectrumModules();
    for (const std::string& module : modules)
        if (contains(withSpectrum, module))
            spectrumModule_->addItem(QString::fromStdString(module));
    spectrumModule_->setCurrentIndex(spectrumModule_->count() - 1);
}

void SignalCharts::showDepth()
{
    depth_->setProfile(profile_, overDepth_, baseline_);
    depth_->setSelectedLayer(layer_);
}

void SignalCharts::showSpectrum()
{
    if (!profile_)
        return;
    const bool has = spectrumSignal_->count() > 0;
    spectrumSignal_->setVisible(has);
    spectrumModule_->setVisible(has);
    spectrum_->setSpectrum(profile_, spectrumSignal_->currentData().toString().toStdString(),
                           spectrumModule_->currentText().toStdString(), layer_, baseline_);
    spectrumText_->setText(
        has ? spectrum_->summary()
            : tr("This profile has no spectra. Measure the explained variance or the whitened gradient to see them."));
}

} // namespace hilo
