// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/yaml_subset.h"

#include <cstdint>
#include <vector>

namespace hilo {
namespace {

struct YamlLine
{
    std::size_t indent = 0;
    std::string content; ///< without indentation, comment and blanks at its end
    std::int64_t number = 0;
};

std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r");
    return begin == std::string_view::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

/// Behind the quote that ends what begins at text[at]; npos when none does.
std::size_t behindQuotes(std::string_view text, std::size_t at)
{
    const char quote = text[at];
    for (++at; at < text.size(); ++at) {
        if (quote == '"' && text[at] == '\\')
            ++at;
        else if (text[at] == quote && quote == '\'' && at + 1 < text.size() && text[at + 1] == quote)
            ++at;
        else if (text[at] == quote)
            return at + 1;
    }
    return std::string_view::npos;
}

bool beginsScalar(std::string_view text, std::size_t at)
{
    return at == 0 || std::string_view(" \t[{,:").find(text[at - 1]) != std::string_view::npos;
}

/// Calls see for each character outside of quotes until it says to stop; where that was, or the end.
template <class See>
std::size_t scanOutside(std::string_view text, See see)
{
    for (std::size_t at = 0; at < text.size();) {
        if ((text[at] == '"' || text[at] == '\'') && beginsScalar(text, at)) {
            at = behindQuotes(text, at);
            if (at == std::string_view::npos)
                return text.size();
            continue;
        }
        if (see(at))
            return at;
        ++at;
    }
    return text.size();
}

std::string_view withoutComment(std::string_view text)
{
    return text.substr(0, scanOutside(text, [&](std::size_t at) {
                           return text[at] == '#' && (at == 0 || text[at - 1] == ' ' || text[at - 1] == '\t');
                       }));
}

/// Where the colon stands behind a mapping's key; npos when the text is none.
std::size_t keyEnd(std::string_view text)
{
    if (text.starts_with('[') || text.starts_with('{'))
        return std::string_view::npos;
    const std::size_t at = scanOutside(
        text, [&](std::size_t i) { return text[i] == ':' && (i + 1 == text.size() || text[i + 1] == ' '); });
    return at == text.size() ? std::string_view::npos : at;
}

class YamlReader
{
  public:
    YamlReader(std::string_view text, std::string file, std::int64_t line) : file_(std::move(file))
    {
        for (; !text.empty(); ++line) {
            const std::string_view whole = text.substr(0, text.find('\n'));
            text.remove_prefix(std::min(whole.size() + 1, text.size()));
            const std::string_view content = trimmed(withoutComment(whole));
            if (content.empty())
                continue;
            const std::size_t indent = whole.find_first_not_of(' ');
            if (whole[indent] == '\t' && tabLine_ == 0)
                tabLine_ = line;
            lines_.push_back({indent, std::string(content), line});
        }
    }

    Result<Json> document()
    {
        if (lines_.empty())
            return Json();
        while (tabLine_ > 0 && lines_[at_].number < tabLine_)
            ++at_;
        if (tabLine_ > 0)
            return failure(wrong("a tab stands where blanks indent"));
        HILO_TRY(Json value, block(0));
        if (at_ < lines_.size())
            return failure(wrong("its indentation fits nothing above"));
        return value;
    }

  private:
    Error wrong(const std::string& what) const
    {
        const std::int64_t line = at_ < lines_.size() ? lines_[at_].number : lines_.back().number;
        return badInput(file_, "line " + std::to_string(line), "The YAML is not read here: " + what + ".",
                        "Write it with plain mappings, lists and texts on one line.");
    }

    static bool isItem(const YamlLine& line) { return line.content == "-" || line.content.starts_with("- "); }

    /// The block that begins with the current line.
    Result<Json> block(int depth)
    {
        if (depth > 32)
            return failure(wrong("it is nested more than 32 deep"));
        const YamlLine& line = lines_[at_];
        if (isItem(line))
            return sequence(line.indent, depth);
        if (keyEnd(line.content) != std::string_view::npos)
            return mapping(line.indent, depth);
        HILO_TRY(Json value, scalar(line.content));
        ++at_;
        return value;
    }

    Result<Json> sequence(std::size_t indent, int depth)
    {
        Json items = Json::array();
        while (at_ < lines_.size() && lines_[at_].indent == indent && isItem(lines_[at_])) {
            YamlLine& line = lines_[at_];
            const std::size_t begin = line.content.find_first_not_of(' ', 1);
            if (begin == std::string::npos) {
                ++at_;
                HILO_TRY(Json item, nested(indent, depth, false));
                items.push_back(std::move(item));
                continue;
            }
            // What follows the dash is a block of its own, indented by the dash.
            line.indent += begin;
            line.content.erase(0, begin);
            HILO_TRY(Json item, block(depth + 1));
            items.push_back(std::move(item));
        }
        return items;
    }

    Result<Json> mapping(std::size_t indent, int depth)
    {
        Json object = Json::object();
        while (at_ < lines_.size() && lines_[at_].indent == indent) {
            const std::string content = lines_[at_].content;
            const std::size_t colon = isItem(lines_[at_]) ? std::string_view::npos : keyEnd(content);
            if (colon == std::string_view::npos)
                break;
            HILO_TRY(const Json key, scalar(trimmed(std::string_view(content).substr(0, colon))));
            const std::string name = key.is_string() ? key.get<std::string>() : key.dump();
            if (object.contains(name))
                return failure(wrong("the key \"" + name + "\" stands twice"));
            const std::string_view rest = trimmed(std::string_view(content).substr(colon + 1));
            if (rest.empty()) {
                ++at_;
                HILO_TRY(object[name], nested(indent, depth, true));
                continue;
            }
            HILO_TRY(object[name], scalar(rest));
            ++at_;
            if (at_ < lines_.size() && lines_[at_].indent > indent)
                return failure(wrong("a value goes on over several lines"));
        }
        return object;
    }

