// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "complexity/profile_data.h"
#include "page.h"
#include "page_context.h"

class QComboBox;
class QLabel;
class QMenu;
class QTabBar;
class QToolButton;

namespace hilo {

class ColourScale;
class HeatTable;
class ProfileRunPanel;
class SignalCharts;
class SignalModel;

/// How complex each layer is: one signal as a heat map, several over depth, spectra, whether the signals agree, and the
/// difference to another profile.
class ComplexityPage : public Page
{
    Q_OBJECT
  public:
    explicit ComplexityPage(const PageContext& context, QWidget* parent = nullptr);

    void shown() override;
    /// Reads a profile in the background and shows it.
    void openProfile(const QString& file);

  private:
    QWidget* makeInspector();
    QWidget* makeHeatCard();
    void makeTitle(QVBoxLayout* layout);
    void projectChanged();
    void listProfiles(const QString& chosen = {});
    void chooseFile();
    void chooseBaseline();
    void take(const QString& file, Result<ProfilePointer> profile);
    void showState(const QString& problem = {});
    void fill();
    void showSignal();
    void showLayer();
    void exportAs();
    std::string currentSignal() const;
    std::vector<std::string> modelModules() const;

    ProjectSession& session_;
    PageWishes& wishes_;
    QString file_;
    ProfilePointer profile_, baseline_;
    std::vector<std::string> signals_; ///< of the tabs
    int request_ = 0;
    bool loading_ = false;
    bool stale_ = true;

    QLabel* about_;
    QComboBox* profiles_;
    QComboBox* baselines_;
    QToolButton* export_;
    ProfileRunPanel* run_;
    QLabel* message_;
    QWidget* content_;
    QTabBar* tabs_;
    QToolButton* allSignals_;
    SignalModel* model_;
    HeatTable* heat_;
    ColourScale* scale_;
    QLabel* meaning_;
    SignalCharts* charts_;
    QLabel* layerTitle_;
    QLabel* layerFacts_;
    QLabel* signalTitle_;
    QLabel* signalHelp_;
    QWidget* allocate_;
};

} // namespace hilo
