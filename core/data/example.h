// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

/// A row as text.
struct Example
{
    std::string prompt;
    std::string answer;
    /// Earlier answers of a conversation that are learnt, too: begin and end in bytes of prompt.
    std::vector<std::pair<std::size_t, std::size_t>> earlierAnswers;
    /// What a model's chat template writes behind the answer; not learnt.
    std::string rest;
    /// By a model's chat template: its special tokens are in the text, the tokenizer adds none, and a token belongs to
    /// an answer that has any byte of it.
    bool isWhole = false;
    std::vector<std::string> choices; ///< candidate answers (whole answer texts); may be empty
    std::vector<std::string> labels;  ///< of the choices, as a template's answer pattern captures them
    int correct = -1;                 ///< index into choices; -1 when there are none
    /// Of a pair: the same prompt with the answer that this one was preferred to; else none.
    std::vector<Example> rejected;
    std::optional<bool> isGood; ///< what somebody said of the answer
    std::string file;           ///< of the row
    std::int64_t line = 0;
};

} // namespace hilo
