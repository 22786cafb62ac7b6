// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/model_config.h"

#include <string>

namespace hilo {

/// What a family calls its tensors, without ".weight" and ".bias"; empty where there is no such tensor.
struct TensorLayout
{
    std::string body = "model.";    ///< in front of everything but the head
    std::string layers = "layers."; ///< behind it, in front of a layer's number
    std::string embedding = "model.embed_tokens";
    std::string positions;
    std::string finalNorm = "model.norm";
    std::string head = "lm_head";
    // Gemma4's second embedding, with a share for every layer, and what is added to it:
    std::string perLayerEmbedding;
    std::string perLayerProjection;
    std::string perLayerNorm;
    // Inside a layer:
    std::string inputNorm = "input_layernorm";
    std::string postAttentionNorm; ///< behind the attention
    std::string preMlpNorm = "post_attention_layernorm";
    std::string postMlpNorm; ///< behind the MLP
    std::string queryNorm = "self_attn.q_norm";
    std::string keyNorm = "self_attn.k_norm";
    std::string perLayerGate; ///< how a layer takes its share in: gate, projection, norm
    std::string perLayerOutput;
    std::string perLayerOutputNorm;
    std::string scalar;                    ///< a tensor's whole name: what the layer's output is multiplied by
    std::string deltaNet = "linear_attn";  ///< .conv1d, .norm; .A_log and .dt_bias are whole names
    std::string sinks;                     ///< a tensor's whole name (gpt_oss)
    std::string activation = "mlp.act_fn"; ///< xIELU: .alpha_p, .alpha_n, .beta, .eps
};

/// The names of the norms that this model has.
TensorLayout tensorLayout(const ModelConfig& config);

/// "model.layers.3." or "transformer.h.3."
std::string layerPrefix(const ModelConfig& config, std::int64_t layer);

} // namespace hilo
