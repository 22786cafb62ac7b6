// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/map.h"
#include "allocation/parameters.h"
#include "formats/base_expert_modules.h"

#include <QObject>
#include <QPoint>
#include <QUndoStack>

#include <set>
#include <vector>

namespace hilo {

/// A cell of the map: layer and column of moduleGrid().
struct AllocationCell
{
    int layer = 0;
    int module = 0;
    auto operator<=>(const AllocationCell&) const = default;
};

/// What decided a map: a strategy with its settings, or "manual".
struct AllocationOrigin
{
    std::string strategy;
    Json settings;
};

/// One open allocation map. Every change goes through its undo stack, so views and tests share one path.
class AllocationDocument : public QObject
{
    Q_OBJECT
  public:
    AllocationDocument(ModelConfig model, AllocationMap map, QObject* parent = nullptr);

    const ModelConfig& model() const { return model_; }
    const ModuleGrid& modules() const { return modules_; }
    int columns() const { return static_cast<int>(modules_.columns()); }
    const std::string& moduleName(AllocationCell cell) const
    {
        return modules_.name(static_cast<std::size_t>(cell.module));
    }
    /// Null where the layer has no such module: nothing can be put there.
    const ModuleShape* shapeOf(AllocationCell cell) const;
    const AllocationMap& map() const { return map_; }
    int layers() const { return static_cast<int>(map_.layers.size()); }
    QUndoStack& undoStack() { return undo_; }
    const QUndoStack& undoStack() const { return undo_; }

    /// An empty allocation where the module has no adapter.
    ModuleAllocation at(AllocationCell cell) const;
    bool isLocked(AllocationCell cell) const { return locked_.contains(cell); }
    /// Differs from the map as it was opened or last saved.
    bool isChanged(AllocationCell cell) const;
    std::int64_t parameters(AllocationCell cell) const;
    /// Of the whole map; kept up to date, cheap to ask.
    const ParameterCount& parameters() const { return count_; }

    /// Pushes one undo step that gives these cells this allocation; locked cells, ranks above a module's width and
    /// cells whose layer has no such module are left as they are and counted in the result. Steps with the same
    /// mergeKey (not 0) join: a drag is one step.
    struct Applied
    {
        int changed = 0;
        int locked = 0;
        int tooWide = 0;
        int absent = 0;
    };
    Applied setCells(const std::vector<AllocationCell>& cells, const std::vector<ModuleAllocation>& values,
                     const QString& text, int mergeKey = 0);
    /// One undo step to another map of the same model; locked cells stay.
    Applied replaceMap(AllocationMap map, const QString& text);
    void setLocked(const std::vector<AllocationCell>& cells, bool locked);
    /// One undo step that gives the map another name.
    void rename(const std::string& name);
    /// What replaceMap would make of this map: locked cells as they are here.
    AllocationMap withLocks(AllocationMap map) const;
    /// As it was opened or last saved.
    const AllocationMap& savedMap() const { return saved_; }
    /// The map on disk is this one now.
    void markSaved();

  Q_SIGNALS:
    void cellsChanged(int firstLayer, int lastLayer);
    void parametersChanged();
    void renamed();

  private:
    friend class ChangeName;
    friend class ChangeCells;
    friend class ChangeLocks;
    /// A module of the base's own experts has one rank for all of them: of a value with several it is the largest.
    ModuleAllocation suited(const ModuleAllocation& value, const ModuleShape& shape) const;
    Applied change(const std::vector<AllocationCell>& cells, const std::vector<ModuleAllocation>& values,
                   const QString& text, int mergeKey, AllocationOrigin origin);
    void assign(AllocationCell cell, const ModuleAllocation& value);
    void recount(int firstLayer, int lastLayer);

    ModelConfig model_;
    ModuleGrid modules_;
    AllocationMap map_;
    AllocationMap saved_;
    std::set<AllocationCell> locked_;
    ParameterCount count_;
    QUndoStack undo_;
};

} // namespace hilo
