// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/allocation_view.h"

#include "allocation/allocation_delegate.h"
#include "allocation/cell_text.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QRegularExpression>

#include <algorithm>

namespace hilo {

AllocationView::AllocationView(QWidget* parent) : QTableView(parent)
{
    setItemDelegate(new AllocationDelegate(this));
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(DoubleClicked | EditKeyPressed | AnyKeyPressed);
    setCornerButtonEnabled(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    horizontalHeader()->setHighlightSections(false);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(std::max(20, fontMetrics().height() + 6));
    verticalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setAccessibleName(tr("Allocation map: a row for each layer, a column for each module"));
    setToolTipDuration(10000);
}

std::vector<AllocationCell> AllocationView::selectedCells() const
{
    std::vector<AllocationCell> cells;
    if (!selectionModel() || !allocationModel())
        return cells;
    for (const QModelIndex& index : selectionModel()->selectedIndexes())
        if (allocationModel()->isModuleColumn(index.column()))
            cells.push_back(allocationModel()->cellOf(index));
    std::sort(cells.begin(), cells.end());
    return cells;
}

void AllocationView::copy()
{
    const auto cells = selectedCells();
    if (cells.empty())
        return;
    const auto [left, right] =
        std::minmax_element(cells.begin(), cells.end(), [](auto a, auto b) { return a.module < b.module; });
    QStringList lines;
    for (int layer = cells.front().layer; layer <= cells.back().layer; ++layer) {
        QStringList line;
        for (int module = left->module; module <= right->module; ++module) {
            const AllocationCell cell{layer, module};
            const bool selected = std::binary_search(cells.begin(), cells.end(), cell);
            line << (selected ? cellText(allocationModel()->document().at(cell)) : QString());
        }
        lines << line.join(QLatin1Char('\t'));
    }
    QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void AllocationView::paste()
{
    const QString problem = pasteText(QApplication::clipboard()->text());
    if (!problem.isEmpty())
        Q_EMIT refused(problem);
}

QString AllocationView::pasteText(const QString& text)
{
    static const QRegularExpression commaList(QStringLiteral("^\\s*\\d+(\\s*,\\s*\\d+)+\\s*$"));
    if (!allocationModel())
        return {};
    if (commaList.match(text).hasMatch())
        return pasteExpertsPerLayer(text.split(QLatin1Char(',')));
    QStringList lines = text.split(QRegularExpression(QStringLiteral("\\r?\\n")));
    while (!lines.isEmpty() && lines.back().isEmpty())
        lines.removeLast();
    return lines.isEmpty() ? tr("There is nothing to paste.") : pasteGrid(lines);
}

QString AllocationView::pasteExpertsPerLayer(const QStringList& numbers)
{
    AllocationDocument& document = allocationModel()->document();
    if (numbers.size() != document.layers())
        return tr("The list has %1 numbers, but the model has %2 layers.").arg(numbers.size()).arg(document.layers());
    std::vector<AllocationCell> cells;
    std::vector<ModuleAllocation> values;
    for (int layer = 0; layer < document.layers(); ++layer) {
        const int experts = numbers[layer].trimmed().toInt();
        if (experts > 256)
            return tr("Layer %1: at most 256 experts are possible in one module.").arg(layer);
        for (int module = 0; module < static_cast<int>(document.modules().size()); ++module) {
            ModuleAllocation value = document.at({layer, module});
            if (value.ranks.empty())
                value = ModuleAllocation{{8}, 2, 16, 0};
            value.ranks.assign(static_cast<std::size_t>(experts), value.ranks.front());
            value.topK = std::clamp(std::max(2, value.topK), 1, std::max(1, experts));
            cells.push_back({layer, module});
            values.push_back(std::move(value));
        }
    }
    say(document.setCells(cells, values, tr("Paste experts per layer")));
    return {};
}

QString AllocationView::pasteGrid(const QStringList& lines)
{
    AllocationDocument& document = allocationModel()->document();
    const auto selected = selectedCells();
    const AllocationCell start = selected.empty() ? AllocationCell{} : selected.front();
    const bool single = lines.size() == 1 && !lines.front().contains(QLatin1Char('\t'));
    std::vector<AllocationCell> cells;
    std::vector<ModuleAllocation> values;
    const auto add = [&](AllocationCell cell, const QString& text) -> QString {
        const auto value = parseCellText(text, document.at(cell));
        if (!value)
            return QString::fromStdString(describe(value.error()));
        cells.push_back(cell);
        values.push_back(*value);
        return {};
    };
    if (single) {
        for (const AllocationCell cell : selected)
            if (const QString problem = add(cell, lines.front()); !problem.isEmpty())
                return problem;
    } else {
        for (int row = 0; row < lines.size(); ++row) {
            const QStringList parts = lines[row].split(QLatin1Char('\t'));
            for (int column = 0; column < parts.size(); ++column) {
                const AllocationCell cell{start.layer + row, start.module + column};
                if (cell.layer >= document.layers() || cell.module >= static_cast<int>(document.modules().size()))
                    return tr("%1 × %2 cells do not fit from here on.").arg(lines.size()).arg(parts.size());
                if (parts[column].trimmed().isEmpty())
                    continue;
                if (const QString problem = add(cell, parts[column]); !problem.isEmpty())
                    return problem;
            }
        }
    }
    if (!cells.empty())
        say(document.setCells(cells, values, tr("Paste %n cell(s)", nullptr, static_cast<int>(cells.size()))));
    return {};
}

void AllocationView::say(const AllocationDocument::Applied& applied)
{
    if (applied.tooWide > 0)
        Q_EMIT refused(tr("%n cell(s) were left: the rank is above the module's width.", nullptr, applied.tooWide));
    else if (applied.locked > 0)
        Q_EMIT refused(tr("%n locked cell(s) were left as they are.", nullptr, applied.locked));
}

void AllocationView::fillDown()
{
    const auto cells = selectedCells();
    if (cells.empty())
        return;
    std::vector<ModuleAllocation> values;
    for (const AllocationCell cell : cells)
        values.push_back(allocationModel()->document().at({cells.front().layer, cell.module}));
    say(allocationModel()->document().setCells(cells, values, tr("Fill down")));
}

void AllocationView::fillRight()
{
    const auto cells = selectedCells();
    if (cells.empty())
        return;
    const int left =
        std::min_element(cells.begin(), cells.end(), [](auto a, auto b) { return a.module < b.module; })->module;
    std::vector<ModuleAllocation> values;
    for (const AllocationCell cell : cells)
        values.push_back(allocationModel()->document().at({cell.layer, left}));
    say(allocationModel()->document().setCells(cells, values, tr("Fill right")));
}

void AllocationView::clearSelected()
{
    const auto cells = selectedCells();
    if (!cells.empty())
        say(allocationModel()->document().setCells(cells, {ModuleAllocation{}}, tr("Remove adapters")));
}

void AllocationView::toggleLock()
{
    const auto cells = selectedCells();
    if (cells.empty())
        return;
    AllocationDocument& document = allocationModel()->document();
    const bool allLocked =
        std::all_of(cells.begin(), cells.end(), [&](AllocationCell cell) { return document.isLocked(cell); });
    document.setLocked(cells, !allLocked);
}

void AllocationView::keyPressEvent(QKeyEvent* event)
{
    if (!allocationModel())
        return QTableView::keyPressEvent(event);
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::Paste))
        paste();
    else if (event->matches(QKeySequence::Delete))
        clearSelected();
    else if (event->modifiers() == Qt::ControlModifier && event->key() == Qt::Key_D)
        fillDown();
    else if (event->modifiers() == Qt::ControlModifier && event->key() == Qt::Key_R)
        fillRight();
    else if (event->modifiers() == Qt::ControlModifier && event->key() == Qt::Key_L)
        toggleLock();
    else
        QTableView::keyPressEvent(event);
}

void AllocationView::mousePressEvent(QMouseEvent* event)
{
    if (brush_ && event->button() == Qt::LeftButton) {
        stroke_ = ++strokes_;
        setCurrentIndex(indexAt(event->pos()));
        paintAt(event->pos());
        return;
    }
    QTableView::mousePressEvent(event);
}

void AllocationView::mouseMoveEvent(QMouseEvent* event)
{
    if (stroke_ != 0)
        paintAt(event->pos());
    else
        QTableView::mouseMoveEvent(event);
}

void AllocationView::mouseReleaseEvent(QMouseEvent* event)
{
    if (stroke_ != 0)
        stroke_ = 0;
    else
        QTableView::mouseReleaseEvent(event);
}

void AllocationView::paintAt(const QPoint& position)
{
    const QModelIndex index = indexAt(position);
    if (!index.isValid() || !allocationModel() || !allocationModel()->isModuleColumn(index.column()))
        return;
    say(allocationModel()->document().setCells({allocationModel()->cellOf(index)}, {*brush_}, tr("Paint cells"),
                                               stroke_));
}

} // namespace hilo
