// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_weight.h"

#include <charconv>
#include <optional>

namespace hilo {
namespace {

constexpr const char* weightColumn = "weight";

/// The whole of a text as a number, or as true or false of JSON and Python.
std::optional<double> weightOfText(const std::string& text)
{
    if (text == "true" || text == "True")
        return 1;
    if (text == "false" || text == "False")
        return 0;
    double number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, code] = std::from_chars(text.data(), end, number);
    return code == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

} // namespace

bool hasWeight(const Row& row)
{
    const std::string* const text = row.field(weightColumn);
    return text && weightOfText(*text);
}

std::string leftOutByWeight(const PromptTemplate& promptTemplate, const Row& row)
{
    const bool isAnswered =
        promptTemplate.kind == TemplateKind::Conversation || promptTemplate.kind == TemplateKind::Instruction;
    const std::string* const text = isAnswered ? row.field(weightColumn) : nullptr;
    const std::optional<double> weight = text ? weightOfText(*text) : std::nullopt;
    if (!weight || *weight == 1)
        return {};
    if (*weight == 0)
        return "the row's weight is 0: it is left out";
    return "the row's \"weight\" is " + *text +
           "; only 0 (the row is left out) and 1 can be followed. Take the column out, or call it otherwise, to learn "
           "all rows alike";
}

} // namespace hilo
