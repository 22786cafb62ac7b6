// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/template_fields.h"

namespace hilo {

std::optional<std::string> valueOf(const PromptTemplate& promptTemplate, const Row& row, const std::string& field)
{
    if (const std::string* value = row.field(field))
        return *value;
    if (const auto aliases = promptTemplate.aliases.find(field); aliases != promptTemplate.aliases.end())
        for (const std::string& column : aliases->second)
            if (const std::string* value = row.field(column))
                return *value;
    return std::nullopt;
}

tl::expected<std::string, std::string> filled(const PromptTemplate& promptTemplate, const std::string& text,
                                              const Row& row, const FieldValues& values)
{
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if ((c == '{' || c == '}') && at + 1 < text.size() && text[at + 1] == c) {
            result += c;
            ++at;
            continue;
        }
        const std::size_t end = c == '{' ? text.find('}', at) : std::string::npos;
        if (end == std::string::npos) {
            result += c;
            continue;
        }
        const std::string field = text.substr(at + 1, end - at - 1);
        at = end;
        if (const auto own = values.find(field); own != values.end()) {
            result += own->second;
            continue;
        }
        std::optional<std::string> value = valueOf(promptTemplate, row, field);
        if (!value || value->empty())
            if (const auto fallback = promptTemplate.defaults.find(field); fallback != promptTemplate.defaults.end())
                value = fallback->second;
        if (!value)
            return tl::unexpected("there is no column \"" + field + "\", or it is empty (null); the row has " +
                                  row.columnNames());
        result += *value;
    }
    return result;
}

} // namespace hilo
