// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_experts.h"

#include "formats/data_type.h"
#include "formats/dequantise.h"
#include "formats/half.h"
#include "formats/mixture_layout.h"

#include <algorithm>
#include <array>

namespace hilo {
namespace {

using Floats = std::vector<float>;

constexpr std::array<std::string_view, 3> expertStems = {"ffn_gate_exps", "ffn_up_exps", "ffn_down_exps"};
enum ExpertKind : std::size_t { Gate, Up, Down };

std::string expertsName(std::int64_t layer, ExpertKind kind, const char* ending)
{
    return "blk." + std::to_string(layer) + "." + std::string(expertStems[kind]) + ending;
}

struct ExpertSizes
{
    std::int64_t experts = 0, width = 0, hidden = 0;

    std::vector<std::int64_t> shape(ExpertKind kind) const
    {
        return kind == Down ? std::vector{experts, hidden, width} : std::vector{experts, width, hidden};
    }
    std::vector<std::int64_t> biasShape(ExpertKind kind) const { return {experts, kind == Down ? hidden : width}; }
    std::size_t values() const { return static_cast<std::size_t>(width * hidden); }
};

ExpertSizes sizesOf(const ModelConfig& config)
{
    return {config.mixture.experts, config.mixture.intermediate, config.hidden};
}

bool isBlocks(DataType type)
{
    return type != DataType::F32 && type != DataType::F16 && type != DataType::BF16 && type != DataType::F64;
}

/// One of the three, or the biases of one; null where the file has none.
Result<const GgufTensor*> expertsTensor(const GgufFile& file, const std::string& name,
                                        const std::vector<std::int64_t>& shape)
{
    const GgufTensor* const found = file.find(name);
    if (!found)
        return nullptr;
    const std::string place = "tensor \"" + name + "\"";
    if (found->info.type == DataType::Unsupported)
        return failure(badInput(found->info.file, place, "The type " + found->info.typeName() + " is not supported.",
                                "Supported are F32, F16, BF16, F64, " + blockTypeNames() +
                                    "; fetch or make the model in one of them."));
    if (found->info.shape != shape)
        return failure(badInput(found->info.file, place,
                                "The shape is " + shapeText(found->info.shape) + "; the metadata asks for " +
                                    shapeText(shape) + ".",
                                "Fetch the file again, or another one."));
    return found;
}

/// Of one expert: whole rows, so that blocks are whole as well.
std::pair<TensorInfo, std::span<const std::byte>> pieceOf(const GgufTensor& tensor, std::int64_t experts,
                                                          std::int64_t expert)
{
    TensorInfo info = tensor.info;
    info.shape.erase(info.shape.begin());
    const std::size_t size = tensor.bytes.size() / static_cast<std::size_t>(experts);
    info.bytes = size;
    return {std::move(info), tensor.bytes.subspan(static_cast<std::size_t>(expert) * size, size)};
}

struct ExpertsDecoder
{
    std::shared_ptr<const void> owner;

    Status operator()(const std::pair<TensorInfo, std::span<const std::byte>>& piece,
                      std::span<float> destination) const
    {
        if (isBlocks(piece.first.type))
            return dequantise(piece.first.type, piece.second, destination);
        return decodeToFloat32({piece.first, piece.second, owner}, destination);
    }
};

/// [rows, columns] -> [columns, rows], with the rows step apart from first on.
void putTransposed(const Floats& from, std::size_t rows, std::size_t columns, std::span<float> to, std::size_t first,
                   std::size_t step)
{
    const std::size_t width = rows * step;
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t column = 0; column < columns; ++column)
            to[column * width + row * step + first] = from[row * columns + column];
}

/// The way back.
void takeTransposed(const Floats& from, std::size_t rows, std::size_t columns, std::span<float> to, std::size_t first,
                    std::size_t step)
{
    const std::size_t width = rows * step;
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t column = 0; column < columns; ++column)
            to[row * columns + column] = from[column * width + row * step + first];
}

