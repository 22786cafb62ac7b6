// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_memory.h"

namespace hilo {

EstimateSettings largestSettings(const TrainingSpec& training)
{
    EstimateSettings settings;
    settings.recomputeActivations = training.activationCheckpointing;
    settings.batch = largestBatch(training.batchSize, training.maxLength);
    settings.baseBytes = training.dtype == "bfloat16" ? 2 : 4;
    settings.onGpu = training.device.starts_with("cuda");
    settings.linearBytes = quantisedBytes(training.quantisation);
    return settings;
}

MemoryEstimate largestMemory(const RunSpec& spec, const ModelConfig& model)
{
    const EstimateSettings settings = largestSettings(spec.training);
    return estimateMemory(spec.map, model, settings, settings.onGpu ? gpuConstants() : cpuConstants());
}

} // namespace hilo
