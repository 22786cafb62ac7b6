// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_weights.h"

#include "base/counted.h"
#include "base/mapped_file.h"
#include "formats/dequantise.h"
#include "formats/expected_tensors.h"
#include "formats/gguf_experts.h"
#include "formats/gguf_families.h"
#include "formats/gguf_layout.h"
#include "formats/half.h"
#include "formats/tensor_layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace hilo {
namespace {

/// Tensors of a layer that older converters wrote and nobody reads.
bool isUnread(const std::string& name)
{
    return name.ends_with(".attn_rot_embd.weight") || name.ends_with(".attn_rot_embd") ||
           name.ends_with("rope_freqs.weight") || name.starts_with("rope_factors_");
}

/// Of the layer itself what nobody reads: keys and values of layers that attend to another's (gemma4), and the layers
/// behind the last that guess further tokens (qwen35).
class UnreadOfLayers
{
  public:
    static Result<UnreadOfLayers> of(const GgufFile& file, const ModelConfig& config)
    {
        UnreadOfLayers unread;
        const GgufFamily* family = ggufFamilyOf(config);
        if (family && family->guessesAhead) {
            HILO_TRY(const auto extra,
                     file.integer(std::string(family->architecture) + ".nextn_predict_layers", 0, mostGgufLayers));
            for (std::int64_t layer = config.layers; layer < config.layers + extra.value_or(0); ++layer)
                unread.starts_.push_back("blk." + std::to_string(layer) + ".");
        }
        for (std::int64_t layer = 0; layer < config.layers; ++layer)
            if (config.keyValueLayerOf(layer) != layer)
                for (const char* stem : {"attn_k.", "attn_v.", "attn_k_norm."})
                    unread.starts_.push_back("blk." + std::to_string(layer) + "." + stem);
        return unread;
    }
    bool has(const std::string& name) const
    {
        return std::any_of(starts_.begin(), starts_.end(),
                           [&](const std::string& start) { return name.starts_with(start); });
    }

  private:
    std::vector<std::string> starts_;
};

/// What llama.cpp computes with outside of the layers: the embedding, the last norm, the head, and what is put beside
/// them. Of other tensors (towers for images, heads that classify) no text's logits depend.
bool changesLogits(const std::string& name)
{
    constexpr std::array<std::string_view, 7> fronts = {"token_embd", "token_types", "position_embd", "output",
                                                        "per_layer_", "altup_",      "blk."};
    const auto isFront = [&name](std::string_view front) { return name.starts_with(front); };
    const bool isScale = name.ends_with(".scale") || name.ends_with(".input_scale");
    const bool isTower = name.starts_with("v.") || name.starts_with("a.") || name.starts_with("mm.");
    return std::any_of(fronts.begin(), fronts.end(), isFront) || (isScale && !isTower);
}

class GgufWeights : public WeightSource
{
  public:
    Status add(const GgufFile& file, const ModelConfig& config)
    {
        config_ = config;
        owner_ = file.owner;
        HILO_TRY(const UnreadOfLayers unread, UnreadOfLayers::of(file, config));
        for (const GgufTensor& tensor : file.tensors) {
            if (unread.has(tensor.info.name))
                continue;
            const auto name = findGgufName(tensor.info.name, config);
            if (config.mixture.isMixture() && isGgufExperts(tensor.info.name))
                continue;
            if (name) {
                HILO_CHECK(addKnown(tensor, *name));
            } else if (changesLogits(tensor.info.name) && !isUnread(tensor.info.name)) {
                HILO_CHECK(refuseForeign(tensor, config));
            } else if (!tensor.info.name.starts_with("rope_factors_")) {
                addEntry(Entry{tensor.info, {{tensor.info, tensor.bytes}}});
            }
        }
        for (Entry& entry : entries_)
            HILO_CHECK(finish(entry));
        HILO_TRY(std::vector<GgufExpertWeight> experts, readGgufExperts(file, config));
        for (GgufExpertWeight& weight : experts) {
            Entry entry{std::move(weight.info), {}};
            for (auto& [info, bytes] : weight.pieces)
                entry.parts.push_back({std::move(info), bytes});
            entry.read = std::move(weight.read);
            addEntry(std::move(entry));
        }
        return config.activation == Activation::Xielu ? addXielu(file, config) : Status();
    }

