// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace hilo {

enum class SettingType { Integer, Number, Text, Choice };

/// One setting of a strategy, as command line and workbench list it.
struct StrategySetting
{
    std::string name;
    SettingType type = SettingType::Text;
    std::string fallback; ///< the default, as a person would type it
    std::string meaning;
    double lowest = 0; ///< Integer and Number
    double highest = 0;
    std::vector<std::string> choices; ///< Choice
};

StrategySetting integerSetting(std::string name, std::int64_t fallback, double lowest, double highest,
                               std::string meaning);
StrategySetting numberSetting(std::string name, std::string fallback, double lowest, double highest,
                              std::string meaning);
StrategySetting textSetting(std::string name, std::string fallback, std::string meaning);
StrategySetting choiceSetting(std::string name, std::vector<std::string> choices, std::string meaning);

/// "integer from 1 to 256", "one of a, b", "text"
std::string rangeText(const StrategySetting& setting);
std::string typeName(SettingType type);

/// Values of all settings of a strategy, checked. Asking for a setting that was not declared is a programming error and
/// ends the program.
class StrategySettings
{
  public:
    /// wrong usage: a name that is not declared (lists the declared ones), a value that is not of the type or out of
    /// range. Nothing is clamped.
    static Result<StrategySettings> resolve(const std::string& strategy, const std::vector<StrategySetting>& declared,
                                            const std::map<std::string, std::string>& given);

    std::int64_t integer(const std::string& name) const;
    int smallInteger(const std::string& name) const { return static_cast<int>(integer(name)); }
    double number(const std::string& name) const;
    const std::string& text(const std::string& name) const;
    bool isGiven(const std::string& name) const { return given_.contains(name); }
    /// Names of given settings whose values nobody has asked for yet.
    std::vector<std::string> unused() const;

    /// Every value with its type, for the record in the map; empty texts are left out.
    Json toJson() const;
    /// An error about one of the settings, by its name.
    Error errorAt(const std::string& name, const std::string& message, std::string hint = {}) const;
    /// For the record: what a text setting came to mean.
    void replaceText(const std::string& name, std::string value);

  private:
    std::string strategy_;
    std::map<std::string, StrategySetting> declared_;
    std::map<std::string, std::string> values_;
    std::map<std::string, std::string> given_;
    std::vector<std::string> order_;
    mutable std::set<std::string> asked_;
};

/// Whole text as a number; nullopt when it is anything else or does not fit.
std::optional<std::int64_t> parseInteger(std::string_view text);
std::optional<double> parseNumber(std::string_view text);
/// "0.5, 2,3" -> numbers. wrong usage: an entry that is no finite number.
Result<std::vector<double>> parseNumberList(const std::string& name, std::string_view text);
/// "a, b" -> names without blanks; empty entries are left out.
std::vector<std::string> splitList(std::string_view text);

} // namespace hilo
