// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/example.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace hilo {
namespace {

/// Why a row cannot be rendered.
using Rejected = std::string;

class Renderer
{
  public:
    Renderer(const PromptTemplate& promptTemplate, const std::vector<std::string>& labels)
        : template_(promptTemplate), labels_(labels)
    {
    }

    tl::expected<Example, Rejected> render(const Row& row) const
    {
        Example example;
        example.file = row.file;
        example.line = row.line;
        Values values;
        switch (template_.kind) {
        case TemplateKind::Conversation:
            return conversation(row, std::move(example));
        case TemplateKind::Classification:
            if (const auto problem = classify(row, example); !problem.empty())
                return tl::unexpected(problem);
            values["label"] = labels_[static_cast<std::size_t>(example.correct)];
            break;
        case TemplateKind::Choice:
            if (const auto problem = choose(row, values, example); !problem.empty())
                return tl::unexpected(problem);
            break;
        case TemplateKind::Text:
        case TemplateKind::Instruction:
            break;
        }
        const bool without =
            !template_.optionalField.empty() && valueOf(row, template_.optionalField).value_or("").empty();
        for (auto [target, source] :
             {std::pair{&example.prompt, without ? &template_.promptWithout : &template_.prompt},
              {&example.answer, &template_.answer}}) {
            const auto filled = fill(*source, row, values);
            if (!filled)
                return tl::unexpected(filled.error());
            *target = *filled;
        }
        if (template_.kind == TemplateKind::Classification)
            return withChoices(row, std::move(example));
        if (example.answer.empty() && template_.kind != TemplateKind::Text)
            return tl::unexpected(Rejected("the answer is empty"));
        return example;
    }

    std::optional<std::string> valueOf(const Row& row, const std::string& field) const
    {
        if (const std::string* value = row.field(field))
            return *value;
        if (const auto aliases = template_.aliases.find(field); aliases != template_.aliases.end())
            for (const std::string& column : aliases->second)
                if (const std::string* value = row.field(column))
                    return *value;
        return std::nullopt;
    }

  private:
    using Values = std::map<std::string, std::string>;

