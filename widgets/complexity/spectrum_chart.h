// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/plot.h"
#include "complexity/profile_data.h"

namespace hilo {

/// The spectrum of one module in one layer, largest first, on numbered axes; the other layers stay faint behind it.
class SpectrumChart : public Plot
{
    Q_OBJECT
  public:
    explicit SpectrumChart(QWidget* parent = nullptr);

    /// signal: one with spectra. baseline: its spectrum of the same place is drawn dashed.
    void setSpectrum(const ProfilePointer& profile, const std::string& signal, const std::string& module, int layer,
                     const ProfilePointer& baseline = {});
    /// "Half of the sum lies in the first 12 of 192, 90 % in the first 71." Empty without a spectrum.
    QString summary() const { return summary_; }

  private:
    QString summary_;
};

/// How many of the first numbers hold this share of the sum; 0 for an empty or zero spectrum.
std::size_t countForShare(const std::vector<double>& spectrum, double share);

} // namespace hilo
