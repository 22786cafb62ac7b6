// SPDX-License-Identifier: GPL-3.0-or-later
// Each value on its own: rotation, gated activations, dropout.
#include "gpu/cuda/team.cuh"

namespace hilo::gpu::cuda {
namespace {

constexpr int threads = 256;

template <class T>
__global__ void rotateKernel(const T* x, std::int64_t tokenStride, const T* cos, const T* sin, T* y,
                             std::int64_t tokens, std::int64_t heads, std::int64_t half, bool back)
{
    const std::int64_t pairs = tokens * heads * half;
    for (std::int64_t i = blockIdx.x * std::int64_t{blockDim.x} + threadIdx.x; i < pairs;
         i += std::int64_t{gridDim.x} * blockDim.x) {
        const std::int64_t pair = i % half;
        const std::int64_t head = i / half % heads;
        const std::int64_t token = i / half / heads;
        const T* const from = x + token * tokenStride + head * 2 * half + pair;
        T* const to = y + (token * heads + head) * 2 * half + pair;
        float first = static_cast<float>(from[0]);
        float second = static_cast<float>(from[half]);
        rotatePair(first, second, static_cast<float>(cos[token * half + pair]),
                   static_cast<float>(sin[token * half + pair]), back);
        to[0] = static_cast<T>(first);
        to[half] = static_cast<T>(second);
    }
}

template <int N, class T>
__global__ void gatedKernel(GateKind kind, const T* gate, const T* up, T* y, std::int64_t packs)
{
    for (std::int64_t i = blockIdx.x * std::int64_t{blockDim.x} + threadIdx.x; i < packs;
         i += std::int64_t{gridDim.x} * blockDim.x) {
        const Pack<T, N> gates = loadPack<N>(gate, i);
        const Pack<T, N> ups = loadPack<N>(up, i);
        Pack<T, N> result;
        for (int k = 0; k < N; ++k)
            result.value[k] = static_cast<T>(gateOf(kind, static_cast<float>(gates.value[k])).value *
                                             static_cast<float>(ups.value[k]));
        storePack<N>(y, i, result);
    }
}

template <int N, class T>
__global__ void gatedBackwardKernel(GateKind kind, const T* gradient, const T* gate, const T* up, T* gateGradient,
                                    T* upGradient, std::int64_t packs)
{
    for (std::int64_t i = blockIdx.x * std::int64_t{blockDim.x} + threadIdx.x; i < packs;
         i += std::int64_t{gridDim.x} * blockDim.x) {
        const Pack<T, N> slopes = loadPack<N>(gradient, i);
        const Pack<T, N> gates = loadPack<N>(gate, i);
        const Pack<T, N> ups = loadPack<N>(up, i);
        Pack<T, N> ofGate;
        Pack<T, N> ofUp;
        for (int k = 0; k < N; ++k) {
            const ValueAndSlope bent = gateOf(kind, static_cast<float>(gates.value[k]));
            const float slope = static_cast<float>(slopes.value[k]);
            ofGate.value[k] = static_cast<T>(slope * static_cast<float>(ups.value[k]) * bent.slope);
            ofUp.value[k] = static_cast<T>(slope * bent.value);
        }
        storePack<N>(gateGradient, i, ofGate);
        storePack<N>(upGradient, i, ofUp);
    }
}

/// N is a multiple of 4 or 1.
template <int N, class T>
__global__ void dropoutKernel(const T* x, T* y, std::int64_t packs, DropoutMask mask)
{
    for (std::int64_t i = blockIdx.x * std::int64_t{blockDim.x} + threadIdx.x; i < packs;
         i += std::int64_t{gridDim.x} * blockDim.x) {
        Pack<T, N> values = loadPack<N>(x, i);
        float factors[N];
        if constexpr (N % 4 == 0) {
            for (int draw = 0; draw < N / 4; ++draw)
                mask.quad(i * (N / 4) + draw, factors + 4 * draw);
        } else {
            factors[0] = mask.of(i);
        }
        for (int k = 0; k < N; ++k)
            values.value[k] = static_cast<T>(static_cast<float>(values.value[k]) * factors[k]);
        storePack<N>(y, i, values);
    }
}

} // namespace

void rotate(Number type, const void* x, std::int64_t tokenStride, const void* cos, const void* sin, void* y,
            std::int64_t tokens, std::int64_t heads, std::int64_t half, bool back, Stream stream)
{
    if (tokens * heads * half == 0)
        return;
    withNumber(type, [&](auto number) {
        using T = decltype(number);
        launch("rotate", rotateKernel<T>, {blocksFor(tokens * heads * half, threads), threads}, stream,
               static_cast<const T*>(x), tokenStride, static_cast<const T*>(cos), static_cast<const T*>(sin),
               static_cast<T*>(y), tokens, heads, half, back);
    });
}

void gated(Number type, GateKind kind, const void* gate, const void* up, void* y, std::int64_t count, Stream stream)
{
    if (count == 0)
        return;
    withNumber(type, [&](auto number) {
        using T = decltype(number);
        constexpr int n = packOf<T>;
        const auto* const gates = static_cast<const T*>(gate);
        const auto* const ups = static_cast<const T*>(up);
        auto* const out = static_cast<T*>(y);
        if (count % n == 0 && isAligned({gate, up, y}))
            launch("gated", gatedKernel<n, T>, {blocksFor(count / n, threads), threads}, stream, kind, gates, ups, out,
                   count / n);
        else
            launch("gated", gatedKernel<1, T>, {blocksFor(count, threads), threads}, stream, kind, gates, ups, out,
                   count);
    });
}

void gatedBackward(Number type, GateKind kind, const void* gradient, const void* gate, const void* up,
                   void* gateGradient, void* upGradient, std::int64_t count, Stream stream)
{
    if (count == 0)
        return;
    withNumber(type, [&](auto number) {
        using T = decltype(number);
        constexpr int n = packOf<T>;
        const auto* const slopes = static_cast<const T*>(gradient);
        const auto* const gates = static_cast<const T*>(gate);
        const auto* const ups = static_cast<const T*>(up);
        auto* const ofGate = static_cast<T*>(gateGradient);
        auto* const ofUp = static_cast<T*>(upGradient);
        if (count % n == 0 && isAligned({gradient, gate, up, gateGradient, upGradient}))
            launch("gated_backward", gatedBackwardKernel<n, T>, {blocksFor(count / n, threads), threads}, stream, kind,
                   slopes, gates, ups, ofGate, ofUp, count / n);
        else
            launch("gated_backward", gatedBackwardKernel<1, T>, {blocksFor(count, threads), threads}, stream, kind,
                   slopes, gates, ups, ofGate, ofUp, count);
    });
}

void dropout(Number type, const void* x, void* y, std::int64_t count, const DropoutMask& mask, Stream stream)
{
    if (count == 0)
        return;
    withNumber(type, [&](auto number) {
        using T = decltype(number);
        constexpr int n = packOf<T>;
        const auto* const in = static_cast<const T*>(x);
        auto* const out = static_cast<T*>(y);
        if (count % n == 0 && isAligned({x, y}))
            launch("dropout", dropoutKernel<n, T>, {blocksFor(count / n, threads), threads}, stream, in, out, count / n,
                   mask);
        else
            launch("dropout", dropoutKernel<1, T>, {blocksFor(count, threads), threads}, stream, in, out, count, mask);
    });
}

} // namespace hilo::gpu::cuda
