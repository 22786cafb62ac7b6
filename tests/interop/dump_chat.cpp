// SPDX-License-Identifier: GPL-3.0-or-later
// dump_chat TEMPLATE INPUTS: renders every conversation of a file of JSON lines ({"messages", "tools",
// "add_generation_prompt", "variables", "special"}) by a chat template; a line of JSON each, {"text"} or {"error"}. For
// check_chat_templates.py.
#include "base/atomic_file.h"
#include "tokenizer/chat/chat_template.h"

#include <iostream>
#include <sstream>

namespace {

hilo::Json rendered(const std::string& source, const std::string& file, const std::string& line)
{
    const auto input = hilo::parseJson(line, "inputs");
    if (!input)
        return {{"error", hilo::describe(input.error())}};
    hilo::ChatInput chat;
    chat.messages = (*input)["messages"];
    chat.tools = (*input)["tools"];
    chat.addGenerationPrompt = (*input)["add_generation_prompt"].get<bool>();
    chat.variables = (*input)["variables"];
    const auto parsed =
        hilo::ChatTemplate::parse(source, file, (*input)["special"].get<std::map<std::string, std::string>>());
    if (!parsed)
        return {{"error", hilo::describe(parsed.error())}};
    const auto text = parsed->render(chat);
    return text ? hilo::Json{{"text", *text}} : hilo::Json{{"error", hilo::describe(text.error())}};
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3)
        return 2;
    const auto source = hilo::readFile(argv[1]);
    const auto inputs = hilo::readFile(argv[2]);
    if (!source || !inputs)
        return 3;
    std::istringstream lines(*inputs);
    for (std::string line; std::getline(lines, line);)
        std::cout << rendered(*source, argv[1], line).dump(-1, ' ', false, hilo::Json::error_handler_t::replace)
                  << '\n';
    return 0;
}
