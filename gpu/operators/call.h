// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/operators/autograd.h"
#include "gpu/operators/cpu_operators.h"
#include "gpu/operators/device_operators.h"
#include "gpu/operators/schema.h"

#include <ATen/ATen.h>
#include <ATen/core/dispatch/Dispatcher.h>

namespace hilo::gpu {

using OptionalTensor = c10::optional<at::Tensor>;

inline OptionalTensor optional(const at::Tensor& tensor)
{
    return tensor.defined() ? OptionalTensor(tensor) : OptionalTensor();
}

/// The operator of this name ("hilo::route"), with all implementations that the program has.
template <class Signature>
auto operatorOf(const char* name)
{
    useOperatorSchemas();
    useCpuOperators();
    useAutogradOperators();
    useDeviceOperators();
    return c10::Dispatcher::singleton().findSchemaOrThrow(name, "").typed<Signature>();
}

} // namespace hilo::gpu
