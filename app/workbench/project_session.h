// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/allocation_document.h"
#include "formats/model_source.h"

#include <QObject>
#include <QString>

#include <map>
#include <memory>
#include <optional>

class QFileSystemWatcher;
class QTimer;

namespace hilo {

/// What opening a path found; read away from the interface thread.
struct OpenedProject
{
    struct Map
    {
        std::string path;
        AllocationMap map;
    };
    std::string folder; ///< of the project; empty for a model alone
    std::string name;
    std::optional<ModelSource> model; ///< a project may have none yet
    std::string modelProblem;         ///< why it has none
    std::vector<Map> maps;
    std::vector<std::string> problems; ///< files that were left out, and why
};

/// path: a project folder (project.json), a Hugging Face folder or a .gguf file. A project's model is the one that
/// project.json names ("model": {"path"}), else that of its run specs or runs.
Result<OpenedProject> readProject(const std::filesystem::path& path);

/// What is open: a project or only a model, its maps, and the layer that is selected everywhere.
class ProjectSession : public QObject
{
    Q_OBJECT
  public:
    explicit ProjectSession(QObject* parent = nullptr);

    /// Reads in the background; ends with opened() or failedToOpen().
    void open(const QString& path);

    QString path() const { return path_; }
    QString folder() const { return folder_; } ///< of the project; empty for a model alone
    QString name() const { return name_; }
    const std::optional<ModelSource>& model() const { return model_; }
    QString modelProblem() const { return modelProblem_; }
    const std::vector<std::unique_ptr<AllocationDocument>>& maps() const { return maps_; }
    QString mapPath(const AllocationDocument& document) const;

    /// Names another place of the project's model in project.json, after it was opened there, and opens the project
    /// anew. An error, and nothing changed, when there is no model or no project.
    Status useModel(const QString& path);

    AllocationDocument& addMap(AllocationMap map);
    /// Writes it, whatever is there: see changedOnDisk().
    Status saveMap(AllocationDocument& document, const QString& path);
    /// The map's file, when it says something else than it did when the map was opened or last saved here: another
    /// window or program has written it. Nothing when there is no such file any more. An error when it cannot be read.
    Result<std::optional<AllocationMap>> changedOnDisk(const AllocationDocument& document) const;
    void closeMap(AllocationDocument& document);
    /// A map without any adapter that was never on disk is nothing to lose.
    bool isSaved(const AllocationDocument& document) const;
    bool hasUnsavedMaps() const;

    int selectedLayer() const { return selectedLayer_; }
    void selectLayer(int layer);

  Q_SIGNALS:
    void opening(const QString& path);
    void opened();
    void failedToOpen(const QString& problem);
    void mapsChanged();
    /// The file of an open map was changed by somebody else. taken: there were no changes here, and the map is as on
    /// disk now; else both have changed it.
    void mapChangedOnDisk(const hilo::AllocationDocument* document, bool taken);
    /// project.json or a run spec of the project was written, by this window or another program.
    void settingsWritten();
    void layerSelected(int layer);

  private:
    void take(OpenedProject opened);
    void watchMaps();
    void lookAtMaps();
    void lookAtSettings();

    QString path_;
    QString folder_;
    QString name_;
    std::optional<ModelSource> model_;
    QString modelProblem_;
    std::vector<std::unique_ptr<AllocationDocument>> maps_;
    std::map<const AllocationDocument*, QString> mapPaths_;
    QFileSystemWatcher* watcher_; ///< of the project's folders of maps and settings: writers replace files
    QTimer* look_;
    std::map<const AllocationDocument*, AllocationMap> told_; ///< what was told of already
    QStringList settingsSeen_; ///< of project.json and run specs: when and how long they were written
    int selectedLayer_ = -1;
    int request_ = 0; ///< of open(): only the last one's answer counts
};

} // namespace hilo
