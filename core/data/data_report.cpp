// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_report.h"

#include "data/labels.h"
#include "data/render.h"
#include "data/text_windows.h"

#include <algorithm>
#include <set>

namespace hilo {
namespace {

/// What a row is right with: a choice's text without the spaces around it.
std::string labelOf(const Example& example)
{
    if (example.correct < 0 || static_cast<std::size_t>(example.correct) >= example.labels.size())
        return {};
    return example.labels[static_cast<std::size_t>(example.correct)];
}

std::vector<std::pair<std::string, std::int64_t>> countLabels(const std::vector<Example>& examples)
{
    std::map<std::string, std::int64_t> counts;
    for (const Example& example : examples)
        if (const std::string label = labelOf(example); !label.empty())
            ++counts[label];
    std::vector<std::pair<std::string, std::int64_t>> sorted(counts.begin(), counts.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return sorted;
}

/// Counts the tokens of the examples; those that training could learn nothing from are rejected.
Status countTokens(SplitReport& report, const Tokenizer& tokenizer, bool endOfText, std::int64_t maxLength,
                   std::vector<RejectedRow>& rejected, const Progress& progress)
{
    const TokeniseSettings whole{0, endOfText, RowUse::Measure};
    const TokeniseSettings learnt{maxLength, endOfText, RowUse::LearnAnswer};
    std::vector<Example> usable;
    const auto total = static_cast<std::int64_t>(report.examples.size());
    std::int64_t done = 0;
    for (const Example& example : report.examples) {
        if (progress.isCancelled())
            return failure(cancelled());
        HILO_TRY(TokenisedExample tokens, tokenise(tokenizer, example, whole));
        const auto length = static_cast<std::int64_t>(tokens.tokens.size());
        const std::int64_t windows =
            maxLength > 0 && isTextAlone(example) ? windowCount(length, tokens.special, maxLength) : 1;
        const bool isCut = maxLength > 0 && length > maxLength && windows == 1;
        if (isCut) {
            HILO_TRY(tokens, tokenise(tokenizer, example, learnt));
        }
        if (std::string reason = whyUnusable(tokens, learnt); reason.empty()) {
            report.tokens.push_back(length);
            report.cut += isCut;
            report.inWindows += windows > 1;
            report.windows += windows > 1 ? windows : 0;
            usable.push_back(example);
        } else {
            rejected.push_back({example.file, example.line, std::move(reason)});
        }
        ++done;
        if (done % 256 == 0 || done == total)
            progress.report({"Counting tokens of " + report.name, done, total, {}});
    }
    report.examples = std::move(usable);
    return {};
}

void addFields(const std::string& text, std::set<std::string>& seen, std::vector<std::string>& fields)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        if ((text[at] == '{' || text[at] == '}') && at + 1 < text.size() && text[at + 1] == text[at]) {
            ++at;
            continue;
        }
        const std::size_t end = text[at] == '{' ? text.find('}', at) : std::string::npos;
        if (end == std::string::npos)
            continue;
        const std::string field = text.substr(at + 1, end - at - 1);
        at = end;
        if (seen.insert(field).second)
            fields.push_back(field);
    }
}

} // namespace

void noteManyColumns(const ColumnCounts& columns, std::vector<DataNote>& notes)
{
    if (columns.isCut())
        notes.push_back({{},
                         "the rows have more than " + std::to_string(ColumnCounts::mostColumns) +
                             " columns; those that were seen first are listed"});
}

