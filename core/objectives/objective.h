// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

/// What an objective learns from.
enum class ObjectiveRows {
    Answers, ///< a prompt and its answer
    Pairs,   ///< a prompt with a chosen and a rejected answer
    Judged,  ///< a prompt, an answer, and whether it is a good one
};

/// An answer as the model that learns and the reference see it: sums over the answer's tokens of their
/// log-probabilities, in nats.
struct AnswerScore
{
    double policy = 0;
    double reference = 0; ///< 0 where the objective needs none
    std::int64_t tokens = 1;
};

/// What one answer adds to the loss.
struct AnswerLoss
{
    double slope = 0;  ///< derivative of the loss by AnswerScore::policy
    double reward = 0; ///< what the objective makes larger for good answers; without unit
};

struct PairLoss
{
    double loss = 0;
    AnswerLoss chosen, rejected;
};

struct JudgedLoss
{
    double loss = 0;
    AnswerLoss answer;
};

struct ObjectiveSetting
{
    std::string name;
    std::string description;
    double defaultValue = 0;
    double least = 0;
    double most = 0;
};

using ObjectiveSettings = std::map<std::string, double>;

/// What a training makes smaller besides, or instead of, the loss on answers. Every function is one of numbers alone:
/// the trainer multiplies the slopes into the gradients of the answers' log-probabilities.
struct Objective
{
    std::string name;  ///< of settings and events, "dpo"
    std::string label; ///< for people, "DPO"
    std::string description;
    ObjectiveRows rows = ObjectiveRows::Answers;
    bool needsReference = false;
    /// Times the loss on the answers (of pairs: the chosen ones), which is added; nats a token.
    double likelihoodWeight = 0;
    std::vector<ObjectiveSetting> settings;

    /// Pairs only. settings: complete.
    PairLoss (*ofPair)(const AnswerScore& chosen, const AnswerScore& rejected,
                       const ObjectiveSettings& settings) = nullptr;
    /// Judged only. divergence: the batch's estimate of the policy's divergence from the reference, in nats, not below
    /// 0.
    JudgedLoss (*ofJudged)(const AnswerScore& answer, bool isGood, double divergence,
                           const ObjectiveSettings& settings) = nullptr;

    /// The defaults, and over them what is given. Errors: a setting that the objective does not have, a value out of
    /// its range.
    Result<ObjectiveSettings> complete(const ObjectiveSettings& given) const;
};

/// All of them, by name.
const std::vector<const Objective*>& objectives();
/// nullptr when there is none of the name.
const Objective* findObjective(std::string_view name);

} // namespace hilo
