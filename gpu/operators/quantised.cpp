// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpu/operators/quantised.h"

#include "gpu/operators/call.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace hilo::gpu {
namespace {

using torch::Tensor;

float largestOf(const float* values, std::int64_t count)
{
    float largest = 0;
    for (std::int64_t i = 0; i < count; ++i)
        largest = std::max(largest, std::fabs(values[i]));
    return largest;
}

/// The nearest entry of an ascending map of 256.
std::uint8_t nearest(const float* map, float value)
{
    const float* const above = std::lower_bound(map, map + 256, value);
    if (above == map)
        return 0;
    if (above == map + 256)
        return 255;
    const float* const below = above - 1;
    return static_cast<std::uint8_t>((value - *below <= *above - value ? below : above) - map);
}

/// Scales of scales: the blocks' largest values less their mean, in 8 bits of a map with a scale for each 256.
void quantiseScales(const std::vector<float>& largest, QuantisedWeight& weight)
{
    const auto blocks = static_cast<std::int64_t>(largest.size());
    weight.table = torch::zeros({nf4Table}, torch::kFloat32);
    float* const table = weight.table.data_ptr<float>();
    fillDynamicMap(table);
    double sum = 0;
    for (const float value : largest)
        sum += value;
    table[nf4Offset] = blocks > 0 ? static_cast<float>(sum / static_cast<double>(blocks)) : 0;
    for (int code = 0; code < 16; ++code)
        table[nf4Levels + code] = nf4Level(code);
    weight.scaleCodes = torch::empty({blocks}, torch::kUInt8);
    weight.scaleScales = torch::empty({(blocks + nf4ScaleBlock - 1) / nf4ScaleBlock}, torch::kFloat32);
    for (std::int64_t first = 0; first < blocks; first += nf4ScaleBlock) {
        const std::int64_t count = std::min<std::int64_t>(nf4ScaleBlock, blocks - first);
        float scale = 0;
        for (std::int64_t i = first; i < first + count; ++i)
            scale = std::max(scale, std::fabs(largest[static_cast<std::size_t>(i)] - table[nf4Offset]));
        weight.scaleScales.data_ptr<float>()[first / nf4ScaleBlock] = scale;
        for (std::int64_t i = first; i < first + count; ++i) {
            const float centred = largest[static_cast<std::size_t>(i)] - table[nf4Offset];
            weight.scaleCodes.data_ptr<std::uint8_t>()[i] = nearest(table, scale > 0 ? centred / scale : 0);
        }
    }
}

void quantiseNf4(const float* values, std::int64_t count, QuantisedWeight& weight)
{
    const std::int64_t blocks = (count + nf4Block - 1) / nf4Block;
    weight.codes = torch::empty({(count + 1) / 2}, torch::kUInt8);
    std::uint8_t* const codes = weight.codes.data_ptr<std::uint8_t>();
    std::vector<float> largest(static_cast<std::size_t>(blocks));
    std::array<float, 15> middles{};
    for (int code = 0; code < 15; ++code)
        middles[static_cast<std::size_t>(code)] = (nf4Level(code) + nf4Level(code + 1)) / 2;
    at::parallel_for(0, blocks, 64, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t block = begin; block < end; ++block) {
            const std::int64_t first = block * nf4Block;
            const std::int64_t size = std::min<std::int64_t>(nf4Block, count - first);
            const float scale = largestOf(values + first, size);
            largest[static_cast<std::size_t>(block)] = scale;
            const float inverse = scale > 0 ? 1 / scale : 0;
            for (std::int64_t i = 0; i < size; i += 2) {
                const auto codeOf = [&](std::int64_t place) {
                    if (place >= size)
                        return 7; // zero
                    const float value = values[first + place] * inverse;
                    return static_cast<int>(std::lower_bound(middles.begin(), middles.end(), value) - middles.begin());
                };
                codes[(first + i) / 2] = static_cast<std::uint8_t>(codeOf(i) << 4 | codeOf(i + 1));
            }
        }
    });
    quantiseScales(largest, weight);
}

void quantiseRows(const float* values, QuantisedWeight& weight)
{
    weight.codes = torch::empty({weight.rows, weight.columns}, torch::kUInt8);
    weight.scaleScales = torch::empty({weight.rows}, torch::kFloat32);
    std::uint8_t* const codes = weight.codes.data_ptr<std::uint8_t>();
    float* const scales = weight.scaleScales.data_ptr<float>();
    const bool isInt8 = weight.format == WeightFormat::Int8;
    at::parallel_for(0, weight.rows, 16, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row) {
            const float* const source = values + row * weight.columns;
            std::uint8_t* const target = codes + row * weight.columns;
            const float scale = largestOf(source, weight.columns) / (isInt8 ? 127.0f : 448.0f);
            scales[row] = scale;
            const float inverse = scale > 0 ? 1 / scale : 0;
            for (std::int64_t i = 0; i < weight.columns; ++i) {
                const float value = source[i] * inverse;
                target[i] = isInt8 ? static_cast<std::uint8_t>(
                                         static_cast<std::int8_t>(std::clamp(std::nearbyint(value), -127.0f, 127.0f)))
                                   : floatToE4m3(value);
            }
        }
    });
}

} // namespace

QuantisedWeight QuantisedWeight::to(torch::Device device) const
{
    QuantisedWeight moved = *this;
    for (Tensor* tensor : {&moved.codes, &moved.scaleCodes, &moved.scaleScales, &moved.table})
        if (tensor->defined())
            *tensor = tensor->to(device);
    return moved;
}

std::int64_t QuantisedWeight::bytes() const
{
    std::int64_t sum = 0;
    for (const Tensor& tensor : {codes, scaleCodes, scaleScales, table})
        if (tensor.defined())
            sum += static_cast<std::int64_t>(tensor.nbytes());
    return sum;
}

QuantisedWeight quantise(const Tensor& weight, WeightFormat format)
{
    TORCH_CHECK(weight.dim() == 2 && weight.device().is_cpu(), "only matrices on the CPU can be quantised");
    const Tensor wide = weight.detach().to(torch::kFloat32).contiguous();
    QuantisedWeight result;
    result.format = format;
    result.rows = wide.size(0);
    result.columns = wide.size(1);
    if (format == WeightFormat::Nf4)
        quantiseNf4(wide.data_ptr<float>(), wide.numel(), result);
    else
        quantiseRows(wide.data_ptr<float>(), result);
    return result;
}

Tensor dequantise(const QuantisedWeight& weight, torch::Dtype type)
{
    static const auto call =
        operatorOf<Tensor(const Tensor&, const OptionalTensor&, const Tensor&, const OptionalTensor&, std::int64_t,
                          std::int64_t, std::int64_t, std::int64_t)>("hilo::dequantise");
    return call.call(weight.codes, optional(weight.scaleCodes), weight.scaleScales, optional(weight.table),
                     static_cast<std::int64_t>(weight.format), weight.rows, weight.columns,
                     static_cast<std::int64_t>(type));
}

Tensor quantisedLinear(const Tensor& x, const QuantisedWeight& weight)
{
    static const auto call =
        operatorOf<Tensor(const Tensor&, const Tensor&, const OptionalTensor&, const Tensor&, const OptionalTensor&,
                          std::int64_t, std::int64_t, std::int64_t, bool)>("hilo::quantised_linear");
    return call.call(x, weight.codes, optional(weight.scaleCodes), weight.scaleScales, optional(weight.table),
                     static_cast<std::int64_t>(weight.format), weight.rows, weight.columns, false);
}

} // namespace hilo::gpu
