// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/map.h"
#include "allocation/parameters.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto model = hilo::parseModelConfig({{"model_type", "llama"},
                                                      {"vocab_size", 50},
                                                      {"hidden_size", 64},
                                                      {"num_hidden_layers", 4},
                                                      {"num_attention_heads", 4},
                                                      {"intermediate_size", 96},
                                                      {"max_position_embeddings", 32}},
                                                     "model");
    const auto document = hilo::parseJson({reinterpret_cast<const char*>(data), size}, "input");
    if (!document)
        return 0;
    const auto map = hilo::parseAllocationMap(*document, "input");
    if (!map)
        return 0;
    // What was read can be written, and reads as the same.
    const auto again = hilo::parseAllocationMap(hilo::toJson(*map), "again");
    if (!again || !(*again == *map))
        std::abort();
    if (hilo::validateAllocationMap(*map, *model, "input") && hilo::countParameters(*map, *model).trainable() < 0)
        std::abort();
    return 0;
}
