// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_vocabulary.h"
#include "export/tokenizer_files.h"
#include "tokenizer/stream_decoder.h"
#include "tokenizer/tokenizer.h"

#include "input_folder.h"

#include <algorithm>

// A GGUF file's tokenizer at work; the target gguf reads everything else of such a file.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const hilo::fuzz::InputFolder folder("gguf_vocabulary");
    const auto file = folder.write("input.gguf", data, size);
    const auto vocabulary = hilo::readGgufVocabulary(file);
    if (!vocabulary)
        return 0;
    (void)hilo::tokenizerJson(*vocabulary, "input");
    const auto tokenizer = hilo::Tokenizer::load(file);
    if (!tokenizer)
        return 0;
    const std::string text = "Hello world, it's 12345!\n  na\u00efve \xff\xf0\x9f\x99\x82 <s> [INST]";
    const auto ids = (*tokenizer)->encode(text, true);
    const std::int64_t end = (*tokenizer)->vocabularySize();
    if (!ids)
        return 0;
    if (!std::all_of(ids->begin(), ids->end(), [end](std::int32_t id) { return id >= 0 && id < end; }))
        std::abort();
    (void)(*tokenizer)->decode(*ids, false);
    hilo::StreamDecoder decoder(*tokenizer);
    for (const std::int32_t id : *ids)
        (void)decoder.push(id);
    (void)decoder.finish();
    return 0;
}
