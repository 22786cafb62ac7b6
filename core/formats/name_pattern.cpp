// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/name_pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace hilo {
namespace {

constexpr std::size_t longestPattern = 4096;
constexpr std::uint32_t mostMatchSteps = 100'000;
constexpr std::uint32_t mostMatchMemory = 16 << 10; // KiB

} // namespace

struct NamePattern::Program
{
    std::string file, place;
    std::unique_ptr<pcre2_code, void (*)(pcre2_code*)> code{nullptr, pcre2_code_free};
};

Result<NamePattern> NamePattern::of(const std::string& pattern, const std::string& file, const std::string& place)
{
    auto program = std::make_shared<Program>();
    program->file = file;
    program->place = place;
    if (pattern.size() > longestPattern)
        return failure(badInput(file, place,
                                "The pattern has " + std::to_string(pattern.size()) + " characters; at most " +
                                    std::to_string(longestPattern) + " are allowed."));
    int error = 0;
    PCRE2_SIZE position = 0;
    program->code.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(), PCRE2_ANCHORED,
                                      &error, &position, nullptr));
    if (!program->code) {
        PCRE2_UCHAR text[256];
        pcre2_get_error_message(error, text, sizeof text);
        return failure(badInput(file, place,
                                "\"" + pattern + "\" is no regular expression: " + reinterpret_cast<char*>(text) +
                                    ", at character " + std::to_string(position) + "."));
    }
    NamePattern result;
    result.program_ = std::move(program);
    return result;
}

Result<bool> NamePattern::matches(const std::string& name) const
{
    const std::unique_ptr<pcre2_match_context, void (*)(pcre2_match_context*)> context(
        pcre2_match_context_create(nullptr), pcre2_match_context_free);
    const std::unique_ptr<pcre2_match_data, void (*)(pcre2_match_data*)> data(
        pcre2_match_data_create_from_pattern(program_->code.get(), nullptr), pcre2_match_data_free);
    if (!context || !data)
        return failure(noSpace("There is no memory to compare names with a pattern."));
    pcre2_set_match_limit(context.get(), mostMatchSteps);
    pcre2_set_depth_limit(context.get(), mostMatchSteps);
    pcre2_set_heap_limit(context.get(), mostMatchMemory);
    const int found = pcre2_match(program_->code.get(), reinterpret_cast<PCRE2_SPTR>(name.data()), name.size(), 0, 0,
                                  data.get(), context.get());
    if (found < 0 && found != PCRE2_ERROR_NOMATCH)
        return failure(badInput(program_->file, program_->place, "The pattern needs too many steps for a name."));
    return found >= 0;
}

} // namespace hilo