    const std::vector<TensorInfo>& tensors() const override { return infos_; }

    std::optional<TensorInfo> find(const std::string& name) const override
    {
        const Entry* entry = entryOf(name);
        return entry ? std::optional(entry->info) : std::nullopt;
    }

    std::optional<TensorView> view(const std::string& name) const override
    {
        const Entry* entry = entryOf(name);
        if (!entry || entry->parts.size() != 1 || entry->order != GgufOrder::Same || entry->minusOne ||
            entry->isDecay || isQuantised(entry->info.type))
            return std::nullopt;
        return TensorView{entry->info, entry->parts[0].bytes, entry->owner ? entry->owner : owner_};
    }

    Status readFloat32(const std::string& name, std::span<float> destination) const override
    {
        const Entry* entry = entryOf(name);
        if (!entry)
            return failure(badInput({}, "tensor \"" + name + "\"", "The tensor is missing."));
        if (entry->read)
            return entry->read(destination);
        std::size_t from = 0;
        for (const Part& part : entry->parts) {
            const auto count = static_cast<std::size_t>(elementsOf(part.info));
            if (destination.size() - from < count)
                return failure(badInput(entry->info.file, placeOf(*entry), "The sizes of its parts do not fit."));
            HILO_CHECK(readPart(*entry, part, destination.subspan(from, count)));
            releaseMapped(part.bytes);
            from += count;
        }
        if (entry->minusOne)
            for (float& value : destination)
                value -= 1;
        return entry->isDecay ? takeLogarithms(*entry, destination) : Status();
    }

  private:
    /// What the file has of a tensor: all, or some of its rows.
    struct Part
    {
        TensorInfo info;
        std::span<const std::byte> bytes;
    };

    struct Entry
    {
        TensorInfo info;
        std::vector<Part> parts;
        GgufOrder order = GgufOrder::Same;
        bool minusOne = false;
        bool isDecay = false;
        std::size_t expectedParts = 1;
        std::shared_ptr<const void> owner = {};            ///< where it is not the file
        std::function<Status(std::span<float>)> read = {}; ///< where parts do not say it
    };

    static bool isQuantised(DataType type)
    {
        return type != DataType::F32 && type != DataType::F16 && type != DataType::BF16;
    }

    /// Of numbers that are stored as -exp of them.
    static Status takeLogarithms(const Entry& entry, std::span<float> values)
    {
        for (float& value : values) {
            if (!(value <= 0))
                return failure(badInput(entry.info.file, placeOf(entry),
                                        "A number is above 0; what fades was expected to be below."));
            value = std::log(std::max(-value, std::numeric_limits<float>::denorm_min()));
        }
        return {};
    }

    static std::string placeOf(const Entry& entry) { return "tensor \"" + entry.info.name + "\""; }

    void addEntry(Entry entry)
    {
        index_.emplace(entry.info.name, entries_.size());
        infos_.push_back(entry.info);
        entries_.push_back(std::move(entry));
    }

    Status addKnown(const GgufTensor& tensor, const GgufName& name)
    {
        if (tensor.info.type == DataType::Unsupported)
            return failure(badInput(tensor.info.file, "tensor \"" + tensor.info.name + "\"",
                                    "The type " + tensor.info.typeName() + " is not supported.",
                                    "Supported are F32, F16, BF16, F64, " + blockTypeNames() +
                                        "; fetch or make the model in one of them."));
        if (const auto found = index_.find(name.huggingFace); found != index_.end()) {
            Entry& entry = entries_[found->second];
            entry.parts.insert(name.place.part == 0 ? entry.parts.begin() : entry.parts.end(),
                               {tensor.info, tensor.bytes});
            return {};
        }
        Entry entry{tensor.info, {{tensor.info, tensor.bytes}}};
        entry.info.name = name.huggingFace;
        entry.minusOne = config_.normAddsOne && name.place.isNorm && !name.isBias;
        entry.expectedParts = static_cast<std::size_t>(name.place.parts);
        entry.order = name.place.order;
        entry.isDecay = name.place.isDecay;
        if (name.place.isKernel && !name.isBias && entry.info.shape.size() == 2)
            entry.info.shape.insert(entry.info.shape.begin() + 1, 1);
        // What weighs the expert of every token may be a row or a vector.
        if (name.place.isRouter && !name.isBias && entry.info.shape.size() == 1)
            entry.info.shape.insert(entry.info.shape.begin(), 1);
        if (entry.order == GgufOrder::Transposed) {
            if (entry.info.shape.size() == 2)
                std::swap(entry.info.shape[0], entry.info.shape[1]);
            else
                entry.order = GgufOrder::Same;
        }
        addEntry(std::move(entry));
        return {};
    }

