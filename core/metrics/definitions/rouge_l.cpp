// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metric.h"
#include "metrics/text_words.h"

#include <algorithm>

namespace hilo {
namespace {

std::size_t longestCommonSubsequence(const std::vector<std::string>& a, const std::vector<std::string>& b)
{
    std::vector<std::size_t> line(b.size() + 1, 0);
    for (const std::string& word : a) {
        std::size_t diagonal = 0;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = line[j];
            line[j] = word == b[j - 1] ? diagonal + 1 : std::max(above, line[j - 1]);
            diagonal = above;
        }
    }
    return line.back();
}

/// Lin 2004, ROUGE-L with equal weights: F = 2 l / (m + n) with l the longest common subsequence of m and n words.
std::optional<double> rougeLOf(const std::string& wanted, const std::string& written)
{
    const std::vector<std::string> gold = rougeWords(wanted);
    if (gold.empty())
        return {};
    const std::vector<std::string> made = rougeWords(written);
    return 2 * static_cast<double>(longestCommonSubsequence(gold, made)) /
           static_cast<double>(gold.size() + made.size());
}

} // namespace

/// As rouge_score's rougeL without a stemmer, its F-measure.
const Metric& rouge_l_metric()
{
    static const Metric metric = [] {
        Metric one{"rouge_l", "ROUGE-L", "F-measure of the longest common subsequence of words.",
                   Metric::Better::Higher, true};
        one.of = Metric::Of::Texts;
        one.ofTexts = rougeLOf;
        one.undefinedBecause = "ROUGE counts words of a to z and 0 to 9, and no wanted answer has one";
        return one;
    }();
    return metric;
}

} // namespace hilo