TensorInfo infoOf(const GgufTensor& like, std::string name, std::vector<std::int64_t> shape, std::uint64_t bytes)
{
    TensorInfo info = like.info;
    info.name = std::move(name);
    info.shape = std::move(shape);
    info.bytes = bytes;
    return info;
}

/// The file's tensors of one layer.
struct LayerExperts
{
    std::array<const GgufTensor*, 3> weights{}, biases{};

    static Result<LayerExperts> of(const GgufFile& file, const ModelConfig& config, std::int64_t layer)
    {
        const ExpertSizes sizes = sizesOf(config);
        LayerExperts found;
        for (const ExpertKind kind : {Gate, Up, Down}) {
            HILO_TRY(found.weights[kind], expertsTensor(file, expertsName(layer, kind, ".weight"), sizes.shape(kind)));
            HILO_TRY(found.biases[kind], expertsTensor(file, expertsName(layer, kind, ".bias"), sizes.biasShape(kind)));
            if (found.biases[kind] && !config.mixture.biases)
                return failure(badInput(found.biases[kind]->info.file,
                                        "tensor \"" + found.biases[kind]->info.name + "\"",
                                        "Experts of the architecture " + config.architecture +
                                            " have no biases here; what they add would be lost.",
                                        "Use the Hugging Face folder of the model, or another model."));
        }
        return found;
    }
};

/// A tensor for each expert.
void addSingleExperts(const LayerExperts& found, const ModelConfig& config, const MixtureNames& names,
                      std::vector<GgufExpertWeight>& weights)
{
    for (std::int64_t expert = 0; expert < config.mixture.experts; ++expert) {
        const GatedMlpNames& own = names.mlps[static_cast<std::size_t>(expert)];
        for (const auto& [kind, name] : {std::pair{Gate, &own.gate}, {Up, &own.up}, {Down, &own.down}})
            if (const GgufTensor* const stored = found.weights[kind]) {
                auto piece = pieceOf(*stored, config.mixture.experts, expert);
                weights.push_back(
                    {infoOf(*stored, *name + ".weight", piece.first.shape, piece.first.bytes), {std::move(piece)}, {}});
            }
    }
}

/// Gate and up of every expert behind one another.
void addJoinedExperts(const LayerExperts& found, const ModelConfig& config, const MixtureNames& names,
                      std::vector<GgufExpertWeight>& weights)
{
    const ExpertSizes sizes = sizesOf(config);
    if (found.weights[Gate] && found.weights[Up]) {
        GgufExpertWeight in;
        const GgufTensor &gate = *found.weights[Gate], &up = *found.weights[Up];
        in.info =
            infoOf(gate, names.in, {sizes.experts, 2 * sizes.width, sizes.hidden}, gate.info.bytes + up.info.bytes);
        for (std::int64_t expert = 0; expert < sizes.experts; ++expert)
            for (const GgufTensor* const half : {&gate, &up})
                in.pieces.push_back(pieceOf(*half, sizes.experts, expert));
        weights.push_back(std::move(in));
    }
    if (const GgufTensor* const down = found.weights[Down])
        weights.push_back(
            {infoOf(*down, names.out, down->info.shape, down->info.bytes), {{down->info, down->bytes}}, {}});
}

/// The values of one expert after the other.
struct EachExpert
{
    ExpertSizes sizes;
    ExpertsDecoder decode;

    template <class Put>
    Status operator()(const GgufTensor& stored, const Put& put) const
    {
        Floats own(sizes.values());
        for (std::int64_t expert = 0; expert < sizes.experts; ++expert) {
            HILO_CHECK(decode(pieceOf(stored, sizes.experts, expert), own));
            put(static_cast<std::size_t>(expert), own);
        }
        return {};
    }
};

