// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/profile.h"

#include <QString>

#include <memory>
#include <optional>

namespace hilo {

/// A complexity profile with what its file says for people.
struct ProfileData
{
    struct Note
    {
        std::optional<double> splitHalf; ///< correlation of the layers' values between two halves of the data
        std::optional<double> seconds;   ///< what it cost
    };
    ComplexityProfile profile;
    std::map<std::string, Note> notes;
    QString data; ///< what it was measured on, "128 rows of train"; empty when unknown
    QString time; ///< when, by the locale; empty when unknown
    std::optional<double> seconds;

    /// Names of the signals with a value per layer, in the order of the help file; others behind them.
    std::vector<std::string> signalNames() const;
    /// Names of the modules that have values or a spectrum, in the order of the file.
    std::vector<std::string> spectrumModules() const;
};
using ProfilePointer = std::shared_ptr<const ProfileData>;

Result<ProfilePointer> readProfileData(const std::filesystem::path& path);

/// Spearman's rank correlation with mean ranks for ties; NaN when one of them is constant or their lengths differ.
double rankCorrelation(const std::vector<double>& a, const std::vector<double>& b);

/// A value of a signal as people read it: three significant digits, its unit behind it.
QString signalValue(double value, const QString& unit);

} // namespace hilo
