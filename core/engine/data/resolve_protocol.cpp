// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/resolve_protocol.h"

#include "data/answer_tokens.h"
#include "run/run_spec_names.h"

#include <algorithm>

namespace hilo {
namespace {

Error cannotScore(Protocol asked, const PromptTemplate& promptTemplate, const std::string& why,
                  const std::string& others)
{
    return badInput(promptTemplate.file, protocolKey,
                    std::string(nameOf(protocolNames, asked)) + " cannot score rows of the template \"" +
                        promptTemplate.name + "\": " + why,
                    "use " + others + "; auto takes what fits");
}

Result<Protocol> automatic(const PromptTemplate& promptTemplate, const std::vector<Example>& examples,
                           const Tokenizer& tokenizer)
{
    if (examples.empty() || examples.front().choices.empty())
        return Protocol::Loss;
    for (const Example& example : examples) {
        HILO_TRY(const LabelTokens labels,
                 labelTokens(tokenizer, example, promptTemplate.endOfText && tokenizer.eos()));
        if (!labels.clash.empty())
            return Protocol::ChoiceLikelihood;
    }
    return Protocol::LabelLogit;
}

} // namespace

Result<Protocol> resolveProtocol(Protocol asked, const PromptTemplate& promptTemplate,
                                 const std::vector<Example>& examples, const Tokenizer& tokenizer)
{
    const auto none = [&](const auto& lacks) {
        return !examples.empty() && std::all_of(examples.begin(), examples.end(), lacks);
    };
    switch (asked) {
    case Protocol::Auto:
        return automatic(promptTemplate, examples, tokenizer);
    case Protocol::LabelLogit:
    case Protocol::ChoiceLikelihood:
        if (none([](const Example& example) { return example.choices.empty(); }))
            return failure(
                cannotScore(asked, promptTemplate,
                            "they have no choices, which it compares (templates of classification and choice "
                            "have them)",
                            "generate or loss"));
        return asked;
    case Protocol::Generate:
    case Protocol::GenMatchStrict:
        if (none([](const Example& example) { return example.prompt.empty(); }))
            return failure(cannotScore(asked, promptTemplate,
                                       "they are texts without a prompt, so there is nothing to answer", "loss"));
        return asked;
    case Protocol::Loss:
        return asked;
    }
    return asked;
}

} // namespace hilo
