// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/averaged_checkpoints.h"

#include "base/log.h"
#include "base/text_format.h"
#include "run/checkpoints.h"

namespace hilo {
namespace fs = std::filesystem;

namespace {

std::string shownSteps(const std::vector<std::int64_t>& steps)
{
    std::vector<std::string> texts;
    for (const std::int64_t step : steps)
        texts.push_back(std::to_string(step));
    return joined(texts);
}

} // namespace

std::vector<std::int64_t> averagedSteps(const TrainingSpec& training, std::int64_t step)
{
    std::vector<std::int64_t> steps{step};
    const std::int64_t every = training.checkpointEvery;
    if (every > 0)
        for (std::int64_t before = (step - 1) / every * every;
             before > 0 && static_cast<std::int64_t>(steps.size()) < training.variants.averageCheckpoints;
             before -= every)
            steps.push_back(before);
    return steps;
}

bool isAveragedLater(const TrainingSpec& training, std::int64_t checkpoint, std::int64_t step)
{
    const TrainingVariants& variants = training.variants;
    return variants.averages() && training.checkpointEvery > 0 && checkpoint % training.checkpointEvery == 0 &&
           checkpoint > step - variants.averageCheckpoints * training.checkpointEvery;
}

Result<std::shared_ptr<MixtureAdapter>> averagedAdapter(const fs::path& runFolder,
                                                        const std::vector<std::int64_t>& steps,
                                                        const ModelConfig& model, torch::Device device)
{
    std::shared_ptr<MixtureAdapter> mean;
    torch::Tensor sum;
    for (const std::int64_t step : steps) {
        const fs::path folder = runFolder / "checkpoints" / ("step-" + std::to_string(step));
        if (const Status valid = verifyCheckpoint(folder, step, true); !valid)
            return failure(badInput(folder.string(), {},
                                    "The run averages this checkpoint's weights, and it cannot be used: " +
                                        describe(valid.error()),
                                    "Put it back; or remove it and all later ones, and the run trains that part again: "
                                    "hilo resume " +
                                        runFolder.string()));
        HILO_TRY(const std::shared_ptr<MixtureAdapter> one, MixtureAdapter::load(folder, model, device));
        const torch::Tensor weights = one->parameters().detach().to(torch::kFloat64);
        sum = sum.defined() ? sum + weights : weights;
        if (!mean)
            mean = one;
    }
    logger("train")->info("the adapter is the mean of the weights at steps {}", shownSteps(steps));
    if (mean)
        mean->parameters().detach().copy_(sum / static_cast<double>(steps.size()));
    return mean;
}

} // namespace hilo
