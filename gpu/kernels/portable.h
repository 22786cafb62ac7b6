// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

// The arithmetic of the kernels is plain C++ that nvcc compiles for both sides, so that the CPU tests run the very
// functions that the GPU runs.
#if defined(__CUDACC__)
#define HILO_PORTABLE __host__ __device__
#else
#define HILO_PORTABLE
#endif

namespace hilo::gpu {

/// N values that are read and written at once.
template <class T, int N>
struct alignas(sizeof(T) * N) Pack
{
    T value[N];
};

template <int N, class T>
HILO_PORTABLE inline Pack<T, N> loadPack(const T* data, std::int64_t pack)
{
    return reinterpret_cast<const Pack<T, N>*>(data)[pack];
}

template <int N, class T>
HILO_PORTABLE inline void storePack(T* data, std::int64_t pack, const Pack<T, N>& values)
{
    reinterpret_cast<Pack<T, N>*>(data)[pack] = values;
}

/// Those who work on one row together: here one thread that does everything. cuda/team.cuh has a block of threads with
/// the same functions; a row's algorithm is written once for any team.
struct SerialTeam
{
    template <class Work>
    void each(std::int64_t count, const Work& work) const
    {
        for (std::int64_t i = 0; i < count; ++i)
            work(i);
    }

    /// Of part(i), known to every member.
    template <class Part>
    float sum(std::int64_t count, const Part& part) const
    {
        double total = 0;
        for (std::int64_t i = 0; i < count; ++i)
            total += part(i);
        return static_cast<float>(total);
    }

    template <class Part>
    float maximum(std::int64_t count, const Part& part) const
    {
        float highest = part(0);
        for (std::int64_t i = 1; i < count; ++i)
            highest = part(i) > highest ? part(i) : highest;
        return highest;
    }

    /// True for the one member that writes a row's single values.
    bool isFirst() const { return true; }
};

} // namespace hilo::gpu
