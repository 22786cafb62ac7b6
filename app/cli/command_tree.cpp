// SPDX-License-Identifier: GPL-3.0-or-later
#include "command_tree.h"

namespace hilo::cli {
namespace {

/// The words of "{a,b}", which CLI11 makes of CLI::IsMember; empty where the type is something else.
std::vector<std::string> choicesOf(const std::string& type)
{
    const auto open = type.find('{'), close = type.rfind('}');
    std::vector<std::string> words;
    if (open == std::string::npos || close == std::string::npos || close < open)
        return words;
    std::string word;
    for (const char c : type.substr(open + 1, close - open - 1) + ",") {
        if (c != ',')
            word += c;
        else if (!word.empty())
            words.push_back(std::exchange(word, {}));
    }
    return words;
}

CommandOption optionOf(const CLI::Option& option)
{
    CommandOption found;
    for (const std::string& name : option.get_snames())
        found.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames())
        found.names.push_back("--" + name);
    if (option.get_positional())
        found.positional = option.get_name(true);
    found.about = option.get_description();
    found.takesValue = option.get_items_expected_max() > 0;
    found.isRequired = option.get_required();
    found.choices = choicesOf(option.get_type_name());
    return found;
}

CommandNode nodeOf(const CLI::App& app, std::vector<std::string> path)
{
    path.push_back(app.get_name());
    CommandNode node{std::move(path), app.get_description(), {}, {}};
    for (const CLI::Option* option : app.get_options())
        if (!option->get_group().empty())
            node.options.push_back(optionOf(*option));
    for (const CLI::App* child : app.get_subcommands([](const CLI::App*) { return true; }))
        if (!child->get_name().empty() && !child->get_group().empty())
            node.children.push_back(nodeOf(*child, node.path));
    return node;
}

} // namespace

std::string CommandNode::name(char between) const
{
    std::string text;
    for (const std::string& word : path)
        text += (text.empty() ? "" : std::string(1, between)) + word;
    return text;
}

CommandNode commandTree(const CLI::App& program)
{
    return nodeOf(program, {});
}

std::vector<const CommandNode*> flattened(const CommandNode& root)
{
    std::vector<const CommandNode*> all{&root};
    for (const CommandNode& child : root.children)
        for (const CommandNode* node : flattened(child))
            all.push_back(node);
    return all;
}

} // namespace hilo::cli
