// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "run/run_spec.h"

#include <QDialog>

#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTimer;

namespace hilo {

class ProjectSession;
class RunSpecForm;

/// A new run: name, map, seeds and every setting of a run spec. What it hands out has passed the core's checks.
class NewRunDialog : public QDialog
{
    Q_OBJECT
  public:
    explicit NewRunDialog(ProjectSession& session, QWidget* parent = nullptr);

    /// Starts from the settings of another run: its run.json, seen from the folder that its relative paths are of.
    void startFrom(const RunSpec& spec);
    /// Chooses this map; one that is not open is offered too.
    void chooseMap(const AllocationMap& map);
    /// One spec a seed; the first thing that is wrong, with its place in the document.
    Result<std::vector<RunSpec>> specs() const;
    /// Valid after accept().
    const std::vector<RunSpec>& acceptedSpecs() const { return accepted_; }
    /// To be queued too, not only added.
    bool isQueueWanted() const { return queue_; }
    RunSpecForm& form() { return *form_; }

  private:
    void fillMaps();
    void showSettings(const Json& settings);
    void settingsWritten();
    void takeWritten(const Json& settings);
    void check();
    void take(bool queue);
    void showCommand();
    Json document() const;
    void showProblem(const Error& error);

    ProjectSession& session_;
    QLineEdit* name_;
    QLineEdit* model_;
    QLineEdit* seeds_;
    QComboBox* map_;
    RunSpecForm* form_;
    QLabel* said_;
    QLabel* writtenSaid_; ///< what somebody else has made of the project's settings since
    QPushButton* takeWritten_;
    QPushButton* add_;
    QPushButton* addAndQueue_;
    QPushButton* command_;
    QTimer* timer_;
    std::vector<AllocationMap> maps_; ///< as offered by the box
    bool nameTyped_ = false;
    Json settings_;        ///< of the project, as it was read last
    Json shown_;           ///< what the form made of it
    bool isOfRun_ = false; ///< the form is another run's, not the project's
    std::vector<RunSpec> accepted_;
    bool queue_ = false;
};

/// "1 2 3", "1,2,3" or "1-5"; nothing when it cannot be read. An empty text is no seed.
std::optional<std::vector<std::int64_t>> seedsFromText(const QString& text);

} // namespace hilo
