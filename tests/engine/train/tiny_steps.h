// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/train/trainer.h"
#include "formats/model_config.h"

#include <cstdint>
#include <vector>

/// What tests of a few training steps train on.
namespace hilo::testing {

/// A llama of two layers, hidden 32.
ModelConfig tinyStepsModel();

/// 37 rows of 4 to 30 tokens; every third one has two answers.
std::vector<TokenisedExample> tinyStepsRows(std::int64_t vocabulary);

/// Batches of four rows, and an epsilon that keeps rounding from turning the steps of parameters with gradients near 0.
TrainingSpec tinyStepsTraining(std::int64_t steps);

} // namespace hilo::testing
