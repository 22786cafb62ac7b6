// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/stream_decoder.h"

#include "tokenizer/utf8.h"

#include <algorithm>

namespace hilo {

StreamDecoder::StreamDecoder(std::shared_ptr<const Tokenizer> tokenizer, std::span<const std::int32_t> context,
                             bool skipSpecial)
    : tokenizer_(std::move(tokenizer)), skipSpecial_(skipSpecial)
{
    // A few tokens are enough to tell how the first new one continues them.
    const std::size_t kept = std::min<std::size_t>(context.size(), 8);
    ids_.assign(context.end() - static_cast<std::ptrdiff_t>(kept), context.end());
    read_ = kept;
}

std::string StreamDecoder::textOf(std::size_t end) const
{
    return tokenizer_->decode(std::span(ids_).subspan(begin_, end - begin_), skipSpecial_);
}

std::string StreamDecoder::push(std::int32_t id)
{
    ids_.push_back(id);
    const std::string old = textOf(read_);
    const std::string now = textOf(ids_.size());
    // A character that is not complete yet shows as U+FFFD at the end.
    if (now.size() <= old.size() || now.ends_with(utf8::replacement))
        return {};
    begin_ = read_;
    read_ = ids_.size();
    return now.substr(old.size());
}

std::string StreamDecoder::finish()
{
    const std::string old = textOf(read_);
    const std::string now = textOf(ids_.size());
    begin_ = read_ = ids_.size();
    return now.size() > old.size() ? now.substr(old.size()) : std::string();
}

} // namespace hilo
