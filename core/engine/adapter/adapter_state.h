// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/adapter.h"
#include "engine/adapter/layout.h"
#include "engine/adapter/localised_balance.h"
#include "engine/adapter/router_statistics.h"
#include "gpu/operators/operators.h"

namespace hilo {

/// Never moved: statistics refers to layout. Graphs of the backward pass share it.
struct MixtureAdapter::State
{
    State(const ModelConfig& model, AllocationMap allocation, const AdapterSettings& adapterSettings,
          torch::Device device);

    AllocationMap map;
    AdapterSettings settings;
    AdapterLayout layout;
    torch::Tensor parameters;
    RouterStatistics statistics;
    TaskLoads taskLoads;
    LocalisedBalance localisedBalance; ///< used instead of the statistics' loss by dense routers
    BaseModel base;
    AdapterOrigin origin;
    bool training = false;
    std::int64_t step = 0;
    std::int64_t microBatch = 0;
    /// Of the loss that is being differentiated by each router probability, over the logit columns of all groups, as
    /// the auxiliary loss' own backward step found it; undefined: none.
    torch::Tensor auxiliarySlopes;
    /// The same of the localised balance: the factor on its loss.
    torch::Tensor localisedFactor;
    std::vector<gpu::RoutingTables> tables; ///< by group, on the device

    bool balancesLocally() const { return settings.router == RouterKind::Dense && settings.auxiliaryLoss != 0; }

    /// rows × columns at offset of the flat parameters, or of their gradient (made when missing), outside of autograd.
    torch::Tensor values(std::int64_t offset, std::int64_t rows, std::int64_t columns) const;
    torch::Tensor gradients(std::int64_t offset, std::int64_t rows, std::int64_t columns);
    /// As values(), rounded to type; all parameters are rounded at once, when they have changed.
    torch::Tensor rounded(torch::Dtype type, std::int64_t offset, std::int64_t rows, std::int64_t columns);
    /// Whoever writes through pointers leaves no trace that rounded() could see.
    void forgetRounded() { roundedIsOld_ = true; }

  private:
    torch::Tensor copy_; ///< of parameters in another type
    std::uint32_t copiedVersion_ = 0;
    bool roundedIsOld_ = false;
};

} // namespace hilo
