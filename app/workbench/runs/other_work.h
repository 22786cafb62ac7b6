// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

class QTimer;

namespace hilo {

/// Which of these project folders a worker serves now.
QStringList servedProjects(const QStringList& folders);

/// Looks now and then which other projects that were opened here lately are being trained: they take the same devices.
class OtherWork : public QObject
{
    Q_OBJECT
  public:
    explicit OtherWork(QObject* parent);

    /// folder: that is open, and not told of.
    void setProject(const QString& folder);
    /// Folders.
    const QStringList& served() const { return served_; }
    void look();

  Q_SIGNALS:
    void changed();

  private:
    QTimer* timer_;
    QString folder_;
    QStringList served_;
    bool isLooking_ = false;
};

} // namespace hilo
