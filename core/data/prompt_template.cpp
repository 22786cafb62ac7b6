// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/prompt_template.h"

#include "base/resources.h"
#include "data/text_list.h"
#include "tokenizer/regex.h"

#include <algorithm>
#include <array>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::pair<TemplateKind, const char*>, 5> kindNames{{
    {TemplateKind::Text, "text"},
    {TemplateKind::Instruction, "instruction"},
    {TemplateKind::Conversation, "conversation"},
    {TemplateKind::Classification, "classification"},
    {TemplateKind::Choice, "choice"},
}};

template <class Value, std::size_t Count>
Result<Value> word(const JsonObject& object, const std::string& key,
                   const std::array<std::pair<Value, const char*>, Count>& names)
{
    HILO_TRY(const std::string text, object.textOr(key, names.front().second));
    std::string all;
    for (const auto& [value, name] : names) {
        if (text == name)
            return value;
        all += (all.empty() ? "" : ", ") + std::string(name);
    }
    return failure(object.errorAt(key, "\"" + text + "\" is not known; expected one of " + all));
}

Result<std::map<std::string, std::string>> textMap(const JsonObject& object, const std::string& key)
{
    std::map<std::string, std::string> result;
    if (!object.has(key))
        return result;
    HILO_TRY(const JsonObject inner, object.object(key));
    for (const auto& [name, value] : inner.json().items()) {
        HILO_TRY(const std::string text, inner.text(name));
        result[name] = text;
    }
    return result;
}

Status parseLabels(const JsonObject& object, PromptTemplate& result)
{
    if (!object.has("labels"))
        return {};
    if (object.json()["labels"].is_array()) {
        HILO_TRY(const auto labels, textList(object, "labels"));
        for (const std::string& label : labels)
            result.labels.emplace_back(label, label);
        return {};
    }
    HILO_TRY(const JsonObject labels, object.object("labels"));
    for (const auto& [value, label] : labels.json().items()) {
        HILO_TRY(const std::string text, labels.text(value));
        result.labels.emplace_back(value, text);
    }
    return {};
}

Status parseAliases(const JsonObject& object, PromptTemplate& result)
{
    if (!object.has("aliases"))
        return {};
    HILO_TRY(const JsonObject aliases, object.object("aliases"));
    for (const auto& [field, columns] : aliases.json().items()) {
        HILO_TRY(const auto names, textList(aliases, field));
        result.aliases[field] = names;
    }
    return {};
}

Status parseTurns(const JsonObject& object, PromptTemplate& result)
{
    const auto turns = object.json().find("turns");
    if (turns == object.json().end() || !turns->is_string()) {
        HILO_TRY(result.turns, textMap(object, "turns"));
    } else if (*turns != "model") {
        return failure(object.errorAt("turns", "expected \"model\", or the text of a turn by role"));
    } else if (result.kind != TemplateKind::Conversation) {
        return failure(object.errorAt("turns", "\"model\" is for the kind conversation"));
    } else {
        result.modelTurns = true;
        result.endOfText = false;
    }
    return {};
}

Status parseExamples(const JsonObject& object, PromptTemplate& result)
{
    if (!object.has("examples"))
        return {};
    HILO_TRY(const Json* list, object.array("examples"));
    for (std::size_t i = 0; i < list->size(); ++i) {
        if (!(*list)[i].is_object())
            return failure(object.errorAt("examples[" + std::to_string(i) + "]", "expected a row as an object"));
        result.examples.push_back((*list)[i]);
    }
    return {};
}

