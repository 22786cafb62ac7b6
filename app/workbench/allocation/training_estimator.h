// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/memory_estimate.h"
#include "base/json.h"
#include "base/result.h"

#include <QObject>
#include <QString>

#include <optional>

namespace hilo {

class ProgramRunner;
class ProjectSession;

/// What training a map would need. `hilo estimate` measures rows and speed once for a project's newest settings;
/// from then on any map's estimate is arithmetic, so that it can follow every edit.
class TrainingEstimator : public QObject
{
    Q_OBJECT
  public:
    explicit TrainingEstimator(const ProjectSession& session, QObject* parent = nullptr);

    /// Looks for the newest settings of the project that is open now.
    void projectOpened();
    MemoryEstimate memory(const AllocationMap& map) const;
    /// seconds is 0 while the speed is not known, or when no settings say how long training is.
    TimeEstimate time(const AllocationMap& map) const;
    /// Whose settings these are and what they come to, in words.
    QString about() const { return about_; }

  Q_SIGNALS:
    void changed();

  private:
    void take(const Result<Json>& answer, const QString& name);

    const ProjectSession& session_;
    ProgramRunner* program_;
    EstimateSettings settings_;
    EstimateConstants constants_;
    QString about_;
};

} // namespace hilo
