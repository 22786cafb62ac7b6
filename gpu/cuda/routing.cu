// SPDX-License-Identifier: GPL-3.0-or-later
// Routing: a block takes a few tokens through all of its steps, so that each direction is one launch.
#include "gpu/cuda/team.cuh"
#include "gpu/kernels/balance.h"

#include <algorithm>

namespace hilo::gpu::cuda {
namespace {

constexpr int threads = 256;
/// Of a block's 48 KiB; the kernels have a few bytes of their own.
constexpr std::int64_t sharedBytes = 47 * 1024;

/// Tokens of a block, so that floats per token and logit fit into shared memory.
int tokensPerBlock(const RouteSizes& sizes, int floats)
{
    const std::int64_t perToken = std::max<std::int64_t>(1, std::int64_t{sizes.logits} * floats * 4);
    const std::int64_t tokens = std::min<std::int64_t>(16, sharedBytes / perToken);
    if (tokens == 0)
        throw std::runtime_error("too many experts share one input for the routing kernel");
    return static_cast<int>(tokens);
}

std::int64_t blocksOf(const RouteSizes& sizes, int perBlock)
{
    return (sizes.tokens + perBlock - 1) / perBlock;
}

/// Tokens of [begin, begin + count) that are among the first *counted; all where that is null.
__device__ int countedOf(std::int64_t begin, int count, const std::int64_t* counted)
{
    if (!counted)
        return count;
    return static_cast<int>(max(std::int64_t{0}, min(std::int64_t{count}, *counted - begin)));
}

/// Adds the block's counts, token by token, into its own place; the last block to arrive adds all places in order.
__device__ void gatherCounts(const float* counted, int perBlock, int count, int logits, double* partial,
                             unsigned* ticket, double* chosen, double* probability)
{
    double* const place = partial + std::int64_t{blockIdx.x} * 2 * logits;
    for (int column = threadIdx.x; column < 2 * logits; column += blockDim.x) {
        const float* const values =
            column < logits ? counted + column : counted + std::int64_t{perBlock} * logits + column - logits;
        double sum = 0;
        for (int token = 0; token < count; ++token)
            sum += values[token * logits];
        place[column] = sum;
    }
    __threadfence();
    __shared__ bool isLast;
    __syncthreads();
    if (threadIdx.x == 0)
        isLast = atomicAdd(ticket, 1u) == gridDim.x - 1;
    __syncthreads();
    if (!isLast)
        return;
    __threadfence();
    for (int column = threadIdx.x; column < 2 * logits; column += blockDim.x) {
        double sum = 0;
        for (unsigned block = 0; block < gridDim.x; ++block)
            sum += __ldcg(partial + std::int64_t{block} * 2 * logits + column);
        if (column < logits)
            chosen[column] += sum;
        else
            probability[column - logits] += sum;
    }
}

template <class T>
__global__ void routeKernel(RouteSizes sizes, PlanView plan, const float* product, float* gates, T* weighted,
                            double* chosen, double* probability, const std::int64_t* counted, double* partial,
                            unsigned* ticket, int perBlock)
{
    float* const choices = sharedFloats(); // slots taken [perBlock, logits], probabilities likewise; with counts only
    const std::int64_t begin = std::int64_t{blockIdx.x} * perBlock;
    const int count = static_cast<int>(min(std::int64_t{perBlock}, sizes.tokens - begin));
    const std::int64_t width = sizes.ranks + sizes.logits;
    for (int i = threadIdx.x; i < count * sizes.modules; i += blockDim.x) {
        const int token = i / sizes.modules;
        float* const slots = chosen ? choices + token * sizes.logits : nullptr;
        chooseOfToken(plan, i % sizes.modules, product + (begin + token) * width + sizes.ranks,
                      gates + (begin + token) * sizes.logits, slots,
                      chosen ? slots + perBlock * sizes.logits : nullptr);
    }
    __syncthreads();
    for (int i = threadIdx.x; i < count * sizes.ranks; i += blockDim.x) {
        const std::int64_t token = begin + i / sizes.ranks;
        const int column = i % sizes.ranks;
        weighted[token * sizes.ranks + column] =
            static_cast<T>(weighed(product[token * width + column], plan.weight(column, gates + token * sizes.logits)));
    }
    if (chosen)
        gatherCounts(choices, perBlock, countedOf(begin, count, counted), sizes.logits, partial, ticket, chosen,
                     probability);
}

template <class T>
__global__ void routeBackwardKernel(RouteSizes sizes, PlanView plan, const float* product, const float* gates,
                                    const T* slope, const float* slopes, const std::int64_t* counted, T* weighted,
                                    T* productGradient, int perBlock)
{
    float* const gateSlopes = sharedFloats(); // [perBlock, logits]
    const std::int64_t begin = std::int64_t{blockIdx.x} * perBlock;
    const int count = static_cast<int>(min(std::int64_t{perBlock}, sizes.tokens - begin));
    const std::int64_t width = sizes.ranks + sizes.logits;
    for (int i = threadIdx.x; i < count * sizes.logits; i += blockDim.x)
        gateSlopes[i] = 0;
    __syncthreads();
    for (int i = threadIdx.x; i < count * sizes.experts; i += blockDim.x) {
        const int inBlock = i / sizes.experts;
        const std::int64_t token = begin + inBlock;
        const int expert = i % sizes.experts;
        const int logit = plan.expert(expert)[2];
        if (logit >= 0)
            gateSlopes[inBlock * sizes.logits + logit] = gateSlope(
                plan, expert, gates + token * sizes.logits, slope + token * sizes.ranks, product + token * width);
    }
    for (int i = threadIdx.x; i < count * sizes.ranks; i += blockDim.x) {
        const std::int64_t token = begin + i / sizes.ranks;
        const int column = i % sizes.ranks;
        const float weight = plan.weight(column, gates + token * sizes.logits);
        weighted[token * sizes.ranks + column] = static_cast<T>(weighed(product[token * width + column], weight));
        productGradient[token * width + column] =
            static_cast<T>(weighed(static_cast<float>(slope[token * sizes.ranks + column]), weight));
    }
    __syncthreads();
    const int balanced = countedOf(begin, count, counted);
    for (int i = threadIdx.x; i < count * sizes.modules; i += blockDim.x) {
        const int inBlock = i / sizes.modules;
        const std::int64_t token = begin + inBlock;
        logitGradients(plan, i % sizes.modules, product + token * width + sizes.ranks, gates + token * sizes.logits,
                       gateSlopes + inBlock * sizes.logits, inBlock < balanced ? slopes : nullptr,
                       productGradient + token * width + sizes.ranks);
    }
}

/// One thread a layer: a few numbers each.
__global__ void balanceKernel(const std::int32_t* records, std::int64_t layers, const double* chosen,
                              const double* probability, double tokens, const std::int64_t* counted, float* slopes,
                              double* losses)
{
    const std::int64_t layer = std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x;
    if (counted)
        tokens = static_cast<double>(max(std::int64_t{1}, *counted));
    if (layer < layers)
        losses[layer] = balanceLayer(records + records[1 + layer], chosen, probability, tokens, slopes);
}

} // namespace

std::int64_t routeWorkspace(const RouteSizes& sizes)
{
    return 16 + blocksOf(sizes, tokensPerBlock(sizes, 2)) * 2 * sizes.logits * 8;
}

void route(Number type, const RouteSizes& sizes, const PlanView& plan, const float* product, float* gates,
           void* weighted, double* chosen, double* probability, const std::int64_t* counted, void* workspace,
           Stream stream)
{
    if (sizes.tokens == 0)
        return;
    const int perBlock = tokensPerBlock(sizes, 2);
    const auto blocks = static_cast<unsigned>(blocksOf(sizes, perBlock));
    auto* const ticket = static_cast<unsigned*>(workspace);
    double* const partial = chosen ? reinterpret_cast<double*>(static_cast<char*>(workspace) + 16) : nullptr;
    if (chosen)
        cudaMemsetAsync(ticket, 0, sizeof(unsigned), stream);
    const std::size_t shared = chosen ? std::size_t{2} * perBlock * sizes.logits * sizeof(float) : 0;
    withNumber(type, [&](auto number) {
        using T = decltype(number);
        launch("route", routeKernel<T>, {blocks, threads, shared}, stream, sizes, plan, product, gates,
               static_cast<T*>(weighted), chosen, probability, counted, partial, ticket, perBlock);
    });
}

void routeBackward(Number type, const RouteSizes& sizes, const PlanView& plan, const float* product, const float* gates,
                   const void* slope, const float* slopes, const std::int64_t* counted, void* weighted,
                   void* productGradient, Stream stream)
{
    if (sizes.tokens == 0)
        return;
    const int perBlock = tokensPerBlock(sizes, 1);
    const auto blocks = static_cast<unsigned>(blocksOf(sizes, perBlock));
    const std::size_t shared = std::size_t{1} * perBlock * sizes.logits * sizeof(float);
    withNumber(type, [&](auto number) {
        using T = decltype(number);
        launch("route_backward", routeBackwardKernel<T>, {blocks, threads, shared}, stream, sizes, plan, product, gates,
               static_cast<const T*>(slope), slopes, counted, static_cast<T*>(weighted),
               static_cast<T*>(productGradient), perBlock);
    });
}

void balance(const std::int32_t* records, std::int64_t layers, const double* chosen, const double* probability,
             double tokens, const std::int64_t* counted, float* slopes, double* losses, Stream stream)
{
    if (layers == 0)
        return;
    launch("balance", balanceKernel, {blocksFor(layers, warpSize_), warpSize_}, stream, records, layers, chosen,
           probability, tokens, counted, slopes, losses);
}

} // namespace hilo::gpu::cuda
