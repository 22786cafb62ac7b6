// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/preference_example.h"

#include "data/template_fields.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace hilo {
namespace {

/// Yes and no as data sets write them: JSON, Python, numbers, votes.
std::optional<bool> judgementOf(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    for (const char* yes : {"true", "1", "1.0", "yes", "good", "desirable", "+1"})
        if (text == yes)
            return true;
    for (const char* no : {"false", "0", "0.0", "no", "bad", "undesirable", "-1"})
        if (text == no)
            return false;
    return std::nullopt;
}

} // namespace

bool isPreference(const PromptTemplate& promptTemplate)
{
    return !promptTemplate.rejected.empty() || !promptTemplate.judgementColumn.empty();
}

std::string addPreference(const PromptTemplate& promptTemplate, const Row& row, Example& example)
{
    if (!promptTemplate.rejected.empty()) {
        auto text = filled(promptTemplate, promptTemplate.rejected, row, {});
        if (!text)
            return text.error();
        if (text->empty())
            return "the rejected answer is empty";
        if (*text == example.answer)
            return "the chosen and the rejected answer are the same";
        example.rejectedAnswer = std::move(*text);
    }
    if (!promptTemplate.judgementColumn.empty()) {
        const auto text = valueOf(promptTemplate, row, promptTemplate.judgementColumn);
        if (!text)
            return "there is no column \"" + promptTemplate.judgementColumn + "\"; the row has " + row.columnNames();
        example.isGood = judgementOf(*text);
        if (!example.isGood)
            return "\"" + text->substr(0, 40) + "\" in \"" + promptTemplate.judgementColumn +
                   "\" is no judgement; expected true or false";
    }
    return {};
}

} // namespace hilo
