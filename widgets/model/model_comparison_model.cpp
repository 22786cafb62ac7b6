// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_comparison_model.h"

#include "common/numbers.h"
#include "common/theme.h"

#include <QFont>

#include <map>

namespace hilo {
namespace {

QString titleOfFact(const ComparedFact& fact)
{
    static const std::map<std::string, QString> titles{
        {"architecture", ModelComparisonModel::tr("Family")},
        {"layers", ModelComparisonModel::tr("Layers")},
        {"hidden", ModelComparisonModel::tr("Width")},
        {"intermediate", ModelComparisonModel::tr("Width of the MLP")},
        {"heads", ModelComparisonModel::tr("Heads")},
        {"head_dim", ModelComparisonModel::tr("Width of a head")},
        {"key_value_heads", ModelComparisonModel::tr("Heads of keys and values")},
        {"vocabulary", ModelComparisonModel::tr("Vocabulary, tokens")},
        {"positions", ModelComparisonModel::tr("Context, positions")},
        {"tied_head", ModelComparisonModel::tr("Output head tied to the embedding")},
        {"parameters", ModelComparisonModel::tr("Parameters")},
        {"weight_bytes", ModelComparisonModel::tr("Weights in bfloat16")},
        {"experts", ModelComparisonModel::tr("Experts")},
        {"active_experts", ModelComparisonModel::tr("Experts that a token passes")},
        {"expert_width", ModelComparisonModel::tr("Width of an expert")},
        {"shared_expert_width", ModelComparisonModel::tr("Width of the shared expert")},
    };
    const auto found = titles.find(fact.key);
    return fact.isModule || found == titles.end() ? QString::fromStdString(fact.key) : found->second;
}

QString shownValue(const ComparedFact& fact, const Json& value)
{
    if (value.is_null())
        return ModelComparisonModel::tr("none");
    if (value.is_array())
        return QStringLiteral("%1 × %2").arg(groupedNumber(value[0].get<qint64>()),
                                             groupedNumber(value[1].get<qint64>()));
    if (value.is_boolean())
        return value.get<bool>() ? ModelComparisonModel::tr("yes") : ModelComparisonModel::tr("no");
    if (value.is_string())
        return QString::fromStdString(value.get<std::string>());
    return fact.key == "weight_bytes" ? byteSize(value.get<std::uint64_t>()) : groupedNumber(value.get<qint64>());
}

} // namespace

void ModelComparisonModel::setComparison(ModelComparison comparison, const QString& first, const QString& second)
{
    beginResetModel();
    comparison_ = std::move(comparison);
    first_ = first;
    second_ = second;
    choose();
    endResetModel();
}

void ModelComparisonModel::setDifferencesOnly(bool on)
{
    beginResetModel();
    differencesOnly_ = on;
    choose();
    endResetModel();
}

void ModelComparisonModel::choose()
{
    shown_.clear();
    for (std::size_t i = 0; i < comparison_.facts.size(); ++i)
        if (!differencesOnly_ || comparison_.facts[i].differs())
            shown_.push_back(i);
}

int ModelComparisonModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

int ModelComparisonModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ModelComparisonModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ComparedFact& fact = comparison_.facts[shown_[static_cast<std::size_t>(index.row())]];
    if (role == Qt::DisplayRole)
        return index.column() == What ? titleOfFact(fact)
                                      : shownValue(fact, index.column() == First ? fact.first : fact.second);
    if (role == Qt::TextAlignmentRole)
        return QVariant((index.column() == What ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (!fact.differs() || index.column() == What)
        return {};
    if (role == Qt::FontRole) {
        QFont bold;
        bold.setWeight(QFont::DemiBold);
        return bold;
    }
    if (role == Qt::ForegroundRole)
        return Theme::instance().colours().accent;
    if (role == Qt::AccessibleDescriptionRole)
        return tr("differs");
    return {};
}

QVariant ModelComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == What ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == What ? QString() : section == First ? first_ : second_;
}

} // namespace hilo
