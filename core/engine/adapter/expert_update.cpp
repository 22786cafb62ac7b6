// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/expert_update.h"

#include "engine/base/eigenvalues.h"

namespace hilo {

using torch::Tensor;

OrderedUpdate orderUpdate(const ExpertUpdate& update)
{
    const auto left = torch::linalg_qr(update.b.to(torch::kFloat64));
    const auto right = torch::linalg_qr(update.a.to(torch::kFloat64).t());
    const Tensor middle = torch::mm(std::get<1>(left), std::get<1>(right).t());
    const auto parts = torch::linalg_svd(middle, false, c10::nullopt);
    const Tensor values = std::get<1>(parts);
    const Tensor roots = values.sqrt();
    const Tensor b = torch::mm(std::get<0>(left), std::get<0>(parts)) * roots.unsqueeze(0);
    const Tensor a = torch::mm(std::get<2>(parts), std::get<0>(right).t()) * roots.unsqueeze(1);
    return {{a.to(torch::kFloat32), b.to(torch::kFloat32)}, valuesOf(values)};
}

std::int64_t neededRank(const std::vector<double>& singularValues, double share)
{
    double total = 0;
    for (const double value : singularValues)
        total += value * value;
    double rest = 0;
    auto rank = static_cast<std::int64_t>(singularValues.size());
    while (rank > 1) {
        const double last = singularValues[static_cast<std::size_t>(rank) - 1];
        if (rest + last * last > share * total)
            break;
        rest += last * last;
        --rank;
    }
    return rank;
}

} // namespace hilo