/// gpt_oss: [in, out], gate and up in turns.
void addTurnedExperts(const LayerExperts& found, const ModelConfig& config, const MixtureNames& names,
                      const ExpertsDecoder& decode, std::vector<GgufExpertWeight>& weights)
{
    const ExpertSizes sizes = sizesOf(config);
    const auto width = static_cast<std::size_t>(sizes.width), hidden = static_cast<std::size_t>(sizes.hidden);
    const EachExpert eachExpert{sizes, decode};
    // Copies: whoever reads comes when the file's list of tensors is gone; their bytes stay.
    if (found.weights[Gate] && found.weights[Up]) {
        const std::array halves{*found.weights[Gate], *found.weights[Up]};
        weights.push_back({infoOf(halves[0], names.in, {sizes.experts, sizes.hidden, 2 * sizes.width},
                                  halves[0].info.bytes + halves[1].info.bytes),
                           {},
                           [eachExpert, halves, width, hidden](std::span<float> destination) -> Status {
                               for (std::size_t half = 0; half < 2; ++half)
                                   HILO_CHECK(eachExpert(halves[half], [&](std::size_t expert, const Floats& own) {
                                       const std::size_t size = 2 * width * hidden;
                                       putTransposed(own, width, hidden, destination.subspan(expert * size, size), half,
                                                     2);
                                   }));
                               return {};
                           }});
    }
    if (found.weights[Down]) {
        const GgufTensor down = *found.weights[Down];
        weights.push_back({infoOf(down, names.out, {sizes.experts, sizes.width, sizes.hidden}, down.info.bytes),
                           {},
                           [eachExpert, down, width, hidden](std::span<float> destination) -> Status {
                               return eachExpert(down, [&](std::size_t expert, const Floats& own) {
                                   const std::size_t size = width * hidden;
                                   putTransposed(own, hidden, width, destination.subspan(expert * size, size), 0, 1);
                               });
                           }});
    }
    if (found.biases[Gate] && found.biases[Up]) {
        const std::array biases{*found.biases[Gate], *found.biases[Up]};
        weights.push_back({infoOf(biases[0], names.inBias, {sizes.experts, 2 * sizes.width},
                                  biases[0].info.bytes + biases[1].info.bytes),
                           {},
                           [decode, biases](std::span<float> destination) -> Status {
                               Floats own(destination.size() / 2);
                               for (std::size_t half = 0; half < 2; ++half) {
                                   HILO_CHECK(decode({biases[half].info, biases[half].bytes}, own));
                                   for (std::size_t i = 0; i < own.size(); ++i)
                                       destination[2 * i + half] = own[i];
                               }
                               return {};
                           }});
    }
    if (const GgufTensor* const bias = found.biases[Down])
        weights.push_back(
            {infoOf(*bias, names.outBias, bias->info.shape, bias->info.bytes), {{bias->info, bias->bytes}}, {}});
}

using Values = GgufExpertTensor::Values;

/// Experts that are tensors of their own, behind one another.
GgufExpertTensor stacked(std::string name, std::vector<std::int64_t> shape, std::vector<std::string> sources)
{
    return {std::move(name), std::move(shape), sources, [sources](const Values& valuesOf) -> Result<Floats> {
                Floats all;
                for (const std::string& source : sources) {
                    HILO_TRY(const Floats own, valuesOf(source));
                    all.insert(all.end(), own.begin(), own.end());
                }
                return all;
            }};
}

/// What take puts of each expert's size values into its share of the tensor.
GgufExpertTensor takenFrom(std::string name, std::vector<std::int64_t> shape, const std::string& source,
                           std::int64_t experts,
                           const std::function<void(std::span<const float> own, std::span<float> share)>& take)
{
    std::size_t elements = 1;
    for (const std::int64_t size : shape)
        elements *= static_cast<std::size_t>(size);
    return {std::move(name),
            std::move(shape),
            {source},
            [source, experts, take, elements](const Values& valuesOf) -> Result<Floats> {
                HILO_TRY(const Floats values, valuesOf(source));
                const auto count = static_cast<std::size_t>(experts);
                const std::size_t size = values.size() / count, share = elements / count;
                Floats all(elements);
                for (std::size_t expert = 0; expert < count; ++expert)
                    take(std::span(values).subspan(expert * size, size), std::span(all).subspan(expert * share, share));
                return all;
            }};
}

