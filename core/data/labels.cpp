// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/labels.h"

#include "data/label_text.h"
#include "data/row_place.h"
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

/// What the class is called that the row's column, or the first alias that the row has, gives by its number.
const std::string* classNameOf(const PromptTemplate& promptTemplate, const Row& row, const std::string& column)
{
    if (row.field(column))
        return row.className(column);
    if (const auto aliases = promptTemplate.aliases.find(column); aliases != promptTemplate.aliases.end())
        for (const std::string& alias : aliases->second)
            if (row.field(alias))
                return row.className(alias);
    return nullptr;
}

constexpr std::size_t mostLabels = 1000;
/// So many are remembered to say how many there are.
constexpr std::size_t mostRemembered = 100'000;

} // namespace

bool LabelCollector::isNeeded() const
{
    return template_.kind == TemplateKind::Classification && template_.labels.empty();
}

void LabelCollector::add(const Row& row)
{
    if (!any_)
        first_ = {row.file, row.line};
    any_ = true;
    if (auto label = labelIn(template_, row)) {
        if (distinct_.size() < mostRemembered)
            distinct_.emplace(std::move(*label), Place{row.file, row.line});
        else if (!distinct_.contains(*label))
            isTooMany_ = true;
    } else if (reason_.empty()) {
        reason_ = label.error();
    }
}

Status LabelCollector::check() const
{
    const std::string column = "column \"" + template_.labelColumn + "\"";
    if (distinct_.empty() && !any_)
        return failure(badInput(template_.file, "", "there are no rows to take the labels from"));
    if (distinct_.empty())
        return failure(badInput(first_.file, placeText(first_.line), "no row has a label: " + reason_,
                                reason_.starts_with("there is no column")
                                    ? "map the template's label column in data.columns"
                                    : "give every row one label, or name another column in data.columns"));
    const auto& [first, firstPlace] = *distinct_.begin();
    if (distinct_.size() > mostLabels)
        return failure(badInput(firstPlace.file, column,
                                std::string("found ") + (isTooMany_ ? "more than " : "") +
                                    std::to_string(distinct_.size()) + " different labels, expected at most " +
                                    std::to_string(mostLabels),
                                "is this the column with the classes?"));
    if (distinct_.size() == 1)
        return failure(badInput(firstPlace.file, column,
                                "every row has the same label, \"" + first + "\"; there is nothing to tell apart",
                                "is this the column with the classes? A template's own labels can name the others."));
    const auto clash = [&, file = firstPlace.file](const std::string& one, const std::string& other,
                                                   const std::string& what) {
        const auto seen = [&](const std::string& label) {
            const Place& place = distinct_.at(label);
            return "\"" + label + "\" (" + place.file + ", " + placeText(place.line) + ")";
        };
        return failure(badInput(file, column, what + ": " + seen(one) + " and " + seen(other),
                                "write them in one way, or say in the template's labels what each value means"));
    };
    std::map<std::string, std::string> folded;
    const std::string* number = nullptr;
    const std::string* text = nullptr;
    for (const auto& [label, place] : distinct_) {
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

Result<std::vector<std::string>> LabelCollector::labels() const
{
    std::vector<std::string> labels;
    if (template_.kind != TemplateKind::Classification)
        return labels;
    for (const auto& [value, label] : template_.labels)
        if (std::find(labels.begin(), labels.end(), label) == labels.end())
            labels.push_back(label);
    if (!labels.empty())
        return labels;
    HILO_CHECK(check());
    for (const auto& [label, place] : distinct_)
        labels.push_back(label);
    return labels;
}

Result<std::vector<std::string>> labelsOf(const PromptTemplate& promptTemplate, const std::vector<Row>& trainingRows)
{
    LabelCollector collector(promptTemplate);
    if (collector.isNeeded())
        for (const Row& row : trainingRows)
            collector.add(row);
    return collector.labels();
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
    // Templates ask for positions where they offer choices, so that a number must stay one there.
    if (label && promptTemplate.kind == TemplateKind::Classification)
        if (const std::string* name = classNameOf(promptTemplate, row, column)) {
            if (name->empty())
                return tl::unexpected("the column \"" + column + "\" says " + *label +
                                      ", which is none of the classes that the data names, so the row has no label");
            return *name;
        }
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
    return failure(badInput(row.file, placeText(row.line),
                            "the label \"" + *label + "\" looks like another spelling of \"" + known +
                                "\", which is one of the task's",
                            "write them in one way, or say in the template's labels what each value means"));
}

} // namespace hilo
