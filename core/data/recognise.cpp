// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/recognise.h"

#include "data/conversation.h"
#include "data/data_report.h"
#include "data/label_text.h"
#include "data/preference_example.h"
#include "data/row_weight.h"

#include <algorithm>
#include <array>
#include <set>

namespace hilo {
namespace {

constexpr std::size_t mostRowsLookedAt = 1000;

/// Columns that number or describe a row and are no part of its text.
constexpr std::array describing = {"id",     "idx",   "index", "uuid",     "source",      "dataset", "category",
                                   "system", "tools", "split", "language", "tool_schema", "score",   "topic"};

class Recogniser
{
  public:
    Recogniser(const std::vector<Row>& rows, bool hasChat) : hasChat_(hasChat)
    {
        for (std::size_t i = 0; i < std::min(rows.size(), mostRowsLookedAt); ++i)
            look(rows[i]);
    }

    RecognisedData find()
    {
        bool found = findForm();
        if (!found && !empty_.empty()) {
            // Columns in which nothing stands: the form is known, and each row is rejected by what it lacks.
            columns_.insert(empty_.begin(), empty_.end());
            found = findForm();
        }
        if (!found)
            result_.unused.assign(columns_.begin(), columns_.end());
        for (const std::string& column : columns_) {
            const auto is = [&](const auto& names) {
                return std::find(names.begin(), names.end(), column) != names.end();
            };
            if (column == "weight" && weightIsNumber_ && isAnswered())
                continue; // each row is taken or left out by it
            if (found && !is(result_.columns) && !is(describing))
                result_.unused.push_back(column);
        }
        return std::move(result_);
    }

  private:
    bool findForm()
    {
        return conversation() || preference() || unpaired() || instruction() || completion() || choice() ||
               classification() || text();
    }

    void look(const Row& row)
    {
        hasMessages_ = hasMessages_ || !row.messages.empty() || !row.conversationProblem.empty();
        for (const auto& [name, value] : row.fields) {
            (value.empty() ? empty_ : columns_).insert(name);
            if (name == "prompt" && holdsTurns(value))
                promptIsList_ = true;
            if ((name == "chosen" || name == "rejected" || name == "completion") && holdsTurns(value))
                answerIsList_ = true;
            if (name == "weight" && !hasWeight(row))
                weightIsNumber_ = false;
            if (name == "label" && !value.empty())
                ++(judgementOf(value) ? judgements_ : otherLabels_);
        }
        for (const auto& [name, list] : row.choices) {
            columns_.insert(name);
            lists_.insert(name);
        }
    }

    bool has(const std::string& column) const { return columns_.contains(column); }

    bool is(std::string form, std::vector<std::string> columns, std::string promptTemplate,
            std::vector<std::string> others = {})
    {
        result_.form = std::move(form);
        result_.columns = std::move(columns);
        result_.template_ = std::move(promptTemplate);
        result_.others = std::move(others);
        return true;
    }

    /// The form's templates are those that follow a row's weight.
    bool isAnswered() const
    {
        return !result_.form.empty() && result_.form != "choice" && result_.form != "classification" &&
               result_.form != "text";
    }

    /// What the model itself would write, where it has a template for it.
    std::vector<std::string> orChat() const
    {
        return hasChat_ ? std::vector<std::string>{"chat"} : std::vector<std::string>{};
    }
    std::string conversationTemplate() const { return hasChat_ ? "chat" : "chatml"; }
    /// Texts need no turns where the model has none of its own.
    std::string preferenceTemplate(const std::string& ofTexts) const
    {
        return hasChat_ ? ofTexts + "-chat" : promptIsList_ || answerIsList_ ? ofTexts + "-chatml" : ofTexts;
    }

    bool conversation()
    {
        if (!hasMessages_)
            return false;
        std::vector<std::string> others = hasChat_ ? std::vector<std::string>{"chatml"} : std::vector<std::string>{};
        if (has("chosen") && has("rejected"))
            others.emplace_back("chosen");
        return is("conversation", {"messages"}, conversationTemplate(), std::move(others));
    }

