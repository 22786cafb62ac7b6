// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/key_value_cache.h"
#include "engine/model/packed_batch.h"
#include "formats/model_config.h"

namespace hilo {

/// What has to be run so that the cache fits to the new tokens.
struct CachedBatch
{
    PackedBatch batch;
    torch::Tensor rows; ///< int64: those of the new tokens; undefined where there are no others
};

/// The batch as it is, but for models that in some of their layers rotate long sequences in another way than short ones
/// (LongRope): where a sequence grows beyond the original length, all that is cached of it is wrong from then on, so it
/// is forgotten and the whole sequence stands in the batch. transformers does the same in its generation.
CachedBatch batchForCache(const ModelConfig& config, const PackedBatch& batch, KeyValueCache& cache);

} // namespace hilo
