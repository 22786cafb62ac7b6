// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/cell_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace hilo {
namespace {

constexpr int maximumExperts = 256;
constexpr int maximumRank = 65536;

bool equalRanks(const std::vector<int>& ranks)
{
    return std::all_of(ranks.begin(), ranks.end(), [&ranks](int rank) { return rank == ranks.front(); });
}

struct CellWords
{
    Q_DECLARE_TR_FUNCTIONS(CellWords)
};

Error notUnderstood(const QString& text)
{
    return wrongUsage("\"" + text.toStdString() + "\" is no allocation.",
                      "Type experts and rank (4 x r8), a rank for each expert (8 8 4 2), or - for no adapter.");
}

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
    static const QRegularExpression product(QStringLiteral("^(\\d{1,6})\\s*[x×X*]\\s*[rR]?\\s*(\\d{1,6})$"));
    static const QRegularExpression single(QStringLiteral("^[rR]\\s*(\\d{1,6})$"));
    static const QRegularExpression separators(QStringLiteral("[\\s,;]+"));
    const QString clean = text.trimmed();

    ModuleAllocation result = before;
    if (before.ranks.empty()) {
        result = ModuleAllocation{};
        result.topK = 2;
    }
    result.ranks.clear();
    if (const auto match = product.match(clean); match.hasMatch()) {
        const int experts = match.captured(1).toInt();
        if (experts > maximumExperts)
            return failure(wrongUsage("At most 256 experts are possible in one module."));
        result.ranks.assign(static_cast<std::size_t>(experts), match.captured(2).toInt());
    } else if (const auto one = single.match(clean); one.hasMatch()) {
        result.ranks = {one.captured(1).toInt()};
    } else if (!clean.isEmpty() && clean != QStringLiteral("-") && clean != QStringLiteral("–") &&
               clean != QStringLiteral("0")) {
        for (const QString& part : clean.split(separators, Qt::SkipEmptyParts)) {
            bool isNumber = false;
            result.ranks.push_back(part.toInt(&isNumber));
            if (!isNumber || result.ranks.size() > maximumExperts)
                return failure(notUnderstood(clean));
        }
    }
    for (const int rank : result.ranks)
        if (rank < 1 || rank > maximumRank)
            return failure(notUnderstood(clean));
    const int choices = std::max(1, result.experts() + result.nullExperts);
    result.topK = std::clamp(result.topK, 1, choices);
    return result;
}

QString spokenCell(const ModuleAllocation& allocation)
{
    if (allocation.ranks.empty())
        return CellWords::tr("no adapter");
    if (allocation.experts() == 1)
        return CellWords::tr("plain LoRA, rank %1").arg(allocation.ranks.front());
    const QString experts = CellWords::tr("%n expert(s)", nullptr, allocation.experts());
    const QString ranks = equalRanks(allocation.ranks) ? CellWords::tr("rank %1").arg(allocation.ranks.front())
                                                       : CellWords::tr("ranks %1").arg(cellText(allocation));
    return CellWords::tr("%1, %2, top-%3").arg(experts, ranks).arg(allocation.topK);
}

} // namespace hilo
