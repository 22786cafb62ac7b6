// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/quantised_weights.h"
#include "formats/safetensors_weights.h"

#include <algorithm>
#include <cstdlib>

/// config.json, a zero byte, a safetensors file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::uint8_t* end = std::find(data, data + size, std::uint8_t{0});
    if (end == data + size)
        return 0;
    const auto config = hilo::parseJson({reinterpret_cast<const char*>(data), static_cast<std::size_t>(end - data)},
                                        "config.json", hilo::pythonJson);
    if (!config)
        return 0;
    const auto object = hilo::JsonObject::of(*config, "config.json");
    if (!object)
        return 0;
    const auto declared = hilo::declaredQuantisation(*object, "/nowhere");
    if (!declared || !*declared)
        return 0;
    const std::span<const std::uint8_t> rest(end + 1, data + size);
    const auto file = hilo::parseSafetensors(nullptr, std::as_bytes(rest), "input");
    if (!file)
        return 0;
    const auto source = hilo::weightsOf(*file);
    if (!source)
        return 0;
    auto reading = hilo::readQuantised(**source, **declared);
    if (!reading)
        return 0;
    const auto weights = hilo::dequantisedWeights(*source, std::move(reading->weights), true, "lm_head.weight");
    for (const hilo::TensorInfo& tensor : weights->tensors()) {
        if (tensor.type != hilo::DataType::Codes)
            continue;
        std::size_t elements = 1;
        for (const std::int64_t length : tensor.shape)
            elements *= static_cast<std::size_t>(length);
        // The smallest code has one bit.
        if (elements > size * 8)
            std::abort();
        std::vector<float> values(elements);
        (void)weights->readFloat32(tensor.name, values);
    }
    return 0;
}
