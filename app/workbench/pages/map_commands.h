// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "base/result.h"

#include <QObject>

class QWidget;

namespace hilo {

class AllocationDocument;
class ProjectSession;

/// What the page Allocation does with maps as a whole: new ones, files, tables; with the actions of its menu for it.
class MapCommands : public QObject
{
    Q_OBJECT
  public:
    /// The actions are added to page, which is the parent of their dialogs too.
    MapCommands(ProjectSession& session, QWidget* page);

    /// The map in front, which the commands are for; null: none is open.
    void setDocument(AllocationDocument* document) { document_ = document; }

    void addMap(AllocationMap map);
    void newMap();
    void duplicateMap();
    void renameMap();
    void openMap();
    void save();
    void saveAs();
    void closeMap(int index);
    void importCsv();
    void exportCsv();
    /// What the commands above do with a path; false and a sentence in the status bar when it failed.
    bool openMapFile(const QString& path);
    bool importCsvFile(const QString& path);
    bool exportCsvFile(const QString& path);

  Q_SIGNALS:
    /// A sentence for the status bar.
    void said(const QString& sentence);
    /// This map of the session shall come to the front.
    void frontWanted(int index);
    void saved();

  private:
    void makeActions();
    void closeFront();
    bool saveTo(const QString& path);
    /// Asks what becomes of a map that somebody else has changed on disk as well.
    void askAboutOther(const AllocationMap& theirs);
    bool tell(const Status& status, const QString& done);

    ProjectSession& session_;
    QWidget* page_;
    AllocationDocument* document_ = nullptr;
};

} // namespace hilo
