// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/adapter_content.h"
#include "formats/model_source.h"

#include <map>
#include <string>
#include <vector>

namespace hilo {

/// A base model's tensors with the experts of an unrouted adapter added: W + Σ scale·B·A, computed in double and
/// rounded once (gpt2's Conv1D transposed). Keeps references to both.
class MergedWeights
{
  public:
    MergedWeights(const ModelSource& model, const AdapterContent& content);

    /// By Hugging Face name, row-major.
    Result<std::vector<float>> values(const TensorInfo& tensor) const;
    bool isChanged(const std::string& name) const { return modules_.contains(name); }

  private:
    const ModelSource& model_;
    std::map<std::string, const ModuleContent*> modules_; ///< by the name of the weight
};

} // namespace hilo
