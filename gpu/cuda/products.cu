// SPDX-License-Identifier: GPL-3.0-or-later
// Matrix products on the tensor cores whose right operand is not in memory as the product needs it (quantised weights),
// or whose left one is not (dropout). One scheme for all: a block of four warps makes 64 × 64 results; both operands
// pass through shared memory in steps of 32, where they are made; float32 sums.
#include "gpu/cuda/team.cuh"

#include <mma.h>

namespace hilo::gpu::cuda {
namespace {

namespace wmma = nvcuda::wmma;

constexpr int threads = 128;
constexpr int tile = 64; ///< rows and columns of a block's results
constexpr int step = 32; ///< of the inner dimension
constexpr int fragment = 16;
// Rows of shared memory are padded so that neighbours begin in other banks; wmma wants multiples of 16 bytes.
constexpr int innerStride = step + 8;
constexpr int outerStride = tile + 8;
constexpr int resultStride = tile + 4;

/// Rows of the left operand [rows, inner], dense; as they are.
template <class T>
struct PlainRows
{
    const T* data;
    std::int64_t rows;
    std::int64_t inner;
    bool wide; ///< every eighth value of a row begins at a multiple of 16 bytes

    PlainRows(const void* values, std::int64_t count, std::int64_t width)
        : data(static_cast<const T*>(values)), rows(count), inner(width), wide(width % 8 == 0 && isAligned({values}))
    {
    }

    __device__ void eight(std::int64_t row, std::int64_t column, T* values) const
    {
        if (row < rows && column + 8 <= inner && wide) {
            *reinterpret_cast<Pack<T, 8>*>(values) = *reinterpret_cast<const Pack<T, 8>*>(data + row * inner + column);
            return;
        }
        for (int i = 0; i < 8; ++i)
            values[i] = row < rows && column + i < inner ? data[row * inner + column + i] : static_cast<T>(0.0f);
    }
};

/// The same with a dropout mask over all elements.
template <class T>
struct DroppedRows
{
    PlainRows<T> plain;
    DropoutMask mask;

    __device__ void eight(std::int64_t row, std::int64_t column, T* values) const
    {
        plain.eight(row, column, values);
        const std::int64_t first = row * plain.inner + column;
        float factors[8];
        if (first % 4 == 0) {
            mask.quad(first / 4, factors);
            mask.quad(first / 4 + 1, factors + 4);
        } else {
            for (int i = 0; i < 8; ++i)
                factors[i] = mask.of(first + i);
        }
        for (int i = 0; i < 8; ++i)
            values[i] = static_cast<T>(static_cast<float>(values[i]) * factors[i]);
    }
};

/// A quantised weight, made in T where it is needed.
template <class T, class Source>
struct QuantisedRows
{
    Source source;

