// SPDX-License-Identifier: GPL-3.0-or-later
#include "expert_use.h"

#include "engine/base/torch_border.h"
#include "engine/model/packed_batch.h"
#include "engine/model/streamed_model.h"
#include "formats/expected_tensors.h"
#include "formats/mixture_layout.h"

#include <algorithm>

namespace hilo::cli {
namespace {

constexpr std::int64_t mostTokens = 4096;
constexpr std::int64_t tokensAtOnce = 1024;
constexpr std::int64_t mostBytes = std::int64_t{4} << 30;
constexpr std::int64_t broughtAtOnce = std::int64_t{64} << 10;

/// Adds nothing; notes which experts of a layer any row passes.
class UseOfExperts : public ModuleAdapter
{
  public:
    explicit UseOfExperts(const ModelConfig& config)
        : used(static_cast<std::size_t>(config.layers),
               std::vector<bool>(static_cast<std::size_t>(config.mixture.experts), false))
    {
    }

    void addTo(std::int64_t, std::span<const int>, const torch::Tensor&, std::span<torch::Tensor>) override {}
    bool adaptsExperts(std::int64_t) const override { return true; }
    torch::Tensor addToExperts(std::int64_t layer, BaseExpertWeight, const torch::Tensor&,
                               std::span<const std::int64_t> counts, const torch::Tensor& output) override
    {
        for (std::size_t expert = 0; expert < counts.size(); ++expert)
            if (counts[expert] > 0)
                used[static_cast<std::size_t>(layer)][expert] = true;
        return output;
    }

    std::vector<std::vector<bool>> used; ///< [layer][expert]
};

PackedBatch packed(const std::vector<std::vector<std::int32_t>>& sequences, std::size_t first, std::size_t last)
{
    std::vector<std::int64_t> tokens, positions;
    PackedBatch batch;
    for (std::size_t index = first; index < last; ++index) {
        batch.starts.push_back(static_cast<std::int64_t>(tokens.size()));
        for (const std::int32_t token : sequences[index]) {
            positions.push_back(static_cast<std::int64_t>(tokens.size()) - batch.starts.back());
            tokens.push_back(token);
        }
    }
    batch.starts.push_back(static_cast<std::int64_t>(tokens.size()));
    batch.tokens = torch::tensor(tokens, torch::kInt64);
    batch.positions = torch::tensor(positions, torch::kInt64);
    return batch;
}

std::vector<PackedBatch> batchesOf(const std::vector<std::vector<std::int32_t>>& sequences)
{
    std::vector<PackedBatch> batches;
    for (std::size_t first = 0; first < sequences.size();) {
        std::size_t last = first;
        std::int64_t tokens = 0;
        do
            tokens += static_cast<std::int64_t>(sequences[last++].size());
        while (last < sequences.size() && tokens < tokensAtOnce);
        batches.push_back(packed(sequences, first, last));
        first = last;
    }
    return batches;
}

/// All layers' use, one layer in memory at a time.
Result<std::vector<std::vector<bool>>> useOf(const ModelSource& model, torch::Dtype dtype,
                                             const std::vector<std::vector<std::int32_t>>& sequences,
                                             const Progress& progress)
{
    const torch::NoGradGuard noGradients;
    HILO_TRY(StreamedModel streamed, StreamedModel::open(model, dtype, torch::kCPU));
    UseOfExperts use(model.config);
    const std::vector<PackedBatch> batches = batchesOf(sequences);
    std::vector<std::shared_ptr<ForwardContext>> contexts;
    std::vector<torch::Tensor> hidden;
    for (const PackedBatch& batch : batches) {
        contexts.push_back(streamed.begin(batch));
        hidden.push_back(streamed.embed(batch));
    }
    const std::int64_t layers = model.config.layers;
    for (std::int64_t layer = 0; layer < layers; ++layer) {
        progress.report({"Which experts the rows pass", layer, layers, {}});
        if (progress.isCancelled())
            return failure(cancelled());
        HILO_CHECK(streamed.loadLayer(layer));
        for (std::size_t index = 0; index < batches.size(); ++index)
            hidden[index] = streamed.layer(*contexts[index], hidden[index], {&use});
    }
    return std::move(use.used);
}

/// The names of the weights of one expert, or of all where they stand in one tensor.
std::vector<std::string> weightsOf(const MixtureNames& names, std::size_t expert)
{
    if (names.mlps.empty())
        return {names.in, names.out};
    const GatedMlpNames& own = names.mlps[expert];
    return {own.gate + ".weight", own.up + ".weight", own.down + ".weight"};
}

bool isMapped(const ModelSource& model, const MixtureNames& names, std::size_t expert, DataType type)
{
    const std::vector<std::string> weights = weightsOf(names, expert);
    return std::all_of(weights.begin(), weights.end(), [&](const std::string& name) {
        const auto view = model.weights->view(name);
        return view && view->info.type == type;
    });
}

} // namespace

void FewSequences::add(std::vector<std::int32_t> tokens)
{
    tokens_ += static_cast<std::int64_t>(tokens.size());
    isTooMany_ = isTooMany_ || tokens_ > mostTokens;
    if (isTooMany_)
        sequences_.clear();
    else if (!tokens.empty())
        sequences_.push_back(std::move(tokens));
}

void FewSequences::add(const TokenisedExample& row)
{
    add(row.tokens);
    for (const ChoiceTokens& choice : row.choices)
        add(choice.tokens);
    for (const TokenisedExample& rejected : row.rejected)
        add(rejected.tokens);
}

void FewSequences::giveUp()
{
    isTooMany_ = true;
    sequences_.clear();
}

Result<std::int64_t> unusedExpertBytes(const ModelSource& model, int baseBytes, const FewSequences& sequences,
                                       const Progress& progress)
{
    const ModelConfig& config = model.config;
    if (!config.mixture.isMixture() || sequences.all().empty() || parameterCount(config) * baseBytes > mostBytes)
        return 0;
    const DataType type = baseBytes == 2 ? DataType::BF16 : DataType::F32;
    const auto mapped = [&](std::int64_t layer, std::size_t expert) {
        return config.mixture.hasExperts(layer) && isMapped(model, mixtureNames(config, layer), expert, type);
    };
    std::int64_t first = 0;
    while (first < config.layers && !config.mixture.hasExperts(first))
        ++first;
    if (first == config.layers || !mapped(first, 0))
        return 0;
    HILO_TRY(const auto used, atTorchBorder([&] {
                 return useOf(model, baseBytes == 2 ? torch::kBFloat16 : torch::kFloat32, sequences.all(), progress);
             }));
    // What a neighbour's edge brings along.
    const std::int64_t weights = 3 * config.hidden * config.mixture.intermediate * baseBytes - 3 * broughtAtOnce;
    std::int64_t bytes = 0;
    for (std::int64_t layer = 0; layer < config.layers; ++layer)
        for (std::size_t expert = 0; expert < static_cast<std::size_t>(config.mixture.experts); ++expert)
            if (!used[static_cast<std::size_t>(layer)][expert] && mapped(layer, expert))
                bytes += std::max<std::int64_t>(0, weights);
    return bytes;
}

} // namespace hilo::cli
