// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metric.h"

#include <algorithm>

namespace hilo {
namespace {

/// The first match of "#### (-?[0-9.,]+)", without its commas (openai/grade-school-math, dataset.py, extract_answer).
std::optional<std::string> numberIn(const std::string& text)
{
    constexpr std::string_view mark = "#### ";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
        const std::size_t begin = at + mark.size();
        std::size_t end = begin + (begin < text.size() && text[begin] == '-');
        const std::size_t digits = end;
        while (end < text.size() &&
               (std::isdigit(static_cast<unsigned char>(text[end])) || text[end] == '.' || text[end] == ','))
            ++end;
        if (end == digits)
            continue;
        std::string number = text.substr(begin, end - begin);
        std::erase(number, ',');
        return number;
    }
    return {};
}

std::optional<double> numberMatchOf(const std::string& wanted, const std::string& written)
{
    const auto gold = numberIn(wanted);
    if (!gold)
        return {};
    return numberIn(written) == gold ? 1.0 : 0.0;
}

} // namespace

/// GSM8K's rule (2110.14168): the number behind "####" is written as the wanted one, commas aside.
const Metric& number_match_metric()
{
    static const Metric metric = [] {
        Metric one{"number_match", "Number behind ####",
                   "Share of the rows whose generated text has the wanted number behind \"####\".",
                   Metric::Better::Higher, true};
        one.of = Metric::Of::Texts;
        one.ofTexts = numberMatchOf;
        one.countsRows = true;
        return one;
    }();
    return metric;
}

} // namespace hilo
