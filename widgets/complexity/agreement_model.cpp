// SPDX-License-Identifier: GPL-3.0-or-later
#include "complexity/agreement_model.h"

#include "allocation/rank_correlation.h"
#include "complexity/signal_help.h"

#include <QLocale>

#include <cmath>
#include <limits>

namespace hilo {
namespace {

QString signedNumber(double value)
{
    return (value > 0 ? QStringLiteral("+") : QString()) + QLocale().toString(value, 'f', 2);
}

} // namespace

void AgreementModel::setProfile(const ProfilePointer& profile, const std::vector<std::string>& signalNames)
{
    beginResetModel();
    names_.clear();
    titles_.clear();
    shortTitles_.clear();
    values_.clear();
    layers_ = profile ? static_cast<int>(profile->profile.layers) : 0;
    std::vector<const std::vector<double>*> layers;
    for (const std::string& name : signalNames) {
        if (!profile)
            break;
        const auto found = profile->profile.signals.find(name);
        if (found == profile->profile.signals.end() || found->second.layers.empty())
            continue;
        names_.push_back(name);
        const SignalHelp help = signalHelp(name);
        titles_.push_back(help.title);
        shortTitles_.push_back(help.shortTitle);
        layers.push_back(&found->second.layers);
    }
    for (const auto* row : layers) {
        values_.emplace_back();
        for (const auto* column : layers)
            values_.back().push_back(spearman(*row, *column).value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    endResetModel();
}

int AgreementModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(names_.size());
}

int AgreementModel::columnCount(const QModelIndex& parent) const
{
    return rowCount(parent);
}

QVariant AgreementModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const double value = values_[static_cast<std::size_t>(index.row())][static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return std::isnan(value) ? QString() : signedNumber(value);
    case HeatRole:
        return std::isnan(value) ? QVariant() : QVariant((value + 1) / 2);
    case ValueRole:
        return value;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return sentence(index.row(), index.column());
    default:
        return {};
    }
}

QString AgreementModel::sentence(int row, int column) const
{
    const auto r = static_cast<std::size_t>(row);
    const auto c = static_cast<std::size_t>(column);
    const double value = values_[r][c];
    if (std::isnan(value))
        return tr("%1 and %2: no correlation, one of them is the same in every layer").arg(titles_[r], titles_[c]);
    const QString meaning = value >= 0.7   ? tr("they rank the layers much alike")
                            : value >= 0.3 ? tr("they rank the layers somewhat alike")
                            : value > -0.3 ? tr("one says little about the other")
                            : value > -0.7 ? tr("they tend to opposite orders")
                                           : tr("they rank the layers in opposite order");
    return tr("%1 and %2: %3 over %n layer(s), %4", nullptr, layers_)
        .arg(titles_[r], titles_[c], signedNumber(value), meaning);
}

QVariant AgreementModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (section < 0 || section >= static_cast<int>(names_.size()))
        return {};
    const auto i = static_cast<std::size_t>(section);
    if (role == Qt::DisplayRole)
        return orientation == Qt::Vertical ? titles_[i] : shortTitles_[i];
    return role == Qt::ToolTipRole || role == Qt::AccessibleTextRole ? QVariant(titles_[i]) : QVariant();
}

std::string AgreementModel::signalOf(int section) const
{
    return section >= 0 && section < static_cast<int>(names_.size()) ? names_[static_cast<std::size_t>(section)]
                                                                     : std::string();
}

QString AgreementModel::summary() const
{
    double lowest = 2;
    std::size_t first = 0;
    std::size_t second = 0;
    for (std::size_t i = 0; i < values_.size(); ++i)
        for (std::size_t j = i + 1; j < values_.size(); ++j)
            if (values_[i][j] < lowest) {
                lowest = values_[i][j];
                first = i;
                second = j;
            }
    if (lowest > 1)
        return {};
    const QString pair = tr("Spearman over %n layer(s). “%1” and “%2” differ most (%3)", nullptr, layers_)
                             .arg(titles_[first], titles_[second], signedNumber(lowest));
    return lowest < 0.3 ? tr("%1: a map that is built on one is not supported by the other.").arg(pair)
                        : tr("%1; all of them rank the layers alike.").arg(pair);
}

} // namespace hilo
