// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/jinja/template.h"

#include <cstdlib>

// A model's chat template is a program that came with its files.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const hilo::Json names = {
        {"messages",
         {{{"role", "system"}, {"content", "Be brief."}},
          {{"role", "user"}, {"content", "na\u00efve"}},
          {{"role", "assistant"},
           {"content", nullptr},
           {"tool_calls", {{{"function", {{"name", "f"}, {"arguments", {{"a", 1}, {"b", 2.5}}}}}}}}},
          {{"role", "tool"}, {"content", "[1, 2]"}}}},
        {"tools", {{{"type", "function"}, {"function", {{"name", "f"}, {"parameters", hilo::Json::object()}}}}}},
        {"add_generation_prompt", true},
        {"bos_token", "<s>"},
        {"eos_token", "</s>"}};
    const auto made = hilo::jinja::Template::parse({reinterpret_cast<const char*>(data), size});
    if (!made)
        return 0;
    // What a template may take at most is tested elsewhere; here many are tried.
    hilo::jinja::Limits limits;
    limits.steps = 100'000;
    limits.outputBytes = std::int64_t{1} << 20;
    limits.memoryBytes = std::int64_t{16} << 20;
    const auto rendered = made->render(names, 1'700'000'000, limits);
    if (!rendered)
        return 0;
    // What the assistant writes are places in the text, in order.
    std::size_t behind = 0;
    for (const auto& [begin, end] : rendered->generated) {
        if (begin < behind || end < begin || end > rendered->text.size())
            std::abort();
        behind = end;
    }
    return 0;
}
