// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/preference_example.h"

#include "data/label_text.h"
#include "data/template_fields.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace hilo {
namespace {

std::string addPair(Example rejected, Example& example)
{
    if (rejected.prompt != example.prompt)
        return "the chosen and the rejected answer do not answer the same prompt";
    if (rejected.answer == example.answer)
        return "the chosen and the rejected answer are the same";
    example.rejected.push_back(std::move(rejected));
    return {};
}

} // namespace

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
        if (labelSpelling(*text).empty())
            return "the rejected answer is empty";
        Example rejected = example;
        rejected.answer = std::move(*text);
        if (std::string problem = addPair(std::move(rejected), example); !problem.empty())
            return problem;
    }
    return addJudgement(promptTemplate, row, example);
}

std::string addConversationPreference(const PromptTemplate& promptTemplate, const Row& row, Example rejected,
                                      Example& example)
{
    if (std::string problem = addPair(std::move(rejected), example); !problem.empty())
        return problem;
    return addJudgement(promptTemplate, row, example);
}

std::string addJudgement(const PromptTemplate& promptTemplate, const Row& row, Example& example)
{
    if (promptTemplate.judgementColumn.empty())
        return {};
    const auto text = valueOf(promptTemplate, row, promptTemplate.judgementColumn);
    if (!text)
        return "there is no column \"" + promptTemplate.judgementColumn + "\", or it is empty (null); the row has " +
               row.columnNames();
    example.isGood = judgementOf(*text);
    if (!example.isGood)
        return "\"" + text->substr(0, 40) + "\" in \"" + promptTemplate.judgementColumn +
               "\" is no judgement; expected true or false";
    return {};
}

PromptTemplate forRejected(const PromptTemplate& promptTemplate)
{
    PromptTemplate other = promptTemplate;
    std::vector<std::string> columns{promptTemplate.rejected};
    if (const auto known = promptTemplate.aliases.find(promptTemplate.rejected); known != promptTemplate.aliases.end())
        columns.insert(columns.end(), known->second.begin(), known->second.end());
    other.aliases["messages"] = columns;
    other.aliases["completion"] = columns;
    return other;
}

Row withoutConversation(const Row& row)
{
    Row other = row;
    other.messages.clear();
    other.conversationProblem.clear();
    return other;
}

} // namespace hilo
