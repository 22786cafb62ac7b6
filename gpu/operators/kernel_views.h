// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/kernels/quantised_value.h"
#include "gpu/kernels/routing_token.h"
#include "gpu/operators/call.h"

/// The operators' tensors as the kernels read them, where they lie.
namespace hilo::gpu {

inline PlanView planView(const at::Tensor& words, const at::Tensor& scales)
{
    return {words.data_ptr<std::int32_t>(), scales.data_ptr<float>()};
}

inline QuantisedView quantisedView(const at::Tensor& codes, const OptionalTensor& scaleCodes, const at::Tensor& scales,
                                   const OptionalTensor& table, std::int64_t rows, std::int64_t columns)
{
    return {codes.data_ptr<std::uint8_t>(),
            scaleCodes ? scaleCodes->data_ptr<std::uint8_t>() : nullptr,
            scales.data_ptr<float>(),
            table ? table->data_ptr<float>() : nullptr,
            rows,
            columns};
}

} // namespace hilo::gpu
