// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/render.h"

#include "base/text_format.h"
#include "data/conversation.h"
#include "data/conversation_example.h"
#include "data/data_report.h"
#include "data/label_text.h"
#include "data/labels.h"
#include "data/model_conversation.h"
#include "data/preference_example.h"
#include "data/row_place.h"
#include "data/row_weight.h"
#include "data/template_fields.h"

#include <algorithm>
#include <charconv>

namespace hilo {
namespace {

/// Why a row cannot be rendered.
using Rejected = std::string;

bool isKnownField(const PromptTemplate& promptTemplate, const char* field)
{
    const std::vector<std::string> known = knownFieldsOf(promptTemplate);
    return std::find(known.begin(), known.end(), field) != known.end();
}

} // namespace

class RowRenderer
{
  public:
    RowRenderer(const PromptTemplate& promptTemplate, const std::vector<std::string>& labels)
        : template_(promptTemplate), labels_(labels), rejected_(forRejected(promptTemplate)),
          fields_(fieldsOf(promptTemplate)), leftOutByWeight_(!isKnownField(promptTemplate, "weight"))
    {
    }

    tl::expected<Example, RowProblem> renderRow(const Row& row) const
    {
        if (std::string weight = leftOutByWeight_ ? leftOutByWeight(template_, row) : std::string(); !weight.empty())
            return tl::unexpected(RowProblem{std::move(weight), std::nullopt});
        if (template_.kind == TemplateKind::Conversation)
            return renderConversation(row);
        auto example = render(row);
        if (!example)
            return tl::unexpected(RowProblem{std::move(example.error()), std::nullopt});
        return std::move(*example);
    }

  private:
    tl::expected<Example, RowProblem> renderConversation(const Row& row) const
    {
        Example example;
        example.file = row.file;
        example.line = row.line;
        auto chosen = conversationOf(template_, row, example);
        if (!chosen)
            return chosen;
        std::string problem;
        if (template_.rejected.empty()) {
            problem = addJudgement(template_, row, *chosen);
        } else {
            auto rejected = conversationOf(rejected_, withoutConversation(row), std::move(example));
            if (!rejected && rejected.error().ends)
                return rejected;
            problem = rejected ? addConversationPreference(template_, row, std::move(*rejected), *chosen)
                               : "the rejected answer: " + rejected.error().reason;
        }
        if (!problem.empty())
            return tl::unexpected(RowProblem{std::move(problem), std::nullopt});
        return chosen;
    }

    /// In the model's own turns, or in the template's.
    static tl::expected<Example, RowProblem> conversationOf(const PromptTemplate& promptTemplate, const Row& row,
                                                            Example example)
    {
        if (promptTemplate.modelTurns)
            return modelConversation(promptTemplate, row, std::move(example));
        auto made = conversationExample(promptTemplate, row, std::move(example));
        if (!made)
            return tl::unexpected(RowProblem{std::move(made.error()), std::nullopt});
        return std::move(*made);
    }

    tl::expected<Example, Rejected> render(const Row& row) const
    {
        Example example;
        example.file = row.file;
        example.line = row.line;
        FieldValues values;
        switch (template_.kind) {
        case TemplateKind::Conversation: // renderConversation() makes it
            break;
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
            for (const std::string& field : fields_)
                if (const auto value = valueOf(template_, row, field); value && holdsTurns(*value))
                    return tl::unexpected("\"" + field + "\" is a list of turns, which the template \"" +
                                          template_.name + "\" would write as JSON; choose the template " + forTurns());
            if (const std::string lost = whatIsLost(row); !lost.empty())
                return tl::unexpected("it has \"" + lost + "\", which the template \"" + template_.name +
                                      "\" does not write; choose one that does, as " + forTurns() +
                                      ", or take the column out");
            break;
        }
        const bool without =
            !template_.optionalField.empty() && valueOf(template_, row, template_.optionalField).value_or("").empty();
        for (auto [target, source] :
             {std::pair{&example.prompt, without ? &template_.promptWithout : &template_.prompt},
              {&example.answer, &template_.answer}}) {
            const auto text = filled(template_, *source, row, values);
            if (!text)
                return tl::unexpected(text.error());
            *target = *text;
        }
        if (template_.kind == TemplateKind::Classification)
            return withChoices(row, std::move(example));
        if (labelSpelling(example.answer).empty() && template_.kind != TemplateKind::Text)
            return tl::unexpected(Rejected("the answer is empty"));
        if (auto problem = addPreference(template_, row, example); !problem.empty())
            return tl::unexpected(std::move(problem));
        return example;
    }

    /// A column that says what a row's answer is one to, and that no field of the template takes; empty when there is
    /// none.
    std::string whatIsLost(const Row& row) const
    {
        if (template_.kind != TemplateKind::Instruction)
            return {};
        for (const char* name : {"system", "history", "tools"}) {
            const std::string* value = row.field(name);
            const bool isSaid = value && *value != "[]" && *value != "{}" && !labelSpelling(*value).empty();
            if (isSaid && std::find(fields_.begin(), fields_.end(), name) == fields_.end())
                return name;
        }
        return {};
    }

    /// The template that writes the same of turns.
    std::string forTurns() const
    {
        if (!isPreference(template_))
            return "chat, or chatml where the model has no chat template";
        const std::string name = template_.rejected.empty() ? "judged" : "preference";
        return name + "-chat, or " + name + "-chatml where the model has no chat template";
    }

