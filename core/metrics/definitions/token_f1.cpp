// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metric.h"
#include "metrics/text_words.h"

#include <map>

namespace hilo {
namespace {

/// SQuAD 2.0's compute_f1 (1806.03822): words in common, each as often as it stands in both; where one text has no
/// word, 1 if the other has none either.
std::optional<double> tokenF1Of(const std::string& wanted, const std::string& written)
{
    const std::vector<std::string> gold = answerWords(wanted);
    const std::vector<std::string> made = answerWords(written);
    if (gold.empty() || made.empty())
        return gold.empty() && made.empty() ? 1.0 : 0.0;
    std::map<std::string, int> left;
    for (const std::string& word : gold)
        ++left[word];
    double common = 0;
    for (const std::string& word : made)
        if (const auto found = left.find(word); found != left.end() && found->second > 0) {
            --found->second;
            ++common;
        }
    return 2 * common / static_cast<double>(gold.size() + made.size());
}

} // namespace

const Metric& token_f1_metric()
{
    static const Metric metric = [] {
        Metric one{"token_f1", "Token F1",
                   "Harmonic mean of precision and recall of the words, without case, signs and articles.",
                   Metric::Better::Higher, true};
        one.of = Metric::Of::Texts;
        one.ofTexts = tokenF1Of;
        return one;
    }();
    return metric;
}

} // namespace hilo
