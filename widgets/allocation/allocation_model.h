// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/allocation_document.h"

#include <QAbstractTableModel>

#include <functional>
#include <optional>

namespace hilo {

/// The map as a table: a row a layer, a column a module, and one more column with the layer's trainable parameters.
class AllocationModel : public QAbstractTableModel
{
    Q_OBJECT
  public:
    enum Role {
        HeatRole = Qt::UserRole + 1, ///< 0 to 1 on the colour scale; invalid where there is nothing. Last column: share
                                     ///< of the layer with the most parameters
        LockedRole,
        ChangedRole,
        ValueRole,  ///< the number behind the colour, for sorting and legends
        AbsentRole, ///< the layer has no such module
    };
    enum class ColourBy { Experts, Ranks, Parameters, Signal };

    /// The value of a signal for a cell; nullopt where it was not measured.
    using Signal = std::function<std::optional<double>(AllocationCell)>;

    explicit AllocationModel(AllocationDocument& document, QObject* parent = nullptr);

    void setColourBy(ColourBy colourBy, Signal signal = {});
    /// Shows the difference to another map of the same model: the sum of ranks here minus there, as text and colour
    /// (the middle of the scale is no difference). nullopt: shows the map itself again.
    void setReference(std::optional<AllocationMap> reference);
    bool showsDifference() const { return reference_.has_value(); }
    std::pair<double, double> valueRange() const { return {lowest_, highest_}; }

    int rowCount(const QModelIndex& parent = {}) const final;
    int columnCount(const QModelIndex& parent = {}) const final;
    QVariant data(const QModelIndex& index, int role) const final;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const final;
    Qt::ItemFlags flags(const QModelIndex& index) const final;
    /// Takes the text of a cell; a text that is no allocation is refused and said by refused().
    bool setData(const QModelIndex& index, const QVariant& value, int role) final;

    bool isModuleColumn(int column) const { return column < document_.columns(); }
    AllocationCell cellOf(const QModelIndex& index) const { return {index.row(), index.column()}; }
    AllocationDocument& document() const { return document_; }

  Q_SIGNALS:
    void refused(const QString& reason);

  private:
    std::optional<double> valueOf(AllocationCell cell) const;
    std::int64_t rankDifference(AllocationCell cell) const;
    QVariant layerData(int layer, int role) const;
    QVariant absentData(AllocationCell cell, int role) const;
    QString toolTip(AllocationCell cell) const;
    void countLayers(int first, int last);
    void findRange();
    void recolour();

    AllocationDocument& document_;
    ColourBy colourBy_ = ColourBy::Ranks;
    Signal signal_;
    std::optional<AllocationMap> reference_;
    std::vector<std::int64_t> layerParameters_;
    double lowest_ = 0;
    double highest_ = 0;
};

} // namespace hilo
