// SPDX-License-Identifier: GPL-3.0-or-later
// Matrix fragments of a warp: its first lane holds them whole and does the work, all lanes meet at each call and must
// ask for the same. Pointers and strides are held to what the tensor cores demand.
#pragma once

#include "cuda_runtime.h"

#include <cstdint>
#include <type_traits>

namespace nvcuda::wmma {

struct row_major;
struct col_major;
struct matrix_a;
struct matrix_b;
struct accumulator;
enum layout_t { mem_row_major, mem_col_major };

template <class Use, int Rows, int Columns, int Inner, class T, class Layout = void>
struct fragment
{
    static_assert(Rows == 16 && Columns == 16 && Inner == 16);
    float values[16][16];
};

inline void meet(const void* pointer, std::size_t stride, std::size_t multiple, const std::source_location& place)
{
    const void* first = nullptr;
    std::memcpy(&first, hilo::emulated::exchange(&pointer, sizeof pointer, 0, place), sizeof first);
    if (first != pointer)
        hilo::emulated::fail("the lanes of a warp load different fragments");
    if (reinterpret_cast<std::uintptr_t>(pointer) % 32 != 0)
        hilo::emulated::fail("a fragment must begin at a multiple of 32 bytes");
    if (stride % multiple != 0)
        hilo::emulated::fail("the rows of a fragment must be multiples of 16 bytes apart");
}

template <class Fragment>
void fill_fragment(Fragment& to, float value)
{
    for (auto& row : to.values)
        for (float& one : row)
            one = value;
}

template <class Use, class T, class Layout>
void load_matrix_sync(fragment<Use, 16, 16, 16, T, Layout>& to, const T* from, unsigned stride,
                      const std::source_location& place = std::source_location::current())
{
    meet(from, stride, 16 / sizeof(T), place);
    if (hilo::emulated::lane() != 0)
        return;
    for (unsigned i = 0; i < 16; ++i)
        for (unsigned j = 0; j < 16; ++j)
            to.values[i][j] =
                static_cast<float>(std::is_same_v<Layout, row_major> ? from[i * stride + j] : from[j * stride + i]);
}

template <class T, class Left, class Right>
void mma_sync(fragment<accumulator, 16, 16, 16, float>& to, const fragment<matrix_a, 16, 16, 16, T, Left>& left,
              const fragment<matrix_b, 16, 16, 16, T, Right>& right,
              const fragment<accumulator, 16, 16, 16, float>& add,
              const std::source_location& place = std::source_location::current())
{
    hilo::emulated::meetWarp(place);
    if (hilo::emulated::lane() != 0)
        return;
    for (int i = 0; i < 16; ++i)
        for (int j = 0; j < 16; ++j) {
            float sum = add.values[i][j];
            for (int k = 0; k < 16; ++k)
                sum += left.values[i][k] * right.values[k][j];
            to.values[i][j] = sum;
        }
}

inline void store_matrix_sync(float* to, const fragment<accumulator, 16, 16, 16, float>& from, unsigned stride,
                              layout_t layout, const std::source_location& place = std::source_location::current())
{
    meet(to, stride, 4, place);
    if (hilo::emulated::lane() != 0)
        return;
    for (unsigned i = 0; i < 16; ++i)
        for (unsigned j = 0; j < 16; ++j)
            to[layout == mem_row_major ? i * stride + j : j * stride + i] = from.values[i][j];
}

} // namespace nvcuda::wmma
