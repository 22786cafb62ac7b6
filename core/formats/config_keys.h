// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/family_table.h"
#include "formats/model_config.h"

#include <string>
#include <vector>

namespace hilo {

/// Bad input, with the key, when config.json asks for arithmetic that models of the family do not have here: keys of
/// variants that keep a known model_type. Keys of training, of other tools and of the family itself pass.
Status refuseForeignKeys(const JsonObject& config, const FamilyEntry& family);

/// A sentence for each key of config.json (text: of the text part) that asks for arithmetic which transformers' class
/// of this family does not do although it has the key, so that neither does this program. Source: modeling_gemma3.py of
/// transformers, where attn_logit_softcapping is stored and never handed on, and Gemma3ForConditionalGeneration has no
/// cap of the logits.
std::vector<std::string> passedOverKeys(const Json& text, const ModelConfig& model);

} // namespace hilo