    bool preference()
    {
        if (!has("chosen") || !has("rejected"))
            return false;
        return is("preference", {"prompt", "chosen", "rejected"}, preferenceTemplate("preference"),
                  hasChat_ ? std::vector<std::string>{"preference", "chosen"} : std::vector<std::string>{});
    }

    bool unpaired()
    {
        return has("completion") && has("label") && judgements_ > otherLabels_ &&
               is("unpaired-preference", {"prompt", "completion", "label"}, preferenceTemplate("judged"),
                  hasChat_ ? std::vector<std::string>{"judged"} : std::vector<std::string>{});
    }

    bool instruction()
    {
        if (!has("instruction"))
            return false;
        if (has("output"))
            return is("alpaca", {"instruction", "input", "output", "history"}, "alpaca", orChat());
        if (has("response"))
            return is("dolly", {"instruction", "context", "input", "response"}, "dolly", orChat());
        return false;
    }

    bool completion()
    {
        for (const char* answer : {"completion", "response"})
            if (has("prompt") && has(answer)) {
                if (promptIsList_)
                    return is("conversation", {"prompt", answer}, conversationTemplate());
                return is("prompt-completion", {"prompt", answer}, "prompt-completion", orChat());
            }
        // Other names say less, so that nothing else may stand beside them.
        for (const auto& [question, answer] :
             {std::pair{"question", "answer"}, {"query", "response"}, {"problem", "solution"}}) {
            const auto isOther = [asked = std::string(question),
                                  given = std::string(answer)](const std::string& column) {
                return column != asked && column != given &&
                       std::find(describing.begin(), describing.end(), column) == describing.end();
            };
            if (has(question) && has(answer) && std::none_of(columns_.begin(), columns_.end(), isOther))
                return is("prompt-completion", {question, answer}, "prompt-completion", orChat());
        }
        return false;
    }

    /// Every template for questions with options whose columns are there; they differ in what they measure.
    bool choice()
    {
        std::vector<std::string> fitting;
        const std::vector<std::string> columns(columns_.begin(), columns_.end());
        for (const std::string& name : templateNames().value_or(std::vector<std::string>{})) {
            const auto known = loadTemplate(name);
            if (!known || known->kind != TemplateKind::Choice)
                continue;
            const std::vector<std::string> fields = fieldsOf(*known);
            if (std::all_of(fields.begin(), fields.end(), [&](const std::string& field) {
                    return known->defaults.contains(field) || !columnFor(*known, field, columns).empty();
                }))
                fitting.push_back(name);
        }
        return !fitting.empty() && is("choice", columns, {}, std::move(fitting));
    }

    bool classification()
    {
        const std::vector<std::string> columns(columns_.begin(), columns_.end());
        const auto known = loadTemplate("classify");
        if (!known)
            return false;
        const std::string text = columnFor(*known, "text", columns);
        const std::string label = columnFor(*known, "label", columns);
        return !text.empty() && !label.empty() && is("classification", {text, label}, "classify");
    }

    bool text()
    {
        for (const char* column : {"text", "content"})
            if (has(column) && !lists_.contains(column))
                return is("text", {column}, "text");
        return false;
    }

    bool hasChat_;
    bool hasMessages_ = false;
    bool promptIsList_ = false, answerIsList_ = false;
    bool weightIsNumber_ = true;                   ///< wherever there is one (row_weight.h)
    std::size_t judgements_ = 0, otherLabels_ = 0; ///< of the column "label"
    std::set<std::string> columns_, lists_;
    std::set<std::string> empty_; ///< that are empty in some row
    RecognisedData result_;
};

} // namespace

RecognisedData recogniseData(const std::vector<Row>& rows, bool hasChat)
{
    return Recogniser(rows, hasChat).find();
}

} // namespace hilo