Status checkTemplate(const JsonObject& object, const PromptTemplate& result)
{
    if (result.kind != TemplateKind::Conversation && object.has("learn"))
        return failure(object.errorAt("learn", "is for conversations"));
    if (result.modelTurns)
        for (const char* key : {"assistant_start", "assistant_end", "turn_separator", "default_system", "end_of_text"})
            if (object.has(key))
                return failure(object.errorAt(key, "has no meaning where the model's chat template writes the turns"));
    if (!result.rejected.empty() && !result.judgementColumn.empty())
        return failure(object.errorAt("judgement_column", "a row is a pair (rejected) or a judged answer, not both"));
    if (result.kind == TemplateKind::Conversation) {
        if (!result.modelTurns && (!result.turns.contains("user") || !result.turns.contains("assistant")))
            return failure(object.errorAt("turns", "expected at least user and assistant"));
        if (!result.rejected.empty() && result.rejected.find('{') != std::string::npos)
            return failure(object.errorAt("rejected", "of a conversation is the name of a column, without braces"));
        return {};
    }
    if ((!result.rejected.empty() || !result.judgementColumn.empty()) && result.kind != TemplateKind::Instruction)
        return failure(object.errorAt(
            "rejected", "only templates of the kinds conversation and instruction make pairs or judged answers"));
    if (result.answer.empty() && result.kind != TemplateKind::Text)
        return failure(object.errorAt("answer", "is missing"));
    if (result.kind == TemplateKind::Choice && result.choiceColumn.empty() && result.choiceFields.empty())
        return failure(object.errorAt("choice_column", "is missing; or give choice_fields"));
    if ((result.kind == TemplateKind::Choice || result.kind == TemplateKind::Classification) &&
        result.labelColumn.empty())
        return failure(object.errorAt("label_column", "is missing"));
    return {};
}

} // namespace

const char* nameOf(TemplateKind kind)
{
    for (const auto& [known, name] : kindNames)
        if (known == kind)
            return name;
    return "";
}

Result<PromptTemplate> parseTemplate(const Json& document, const std::string& file)
{
    HILO_TRY(const JsonObject object, JsonObject::of(document, file));
    HILO_TRY(const std::string format, object.text("format"));
    if (format != "hilo.prompt/1")
        return failure(object.errorAt("format", "expected \"hilo.prompt/1\", found \"" + format + "\""));
    HILO_CHECK(object.onlyKeys(
        {"format",         "name",           "description",     "kind",          "prompt",           "answer",
         "optional_field", "prompt_without", "aliases",         "defaults",      "label_column",     "labels",
         "choice_column",  "choice_fields",  "choice_labels",   "candidates",    "choice_format",    "choice_separator",
         "answer_is",      "turns",          "assistant_start", "assistant_end", "turn_separator",   "default_system",
         "end_of_text",    "answer_pattern", "matches",         "rejected",      "judgement_column", "learn",
         "examples"}));
    PromptTemplate result;
    result.file = file;
    HILO_TRY(result.name, object.textOr("name", fs::path(file).stem().string()));
    HILO_TRY(result.description, object.textOr("description", ""));
    HILO_TRY(result.kind, word(object, "kind", kindNames));
    HILO_TRY(result.prompt, object.textOr("prompt", ""));
    HILO_TRY(result.answer, object.textOr("answer", ""));
    HILO_TRY(result.optionalField, object.textOr("optional_field", ""));
    HILO_TRY(result.promptWithout, object.textOr("prompt_without", ""));
    HILO_CHECK(parseAliases(object, result));
    HILO_TRY(result.defaults, textMap(object, "defaults"));
    HILO_TRY(result.labelColumn, object.textOr("label_column", ""));
    HILO_CHECK(parseLabels(object, result));
    HILO_TRY(result.choiceColumn, object.textOr("choice_column", ""));
    HILO_TRY(result.choiceFields, textList(object, "choice_fields"));
    HILO_TRY(result.choiceLabels, textList(object, "choice_labels"));
    HILO_TRY(result.candidates, textList(object, "candidates"));
    HILO_TRY(result.choiceFormat, object.textOr("choice_format", result.choiceFormat));
    HILO_TRY(result.choiceSeparator, object.textOr("choice_separator", result.choiceSeparator));
    using AnswerIs = PromptTemplate::AnswerIs;
    HILO_TRY(result.answerIs,
             word(object, "answer_is",
                  std::array<std::pair<AnswerIs, const char*>, 3>{
                      {{AnswerIs::Label, "label"}, {AnswerIs::Index0, "index0"}, {AnswerIs::Index1, "index1"}}}));
    HILO_TRY(result.endOfText, object.flagOr("end_of_text", true));
    HILO_CHECK(parseTurns(object, result));
    HILO_TRY(result.learn,
             word(object, "learn",
                  std::array<std::pair<Learn, const char*>, 2>{{{Learn::All, "all"}, {Learn::Last, "last"}}}));
    HILO_TRY(result.assistantStart, object.textOr("assistant_start", ""));
    HILO_TRY(result.assistantEnd, object.textOr("assistant_end", ""));
    HILO_TRY(result.turnSeparator, object.textOr("turn_separator", ""));
    HILO_TRY(result.defaultSystem, object.textOr("default_system", ""));
    HILO_TRY(result.rejected, object.textOr("rejected", ""));
    HILO_TRY(result.judgementColumn, object.textOr("judgement_column", ""));
    HILO_CHECK(parseExamples(object, result));
    HILO_TRY(result.answerPattern, object.textOr("answer_pattern", ""));
    using Matches = PromptTemplate::Matches;
    HILO_TRY(result.matches, word(object, "matches",
                                  std::array<std::pair<Matches, const char*>, 2>{
                                      {{Matches::First, "first"}, {Matches::ExactlyOne, "exactly_one"}}}));
    HILO_CHECK(checkTemplate(object, result));
    return result;
}

