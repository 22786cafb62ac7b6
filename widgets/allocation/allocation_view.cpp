// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/allocation_view.h"

#include "allocation/allocation_delegate.h"
#include "allocation/cell_text.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QRegularExpression>
#include <QStyle>

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

void AllocationView::setModel(QAbstractItemModel* model)
{
    QTableView::setModel(model);
    fitRows();
    fitColumns();
}

void AllocationView::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitRows();
    fitColumns();
}

void AllocationView::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        fitRows();
        fitColumns();
    }
}

void AllocationView::fitRows()
{
    const int smallest = std::max(20, fontMetrics().height() + 6);
    const int rows = model() ? model()->rowCount() : 0;
    const int fitting = rows > 0 ? viewport()->height() / rows : smallest;
    verticalHeader()->setDefaultSectionSize(std::clamp(fitting, smallest, smallest * 3));
}

void AllocationView::fitColumns()
{
    QHeaderView* header = horizontalHeader();
    const int last = header->count() - 1;
    header->setSectionResizeMode(QHeaderView::Stretch);
    if (last < 1)
        return;
    // No module's name is cut: a narrow window scrolls.
    int widest = 0;
    for (int column = 0; column < last; ++column)
        widest = std::max(
            widest, header->fontMetrics().horizontalAdvance(model()->headerData(column, Qt::Horizontal).toString()));
    widest += 2 * style()->pixelMetric(QStyle::PM_HeaderMargin, nullptr, header);
    header->setMinimumSectionSize(widest);
    const int share = std::min(viewport()->width() * 3 / (2 * last + 3), viewport()->width() - widest * last);
    header->setSectionResizeMode(last, QHeaderView::Fixed);
    header->resizeSection(last, std::max(share, header->sectionSizeHint(last)));
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
    // As on MoLA's command line, in a Python list, or bare: --number_experts "2,4,…", [2, 4, …], 2,4,…
    static const QRegularExpression list(
        QStringLiteral("^\\s*(?:--?\\w+[= ])?\\s*[\\[\"']?\\s*(\\d+(?:\\s*,\\s*\\d+)+)\\s*[\\]\"']?\\s*$"));
    if (!allocationModel())
        return {};
    if (const auto match = list.match(text); match.hasMatch())
        return pasteExpertsPerLayer(match.captured(1).split(QLatin1Char(',')));
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
        for (int module = 0; module < document.columns(); ++module) {
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
                if (cell.layer >= document.layers() || cell.module >= document.columns())
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
    else if (applied.absent > 0)
        Q_EMIT refused(tr("%n cell(s) were left: their layers have no such module.", nullptr, applied.absent));
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

void AllocationView::fillRow()
{
    const QModelIndex current = currentIndex();
    if (!allocationModel() || !current.isValid() || !allocationModel()->isModuleColumn(current.column()))
        return;
    AllocationDocument& document = allocationModel()->document();
    std::vector<AllocationCell> cells;
    for (int module = 0; module < document.columns(); ++module)
        cells.push_back({current.row(), module});
    say(document.setCells(cells, {document.at(allocationModel()->cellOf(current))},
                          tr("Fill layer %1").arg(current.row())));
}

void AllocationView::fillColumn()
{
    const QModelIndex current = currentIndex();
    if (!allocationModel() || !current.isValid() || !allocationModel()->isModuleColumn(current.column()))
        return;
    AllocationDocument& document = allocationModel()->document();
    std::vector<AllocationCell> cells;
    for (int layer = 0; layer < document.layers(); ++layer)
        cells.push_back({layer, current.column()});
    const QString name = QString::fromStdString(document.modules().name(static_cast<std::size_t>(current.column())));
    say(document.setCells(cells, {document.at(allocationModel()->cellOf(current))}, tr("Fill %1").arg(name)));
}

void AllocationView::paintSelected(const ModuleAllocation& brush)
{
    const auto cells = selectedCells();
    if (!cells.empty())
        say(allocationModel()->document().setCells(cells, {brush},
                                                   tr("Paint %n cell(s)", nullptr, static_cast<int>(cells.size()))));
}

void AllocationView::spin(int rankStep, int expertStep)
{
    const auto cells = selectedCells();
    if (cells.empty())
        return;
    AllocationDocument& document = allocationModel()->document();
    std::vector<ModuleAllocation> values;
    for (const AllocationCell cell : cells) {
        ModuleAllocation value = document.at(cell);
        if (value.ranks.empty() && (rankStep > 0 || expertStep > 0))
            value = ModuleAllocation{{std::max(1, rankStep)}, 1, 16, 0};
        else if (rankStep != 0)
            for (int& rank : value.ranks)
                rank = std::max(1, rank + rankStep);
        else if (expertStep > 0 && value.experts() < 256)
            value.ranks.push_back(value.ranks.back());
        else if (expertStep < 0 && !value.ranks.empty())
            value.ranks.pop_back();
        if (expertStep != 0)
            value.topK = std::clamp(value.experts() > 1 ? std::max(2, value.topK) : 1, 1, std::max(1, value.experts()));
        values.push_back(std::move(value));
    }
    // A row of steps on the same cells is one step in the history, like a drag.
    const bool goesOn = spin_ != 0 && cells == spun_ && document.undoStack().index() == document.undoStack().count() &&
                        document.undoStack().undoText() == tr("Spin cells");
    if (!goesOn)
        spin_ = ++strokes_;
    spun_ = cells;
    say(document.setCells(cells, values, tr("Spin cells"), spin_));
}

QString AllocationView::expertsPerLayer() const
{
    if (!allocationModel())
        return {};
    const AllocationDocument& document = allocationModel()->document();
    QStringList numbers;
    for (int layer = 0; layer < document.layers(); ++layer) {
        int most = 0;
        for (int module = 0; module < document.columns(); ++module)
            most = std::max(most, document.at({layer, module}).experts());
        numbers << QString::number(most);
    }
    return numbers.join(QLatin1Char(','));
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
    else if (event->modifiers().testFlag(Qt::AltModifier) &&
             (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        const int step = event->key() == Qt::Key_Up ? 1 : -1;
        const bool experts = event->modifiers().testFlag(Qt::ShiftModifier);
        spin(experts ? 0 : step, experts ? step : 0);
    } else
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

void AllocationView::wheelEvent(QWheelEvent* event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QTableView::wheelEvent(event);
    // Some mice send many small turns; a notch is 120 eighths of a degree.
    wheel_ += event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
    const int step = wheel_ / 120;
    wheel_ %= 120;
    const bool experts = event->modifiers().testFlag(Qt::ShiftModifier);
    if (step != 0)
        spin(experts ? 0 : step, experts ? (step > 0 ? 1 : -1) : 0);
    event->accept();
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
