// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/render.h"
#include "data/row_readers.h"
#include "data/template_choice.h"
#include "data/tokenise.h"

#include <cstdlib>

// Rows on their way through a model's own chat template: one that marks what the assistant writes, and one whose
// answers are found by rendering prefixes.

namespace {

struct Writers
{
    std::shared_ptr<const hilo::Tokenizer> tokenizer;
    std::vector<hilo::PromptTemplate> templates;

    Writers()
    {
        const std::string sources = HILO_SOURCE_DIR;
        const auto loaded = hilo::Tokenizer::load(sources + "/tests/data/tokenizers/llama3/tokenizer.json");
        if (!loaded)
            std::abort();
        tokenizer = *loaded;
        for (const char* name : {"marked", "plain"})
            for (const char* learn : {"all", "last"}) {
                hilo::DataSpec spec;
                spec.template_ = "chat";
                spec.chatTemplate = sources + "/tests/fuzz/templates/" + name + ".jinja";
                spec.learn = learn;
                const auto chosen = hilo::chooseTemplate(spec, {}, tokenizer);
                if (!chosen)
                    std::abort();
                templates.push_back(chosen->promptTemplate);
            }
    }
};

/// Answers stand in the text, in order and apart from one another, and there is something to learn.
void check(const hilo::Example& example, const hilo::TokenisedExample& row, std::int64_t limit)
{
    std::size_t behind = 0;
    for (const auto& [begin, end] : example.earlierAnswers) {
        if (begin < behind || end < begin || end > example.prompt.size())
            std::abort();
        behind = end;
    }
    const auto count = static_cast<std::int64_t>(row.tokens.size());
    std::int64_t last = 0;
    for (const auto& [begin, end] : row.answers) {
        if (begin < last || end <= begin || end > count)
            std::abort();
        last = end;
    }
    if ((limit > 0 && count > limit) || row.answerStart < 0 || row.answerStart > count)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const Writers writers;
    const auto read = hilo::rowsOfBytes({reinterpret_cast<const char*>(data), size}, "input.jsonl");
    if (!read)
        return 0;
    for (const hilo::PromptTemplate& promptTemplate : writers.templates) {
        const auto examples = hilo::renderExamples(read->rows, promptTemplate, {});
        if (!examples)
            continue;
        if (examples->examples.size() + examples->rejected.size() > read->rows.size())
            std::abort();
        for (const hilo::Example& example : examples->examples)
            for (const std::int64_t limit : {std::int64_t{0}, std::int64_t{24}}) {
                hilo::TokeniseSettings settings;
                settings.maxLength = limit;
                settings.endOfText = promptTemplate.endOfText;
                settings.use = hilo::RowUse::LearnAnswer;
                if (const auto row = hilo::tokenise(*writers.tokenizer, example, settings))
                    check(example, *row, limit);
            }
    }
    return 0;
}
