// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/label_text.h"

#include "base/json.h"
#include "data/json_row.h"

#include <algorithm>
#include <charconv>

namespace hilo {
namespace {

std::string lowerCase(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

/// The texts of ["a", "b"] or of Python's ['a', 'b'], numbers included; nothing when it is no list.
Result<std::vector<std::string>> listOf(std::string text)
{
    auto list = parseJson(text, {});
    if (!list) {
        std::replace(text.begin(), text.end(), '\'', '"');
        list = parseJson(text, {});
    }
    HILO_CHECK(list);
    if (!list->is_array())
        return failure(badInput({}, {}, "no list"));
    std::vector<std::string> texts;
    for (const Json& one : *list)
        texts.push_back(scalarText(one));
    return texts;
}

} // namespace

std::string labelSpelling(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return {};
    text = text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
    const auto dot = text.find('.');
    const std::size_t digits = text.starts_with('-') ? 1 : 0;
    const auto isAll = [](std::string_view part, std::string_view allowed) {
        return !part.empty() && part.find_first_not_of(allowed) == std::string_view::npos;
    };
    if (dot != std::string_view::npos && isAll(text.substr(digits, dot - digits), "0123456789") &&
        isAll(text.substr(dot + 1), "0"))
        text = text.substr(0, dot);
    return text == "-0" ? "0" : std::string(text);
}

tl::expected<std::string, std::string> labelOfText(const std::string& column, const std::string& text)
{
    std::string label = labelSpelling(text);
    if (label.size() >= 2 && label.front() == '[' && label.back() == ']') {
        if (const auto list = listOf(label)) {
            if (list->size() > 1)
                return tl::unexpected(severalLabels(column, list->size()));
            label = list->empty() ? "" : labelSpelling(list->front());
        }
    }
    if (label.empty())
        return tl::unexpected("the column \"" + column + "\" is empty, so the row has no label");
    return label;
}

std::string severalLabels(const std::string& column, std::size_t count)
{
    return "the column \"" + column + "\" is a list of " + std::to_string(count) +
           " labels; a row has one (several labels for a row are not supported)";
}

std::string otherSpelling(const std::string& label, const std::vector<std::string>& labels)
{
    const std::string wanted = lowerCase(label);
    for (const std::string& known : labels)
        if (known != label && lowerCase(known) == wanted)
            return known;
    for (const auto& [word, digit] : {std::pair{"true", "1"}, std::pair{"false", "0"}})
        for (const std::string& known : labels)
            if ((wanted == word && known == digit) || (wanted == digit && lowerCase(known) == word))
                return known;
    return {};
}

bool isNumberLabel(const std::string& label)
{
    double value = 0;
    const auto [end, code] = std::from_chars(label.data(), label.data() + label.size(), value);
    return code == std::errc() && end == label.data() + label.size();
}

} // namespace hilo
