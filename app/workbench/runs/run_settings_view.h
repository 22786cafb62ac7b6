// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/provenance.h"
#include "run/run_settings.h"

#include <QWidget>

#include <optional>
#include <vector>

class QLabel;
class QLineEdit;
class QTableView;

namespace hilo {

class SettingsModel;

/// Every setting of a run, searchable, and what it was made with: version of the program, machine, hashes.
class RunSettingsView : public QWidget
{
    Q_OBJECT
  public:
    explicit RunSettingsView(QWidget* parent = nullptr);

    void setSettings(const std::vector<Setting>& settings, const std::optional<Provenance>& provenance);
    SettingsModel& model() { return *model_; }
    QLineEdit& searchLine() { return *search_; }
    QString madeWith() const;

  private:
    SettingsModel* model_;
    QLineEdit* search_;
    QTableView* table_;
    QLabel* madeWith_;
};

} // namespace hilo
