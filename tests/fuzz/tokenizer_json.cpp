// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/tokenizer.h"

#include "input_folder.h"

#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const hilo::fuzz::InputFolder folder("tokenizer_json");
    // What has ranks is a tekken.json.
    const bool tekken =
        std::string_view(reinterpret_cast<const char*>(data), size).find("token_bytes") != std::string_view::npos;
    const auto tokenizer = hilo::Tokenizer::load(folder.write(tekken ? "tekken.json" : "tokenizer.json", data, size));
    if (!tokenizer)
        return 0;
    const std::string text = "Hello world, it's 12345!\n  na\u00efve \xff\xf0\x9f\x99\x82 <s> [INST]";
    if (const auto ids = (*tokenizer)->encode(text, true))
        (void)(*tokenizer)->decode(*ids, false);
    return 0;
}
