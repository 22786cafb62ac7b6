// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace hilo {

/// The words of an answer as SQuAD's evaluation compares them (Rajpurkar et al., 1606.05250, evaluate-v1.1.py,
/// normalize_answer): in small letters, without the signs of ASCII, without the articles a, an and the, cut at white
/// space.
std::vector<std::string> answerWords(const std::string& text);

/// The words of a text as ROUGE counts them (rouge_score's tokenize, without a stemmer): in small letters, whatever is
/// not a to z or 0 to 9 stands between words.
std::vector<std::string> rougeWords(const std::string& text);

} // namespace hilo
