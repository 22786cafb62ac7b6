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

constexpr std::size_t longestHeld = std::size_t{16} << 20;

} // namespace

std::string TextDecoder::linePlace(std::string_view text, std::size_t byte) const
{
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size()));
    return "line " + std::to_string(1 + lines_ + std::count(text.begin(), end, '\n'));
}

void TextDecoder::chooseEncoding()
{
    chosen_ = true;
    for (std::size_t i = 0; i < std::size(wideEncodings); ++i) {
        if (!bytes_.starts_with(wideEncodings[i].mark))
            continue;
        wide_ = static_cast<int>(i);
        at_ = wideEncodings[i].mark.size();
        bytes_.erase(0, at_);
        return;
    }
    if (bytes_.starts_with("\xEF\xBB\xBF"))
        bytes_.erase(0, 3);
}

Status TextDecoder::decodeWide(bool isEnd)
{
    const WideEncoding& encoding = wideEncodings[wide_];
    const auto broken = [&](std::size_t byte) {
        return failure(
            badInput(file_, "byte " + std::to_string(at_ + byte),
                     std::string("the text begins with the mark of ") + encoding.name + " and is none at this place",
                     "is the file complete? Convert it to UTF-8."));
    };
    const auto unit = [&](std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < encoding.width; ++i) {
            const std::size_t byte = encoding.lowFirst ? encoding.width - 1 - i : i;
            value = value << 8 | static_cast<unsigned char>(bytes_[at + byte]);
        }
        return value;
    };
    std::size_t at = 0;
    for (; at < bytes_.size(); at += encoding.width) {
        if (bytes_.size() - at < encoding.width) {
            if (isEnd)
                return broken(at);
            break;
        }
        std::uint32_t point = unit(at);
        const bool leads = encoding.width == 2 && point >= 0xD800 && point < 0xDC00;
        if (leads && bytes_.size() - at < 4 && !isEnd)
            break;
        if (leads && bytes_.size() - at >= 4) {
            const std::uint32_t second = unit(at + 2);
            if (second < 0xDC00 || second > 0xDFFF)
                return broken(at);
            point = 0x10000 + ((point - 0xD800) << 10) + (second - 0xDC00);
            at += 2;
        } else if ((point >= 0xD800 && point < 0xE000) || point > 0x10FFFF) {
            return broken(at);
        }
        utf8::append(held_, point);
    }
    bytes_.erase(0, at);
    at_ += at;
    return {};
}

Status TextDecoder::decodeNarrow(bool isEnd)
{
    const std::size_t whole = bytes_.size() - (isEnd ? 0 : utf8::incompleteTail(bytes_));
    const std::string_view text = std::string_view(bytes_).substr(0, whole);
    const bool isPlain = std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
    if (!isPlain) {
        if (const std::size_t byte = validUtf8Length(text); byte < text.size())
            return failure(badInput(file_, linePlace(text, byte),
                                    "the text is not UTF-8 at byte " + std::to_string(at_ + byte),
                                    "convert the file, for example: iconv -f latin1 -t utf8"));
    }
    held_ += text;
    at_ += whole;
    bytes_.erase(0, whole);
    return {};
}

void TextDecoder::handOut(bool isEnd, std::string& text)
{
    if (!knowsLineEnds_) {
        const bool hasLineFeed = held_.find('\n') != std::string::npos;
        isMacintosh_ = !hasLineFeed && (isEnd || held_.size() > longestHeld);
        knowsLineEnds_ = hasLineFeed || isMacintosh_;
    }
    if (!knowsLineEnds_)
        return;
    if (isMacintosh_)
        std::replace(held_.begin(), held_.end(), '\r', '\n');
    lines_ += std::count(held_.begin(), held_.end(), '\n');
    if (text.empty())
        text.swap(held_);
    else
        text += held_;
    held_.clear();
}

Status TextDecoder::decode(std::string_view bytes, bool isEnd, std::string& text)
{
    bytes_ += bytes;
    if (!chosen_ && bytes_.size() < 4 && !isEnd)
        return {};
    if (!chosen_)
        chooseEncoding();
    const std::size_t from = held_.size();
    HILO_CHECK(wide_ >= 0 ? decodeWide(isEnd) : decodeNarrow(isEnd));
    if (const std::size_t zero = held_.find('\0', from); zero != std::string::npos)
        return failure(badInput(file_, linePlace(held_, zero), "the text holds a zero byte, so it is no UTF-8 text",
                                "is it UTF-16 without a mark (iconv -f utf-16le -t utf8), or a binary file?"));
    handOut(isEnd, text);
    return {};
}

} // namespace hilo
