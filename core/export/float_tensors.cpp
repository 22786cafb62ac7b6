// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/float_tensors.h"

#include "formats/half.h"

#include <algorithm>
#include <cmath>

namespace hilo {

void FloatTensors::add(std::string name, std::vector<std::int64_t> shape, std::vector<float> values)
{
    values_.push_back(std::move(values));
    entries_.push_back(
        {std::move(name), std::move(shape), DataType::F32, std::as_bytes(std::span<const float>(values_.back()))});
}

Result<std::vector<float>> floatTensor(const TensorView& view, const std::vector<std::int64_t>& shape,
                                       const std::string& file, const std::string& hint)
{
    const std::string place = "tensor \"" + view.info.name + "\"";
    if (std::find(view.info.shape.begin(), view.info.shape.end(), 0) != view.info.shape.end())
        return failure(badInput(file, place,
                                "The tensor has no elements; its shape is " + shapeText(view.info.shape) +
                                    ", expected " + shapeText(shape) + ".",
                                "DeepSpeed's ZeRO-3 leaves such tensors where the weights were not gathered before "
                                "they were saved; gather them (zero_to_fp32.py) and save again."));
    if (view.info.shape != shape)
        return failure(badInput(
            file, place, "The shape is " + shapeText(view.info.shape) + ", expected " + shapeText(shape) + ".", hint));
    std::size_t elements = 1;
    for (const std::int64_t size : shape)
        elements *= static_cast<std::size_t>(size);
    std::vector<float> values(elements);
    HILO_CHECK(decodeToFloat32(view, values));
    const auto odd = std::find_if(values.begin(), values.end(), [](float value) { return !std::isfinite(value); });
    if (odd != values.end())
        return failure(badInput(file, place,
                                "Number " + std::to_string(odd - values.begin()) + " of it is " +
                                    (std::isnan(*odd) ? "not a number (NaN)." : "infinite."),
                                "The adapter was damaged in training; take an earlier checkpoint."));
    return values;
}

} // namespace hilo