void addTensorsOfLayer(const ModelConfig& config, std::int64_t layer, std::vector<GgufExpertTensor>& tensors)
{
    const MixtureNames names = mixtureNames(config, layer);
    const ExpertSizes sizes = sizesOf(config);
    const auto width = static_cast<std::size_t>(sizes.width), hidden = static_cast<std::size_t>(sizes.hidden);
    const bool turned = config.mixture.transposedExperts;
    for (const ExpertKind kind : {Gate, Up, Down}) {
        const std::string name = expertsName(layer, kind, ".weight");
        if (!config.mixture.fusedExperts) {
            std::vector<std::string> sources;
            for (const GatedMlpNames& own : names.mlps)
                sources.push_back((kind == Gate ? own.gate : kind == Up ? own.up : own.down) + ".weight");
            tensors.push_back(stacked(name, sizes.shape(kind), std::move(sources)));
            continue;
        }
        const std::size_t half = kind == Up ? 1 : 0;
        const auto take = [=](std::span<const float> own, std::span<float> share) {
            if (turned && kind != Down)
                takeTransposed({own.begin(), own.end()}, width, hidden, share, half, 2);
            else if (turned)
                takeTransposed({own.begin(), own.end()}, hidden, width, share, 0, 1);
            else
                std::copy_n(own.begin() + static_cast<std::ptrdiff_t>(half * width * hidden), share.size(),
                            share.begin());
        };
        tensors.push_back(takenFrom(name, sizes.shape(kind), kind == Down ? names.out : names.in, sizes.experts, take));
        if (!config.mixture.biases)
            continue;
        const std::size_t step = kind == Down ? 1 : 2;
        tensors.push_back(takenFrom(expertsName(layer, kind, ".bias"), sizes.biasShape(kind),
                                    kind == Down ? names.outBias : names.inBias, sizes.experts,
                                    [half, step](std::span<const float> own, std::span<float> share) {
                                        for (std::size_t i = 0; i < share.size(); ++i)
                                            share[i] = own[i * step + half];
                                    }));
    }
}

} // namespace

bool isGgufExperts(std::string_view tensor)
{
    if (!tensor.starts_with("blk."))
        return false;
    return std::any_of(expertStems.begin(), expertStems.end(), [&](std::string_view stem) {
        const std::size_t at = tensor.find("." + std::string(stem) + ".");
        return at != std::string_view::npos;
    });
}

Result<std::vector<GgufExpertWeight>> readGgufExperts(const GgufFile& file, const ModelConfig& config)
{
    std::vector<GgufExpertWeight> weights;
    for (std::int64_t layer = 0; layer < config.layers; ++layer) {
        if (!config.mixture.hasExperts(layer))
            continue;
        const MixtureNames names = mixtureNames(config, layer);
        HILO_TRY(const LayerExperts found, LayerExperts::of(file, config, layer));
        if (!config.mixture.fusedExperts)
            addSingleExperts(found, config, names, weights);
        else if (config.mixture.transposedExperts)
            addTurnedExperts(found, config, names, ExpertsDecoder{file.owner}, weights);
        else
            addJoinedExperts(found, config, names, weights);
    }
    return weights;
}

std::vector<GgufExpertTensor> ggufExpertTensors(const ModelConfig& config)
{
    std::vector<GgufExpertTensor> tensors;
    for (std::int64_t layer = 0; layer < config.layers; ++layer)
        if (config.mixture.hasExperts(layer))
            addTensorsOfLayer(config, layer, tensors);
    return tensors;
}

} // namespace hilo
