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

/// A spectrum of which some places may be listed.
struct ListedSpectrum
{
    std::vector<double> values;
    std::vector<std::int64_t> places; ///< from 1 on, rising; empty: 1, 2, …
    double total = 0;                 ///< of the whole spectrum; 0: the sum of what the places cover
};

/// How many of the first directions hold this share of the total; between listed places the values are taken to fall
/// evenly. 0 for an empty or zero spectrum; nothing when the listed places do not reach the share.
std::optional<std::int64_t> countForShare(const ListedSpectrum& spectrum, double share);

} // namespace hilo
