// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/export_format.h"
#include "export/export_source.h"

#include <optional>
#include <string>

namespace hilo {

/// How the plain adapter was trained that stands for a mixture, and what the quick form beside it, the routers' mean
/// weights, reaches on the same rows.
struct DistilledCost
{
    std::int64_t steps = 0, keptStep = 0; ///< the weights are those after keptStep
    std::int64_t rows = 0;                ///< of the training split
    std::int64_t rowsKeptBack = 0;        ///< of the training split, never trained on
    std::int64_t tokens = 0;              ///< trained on
    double learningRate = 0;
    std::int64_t seed = 0;
    bool allTokens = false; ///< else those in front of an answer's
    double layerWeight = 0;
    double divergenceBefore = 0, divergenceAfter = 0; ///< nats a token, on the rows kept back
    double seconds = 0;
    double lossOfMeans = 0;
    std::optional<double> accuracyOfMeans;
};

/// What an approximation without routers costs, measured on the same rows.
struct StaticCost
{
    std::string split, protocol;
    std::int64_t rows = 0;
    std::int64_t calibrationTokens = 0;
    std::int64_t rank = 0; ///< kept; 0: all; the largest of a distilled adapter
    double lossBefore = 0, lossAfter = 0;
    std::optional<double> accuracyBefore, accuracyAfter; ///< where the protocol has one
    double logitDifference = 0;                          ///< greatest, on the probe batch
    std::optional<DistilledCost> distilled;              ///< else the routers are replaced by their mean weights
};

/// How far the logits of the files that were read back are from what was meant.
struct Verification
{
    std::string against; ///< "the run's own"
    double difference = 0;
    double tolerance = 0;
    std::int64_t tokens = 0;
    std::int64_t sameChoice = 0; ///< tokens with the same most likely next token
};

/// What storing a whole model's weights in a smaller type costs, on the probe batch against the run's own.
struct RoundingCost
{
    double difference = 0;       ///< greatest, of the logits
    std::int64_t sameChoice = 0; ///< tokens with the same most likely next token
};

/// What servers ask of a plain adapter.
struct ServedRanks
{
    std::int64_t largest = 0;
    bool isOne = true;   ///< all modules have it
    bool ofBase = false; ///< on the base's own experts
    std::string missing; ///< a module that some layers have no adapter on
};

/// Everything that a README of an exported folder tells.
struct ReadmeFacts
{
    std::string format;
    Fit fit = Fit::Exact;
    std::string reason;
    std::string baseName, baseSha256;
    std::string baseCodes;             ///< how the base's files hold its weights, "gptq, 4 bits"; empty: plain
    std::string quantisation = "none"; ///< of the base while the run was trained
    std::string weightType;            ///< of whole models
    std::string modelFile;             ///< the GGUF file's name
    std::string mapName;
    std::int64_t parameters = 0;
    std::optional<MeasuredAccuracy> accuracy;
    Verification verification;
    std::optional<RoundingCost> rounding;
    std::optional<StaticCost> staticCost;
    ServedRanks served;
    Json details = Json::object(); ///< what the format's loader must be told: "number_experts", …
};

/// Markdown: how to load and serve it, the base model, the map (map.svg beside it), accuracy and how it was verified.
std::string readmeText(const ReadmeFacts& facts);

} // namespace hilo
