// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiny_steps.h"

#include "data/shuffle.h"
#include "engine/adapter/reference.h"

namespace hilo::testing {

ModelConfig tinyStepsModel()
{
    ModelConfig model = smallModel();
    model.hidden = 32;
    model.headDimension = 8;
    model.normEpsilon = 1e-5;
    model.attentionScale = 0.35;
    return model;
}

std::vector<TokenisedExample> tinyStepsRows(std::int64_t vocabulary)
{
    std::vector<TokenisedExample> examples;
    for (std::uint64_t row = 0; row < 37; ++row) {
        TokenisedExample example;
        const auto length = static_cast<std::int64_t>(4 + counterNumber(1, row) % 27);
        for (std::int64_t i = 0; i < length; ++i)
            example.tokens.push_back(static_cast<std::int32_t>(counterNumber(row + 2, static_cast<std::uint64_t>(i)) %
                                                               static_cast<std::uint64_t>(vocabulary)));
        example.answerStart = length - 1 - static_cast<std::int64_t>(row % 2);
        if (row % 3 == 0)
            example.answers.emplace_back(1, 2);
        example.answers.emplace_back(example.answerStart, length);
        examples.push_back(std::move(example));
    }
    return examples;
}

TrainingSpec tinyStepsTraining(std::int64_t steps)
{
    TrainingSpec training;
    training.steps = steps;
    training.batchSize = 4;
    training.maxLength = 32;
    training.learningRate = 0.002;
    training.epsilon = 1e-4;
    return training;
}

} // namespace hilo::testing
