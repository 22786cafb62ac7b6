// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/task_expert_model.h"

#include "common/numbers.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

QString overlapNumber(double value)
{
    return QLocale().toString(value, 'f', 2);
}

} // namespace

std::optional<double> relativeEntropy(const std::vector<double>& shares)
{
    if (shares.size() < 2)
        return {};
    double entropy = 0;
    for (const double share : shares) {
        if (!std::isfinite(share) || share < 0)
            return {};
        if (share > 0)
            entropy -= share * std::log(share);
    }
    return entropy / std::log(static_cast<double>(shares.size()));
}

std::optional<double> overlapOf(const std::vector<double>& one, const std::vector<double>& other)
{
    if (one.empty() || one.size() != other.size())
        return {};
    double sum = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
        if (!std::isfinite(one[i]) || !std::isfinite(other[i]))
            return {};
        sum += std::min(one[i], other[i]);
    }
    return sum;
}

void TaskExpertModel::setLoads(const TaskLoadMap& loads)
{
    loads_ = loads;
    makeLayers();
}

void TaskExpertModel::setModule(const QString& module)
{
    module_ = module;
    makeLayers();
}

QStringList TaskExpertModel::modules() const
{
    QStringList names;
    for (const auto& [task, loads] : loads_)
        for (const ModuleLoad& load : loads)
            if (const QString name = QString::fromStdString(load.module); load.load.size() > 1 && !names.contains(name))
                names << name;
    return names;
}

void TaskExpertModel::makeLayers()
{
    beginResetModel();
    tasks_.clear();
    layers_.clear();
    // Modules of one layer can have different numbers of experts; a mean makes sense only between equals, and the same
    // modules have to stand for every task.
    std::map<int, std::size_t> most;
    const auto counts = [this](const ModuleLoad& load) {
        return load.load.size() > 1 && (module_.isEmpty() || load.module == module_.toStdString());
    };
    for (const auto& [task, loads] : loads_)
        for (const ModuleLoad& load : loads)
            if (counts(load))
                most[load.layer] = std::max(most[load.layer], load.load.size());
    for (const auto& [layer, experts] : most)
        layers_.push_back({layer, std::vector<std::vector<double>>(loads_.size())});
    std::size_t task = 0;
    for (const auto& [name, loads] : loads_) {
        tasks_ << QString::fromStdString(name);
        for (Layer& layer : layers_) {
            std::vector<double> sum(most[layer.layer]);
            int modules = 0;
            for (const ModuleLoad& load : loads) {
                if (load.layer != layer.layer || !counts(load) || load.load.size() != sum.size())
                    continue;
                for (std::size_t i = 0; i < sum.size(); ++i)
                    sum[i] += load.load[i];
                ++modules;
            }
            for (double& share : sum)
                share /= std::max(1, modules);
            if (modules > 0)
                layer.shares[task] = std::move(sum);
        }
        ++task;
    }
    endResetModel();
}

std::optional<double> TaskExpertModel::overlapAt(const Layer& layer) const
{
    double sum = 0;
    int pairs = 0;
    for (std::size_t i = 0; i < layer.shares.size(); ++i)
        for (std::size_t j = i + 1; j < layer.shares.size(); ++j)
            if (const auto overlap = overlapOf(layer.shares[i], layer.shares[j])) {
                sum += *overlap;
                ++pairs;
            }
    return pairs > 0 ? std::optional(sum / pairs) : std::nullopt;
}

