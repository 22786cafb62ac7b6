// SPDX-License-Identifier: GPL-3.0-or-later
#include "complexity/profile_data.h"

#include "common/numbers.h"
#include "complexity/signal_help.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

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

QString textIn(const Json& object, const char* key)
{
    if (!object.is_object())
        return {};
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? QString::fromStdString(found->get<std::string>()) : QString();
}

/// "128 × 256 tokens of train" from {"path", "split", "rows", "tokens", "max_length"}, whatever of it is there.
QString dataText(const Json& object)
{
    QStringList parts;
    if (const auto rows = numberIn(object, "rows"))
        parts << QCoreApplication::translate("Profile", "%1 rows").arg(groupedNumber(std::llround(*rows)));
    if (const auto tokens = numberIn(object, "tokens"))
        parts << QCoreApplication::translate("Profile", "%1 tokens").arg(groupedNumber(std::llround(*tokens)));
    QString text = parts.join(QStringLiteral(", "));
    if (const QString split = textIn(object, "split"); !split.isEmpty() && !text.isEmpty())
        text = QCoreApplication::translate("Profile", "%1 of %2").arg(text, split);
    return text;
}

std::vector<double> ranksOf(const std::vector<double>& values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin + 1;
        while (end < order.size() && values[order[end]] == values[order[begin]])
            ++end;
        for (std::size_t i = begin; i < end; ++i)
            ranks[order[i]] = static_cast<double>(begin + end - 1) / 2;
        begin = end;
    }
    return ranks;
}

} // namespace

std::vector<std::string> ProfileData::signalNames() const
{
    std::vector<std::string> names;
    const auto add = [&](const std::string& name) {
        const auto found = profile.signals.find(name);
        if (found != profile.signals.end() && !found->second.layers.empty() &&
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
    HILO_TRY(const Json document, readJsonFile(path));
    auto data = std::make_shared<ProfileData>();
    HILO_TRY(data->profile, parseComplexityProfile(document, path.string()));
    for (const auto& [name, signal] : document["signals"].items()) {
        ProfileData::Note note;
        note.splitHalf = numberIn(signal, "split_half");
        note.seconds = numberIn(signal, "seconds");
        if (!note.seconds && signal.contains("cost"))
            note.seconds = numberIn(signal["cost"], "seconds");
        data->notes[name] = note;
    }
    if (document.contains("data"))
        data->data = dataText(document["data"]);
    data->seconds = numberIn(document, "seconds");
    if (!data->seconds && document.contains("cost"))
        data->seconds = numberIn(document["cost"], "seconds");
    const QDateTime time = QDateTime::fromString(textIn(document, "created"), Qt::ISODate);
    if (time.isValid())
        data->time = QLocale().toString(time.toLocalTime(), QLocale::ShortFormat);
    return ProfilePointer(std::move(data));
}

double rankCorrelation(const std::vector<double>& a, const std::vector<double>& b)
{
    constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
    if (a.size() != b.size() || a.empty())
        return undefined;
    const std::vector<double> x = ranksOf(a);
    const std::vector<double> y = ranksOf(b);
    const double mean = (static_cast<double>(a.size()) - 1) / 2;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        xy += (x[i] - mean) * (y[i] - mean);
        xx += (x[i] - mean) * (x[i] - mean);
        yy += (y[i] - mean) * (y[i] - mean);
    }
    return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : undefined;
}

QString signalValue(double value, const QString& unit)
{
    if (std::isnan(value))
        return QStringLiteral("–");
    const double size = std::abs(value);
    const QString number = size > 0 && size < 1e-3 ? QLocale().toString(value, 'e', 2) : shortNumber(value);
    return unit.isEmpty() ? number : number + QLatin1Char(' ') + unit;
}

} // namespace hilo
