// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/reference_scores.h"

#include "base/counted.h"
#include "base/log.h"
#include "engine/base/tensor_file.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

using torch::Tensor;

constexpr const char* tensorName = "log_probabilities";

/// Nothing where there is no file of this key.
std::vector<AnswerLogProbabilities> keptScores(const fs::path& file, const std::string& key, std::size_t rows)
{
    std::error_code code;
    if (!fs::exists(file, code))
        return {};
    const auto read = readTensorFile(file);
    if (!read || !read->metadata.contains("key") || read->metadata.at("key") != key)
        return {};
    const auto found = read->tensors.find(tensorName);
    if (found == read->tensors.end() || found->second.scalar_type() != torch::kFloat32 || found->second.dim() != 3 ||
        found->second.size(0) != static_cast<std::int64_t>(rows) || found->second.size(1) != 2 ||
        found->second.size(2) != 2)
        return {};
    const Tensor values = found->second.to(torch::kFloat64).sum(2).contiguous();
    const double* at = values.data_ptr<double>();
    std::vector<AnswerLogProbabilities> scores(rows);
    for (std::size_t i = 0; i < rows; ++i)
        scores[i] = {at[2 * i], at[2 * i + 1]};
    return scores;
}

/// Each number as a float32 and what that leaves out, because a file of tensors has no doubles here and a resumed run
/// shall go on with the same numbers.
Tensor asTensor(const std::vector<AnswerLogProbabilities>& scores)
{
    std::vector<double> values;
    for (const AnswerLogProbabilities& one : scores)
        values.insert(values.end(), {one.chosen, one.rejected});
    const Tensor whole = torch::tensor(values, torch::kFloat64).reshape({-1, 2});
    const Tensor high = whole.to(torch::kFloat32);
    const Tensor low = (whole - high.to(torch::kFloat64)).to(torch::kFloat32);
    return torch::stack({high, low}, 2).contiguous();
}

/// Some rows at a time are taken out of where they are; as many as make whole windows of answerLogProbabilities(), so
/// that the numbers are those of all rows at once.
Result<std::vector<AnswerLogProbabilities>> scoresOfRows(const Decoder& decoder, ModuleAdapter* reference,
                                                         const TokenRows& rows, std::int64_t batchSize,
                                                         const Progress& progress)
{
    const auto atOnce = static_cast<std::size_t>(std::max<std::int64_t>(1, batchSize)) * 8 * 16;
    std::vector<AnswerLogProbabilities> scores;
    scores.reserve(rows.size());
    for (std::size_t first = 0; first < rows.size(); first += atOnce) {
        std::vector<TokenisedExample> taken;
        for (std::size_t row = first; row < std::min(rows.size(), first + atOnce); ++row)
            taken.push_back(rows[row]);
        std::vector<const TokenisedExample*> pointers;
        for (const TokenisedExample& row : taken)
            pointers.push_back(&row);
        HILO_TRY(const auto some, answerLogProbabilities(decoder, reference, pointers, batchSize, {}, {}));
        scores.insert(scores.end(), some.begin(), some.end());
        if (progress.isCancelled())
            return failure(cancelled());
        progress.report({"Scoring by the reference",
                         static_cast<std::int64_t>(scores.size()),
                         static_cast<std::int64_t>(rows.size()),
                         {}});
    }
    return scores;
}

} // namespace

Result<std::vector<AnswerLogProbabilities>> referenceScores(const Decoder& decoder, ModuleAdapter* reference,
                                                            const TokenRows& rows, const fs::path& runFolder,
                                                            const std::string& key, std::int64_t batchSize,
                                                            Parallel* parallel, const Progress& progress)
{
    const fs::path file = runFolder / "reference.safetensors";
    if (!parallel || parallel->isFirst()) {
        if (keptScores(file, key, rows.size()).empty()) {
            HILO_TRY(const auto scores, scoresOfRows(decoder, reference, rows, batchSize, progress));
            HILO_CHECK(writeTensorFile(file, {{tensorName, asTensor(scores)}}, {{"key", key}}));
            logger("train")->info("the reference's log-probabilities of {} are in {}",
                                  counted(static_cast<std::int64_t>(rows.size()), "row"), file.string());
        }
    }
    if (parallel)
        parallel->meet();
    // Read back in any case: a run goes on with the numbers of the file, whether or not it was stopped in between.
    std::vector<AnswerLogProbabilities> scores = keptScores(file, key, rows.size());
    if (scores.size() != rows.size())
        return failure(badInput(file.string(), {}, "The reference's log-probabilities cannot be read back.",
                                "Look whether the disk is full, or the folder shared by all processes."));
    return scores;
}

} // namespace hilo