    /// What is indented below a key or a dash; a key's list may stand as far left as the key.
    Result<Json> nested(std::size_t indent, int depth, bool isKey)
    {
        if (at_ == lines_.size())
            return Json();
        const YamlLine& line = lines_[at_];
        if (line.indent > indent || (isKey && line.indent == indent && isItem(line)))
            return block(depth + 1);
        return Json();
    }

    Result<Json> scalar(std::string_view text)
    {
        HILO_TRY(Json value, flow(text, 0));
        if (!trimmed(text).empty())
            return failure(wrong("something follows a value"));
        return value;
    }

    /// Takes a value from the text's front.
    Result<Json> flow(std::string_view& text, int depth)
    {
        text = trimmed(text);
        if (depth > 32)
            return failure(wrong("it is nested more than 32 deep"));
        if (text.starts_with('[') || text.starts_with('{'))
            return collection(text, depth);
        if (text.starts_with('"') || text.starts_with('\''))
            return quoted(text);
        if (!text.empty() && std::string_view("&*!|>%@`").find(text[0]) != std::string_view::npos)
            return failure(wrong(text[0] == '*' ? "a text that begins with * belongs into quotes"
                                                : std::string("a value begins with ") + text[0]));
        const std::size_t end = depth == 0 ? text.size() : text.find_first_of(",]}");
        const std::string_view plain = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end, text.size()));
        if (plain.empty() || plain == "null" || plain == "~" || plain == "Null" || plain == "NULL")
            return Json();
        if (plain == "true" || plain == "True" || plain == "TRUE")
            return Json(true);
        if (plain == "false" || plain == "False" || plain == "FALSE")
            return Json(false);
        return Json(std::string(plain));
    }

    Result<Json> collection(std::string_view& text, int depth)
    {
        const bool isList = text[0] == '[';
        const char closing = isList ? ']' : '}';
        Json values = isList ? Json::array() : Json::object();
        text.remove_prefix(1);
        for (;;) {
            text = trimmed(text);
            if (text.empty())
                return failure(wrong("a list in brackets goes on over several lines"));
            if (text[0] == closing) {
                text.remove_prefix(1);
                return values;
            }
            if (isList) {
                HILO_TRY(Json value, flow(text, depth + 1));
                values.push_back(std::move(value));
            } else {
                const std::size_t colon = keyEnd(text);
                if (colon == std::string_view::npos)
                    return failure(wrong("a key in braces has no value"));
                HILO_TRY(const Json key, scalar(text.substr(0, colon)));
                text.remove_prefix(colon + 1);
                HILO_TRY(values[key.is_string() ? key.get<std::string>() : key.dump()], flow(text, depth + 1));
            }
            text = trimmed(text);
            if (text.starts_with(','))
                text.remove_prefix(1);
            else if (!text.starts_with(closing))
                return failure(wrong("a comma or a closing bracket is missing"));
        }
    }

    Result<Json> quoted(std::string_view& text)
    {
        const std::size_t end = behindQuotes(text, 0);
        if (end == std::string_view::npos)
            return failure(wrong("a quoted text goes on over several lines"));
        const std::string_view inside = text.substr(1, end - 2);
        const bool isDouble = text[0] == '"';
        std::string value;
        for (std::size_t i = 0; i < inside.size(); ++i) {
            if (!isDouble) {
                value += inside[i];
                i += inside[i] == '\'' ? 1 : 0;
                continue;
            }
            if (inside[i] != '\\') {
                value += inside[i];
                continue;
            }
            const char next = inside[++i];
            constexpr std::string_view names = "\"\\/nt", values = "\"\\/\n\t";
            const std::size_t known = names.find(next);
            if (known == std::string_view::npos)
                return failure(wrong(std::string("\\") + next + " in a text"));
            value += values[known];
        }
        text.remove_prefix(end);
        return Json(std::move(value));
    }

    std::string file_;
    std::vector<YamlLine> lines_;
    std::size_t at_ = 0;
    std::int64_t tabLine_ = 0; ///< the first one that a tab indents
};

/// The first line of a text, which is cut off it.
std::string_view cutLine(std::string_view& text)
{
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    return line;
}

} // namespace

Result<Json> parseYaml(std::string_view text, const std::string& file, std::int64_t firstLine)
{
    return YamlReader(text, file, firstLine).document();
}

bool hasFrontMatter(std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    return trimmed(cutLine(text)) == "---";
}

Result<Json> frontMatterValue(std::string_view text, std::string_view key, const std::string& file)
{
    if (!hasFrontMatter(text))
        return Json();
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    cutLine(text);
    std::string block;
    std::int64_t firstLine = 0;
    for (std::int64_t line = 2; !text.empty(); ++line) {
        const std::string_view content = cutLine(text);
        const bool isTop = !content.empty() && std::string_view(" \t\r#-").find(content[0]) == std::string_view::npos;
        if (trimmed(content) == "---" || (isTop && firstLine > 0))
            break;
        if (isTop && content.starts_with(key) && content.substr(key.size()).starts_with(':'))
            firstLine = line;
        if (firstLine > 0)
            block += std::string(content) + "\n";
    }
    if (firstLine == 0)
        return Json();
    HILO_TRY(const Json document, parseYaml(block, file, firstLine));
    return document.contains(key) ? document[std::string(key)] : Json();
}

} // namespace hilo
