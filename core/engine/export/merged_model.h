// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/export/merged_weights.h"

#include <map>
#include <memory>

namespace hilo {

/// By Hugging Face name, the types that a whole model's tensors were written in. What is not named stayed as it was.
using StoredTypes = std::map<std::string, DataType>;

/// The base model with the adapter in its weights, in memory: what the files of a whole model are checked against. Each
/// weight is rounded to its stored type by LibTorch's conversions, not by the code that encodes files; an empty types
/// rounds nothing. Keeps references to model and content. Types that are not written are an internal error.
ModelSource mergedModel(const ModelSource& model, const AdapterContent& content, const StoredTypes& types);

} // namespace hilo
