// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

class ModelChat;

/// Which answers of a conversation are learnt.
enum class Learn { All, Last };

enum class TemplateKind { Text, Instruction, Conversation, Classification, Choice };

/// How rows become prompts and answers: a JSON file ("format": "hilo.prompt/1"), described in
/// resources/prompts/README.md. In texts {field} stands for a row's field and {{ and }} for braces.
struct PromptTemplate
{
    std::string name;
    std::string description;
    TemplateKind kind = TemplateKind::Text;
    std::string prompt;
    std::string answer;
    /// The prompt where this field is empty or missing (Alpaca without input); no such form when the name is empty.
    std::string optionalField;
    std::string promptWithout;
    /// Field -> column names tried in order when a row has no column of the field's name.
    std::map<std::string, std::vector<std::string>> aliases;
    std::map<std::string, std::string> defaults; ///< field -> text where the row's is empty or missing

    /// Classification and choice: the column that names the right answer.
    std::string labelColumn;
    /// Classification: value in the data -> label in the text. Empty: every distinct value of the training rows,
    /// sorted.
    std::vector<std::pair<std::string, std::string>> labels;

    /// Choice: the column of the list of options, or one column an option.
    std::string choiceColumn;
    std::vector<std::string> choiceFields;
    /// What the options are called in the text; empty: as the data says.
    std::vector<std::string> choiceLabels;
    /// Labels that compete besides the row's own options (ARC counts 1 to 4 and A to E for every question).
    std::vector<std::string> candidates;
    std::string choiceFormat = "({label}) {text}";
    std::string choiceSeparator = " ";
    /// The right answer is the option's label in the data, or its position counted from 0 or 1.
    enum class AnswerIs { Label, Index0, Index1 } answerIs = AnswerIs::Label;

    /// Conversation: the turns are written by the model's own chat template ("turns": "model").
    bool modelTurns = false;
    std::shared_ptr<const ModelChat> chat; ///< that template; null until it is known (data/template_choice.h)
    Learn learn = Learn::All;
    /// Conversation, else: what stands around a turn, by role; {content} is the turn.
    std::map<std::string, std::string> turns;
    std::string assistantStart; ///< before an answer, part of the prompt
    std::string assistantEnd;   ///< behind an answer, part of it
    std::string turnSeparator;
    std::string defaultSystem; ///< a system turn for conversations without one; empty: none

    std::string rejected;        ///< the answer that another one was preferred to; empty: no pairs
    std::string judgementColumn; ///< the column that says whether an answer is good; empty: nobody judged

    bool endOfText = true; ///< the tokenizer's EOS token follows the answer

    /// gen-match-strict: a regular expression whose first group is the label, in the generated text.
    std::string answerPattern;
    enum class Matches { First, ExactlyOne } matches = Matches::First;

    std::vector<Json> examples; ///< rows that it can write

    std::string file; ///< where it was read
};

/// "text", "instruction", "conversation", "classification", "choice".
const char* nameOf(TemplateKind kind);

/// nameOrPath: a name in resources/prompts ("alpaca"), or a file. An unknown name is an error that lists the known
/// ones.
Result<PromptTemplate> loadTemplate(const std::string& nameOrPath);
Result<PromptTemplate> parseTemplate(const Json& document, const std::string& file);
/// The names in resources/prompts, sorted.
Result<std::vector<std::string>> templateNames();

/// Finds the answer in generated text by a template's pattern.
class AnswerMatcher
{
  public:
    /// A template without a pattern is an error (ErrorCode::BadInput).
    static Result<AnswerMatcher> create(const PromptTemplate& promptTemplate);
    /// The pattern's first group without white space around it; nothing when there is no match, or more than one where
    /// exactly one is wanted. The caller compares the whole of it with the allowed labels. Error: the pattern gives up.
    Result<std::optional<std::string>> match(const std::string& generated) const;

  private:
    struct State;
    explicit AnswerMatcher(std::shared_ptr<const State> state);
    std::shared_ptr<const State> state_;
};

} // namespace hilo
