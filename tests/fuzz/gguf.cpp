// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/expected_tensors.h"
#include "formats/gguf_config.h"
#include "formats/gguf_vocabulary.h"
#include "formats/gguf_weights.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto file = hilo::parseGguf(nullptr, std::as_bytes(std::span(data, size)), "input");
    if (!file)
        return 0;
    (void)hilo::ggufVocabulary(*file);
    const auto config = hilo::ggufModelConfig(*file);
    if (!config)
        return 0;
    (void)hilo::parameterCount(*config);
    const auto weights = hilo::ggufWeights(*file, *config);
    if (!weights)
        return 0;
    for (const hilo::TensorInfo& tensor : (*weights)->tensors()) {
        std::size_t elements = 1;
        for (const std::int64_t length : tensor.shape)
            elements *= static_cast<std::size_t>(length);
        if (tensor.type == hilo::DataType::Unsupported)
            continue;
        // The smallest block holds 32 elements in 18 bytes.
        if (elements > size * 2)
            std::abort();
        std::vector<float> values(elements);
        (void)(*weights)->view(tensor.name);
        (void)(*weights)->readFloat32(tensor.name, values);
    }
    return 0;
}
