// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/template_choice.h"

#include "base/text_format.h"
#include "data/benchmark_files.h"
#include "data/data_report.h"
#include "data/model_chat.h"
#include "data/row_place.h"

#include <algorithm>

namespace hilo {
namespace {

constexpr const char* howToChoose = "choose by hand with \"template\" in data, or --template";

const std::vector<Row>& rowsToLookAt(const Dataset& dataset)
{
    static const std::vector<Row> none;
    const auto found = dataset.splits.find("train");
    return found != dataset.splits.end() ? found->second
           : dataset.splits.empty()      ? none
                                         : dataset.splits.begin()->second;
}

std::string lineOfFirst(const std::vector<Row>& rows)
{
    return rows.empty() ? std::string() : placeText(rows.front().line);
}

Error notRecognised(const RecognisedData& data, const std::vector<Row>& rows)
{
    const std::string file = rows.empty() ? std::string() : rows.front().file;
    if (data.form == "choice")
        return badInput(file, lineOfFirst(rows), "Several templates fit the columns: " + joined(data.others) + ".",
                        std::string("They ask and measure differently; ") + howToChoose + ".");
    return badInput(file, lineOfFirst(rows),
                    "No template is known for the columns " + (rows.empty() ? "" : rows.front().columnNames()) + ".",
                    std::string("Name a template (") + howToChoose +
                        ") and, where columns have other names, \"columns\" or --column FIELD=COLUMN.");
}

std::string noteOfForm(const RecognisedData& data)
{
    std::string note = "recognised as " + data.form + ": the template " + data.template_ + " is used";
    if (!data.others.empty())
        note += "; " + joined(data.others) + (data.others.size() == 1 ? " fits" : " fit") + " as well (" + howToChoose +
                ")";
    if (!data.unused.empty())
        note += "; of these columns nothing is used: " + joined(data.unused);
    return note;
}

/// A field that nothing asks for is a slip of the pen: what was meant would be taken from another column.
Status checkColumns(const PromptTemplate& promptTemplate, const DataSpec& spec)
{
    const std::vector<std::string> known = knownFieldsOf(promptTemplate);
    for (const auto& [field, column] : spec.columns)
        if (field != spec.splitColumn && std::find(known.begin(), known.end(), field) == known.end())
            return failure(badInput({}, "data.columns",
                                    "The template \"" + promptTemplate.name + "\" has no field \"" + field + "\".",
                                    "Its fields are " + joined(known) + "."));
    return {};
}

/// Settings for conversations and chat templates are followed or refused.
Status bindConversation(const std::shared_ptr<const Tokenizer>& tokenizer, ChosenTemplate& chosen)
{
    PromptTemplate& promptTemplate = chosen.promptTemplate;
    DataSpec& spec = chosen.spec;
    const auto refused = [&](const char* setting, const char* what) {
        return failure(badInput({}, std::string("data.") + setting,
                                "The template \"" + promptTemplate.name + "\" " + what + ".",
                                "Leave the setting out, or choose a template for conversations, as chat."));
    };
    if (!spec.learn.empty()) {
        if (promptTemplate.kind != TemplateKind::Conversation)
            return refused("learn", "writes no conversations, of whose answers some could be learnt");
        promptTemplate.learn = spec.learn == "last" ? Learn::Last : Learn::All;
    }
    if (promptTemplate.kind == TemplateKind::Conversation)
        spec.learn = promptTemplate.learn == Learn::Last ? "last" : "all";
    if (!promptTemplate.modelTurns) {
        if (!spec.chatTemplate.empty())
            return refused("chat_template", "has turns of its own and does not use a chat template");
        if (!spec.chatVariables.empty())
            return refused("chat_variables", "has turns of its own and does not use a chat template");
        return {};
    }
    if (tokenizer) {
        HILO_TRY(promptTemplate.chat, ModelChat::load(*tokenizer, {spec.chatTemplate, spec.chatVariables}));
    }
    return {};
}

} // namespace

Result<ChosenTemplate> chooseTemplate(const DataSpec& spec, const Dataset& dataset,
                                      const std::shared_ptr<const Tokenizer>& tokenizer)
{
    ChosenTemplate chosen;
    chosen.spec = spec;
    if (!spec.benchmark.empty()) {
        HILO_TRY(const ChosenBenchmark benchmark, findBenchmark(spec.benchmark));
        HILO_CHECK(checkBesideBenchmark(spec, benchmark));
        chosen.spec.template_ = benchmark.protocol->template_;
    } else if (spec.template_ == automaticTemplate) {
        const std::vector<Row>& rows = rowsToLookAt(dataset);
        const bool hasChat = (tokenizer && !tokenizer->chatTemplates().empty()) || !spec.chatTemplate.empty();
        chosen.recognised = recogniseData(rows, hasChat);
        if (chosen.recognised->template_.empty())
            return failure(notRecognised(*chosen.recognised, rows));
        chosen.spec.template_ = chosen.recognised->template_;
        chosen.notes.push_back(noteOfForm(*chosen.recognised));
        const std::string& ownTurns = chosen.recognised->template_;
        if (!tokenizer && (chosen.recognised->form == "conversation" || ownTurns.ends_with("-chatml")))
            chosen.notes.push_back("no model is known; a model's own chat template would be used (--model)");
    }
    HILO_TRY(chosen.promptTemplate, loadTemplate(chosen.spec.template_));
    HILO_CHECK(checkColumns(chosen.promptTemplate, spec));
    HILO_CHECK(bindConversation(tokenizer, chosen));
    return chosen;
}

} // namespace hilo
