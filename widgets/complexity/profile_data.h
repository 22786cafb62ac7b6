// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/profile.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace hilo {

/// A complexity profile with what its file says for people.
struct ProfileData
{
    ComplexityProfile profile;
    QString data; ///< what it was measured on, "128 rows, 2,810 tokens of train"; empty when unknown
    QString time; ///< when the file was written, by the locale
    std::optional<double> seconds;

    /// Names of the signals with a value per layer, in the order of the help file; others behind them.
    std::vector<std::string> signalNames() const;
    /// Names of the modules that have values or a spectrum, in the order of the file.
    std::vector<std::string> spectrumModules() const;
};
using ProfilePointer = std::shared_ptr<const ProfileData>;

Result<ProfilePointer> readProfileData(const std::filesystem::path& path);

/// A value of a signal as people read it: three significant digits, its unit behind it.
QString signalValue(double value, const QString& unit);

} // namespace hilo
