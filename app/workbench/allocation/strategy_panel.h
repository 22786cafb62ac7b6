// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/strategy.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QTimer;

namespace hilo {

class MapPicture;

/// A form for any strategy, made from the strategy's own description, with a preview of the map that it would give.
class StrategyPanel : public QWidget
{
    Q_OBJECT
  public:
    explicit StrategyPanel(QWidget* parent = nullptr);

    void setModel(std::optional<ModelConfig> model);
    /// Files that a strategy may read signals from.
    void setProfiles(const QStringList& files);
    /// What every strategy gets as its budget unless its own field says otherwise; empty: none.
    void setBudget(const QString& budget);
    bool choose(const QString& strategy);
    const std::optional<AllocationMap>& preview() const { return preview_; }

  Q_SIGNALS:
    void applyRequested(const hilo::AllocationMap& map);
    void newMapRequested(const hilo::AllocationMap& map);

  private:
    void strategyChosen();
    QWidget* makeEditor(const StrategySetting& setting);
    std::map<std::string, std::string> given() const;
    void previewLater();
    void makePreview();
    void showPreview(const Result<AllocationMap>& map);

    std::optional<ModelConfig> model_;
    QString budget_;
    const Strategy* strategy_ = nullptr;
    std::map<std::string, QWidget*> editors_;
    std::optional<AllocationMap> preview_;
    int request_ = 0;
    QComboBox* choice_;
    QLabel* description_;
    QComboBox* profile_;
    QLabel* profileLabel_;
    QWidget* form_ = nullptr;
    MapPicture* picture_;
    QLabel* said_;
    QPushButton* apply_;
    QPushButton* asNew_;
    QTimer* timer_;
};

} // namespace hilo
