// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>
#include <torch/version.h>

/// What differs between LibTorch 1.13 (Debian 12, CPU) and 2.6 or newer (CUDA), and nothing else.
namespace hilo::gpu {

#if TORCH_VERSION_MAJOR >= 2
#define HILO_TORCH_2 1
#else
#define HILO_TORCH_2 0
#endif

/// left · right in float32; on a GPU the sums never pass through the operands' type where LibTorch can do that.
inline at::Tensor productInFloat32(const at::Tensor& left, const at::Tensor& right)
{
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 9)
    if (left.is_cuda() && left.scalar_type() != at::kFloat)
        return at::mm(left, right, at::kFloat);
#endif
    return at::mm(left, right).to(at::kFloat);
}

/// Sequences of a packed batch for attention on a GPU.
struct PackedSequences
{
    at::Tensor starts; ///< [sequences + 1] int32 on the device
    std::int64_t longest = 0;
};

/// What flashAttention's backward pass needs beside its inputs.
struct FlashState
{
    at::Tensor output;
    at::Tensor logSum;
    at::Tensor random;
    at::Tensor unused;
};

/// Causal attention inside each sequence (2307.08691): query [T, heads, d], key and value [T, keyValueHeads, d] in
/// float16 or bfloat16 on a GPU. window counts the current token; 0: none.
inline FlashState flashAttention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
                                 const PackedSequences& sequences, double scale, std::int64_t window)
{
#if HILO_TORCH_2
    const std::optional<std::int64_t> left = window > 0 ? std::optional<std::int64_t>(window - 1) : std::nullopt;
    const std::optional<std::int64_t> right = window > 0 ? std::optional<std::int64_t>(0) : std::nullopt;
    auto [output, logSum, random, unused, debug] =
        at::_flash_attention_forward(query, key, value, sequences.starts, sequences.starts, sequences.longest,
                                     sequences.longest, 0.0, true, false, scale, left, right);
    return {output, logSum, random, unused};
#else
    (void)query, (void)key, (void)value, (void)sequences, (void)scale, (void)window;
    TORCH_CHECK(false, "this LibTorch has no attention for packed sequences");
#endif
}

struct FlashGradients
{
    at::Tensor query;
    at::Tensor key;
    at::Tensor value;
};

inline FlashGradients flashAttentionBackward(const at::Tensor& gradient, const at::Tensor& query, const at::Tensor& key,
                                             const at::Tensor& value, const FlashState& state,
                                             const PackedSequences& sequences, double scale, std::int64_t window)
{
#if HILO_TORCH_2
    const std::optional<std::int64_t> left = window > 0 ? std::optional<std::int64_t>(window - 1) : std::nullopt;
    const std::optional<std::int64_t> right = window > 0 ? std::optional<std::int64_t>(0) : std::nullopt;
    auto [ofQuery, ofKey, ofValue] = at::_flash_attention_backward(
        gradient, query, key, value, state.output, state.logSum, sequences.starts, sequences.starts, sequences.longest,
        sequences.longest, 0.0, true, state.random, state.unused, scale, left, right);
    return {ofQuery, ofKey, ofValue};
#else
    (void)gradient, (void)query, (void)key, (void)value, (void)state, (void)sequences, (void)scale, (void)window;
    TORCH_CHECK(false, "this LibTorch has no attention for packed sequences");
#endif
}

/// Bytes of e4m3 codes as LibTorch's type for them, where it has one.
inline bool hasE4m3Products(const at::Tensor& like)
{
#if HILO_TORCH_2
    return like.is_cuda() && like.scalar_type() == at::kBFloat16;
#else
    (void)like;
    return false;
#endif
}

/// x [T, in] in bfloat16 times weightᵀ: codes [out, in] of e4m3, scales [out] float32. Every row of x is rounded to
/// e4m3 with a scale of its own. T is padded by nothing; in and out must be multiples of 16.
inline at::Tensor e4m3Product(const at::Tensor& x, const at::Tensor& codes, const at::Tensor& scales)
{
#if HILO_TORCH_2
    const at::Tensor wide = x.to(at::kFloat);
    const at::Tensor scale = wide.abs().amax(1, true).clamp_min(1e-12).div(448.0);
    const at::Tensor small = wide.div(scale).to(at::kFloat8_e4m3fn);
    return at::_scaled_mm(small, codes.view(at::kFloat8_e4m3fn).t(), scale, scales.unsqueeze(0), {}, {}, at::kBFloat16);
#else
    (void)x, (void)codes, (void)scales;
    TORCH_CHECK(false, "this LibTorch has no e4m3 products");
#endif
}

/// The same numbers from the same inputs on a GPU, without filling fresh memory, which LibTorch 2 adds to that. Not the
/// kind that only warns: flash attention's backward pass would then stay as it is.
inline void useDeterministicAlgorithms()
{
    at::globalContext().setDeterministicAlgorithms(true, false);
#if HILO_TORCH_2
    at::globalContext().setDeterministicFillUninitializedMemory(false);
#endif
}

} // namespace hilo::gpu
