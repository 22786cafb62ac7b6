// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_bootstrap.h"

#include "data/shuffle.h"

#include <algorithm>

namespace hilo {
namespace {

/// Draws from the unit interval of whole numbers below a bound, one sequence a key.
class Draws
{
  public:
    explicit Draws(std::uint64_t key) : key_(key) {}
    /// Below bound, which is below 2^32; uneven by less than bound / 2^32.
    std::size_t below(std::size_t bound)
    {
        return static_cast<std::size_t>(((counterNumber(key_, counter_++) >> 32) * bound) >> 32);
    }

  private:
    std::uint64_t key_, counter_ = 0;
};

/// One of n units left out, then n draws from the others: calls use(unit) n times. A single unit is drawn itself.
template <class Use>
void bootknife(Draws& draws, std::size_t n, Use&& use)
{
    if (n == 1) {
        use(std::size_t{0});
        return;
    }
    const std::size_t left = draws.below(n);
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t unit = draws.below(n - 1);
        use(unit + (unit >= left ? 1 : 0));
    }
}

/// Bytes that a compiler adds at once; rows are padded to it.
constexpr std::size_t lane = 32;

} // namespace

StudyBootstrap::StudyBootstrap(const StudyTable& table, int replicates, std::uint64_t key)
    : replicates_(replicates), key_(key), joint_(table.observations().joint)
{
    const auto& observations = table.observations().values;
    values_.resize(observations.size());
    for (std::size_t i = 0; i < observations.size(); ++i)
        values_[i].assign(static_cast<std::size_t>(replicates), observations[i].value);
    for (std::size_t task = 0; task < table.tasks(); ++task)
        if (table.rows(task) > 0)
            drawRows(table, task);
}

void StudyBootstrap::drawRows(const StudyTable& table, std::size_t task)
{
    std::vector<std::size_t> runs;
    for (std::size_t allocation = 0; allocation < table.allocations(); ++allocation)
        for (const auto& [seed, index] : table.cell(allocation, task))
            if (table.hasRows(index))
                runs.push_back(index);
    const std::size_t rows = table.rows(task), width = (runs.size() + lane - 1) / lane * lane;
    std::vector<std::uint8_t> right(rows * width, 0);
    for (std::size_t run = 0; run < runs.size(); ++run)
        for (std::size_t row = 0; row < rows; ++row)
            right[row * width + run] = table.observation(runs[run]).right[row] ? 1 : 0;

    std::vector<std::uint8_t> counts(width);
    std::vector<std::uint32_t> sums(width);
    for (int replicate = 0; replicate < replicates_; ++replicate) {
        Draws draws(counterNumber(counterNumber(key_, 2 * task), static_cast<std::uint64_t>(replicate)));
        std::fill(sums.begin(), sums.end(), 0);
        int pending = 0;
        const auto flush = [&] {
            for (std::size_t i = 0; i < width; ++i)
                sums[i] += counts[i];
            std::fill(counts.begin(), counts.end(), std::uint8_t{0});
            pending = 0;
        };
        bootknife(draws, rows, [&](std::size_t row) {
            const std::uint8_t* const one = right.data() + row * width;
            for (std::size_t first = 0; first < width; first += lane)
                for (std::size_t i = 0; i < lane; ++i)
                    counts[first + i] = static_cast<std::uint8_t>(counts[first + i] + one[first + i]);
            if (++pending == 255)
                flush();
        });
        flush();
        for (std::size_t run = 0; run < runs.size(); ++run)
            values_[runs[run]][static_cast<std::size_t>(replicate)] =
                static_cast<double>(sums[run]) / static_cast<double>(rows);
    }
}

const SeedWeights& StudyBootstrap::weightsOf(std::size_t task, const std::vector<std::int64_t>& seeds)
{
    const std::size_t group = joint_ ? 0 : task;
    const auto [found, isNew] = weights_.try_emplace({group, seeds});
    SeedWeights& weights = found->second;
    if (!isNew)
        return weights;
    weights.assign(static_cast<std::size_t>(replicates_) * seeds.size(), 0);
    for (int replicate = 0; replicate < replicates_; ++replicate) {
        Draws draws(counterNumber(counterNumber(key_, 2 * group + 1), static_cast<std::uint64_t>(replicate)));
        std::uint16_t* const one = weights.data() + static_cast<std::size_t>(replicate) * seeds.size();
        bootknife(draws, seeds.size(), [one](std::size_t seed) { ++one[seed]; });
    }
    return weights;
}

} // namespace hilo