std::optional<double> TaskExpertModel::meanOverlap(int task, int other) const
{
    double sum = 0;
    int count = 0;
    for (const Layer& layer : layers_)
        if (const auto overlap = overlapOf(layer.shares[static_cast<std::size_t>(task)],
                                           layer.shares[static_cast<std::size_t>(other)])) {
            sum += *overlap;
            ++count;
        }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

QString TaskExpertModel::summary() const
{
    std::optional<std::pair<double, QString>> most, least;
    for (int i = 0; i < tasks_.size(); ++i)
        for (int j = i + 1; j < tasks_.size(); ++j)
            if (const auto overlap = meanOverlap(i, j)) {
                const QString pair = tr("%1 and %2", "two tasks").arg(tasks_[i], tasks_[j]);
                if (!most || *overlap > most->first)
                    most = {*overlap, pair};
                if (!least || *overlap < least->first)
                    least = {*overlap, pair};
            }
    if (!most)
        return {};
    QString text = tasks_.size() == 2
                       ? tr("%1 share %2 of their experts' work.").arg(most->second, percentage(most->first, 0))
                       : tr("%1 share most of their experts' work (%2), %3 least (%4).")
                             .arg(most->second, percentage(most->first, 0), least->second, percentage(least->first, 0));
    if (least->first > 0.9)
        text += QLatin1Char(' ') + tr("The routers hardly tell the tasks apart.");
    return text;
}

QString TaskExpertModel::explain(const Layer& layer, int task) const
{
    if (task >= tasks_.size()) {
        const auto overlap = overlapAt(layer);
        return overlap ? tr("Layer %1: two tasks have %2 of their experts' work in common, in the mean over all pairs. "
                            "1 means that the router does not tell them apart.")
                             .arg(layer.layer)
                             .arg(overlapNumber(*overlap))
                       : tr("Layer %1: no overlap to tell").arg(layer.layer);
    }
    const auto& shares = layer.shares[static_cast<std::size_t>(task)];
    if (shares.empty())
        return tr("Layer %1, %2: nothing was logged").arg(layer.layer).arg(tasks_[task]);
    QStringList texts;
    for (std::size_t i = 0; i < shares.size(); ++i)
        texts << tr("expert %1: %2").arg(i).arg(std::isfinite(shares[i]) ? percentage(shares[i]) : QStringLiteral("–"));
    QString text = tr("Layer %1, %2: %3.").arg(layer.layer).arg(tasks_[task], texts.join(QStringLiteral(", ")));
    if (const auto entropy = relativeEntropy(shares))
        text += QLatin1Char(' ') + tr("Entropy %1 of that of equal shares.").arg(percentage(*entropy, 0));
    return text;
}

int TaskExpertModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(layers_.size());
}

int TaskExpertModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || layers_.empty() ? 0 : static_cast<int>(tasks_.size()) + 1;
}

QVariant TaskExpertModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Layer& layer = layers_[static_cast<std::size_t>(index.row())];
    const bool isTask = index.column() < tasks_.size();
    switch (role) {
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return explain(layer, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    case Qt::DisplayRole: {
        if (!isTask) {
            const auto overlap = overlapAt(layer);
            return overlap ? overlapNumber(*overlap) : QStringLiteral("–");
        }
        const auto& shares = layer.shares[static_cast<std::size_t>(index.column())];
        if (shares.empty())
            return QStringLiteral("–");
        const auto first = std::max_element(shares.begin(), shares.end());
        return tr("%1: %2", "an expert and its share").arg(first - shares.begin()).arg(percentage(*first, 0));
    }
    case ExpertSharesRole:
        return isTask
                   ? QVariant::fromValue(QList<double>(layer.shares[static_cast<std::size_t>(index.column())].begin(),
                                                       layer.shares[static_cast<std::size_t>(index.column())].end()))
                   : QVariant();
    default:
        return {};
    }
}

QVariant TaskExpertModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (section < 0 || section >= (orientation == Qt::Horizontal ? columnCount() : rowCount()))
        return {};
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(tr("Layer %1").arg(layerAt(section))) : QVariant();
    const bool isTask = section < tasks_.size();
    if (role == Qt::DisplayRole)
        return isTask ? tasks_[section] : tr("Overlap");
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
        return isTask ? tr("Share of %1's tokens that each expert of the layer gets").arg(tasks_[section])
                      : tr("What the tasks' shares have in common, in the mean over all pairs of tasks");
    return {};
}

} // namespace hilo
