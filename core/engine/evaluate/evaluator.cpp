// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/evaluator.h"

#include "engine/base/torch_border.h"
#include "engine/evaluate/generator.h"
#include "engine/evaluate/not_finite.h"

#include <algorithm>
#include <chrono>
#include <numeric>

namespace hilo {
namespace {

using torch::Tensor;
using Clock = std::chrono::steady_clock;

/// Rows of like length together, so that a batch's attention has little padding.
std::vector<std::size_t> orderByLength(const EvaluationData& data)
{
    std::vector<std::size_t> order(data.tokenised.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&data](std::size_t a, std::size_t b) {
        return data.tokenised[a].tokens.size() > data.tokenised[b].tokens.size();
    });
    return order;
}

std::string labelOf(const Example& example, std::size_t choice)
{
    return choice < example.labels.size() ? example.labels[choice] : example.choices[choice];
}

class LabelLogit
{
  public:
    LabelLogit(const Decoder& decoder, ModuleAdapter* adapter, const EvaluationData& data)
        : decoder_(decoder), data_(data)
    {
        options_.adapter = adapter;
    }

    Status scoreBatch(std::span<const std::size_t> rows, EvaluationResult& result) const
    {
        PackedBatch batch;
        std::vector<std::int64_t> tokens;
        std::vector<std::int64_t> positions;
        std::vector<std::int64_t> last;
        batch.starts = {0};
        for (const std::size_t row : rows) {
            const TokenisedExample& one = data_.tokenised[row];
            for (std::int64_t i = 0; i < one.labelPosition; ++i) {
                tokens.push_back(one.tokens[static_cast<std::size_t>(i)]);
                positions.push_back(i);
            }
            batch.starts.push_back(static_cast<std::int64_t>(tokens.size()));
            last.push_back(batch.starts.back() - 1);
        }
        batch.tokens = torch::tensor(tokens, torch::kInt64);
        batch.positions = torch::tensor(positions, torch::kInt64);
        const Tensor hidden =
            decoder_.hidden(batch, options_).index_select(0, torch::tensor(last, torch::kInt64).to(decoder_.device()));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const TokenisedExample& one = data_.tokenised[rows[i]];
            const std::vector<std::int64_t> labels(one.labelTokens.begin(), one.labelTokens.end());
            const Tensor weights =
                decoder_.outputWeight().index_select(0, torch::tensor(labels, torch::kInt64).to(decoder_.device()));
            const Tensor state = hidden[static_cast<std::int64_t>(i)];
            // What is not finite has no order.
            if (!torch::mv(weights, state).isfinite().all().item<bool>())
                return failure(notFiniteError(decoder_));
            const std::int64_t best = bestLabel(weights, state);
            const Example& example = data_.examples[rows[i]];
            result.count(labelOf(example, static_cast<std::size_t>(one.correct)),
                         best < 0 ? std::nullopt
                                  : std::optional(labelOf(example, static_cast<std::size_t>(best))));
        }
        return {};
    }

  private:
    const Decoder& decoder_;
    const EvaluationData& data_;
    ForwardOptions options_;
};

class GenerateAndMatch
{
  public:
    GenerateAndMatch(const Decoder& decoder, ModuleAdapter* adapter, const Tokenizer& tokenizer,
                     const EvaluationData& data, const EvaluationSpec& spec)
        : decoder_(decoder), adapter_(adapter), tokenizer_(tokenizer), data_(data)
    {
        settings_.maximumTokens = spec.maxNewTokens;
        settings_.endTokens = tokenizer.endTokens();
        for (const std::int64_t id : decoder.config().eosTokens)
            settings_.endTokens.push_back(static_cast<std::int32_t>(id));
    }