    tl::expected<std::string, Rejected> fill(const std::string& text, const Row& row, const Values& values) const
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
            std::optional<std::string> value = valueOf(row, field);
            if (!value || value->empty())
                if (const auto fallback = template_.defaults.find(field); fallback != template_.defaults.end())
                    value = fallback->second;
            if (!value)
                return tl::unexpected("there is no column \"" + field + "\"; the row has " + row.columnNames());
            result += *value;
        }
        return result;
    }

    Rejected classify(const Row& row, Example& example) const
    {
        const auto value = valueOf(row, template_.labelColumn);
        if (!value)
            return "there is no column \"" + template_.labelColumn + "\"; the row has " + row.columnNames();
        std::string label = *value;
        for (const auto& [known, name] : template_.labels)
            if (known == *value)
                label = name;
        const auto found = std::find(labels_.begin(), labels_.end(), label);
        if (found == labels_.end())
            return "the label \"" + *value + "\" is not one of the task's";
        example.correct = static_cast<int>(found - labels_.begin());
        example.labels = labels_;
        return {};
    }

    tl::expected<Example, Rejected> withChoices(const Row& row, Example example) const
    {
        for (const std::string& label : labels_) {
            const auto answer = fill(template_.answer, row, {{"label", label}});
            if (!answer)
                return tl::unexpected(answer.error());
            example.choices.push_back(*answer);
        }
        return example;
    }

    std::vector<Choice> optionsOf(const Row& row) const
    {
        std::vector<Choice> options;
        if (const std::vector<Choice>* found = row.choicesOf(template_.choiceColumn))
            options = *found;
        for (const std::string& field : template_.choiceFields)
            if (const auto value = valueOf(row, field))
                options.push_back({std::string(1, static_cast<char>('A' + options.size() % 26)), *value});
        return options;
    }

    Rejected choose(const Row& row, Values& values, Example& example) const
    {
        std::vector<Choice> options = optionsOf(row);
        if (options.empty())
            return "there are no options" +
                   (template_.choiceColumn.empty() ? "" : " in \"" + template_.choiceColumn + "\"") + "; the row has " +
                   row.columnNames();
        const auto answer = valueOf(row, template_.labelColumn);
        if (!answer)
            return "there is no column \"" + template_.labelColumn + "\"; the row has " + row.columnNames();
        const int right = indexOf(*answer, options);
        if (right < 0)
            return "the answer \"" + *answer + "\" is none of the options";
        std::string list;
        for (std::size_t i = 0; i < options.size(); ++i) {
            if (i < template_.choiceLabels.size())
                options[i].label = template_.choiceLabels[i];
            const auto shown =
                fill(template_.choiceFormat, row, {{"label", options[i].label}, {"text", options[i].text}});
            if (!shown)
                return shown.error();
            list += (i > 0 ? template_.choiceSeparator : "") + *shown;
        }
        const auto answerOf = [&](const Choice& choice) {
            return fill(template_.answer, row, {{"label", choice.label}, {"text", choice.text}}).value_or("");
        };
        for (const Choice& option : options) {
            example.labels.push_back(option.label);
            example.choices.push_back(answerOf(option));
        }
        for (const std::string& other : template_.candidates)
            if (std::find(example.labels.begin(), example.labels.end(), other) == example.labels.end()) {
                example.labels.push_back(other);
                example.choices.push_back(answerOf({other, other}));
            }
        example.correct = right;
        const Choice& option = options[static_cast<std::size_t>(right)];
        values = {{"choices", list}, {"label", option.label}, {"text", option.text}};
        return {};
    }

    int indexOf(const std::string& answer, const std::vector<Choice>& options) const
    {
        if (template_.answerIs == PromptTemplate::AnswerIs::Label) {
            for (std::size_t i = 0; i < options.size(); ++i)
                if (options[i].label == answer)
                    return static_cast<int>(i);
            return -1;
        }
        int index = -1;
        const auto [end, code] = std::from_chars(answer.data(), answer.data() + answer.size(), index);
        if (code != std::errc() || end != answer.data() + answer.size())
            return -1;
        index -= template_.answerIs == PromptTemplate::AnswerIs::Index1;
        return index >= 0 && index < static_cast<int>(options.size()) ? index : -1;
    }

    tl::expected<Example, Rejected> conversation(const Row& row, Example example) const
    {
        std::vector<Message> messages = row.messages;
        const auto instruction = valueOf(row, "instruction");
        if (messages.empty() && instruction) {
            const std::string input = valueOf(row, "input").value_or("");
            messages.push_back({"user", input.empty() ? *instruction : *instruction + "\n" + input});
            messages.push_back({"assistant", valueOf(row, "output").value_or("")});
        }
        while (!messages.empty() && messages.back().role != "assistant")
            messages.pop_back();
        if (messages.empty() || messages.back().content.empty())
            return tl::unexpected(Rejected("the conversation has no answer of the assistant"));
        if (messages.front().role != "system" && !template_.defaultSystem.empty())
            messages.insert(messages.begin(), {"system", template_.defaultSystem});
        std::string text;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            const Message& message = messages[i];
            if (i > 0)
                text += template_.turnSeparator;
            if (message.role == "assistant") {
                text += template_.assistantStart;
                const std::string answer = message.content + template_.assistantEnd;
                if (i + 1 == messages.size()) {
                    example.prompt = text;
                    example.answer = answer;
                    return example;
                }
                example.earlierAnswers.emplace_back(text.size(), text.size() + answer.size());
                text += answer;
                continue;
            }
            const auto form = template_.turns.find(message.role);
            if (form == template_.turns.end())
                return tl::unexpected("the template has no turn for the role \"" + message.role + "\"");
            const auto turn = fill(form->second, row, {{"content", message.content}});
            if (!turn)
                return tl::unexpected(turn.error());
            text += *turn;
        }
        return example;
    }

    const PromptTemplate& template_;
    const std::vector<std::string>& labels_;
};

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
    const std::vector<std::string> none;
    const Renderer renderer(promptTemplate, none);
    std::set<std::string> distinct;
    for (const Row& row : trainingRows)
        if (const auto value = renderer.valueOf(row, promptTemplate.labelColumn))
            distinct.insert(*value);
    const Row* first = trainingRows.empty() ? nullptr : &trainingRows.front();
    if (distinct.empty())
        return failure(badInput(first ? first->file : promptTemplate.file,
                                first ? "line " + std::to_string(first->line) : "",
                                "there is no column \"" + promptTemplate.labelColumn + "\" with labels",
                                first ? "the columns are " + first->columnNames() : ""));
    constexpr std::size_t mostLabels = 1000;
    if (distinct.size() > mostLabels)
        return failure(badInput(first->file, "column \"" + promptTemplate.labelColumn + "\"",
                                "found " + std::to_string(distinct.size()) + " different labels, expected at most " +
                                    std::to_string(mostLabels),
                                "is this the column with the classes?"));
    return std::vector<std::string>(distinct.begin(), distinct.end());
}

Result<Examples> renderExamples(const std::vector<Row>& rows, const PromptTemplate& promptTemplate,
                                const std::vector<std::string>& labels)
{
    const Renderer renderer(promptTemplate, labels);
    Examples result;
    for (const Row& row : rows) {
        auto example = renderer.render(row);
        if (example)
            result.examples.push_back(std::move(*example));
        else
            result.rejected.push_back({row.file, row.line, example.error()});
    }
    if (result.examples.empty() && !result.rejected.empty())
        return failure(
            badInput(result.rejected.front().file, "line " + std::to_string(result.rejected.front().line),
                     "no row fits the template \"" + promptTemplate.name + "\": " + result.rejected.front().reason,
                     "map the template's fields to the data's columns in data.columns"));
    return result;
}

} // namespace hilo
