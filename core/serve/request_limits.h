// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace hilo {

/// How large what a request asks for may be. What is above is refused by name.
struct RequestLimits
{
    std::size_t bodyBytes = std::size_t{4} << 20;
    int depth = 32;              ///< of JSON
    std::int64_t context = 2048; ///< tokens of a prompt and its answer
    std::int64_t vocabulary = 0; ///< token ids are below this; 0: not known, none is refused
    std::size_t prompts = 256;   ///< of one request
    std::int64_t choices = 16;   ///< n
    std::size_t answers = 512;   ///< prompts times n
    std::size_t messages = 1024; ///< of a conversation
    std::size_t stops = 16;
    std::size_t stopBytes = 256;    ///< of each
    std::int64_t alternatives = 20; ///< most probable tokens beside the one that was chosen
    std::size_t biases = 1024;
    std::int64_t tokensWithExperts = 1024; ///< prompt and answer, where experts are asked for
    /// No token has more bytes of text on average over a whole prompt: more cannot fit into the context.
    std::int64_t bytesOfToken = 64;
};

} // namespace hilo
