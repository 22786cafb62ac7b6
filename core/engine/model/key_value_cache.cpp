// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/key_value_cache.h"

#include <algorithm>

namespace hilo {

using torch::Tensor;

KeyValueCache::KeyValueCache(const ModelConfig& config, std::int64_t sequences, torch::Dtype dtype,
                             torch::Device device)
    : layers_(static_cast<std::size_t>(config.layers)), device_(device),
      lengths_(static_cast<std::size_t>(sequences), 0), tokens_(static_cast<std::size_t>(sequences))
{
    const auto options = torch::TensorOptions(dtype).device(device);
    const LinearAttention& net = config.linearAttention;
    for (std::int64_t index = 0; index < config.layers; ++index) {
        const LayerSizes sizes = config.sizesOf(index);
        const bool owns = config.keyValueLayerOf(index) == index;
        Layer& layer = layers_[static_cast<std::size_t>(index)];
        if (net.at(index)) {
            layer.state = torch::zeros({sequences, net.valueHeads, net.keyDimension, net.valueDimension},
                                       options.dtype(torch::kFloat32));
            layer.convolution = torch::zeros({sequences, net.kernel - 1, net.channels()}, options);
            continue;
        }
        layer.keys = torch::empty({sequences, 0, owns ? sizes.keyValueHeads : 0, sizes.headDimension}, options);
        layer.values = layer.keys;
    }
}

std::int64_t KeyValueCache::sequences() const
{
    return static_cast<std::int64_t>(lengths_.size());
}

std::int64_t KeyValueCache::length(std::int64_t sequence) const
{
    return lengths_[static_cast<std::size_t>(sequence)];
}

void KeyValueCache::keep(const std::vector<std::int64_t>& sequences)
{
    std::vector<std::int64_t> lengths;
    std::vector<std::vector<std::int64_t>> seen;
    for (const std::int64_t sequence : sequences) {
        lengths.push_back(length(sequence));
        // A copy: a sequence may be kept more than once.
        seen.push_back(tokens(sequence));
    }
    const Tensor index = torch::tensor(sequences, torch::kInt64).to(device_);
    for (Layer& layer : layers_)
        for (Tensor* tensor : {&layer.keys, &layer.values, &layer.state, &layer.convolution})
            if (tensor->defined())
                *tensor = tensor->index_select(0, index);
    lengths_ = std::move(lengths);
    tokens_ = std::move(seen);
}

std::vector<std::int64_t>& KeyValueCache::tokens(std::int64_t sequence)
{
    return tokens_[static_cast<std::size_t>(sequence)];
}

KeyValueCache::Layer& KeyValueCache::layer(std::int64_t index)
{
    return layers_[static_cast<std::size_t>(index)];
}

void KeyValueCache::reserve(std::int64_t length)
{
    if (length <= capacity_)
        return;
    // Doubling keeps the copies of a long generation linear.
    const std::int64_t grown = std::max(length, 2 * capacity_);
    for (Layer& layer : layers_) {
        for (Tensor* tensor : {&layer.keys, &layer.values}) {
            if (!tensor->defined())
                continue;
            Tensor larger = torch::zeros({tensor->size(0), grown, tensor->size(2), tensor->size(3)}, tensor->options());
            larger.narrow(1, 0, capacity_).copy_(*tensor);
            *tensor = larger;
        }
    }
    capacity_ = grown;
}

void KeyValueCache::setLengths(std::vector<std::int64_t> lengths)
{
    lengths_ = std::move(lengths);
}

} // namespace hilo
