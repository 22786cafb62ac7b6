// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metric.h"
#include "metrics/text_words.h"

namespace hilo {
namespace {

std::optional<double> exactMatchOf(const std::string& wanted, const std::string& written)
{
    return answerWords(wanted) == answerWords(written) ? 1.0 : 0.0;
}

} // namespace

/// SQuAD's exact match (1606.05250): the same words in the same order; see answerWords().
const Metric& exact_match_metric()
{
    static const Metric metric = [] {
        Metric one{
            "exact_match", "Exact match",
            "Share of the rows whose generated text has the wanted one's words, without case, signs and articles.",
            Metric::Better::Higher, true};
        one.of = Metric::Of::Texts;
        one.ofTexts = exactMatchOf;
        one.countsRows = true;
        return one;
    }();
    return metric;
}

} // namespace hilo
