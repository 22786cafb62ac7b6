// SPDX-License-Identifier: GPL-3.0-or-later
#include "manual_pages.h"

#include <algorithm>
#include <cctype>
#include <cstdio>

namespace hilo::cli {
namespace {

/// The code point that begins at i, in hexadecimal as roff names it; i is moved to its last byte.
std::string codePoint(const std::string& text, std::size_t& i)
{
    const auto byte = [&text](std::size_t at) { return static_cast<unsigned char>(at < text.size() ? text[at] : 0); };
    const int more = byte(i) >= 0xF0 ? 3 : byte(i) >= 0xE0 ? 2 : 1;
    unsigned value = byte(i) & (0x3Fu >> more);
    for (int k = 0; k < more; ++k)
        value = value << 6 | (byte(++i) & 0x3Fu);
    char name[16];
    std::snprintf(name, sizeof name, "%04X", value);
    return name;
}

/// Text of roff: no escape, no request, hyphens that can be copied.
std::string roff(const std::string& text)
{
    std::string result;
    bool atStart = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (atStart && (c == '.' || c == '\''))
            result += "\\&";
        atStart = c == '\n';
        if (static_cast<unsigned char>(c) >= 0x80)
            result += "\\[u" + codePoint(text, i) + "]";
        else if (c == '\\')
            result += "\\e";
        else if (c == '-')
            result += "\\-";
        else
            result += c;
    }
    return result;
}

std::string valueName(const CommandOption& option)
{
    if (option.choices.empty())
        return "VALUE";
    std::string words;
    for (const std::string& word : option.choices)
        words += (words.empty() ? "" : "|\\:") + roff(word); // a line may end behind each
    return words;
}

std::string synopsis(const CommandNode& node)
{
    std::string text = ".B " + roff(node.name()) + "\n";
    if (!node.children.empty())
        text += ".I COMMAND\n";
    for (const CommandOption& option : node.options)
        if (!option.positional.empty())
            text +=
                (option.isRequired ? ".I " : ".RI [ ") + roff(option.positional) + (option.isRequired ? "\n" : " ]\n");
    return text + ".RI [ OPTION .\\|.\\|. ]\n";
}

std::string optionText(const CommandOption& option)
{
    std::string text = ".TP\n";
    if (!option.positional.empty())
        return text + ".I " + roff(option.positional) + "\n" + roff(option.about) + "\n";
    std::string names;
    for (const std::string& name : option.names)
        names += (names.empty() ? "" : "\\fR, \\fB") + roff(name);
    text += "\\fB" + names + "\\fR" + (option.takesValue ? " \\fI" + valueName(option) + "\\fR" : "") + "\n";
    return text + roff(option.about.empty() ? "(no description)" : option.about) + "\n";
}

std::string pageOf(const CommandNode& node, const CommandNode& root, const std::string& version,
                   const std::string& date)
{
    std::string title = node.name('-');
    std::transform(title.begin(), title.end(), title.begin(), [](unsigned char c) { return std::toupper(c); });
    std::string text =
        ".TH " + roff(title) + " 1 \"" + date + "\" \"HILO Workbench " + version + "\" \"User Commands\"\n";
    // Words and paths are too long for even lines.
    text += ".ad l\n.nh\n.SH NAME\n" + roff(node.name('-')) + " \\- " + roff(node.about) + "\n";
    text += ".SH SYNOPSIS\n" + synopsis(node);
    if (!node.children.empty()) {
        text += ".SH COMMANDS\n";
        for (const CommandNode& child : node.children)
            text += ".TP\n.BR " + roff(child.name('-')) + " (1)\n" + roff(child.about) + "\n";
    }
    text += ".SH OPTIONS\n";
    for (const CommandOption& option : node.options)
        text += optionText(option);
    if (&node != &root)
        text += ".PP\nThe options of\n.BR " + roff(root.name()) + " (1)\nare taken, too.\n";
    text += ".SH EXIT STATUS\n"
            ".TP\n0\nsuccess\n.TP\n2\nwrong usage\n.TP\n3\nbad input: a file or value that cannot be used\n"
            ".TP\n4\nnot enough memory or disk\n.TP\n5\nan internal error\n.TP\n130\nended by the user\n";
    return text + ".SH SEE ALSO\n.BR hilo\\-workbench (1)" +
           (&node == &root ? "" : ",\n.BR " + roff(root.name()) + " (1)") + "\n";
}

} // namespace

std::vector<std::pair<std::string, std::string>> manualPages(const CommandNode& root, const std::string& version,
                                                             const std::string& date)
{
    std::vector<std::pair<std::string, std::string>> pages;
    for (const CommandNode* node : flattened(root))
        pages.emplace_back(node->name('-') + ".1", pageOf(*node, root, version, date));
    return pages;
}

} // namespace hilo::cli