    /// A norm, a bias or a factor (NVFP4's scale) that the family has not would be left out of what is computed.
    static Status refuseForeign(const GgufTensor& tensor, const ModelConfig& config)
    {
        return failure(badInput(tensor.info.file, "tensor \"" + tensor.info.name + "\"",
                                "Models of the architecture " + config.architecture +
                                    " have no such tensor here; what it changes would be lost.",
                                "Use the Hugging Face folder of the model, or another model."));
    }

    /// One tensor of its parts.
    Status finish(Entry& entry)
    {
        if (entry.expectedParts == 1)
            return {};
        if (entry.parts.size() != entry.expectedParts)
            return failure(badInput(entry.info.file, "tensor \"" + entry.parts[0].info.name + "\"",
                                    "Its other half is missing; gate and up belong together."));
        entry.info.shape = entry.parts[0].info.shape;
        entry.info.bytes = entry.parts[0].info.bytes;
        for (std::size_t i = 1; i < entry.parts.size(); ++i) {
            const TensorInfo& next = entry.parts[i].info;
            if (next.shape.size() != entry.info.shape.size() || next.shape.empty() ||
                !std::equal(next.shape.begin() + 1, next.shape.end(), entry.info.shape.begin() + 1))
                return failure(badInput(next.file, "tensor \"" + next.name + "\"",
                                        "The shape is " + shapeText(next.shape) + ", that of its other half " +
                                            shapeText(entry.info.shape) + "."));
            entry.info.shape[0] += next.shape[0];
            entry.info.bytes += next.bytes;
        }
        infos_[index_.at(entry.info.name)] = entry.info;
        return {};
    }

    /// Apertus: the activation's numbers stand in the metadata, for each layer or once for all.
    Status addXielu(const GgufFile& file, const ModelConfig& config)
    {
        const std::string path = tensorLayout(config).activation;
        const std::array<std::tuple<const char*, const char*, bool>, 4> lists{{{"alpha_p", "xielu.alpha_p", true},
                                                                               {"alpha_n", "xielu.alpha_n", true},
                                                                               {"beta", "xielu.beta", false},
                                                                               {"eps", "xielu.eps", false}}};
        for (const auto& [ending, key, isVector] : lists) {
            const auto found = file.metadata.find(key);
            if (found == file.metadata.end())
                return failure(file.errorAt(key, "The metadata is missing; the activation xIELU needs it."));
            auto values = std::make_shared<std::vector<float>>();
            if (std::holds_alternative<GgufArray>(found->second)) {
                HILO_TRY(const std::vector<double> list, file.numbers(key));
                values->assign(list.begin(), list.end());
            } else {
                HILO_TRY(const auto one, file.number(key));
                values->assign(static_cast<std::size_t>(config.layers), static_cast<float>(one.value_or(0)));
            }
            if (static_cast<std::int64_t>(values->size()) != config.layers)
                return failure(file.errorAt(key, "Has " + counted(static_cast<std::int64_t>(values->size()), "number") +
                                                     ", but the model has " + counted(config.layers, "layer") + "."));
            for (std::int64_t layer = 0; layer < config.layers; ++layer) {
                TensorInfo info;
                info.name = layerPrefix(config, layer) + path + "." + ending;
                info.shape = isVector ? std::vector<std::int64_t>{1} : std::vector<std::int64_t>{};
                info.bytes = sizeof(float);
                info.file = file.name;
                const std::span<const float> one(values->data() + layer, 1);
                Entry entry{info, {{info, std::as_bytes(one)}}};
                entry.owner = values;
                addEntry(std::move(entry));
            }
        }
        return {};
    }

    Status decode(const TensorInfo& info, std::span<const std::byte> bytes, std::span<float> destination) const
    {
        if (isQuantised(info.type) && info.type != DataType::F64)
            return dequantise(info.type, bytes, destination);
        return decodeToFloat32({info, bytes, owner_}, destination);
    }

