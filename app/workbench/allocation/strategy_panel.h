// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/strategy.h"

#include <QWidget>

#include <functional>
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
    QString profile() const;
    /// Names that fields for a signal offer.
    void setSignals(const QStringList& names);
    /// What every strategy gets as its budget unless its own field says otherwise; empty: none.
    void setBudget(const QString& budget);
    bool choose(const QString& strategy);
    /// HILO with experts and ranks by this signal of a profile.
    void generateFrom(const QString& profile, const QString& signal);
    /// GuiLoMo by the result of a search.
    void generateFromSearch(const QString& file);
    /// What applying would make of a map (locked cells stay), for the preview's numbers.
    void setMerge(std::function<AllocationMap(const AllocationMap&)> merge) { merge_ = std::move(merge); }
    const std::optional<AllocationMap>& preview() const { return preview_; }

  Q_SIGNALS:
    void applyRequested(const hilo::AllocationMap& map);
    void newMapRequested(const hilo::AllocationMap& map);
    /// The strategy's search is to be made (hilo search).
    void searchRequested();
    /// The profile that is chosen now; empty: none.
    void profileChosen(const QString& file);

  private:
    void strategyChosen();
    void chooseNeededProfile();
    void addSettings(QFormLayout* form, const std::vector<StrategySetting>& settings);
    void showDefaults();
    QWidget* makeEditor(const StrategySetting& setting);
    std::map<std::string, std::string> given() const;
    void previewLater();
    /// What the strategy cannot do without and has not got yet, and where it comes from; empty: nothing.
    QString missing() const;
    void makePreview();
    void say(const QString& text, bool isProblem);
    void showPreview(const Result<AllocationMap>& map);

    std::optional<ModelConfig> model_;
    QString budget_;
    const Strategy* strategy_ = nullptr;
    std::map<std::string, QWidget*> editors_;
    std::function<AllocationMap(const AllocationMap&)> merge_;
    QStringList signals_;
    bool showMore_ = false;
    std::optional<AllocationMap> preview_;
    int request_ = 0;
    QComboBox* choice_;
    QLabel* description_;
    QComboBox* profile_;
    QLabel* profileLabel_;
    QWidget* form_ = nullptr;
    QPushButton* search_;
    MapPicture* picture_;
    QLabel* said_;
    QPushButton* apply_;
    QPushButton* asNew_;
    QTimer* timer_;
};

} // namespace hilo
