// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "engine/data/evaluation_data.h"
#include "engine/model/decoder.h"
#include "metrics/scored_rows.h"
#include "tokenizer/tokenizer.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace hilo {

/// What rows are scored with. Everything outlives the scorer.
struct ScoringInputs
{
    const Decoder& decoder;
    ModuleAdapter* adapter;
    const Tokenizer& tokenizer;
    const EvaluationData& data;
    const EvaluationSpec& spec;
};

/// A protocol: says what the model gave on some rows, and their losses.
class RowScorer
{
  public:
    explicit RowScorer(const ScoringInputs& inputs) : inputs_(inputs) {}
    virtual ~RowScorer() = default;

    /// rows: indices into the data; scored: of all rows, those of rows are filled.
    virtual Status score(std::span<const std::size_t> rows, std::vector<ScoredRow>& scored,
                         const Progress& progress) const = 0;

  protected:
    const Example& example(std::size_t row) const { return inputs_.data.examples[row]; }
    const TokenisedExample& tokens(std::size_t row) const { return inputs_.data.tokenised[row]; }
    /// Their losses alone, in a pass of their own.
    Status scoreLosses(std::span<const std::size_t> rows, std::vector<ScoredRow>& scored) const;
    /// What a choice is called.
    std::string labelOf(std::size_t row, std::size_t choice) const;

    ScoringInputs inputs_;
};

std::unique_ptr<RowScorer> makeLossScorer(const ScoringInputs& inputs);
/// The logits of the labels' first tokens behind what the choices share, in float32 (as TUDB-Labs/MoE-PEFT evaluates).
std::unique_ptr<RowScorer> makeLabelLogitScorer(const ScoringInputs& inputs);
/// The log-likelihood of each whole answer behind the prompt, and the same by its characters (as
/// lm-evaluation-harness's acc and acc_norm). Where two share the highest one nothing was chosen.
std::unique_ptr<RowScorer> makeChoiceLikelihoodScorer(const ScoringInputs& inputs);
/// Greedy text behind the prompt, up to the model's end tokens or max_new_tokens; gen-match-strict looks for the answer
/// in it by the template's pattern (as MoLA does, 2402.08562).
std::unique_ptr<RowScorer> makeGenerationScorer(const ScoringInputs& inputs);

} // namespace hilo
