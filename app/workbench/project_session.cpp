// SPDX-License-Identifier: GPL-3.0-or-later
#include "project_session.h"

#include "background.h"
#include "base/atomic_file.h"
#include "base/log.h"
#include "hub/local_place.h"
#include "project/project.h"
#include "run/run_spec.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QTimer>

#include <algorithm>

namespace hilo {
namespace {

namespace fs = std::filesystem;

/// Files of a folder with this ending, sorted.
std::vector<fs::path> filesIn(const fs::path& folder, const std::string& ending)
{
    std::vector<fs::path> files;
    std::error_code code;
    for (fs::directory_iterator entry(folder, code); !code && entry != fs::directory_iterator(); entry.increment(code))
        if (entry->path().filename().string().ends_with(ending))
            files.push_back(entry->path());
    std::sort(files.begin(), files.end());
    return files;
}

/// Where a project's model lies; empty when nothing in it says so.
fs::path modelPathOf(const Project& project)
{
    const auto document = readJsonFile(project.folder() / "project.json");
    if (document && document->contains("model") && (*document)["model"].is_object()) {
        const std::string path = (*document)["model"].value("path", std::string());
        if (!path.empty())
            return placeFrom(path, project.folder(), RepositoryKind::Model);
    }
    for (const fs::path& file : filesIn(project.folder() / "specs", ".run.json"))
        if (const auto spec = readRunSpec(file))
            return spec->modelPath;
    for (const std::string& id : project.runIds().value_or(std::vector<std::string>{}))
        if (const auto spec = readRunSpec(project.runsFolder() / id / "run.json"))
            return spec->modelPath;
    return {};
}

void readMaps(const Project& project, OpenedProject& opened)
{
    for (const fs::path& file : filesIn(project.mapsFolder(), ".map.json")) {
        auto map = readAllocationMap(file);
        const Status status = map ? validateAllocationMap(*map, opened.model->config, file.string()) : Status{};
        if (map && status)
            opened.maps.push_back({file.string(), std::move(*map)});
        else
            opened.problems.push_back(describe(map ? status.error() : map.error()));
    }
}

/// What tells that project.json or a run spec was written, a line a file.
QStringList stampsOfSettings(const QString& folder)
{
    QStringList stamps;
    if (folder.isEmpty())
        return stamps;
    QFileInfoList files{QFileInfo(folder + QStringLiteral("/project.json"))};
    files << QDir(folder + QStringLiteral("/specs"))
                 .entryInfoList({QStringLiteral("*.run.json")}, QDir::Files, QDir::Name);
    for (const QFileInfo& file : std::as_const(files))
        stamps << QStringLiteral("%1 %2 %3")
                      .arg(file.fileName(), QString::number(file.size()),
                           QString::number(file.lastModified().toMSecsSinceEpoch()));
    return stamps;
}

} // namespace

Result<OpenedProject> readProject(const fs::path& path)
{
    OpenedProject opened;
    std::error_code code;
    if (!fs::exists(path / "project.json", code)) {
        HILO_TRY(opened.model, openModel(path));
        opened.name = path.filename().string();
        return opened;
    }
    HILO_TRY(const Project project, Project::open(path));
    opened.folder = project.folder().string();
    opened.name = project.name();
    const fs::path modelPath = modelPathOf(project);
    if (modelPath.empty()) {
        opened.modelProblem = "This project has no model yet.";
        return opened;
    }
    auto model = openModel(modelPath);
    if (!model) {
        opened.modelProblem = describe(model.error());
        return opened;
    }
    opened.model = std::move(*model);
    readMaps(project, opened);
    return opened;
}

ProjectSession::ProjectSession(QObject* parent)
    : QObject(parent), watcher_(new QFileSystemWatcher(this)), look_(new QTimer(this))
{
    // A writer may touch the folder several times for one file.
    look_->setSingleShot(true);
    look_->setInterval(200);
    connect(watcher_, &QFileSystemWatcher::directoryChanged, look_, qOverload<>(&QTimer::start));
    connect(look_, &QTimer::timeout, this, &ProjectSession::lookAtMaps);
    connect(look_, &QTimer::timeout, this, &ProjectSession::lookAtSettings);
}

void ProjectSession::watchMaps()
{
    if (const QStringList before = watcher_->directories(); !before.isEmpty())
        watcher_->removePaths(before);
    QStringList folders;
    if (!folder_.isEmpty())
        for (const QString& folder : {folder_, folder_ + QStringLiteral("/specs")})
            if (QFileInfo::exists(folder))
                folders << folder;
    for (const auto& [document, path] : mapPaths_)
        if (const QString folder = QFileInfo(path).absolutePath(); !folders.contains(folder))
            folders << folder;
    if (!folders.isEmpty())
        watcher_->addPaths(folders);
}

void ProjectSession::lookAtMaps()
{
    for (const auto& document : maps_) {
        const auto theirs = changedOnDisk(*document);
        if (!theirs || !*theirs || told_[document.get()] == **theirs)
            continue;
        told_[document.get()] = **theirs;
        const bool isClean = document->undoStack().isClean();
        if (isClean) {
            document->rename((*theirs)->name);
            document->replaceMap(**theirs, tr("Changed on disk"));
            document->markSaved();
        }
        Q_EMIT mapChangedOnDisk(document.get(), isClean);
    }
}

void ProjectSession::lookAtSettings()
{
    QStringList now = stampsOfSettings(folder_);
    if (now == settingsSeen_)
        return;
    settingsSeen_ = std::move(now);
    watchMaps(); // the folder of specs may be new
    Q_EMIT settingsWritten();
}

Result<std::optional<AllocationMap>> ProjectSession::changedOnDisk(const AllocationDocument& document) const
{
    const fs::path path = mapPath(document).toStdString();
    std::error_code code;
    if (path.empty() || !fs::exists(path, code))
        return std::optional<AllocationMap>();
    HILO_TRY(AllocationMap theirs, readAllocationMap(path));
    HILO_CHECK(validateAllocationMap(theirs, document.model(), path.string()));
    const AllocationMap& base = document.savedMap();
    const bool isSame = theirs.layers == base.layers && (theirs.name == base.name || theirs.name.empty());
    return isSame ? std::nullopt : std::optional(std::move(theirs));
}

void ProjectSession::open(const QString& path)
{
    const int request = ++request_;
    Q_EMIT opening(path);
    const auto place = localPlace(path.toStdString(), RepositoryKind::Model);
    if (!place) {
        Q_EMIT failedToOpen(QString::fromStdString(describe(place.error())));
        return;
    }
    const fs::path absolute = QFileInfo(QString::fromStdString(place->string())).absoluteFilePath().toStdString();
    inBackground(
        this, [absolute] { return readProject(absolute); },
        [this, request, absolute](Result<OpenedProject> result) {
            if (request != request_)
                return;
            if (!result) {
                Q_EMIT failedToOpen(QString::fromStdString(describe(result.error())));
                return;
            }
            path_ = QString::fromStdString(absolute.string());
            take(std::move(*result));
        });
}

void ProjectSession::take(OpenedProject result)
{
    folder_ = QString::fromStdString(result.folder);
    name_ = QString::fromStdString(result.name);
    model_ = std::move(result.model);
    modelProblem_ = QString::fromStdString(result.modelProblem);
    selectedLayer_ = -1;
    // Views still point at the old documents until mapsChanged() was handled.
    const auto old = std::exchange(maps_, {});
    mapPaths_.clear();
    told_.clear();
    for (OpenedProject::Map& entry : result.maps) {
        maps_.push_back(std::make_unique<AllocationDocument>(model_->config, std::move(entry.map)));
        mapPaths_[maps_.back().get()] = QString::fromStdString(entry.path);
    }
    for (const std::string& problem : result.problems)
        logger("workbench")->warn("{}", problem);
    settingsSeen_ = stampsOfSettings(folder_);
    watchMaps();
    Q_EMIT mapsChanged();
    Q_EMIT opened();
}

QString ProjectSession::mapPath(const AllocationDocument& document) const
{
    const auto found = mapPaths_.find(&document);
    return found == mapPaths_.end() ? QString() : found->second;
}

Status ProjectSession::useModel(const QString& path)
{
    if (folder_.isEmpty())
        return failure(wrongUsage("No project is open.", "Open one on the start page."));
    HILO_CHECK(openModel(path.toStdString()));
    const fs::path file = fs::path(folder_.toStdString()) / "project.json";
    HILO_TRY(Json document, readJsonFile(file));
    document["model"] = {{"path", path.toStdString()}};
    HILO_CHECK(writeJsonFile(file, document));
    open(path_);
    return {};
}

AllocationDocument& ProjectSession::addMap(AllocationMap map)
{
    maps_.push_back(std::make_unique<AllocationDocument>(model_->config, std::move(map)));
    Q_EMIT mapsChanged();
    return *maps_.back();
}

Status ProjectSession::saveMap(AllocationDocument& document, const QString& path)
{
    HILO_CHECK(writeAllocationMap(path.toStdString(), document.map()));
    mapPaths_[&document] = path;
    document.markSaved();
    watchMaps();
    return {};
}

void ProjectSession::closeMap(AllocationDocument& document)
{
    const auto place =
        std::find_if(maps_.begin(), maps_.end(), [&](const auto& map) { return map.get() == &document; });
    if (place == maps_.end())
        return;
    const auto closed = std::move(*place);
    maps_.erase(place);
    mapPaths_.erase(&document);
    told_.erase(&document);
    Q_EMIT mapsChanged();
}

bool ProjectSession::isSaved(const AllocationDocument& document) const
{
    return document.undoStack().isClean() && (!mapPath(document).isEmpty() || document.parameters().trainable() == 0);
}

bool ProjectSession::hasUnsavedMaps() const
{
    return std::any_of(maps_.begin(), maps_.end(), [this](const auto& map) { return !isSaved(*map); });
}

void ProjectSession::selectLayer(int layer)
{
    if (layer == selectedLayer_)
        return;
    selectedLayer_ = layer;
    Q_EMIT layerSelected(layer);
}

} // namespace hilo
