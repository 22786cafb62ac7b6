// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "runs/metric_chart.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <vector>

namespace hilo {

/// The curves of runs that are laid over the chosen one's, read from the index in the background; those of runs that
/// train are read again as they grow.
class RunOverlay : public QObject
{
    Q_OBJECT
  public:
    /// So many runs in one chart can still be told apart.
    static constexpr std::size_t mostRuns = 12;

    explicit RunOverlay(QObject* parent = nullptr);

    /// The runs, each with what it is called in legends. Others are forgotten.
    void setRuns(const QString& project, const std::vector<const RunSummary*>& runs);
    /// In the order of the runs; those that are not read yet are left out.
    std::vector<MetricChart::Curve> curves() const;

  Q_SIGNALS:
    void changed();

  private:
    struct Entry
    {
        QString id, name;
        std::int64_t step = -1; ///< that was reached when it was read
        std::string state;
        std::shared_ptr<const RunHistory> history;
    };
    void read();

    QString project_;
    std::vector<Entry> entries_;
    bool reading_ = false, stale_ = false;
    QTimer timer_;
};

} // namespace hilo
