// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/render.h"
#include "data/row_readers.h"
#include "data/tokenise.h"

#include <cstdlib>

// Conversations on their way from a data file to tokens.

namespace {

struct Readers
{
    std::shared_ptr<const hilo::Tokenizer> tokenizer;
    std::vector<hilo::PromptTemplate> templates;

    Readers()
    {
        const std::string sources = HILO_SOURCE_DIR;
        const auto loaded = hilo::Tokenizer::load(sources + "/tests/data/tokenizers/llama3/tokenizer.json");
        if (!loaded)
            std::abort();
        tokenizer = *loaded;
        for (const char* name : {"chatml", "prompt-completion", "text"}) {
            const auto read = hilo::loadTemplate(sources + "/resources/prompts/" + name + ".json");
            if (!read)
                std::abort();
            templates.push_back(*read);
        }
    }
};

/// Answers stand in the text, in order and apart from one another.
void checkPlaces(const hilo::Example& example)
{
    std::size_t behind = 0;
    for (const auto& [begin, end] : example.earlierAnswers) {
        if (begin < behind || end < begin || end > example.prompt.size())
            std::abort();
        behind = end;
    }
}

void checkTokens(const hilo::TokenisedExample& row, std::int64_t limit)
{
    const auto count = static_cast<std::int64_t>(row.tokens.size());
    if (limit > 0 && count > limit)
        std::abort();
    std::int64_t behind = 0;
    for (const auto& [begin, end] : row.answers) {
        if (begin < behind || end <= begin || end > count)
            std::abort();
        behind = end;
    }
    if (row.answerStart < 0 || row.answerStart > count)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const Readers readers;
    const auto read = hilo::rowsOfBytes({reinterpret_cast<const char*>(data), size}, "input.jsonl");
    if (!read)
        return 0;
    for (const hilo::PromptTemplate& promptTemplate : readers.templates) {
        const auto examples = hilo::renderExamples(read->rows, promptTemplate, {});
        if (!examples)
            continue;
        if (examples->examples.size() + examples->rejected.size() > read->rows.size())
            std::abort();
        for (const hilo::Example& example : examples->examples) {
            checkPlaces(example);
            for (const std::int64_t limit : {std::int64_t{0}, std::int64_t{24}}) {
                hilo::TokeniseSettings settings;
                settings.maxLength = limit;
                settings.endOfText = promptTemplate.endOfText;
                if (const auto row = hilo::tokenise(*readers.tokenizer, example, settings))
                    checkTokens(*row, limit);
            }
        }
    }
    return 0;
}
