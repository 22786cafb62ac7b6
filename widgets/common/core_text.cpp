// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/core_text.h"

#include "base/text_format.h"

#include <QCoreApplication>

#include <algorithm>
#include <cctype>

namespace hilo {
namespace {

struct SettingRange
{
    Q_DECLARE_TR_FUNCTIONS(SettingRange)
};

} // namespace

QString coreText(const std::string& text)
{
    return text.empty() ? QString() : QCoreApplication::translate("CoreTexts", text.c_str());
}

std::string wordsOf(const std::string& name)
{
    std::string words = name;
    std::replace(words.begin(), words.end(), '_', ' ');
    if (!words.empty())
        words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(words.front())));
    return words;
}

QString settingLabel(const std::string& name)
{
    return coreText(wordsOf(name));
}

QString settingRangeText(const StrategySetting& setting)
{
    const auto number = [](double value) { return QString::fromStdString(shortestNumber(value)); };
    switch (setting.type) {
    case SettingType::Integer:
        return SettingRange::tr("integer from %1 to %2").arg(number(setting.lowest), number(setting.highest));
    case SettingType::Number:
        return SettingRange::tr("number from %1 to %2").arg(number(setting.lowest), number(setting.highest));
    case SettingType::Choice:
        return SettingRange::tr("one of %1").arg(QString::fromStdString(joined(setting.choices)));
    case SettingType::Text:
        break;
    }
    return SettingRange::tr("text");
}

} // namespace hilo
