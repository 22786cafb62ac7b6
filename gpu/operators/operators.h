// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gpu/routing_plan.h"
#include "gpu/tensor.h"

/// The fused operations as functions of tensors. Each is a LibTorch operator (torch.ops.hilo.*) with implementations
/// for the CPU and for CUDA, and a backward pass that keeps no more than the inputs. Inputs may have any strides unless
/// said otherwise; float32, float16 and bfloat16, sums in float32.
namespace hilo::gpu {

/// x [..., H] -> the same in x's type: x / rms(x) · weight, or · (1 + weight) with everything in float32 (gemma).
torch::Tensor rmsNorm(const torch::Tensor& x, const torch::Tensor& weight, double epsilon, bool addsOne);

/// x [T, heads, d], cos and sin [T, d / 2] in x's type. Turns the two halves of each head.
torch::Tensor rotate(const torch::Tensor& x, const torch::Tensor& cos, const torch::Tensor& sin);

/// activation(gate) · up; activation: 0 silu, 1 gelu by tanh, 2 gelu (kernels/elementwise.h).
torch::Tensor gatedActivation(const torch::Tensor& gate, const torch::Tensor& up, std::int64_t activation);

/// x / (1 - probability) where dropoutMask (gpu/kernels/dropout.h) keeps an element, in row-major order, 0 elsewhere.
/// Its own backward pass: the same call on gradients; it is not recorded by autograd.
torch::Tensor dropout(const torch::Tensor& x, double probability, std::uint64_t key);

/// dropout(x) [T, in] · weightᵀ, weight [R, in] of x's type, in float32 [T, R]; in one pass over x on CUDA.
torch::Tensor droppedProduct(const torch::Tensor& x, const torch::Tensor& weight, double probability,
                             std::uint64_t key);

/// A routing plan where the operators can read it.
struct RoutingTables
{
    torch::Tensor words;  ///< int32, kernels/routing_token.h
    torch::Tensor scales; ///< float32, by expert
    std::int64_t modules = 0;
    std::int64_t experts = 0;
    std::int64_t ranks = 0;

    static RoutingTables of(const RoutingPlan& plan, torch::Device device);
};

struct Routed
{
    torch::Tensor gates;    ///< [T, L] float32
    torch::Tensor weighted; ///< [T, R] of the wanted type
};

/// The routing of a plan (gpu/routing_plan.h) for product [T, R + L] float32, dense. counts [2, L] double on the same
/// device, or undefined: slots taken and probabilities are added to it, in an order that depends on T alone. counted,
/// an int64 scalar on the device, or undefined: only the first so many tokens are added, the others are padding.
Routed route(const torch::Tensor& product, const RoutingTables& tables, torch::Dtype type, const torch::Tensor& counts,
             const torch::Tensor& counted = {});

struct RoutedGradients
{
    torch::Tensor weighted; ///< [T, R] of slope's type: the forward pass' weighted, made again
    torch::Tensor product;  ///< [T, R + L] of productType
};

/// The backward pass of route() for slope [T, R], the gradient by weighted. slopes [L] float32, or undefined: adds the
/// gradient of the sum over logits of slope · softmax probability, of the first counted tokens only, as in route(). On
/// CUDA productType must be slope's type.
RoutedGradients routeBackward(const torch::Tensor& product, const torch::Tensor& gates, const RoutingTables& tables,
                              const torch::Tensor& slope, const torch::Tensor& slopes, torch::Dtype productType,
                              const torch::Tensor& counted = {});

struct Balance
{
    torch::Tensor loss;   ///< double scalar: the sum over layers
    torch::Tensor slopes; ///< [columns] float32
};

/// kernels/balance.h for counts [2, columns] double. records: int32, layers, each layer's offset, the layers' records.
/// counted, an int64 scalar on the device: stands for tokens where it is defined.
Balance balance(const torch::Tensor& counts, const torch::Tensor& records, std::int64_t layers, std::int64_t tokens,
                const torch::Tensor& counted = {});

/// Softmax cross-entropy of rows of logits in place: they become the gradient of the rows' summed loss. Logits [rows,
/// vocabulary], dense, any float type; labels [rows] int64. Returns the losses [rows] float32.
torch::Tensor crossEntropyInPlace(const torch::Tensor& logits, const torch::Tensor& labels, double softcap);

/// What is known of each row's softmax after some of its columns (online softmax, 1805.02867): [rows] float32.
struct RowSoftmaxes
{
    torch::Tensor maximum;
    torch::Tensor sum;
    torch::Tensor ofLabel;

    /// Of rows of which nothing was seen.
    static RowSoftmaxes of(std::int64_t rows, torch::Device device);
    /// log(sum) + maximum.
    torch::Tensor logSum() const { return sum.log() + maximum; }
};

/// Takes columns in: logits [rows, width], dense: columns from first on of whole rows; labels [rows] int64.
void crossEntropyChunk(const torch::Tensor& logits, const torch::Tensor& labels, std::int64_t first, double softcap,
                       const RowSoftmaxes& softmaxes);
/// The same columns become the gradient of the summed loss; logSum [rows] float32.
void crossEntropyChunkGradientInPlace(const torch::Tensor& logits, const torch::Tensor& labels, std::int64_t first,
                                      double softcap, const torch::Tensor& logSum);

} // namespace hilo::gpu
