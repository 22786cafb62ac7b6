// SPDX-License-Identifier: GPL-3.0-or-later
#include "complexity/profile_data.h"

#include "common/json_text.h"
#include "common/numbers.h"
#include "complexity/signal_help.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

std::optional<double> numberIn(const Json& object, const char* key)
{
    if (!object.is_object())
        return std::nullopt;
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number())
        return std::nullopt;
    return found->get<double>();
}

/// "128 rows, 2,810 tokens of train" from {"sequences", "tokens", "split"}, whatever of it is there.
QString dataText(const Json& object)
{
    QStringList parts;
    if (const auto rows = numberIn(object, "sequences"))
        parts << QCoreApplication::translate("Profile", "%1 rows").arg(groupedNumber(std::llround(*rows)));
    if (const auto tokens = numberIn(object, "tokens"))
        parts << QCoreApplication::translate("Profile", "%1 tokens").arg(groupedNumber(std::llround(*tokens)));
    QString text = parts.join(QStringLiteral(", "));
    if (const QString split = textIn(object, "split"); !split.isEmpty() && !text.isEmpty())
        text = QCoreApplication::translate("Profile", "%1 of %2").arg(text, split);
    return text;
}

} // namespace

std::vector<std::string> ProfileData::signalNames() const
{
    std::vector<std::string> names;
    const auto add = [&](const std::string& name) {
        const auto found = profile.signals.find(name);
        if (found != profile.signals.end() && !(found->second.layers.empty() && found->second.modules.empty()) &&
            std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    };
    for (const SignalHelp& help : allSignalHelp())
        add(help.name.toStdString());
    for (const auto& [name, signal] : profile.signals)
        add(name);
    return names;
}

std::vector<std::string> ProfileData::spectrumModules() const
{
    std::vector<std::string> names;
    for (const auto& [name, signal] : profile.signals)
        for (const auto& [module, spectra] : signal.spectra)
            if (std::find(names.begin(), names.end(), module) == names.end())
                names.push_back(module);
    return names;
}

Result<ProfilePointer> readProfileData(const std::filesystem::path& path)
{
    auto data = std::make_shared<ProfileData>();
    HILO_TRY(data->profile, readComplexityProfile(path));
    data->data = dataText(data->profile.data);
    data->seconds = numberIn(data->profile.cost, "seconds");
    const QDateTime written = QFileInfo(QString::fromStdString(path.string())).lastModified();
    data->time =
        QLocale().toString(written.date(), QLocale::ShortFormat) + written.time().toString(QStringLiteral(" HH:mm"));
    return ProfilePointer(std::move(data));
}

QString signalValue(double value, const QString& unit)
{
    if (std::isnan(value))
        return QStringLiteral("–");
    const double size = std::abs(value);
    QString number = size > 0 && size < 1e-3 ? QLocale().toString(value, 'e', 2) : shortNumber(value);
    if (number.startsWith(QLatin1Char('-')))
        number[0] = QChar(0x2212); // a minus as wide as the plus
    return unit.isEmpty() ? number : number + QLatin1Char(' ') + unit;
}

} // namespace hilo
