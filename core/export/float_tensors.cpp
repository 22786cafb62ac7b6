// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/float_tensors.h"

#include "formats/half.h"

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
    if (view.info.shape != shape)
        return failure(badInput(file, "tensor \"" + view.info.name + "\"",
                                "The shape is " + shapeText(view.info.shape) + ", expected " + shapeText(shape) + ".",
                                hint));
    std::size_t elements = 1;
    for (const std::int64_t size : shape)
        elements *= static_cast<std::size_t>(size);
    std::vector<float> values(elements);
    HILO_CHECK(decodeToFloat32(view, values));
    return values;
}

std::string shapeText(const std::vector<std::int64_t>& shape)
{
    std::string text = "[";
    for (const std::int64_t size : shape)
        text += (text.size() > 1 ? ", " : "") + std::to_string(size);
    return text + "]";
}

} // namespace hilo
