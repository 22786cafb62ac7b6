// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/adapter/adapter.h"

#include "engine/adapter/adapter_file.h"
#include "engine/adapter/adapter_state.h"
#include "engine/adapter/base_experts.h"
#include "engine/adapter/group_function.h"
#include "engine/adapter/initialise.h"
#include "formats/base_expert_modules.h"

namespace hilo {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct StateHolder : torch::CustomClassHolder
{
    std::shared_ptr<MixtureAdapter::State> state;
};

/// A number in the loss whose backward step tells the routers how much it weighs. It is made after the layers' nodes,
/// so that autograd runs it before them; this also works where the layers' graphs are only built in the backward pass
/// (recomputed activations).
class AuxiliaryLossFunction : public torch::autograd::Function<AuxiliaryLossFunction>
{
  public:
    static Tensor forward(AutogradContext* context, const Tensor& parameters, const Tensor& value,
                          const c10::intrusive_ptr<StateHolder>& holder)
    {
        (void)parameters;
        context->saved_data["state"] =
            c10::IValue::make_capsule(c10::static_intrusive_pointer_cast<torch::CustomClassHolder>(holder));
        return value.to(torch::kFloat32);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto capsule = context->saved_data["state"].toCapsule();
        MixtureAdapter::State& state = *static_cast<const StateHolder*>(capsule.get())->state;
        const Tensor factor = gradients[0] * state.settings.auxiliaryLoss;
        if (state.balancesLocally())
            state.localisedFactor = factor;
        else
            state.auxiliarySlopes = state.statistics.slopes() * factor;
        return {Tensor(), Tensor(), Tensor()};
    }
};

} // namespace

MixtureAdapter::MixtureAdapter(std::shared_ptr<State> state) : state_(std::move(state)) {}

MixtureAdapter::~MixtureAdapter() = default;

std::shared_ptr<MixtureAdapter> MixtureAdapter::create(const ModelConfig& model, const AllocationMap& map,
                                                       const AdapterSettings& settings, torch::Device device)
{
    auto state = std::make_shared<State>(model, map, settings, device);
    Tensor initial = torch::empty({state->layout.parameters}, torch::kFloat32);
    initialiseAdapter(state->layout, settings.seed,
                      {initial.data_ptr<float>(), static_cast<std::size_t>(initial.numel())});
    state->parameters.detach().copy_(initial);
    return std::make_shared<MixtureAdapter>(std::move(state));
}

Result<std::shared_ptr<MixtureAdapter>> MixtureAdapter::load(const std::filesystem::path& folder,
                                                             const ModelConfig& model, torch::Device device)
{
    HILO_TRY(std::shared_ptr<State> state, readAdapterFiles(folder, model, device));
    return std::make_shared<MixtureAdapter>(std::move(state));
}

Status MixtureAdapter::save(const std::filesystem::path& folder) const
{
    return writeAdapterFiles(folder, *state_, namedTensors());
}

void MixtureAdapter::addTo(std::int64_t layer, std::span<const int> modules, const Tensor& input,
                           std::span<Tensor> outputs)
{
    TORCH_CHECK(layer >= 0 && layer < static_cast<std::int64_t>(state_->layout.groupIndex.size()) && !modules.empty() &&
                    modules.size() == outputs.size(),
                "the adapter has no layer ", layer);
    const AdapterLayout& layout = state_->layout;
    const ModuleShape* first =
        layout.modules.find(static_cast<std::size_t>(layer), static_cast<std::size_t>(modules.front()));
    TORCH_CHECK(first, "layer ", layer, " has no module of column ", modules.front());
    const int inputGroup = first->inputGroup;
    const int index = layout.groupIndex[static_cast<std::size_t>(layer)][static_cast<std::size_t>(inputGroup)];
    if (index < 0)
        return;
    const GroupLayout& group = layout.groups[static_cast<std::size_t>(index)];
    // Only modules with experts take part; the decoder's order need not be ours.
    std::vector<std::size_t> places;
    variable_list adapted;
    for (const ModuleLayout& module : group.modules) {
        const auto found = std::find(modules.begin(), modules.end(), module.module);
        TORCH_CHECK(found != modules.end(), "module ", module.name, " was not handed over with its input group");
        places.push_back(static_cast<std::size_t>(found - modules.begin()));
        adapted.push_back(outputs[places.back()]);
    }
    addGroup(state_, index, input, adapted);
    for (std::size_t i = 0; i < places.size(); ++i)
        outputs[places[i]] = adapted[i];
}

