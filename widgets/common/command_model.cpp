// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/command_model.h"

#include <QRegularExpression>

#include <algorithm>
#include <optional>
#include <utility>

namespace hilo {
namespace {

constexpr int mostShown = 200; ///< nobody reads further

/// How well a word fits: 0 begins the title, 1 begins a word of it, 2 is in it, 4 is in what it belongs to.
std::optional<int> fitOf(const QString& word, const QString& title, const QString& all)
{
    const qsizetype place = title.indexOf(word);
    if (place == 0)
        return 0;
    if (place > 0)
        return title[place - 1].isLetterOrNumber() ? 2 : 1;
    return all.contains(word) ? std::optional(4) : std::nullopt;
}

} // namespace

void CommandModel::setCommands(std::vector<Command> commands)
{
    commands_ = std::move(commands);
    words_.clear();
    for (const Command& command : commands_)
        words_.push_back((command.title + QLatin1Char('\n') + command.where).toCaseFolded());
    search({});
}

void CommandModel::search(const QString& text)
{
    const QStringList words = text.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<std::pair<int, std::size_t>> fits;
    for (std::size_t i = 0; i < commands_.size(); ++i) {
        const QString title = words_[i].section(QLatin1Char('\n'), 0, 0);
        int sum = 0;
        const bool isFound = std::all_of(words.begin(), words.end(), [&](const QString& word) {
            const std::optional<int> fit = fitOf(word, title, words_[i]);
            sum += fit.value_or(0);
            return fit.has_value();
        });
        if (isFound)
            fits.emplace_back(sum, i);
    }
    std::stable_sort(fits.begin(), fits.end(),
                     [](const auto& one, const auto& other) { return one.first < other.first; });
    beginResetModel();
    count_ = static_cast<int>(fits.size());
    found_.clear();
    for (std::size_t i = 0; i < std::min<std::size_t>(mostShown, fits.size()); ++i)
        found_.push_back(fits[i].second);
    endResetModel();
}

int CommandModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(found_.size());
}

QVariant CommandModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Command& command = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return command.title;
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return QStringList{command.title, command.where, command.keys}
            .filter(QRegularExpression(QStringLiteral(".")))
            .join(QStringLiteral(", "));
    case WhereRole:
        return command.where;
    case KeysRole:
        return command.keys;
    default:
        return {};
    }
}

} // namespace hilo
