// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "base/json.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hilo {

/// What a run's largest micro-batch looks like.
struct BatchShape
{
    std::int64_t tokens = 0;         ///< of the largest micro-batch
    std::int64_t attentionPairs = 0; ///< largest sum of length² over sequences that are attended together
    std::int64_t labels = 0;         ///< tokens with a loss in one micro-batch
    double tokensPerMicroBatch = 0;  ///< mean
    double meanLength = 0;           ///< tokens of a sequence, weighted by its tokens
    std::int64_t microBatches = 0;   ///< of the whole run; 0: unknown
};

/// Something that is computed at once while a run is measured, without gradients.
struct EvaluationShape
{
    std::int64_t tokens = 0;
    std::int64_t attentionPairs = 0; ///< as BatchShape's
    std::int64_t labels = 0;         ///< tokens with a loss
    std::int64_t cachedTokens = 0;   ///< places of the caches of keys and values
};

/// The largest that settings alone allow: batchSize sequences of maxLength tokens, all with a loss.
BatchShape largestBatch(std::int64_t batchSize, std::int64_t maxLength);
/// From the lengths of the rows of each micro-batch, in order; labels: most tokens with a loss in one micro-batch.
BatchShape measuredBatch(const std::vector<std::vector<std::int64_t>>& microBatches, std::int64_t labels);

/// Of the longest batchSize of texts of these lengths, read in one pass; all their tokens have a loss.
EvaluationShape measuredEvaluation(std::vector<std::int64_t> lengths, std::int64_t batchSize);

/// All that was measured, and not derived. Values: CPU, docs/results.md.
struct EstimateConstants
{
    /// Resident before any weight is read: program, LibTorch, tokenizer and rows. Whoever has them in memory sets what
    /// they take there (estimatedProcess); else what is usual (cpuConstants).
    std::int64_t processBytes = 0;
    std::int64_t logitChunkBytes = std::int64_t{64} << 20; ///< as gpu::CrossEntropyOptions
    /// Of the speed of a plain matrix product that a training step reaches, counted in the operations below.
    double efficiency = 0.6;
};

struct EstimateSettings
{
    BatchShape batch;
    int baseBytes = 4;                ///< per value of the frozen base: 4 float32, 2 bfloat16
    double linearBytes = 0;           ///< per value of the layers' linear weights when they are quantised; 0: baseBytes
    bool onGpu = false;               ///< flash attention, no score matrices
    std::int64_t evaluationBytes = 0; ///< of the largest of what the run is measured on (evaluationBytes())
    std::int64_t readingBytes = 0;    ///< of the largest weight that is decoded: its float32 values beside the rest
    std::int64_t untouchedBytes =
        0; ///< of weights used where the file is mapped: rows of the embedding and experts nobody asks for
    bool recomputeActivations = false;
    double flopsPerSecond = 0; ///< of a plain matrix product, measured; 0: no time is estimated
};

/// Bytes of one value of a quantised linear weight ("nf4", "int8", "fp8"); 0 for "none". nf4: 4 bits, 8 for each 64
/// values and 32 for each 16384 (2305.14314); the others 8 bits, and 32 for each row, which is not counted.
double quantisedBytes(const std::string& quantisation);

/// Constants for a CPU, of the LibTorch that this program was built with.
EstimateConstants cpuConstants();

/// What training has resident before any weight is read, from what a process has that holds program, LibTorch,
/// tokenizer and rows, but has never computed a gradient.
std::int64_t estimatedProcess(std::int64_t residentBytes);

/// Of an embedding whose rows of rowBytes are used where the file is mapped: bytes that stay out of memory when only
/// these tokens are looked up. The system brings 64 KiB at a time.
std::int64_t untouchedEmbedding(std::int64_t vocabulary, std::int64_t rowBytes, const std::vector<bool>& used);

/// Constants for a GPU: derived from what the program allocates; not measured.
EstimateConstants gpuConstants();

/// Bytes that are there while this is computed: caches, and the widest layer's values or what is in front of the loss.
std::int64_t evaluationBytes(const ModelConfig& model, const EvaluationShape& shape, const EstimateSettings& settings,
                             const EstimateConstants& constants = {});

/// Of all layers the most bytes that one keeps for its backward pass per token, with baseBytes a value.
std::int64_t largestLayerBytes(const AllocationMap& map, const ModelConfig& model, int baseBytes);

/// The largest batch size of at most batchSize that is estimated to fit into usable bytes; 0 when none does.
std::int64_t fittingBatchSize(const AllocationMap& map, const ModelConfig& model, EstimateSettings settings,
                              std::int64_t batchSize, std::int64_t maxLength, std::int64_t usable,
                              const EstimateConstants& constants);

/// Bytes of a training run at its peak, by part.
struct MemoryEstimate
{
    std::int64_t process = 0;
    std::int64_t weights = 0;     ///< base parameters in the base's type
    std::int64_t adapters = 0;    ///< A, B and routers, float32
    std::int64_t gradients = 0;   ///< the same again
    std::int64_t optimiser = 0;   ///< AdamW's two moments
    std::int64_t activations = 0; ///< kept for the backward pass
    std::int64_t workspace = 0;   ///< gradients on the way, with attention's scores where those weigh more
    std::int64_t logits = 0;      ///< one chunk of logits; counted in the total only where it is the larger one
    std::int64_t evaluation = 0;  ///< a batch that is measured; counted only where it is more than a step's
    std::int64_t reading = 0;     ///< while the weights are read; likewise
    std::int64_t total = 0;

    /// Beside process, weights and adapters with what belongs to them: the largest of what is never there together.
    std::int64_t working() const;
    Json toJson() const;
};

/// Kept per token and layer with an adapter on every module: the layer's input, both norms' outputs and the middle
/// (4 hidden), query, key, value and attended values (of a gated delta net what its rule reads and gives), gate, up and
/// their product, each in the base's type; what norms of queries, keys and branches and a clamp before RoPE get; and
/// per input group rank sums and router logits in float32 twice (products, and gates). A group without adapters keeps
/// no input, and layers in front of the first adapter keep nothing. With recomputation: the layer's input, and all of
/// the above for one layer. Weights that are converted or decoded are in memory once: what was read of the file is
/// given back (base/mapped_file.h).
MemoryEstimate estimateMemory(const AllocationMap& map, const ModelConfig& model, const EstimateSettings& settings,
                              const EstimateConstants& constants = {});

/// Floating point operations for one token in training: 4 a frozen parameter that it passes (forward, gradient by the
/// input; of the base's own experts the active ones), 6 an
/// adapter parameter (forward, both gradients; all experts are computed), attention 14·length·width a layer, a gated
/// delta net's rule four times (forward, again, both gradients); with recomputation one more forward pass.
double operationsPerToken(const AllocationMap& map, const ModelConfig& model, const EstimateSettings& settings);

/// Tokens per second of training, and the run's seconds. 0 where the speed or the number of steps is not known.
struct TimeEstimate
{
    double tokensPerSecond = 0;
    double seconds = 0;
};
TimeEstimate estimateTime(const AllocationMap& map, const ModelConfig& model, const EstimateSettings& settings,
                          const EstimateConstants& constants = {});

} // namespace hilo
