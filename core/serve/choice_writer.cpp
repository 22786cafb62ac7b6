// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/choice_writer.h"

namespace hilo {

void AnswerPart::append(AnswerPart more)
{
    text += more.text;
    for (ScoredToken& token : more.tokens)
        tokens.push_back(std::move(token));
}

ChoiceWriter::ChoiceWriter(std::shared_ptr<const Tokenizer> tokenizer, std::span<const std::int32_t> prompt,
                           std::vector<std::string> stops)
    : decoder_(std::move(tokenizer), prompt), stops_(std::move(stops))
{
}

AnswerPart ChoiceWriter::push(ScoredToken token)
{
    if (stopped())
        return {};
    const std::string text = decoder_.push(token.id);
    waiting_.emplace_back(read_, std::move(token));
    read_ += text.size();
    return released(stops_.push(text), false);
}

AnswerPart ChoiceWriter::finish()
{
    if (stopped())
        return {};
    const std::string rest = decoder_.finish();
    read_ += rest.size();
    std::string text = stops_.push(rest);
    if (!stopped())
        text += stops_.finish();
    return released(std::move(text), true);
}

AnswerPart ChoiceWriter::released(std::string text, bool all)
{
    AnswerPart part;
    shown_ += text.size();
    part.text = std::move(text);
    // The first of them stands before any stop, also where it has no text.
    while (!waiting_.empty() && (waiting_.front().first < shown_ || (all && !stopped()))) {
        part.tokens.push_back(std::move(waiting_.front().second));
        waiting_.pop_front();
    }
    if (stopped())
        waiting_.clear();
    return part;
}

} // namespace hilo
