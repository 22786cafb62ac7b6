// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hilo {

/// Something that may come: a rank, or an expert with its router row.
struct Growth
{
    std::size_t source = 0; ///< the module's expert that it belongs to; nothing goes from what grows
    std::int64_t price = 0; ///< parameters
    double gain = 0;
};

/// Something that may go.
struct Loss
{
    std::size_t source = 0;
    std::int64_t price = 0; ///< parameters that get free
    double worth = 0;
    int ranks = 1;
};

struct Exchange
{
    std::vector<std::size_t> come, go; ///< indices into the growths and the losses
};

struct ExchangeLimits
{
    std::int64_t free = 0; ///< parameters that nobody has
    std::size_t mostGrowths = 0;
    double margin = 1.1; ///< a gain must be so many times what goes for it
};

/// Takes growths by gain per parameter, the largest first, and pays each with what is free and then with the losses of
/// least worth per parameter, as long as the gain is margin times what they are worth. Of one source at most one growth
/// is taken, nothing goes from a source that grows, and of each source at most ranksOf[source] - 1 ranks go. Losses of
/// one source must stand in the order in which they may go. Nothing is paid for twice: free never falls below 0.
Exchange chooseExchange(const std::vector<Growth>& growths, const std::vector<Loss>& losses,
                        const std::vector<int>& ranksOf, const ExchangeLimits& limits);

} // namespace hilo
