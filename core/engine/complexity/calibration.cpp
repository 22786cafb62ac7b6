// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/complexity/calibration.h"

#include "engine/data/training_batch.h"

#include <algorithm>

namespace hilo {
namespace {

CalibrationBatch batchOf(const std::vector<TokenisedExample>& examples, const std::vector<std::int64_t>& rows,
                         const std::vector<std::int64_t>& members, int half, LossOn lossOn)
{
    std::vector<std::int64_t> chosen;
    for (const std::int64_t member : members)
        chosen.push_back(rows[static_cast<std::size_t>(member)]);
    CalibrationBatch batch;
    batch.packed = makeTrainingBatch(examples, chosen, lossOn).packed;
    batch.half = half;
    batch.samples = members;
    for (std::size_t sequence = 0; sequence < members.size(); ++sequence)
        batch.labels.push_back(
            batch.packed.labels.slice(0, batch.packed.starts[sequence], batch.packed.starts[sequence + 1])
                .ge(0)
                .sum()
                .item<std::int64_t>());
    return batch;
}

} // namespace

std::vector<std::int64_t> spreadRows(const std::vector<TokenisedExample>& examples, std::int64_t count,
                                     std::int64_t tokens)
{
    std::vector<std::int64_t> usable;
    for (std::size_t row = 0; row < examples.size(); ++row)
        if (examples[row].tokens.size() >= 2)
            usable.push_back(static_cast<std::int64_t>(row));
    const auto available = static_cast<std::int64_t>(usable.size());
    const std::int64_t wanted = std::min(count, available);
    std::vector<std::int64_t> rows;
    std::int64_t sum = 0;
    for (std::int64_t place = 0; place < wanted; ++place) {
        const std::int64_t row = usable[static_cast<std::size_t>(place * available / wanted)];
        const auto length = static_cast<std::int64_t>(examples[static_cast<std::size_t>(row)].tokens.size()) - 1;
        if (tokens > 0 && sum + length > tokens && !rows.empty())
            break;
        rows.push_back(row);
        sum += length;
    }
    return rows;
}

std::vector<CalibrationBatch> calibrationBatches(const std::vector<TokenisedExample>& examples,
                                                 const std::vector<std::int64_t>& rows, std::int64_t tokensPerBatch,
                                                 LossOn lossOn)
{
    std::vector<CalibrationBatch> batches;
    for (const int half : {0, 1}) {
        std::vector<std::int64_t> members;
        std::int64_t sum = 0;
        for (std::size_t place = static_cast<std::size_t>(half); place < rows.size(); place += 2) {
            const auto length =
                static_cast<std::int64_t>(examples[static_cast<std::size_t>(rows[place])].tokens.size()) - 1;
            if (!members.empty() && sum + length > tokensPerBatch) {
                batches.push_back(batchOf(examples, rows, members, half, lossOn));
                members.clear();
                sum = 0;
            }
            members.push_back(static_cast<std::int64_t>(place));
            sum += length;
        }
        if (!members.empty())
            batches.push_back(batchOf(examples, rows, members, half, lossOn));
    }
    return batches;
}

std::int64_t tokenCount(const std::vector<CalibrationBatch>& batches)
{
    std::int64_t tokens = 0;
    for (const CalibrationBatch& batch : batches)
        tokens += batch.packed.tokenCount();
    return tokens;
}

} // namespace hilo
