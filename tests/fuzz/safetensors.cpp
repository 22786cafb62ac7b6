// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/safetensors.h"
#include "formats/half.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto file = hilo::parseSafetensors(nullptr, std::as_bytes(std::span(data, size)), "input");
    if (!file)
        return 0;
    for (const hilo::TensorView& view : file->tensors) {
        std::size_t elements = 1;
        for (const std::int64_t length : view.info.shape)
            elements *= static_cast<std::size_t>(length);
        // An unknown type may be smaller than a byte; everything else has at least one byte for each element.
        if (view.info.type == hilo::DataType::Unsupported)
            continue;
        if (elements > size)
            std::abort();
        std::vector<float> values(elements);
        (void)hilo::decodeToFloat32(view, values);
    }
    return 0;
}
