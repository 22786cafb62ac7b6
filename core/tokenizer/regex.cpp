// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace hilo {
namespace {

/// PCRE2 counts U+180E as white space, the engine that the patterns were written for does not.
std::string withoutMongolianSeparator(const std::string& pattern)
{
    static const std::string spaces =
        R"(\x{9}-\x{d}\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000})";
    std::string result;
    bool inClass = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '\\' && i + 1 < pattern.size()) {
            if (pattern[i + 1] == 's')
                result += inClass ? spaces : "[" + spaces + "]";
            else if (pattern[i + 1] == 'S' && !inClass)
                result += "[^" + spaces + "]";
            else
                result += pattern.substr(i, 2);
            ++i;
            continue;
        }
        if (pattern[i] == '[')
            inClass = true;
        else if (pattern[i] == ']')
            inClass = false;
        result += pattern[i];
    }
    return result;
}

} // namespace

Result<Regex> Regex::compile(const std::string& pattern, const std::string& file, const std::string& place)
{
    const std::string adapted = withoutMongolianSeparator(pattern);
    int number = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(adapted.data()), adapted.size(),
                                     PCRE2_UTF | PCRE2_UCP, &number, &offset, nullptr);
    if (!code) {
        PCRE2_UCHAR text[256];
        pcre2_get_error_message(number, text, sizeof text);
        return failure(badInput(file, place,
                                "the pattern does not compile: " + std::string(reinterpret_cast<char*>(text)) +
                                    " at its byte " + std::to_string(offset)));
    }
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    return Regex(std::shared_ptr<const void>(
        code, [](const void* pointer) { pcre2_code_free(static_cast<pcre2_code*>(const_cast<void*>(pointer))); }));
}

void Regex::forEachMatch(std::string_view text, const std::function<void(std::size_t, std::size_t)>& found) const
{
    const auto* code = static_cast<const pcre2_code*>(code_.get());
    const std::unique_ptr<pcre2_match_data, void (*)(pcre2_match_data*)> match(
        pcre2_match_data_create_from_pattern(code, nullptr), pcre2_match_data_free);
    std::size_t at = 0;
    while (at <= text.size()) {
        const int count =
            pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), at, 0, match.get(), nullptr);
        if (count < 0)
            return;
        const PCRE2_SIZE* range = pcre2_get_ovector_pointer(match.get());
        if (range[1] > range[0]) {
            found(range[0], range[1]);
            at = range[1];
        } else {
            // An empty match: go on behind the next character.
            at = range[1] + 1;
            while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80)
                ++at;
        }
    }
}

std::vector<std::string> Regex::firstGroups(std::string_view text) const
{
    const auto* code = static_cast<const pcre2_code*>(code_.get());
    const std::unique_ptr<pcre2_match_data, void (*)(pcre2_match_data*)> match(
        pcre2_match_data_create_from_pattern(code, nullptr), pcre2_match_data_free);
    std::vector<std::string> groups;
    for (std::size_t at = 0; at <= text.size();) {
        const int count =
            pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), at, 0, match.get(), nullptr);
        if (count < 0)
            break;
        const PCRE2_SIZE* range = pcre2_get_ovector_pointer(match.get());
        const int group = count > 1 && range[2] != PCRE2_UNSET ? 1 : 0;
        groups.emplace_back(text.substr(range[2 * group], range[2 * group + 1] - range[2 * group]));
        at = range[1] > range[0] ? range[1] : range[1] + 1;
    }
    return groups;
}

} // namespace hilo
