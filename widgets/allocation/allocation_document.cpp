// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/allocation_document.h"
#include "formats/base_expert_modules.h"

#include <QUndoCommand>

#include <algorithm>

namespace hilo {

/// Gives cells new values and back; a drag's steps join into one.
class ChangeCells : public QUndoCommand
{
  public:
    struct Change
    {
        AllocationCell cell;
        ModuleAllocation before;
        ModuleAllocation after;
    };

    ChangeCells(AllocationDocument& document, std::vector<Change> changes, const QString& text, int mergeKey,
                AllocationOrigin origin)
        : QUndoCommand(text), document_(document), changes_(std::move(changes)), mergeKey_(mergeKey),
          otherOrigin_(std::move(origin))
    {
    }

    void redo() override { apply(&Change::after); }
    void undo() override { apply(&Change::before); }
    int id() const override { return mergeKey_ == 0 ? -1 : 1; }

    bool mergeWith(const QUndoCommand* other) override
    {
        const auto& later = static_cast<const ChangeCells&>(*other);
        if (later.mergeKey_ != mergeKey_)
            return false;
        for (const Change& change : later.changes_) {
            const auto known = std::find_if(changes_.begin(), changes_.end(),
                                            [&change](const Change& mine) { return mine.cell == change.cell; });
            if (known == changes_.end())
                changes_.push_back(change);
            else
                known->after = change.after;
        }
        return true;
    }

  private:
    void apply(ModuleAllocation Change::*value)
    {
        int first = document_.layers();
        int last = 0;
        for (const Change& change : changes_) {
            document_.assign(change.cell, change.*value);
            first = std::min(first, change.cell.layer);
            last = std::max(last, change.cell.layer);
        }
        std::swap(document_.map_.strategy, otherOrigin_.strategy);
        std::swap(document_.map_.settings, otherOrigin_.settings);
        document_.recount(first, last);
    }

    AllocationDocument& document_;
    std::vector<Change> changes_;
    int mergeKey_;
    AllocationOrigin otherOrigin_; ///< the one that the map does not have now
};

class ChangeLocks : public QUndoCommand
{
  public:
    ChangeLocks(AllocationDocument& document, std::set<AllocationCell> after, const QString& text)
        : QUndoCommand(text), document_(document), other_(std::move(after))
    {
    }

    void redo() override
    {
        std::swap(document_.locked_, other_);
        Q_EMIT document_.cellsChanged(0, document_.layers() - 1);
    }
    void undo() override { redo(); }

  private:
    AllocationDocument& document_;
    std::set<AllocationCell> other_;
};

class ChangeName : public QUndoCommand
{
  public:
    ChangeName(AllocationDocument& document, std::string name, const QString& text)
        : QUndoCommand(text), document_(document), other_(std::move(name))
    {
    }

    void redo() override
    {
        std::swap(document_.map_.name, other_);
        Q_EMIT document_.renamed();
    }
    void undo() override { redo(); }

