// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "data/answer_tokens.h"
#include "data/dataset.h"
#include "data/example.h"
#include "tokenizer/tokenizer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// An example as tokens: special prefix (BOS), prompt, answer and, when the template says so, EOS.
///
/// Prompt and answer are encoded as one text. Spaces at the prompt's end are counted to the answer first, because
/// tokenizers attach them to the word that follows. The boundary is then the length of the common prefix of the whole
/// text's tokens and the prompt's own tokens.
struct TokenisedExample
{
    std::vector<std::int32_t> tokens;
    std::int64_t answerStart = 0; ///< first token of the (last) answer; at most tokens.size()
    /// All answers, [begin, end) in tokens, none empty; the last one starts at answerStart and includes EOS. What a
    /// model's chat template writes behind it is in no answer.
    std::vector<std::pair<std::int64_t, std::int64_t>> answers;
    bool truncated = false;
    bool promptLost = false;  ///< nothing of a prompt that was there is left
    std::int64_t special = 0; ///< tokens of the special prefix, which is never cut
    std::int64_t dropped = 0; ///< tokens that were cut behind it
    /// label-logit: the choices share tokens [0, labelPosition); labelTokens[i] is choice i's token at labelPosition,
    /// so the logits that follow token labelPosition - 1 decide. Empty without choices.
    std::int64_t labelPosition = 0;
    std::vector<std::int32_t> labelTokens;
    std::vector<ChoiceTokens> choices; ///< choice-likelihood: the prompt with each choice
    int correct = -1;
    std::vector<TokenisedExample> rejected; ///< of a pair: the same prompt with the rejected answer, one row; else none
    std::optional<bool> isGood;             ///< what somebody said of the answer
};

/// What a row is needed for.
enum class RowUse {
    Measure,        ///< its tokens alone
    LearnAnswer,    ///< a loss on the answers' tokens
    LearnText,      ///< a loss on all tokens
    CompareLabels,  ///< label-logit
    CompareChoices, ///< choice-likelihood
    Generate,       ///< what a model writes behind the prompt
    Prefer,         ///< the answers' likelihoods, of pairs or of answers that were judged
};

struct TokeniseSettings
{
    std::int64_t maxLength = 256; ///< tokens; 0: no limit
    bool endOfText = true;        ///< the template's
    RowUse use = RowUse::Measure; ///< labelPosition, labelTokens: for CompareLabels alone; choices: for CompareChoices
};

/// Too long: what stands behind the last answer goes first; then tokens behind the special prefix are dropped from the
/// prompt's beginning, so that the answer stays whole; when the answer alone is too long its end is cut. A token that
/// the model's embedding has no row for is an error that names it and the row. Two choices with the same token at the
/// first place where the choices differ are an error that names them.
Result<TokenisedExample> tokenise(const Tokenizer& tokenizer, const Example& example, const TokeniseSettings& settings);

/// Why a row cannot be used so, in the words of a rejected row; empty when it can: there is no token to predict (a
/// blank row, an answer that was cut away), or nothing of the prompt is left to answer.
std::string whyUnusable(const TokenisedExample& row, const TokeniseSettings& settings);

/// The error of a split of whose rows none can be used; first: the first one.
Error noRowToUse(const std::string& split, const RejectedRow& first);

struct TokenisedRows
{
    std::vector<TokenisedExample> rows;
    std::vector<std::size_t> examples; ///< of each row, its example's index; the windows of a text have the same one
    std::int64_t inWindows = 0;        ///< examples that became several rows (text_windows.h)
    std::vector<RejectedRow> rejected; ///< that settings.use cannot use
};

/// All of them; a text without a prompt that is too long becomes several rows.
Result<TokenisedRows> tokeniseAll(const Tokenizer& tokenizer, const std::vector<Example>& examples,
                                  const TokeniseSettings& settings, const Progress& progress = {});

} // namespace hilo
