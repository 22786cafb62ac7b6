// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/gguf_layout.h"
#include "formats/module_grid.h"
#include "formats/weights.h"

#include <map>
#include <string>
#include <vector>

namespace hilo {

/// Whether llama.cpp has an architecture for this family.
bool ggufKnows(const ModelConfig& model);

/// "llama" for Mistral as well: what general.architecture says of a model (llama.cpp's convert_hf_to_gguf.py).
std::string ggufArchitecture(const ModelConfig& model);

/// A tensor of a file: "blk.3.attn_q.weight" and what the converter does to it.
struct GgufStored
{
    std::string name;
    GgufPlace place;
};

/// Where a linear module is stored: one tensor, or one for each half of a fused weight.
std::vector<GgufStored> ggufModule(const ModelConfig& model, const ModuleShape& module, std::int64_t layer);

/// The model's tensors by their Hugging Face names; not those that stand in the metadata (Apertus's activation).
std::map<std::string, std::vector<GgufStored>> ggufTensorNames(const ModelConfig& model);

/// Rows of width values as the file has them: the place's part of them, in its order.
std::vector<float> ggufRows(const std::vector<float>& values, std::int64_t width, const GgufPlace& place,
                            const ModelConfig& model);
/// Undoes it for a part's rows.
std::vector<float> trainedRows(const std::vector<float>& stored, std::int64_t width, const GgufPlace& place,
                               const ModelConfig& model);

/// The same of the columns, whose order a place may change, too.
std::vector<float> ggufColumns(const std::vector<float>& values, std::int64_t width, const GgufPlace& place,
                               const ModelConfig& model);
std::vector<float> trainedColumns(const std::vector<float>& stored, std::int64_t width, const GgufPlace& place,
                                  const ModelConfig& model);

/// Shape and values of a Hugging Face tensor as the file has them.
std::vector<std::int64_t> ggufShape(const TensorInfo& tensor, const GgufPlace& place);
std::vector<float> ggufValues(std::vector<float> values, const TensorInfo& tensor, const GgufPlace& place,
                              const ModelConfig& model);

} // namespace hilo
