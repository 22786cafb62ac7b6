// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluate/label_logit.h"

#include "engine/evaluate/not_finite.h"
#include "engine/evaluate/token_losses.h"

#include <algorithm>

namespace hilo {
namespace {

using torch::Tensor;

/// One pass: the state behind what the choices share decides, and those before the answer's tokens give the loss.
class LabelLogitScorer : public RowScorer
{
  public:
    using RowScorer::RowScorer;

    Status score(std::span<const std::size_t> rows, std::vector<ScoredRow>& scored, const Progress&) const override
    {
        std::vector<std::span<const std::int32_t>> texts;
        std::vector<std::int64_t> deciding;
        std::vector<std::int64_t> at;
        std::vector<std::int64_t> next;
        std::int64_t begin = 0;
        for (const std::size_t row : rows) {
            const TokenisedExample& one = tokens(row);
            const std::vector<std::int64_t> places = lossPlaces(one, inputs_.spec.lossOn);
            // No state is needed behind the last place whose token is asked for.
            const std::int64_t count = std::max(one.labelPosition, places.empty() ? 0 : places.back());
            texts.emplace_back(one.tokens.data(), static_cast<std::size_t>(count));
            deciding.push_back(begin + one.labelPosition - 1);
            for (const std::int64_t place : places) {
                at.push_back(begin + place - 1);
                next.push_back(one.tokens[static_cast<std::size_t>(place)]);
            }
            scored[row].tokens = static_cast<std::int64_t>(places.size());
            begin += count;
        }
        ForwardOptions options;
        options.adapter = inputs_.adapter;
        const Tensor hidden = inputs_.decoder.hidden(packTexts(texts, {}), options);
        HILO_TRY(const std::vector<double> losses, lossesBehind(inputs_.decoder, hidden, at, next));
        auto loss = losses.begin();
        for (const std::size_t row : rows)
            for (std::int64_t i = 0; i < scored[row].tokens; ++i)
                scored[row].loss += *loss++;
        return choose(rows, hidden.index_select(0, onDevice(deciding)), scored);
    }

  private:
    Tensor onDevice(const std::vector<std::int64_t>& values) const
    {
        return torch::tensor(values, torch::kInt64).to(inputs_.decoder.device());
    }

    /// states [rows, hidden]
    Status choose(std::span<const std::size_t> rows, const Tensor& states, std::vector<ScoredRow>& scored) const
    {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const TokenisedExample& one = tokens(rows[i]);
            const Tensor weights = inputs_.decoder.outputWeight().index_select(
                0, onDevice({one.labelTokens.begin(), one.labelTokens.end()}));
            const Tensor state = states[static_cast<std::int64_t>(i)];
            // What is not finite has no order.
            if (!torch::mv(weights, state).isfinite().all().item<bool>())
                return failure(notFiniteError(inputs_.decoder));
            ScoredRow& row = scored[rows[i]];
            row.right = labelOf(rows[i], static_cast<std::size_t>(one.correct));
            if (const std::int64_t best = bestLabel(weights, state); best >= 0)
                row.given = labelOf(rows[i], static_cast<std::size_t>(best));
        }
        return {};
    }
};

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

std::unique_ptr<RowScorer> makeLabelLogitScorer(const ScoringInputs& inputs)
{
    return std::make_unique<LabelLogitScorer>(inputs);
}

} // namespace hilo
