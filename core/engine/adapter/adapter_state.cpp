// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/adapter_state.h"

namespace hilo {

using torch::Tensor;

MixtureAdapter::State::State(const ModelConfig& model, AllocationMap allocation, const AdapterSettings& adapterSettings,
                             torch::Device device)
    : map(std::move(allocation)), settings(adapterSettings), layout(layOutAdapter(model, map, settings)),
      statistics(layout, device), taskLoads(layout, device), localisedBalance(layout)
{
    const auto options = torch::TensorOptions().dtype(torch::kFloat32).device(device);
    parameters = torch::zeros({layout.parameters}, options).set_requires_grad(true);
    parameters.mutable_grad() = torch::zeros({layout.parameters}, options);
    for (const GroupLayout& group : layout.groups)
        tables.push_back(gpu::RoutingTables::of(group.plan, device));
}

Tensor MixtureAdapter::State::values(std::int64_t offset, std::int64_t rows, std::int64_t columns) const
{
    return parameters.detach().narrow(0, offset, rows * columns).view({rows, columns});
}

Tensor MixtureAdapter::State::gradients(std::int64_t offset, std::int64_t rows, std::int64_t columns)
{
    Tensor& gradient = parameters.mutable_grad();
    if (!gradient.defined())
        gradient = torch::zeros_like(parameters.detach());
    return gradient.narrow(0, offset, rows * columns).view({rows, columns});
}

Tensor MixtureAdapter::State::rounded(torch::Dtype type, std::int64_t offset, std::int64_t rows, std::int64_t columns)
{
    const Tensor all = parameters.detach();
    if (type == torch::kFloat32)
        return values(offset, rows, columns);
    const auto version = static_cast<std::uint32_t>(parameters._version());
    if (!copy_.defined() || copy_.scalar_type() != type) {
        copy_ = all.to(type);
        copiedVersion_ = version;
    } else if (roundedIsOld_ || copiedVersion_ != version) {
        copy_.copy_(all);
        copiedVersion_ = version;
    }
    roundedIsOld_ = false;
    return copy_.narrow(0, offset, rows * columns).view({rows, columns});
}

} // namespace hilo
