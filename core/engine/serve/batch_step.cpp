// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serve/batch_step.h"

namespace hilo {
namespace {

PackedBatch batchOf(std::span<const StepPart> parts, const KeyValueCache& cache)
{
    PackedBatch batch;
    std::vector<std::int64_t> tokens, positions;
    batch.starts = {0};
    for (std::size_t s = 0; s < parts.size(); ++s) {
        std::int64_t position = cache.length(static_cast<std::int64_t>(s));
        for (const std::int32_t token : parts[s].tokens) {
            tokens.push_back(token);
            positions.push_back(position++);
        }
        batch.starts.push_back(static_cast<std::int64_t>(tokens.size()));
    }
    batch.tokens = torch::tensor(tokens, torch::kInt64);
    batch.positions = torch::tensor(positions, torch::kInt64);
    return batch;
}

/// Hands each part the choices of its own rows.
void shareChoices(MixedAdapters& adapters, const std::vector<bool>& listened, std::span<const StepPart> parts,
                  StepResult& result)
{
    result.experts.resize(parts.size());
    for (std::size_t adapter = 0; adapter < listened.size(); ++adapter) {
        if (!listened[adapter])
            continue;
        auto choices = adapters.takeChoices(static_cast<int>(adapter));
        std::size_t next = 0;
        for (std::size_t p = 0; p < parts.size(); ++p) {
            if (parts[p].adapter != static_cast<int>(adapter))
                continue;
            for (std::size_t i = 0; i < parts[p].tokens.size() && next < choices.size(); ++i, ++next)
                if (parts[p].experts)
                    result.experts[p].push_back(std::move(choices[next]));
        }
    }
}

} // namespace

StepResult readParts(const Decoder& decoder, MixedAdapters& adapters, KeyValueCache& cache,
                     std::span<const StepPart> parts)
{
    cache.use(static_cast<std::int64_t>(parts.size()));
    const PackedBatch batch = batchOf(parts, cache);
    std::vector<int> owners;
    std::vector<bool> listened(adapters.size());
    for (const StepPart& part : parts) {
        owners.insert(owners.end(), part.tokens.size(), part.adapter);
        if (part.experts && part.adapter >= 0)
            listened[static_cast<std::size_t>(part.adapter)] = true;
    }
    adapters.startPass(owners, listened);
    ForwardOptions options;
    options.adapter = &adapters;
    StepResult result;
    result.starts = batch.starts;
    result.hidden = decoder.hiddenCached(batch, cache, options);
    shareChoices(adapters, listened, parts, result);
    return result;
}

} // namespace hilo
