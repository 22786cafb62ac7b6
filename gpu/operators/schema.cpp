// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpu/operators/schema.h"

#include <torch/library.h>

namespace hilo::gpu {

TORCH_LIBRARY(hilo, library)
{
    library.def("rms_norm(Tensor x, Tensor weight, float epsilon, bool adds_one) -> Tensor");
    library.def("rms_norm_backward(Tensor gradient, Tensor x, Tensor weight, float epsilon, bool adds_one, "
                "bool wants_weight) -> (Tensor, Tensor)");
    library.def("rotate(Tensor x, Tensor cos, Tensor sin, bool back) -> Tensor");
    library.def("gated(Tensor gate, Tensor up, int activation) -> Tensor");
    library.def("gated_backward(Tensor gradient, Tensor gate, Tensor up, int activation) -> (Tensor, Tensor)");
    library.def("dropout(Tensor x, float probability, int key) -> Tensor");
    library.def("dropped_product(Tensor x, Tensor weight, float probability, int key) -> Tensor");
    library.def("route(Tensor product, Tensor words, Tensor scales, int modules, int experts, int ranks, int type, "
                "Tensor(a!)? counts, Tensor? counted) -> (Tensor, Tensor)");
    library.def("route_backward(Tensor product, Tensor gates, Tensor words, Tensor scales, int modules, int experts, "
                "int ranks, Tensor slope, Tensor? slopes, Tensor? counted, int type) -> (Tensor, Tensor)");
    library.def("balance(Tensor counts, Tensor records, int layers, int tokens, Tensor? counted) -> (Tensor, Tensor)");
    library.def("cross_entropy_(Tensor(a!) logits, Tensor labels, float softcap) -> Tensor");
    library.def("cross_entropy_chunk(Tensor logits, Tensor labels, int first, float softcap, Tensor(a!) maximum, "
                "Tensor(b!) sum, Tensor(c!) of_label) -> ()");
    library.def("cross_entropy_chunk_gradient_(Tensor(a!) logits, Tensor labels, int first, float softcap, "
                "Tensor log_sum) -> ()");
    library.def("gradient_norm(Tensor gradient) -> Tensor");
    library.def("adamw_(Tensor(a!) parameters, Tensor(b!) gradient, Tensor(c!) first, Tensor(d!) second, "
                "Tensor? norm, float maximum_norm, float[] settings, int step, bool clear_gradient) -> ()");
    library.def("dequantise(Tensor codes, Tensor? scale_codes, Tensor scale_scales, Tensor? table, int format, "
                "int rows, int columns, int type) -> Tensor");
    library.def("quantised_linear(Tensor x, Tensor codes, Tensor? scale_codes, Tensor scale_scales, Tensor? table, "
                "int format, int rows, int columns, bool transposed) -> Tensor");
}

void useOperatorSchemas() {}

} // namespace hilo::gpu
