// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/half.h"

#include "base/copy_bytes.h"

#include <cstring>

namespace hilo {
namespace {

template <class Stored, class Convert>
void decode(const TensorView& view, std::span<float> destination, Convert convert)
{
    for (std::size_t i = 0; i < destination.size(); ++i) {
        Stored value;
        std::memcpy(&value, view.bytes.data() + i * sizeof(Stored), sizeof(Stored));
        destination[i] = convert(value);
    }
}

} // namespace

Status decodeToFloat32(const TensorView& view, std::span<float> destination)
{
    const std::string place = "tensor \"" + view.info.name + "\"";
    const auto needed =
        storageBytes(view.info.type == DataType::Unsupported ? DataType::U8 : view.info.type, destination.size());
    if (!needed || *needed != view.bytes.size())
        return failure(badInput(view.info.file, place, "The tensor's size is not what was expected."));
    switch (view.info.type) {
    case DataType::F32:
        copyBytes(destination.data(), view.bytes);
        return {};
    case DataType::F64:
        decode<double>(view, destination, [](double value) { return static_cast<float>(value); });
        return {};
    case DataType::F16:
        decode<std::uint16_t>(view, destination, halfToFloat);
        return {};
    case DataType::BF16:
        decode<std::uint16_t>(view, destination, bfloat16ToFloat);
        return {};
    default:
        return failure(badInput(view.info.file, place,
                                "Weights of type " + view.info.typeName() + " are not supported.",
                                "Supported are F64, F32, F16 and BF16."));
    }
}

} // namespace hilo
