// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/kernels/adamw.h"
#include "gpu/kernels/dropout.h"
#include "gpu/kernels/elementwise.h"
#include "gpu/kernels/quantised_value.h"
#include "gpu/kernels/routing_token.h"

#include <cstdint>

struct CUstream_st;

/// The kernels behind plain functions: no LibTorch, no CUDA header. Pointers are device memory unless said otherwise;
/// every call only queues work on its stream. A launch that fails throws std::runtime_error with CUDA's own words.
namespace hilo::gpu::cuda {

using Stream = CUstream_st*;

enum class Number { Float32, Float16, BFloat16 };

/// Rows of width values, dense.
void rmsNorm(Number type, const void* x, const void* weight, void* y, std::int64_t rows, std::int64_t width,
             float epsilon, bool addsOne, Stream stream);
void rmsNormBackward(Number type, const void* gradient, const void* x, const void* weight, void* xGradient,
                     std::int64_t rows, std::int64_t width, float epsilon, bool addsOne, Stream stream);

/// x [tokens, heads, 2·half] with a stride between tokens, cos and sin [tokens, half], y dense.
void rotate(Number type, const void* x, std::int64_t tokenStride, const void* cos, const void* sin, void* y,
            std::int64_t tokens, std::int64_t heads, std::int64_t half, bool back, Stream stream);

/// All of count values, dense.
void gated(Number type, GateKind kind, const void* gate, const void* up, void* y, std::int64_t count, Stream stream);
void gatedBackward(Number type, GateKind kind, const void* gradient, const void* gate, const void* up,
                   void* gateGradient, void* upGradient, std::int64_t count, Stream stream);
void dropout(Number type, const void* x, void* y, std::int64_t count, const DropoutMask& mask, Stream stream);

/// Rows of logits become gradients in place; losses [rows].
void crossEntropy(Number type, void* logits, const std::int64_t* labels, float* losses, std::int64_t rows,
                  std::int64_t vocabulary, float softcap, Stream stream);

/// Columns [first, first + width) of rows of logits [rows, width]; kernels/cross_entropy_chunk.h for each row.
void crossEntropyChunk(Number type, const void* logits, const std::int64_t* labels, float* maximum, float* sum,
                       float* ofLabel, std::int64_t rows, std::int64_t width, std::int64_t first, float softcap,
                       Stream stream);
void crossEntropyChunkGradient(Number type, void* logits, const std::int64_t* labels, const float* logSum,
                               std::int64_t rows, std::int64_t width, std::int64_t first, float softcap, Stream stream);

/// Gates and expansion of tokens; what operators/operators.h says of route. product [tokens, ranks + logits] float32,
/// gates [tokens, logits], weighted [tokens, ranks] of type. chosen and probability [logits] are added to in a fixed
/// order, or both null; only then workspace, routeWorkspace() bytes, is needed. counted, or null: a number on the
/// device; only the first so many tokens are added.
struct RouteSizes
{
    std::int64_t tokens = 0;
    int modules = 0;
    int experts = 0;
    int ranks = 0;
    int logits = 0;
};
std::int64_t routeWorkspace(const RouteSizes& sizes);
void route(Number type, const RouteSizes& sizes, const PlanView& plan, const float* product, float* gates,
           void* weighted, double* chosen, double* probability, const std::int64_t* counted, void* workspace,
           Stream stream);
/// slope [tokens, ranks], weighted [tokens, ranks] and productGradient [tokens, ranks + logits] are of type. slopes
/// hold for the first counted tokens, or all where that is null.
void routeBackward(Number type, const RouteSizes& sizes, const PlanView& plan, const float* product, const float* gates,
                   const void* slope, const float* slopes, const std::int64_t* counted, void* weighted,
                   void* productGradient, Stream stream);

/// kernels/balance.h for each layer of records (layers, then each one's offset in the words). losses [layers]. counted
/// stands for tokens unless it is null.
void balance(const std::int32_t* records, std::int64_t layers, const double* chosen, const double* probability,
             double tokens, const std::int64_t* counted, float* slopes, double* losses, Stream stream);

/// √Σ gradient² in double, summed in a fixed order. workspace: normWorkspace doubles.
constexpr int normWorkspace = 1024;
void gradientNorm(const float* gradient, std::int64_t count, double* norm, double* workspace, Stream stream);
/// norm may be null. Every gradient is multiplied by factor and by the
/// clipping factor of norm · factor, and set to zero when told.
void adamw(const AdamwConstants& constants, float* parameters, float* gradient, float* first, float* second,
           std::int64_t count, const double* norm, double maximumNorm, float factor, bool clearGradient, Stream stream);

/// y [tokens, rows] = dropout(x) [tokens, columns] · weightᵀ, weight [rows, columns]; type Float16 or BFloat16, y
/// float32 with a stride between tokens. The mask's elements count through x.
void droppedProduct(Number type, const void* x, const void* weight, float* y, std::int64_t yStride, std::int64_t tokens,
                    std::int64_t rows, std::int64_t columns, const DropoutMask& mask, Stream stream);
/// y [tokens, rows] = x [tokens, columns] · weightᵀ, or transposed: y [tokens, columns] = x [tokens, rows] · weight;
/// the weight's values are made where they are multiplied. type Float16 or BFloat16.
void quantisedProduct(Number type, WeightFormat format, const void* x, const QuantisedView& weight, bool transposed,
                      void* y, std::int64_t tokens, Stream stream);
/// All values of a weight, dense [rows, columns].
void dequantise(Number type, WeightFormat format, const QuantisedView& weight, void* y, Stream stream);

} // namespace hilo::gpu::cuda
