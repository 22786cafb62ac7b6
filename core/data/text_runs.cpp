// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/text_runs.h"

#include "data/text_windows.h"
#include "tokenizer/stream_decoder.h"

#include <algorithm>

namespace hilo {
namespace {

using RunKind = TextRun::Kind;

void addRun(std::vector<TextRun>& runs, RunKind kind, const std::string& text, std::int64_t tokens)
{
    if (text.empty() && tokens == 0)
        return;
    if (runs.empty() || runs.back().kind != kind)
        runs.push_back({kind, {}, 0});
    runs.back().text += text;
    runs.back().tokens += tokens;
}

} // namespace

const char* nameOf(RunKind kind)
{
    return kind == RunKind::Masked ? "masked" : kind == RunKind::Trained ? "trained" : "cut";
}

std::vector<TextRun> textRuns(const Example& example, RowUse use)
{
    const RunKind around = use == RowUse::LearnText ? RunKind::Trained : RunKind::Masked;
    std::vector<TextRun> runs;
    std::size_t at = 0;
    for (const auto& [begin, end] : example.earlierAnswers) {
        addRun(runs, around, example.prompt.substr(at, begin - at), 0);
        addRun(runs, RunKind::Trained, example.prompt.substr(begin, end - begin), 0);
        at = end;
    }
    addRun(runs, around, example.prompt.substr(at), 0);
    addRun(runs, RunKind::Trained, example.answer, 0);
    addRun(runs, around, example.rest, 0);
    return runs;
}

Result<std::vector<TextRun>> textRuns(const std::shared_ptr<const Tokenizer>& tokenizer, const Example& example,
                                      const TokeniseSettings& settings)
{
    TokeniseSettings uncut = settings;
    uncut.maxLength = 0;
    HILO_TRY(const TokenisedExample whole, tokenise(*tokenizer, example, uncut));
    HILO_TRY(const std::vector<TokenisedExample> parts, tokeniseFor(*tokenizer, example, settings));
    const TokenisedExample& row = parts.front();
    const bool hasWindows = parts.size() > 1;
    const auto kept = static_cast<std::int64_t>(hasWindows ? whole.tokens.size() : row.tokens.size()) + row.dropped;
    const auto beginsWindow = [&](std::int64_t at) {
        return hasWindows && at >= settings.maxLength &&
               (at - settings.maxLength) % windowStep(whole.special, settings.maxLength) == 0;
    };
    const auto kindOf = [&](std::int64_t at) {
        if (at >= kept || (at >= row.special && at < row.special + row.dropped))
            return RunKind::Cut;
        const bool isAnswer = std::any_of(whole.answers.begin(), whole.answers.end(),
                                          [at](const auto& range) { return at >= range.first && at < range.second; });
        return isAnswer || settings.use == RowUse::LearnText ? RunKind::Trained : RunKind::Masked;
    };
    std::vector<TextRun> runs;
    StreamDecoder stream(tokenizer, {}, false);
    const auto count = static_cast<std::int64_t>(whole.tokens.size());
    for (std::int64_t at = 0; at < count; ++at) {
        std::string text = stream.push(whole.tokens[static_cast<std::size_t>(at)]);
        if (at + 1 == count)
            text += stream.finish();
        if (beginsWindow(at))
            runs.push_back({kindOf(at), {}, 0});
        addRun(runs, kindOf(at), text, 1);
    }
    return runs;
}

} // namespace hilo
