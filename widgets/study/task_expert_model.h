// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_event.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <map>
#include <optional>
#include <vector>

namespace hilo {

using TaskLoadMap = std::map<std::string, std::vector<ModuleLoad>>;

/// Roles of the cells of the experts by task.
enum TaskExpertRole {
    ExpertSharesRole = Qt::UserRole + 1, ///< QList<double>: of each expert, of the task's tokens in the layer
};

/// Entropy of shares, of that of equal shares: 1 where all experts serve alike, 0 where one serves all. Nothing for
/// fewer than two experts or shares that are no numbers.
std::optional<double> relativeEntropy(const std::vector<double>& shares);
/// What two distributions over the same experts have in common, sum of min(p, q): 1 the same, 0 no common expert.
/// Nothing where they are over different experts.
std::optional<double> overlapOf(const std::vector<double>& one, const std::vector<double>& other);

/// Which expert of which layer serves which task of a joint run: a row a layer, a column a task with the shares of its
/// experts, then the overlap of the tasks: near 1 the router does not tell the tasks apart.
class TaskExpertModel final : public QAbstractTableModel
{
    Q_OBJECT
  public:
    using QAbstractTableModel::QAbstractTableModel;

    /// Of each task's tokens alone, as a run of several tasks logs them.
    void setLoads(const TaskLoadMap& loads);
    /// Shows this module of every layer; empty: the mean over a layer's modules with the largest number of experts.
    void setModule(const QString& module);
    QStringList modules() const;
    /// The tasks with the largest and the smallest overlap over all layers, in a sentence; empty below two tasks.
    QString summary() const;
    /// Mean over the layers; nothing where no layer tells it.
    std::optional<double> meanOverlap(int task, int other) const;
    int layerAt(int row) const { return layers_[static_cast<std::size_t>(row)].layer; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    struct Layer
    {
        int layer = 0;
        std::vector<std::vector<double>> shares; ///< by task; empty where a task has none
    };
    void makeLayers();
    std::optional<double> overlapAt(const Layer& layer) const;
    QString explain(const Layer& layer, int task) const;

    TaskLoadMap loads_;
    QString module_;
    QStringList tasks_;
    std::vector<Layer> layers_;
};

} // namespace hilo
