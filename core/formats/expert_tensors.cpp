// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/expert_tensors.h"

#include "formats/expected_tensors.h"
#include "formats/half.h"
#include "formats/mixture_layout.h"
#include "formats/tensor_layout.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace hilo {
namespace {

/// A tensor that is a row-major piece of a stored one.
struct TensorPiece
{
    std::string stored;
    std::int64_t first = 0; ///< element
    std::vector<std::int64_t> shape;
};

std::int64_t productOf(const std::vector<std::int64_t>& shape)
{
    std::int64_t product = 1;
    for (const std::int64_t size : shape)
        product *= size;
    return product;
}

class PiecedWeights : public WeightSource
{
  public:
    /// Stored tensors that pieces are made of are not listed themselves.
    PiecedWeights(std::shared_ptr<const WeightSource> source, std::vector<std::pair<std::string, TensorPiece>> pieces)
        : source_(std::move(source))
    {
        std::unordered_set<std::string> used;
        for (const auto& [name, piece] : pieces)
            used.insert(piece.stored);
        for (const TensorInfo& tensor : source_->tensors())
            if (!used.contains(tensor.name))
                infos_.push_back(tensor);
        for (auto& [name, piece] : pieces) {
            infos_.push_back(infoOf(name, piece, *source_->find(piece.stored)));
            pieces_.emplace(name, std::move(piece));
        }
    }

    const std::vector<TensorInfo>& tensors() const override { return infos_; }

    std::optional<TensorInfo> find(const std::string& name) const override
    {
        const auto found = pieces_.find(name);
        if (found == pieces_.end())
            return source_->find(name);
        return infoOf(name, found->second, *source_->find(found->second.stored));
    }

    std::optional<TensorView> view(const std::string& name) const override
    {
        const auto found = pieces_.find(name);
        if (found == pieces_.end())
            return source_->view(name);
        auto whole = source_->view(found->second.stored);
        if (!whole)
            return std::nullopt;
        const TensorPiece& piece = found->second;
        const auto elements = static_cast<std::size_t>(productOf(whole->info.shape));
        const std::size_t size = whole->bytes.size() / elements;
        whole->info = infoOf(name, piece, whole->info);
        whole->bytes = whole->bytes.subspan(static_cast<std::size_t>(piece.first) * size,
                                            static_cast<std::size_t>(productOf(piece.shape)) * size);
        return whole;
    }

    Status readFloat32(const std::string& name, std::span<float> destination) const override
    {
        const auto found = pieces_.find(name);
        if (found == pieces_.end())
            return source_->readFloat32(name, destination);
        if (const auto piece = view(name))
            return decodeToFloat32(*piece, destination);
        // No type that can be read: the error is the whole tensor's.
        std::vector<float> whole(static_cast<std::size_t>(productOf(source_->find(found->second.stored)->shape)));
        HILO_CHECK(source_->readFloat32(found->second.stored, whole));
        std::copy_n(whole.begin() + found->second.first, destination.size(), destination.begin());
        return {};
    }

  private:
    static TensorInfo infoOf(const std::string& name, const TensorPiece& piece, TensorInfo whole)
    {
        const auto all = static_cast<std::uint64_t>(std::max<std::int64_t>(1, productOf(whole.shape)));
        whole.bytes = whole.bytes / all * static_cast<std::uint64_t>(productOf(piece.shape));
        whole.name = name;
        whole.shape = piece.shape;
        return whole;
    }

    std::shared_ptr<const WeightSource> source_;
    std::vector<TensorInfo> infos_;
    std::unordered_map<std::string, TensorPiece> pieces_;
};

/// How transformers 5 calls a layer's router and experts when it writes them as it keeps them.
struct FusedNames
{
    std::string router, in, out;
};

FusedNames fusedNames(const ModelConfig& config, std::int64_t layer)
{
    const std::string front = layerPrefix(config, layer);
    if (config.mixture.fusedExperts)
        return {front + "block_sparse_moe.router.weight", front + "block_sparse_moe.experts.gate_up_proj",
                front + "block_sparse_moe.experts.down_proj"};
    return {front + "mlp.gate.weight", front + "mlp.experts.gate_up_proj", front + "mlp.experts.down_proj"};
}

Status checkShape(const TensorInfo& found, const std::vector<std::int64_t>& expected)
{
    if (found.shape == expected)
        return {};
    return failure(
        badInput(found.file, "tensor \"" + found.name + "\"",
                 "The shape is " + shapeText(found.shape) + "; config.json asks for " + shapeText(expected) + ".",
                 "Check that config.json belongs to these weights."));
}

using Pieces = std::vector<std::pair<std::string, TensorPiece>>;

/// What the expected tensors of one layer are pieces of.
Status addPieces(const WeightSource& source, const ModelConfig& config, std::int64_t layer, Pieces& pieces)
{
    const BaseMixture& mixture = config.mixture;
    const MixtureNames names = mixtureNames(config, layer);
    const FusedNames stored = fusedNames(config, layer);
    const std::int64_t width = mixture.intermediate;
    const std::int64_t hidden = config.hidden;
    const auto in = source.find(stored.in);
    const auto out = source.find(stored.out);
    if (!in && !out)
        return {};
    if (const auto router = source.find(stored.router); router && stored.router != names.router)
        pieces.push_back({names.router, {stored.router, 0, router->shape}});
    if (in) {
        HILO_CHECK(checkShape(*in, {mixture.experts, 2 * width, hidden}));
    }
    if (out) {
        HILO_CHECK(checkShape(*out, {mixture.experts, hidden, width}));
    }
    if (mixture.fusedExperts) {
        if (in)
            pieces.push_back({names.in, {stored.in, 0, in->shape}});
        if (out)
            pieces.push_back({names.out, {stored.out, 0, out->shape}});
        return {};
    }
    for (std::int64_t expert = 0; expert < mixture.experts; ++expert) {
        const GatedMlpNames& own = names.mlps[static_cast<std::size_t>(expert)];
        const std::int64_t size = width * hidden;
        if (in) {
            pieces.push_back({own.gate + ".weight", {stored.in, 2 * expert * size, {width, hidden}}});
            pieces.push_back({own.up + ".weight", {stored.in, (2 * expert + 1) * size, {width, hidden}}});
        }
        if (out)
            pieces.push_back({own.down + ".weight", {stored.out, expert * size, {hidden, width}}});
    }
    return {};
}

} // namespace

Result<std::shared_ptr<const WeightSource>> withExpectedExperts(std::shared_ptr<const WeightSource> source,
                                                                const ModelConfig& config)
{
    if (config.mixture.transposedExperts)
        return source;
    Pieces pieces;
    for (std::int64_t layer = 0; layer < config.layers; ++layer)
        if (config.mixture.hasExperts(layer))
            HILO_CHECK(addPieces(*source, config, layer, pieces));
    if (pieces.empty())
        return source;
    return std::make_shared<PiecedWeights>(std::move(source), std::move(pieces));
}

} // namespace hilo
