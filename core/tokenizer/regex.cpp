// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/regex.h"

#include "tokenizer/oniguruma.h"
#include "tokenizer/utf8.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace hilo {
namespace {

constexpr std::size_t smallestStack = std::size_t{64} << 10;
constexpr std::size_t greatestStack = std::size_t{256} << 20;  // reserved, and used only where a match needs it
constexpr std::uint32_t greatestHeap = std::uint32_t{2} << 20; // KiB, of the interpreter
constexpr std::uint32_t mostSteps = 100'000'000;

/// What a thread needs to match: PCRE2's limits, and a stack for compiled code, whose own has room for no more than
/// some thousand letters in a repeated group.
class MatchContext
{
  public:
    MatchContext()
        : context_(pcre2_match_context_create(nullptr)),
          stack_(pcre2_jit_stack_create(smallestStack, greatestStack, nullptr))
    {
        pcre2_set_match_limit(context_, mostSteps);
        pcre2_set_depth_limit(context_, mostSteps);
        pcre2_set_heap_limit(context_, greatestHeap);
        if (stack_)
            pcre2_jit_stack_assign(context_, nullptr, stack_);
    }
    MatchContext(const MatchContext&) = delete;
    MatchContext& operator=(const MatchContext&) = delete;
    ~MatchContext()
    {
        pcre2_match_context_free(context_);
        pcre2_jit_stack_free(stack_);
    }
    pcre2_match_context* get() const { return context_; }

    static MatchContext& ofThread()
    {
        thread_local MatchContext instance;
        return instance;
    }

  private:
    pcre2_match_context* context_;
    pcre2_jit_stack* stack_;
};

std::string messageOf(int number)
{
    PCRE2_UCHAR text[256];
    pcre2_get_error_message(number, text, sizeof text);
    return reinterpret_cast<char*>(text);
}

std::string shortened(const std::string& pattern)
{
    constexpr std::size_t most = 200;
    return pattern.size() <= most ? pattern : utf8::repaired(pattern.substr(0, most)) + "…";
}

} // namespace

struct Regex::Program
{
    std::unique_ptr<pcre2_code, void (*)(pcre2_code*)> code;
    std::string written, file, place;

    Error error(const std::string& message, std::string hint = {}) const
    {
        return badInput(file, place, "the pattern " + shortened(written) + " " + message, std::move(hint));
    }
};

namespace {

/// Goes from match to match.
class Search
{
  public:
    Search(const pcre2_code* code, std::string_view text)
        : code_(code), text_(text), match_(pcre2_match_data_create_from_pattern(code, nullptr), pcre2_match_data_free)
    {
    }

    /// PCRE2's number of groups; PCRE2_ERROR_NOMATCH at the end; another error.
    int next()
    {
        while (at_ <= text_.size()) {
            const int count = matchFrom(at_);
            if (count < 0)
                return count;
            // \K in a lookahead may say that a match ends before it begins.
            if (begin() > end() || end() < at_)
                return PCRE2_ERROR_BADOFFSET;
            if (begin() == end() && hasMatch_ && end() == at_) {
                at_ += at_ < text_.size() ? utf8::lengthFrom(static_cast<unsigned char>(text_[at_])) : 1;
                hasMatch_ = false;
                continue;
            }
            at_ = end();
            hasMatch_ = true;
            return count;
        }
        return PCRE2_ERROR_NOMATCH;
    }

    std::size_t begin(std::uint32_t group = 0) const { return pcre2_get_ovector_pointer(match_.get())[2 * group]; }
    std::size_t end(std::uint32_t group = 0) const { return pcre2_get_ovector_pointer(match_.get())[2 * group + 1]; }

  private:
    int matchFrom(std::size_t from)
    {
        // The text is looked at once for wrong bytes, not again from every match on.
        const std::uint32_t unchecked = isChecked_ ? PCRE2_NO_UTF_CHECK : 0;
        isChecked_ = true;
        const auto run = [&](std::uint32_t options) {
            return pcre2_match(code_, reinterpret_cast<PCRE2_SPTR>(text_.data()), text_.size(), from, options,
                               match_.get(), MatchContext::ofThread().get());
        };
        const int count = run(unchecked);
        return count == PCRE2_ERROR_JIT_STACKLIMIT ? run(unchecked | PCRE2_NO_JIT) : count;
    }

    const pcre2_code* code_;
    std::string_view text_;
    std::unique_ptr<pcre2_match_data, void (*)(pcre2_match_data*)> match_;
    std::size_t at_ = 0;
    bool hasMatch_ = false; ///< one that ended at at_
    bool isChecked_ = false;
};

std::string gaveUp(std::string_view text, int number)
{
    return "gave up on a text of " + std::to_string(text.size()) + " bytes: " + messageOf(number);
}

constexpr const char* gaveUpHint = "the text may hold a very long run of letters; shorten it or leave its row out";

} // namespace

Result<Regex> Regex::compiled(const std::string& pattern, const std::string& written, std::uint32_t options,
                              const std::string& file, const std::string& place)
{
    int number = 0;
    PCRE2_SIZE offset = 0;
    const std::unique_ptr<pcre2_compile_context, void (*)(pcre2_compile_context*)> context(
        pcre2_compile_context_create(nullptr), pcre2_compile_context_free);
    pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
    pcre2_code* code =
        pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                      PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | options, &number, &offset, context.get());
    if (!code)
        return failure(badInput(file, place,
                                "the pattern " + shortened(written) + " does not compile: " + messageOf(number) +
                                    (pattern == written ? " at its byte " + std::to_string(offset) : "")));
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    return Regex(std::make_shared<const Program>(Program{{code, pcre2_code_free}, written, file, place}));
}

Result<Regex> Regex::compile(const std::string& pattern, const std::string& file, const std::string& place)
{
    return compiled(pattern, pattern, 0, file, place);
}

Result<Regex> Regex::compileOniguruma(const std::string& pattern, const std::string& file, const std::string& place)
{
    const Result<std::string> translated = fromOniguruma(pattern);
    if (!translated)
        return failure(badInput(
            file, place, "the pattern " + shortened(pattern) + " cannot be used: " + translated.error().message));
    return compiled(*translated, pattern, PCRE2_MULTILINE, file, place);
}

Status Regex::forEachMatch(std::string_view text, const Found& found) const
{
    Search search(program_->code.get(), text);
    int count = search.next();
    for (; count >= 0; count = search.next())
        found(search.begin(), search.end());
    if (count != PCRE2_ERROR_NOMATCH)
        return failure(program_->error(gaveUp(text, count), gaveUpHint));
    return {};
}

Result<std::vector<std::string>> Regex::firstGroups(std::string_view text) const
{
    Search search(program_->code.get(), text);
    std::vector<std::string> groups;
    int count = search.next();
    for (; count >= 0; count = search.next()) {
        const std::uint32_t group = count > 1 && search.begin(1) != PCRE2_UNSET ? 1 : 0;
        groups.emplace_back(text.substr(search.begin(group), search.end(group) - search.begin(group)));
    }
    if (count != PCRE2_ERROR_NOMATCH)
        return failure(program_->error(gaveUp(text, count), gaveUpHint));
    return groups;
}

} // namespace hilo
