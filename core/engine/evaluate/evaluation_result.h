// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "metrics/scored_rows.h"
#include "run/run_spec.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hilo {

struct ClassCount
{
    std::int64_t total = 0;
    std::int64_t correct = 0;
    /// How often each label was given; what is missing to total was no answer: unreadable, or none scored highest.
    std::map<std::string, std::int64_t> given;
};

/// What was measured on the rows of one split of one task. What was not measured is absent.
struct EvaluationResult
{
    Protocol protocol = Protocol::Loss;
    std::string task; ///< its name; whoever knows it sets it
    std::string split;
    std::optional<double> loss;       ///< nats a token of the answers (or of the whole text)
    std::optional<double> perplexity; ///< its exponential
    std::int64_t tokens = 0;          ///< that the loss is the mean over
    std::int64_t rows = 0;            ///< that were looked at
    /// By the names of metrics/definitions, without loss and perplexity.
    std::map<std::string, double> metrics;
    std::map<std::string, std::pair<double, double>> intervals; ///< 95 %, of whatever has one, loss among it
    std::map<std::string, std::string> notMeasured;             ///< metric, and why it is absent
    std::string positiveLabel;                                  ///< of f1; empty where there is none

    /// Of the accuracy; total is 0 where there is none.
    std::int64_t total = 0;
    std::int64_t correct = 0;
    std::int64_t unparsable = 0;               ///< answers in which no label was found; they count as wrong
    std::map<std::string, ClassCount> classes; ///< by the right label
    double seconds = 0;
    std::vector<ScoredRow> scored; ///< each row, in the data's order

    bool hasAccuracy() const { return total > 0; }
    /// 0 where there is none; valueOf("accuracy") tells these apart.
    double accuracy() const { return total > 0 ? static_cast<double>(correct) / static_cast<double>(total) : 0; }
    /// Of the accuracy, 95 % (Wilson 1927).
    std::pair<double, double> interval() const;
    /// The accuracy of always saying the most frequent label.
    double majorityFloor() const;
    /// One row whose answer counts: what was right, and what was given (nothing: no answer).
    void count(const std::string& label, const std::optional<std::string>& given);

    /// Of "loss", "perplexity", "accuracy" and whatever is in metrics; nothing where it was not measured.
    std::optional<double> valueOf(const std::string& metric) const;
};

/// The fields of an "evaluation" event of a run: split, protocol, rows, loss, perplexity, tokens, metrics, intervals,
/// seconds, and task where it has a name; where there is an accuracy also accuracy, correct, total, interval,
/// unparsable, majority_floor and classes (total, correct, given: label -> rows); positive_label beside an f1;
/// not_measured where something is missing.
Json toJson(const EvaluationResult& result);

/// What the model did on one row: file, line, loss (mean over its tokens), tokens, and where there is one right, given,
/// given_normalised, likelihoods, wanted, written.
Json toJson(const ScoredRow& row);

} // namespace hilo
