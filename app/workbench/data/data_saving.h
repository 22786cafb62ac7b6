// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project_data.h"

#include <QObject>

#include <optional>

class QWidget;

namespace hilo {

class ProjectSession;

/// Reads and keeps the data that new runs of the open project take. What another window or program has written in
/// between is noticed, shown as a difference and merged, never overwritten unasked.
class DataSaving : public QObject
{
    Q_OBJECT
  public:
    /// page: above which questions are asked.
    DataSaving(ProjectSession& session, QWidget* page);

    /// Reads it in the background; ends with wasRead() or failed().
    void read();
    /// Whether the page has changes of its own.
    void setChanged(bool changed) { isChanged_ = changed; }
    /// Writes it, or asks where the project says something else by now. Ends with kept(), or with wasRead() where the
    /// project's own is taken.
    void save(const ProjectData& data);
    /// As it was read or written last; nothing: the project has none.
    const std::optional<ProjectData>& stored() const { return stored_; }

  Q_SIGNALS:
    /// See stored().
    void wasRead();
    void failed(const QString& problem);
    void kept(const hilo::ProjectData& data);
    void said(const QString& sentence);

  private:
    void look();
    void write(const ProjectData& data);
    void ask(const ProjectData& ours, const ProjectData& theirs);

    ProjectSession& session_;
    QWidget* page_;
    std::optional<ProjectData> stored_;
    bool isChanged_ = false;
    int request_ = 0;
};

} // namespace hilo