Result<std::vector<std::string>> templateNames()
{
    std::vector<std::string> names;
    std::error_code code;
    const fs::path folder = resourcesFolder() / "prompts";
    for (const auto& entry : fs::directory_iterator(folder, code))
        if (entry.path().extension() == ".json")
            names.push_back(entry.path().stem().string());
    if (names.empty())
        return failure(badInput(folder.string(), {}, "The folder of prompt templates is missing or empty.",
                                "Set HILO_RESOURCES to the program's resources folder."));
    std::sort(names.begin(), names.end());
    return names;
}

Result<PromptTemplate> loadTemplate(const std::string& nameOrPath)
{
    std::error_code code;
    const bool isPath = nameOrPath.find('/') != std::string::npos || nameOrPath.ends_with(".json");
    if (!isPath) {
        HILO_TRY(const std::vector<std::string> names, templateNames());
        if (std::find(names.begin(), names.end(), nameOrPath) == names.end()) {
            std::string all;
            for (const std::string& name : names)
                all += (all.empty() ? "" : ", ") + name;
            return failure(badInput({}, "template", "there is no prompt template \"" + nameOrPath + "\"",
                                    "known are " + all + "; or give a file"));
        }
    }
    const fs::path file = isPath ? fs::path(nameOrPath) : resourcesFolder() / "prompts" / (nameOrPath + ".json");
    HILO_TRY(const Json document, readJsonFile(file, {std::size_t{1} << 20, 32}));
    return parseTemplate(document, file.string());
}

struct AnswerMatcher::State
{
    Regex regex;
    PromptTemplate::Matches matches;
};

AnswerMatcher::AnswerMatcher(std::shared_ptr<const State> state) : state_(std::move(state)) {}

Result<AnswerMatcher> AnswerMatcher::create(const PromptTemplate& promptTemplate)
{
    if (promptTemplate.answerPattern.empty())
        return failure(badInput(promptTemplate.file, "answer_pattern",
                                "is missing; gen-match-strict looks for the answer by it",
                                "add the pattern, or use another protocol: label-logit or choice-likelihood where "
                                "there are choices, generate where there are none"));
    HILO_TRY(Regex regex, Regex::compile(promptTemplate.answerPattern, promptTemplate.file, "answer_pattern"));
    return AnswerMatcher(std::make_shared<const State>(State{std::move(regex), promptTemplate.matches}));
}

Result<std::optional<std::string>> AnswerMatcher::match(const std::string& generated) const
{
    HILO_TRY(const std::vector<std::string> found, state_->regex.firstGroups(generated));
    if (found.empty() || (state_->matches == PromptTemplate::Matches::ExactlyOne && found.size() != 1))
        return std::nullopt;
    const std::string& text = found.front();
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos)
        return std::string();
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

} // namespace hilo
