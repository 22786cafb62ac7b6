// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/dataset.h"
#include "data/prompt_template.h"
#include "tokenizer/tokenizer.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// A row as text.
struct Example
{
    std::string prompt;
    std::string answer;
    /// Earlier answers of a conversation: begin and end in bytes of prompt.
    std::vector<std::pair<std::size_t, std::size_t>> earlierAnswers;
    std::vector<std::string> choices; ///< candidate answers (whole answer texts) for label-logit; may be empty
    std::vector<std::string> labels;  ///< of the choices, as a template's answer pattern captures them
    int correct = -1;                 ///< index into choices; -1 when there are none
    std::string file;                 ///< of the row
    std::int64_t line = 0;
};

struct Examples
{
    std::vector<Example> examples;
    std::vector<RejectedRow> rejected; ///< rows that the template cannot use, and why
};

/// The labels of a classification template: its own, or the distinct values of the label column in rows (give the
/// training rows), sorted. Other kinds: empty.
Result<std::vector<std::string>> labelsOf(const PromptTemplate& promptTemplate, const std::vector<Row>& trainingRows);

/// labels: what labelsOf said, the same for all splits. A column that no row has is an error naming file, line and the
/// columns that exist; a row without it is rejected. Not a single usable row is an error.
Result<Examples> renderExamples(const std::vector<Row>& rows, const PromptTemplate& promptTemplate,
                                const std::vector<std::string>& labels);

/// An example as tokens: special prefix (BOS), prompt, answer and, when the template says so, EOS.
///
/// Prompt and answer are encoded as one text. Spaces at the prompt's end are counted to the answer first, because
/// tokenizers attach them to the word that follows. The boundary is then the length of the common prefix of the whole
/// text's tokens and the prompt's own tokens.
struct TokenisedExample
{
    std::vector<std::int32_t> tokens;
    std::int64_t answerStart = 0; ///< first token of the (last) answer
    /// All answers, [begin, end) in tokens; the last one starts at answerStart and includes EOS.
    std::vector<std::pair<std::int64_t, std::int64_t>> answers;
    bool truncated = false;
    /// label-logit: the choices share tokens [0, labelPosition); labelTokens[i] is choice i's token at labelPosition,
    /// so the logits that follow token labelPosition - 1 decide. Empty without choices.
    std::int64_t labelPosition = 0;
    std::vector<std::int32_t> labelTokens;
    int correct = -1;
};

struct TokeniseSettings
{
    std::int64_t maxLength = 256; ///< tokens; 0: no limit
    bool endOfText = true;        ///< the template's
    bool withLabels = true;       ///< fill labelPosition and labelTokens
};

/// Too long: tokens behind the special prefix are dropped from the prompt's beginning, so that the answer stays whole;
/// when the answer alone is too long its end is cut. A row with a token that the model's embedding has no row for is an
/// error that names the token. Two choices with the same token at the first place where the
/// choices differ are an error that names them.
Result<TokenisedExample> tokenise(const Tokenizer& tokenizer, const Example& example, const TokeniseSettings& settings);

/// All of them; truncated ones are counted by the caller.
Result<std::vector<TokenisedExample>> tokeniseAll(const Tokenizer& tokenizer, const std::vector<Example>& examples,
                                                  const TokeniseSettings& settings, const Progress& progress = {});

} // namespace hilo
