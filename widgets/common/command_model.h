// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QString>

#include <functional>
#include <vector>

namespace hilo {

/// Something that can be asked for by its name.
struct Command
{
    QString title; ///< "New run…"
    QString where; ///< "Runs"; what it belongs to
    QString keys;  ///< "Ctrl+N"; empty: none
    std::function<void()> run;
};

/// The commands that a search finds, the best first.
class CommandModel final : public QAbstractListModel
{
    Q_OBJECT
  public:
    enum Role { WhereRole = Qt::UserRole + 1, KeysRole };

    using QAbstractListModel::QAbstractListModel;

    void setCommands(std::vector<Command> commands);
    /// Words that all have to be in title or place, in any order, whatever their case; empty: all commands.
    void search(const QString& text);
    const Command& at(int row) const { return commands_[found_[static_cast<std::size_t>(row)]]; }
    /// How many were found; the list holds the first of them.
    int foundCount() const { return count_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

  private:
    std::vector<Command> commands_;
    std::vector<QString> words_; ///< of each command, folded
    std::vector<std::size_t> found_;
    int count_ = 0;
};

} // namespace hilo