    Status readPart(const Entry& entry, const Part& part, std::span<float> destination) const
    {
        if (entry.order == GgufOrder::Same)
            return decode(part.info, part.bytes, destination);
        if (entry.order == GgufOrder::Transposed)
            return readTransposed(part, destination);
        return readReordered(entry, part, destination);
    }

    Status readTransposed(const Part& part, std::span<float> destination) const
    {
        std::vector<float> stored(destination.size());
        HILO_CHECK(decode(part.info, part.bytes, stored));
        const auto out = static_cast<std::size_t>(part.info.shape[0]);
        const auto in = static_cast<std::size_t>(part.info.shape[1]);
        for (std::size_t row = 0; row < out; ++row)
            for (std::size_t column = 0; column < in; ++column)
                destination[column * out + row] = stored[row * in + column];
        return {};
    }

    /// Whether so many rows (of ValueColumns: columns) can be put into order.
    bool hasWhole(GgufOrder order, std::size_t count) const
    {
        const LinearAttention& net = config_.linearAttention;
        const auto size = static_cast<std::int64_t>(count);
        switch (order) {
        case GgufOrder::PartsOfHeads:
            return size == 3 * config_.heads * config_.headDimension;
        case GgufOrder::ValueHeads:
        case GgufOrder::ValueColumns:
            return size == net.valueWidth();
        case GgufOrder::ValueNumbers:
            return size == net.valueHeads;
        case GgufOrder::LastValueHeads:
            return size == net.channels();
        default:
            return size % config_.headDimension == 0;
        }
    }

    Status readReordered(const Entry& entry, const Part& part, std::span<float> destination) const
    {
        const auto rows = part.info.shape.empty() ? 0 : static_cast<std::size_t>(part.info.shape[0]);
        const bool ofColumns = entry.order == GgufOrder::ValueColumns;
        if (rows == 0 || destination.size() % rows != 0 || part.bytes.size() % rows != 0 ||
            !hasWhole(entry.order, ofColumns ? destination.size() / rows : rows))
            return failure(badInput(entry.info.file, placeOf(entry),
                                    "The rows are not whole heads of " + std::to_string(config_.headDimension) + "."));
        const std::size_t width = destination.size() / rows;
        if (ofColumns)
            return readColumns(part, width, destination);
        const std::size_t rowBytes = part.bytes.size() / rows;
        for (std::size_t row = 0; row < rows; ++row) {
            const auto place =
                static_cast<std::size_t>(rowOfStored(entry.order, static_cast<std::int64_t>(row), config_));
            HILO_CHECK(decode(part.info, part.bytes.subspan(row * rowBytes, rowBytes),
                              destination.subspan(place * width, width)));
        }
        return {};
    }

    Status readColumns(const Part& part, std::size_t width, std::span<float> destination) const
    {
        std::vector<float> stored(destination.size());
        HILO_CHECK(decode(part.info, part.bytes, stored));
        for (std::size_t column = 0; column < width; ++column) {
            const auto place = static_cast<std::size_t>(
                columnOfStored(GgufOrder::ValueColumns, static_cast<std::int64_t>(column), config_));
            for (std::size_t row = 0; row < destination.size(); row += width)
                destination[row + place] = stored[row + column];
        }
        return {};
    }

    const Entry* entryOf(const std::string& name) const
    {
        const auto found = index_.find(name);
        return found == index_.end() ? nullptr : &entries_[found->second];
    }

    ModelConfig config_;
    std::shared_ptr<const void> owner_;
    std::vector<Entry> entries_;
    std::vector<TensorInfo> infos_;
    std::unordered_map<std::string, std::size_t> index_;
};

} // namespace

std::optional<std::string> huggingFaceName(const std::string& ggufName, const ModelConfig& config)
{
    auto name = findGgufName(ggufName, config);
    return name ? std::optional(std::move(name->huggingFace)) : std::nullopt;
}

Result<std::shared_ptr<const WeightSource>> ggufWeights(const GgufFile& file, const ModelConfig& config)
{
    auto weights = std::make_shared<GgufWeights>();
    HILO_CHECK(weights->add(file, config));
    return weights;
}

} // namespace hilo
