// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/adapter/adapter.h"
#include "engine/base/tensor_file.h"
#include "run/run_spec.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// What a change of the map does, as the event "reallocation" tells it.
struct Reallocated
{
    AllocationMap map;      ///< from now on
    std::int64_t moved = 0; ///< ranks that went or came, the larger of both
    Json details;           ///< what the method went by
};

/// What the optimiser steps over: flat float32 parameters and gradient of one size. The first of them lie as the
/// adapter's do (AdapterLayout); a method may have more behind them.
struct Optimised
{
    torch::Tensor values;
    torch::Tensor gradient;
};

/// AdamW's state of these, at the moment of a change.
struct OptimiserView
{
    torch::Tensor firstMoment;
    torch::Tensor secondMoment;
    double rateAhead = 0; ///< sum of the learning rates of the steps that are left
    double beta1 = 0, beta2 = 0;
    std::int64_t step = 0; ///< updates that are done
};

/// How ranks and experts move while a run trains (training.reallocation): one file a method beside this one. Every
/// process of a run holds one and calls it alike; all that decides is the same in all of them, as parameters and
/// moments are, or has been summed up over them.
class Reallocation
{
  public:
    /// Null for the method none. adapter: as the run begins, or as its checkpoint has it. steps: of the whole run.
    static std::unique_ptr<Reallocation> create(const TrainingSpec& training, const ModelConfig& model,
                                                MixtureAdapter& adapter, std::int64_t steps);
    virtual ~Reallocation() = default;

    bool isDue(std::int64_t step) const { return steps_.isDue(step); }
    const ReallocationSteps& steps() const { return steps_; }

    /// Before the optimiser's update; the adapter's gradient is summed over all processes.
    virtual Optimised optimised(MixtureAdapter& adapter);
    /// Whether updated() reads the gradient, and clears the adapter's.
    virtual bool readsGradient() const { return false; }
    /// After the update. step: how many there were. sum: over the processes of a run; empty for one.
    virtual void updated(MixtureAdapter& adapter, std::int64_t step, const SumOverProcesses& sum);

    struct Proposal
    {
        Reallocated event;
        std::optional<MapChange> change; ///< nothing: the buffers stay as they are
    };
    /// At a step that is due, after updated(). Nothing: the map stays.
    virtual std::optional<Proposal> propose(MixtureAdapter& adapter, const OptimiserView& optimiser) = 0;
    /// The adapter has taken the change: what lies as its parameters do is packed anew.
    virtual void repacked(MixtureAdapter& adapter, const Repacking& repacking);
    virtual torch::Tensor firstMoment(const Repacking& repacking, const torch::Tensor& old) const;
    virtual torch::Tensor secondMoment(const Repacking& repacking, const torch::Tensor& old) const;

    /// What a checkpoint keeps besides adapter and moments, so that a run goes on to the bit.
    virtual std::vector<NamedTensor> state() const = 0;
    /// file: named in errors.
    virtual Status restore(MixtureAdapter& adapter, const std::map<std::string, torch::Tensor>& tensors,
                           const std::string& file) = 0;

  protected:
    explicit Reallocation(ReallocationSteps steps) : steps_(steps) {}

    /// The tensor of a checkpoint, of this size and type, into target.
    static Status restoreTensor(const std::map<std::string, torch::Tensor>& tensors, const std::string& name,
                                torch::Tensor& target, const std::string& file);

  private:
    ReallocationSteps steps_;
};

} // namespace hilo
