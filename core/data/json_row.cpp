// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json_row.h"

#include "data/conversation.h"

#include <cmath>
#include <set>

namespace hilo {
namespace {

std::string letter(std::size_t index)
{
    return index < 26 ? std::string(1, static_cast<char>('A' + index)) : std::to_string(index + 1);
}

/// {"label": […], "text": […]}, a list of texts, or a list of {"label", "text"}.
bool readChoices(const Json& value, std::vector<Choice>& choices)
{
    if (value.is_object() && value.contains("label") && value.contains("text") && value["label"].is_array() &&
        value["text"].is_array() && value["label"].size() == value["text"].size()) {
        for (std::size_t i = 0; i < value["text"].size(); ++i)
            choices.push_back({scalarText(value["label"][i]), scalarText(value["text"][i])});
        return !choices.empty();
    }
    if (!value.is_array() || value.empty())
        return false;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const Json& one = value[i];
        if (one.is_string())
            choices.push_back({letter(i), one.get<std::string>()});
        else if (one.is_object() && one.contains("text") && !one.contains("role") && !one.contains("from"))
            choices.push_back({one.contains("label") ? scalarText(one["label"]) : letter(i), scalarText(one["text"])});
        else
            return false;
    }
    return true;
}

class FieldReader
{
  public:
    explicit FieldReader(Row& row) : row_(row) {}

    /// False when a name stands twice; name() is it then.
    bool add(const Json& object, const std::string& prefix)
    {
        for (const auto& [key, value] : object.items()) {
            name_ = prefix + key;
            // Python's NaN is what a table has where a value is missing.
            if (value.is_null() || (value.is_number_float() && std::isnan(value.get<double>())))
                continue;
            std::vector<Choice> choices;
            const bool isChoices = readChoices(value, choices);
            if (!isChoices && value.is_object()) {
                if (!add(value, name_ + "."))
                    return false;
                continue;
            }
            if (!names_.insert(name_).second)
                return false;
            if (isChoices)
                row_.choices.emplace_back(name_, std::move(choices));
            else
                row_.fields.emplace_back(name_, scalarText(value));
        }
        return true;
    }

    const std::string& name() const { return name_; }

  private:
    Row& row_;
    std::set<std::string> names_;
    std::string name_;
};

} // namespace

std::string scalarText(const Json& value)
{
    if (value.is_number_float() && !std::isfinite(value.get<double>()))
        return std::isnan(value.get<double>()) ? "NaN" : value.get<double>() < 0 ? "-Infinity" : "Infinity";
    return value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

tl::expected<Row, std::string> rowFromJson(const Json& record, const std::string& file, std::int64_t line)
{
    Row row;
    row.file = file;
    row.line = line;
    FieldReader reader(row);
    if (!reader.add(record, ""))
        return tl::unexpected("two columns are called \"" + reader.name() + "\"");
    return row;
}

} // namespace hilo
