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
    bool isChanged(const std::string& name) const { return modules_.contains(name) || ofBase_.contains(name); }

  private:
    const ModelSource& model_;
    /// Rows of experts of the base: all of them where one weight holds all, else those of one, from a row on.
    struct ExpertRows
    {
        const ModuleContent* module = nullptr;
        std::int64_t expert = -1; ///< -1: all
        std::int64_t first = 0;   ///< gate and up are one module, but may be two weights
        std::int64_t count = 0;
    };
    void addExperts(const ModuleContent& module);
    Status addToExperts(const ExpertRows& rows, std::vector<float>& values) const;

    std::map<std::string, const ModuleContent*> modules_; ///< by the name of the weight
    std::map<std::string, ExpertRows> ofBase_;            ///< the same
};

} // namespace hilo