  private:
    AllocationDocument& document_;
    std::string other_;
};

AllocationDocument::AllocationDocument(ModelConfig model, AllocationMap map, QObject* parent)
    : QObject(parent), model_(std::move(model)), modules_(mapGrid(model_)), map_(std::move(map))
{
    map_.layers.resize(static_cast<std::size_t>(model_.layers));
    saved_ = map_;
    count_ = countParameters(map_, model_);
    undo_.setUndoLimit(500);
}

const ModuleShape* AllocationDocument::shapeOf(AllocationCell cell) const
{
    return modules_.find(static_cast<std::size_t>(cell.layer), static_cast<std::size_t>(cell.module));
}

ModuleAllocation AllocationDocument::at(AllocationCell cell) const
{
    const auto* found = map_.find(static_cast<std::size_t>(cell.layer), moduleName(cell));
    return found ? *found : ModuleAllocation{};
}

bool AllocationDocument::isChanged(AllocationCell cell) const
{
    const auto* before = saved_.find(static_cast<std::size_t>(cell.layer), moduleName(cell));
    return at(cell) != (before ? *before : ModuleAllocation{});
}

std::int64_t AllocationDocument::parameters(AllocationCell cell) const
{
    const ModuleShape* shape = shapeOf(cell);
    return shape ? countParameters(at(cell), *shape).trainable() : 0;
}

AllocationDocument::Applied AllocationDocument::setCells(const std::vector<AllocationCell>& cells,
                                                         const std::vector<ModuleAllocation>& values,
                                                         const QString& text, int mergeKey)
{
    return change(cells, values, text, mergeKey, {"manual", Json::object()});
}

ModuleAllocation AllocationDocument::suited(const ModuleAllocation& value, const ModuleShape& shape) const
{
    if (value.ranks.empty())
        return value;
    if (shape.baseExperts > 0) {
        const int rank = *std::max_element(value.ranks.begin(), value.ranks.end());
        return baseExpertAllocation(model_, shape, rank, value.alpha);
    }
    if (!value.ofBase)
        return value;
    // Of the base's experts only the rank means something elsewhere: one expert of it.
    return ModuleAllocation{{value.ranks.front()}, 1, value.alpha, 0};
}

AllocationDocument::Applied AllocationDocument::change(const std::vector<AllocationCell>& cells,
                                                       const std::vector<ModuleAllocation>& values, const QString& text,
                                                       int mergeKey, AllocationOrigin origin)
{
    Applied applied;
    std::vector<ChangeCells::Change> changes;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const ModuleAllocation& given = values[std::min(i, values.size() - 1)];
        const ModuleShape* shape = shapeOf(cells[i]);
        if (!shape) {
            applied.absent += given.ranks.empty() ? 0 : 1;
            continue;
        }
        const ModuleAllocation value = suited(given, *shape);
        const bool fits =
            std::all_of(value.ranks.begin(), value.ranks.end(), [shape](int rank) { return rank <= shape->width(); });
        if (isLocked(cells[i]))
            ++applied.locked;
        else if (!fits)
            ++applied.tooWide;
        else if (at(cells[i]) != value)
            changes.push_back({cells[i], at(cells[i]), value});
    }
    applied.changed = static_cast<int>(changes.size());
    if (!changes.empty())
        undo_.push(new ChangeCells(*this, std::move(changes), text, mergeKey, std::move(origin)));
    return applied;
}

AllocationDocument::Applied AllocationDocument::replaceMap(AllocationMap map, const QString& text)
{
    std::vector<AllocationCell> cells;
    std::vector<ModuleAllocation> values;
    for (int layer = 0; layer < layers(); ++layer) {
        for (int module = 0; module < columns(); ++module) {
            const AllocationCell cell{layer, module};
            const auto* found = map.find(static_cast<std::size_t>(layer), moduleName(cell));
            cells.push_back(cell);
            values.push_back(found ? *found : ModuleAllocation{});
        }
    }
    return change(cells, values, text, 0, {map.strategy, map.settings});
}

void AllocationDocument::setLocked(const std::vector<AllocationCell>& cells, bool locked)
{
    std::set<AllocationCell> after = locked_;
    for (const AllocationCell cell : cells) {
        if (locked)
            after.insert(cell);
        else
            after.erase(cell);
    }
    if (after != locked_)
        undo_.push(new ChangeLocks(*this, std::move(after), locked ? tr("Lock cells") : tr("Unlock cells")));
}

void AllocationDocument::rename(const std::string& name)
{
    if (!name.empty() && name != map_.name)
        undo_.push(new ChangeName(*this, name, tr("Rename to %1").arg(QString::fromStdString(name))));
}

AllocationMap AllocationDocument::withLocks(AllocationMap map) const
{
    map.layers.resize(map_.layers.size());
    for (const AllocationCell cell : locked_) {
        auto& layer = map.layers[static_cast<std::size_t>(cell.layer)];
        layer.erase(moduleName(cell));
        if (const ModuleAllocation kept = at(cell); !kept.ranks.empty())
            layer[moduleName(cell)] = kept;
    }
    return map;
}

void AllocationDocument::markSaved()
{
    saved_ = map_;
    undo_.setClean();
    Q_EMIT cellsChanged(0, layers() - 1);
}

void AllocationDocument::assign(AllocationCell cell, const ModuleAllocation& value)
{
    auto& layer = map_.layers[static_cast<std::size_t>(cell.layer)];
    if (value.ranks.empty())
        layer.erase(moduleName(cell));
    else
        layer[moduleName(cell)] = value;
}

void AllocationDocument::recount(int firstLayer, int lastLayer)
{
    count_ = countParameters(map_, model_);
    Q_EMIT cellsChanged(firstLayer, lastLayer);
    Q_EMIT parametersChanged();
}

} // namespace hilo