    __device__ void eight(std::int64_t row, std::int64_t column, T* values) const
    {
        float wide[8];
        source.eight(row, column, wide);
        for (int i = 0; i < 8; ++i)
            values[i] = static_cast<T>(wide[i]);
    }
};

/// y [rows, columns] = left [rows, inner] · right, where right(k, c) is weight(c, k), or weight(k, c) when Across.
template <bool Across, class T, class Left, class Weight, class Result>
__global__ void __launch_bounds__(threads) productKernel(Left left, Weight weight, Result* y, std::int64_t yStride,
                                                         std::int64_t rows, std::int64_t columns, std::int64_t inner)
{
    __shared__ __align__(128) T leftTile[tile * innerStride];
    __shared__ __align__(128) T rightTile[Across ? step * outerStride : tile * innerStride];
    __shared__ __align__(128) float results[tile * resultStride];

    const std::int64_t firstRow = std::int64_t{blockIdx.y} * tile;
    const std::int64_t firstColumn = std::int64_t{blockIdx.x} * tile;
    const int warp = static_cast<int>(threadIdx.x) / warpSize_;
    const int warpRow = warp / 2 * 32;
    const int warpColumn = warp % 2 * 32;

    wmma::fragment<wmma::accumulator, fragment, fragment, fragment, float> sums[2][2];
    for (int i = 0; i < 2; ++i)
        for (int j = 0; j < 2; ++j)
            wmma::fill_fragment(sums[i][j], 0.0f);

    using RightLayout = std::conditional_t<Across, wmma::row_major, wmma::col_major>;
    for (std::int64_t k = 0; k < inner; k += step) {
        // 64 · 32 values in runs of eight: two runs a thread, for each operand.
        for (int run = threadIdx.x; run < tile * step / 8; run += threads) {
            const int row = run / (step / 8);
            const int column = run % (step / 8) * 8;
            left.eight(firstRow + row, k + column, leftTile + row * innerStride + column);
            if constexpr (Across) {
                const int inside = run / (tile / 8);
                const int outside = run % (tile / 8) * 8;
                weight.eight(k + inside, firstColumn + outside, rightTile + inside * outerStride + outside);
            } else {
                weight.eight(firstColumn + row, k + column, rightTile + row * innerStride + column);
            }
        }
        __syncthreads();
        for (int inside = 0; inside < step; inside += fragment) {
            wmma::fragment<wmma::matrix_a, fragment, fragment, fragment, T, wmma::row_major> lefts[2];
            wmma::fragment<wmma::matrix_b, fragment, fragment, fragment, T, RightLayout> rights[2];
            for (int i = 0; i < 2; ++i) {
                wmma::load_matrix_sync(lefts[i], leftTile + (warpRow + i * fragment) * innerStride + inside,
                                       innerStride);
                const int column = warpColumn + i * fragment;
                if constexpr (Across)
                    wmma::load_matrix_sync(rights[i], rightTile + inside * outerStride + column, outerStride);
                else
                    wmma::load_matrix_sync(rights[i], rightTile + column * innerStride + inside, innerStride);
            }
            for (int i = 0; i < 2; ++i)
                for (int j = 0; j < 2; ++j)
                    wmma::mma_sync(sums[i][j], lefts[i], rights[j], sums[i][j]);
        }
        __syncthreads();
    }
    for (int i = 0; i < 2; ++i)
        for (int j = 0; j < 2; ++j)
            wmma::store_matrix_sync(results + (warpRow + i * fragment) * resultStride + warpColumn + j * fragment,
                                    sums[i][j], resultStride, wmma::mem_row_major);
    __syncthreads();
    for (int i = threadIdx.x; i < tile * tile; i += threads) {
        const std::int64_t row = firstRow + i / tile;
        const std::int64_t column = firstColumn + i % tile;
        if (row < rows && column < columns)
            y[row * yStride + column] = static_cast<Result>(results[i / tile * resultStride + i % tile]);
    }
}

template <bool Across, class T, class Left, class Weight, class Result>
void startProduct(const Left& left, const Weight& weight, Result* y, std::int64_t yStride, std::int64_t rows,
                  std::int64_t columns, std::int64_t inner, Stream stream)
{
    const std::int64_t down = (rows + tile - 1) / tile;
    if (down > 65535)
        throw std::runtime_error("a product of more than 4 million rows");
    const dim3 blocks(static_cast<unsigned>((columns + tile - 1) / tile), static_cast<unsigned>(down));
    launch("a product", productKernel<Across, T, Left, Weight, Result>, {blocks, threads}, stream, left, weight, y,
           yStride, rows, columns, inner);
}

template <class T, class Source>
__global__ void dequantiseKernel(Source source, T* y)
{
    const std::int64_t runs = (source.view.columns + 7) / 8;
    const std::int64_t count = source.view.rows * runs;
    for (std::int64_t i = std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x; i < count;
         i += std::int64_t{gridDim.x} * blockDim.x) {
        const std::int64_t row = i / runs;
        const std::int64_t column = i % runs * 8;
        float values[8];
        source.eight(row, column, values);
        T* const to = y + row * source.view.columns + column;
        Pack<T, 8> result;
        for (int k = 0; k < 8; ++k)
            result.value[k] = static_cast<T>(values[k]);
        if (source.view.columns % 8 == 0)
            *reinterpret_cast<Pack<T, 8>*>(to) = result;
        else
            for (int k = 0; k < 8 && column + k < source.view.columns; ++k)
                to[k] = result.value[k];
    }
}

} // namespace

void droppedProduct(Number type, const void* x, const void* weight, float* y, std::int64_t yStride, std::int64_t tokens,
                    std::int64_t rows, std::int64_t columns, const DropoutMask& mask, Stream stream)
{
    if (tokens == 0 || rows == 0)
        return;
    withHalf(type, [&](auto number) {
        using T = decltype(number);
        const DroppedRows<T> left{PlainRows<T>(x, tokens, columns), mask};
        const PlainRows<T> right(weight, rows, columns);
        startProduct<false, T>(left, right, y, yStride, tokens, rows, columns, stream);
    });
}

void quantisedProduct(Number type, WeightFormat format, const void* x, const QuantisedView& weight, bool transposed,
                      void* y, std::int64_t tokens, Stream stream)
{
    if (tokens == 0)
        return;
    withHalf(type, [&](auto number) {
        using T = decltype(number);
        withFormat(format, [&](auto source) {
            source.view = weight;
            const QuantisedRows<T, decltype(source)> right{source};
            auto* const out = static_cast<T*>(y);
            if (transposed)
                startProduct<true, T>(PlainRows<T>(x, tokens, weight.rows), right, out, weight.columns, tokens,
                                      weight.columns, weight.rows, stream);
            else
                startProduct<false, T>(PlainRows<T>(x, tokens, weight.columns), right, out, weight.rows, tokens,
                                       weight.rows, weight.columns, stream);
        });
    });
}

void dequantise(Number type, WeightFormat format, const QuantisedView& weight, void* y, Stream stream)
{
    withNumber(type, [&](auto number) {
        using T = decltype(number);
        withFormat(format, [&](auto source) {
            source.view = weight;
            const std::int64_t runs = weight.rows * ((weight.columns + 7) / 8);
            launch("dequantise", dequantiseKernel<T, decltype(source)>, {blocksFor(runs, 256), 256}, stream, source,
                   static_cast<T*>(y));
        });
    });
}

} // namespace hilo::gpu::cuda