bool MixtureAdapter::adaptsExperts(std::int64_t layer) const
{
    return state_->layout.groupOf(layer, inputGroupOfExperts) >= 0 ||
           state_->layout.groupOf(layer, inputGroupOfExpertsDown) >= 0;
}

Tensor MixtureAdapter::addToExperts(std::int64_t layer, BaseExpertWeight weight, const Tensor& input,
                                    std::span<const std::int64_t> counts, const Tensor& output)
{
    const int index =
        state_->layout.groupOf(layer, weight == BaseExpertWeight::In ? inputGroupOfExperts : inputGroupOfExpertsDown);
    return index < 0 ? output : addBaseExperts(state_, index, input, counts, output);
}

void MixtureAdapter::startTraining(std::int64_t step, std::int64_t microBatch, const std::vector<std::int64_t>& starts,
                                   const CountedTokens& counted, const TokenTasks& tasks)
{
    state_->training = true;
    state_->step = step;
    state_->microBatch = microBatch;
    state_->auxiliarySlopes = torch::Tensor();
    state_->localisedFactor = torch::Tensor();
    state_->forgetRounded();
    state_->statistics.startPass(state_->settings.auxiliaryLoss != 0, counted);
    state_->taskLoads.startPass(tasks);
    state_->localisedBalance.startPass(starts);
}

void MixtureAdapter::startEvaluation()
{
    state_->training = false;
    state_->auxiliarySlopes = torch::Tensor();
    state_->forgetRounded();
    state_->statistics.startPass(state_->settings.auxiliaryLoss != 0);
}

Tensor MixtureAdapter::takeAuxiliaryLoss()
{
    if (state_->settings.auxiliaryLoss == 0)
        return {};
    auto holder = c10::make_intrusive<StateHolder>();
    holder->state = state_;
    const Tensor loss = state_->balancesLocally() ? state_->localisedBalance.loss().to(state_->parameters.device())
                                                  : state_->statistics.takeLoss();
    const Tensor value = loss * state_->settings.auxiliaryLoss;
    return AuxiliaryLossFunction::apply(state_->parameters, value, holder);
}

std::vector<ExpertLoad> MixtureAdapter::takeExpertLoads(const SumOverProcesses& sum)
{
    return state_->statistics.takeLoads(sum);
}

std::vector<std::vector<ExpertLoad>> MixtureAdapter::takeTaskLoads(std::int64_t tasks, const SumOverProcesses& sum)
{
    return state_->taskLoads.take(tasks, sum);
}

const AllocationMap& MixtureAdapter::map() const
{
    return state_->map;
}

const AdapterSettings& MixtureAdapter::settings() const
{
    return state_->settings;
}

const AdapterLayout& MixtureAdapter::layout() const
{
    return state_->layout;
}

Tensor MixtureAdapter::takeRoutingCounts()
{
    return state_->statistics.takeCounts();
}

Repacking MixtureAdapter::change(const ModelConfig& model, const MapChange& change, std::int64_t step)
{
    const torch::NoGradGuard noGradients;
    auto next = std::make_shared<State>(model, change.map, state_->settings, state_->parameters.device());
    Repacking repacking(state_->layout, next->layout, state_->settings, change);
    next->parameters.detach().copy_(repacking.values(state_->parameters.detach(), state_->settings.seed, step));
    next->base = std::move(state_->base);
    next->origin = std::move(state_->origin);
    state_ = std::move(next);
    return repacking;
}

Tensor& MixtureAdapter::parameters()
{
    return state_->parameters;
}

std::vector<std::pair<std::string, Tensor>> MixtureAdapter::namedTensors() const
{
    std::vector<std::pair<std::string, Tensor>> tensors;
    const Tensor flat = state_->parameters.detach();
    for (const TensorPlace& place : tensorPlaces(state_->layout))
        tensors.emplace_back(place.name,
                             flat.as_strided({place.rows, place.rowLength}, {place.rowStride, 1}, place.offset));
    return tensors;
}

void MixtureAdapter::setBaseModel(BaseModel base)
{
    state_->base = std::move(base);
}

void MixtureAdapter::setOrigin(AdapterOrigin origin)
{
    state_->origin = std::move(origin);
}

const BaseModel& MixtureAdapter::baseModel() const
{
    return state_->base;
}

} // namespace hilo
