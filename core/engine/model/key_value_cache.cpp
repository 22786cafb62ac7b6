// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/key_value_cache.h"

#include <algorithm>
#include <utility>

namespace hilo {

using torch::Tensor;

KeyValueCache::KeyValueCache(const ModelConfig& config, std::int64_t sequences, torch::Dtype dtype,
                             torch::Device device)
    : layers_(static_cast<std::size_t>(config.layers)), device_(device), used_(sequences),
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
        layer.keys = torch::empty({sequences, owns ? sizes.keyValueHeads : 0, 0, sizes.headDimension}, options);
        layer.values = layer.keys;
    }
}

std::int64_t KeyValueCache::sequences() const
{
    return used_;
}

void KeyValueCache::use(std::int64_t sequences)
{
    used_ = sequences;
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
    used_ = static_cast<std::int64_t>(lengths_.size());
}

void KeyValueCache::swap(std::int64_t one, std::int64_t other)
{
    if (one == other)
        return;
    const std::int64_t longest = std::max(length(one), length(other));
    const auto exchange = [](Tensor a, Tensor b) {
        const Tensor kept = a.clone();
        a.copy_(b);
        b.copy_(kept);
    };
    for (Layer& layer : layers_) {
        for (Tensor* tensor : {&layer.keys, &layer.values})
            if (tensor->defined() && tensor->numel() > 0)
                exchange(tensor->select(0, one).narrow(1, 0, longest), tensor->select(0, other).narrow(1, 0, longest));
        for (Tensor* tensor : {&layer.state, &layer.convolution})
            if (tensor->defined())
                exchange(tensor->select(0, one), tensor->select(0, other));
    }
    std::swap(lengths_[static_cast<std::size_t>(one)], lengths_[static_cast<std::size_t>(other)]);
    std::swap(tokens_[static_cast<std::size_t>(one)], tokens_[static_cast<std::size_t>(other)]);
}

void KeyValueCache::copyBeginning(std::int64_t from, std::int64_t to, std::int64_t length)
{
    for (Layer& layer : layers_)
        for (Tensor* tensor : {&layer.keys, &layer.values})
            if (tensor->defined() && tensor->numel() > 0)
                tensor->select(0, to).narrow(1, 0, length).copy_(tensor->select(0, from).narrow(1, 0, length));
    lengths_[static_cast<std::size_t>(to)] = length;
    tokens_[static_cast<std::size_t>(to)] = tokens_[static_cast<std::size_t>(from)];
    cut(to, length);
}

void KeyValueCache::cut(std::int64_t sequence, std::int64_t length)
{
    lengths_[static_cast<std::size_t>(sequence)] = length;
    std::vector<std::int64_t>& seen = tokens(sequence);
    if (static_cast<std::int64_t>(seen.size()) > length)
        seen.resize(static_cast<std::size_t>(length));
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
    const std::int64_t grown = std::max(length, std::min(2 * capacity_, limit_));
    for (Layer& layer : layers_) {
        for (Tensor* tensor : {&layer.keys, &layer.values}) {
            if (!tensor->defined())
                continue;
            Tensor larger = torch::zeros({tensor->size(0), tensor->size(1), grown, tensor->size(3)}, tensor->options());
            larger.narrow(2, 0, capacity_).copy_(*tensor);
            *tensor = larger;
        }
    }
    capacity_ = grown;
}

void KeyValueCache::setLengths(std::vector<std::int64_t> lengths)
{
    std::copy(lengths.begin(), lengths.end(), lengths_.begin());
}

} // namespace hilo