    Rejected classify(const Row& row, Example& example) const
    {
        const auto label = labelIn(template_, row);
        if (!label)
            return label.error();
        const auto found = std::find(labels_.begin(), labels_.end(), *label);
        const std::size_t shown = std::min<std::size_t>(12, labels_.size());
        if (found == labels_.end())
            return "the label \"" + *label + "\" is not one of the task's (" +
                   joined(std::vector<std::string>(labels_.begin(),
                                                   labels_.begin() + static_cast<std::ptrdiff_t>(shown))) +
                   (shown < labels_.size() ? ", …)" : ")");
        example.correct = static_cast<int>(found - labels_.begin());
        example.labels = labels_;
        return {};
    }

    tl::expected<Example, Rejected> withChoices(const Row& row, Example example) const
    {
        for (const std::string& label : labels_) {
            const auto answer = filled(template_, template_.answer, row, {{"label", label}});
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
            options.push_back({std::string(1, static_cast<char>('A' + options.size() % 26)),
                               valueOf(template_, row, field).value_or("")});
        // Questions may have fewer options than there are columns.
        while (!template_.choiceFields.empty() && !options.empty() && options.back().text.empty())
            options.pop_back();
        return options;
    }

    Rejected choose(const Row& row, FieldValues& values, Example& example) const
    {
        std::vector<Choice> options = optionsOf(row);
        if (options.empty())
            return "there are no options" +
                   (template_.choiceColumn.empty() ? "" : " in \"" + template_.choiceColumn + "\"") + "; the row has " +
                   row.columnNames();
        if (options.size() + template_.candidates.size() < 2)
            return "there is one option only";
        for (std::size_t i = 0; i < std::min(options.size(), template_.choiceFields.size()); ++i)
            if (options[i].text.empty())
                return "the option \"" + template_.choiceFields[i] + "\" is missing or empty";
        const auto answer = labelIn(template_, row);
        if (!answer)
            return answer.error();
        const int right = indexOf(*answer, options);
        if (right < 0)
            return "the answer \"" + *answer + "\" is none of the options";
        std::string list;
        for (std::size_t i = 0; i < options.size(); ++i) {
            if (i < template_.choiceLabels.size())
                options[i].label = template_.choiceLabels[i];
            const auto shown = filled(template_, template_.choiceFormat, row,
                                      {{"label", options[i].label}, {"text", options[i].text}});
            if (!shown)
                return shown.error();
            list += (i > 0 ? template_.choiceSeparator : "") + *shown;
        }
        const auto answerOf = [&](const Choice& choice) {
            return filled(template_, template_.answer, row, {{"label", choice.label}, {"text", choice.text}})
                .value_or("");
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
                if (labelSpelling(options[i].label) == answer)
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

    const PromptTemplate& template_;
    const std::vector<std::string>& labels_;
    PromptTemplate rejected_; ///< of pairs of conversations
    const std::vector<std::string> fields_;
    const bool leftOutByWeight_; ///< the template writes no column of this name
};

RenderPass::RenderPass(const PromptTemplate& promptTemplate, const std::vector<std::string>& labels)
    : template_(&promptTemplate), labels_(&labels), renderer_(std::make_unique<RowRenderer>(promptTemplate, labels))
{
}

RenderPass::RenderPass(RenderPass&& other) noexcept = default;
RenderPass::~RenderPass() = default;

Result<RenderPass> RenderPass::create(const PromptTemplate& promptTemplate, const std::vector<std::string>& labels)
{
    if (promptTemplate.modelTurns && !promptTemplate.chat)
        return failure(badInput(promptTemplate.file, "turns",
                                "the turns are those of a model's chat template, and no model is known",
                                "name a model, or choose a template with turns of its own, as chatml"));
    return RenderPass(promptTemplate, labels);
}

Result<std::optional<Example>> RenderPass::render(const Row& row)
{
    auto example = renderer_->renderRow(row);
    if (example) {
        any_ = true;
        return std::optional(std::move(*example));
    }
    if (template_->kind == TemplateKind::Classification)
        HILO_CHECK(checkSpelling(*template_, row, *labels_));
    if (example.error().ends)
        return failure(*example.error().ends);
    rejected_.push_back({row.file, row.line, std::move(example.error().reason)});
    return std::optional<Example>();
}

Status RenderPass::finish() const
{
    if (any_ || rejected_.empty())
        return {};
    const RejectedRow& first = rejected_.front();
    return failure(badInput(first.file, placeText(first.line),
                            "no row fits the template \"" + template_->name + "\": " + first.reason,
                            // Only what looks for a column is mended by naming another one.
                            first.reason.starts_with("there is no column")
                                ? "map the template's fields to the data's columns in data.columns"
                                : "every row was rejected; change the data, or choose a template that can write it"));
}

Result<Examples> renderExamples(const std::vector<Row>& rows, const PromptTemplate& promptTemplate,
                                const std::vector<std::string>& labels, bool mayBeEmpty)
{
    HILO_TRY(RenderPass pass, RenderPass::create(promptTemplate, labels));
    Examples result;
    for (const Row& row : rows) {
        HILO_TRY(std::optional<Example> example, pass.render(row));
        if (example)
            result.examples.push_back(std::move(*example));
    }
    if (!mayBeEmpty)
        HILO_CHECK(pass.finish());
    result.rejected = std::move(pass.rejected());
    return result;
}

} // namespace hilo