Result<DataReport> reportData(const Dataset& dataset, const PromptTemplate& promptTemplate,
                              const std::shared_ptr<const Tokenizer>& tokenizer, std::int64_t maxLength,
                              const Progress& progress)
{
    DataReport report;
    report.rejected = dataset.rejected;
    report.notes = dataset.notes;
    const std::vector<Row> none;
    const auto found = dataset.splits.find("train");
    const std::vector<Row>& training = found != dataset.splits.end() ? found->second
                                       : dataset.splits.empty()      ? none
                                                                     : dataset.splits.begin()->second;
    report.columns = columnCountsOf(dataset);
    noteManyColumns(report.columns, report.notes);
    HILO_TRY(const std::vector<std::string> labels, labelsOf(promptTemplate, training));
    for (const char* name : {"train", "validation", "test"}) {
        const auto split = dataset.splits.find(name);
        if (split == dataset.splits.end())
            continue;
        SplitReport one;
        one.name = name;
        one.rows = static_cast<std::int64_t>(split->second.size());
        // A split that is only measured may have no row that fits: each of them says why.
        HILO_TRY(Examples examples, renderExamples(split->second, promptTemplate, labels, &split->second != &training));
        one.examples = std::move(examples.examples);
        std::move(examples.rejected.begin(), examples.rejected.end(), std::back_inserter(report.rejected));
        if (tokenizer)
            HILO_CHECK(countTokens(one, *tokenizer, promptTemplate.endOfText, maxLength, report.rejected, progress));
        one.labels = countLabels(one.examples);
        if (report.majorityLabel.empty() && !one.labels.empty())
            report.majorityLabel = one.labels.front().first;
        for (const auto& [label, count] : one.labels)
            if (label == report.majorityLabel)
                one.majorityFloor = static_cast<double>(count) / static_cast<double>(one.examples.size());
        if (!one.labels.empty() && !one.majorityFloor)
            one.majorityFloor = 0;
        report.splits.push_back(std::move(one));
    }
    return report;
}

std::vector<std::string> fieldsOf(const PromptTemplate& promptTemplate)
{
    std::set<std::string> seen;
    std::vector<std::string> fields;
    // What the template fills in itself is asked of no column.
    if (promptTemplate.kind == TemplateKind::Choice)
        seen = {"choices", "label", "text"};
    else if (promptTemplate.kind == TemplateKind::Classification)
        seen = {"label"};
    for (const std::string* text : {&promptTemplate.prompt, &promptTemplate.promptWithout, &promptTemplate.answer})
        addFields(*text, seen, fields);
    seen.clear();
    seen.insert(fields.begin(), fields.end());
    std::vector<std::string> columns = promptTemplate.choiceFields;
    columns.push_back(promptTemplate.choiceColumn);
    columns.push_back(promptTemplate.labelColumn);
    for (const std::string& column : columns)
        if (!column.empty() && seen.insert(column).second)
            fields.push_back(column);
    return fields;
}

std::vector<std::string> knownFieldsOf(const PromptTemplate& promptTemplate)
{
    std::vector<std::string> fields = fieldsOf(promptTemplate);
    std::set<std::string> seen(fields.begin(), fields.end());
    const auto add = [&](const std::string& field) {
        if (!field.empty() && seen.insert(field).second)
            fields.push_back(field);
    };
    add(promptTemplate.optionalField);
    add(promptTemplate.judgementColumn);
    if (promptTemplate.kind == TemplateKind::Conversation) {
        for (const char* field : {"messages", "conversations", "conversation", "system", "tools", "functions", "prompt",
                                  "completion", "instruction", "input", "output", "history"})
            add(field);
        add(promptTemplate.rejected);
        for (const auto& [role, text] : promptTemplate.turns)
            addFields(text, seen, fields);
    } else {
        addFields(promptTemplate.rejected, seen, fields);
    }
    for (const auto& [field, columns] : promptTemplate.aliases) {
        add(field);
        for (const std::string& column : columns)
            add(column);
    }
    for (const auto& [field, text] : promptTemplate.defaults)
        add(field);
    return fields;
}

std::string columnFor(const PromptTemplate& promptTemplate, const std::string& field,
                      const std::vector<std::string>& columns)
{
    const auto has = [&columns](const std::string& name) {
        return std::find(columns.begin(), columns.end(), name) != columns.end();
    };
    if (has(field))
        return field;
    const auto aliases = promptTemplate.aliases.find(field);
    if (aliases != promptTemplate.aliases.end())
        for (const std::string& column : aliases->second)
            if (has(column))
                return column;
    return {};
}

} // namespace hilo