    Status scoreBatch(std::span<const std::size_t> rows, EvaluationResult& result, const Progress& progress) const
    {
        std::vector<std::vector<std::int32_t>> prompts;
        for (const std::size_t row : rows) {
            const TokenisedExample& one = data_.tokenised[row];
            prompts.emplace_back(one.tokens.begin(), one.tokens.begin() + one.answerStart);
        }
        HILO_TRY(const auto generated, generate(decoder_, adapter_, prompts, settings_, {}, progress));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Example& example = data_.examples[rows[i]];
            HILO_TRY(const std::optional<std::string> answer, data_.matcher->match(tokenizer_.decode(generated[i])));
            HILO_TRY(const std::optional<std::string> wanted, data_.matcher->match(example.answer));
            const bool known =
                answer && (example.labels.empty() ||
                           std::find(example.labels.begin(), example.labels.end(), *answer) != example.labels.end());
            const std::string right = example.correct >= 0 ? labelOf(example, static_cast<std::size_t>(example.correct))
                                                           : wanted.value_or(example.answer);
            if (!known)
                ++result.unparsable;
            result.count(right, known ? answer : std::nullopt);
        }
        return {};
    }

  private:
    const Decoder& decoder_;
    ModuleAdapter* adapter_;
    const Tokenizer& tokenizer_;
    const EvaluationData& data_;
    GenerationSettings settings_;
};

Status checkData(const EvaluationData& data, const EvaluationSpec& spec)
{
    if (data.examples.empty())
        return failure(badInput({}, data.split, "there are no rows to score"));
    if (spec.protocol == Protocol::GenMatchStrict && !data.matcher)
        return failure(badInput({}, "template", "the template has no answer_pattern, which gen-match-strict needs"));
    for (std::size_t row = 0; row < data.examples.size(); ++row) {
        const TokenisedExample& one = data.tokenised[row];
        const std::int64_t read = spec.protocol == Protocol::LabelLogit ? one.labelPosition : one.answerStart;
        if (spec.protocol == Protocol::LabelLogit && one.labelTokens.empty())
            return failure(badInput(data.examples[row].file, "line " + std::to_string(data.examples[row].line),
                                    "the row has no choices; label-logit compares the answers of a classification "
                                    "or choice template",
                                    "use the protocol gen-match-strict for free answers"));
        // RunData rejects such rows; whoever makes rows in another way must not read beyond their end.
        if (read < 1 || read > static_cast<std::int64_t>(one.tokens.size()))
            return failure(badInput(data.examples[row].file, "line " + std::to_string(data.examples[row].line),
                                    "the row has " + std::to_string(one.tokens.size()) + " tokens, and token " +
                                        std::to_string(read) + " was to be the last before the answer",
                                    "raise max_length"));
    }
    return {};
}

} // namespace

std::int64_t bestLabel(const Tensor& weights, const Tensor& hidden)
{
    // In bfloat16 the products of different labels often round to one number. The final softcap does not change which
    // one is the highest.
    const Tensor scores = torch::mv(weights.to(torch::kFloat32), hidden.to(torch::kFloat32)).to(torch::kCPU);
    const auto best = scores.argmax().item<std::int64_t>();
    const float highest = scores[best].item<float>();
    return torch::eq(scores, highest).sum().item<std::int64_t>() == 1 ? best : -1;
}

Result<EvaluationResult> evaluate(const Decoder& decoder, ModuleAdapter* adapter, const Tokenizer& tokenizer,
                                  const EvaluationData& data, const EvaluationSpec& spec, const Progress& progress)
{
    HILO_CHECK(checkData(data, spec));
    EvaluationResult result;
    result.protocol = spec.protocol;
    result.split = data.split;
    result.rows = static_cast<std::int64_t>(data.examples.size());
    const auto start = Clock::now();
    HILO_CHECK(atTorchBorder([&]() -> Status {
        const torch::NoGradGuard noGradient;
        const std::vector<std::size_t> order = orderByLength(data);
        const LabelLogit labelLogit(decoder, adapter, data);
        const GenerateAndMatch generateAndMatch(decoder, adapter, tokenizer, data, spec);
        for (std::size_t first = 0; first < order.size(); first += static_cast<std::size_t>(spec.batchSize)) {
            const std::size_t count = std::min(static_cast<std::size_t>(spec.batchSize), order.size() - first);
            const std::span<const std::size_t> rows(order.data() + first, count);
            HILO_CHECK(spec.protocol == Protocol::LabelLogit ? labelLogit.scoreBatch(rows, result)
                                                             : generateAndMatch.scoreBatch(rows, result, progress));
            if (progress.isCancelled())
                return failure(cancelled());
            progress.report({"Evaluating on " + data.split,
                             static_cast<std::int64_t>(first + count),
                             static_cast<std::int64_t>(order.size()),
                             {}});
        }
        return {};
    }));
    result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return result;
}

} // namespace hilo
