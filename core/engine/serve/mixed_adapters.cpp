// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serve/mixed_adapters.h"

#include "engine/adapter/layout.h"
#include "gpu/compatibility.h"
#include "gpu/device.h"

#include <algorithm>
#include <set>

namespace hilo {
namespace {

using torch::Tensor;

Tensor stretch(MixtureAdapter& adapter, std::int64_t offset, std::int64_t rows, std::int64_t columns)
{
    return adapter.parameters().detach().narrow(0, offset, rows * columns).view({rows, columns});
}

} // namespace

MixedAdapters::MixedAdapters(std::vector<std::shared_ptr<MixtureAdapter>> adapters, const ModelConfig& model)
    : adapters_(std::move(adapters)), rowsOf_(adapters_.size()), listened_(adapters_.size())
{
    for (const auto& adapter : adapters_) {
        listeners_.push_back(std::make_unique<RoutingListener>(*adapter, model));
        for (std::int64_t layer = 0; layer < model.layers; ++layer)
            canMix_ = canMix_ && !adapter->adaptsExperts(layer);
    }
}

void MixedAdapters::startPass(const std::vector<int>& adapterOfRow, const std::vector<bool>& listened)
{
    const auto rows = static_cast<std::int64_t>(adapterOfRow.size());
    const bool same =
        std::adjacent_find(adapterOfRow.begin(), adapterOfRow.end(), std::not_equal_to<>()) == adapterOfRow.end();
    only_ = same && rows > 0 ? std::optional(adapterOfRow.front()) : std::nullopt;
    TORCH_CHECK(only_ || canMix_, "rows of different adapters in one pass that cannot hold them");
    listened_ = listened;
    const auto device = adapters_.empty() ? torch::Device(torch::kCPU) : adapters_.front()->parameters().device();
    const Tensor owners =
        torch::tensor(std::vector<std::int64_t>(adapterOfRow.begin(), adapterOfRow.end()), torch::kInt64).to(device);
    foreign_ =
        only_ ? Tensor()
              : owners.unsqueeze(1) != torch::arange(static_cast<std::int64_t>(adapters_.size()), owners.options());
    for (std::size_t i = 0; i < adapters_.size(); ++i)
        rowsOf_[i] = listened_[i] ? (owners == static_cast<std::int64_t>(i)).nonzero().squeeze(1) : Tensor();
}

std::vector<std::vector<ChosenExperts>> MixedAdapters::takeChoices(int adapter)
{
    return listeners_[static_cast<std::size_t>(adapter)]->take();
}

const std::vector<RoutedModule>& MixedAdapters::modules(int adapter) const
{
    return listeners_[static_cast<std::size_t>(adapter)]->modules();
}

void MixedAdapters::addTo(std::int64_t layer, std::span<const int> modules, const Tensor& input,
                          std::span<Tensor> outputs)
{
    for (std::size_t i = 0; i < adapters_.size(); ++i)
        if (listened_[i] && rowsOf_[i].size(0) > 0)
            listeners_[i]->listen(layer, modules, input.index_select(0, rowsOf_[i]));
    if (only_) {
        if (*only_ >= 0)
            adapters_[static_cast<std::size_t>(*only_)]->addTo(layer, modules, input, outputs);
        return;
    }
    const JointGroup& joint = group(layer, inputGroupOf(layer, modules.front()), input);
    if (!joint.modules.empty())
        addJointly(joint, modules, input.contiguous(), outputs);
}

bool MixedAdapters::adaptsExperts(std::int64_t layer) const
{
    return only_ && *only_ >= 0 && adapters_[static_cast<std::size_t>(*only_)]->adaptsExperts(layer);
}

Tensor MixedAdapters::addToExperts(std::int64_t layer, BaseExpertWeight weight, const Tensor& input,
                                   std::span<const std::int64_t> counts, const Tensor& output)
{
    return adapters_[static_cast<std::size_t>(*only_)]->addToExperts(layer, weight, input, counts, output);
}

int MixedAdapters::inputGroupOf(std::int64_t layer, int module) const
{
    const ModuleShape* const shape =
        adapters_.front()->layout().modules.find(static_cast<std::size_t>(layer), static_cast<std::size_t>(module));
    TORCH_CHECK(shape, "layer ", layer, " has no module of column ", module);
    return shape->inputGroup;
}

const MixedAdapters::JointGroup& MixedAdapters::group(std::int64_t layer, int inputGroup, const Tensor& input)
{
    const auto found = groups_.find({layer, inputGroup});
    if (found != groups_.end())
        return found->second;
    return groups_.emplace(std::pair{layer, inputGroup}, makeGroup(layer, inputGroup, input)).first->second;
}

MixedAdapters::JointGroup MixedAdapters::makeGroup(std::int64_t layer, int inputGroup, const Tensor& input) const
{
    JointGroup joint;
    std::vector<const GroupLayout*> groups(adapters_.size(), nullptr);
    std::set<int> columns;
    for (std::size_t i = 0; i < adapters_.size(); ++i) {
        const AdapterLayout& layout = adapters_[i]->layout();
        if (const int index = layout.groupOf(layer, inputGroup); index >= 0) {
            groups[i] = &layout.groups[static_cast<std::size_t>(index)];
            for (const ModuleLayout& module : groups[i]->modules)
                columns.insert(module.module);
        }
    }
    gpu::RoutingPlan plan;
    std::vector<Tensor> a, routers;
    std::vector<std::int64_t> owners;
    for (const int column : columns) {
        JointModule module{column, plan.ranks, 0, {}};
        std::vector<Tensor> b;
        for (std::size_t i = 0; i < adapters_.size(); ++i) {
            if (!groups[i])
                continue;
            const GroupLayout& own = *groups[i];
            const auto found = std::find_if(own.modules.begin(), own.modules.end(),
                                            [&](const ModuleLayout& one) { return one.module == column; });
            if (found == own.modules.end())
                continue;
            MixtureAdapter& adapter = *adapters_[i];
            const auto place = static_cast<std::size_t>(found - own.modules.begin());
            gpu::ModuleRouting routing = own.plan.modules[place];
            const auto firstExpert = static_cast<std::size_t>(
                std::exchange(routing.firstExpert, static_cast<std::int64_t>(plan.experts.size())));
            for (std::size_t e = 0; e < static_cast<std::size_t>(routing.experts); ++e) {
                gpu::ExpertColumns expert = own.plan.experts[firstExpert + e];
                expert.begin += plan.ranks - found->firstRank;
                expert.end += plan.ranks - found->firstRank;
                plan.experts.push_back(expert);
            }
            a.push_back(stretch(adapter, own.offset, own.plan.ranks, own.in).narrow(0, found->firstRank, found->ranks));
            b.push_back(stretch(adapter, found->offsetB, found->out, found->ranks));
            if (routing.firstLogit >= 0) {
                routers.push_back(stretch(adapter, own.offsetOfRouters(), own.plan.logits, own.in)
                                      .narrow(0, routing.firstLogit, routing.choices()));
                routing.firstLogit = plan.logits;
                plan.logits += routing.choices();
            }
            plan.modules.push_back(routing);
            plan.ranks += found->ranks;
            module.ranks += found->ranks;
            owners.insert(owners.end(), static_cast<std::size_t>(found->ranks), static_cast<std::int64_t>(i));
        }
        module.b = torch::cat(b, 1).to(input.scalar_type());
        joint.modules.push_back(std::move(module));
    }
    if (joint.modules.empty())
        return joint;
    joint.a = torch::cat(a).to(input.scalar_type());
    if (!routers.empty())
        joint.routers = torch::cat(routers);
    // As the adapter's own product has it (group_function.cpp).
    if (input.scalar_type() == torch::kFloat32 || gpu::runsOnDevice(input))
        joint.both = routers.empty() ? joint.a : torch::cat({joint.a, joint.routers.to(input.scalar_type())});
    joint.tables = gpu::RoutingTables::of(plan, input.device());
    joint.adapterOfColumn = torch::tensor(owners, torch::kInt64).to(input.device());
    return joint;
}

void MixedAdapters::addJointly(const JointGroup& joint, std::span<const int> modules, const Tensor& input,
                               std::span<Tensor> outputs) const
{
    Tensor product;
    if (joint.both.defined()) {
        product = gpu::productInFloat32(input, joint.both.t());
    } else {
        product = torch::mm(input, joint.a.t()).to(torch::kFloat32);
        if (joint.routers.defined())
            product = torch::cat({product, torch::mm(input.to(torch::kFloat32), joint.routers.t())}, 1);
    }
    Tensor weighted = gpu::route(product, joint.tables, input.scalar_type(), {}).weighted;
    // Filled, not multiplied: what another adapter makes of a row may be no number.
    weighted.masked_fill_(foreign_.index_select(1, joint.adapterOfColumn), 0);
    for (const JointModule& module : joint.modules) {
        const auto found = std::find(modules.begin(), modules.end(), module.module);
        TORCH_CHECK(found != modules.end(), "a module was not handed over with its input group");
        outputs[static_cast<std::size_t>(found - modules.begin())].addmm_(
            weighted.narrow(1, module.firstRank, module.ranks), module.b.t());
    }
}

} // namespace hilo
