// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/text_encoding.h"

#include "base/valid_utf8.h"
#include "tokenizer/utf8.h"

#include <algorithm>
#include <string_view>

namespace hilo {
namespace {

using namespace std::string_view_literals;

struct WideEncoding
{
    std::string_view mark;
    const char* name;
    std::size_t width; ///< bytes of a unit
    bool lowFirst;
};

/// The mark of UTF-32 LE begins with that of UTF-16 LE, so it is looked for first.
constexpr WideEncoding wideEncodings[] = {{"\xFF\xFE\0\0"sv, "UTF-32", 4, true},
                                          {"\0\0\xFE\xFF"sv, "UTF-32", 4, false},
                                          {"\xFF\xFE"sv, "UTF-16", 2, true},
                                          {"\xFE\xFF"sv, "UTF-16", 2, false}};

Result<std::string> fromWide(std::string_view bytes, const WideEncoding& encoding, const std::string& file)
{
    const auto broken = [&](std::size_t byte) {
        return failure(
            badInput(file, "byte " + std::to_string(byte),
                     std::string("the text begins with the mark of ") + encoding.name + " and is none at this place",
                     "is the file complete? Convert it to UTF-8."));
    };
    const auto unit = [&](std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < encoding.width; ++i) {
            const std::size_t byte = encoding.lowFirst ? encoding.width - 1 - i : i;
            value = value << 8 | static_cast<unsigned char>(bytes[at + byte]);
        }
        return value;
    };
    std::string text;
    for (std::size_t at = encoding.mark.size(); at < bytes.size(); at += encoding.width) {
        if (bytes.size() - at < encoding.width)
            return broken(at);
        std::uint32_t point = unit(at);
        const bool leads = point >= 0xD800 && point < 0xDC00;
        if (encoding.width == 2 && leads && bytes.size() - at >= 4) {
            const std::uint32_t second = unit(at + 2);
            if (second < 0xDC00 || second > 0xDFFF)
                return broken(at);
            point = 0x10000 + ((point - 0xD800) << 10) + (second - 0xDC00);
            at += 2;
        } else if ((point >= 0xD800 && point < 0xE000) || point > 0x10FFFF) {
            return broken(at);
        }
        utf8::append(text, point);
    }
    return text;
}

std::string lineOf(std::string_view text, std::size_t byte)
{
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size()));
    return "line " + std::to_string(1 + std::count(text.begin(), end, '\n'));
}

} // namespace

Result<std::string> textOfBytes(std::string bytes, const std::string& file)
{
    std::string text;
    const auto* const wide =
        std::find_if(std::begin(wideEncodings), std::end(wideEncodings),
                     [&](const WideEncoding& encoding) { return bytes.starts_with(encoding.mark); });
    if (wide != std::end(wideEncodings)) {
        HILO_TRY(text, fromWide(bytes, *wide, file));
    } else {
        text = std::move(bytes);
        if (text.starts_with("\xEF\xBB\xBF"))
            text.erase(0, 3);
        if (const std::size_t byte = validUtf8Length(text); byte < text.size())
            return failure(badInput(file, lineOf(text, byte), "the text is not UTF-8 at byte " + std::to_string(byte),
                                    "convert the file, for example: iconv -f latin1 -t utf8"));
    }
    if (const std::size_t zero = text.find('\0'); zero != std::string::npos)
        return failure(badInput(file, lineOf(text, zero), "the text holds a zero byte, so it is no UTF-8 text",
                                "is it UTF-16 without a mark (iconv -f utf-16le -t utf8), or a binary file?"));
    if (text.find('\n') == std::string::npos)
        std::replace(text.begin(), text.end(), '\r', '\n');
    return text;
}

} // namespace hilo
