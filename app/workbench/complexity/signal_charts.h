// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "complexity/profile_data.h"

#include <QTabWidget>

class QComboBox;
class QLabel;
class QToolButton;

namespace hilo {

class AgreementModel;
class DepthChart;
class SpectrumChart;

/// What is drawn below the heat map of a profile: several signals over depth, the spectrum of one module, and whether
/// the signals agree.
class SignalCharts : public QTabWidget
{
    Q_OBJECT
  public:
    explicit SignalCharts(QWidget* parent = nullptr);

    /// names: the profile's signals in their order; modules: those of the model. A baseline is drawn beside it.
    void setProfile(const ProfilePointer& profile, const ProfilePointer& baseline,
                    const std::vector<std::string>& names, const std::vector<std::string>& modules);
    void setLayer(int layer);
    /// Chooses the module of the spectrum; one without a spectrum changes nothing.
    void setModule(const QString& module);

    DepthChart& depth() { return *depth_; }
    SpectrumChart& spectrum() { return *spectrum_; }

  private:
    QWidget* makeDepthTab();
    QWidget* makeSpectrumTab();
    QWidget* makeAgreementTab();
    void chooseFirstSignals();
    void fillSignalMenu();
    void fillSpectra(const std::vector<std::string>& modules);
    void showDepth();
    void showSpectrum();

    ProfilePointer profile_, baseline_;
    std::vector<std::string> names_;
    std::vector<std::string> overDepth_; ///< those that are drawn
    int layer_ = -1;
    QToolButton* chosenSignals_;
    DepthChart* depth_;
    QComboBox* spectrumSignal_;
    QComboBox* spectrumModule_;
    SpectrumChart* spectrum_;
    QLabel* spectrumText_;
    AgreementModel* agreement_;
    QLabel* agreementText_;
};

/// A choice as wide as its words, within reason.
QComboBox* makeChoice(const QString& name, const QString& toolTip, QWidget* parent);

} // namespace hilo
