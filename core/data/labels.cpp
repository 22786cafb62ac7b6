// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/labels.h"

#include "data/label_text.h"
#include "data/template_fields.h"

#include <algorithm>
#include <map>

namespace hilo {
namespace {

std::string withoutLabel(const std::string& column, const Row& row)
{
    for (const auto& [name, value] : row.fields)
        if (name.starts_with(column + "."))
            return "the column \"" + column + "\" is an object; map the label to one of its own, as \"" + name + "\"";
    return "there is no column \"" + column + "\", or it is null; the row has " + row.columnNames();
}

/// The list that stands where a label should, under the column's name or an alias.
const std::vector<Choice>* listIn(const PromptTemplate& promptTemplate, const Row& row)
{
    if (const std::vector<Choice>* list = row.choicesOf(promptTemplate.labelColumn))
        return list;
    if (const auto aliases = promptTemplate.aliases.find(promptTemplate.labelColumn);
        aliases != promptTemplate.aliases.end())
        for (const std::string& column : aliases->second)
            if (const std::vector<Choice>* list = row.choicesOf(column))
                return list;
    return nullptr;
}

std::string lineOfRow(const Row& row)
{
    return "line " + std::to_string(row.line);
}

Status checkLabels(const PromptTemplate& promptTemplate, const std::vector<Row>& rows,
                   const std::map<std::string, const Row*>& distinct, const std::string& reason)
{
    constexpr std::size_t mostLabels = 1000;
    const std::string column = "column \"" + promptTemplate.labelColumn + "\"";
    if (distinct.empty() && rows.empty())
        return failure(badInput(promptTemplate.file, "", "there are no rows to take the labels from"));
    if (distinct.empty())
        return failure(badInput(rows.front().file, lineOfRow(rows.front()), "no row has a label: " + reason,
                                reason.starts_with("there is no column")
                                    ? "map the template's label column in data.columns"
                                    : "give every row one label, or name another column in data.columns"));
    const auto& [first, firstRow] = *distinct.begin();
    if (distinct.size() > mostLabels)
        return failure(badInput(firstRow->file, column,
                                "found " + std::to_string(distinct.size()) + " different labels, expected at most " +
                                    std::to_string(mostLabels),
                                "is this the column with the classes?"));
    if (distinct.size() == 1)
        return failure(badInput(firstRow->file, column,
                                "every row has the same label, \"" + first + "\"; there is nothing to tell apart",
                                "is this the column with the classes? A template's own labels can name the others."));
    const auto clash = [&, file = firstRow->file](const std::string& one, const std::string& other,
                                                  const std::string& what) {
        const auto seen = [&](const std::string& label) {
            const Row& row = *distinct.at(label);
            return "\"" + label + "\" (" + row.file + ", " + lineOfRow(row) + ")";
        };
        return failure(badInput(file, column, what + ": " + seen(one) + " and " + seen(other),
                                "write them in one way, or say in the template's labels what each value means"));
    };
    std::map<std::string, std::string> folded;
    const std::string* number = nullptr;
    const std::string* text = nullptr;
    for (const auto& [label, row] : distinct) {
        (isNumberLabel(label) ? number : text) = &label;
        std::string small = label;
        std::transform(small.begin(), small.end(), small.begin(), [](unsigned char c) { return std::tolower(c); });
        if (const auto [other, isNew] = folded.emplace(small, label); !isNew)
            return clash(other->second, label, "two labels differ in capitals alone");
    }
    if (number && text)
        return clash(*number, *text, "the labels are numbers and texts mixed");
    return {};
}

} // namespace

Result<std::vector<std::string>> labelsOf(const PromptTemplate& promptTemplate, const std::vector<Row>& trainingRows)
{
    std::vector<std::string> labels;
    if (promptTemplate.kind != TemplateKind::Classification)
        return labels;
    for (const auto& [value, label] : promptTemplate.labels)
        if (std::find(labels.begin(), labels.end(), label) == labels.end())
            labels.push_back(label);
    if (!labels.empty())
        return labels;
    std::map<std::string, const Row*> distinct; // and where each was seen first
    std::string reason;
    for (const Row& row : trainingRows) {
        if (const auto label = labelIn(promptTemplate, row))
            distinct.emplace(*label, &row);
        else if (reason.empty())
            reason = label.error();
    }
    HILO_CHECK(checkLabels(promptTemplate, trainingRows, distinct, reason));
    for (const auto& [label, row] : distinct)
        labels.push_back(label);
    return labels;
}

tl::expected<std::string, std::string> labelIn(const PromptTemplate& promptTemplate, const Row& row)
{
    const std::string& column = promptTemplate.labelColumn;
    const auto value = valueOf(promptTemplate, row, column);
    const std::vector<Choice>* const list = listIn(promptTemplate, row);
    if (!value && !list)
        return tl::unexpected(withoutLabel(column, row));
    if (!value && list->size() != 1)
        return tl::unexpected(severalLabels(column, list->size()));
    const auto label = labelOfText(column, value ? *value : list->front().text);
    if (label)
        for (const auto& [known, name] : promptTemplate.labels)
            if (labelSpelling(known) == *label)
                return name;
    return label;
}

Status checkSpelling(const PromptTemplate& promptTemplate, const Row& row, const std::vector<std::string>& labels)
{
    const auto label = labelIn(promptTemplate, row);
    if (!label || std::find(labels.begin(), labels.end(), *label) != labels.end())
        return {};
    std::vector<std::string> all = labels;
    for (const auto& [known, name] : promptTemplate.labels)
        all.push_back(labelSpelling(known));
    const std::string known = otherSpelling(*label, all);
    if (known.empty())
        return {};
    return failure(badInput(row.file, lineOfRow(row),
                            "the label \"" + *label + "\" looks like another spelling of \"" + known +
                                "\", which is one of the task's",
                            "write them in one way, or say in the template's labels what each value means"));
}

} // namespace hilo
