// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion_scripts.h"

#include <algorithm>

namespace hilo::cli {
namespace {

/// Within single quotes of a shell.
std::string shellQuoted(const std::string& text)
{
    std::string result = "'";
    for (const char c : text)
        result += c == '\'' ? std::string("'\\''") : std::string(1, c == '\n' ? ' ' : c);
    return result + "'";
}

/// What may stand behind a command: its sub-commands and the long names of its options.
std::string wordsOf(const CommandNode& node)
{
    std::string words;
    const auto add = [&words](const std::string& word) { words += (words.empty() ? "" : " ") + word; };
    for (const CommandNode& child : node.children)
        add(child.path.back());
    for (const CommandOption& option : node.options)
        for (const std::string& name : option.names)
            add(name);
    return words;
}

std::string joinedWords(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

/// The cases of a shell's `case` over "COMMAND PATH OPTION" that give an option's choices to variable.
std::string choiceCases(const CommandNode& root, const std::string& variable)
{
    std::string text;
    for (const CommandNode* node : flattened(root))
        for (const CommandOption& option : node->options)
            for (const std::string& name : option.names)
                if (!option.choices.empty())
                    text += "    " + shellQuoted(node->name() + " " + name) + ") " + variable + "=" +
                            shellQuoted(joinedWords(option.choices)) + " ;;\n";
    return text;
}

/// The cases over the path of commands that give its words.
std::string wordCases(const CommandNode& root, const std::string& variable)
{
    std::string text;
    for (const CommandNode* node : flattened(root))
        text += "    " + shellQuoted(node->name()) + ") " + variable + "=" + shellQuoted(wordsOf(*node)) + " ;;\n";
    return text;
}

/// "hilo study"|"hilo study new"|…: the paths that are commands.
std::string knownPaths(const CommandNode& root)
{
    std::string text;
    for (const CommandNode* node : flattened(root))
        text += (text.empty() ? "" : "|") + shellQuoted(node->name());
    return text;
}

} // namespace

std::string bashCompletion(const CommandNode& root)
{
    const std::string program = root.path.front();
    return "# bash completion for " + program + "\n_" + program +
           "() {\n"
           "  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} path=" +
           program +
           " words= choices= i\n"
           "  for ((i = 1; i < COMP_CWORD; ++i)); do\n"
           "    case \"$path ${COMP_WORDS[i]}\" in\n"
           "    " +
           knownPaths(root) +
           ") path=\"$path ${COMP_WORDS[i]}\" ;;\n"
           "    esac\n"
           "  done\n"
           "  case \"$path $before\" in\n" +
           choiceCases(root, "choices") +
           "  esac\n"
           "  case \"$path\" in\n" +
           wordCases(root, "words") +
           "  esac\n"
           "  if [ -n \"$choices\" ]; then\n"
           "    COMPREPLY=($(compgen -W \"$choices\" -- \"$current\"))\n"
           "    return\n"
           "  fi\n"
           "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
           "}\n"
           // Where no word fits, a file may stand.
           "complete -o default -F _" +
           program + " " + program + "\n";
}

std::string zshCompletion(const CommandNode& root)
{
    const std::string program = root.path.front();
    std::string text = "#compdef " + program + "\n_" + program +
                       "() {\n"
                       "  local path_=" +
                       program +
                       " choices= i\n"
                       "  local -a found\n"
                       "  for ((i = 2; i < CURRENT; ++i)); do\n"
                       "    case \"$path_ ${words[i]}\" in\n"
                       "    " +
                       knownPaths(root) +
                       ") path_=\"$path_ ${words[i]}\" ;;\n"
                       "    esac\n"
                       "  done\n"
                       "  case \"$path_ ${words[CURRENT-1]}\" in\n" +
                       choiceCases(root, "choices") +
                       "  esac\n"
                       "  if [ -n \"$choices\" ]; then\n"
                       "    compadd -- ${=choices}\n"
                       "    return\n"
                       "  fi\n"
                       "  case \"$path_\" in\n";
    for (const CommandNode* node : flattened(root)) {
        text += "    " + shellQuoted(node->name()) + ") found=(";
        const auto add = [&text](const std::string& name, const std::string& about) {
            std::string escaped;
            for (const char c : name)
                escaped += c == ':' ? std::string("\\:") : std::string(1, c);
            text += " " + shellQuoted(escaped + ":" + about);
        };
        for (const CommandNode& child : node->children)
            add(child.path.back(), child.about);
        for (const CommandOption& option : node->options)
            for (const std::string& name : option.names)
                add(name, option.about);
        text += ") ;;\n";
    }
    return text +
           "  esac\n"
           "  _describe -t commands command found\n"
           "  _files\n"
           "}\n"
           "_" +
           program + " \"$@\"\n";
}

std::string fishCompletion(const CommandNode& root)
{
    const std::string program = root.path.front();
    std::string text = "# fish completion for " + program + "\n";
    for (const CommandNode* node : flattened(root)) {
        std::string condition;
        for (std::size_t i = 1; i < node->path.size(); ++i)
            condition += (condition.empty() ? "" : "; and ") + ("__fish_seen_subcommand_from " + node->path[i]);
        const std::string start = "complete -c " + program;
        std::string others;
        for (const CommandNode& child : node->children)
            others += " " + child.path.back();
        for (const CommandNode& child : node->children)
            text += start + " -f -n " +
                    shellQuoted((condition.empty() ? "" : condition + "; and ") + "not __fish_seen_subcommand_from" +
                                others) +
                    " -a " + child.path.back() + " -d " + shellQuoted(child.about) + "\n";
        for (const CommandOption& option : node->options) {
            if (option.names.empty())
                continue;
            text += start + (condition.empty() ? "" : " -n " + shellQuoted(condition));
            for (const std::string& name : option.names)
                text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
            if (option.takesValue)
                text += option.choices.empty() ? " -r" : " -x -a " + shellQuoted(joinedWords(option.choices));
            text += " -d " + shellQuoted(option.about) + "\n";
        }
    }
    return text;
}

} // namespace hilo::cli
