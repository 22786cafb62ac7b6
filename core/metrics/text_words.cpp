// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/text_words.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <string_view>

namespace hilo {
namespace {

icu::UnicodeString inSmallLetters(const std::string& text)
{
    return icu::UnicodeString::fromUTF8(text).toLower(icu::Locale::getRoot());
}

constexpr std::string_view signs = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

/// \w of Python's re.
bool isOfWord(UChar32 point)
{
    return u_isalnum(point) || point == '_' || u_getIntPropertyValue(point, UCHAR_NUMERIC_TYPE) != U_NT_NONE;
}

/// Length of the article between borders of words that begins at this place; 0: there is none.
int articleAt(const icu::UnicodeString& text, int at)
{
    if (at > 0 && isOfWord(text.char32At(text.moveIndex32(at, -1))))
        return 0;
    for (const char* article : {"a", "an", "the"}) {
        const icu::UnicodeString word(article);
        if (text.compare(at, word.length(), word) == 0 &&
            (at + word.length() >= text.length() || !isOfWord(text.char32At(at + word.length()))))
            return word.length();
    }
    return 0;
}

void addWord(icu::UnicodeString& word, std::vector<std::string>& words)
{
    if (word.isEmpty())
        return;
    std::string text;
    word.toUTF8String(text);
    words.push_back(std::move(text));
    word.remove();
}

} // namespace

std::vector<std::string> answerWords(const std::string& text)
{
    icu::UnicodeString plain;
    const icu::UnicodeString lowered = inSmallLetters(text);
    for (int at = 0; at < lowered.length(); at = lowered.moveIndex32(at, 1)) {
        const UChar32 point = lowered.char32At(at);
        if (point >= 128 || signs.find(static_cast<char>(point)) == std::string_view::npos)
            plain.append(point);
    }
    std::vector<std::string> words;
    icu::UnicodeString word;
    for (int at = 0; at < plain.length();) {
        // An article next to a sign that is not ASCII's leaves a space: "l’a b" is "l’", "b".
        if (const int length = articleAt(plain, at); length > 0) {
            addWord(word, words);
            at += length;
            continue;
        }
        const UChar32 point = plain.char32At(at);
        if (u_isUWhiteSpace(point) || (point >= 0x1c && point <= 0x1f))
            addWord(word, words);
        else
            word.append(point);
        at = plain.moveIndex32(at, 1);
    }
    addWord(word, words);
    return words;
}

std::vector<std::string> rougeWords(const std::string& text)
{
    std::vector<std::string> words;
    std::string word;
    const icu::UnicodeString lowered = inSmallLetters(text);
    for (int at = 0; at <= lowered.length(); ++at) {
        const char16_t unit = at < lowered.length() ? lowered[at] : u' ';
        if ((unit >= u'a' && unit <= u'z') || (unit >= u'0' && unit <= u'9')) {
            word += static_cast<char>(unit);
        } else if (!word.empty()) {
            words.push_back(word);
            word.clear();
        }
    }
    return words;
}

} // namespace hilo
