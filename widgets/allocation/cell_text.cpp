// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/cell_text.h"

#include "allocation/ranks_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace hilo {
namespace {

constexpr std::size_t mostTypedExperts = 256; ///< more are a slip of the finger

bool equalRanks(const std::vector<int>& ranks)
{
    return std::all_of(ranks.begin(), ranks.end(), [&ranks](int rank) { return rank == ranks.front(); });
}

struct CellWords
{
    Q_DECLARE_TR_FUNCTIONS(CellWords)
};

} // namespace

QString cellText(const ModuleAllocation& allocation)
{
    if (allocation.ranks.empty())
        return QStringLiteral("–");
    if (equalRanks(allocation.ranks))
        return QStringLiteral("%1 × r%2").arg(allocation.experts()).arg(allocation.ranks.front());
    QStringList ranks;
    for (const int rank : allocation.ranks)
        ranks << QString::number(rank);
    return ranks.join(QLatin1Char(' '));
}

Result<ModuleAllocation> parseCellText(const QString& text, const ModuleAllocation& before)
{
    ModuleAllocation result = before;
    if (before.ranks.empty()) {
        result = ModuleAllocation{};
        result.topK = 2;
    }
    HILO_TRY(result.ranks, ranksFromText(text.toStdString(), mostTypedExperts));
    const int choices = std::max(1, result.experts() + result.nullExperts);
    result.topK = std::clamp(result.topK, 1, choices);
    return result;
}

QString spokenCell(const ModuleAllocation& allocation)
{
    if (allocation.ranks.empty())
        return CellWords::tr("no adapter");
    if (allocation.ofBase)
        return CellWords::tr("LoRA of rank %1 on each of the base's %n expert(s), top-%2 by its own router", nullptr,
                             allocation.experts())
            .arg(allocation.ranks.front())
            .arg(allocation.topK);
    if (allocation.experts() == 1)
        return CellWords::tr("plain LoRA, rank %1").arg(allocation.ranks.front());
    const QString experts = CellWords::tr("%n expert(s)", nullptr, allocation.experts());
    const QString ranks = equalRanks(allocation.ranks) ? CellWords::tr("rank %1").arg(allocation.ranks.front())
                                                       : CellWords::tr("ranks %1").arg(cellText(allocation));
    return CellWords::tr("%1, %2, top-%3").arg(experts, ranks).arg(allocation.topK);
}

} // namespace hilo
