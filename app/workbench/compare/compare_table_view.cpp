// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_table_view.h"

#include "common/letter_width.h"
#include "common/sort_header.h"
#include "compare/compare_model.h"

#include <QHeaderView>
#include <QMenu>

#include <algorithm>

namespace hilo {

CompareTableView::CompareTableView(CompareModel& model, QWidget* parent) : QTableView(parent), model_(model)
{
    setModel(&model);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setTabKeyNavigation(false);
    setWordWrap(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    setHorizontalHeader(new SortHeader(this));
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    horizontalHeader()->setSortIndicator(CompareModel::Value, model.bestFirst());
    setSortingEnabled(true);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this] { byHand_ |= !fitting_; });
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(horizontalHeader(), &QHeaderView::sectionMoved, this, [this] {
        if (!applying_)
            order_ = columnOrder();
    });
    connect(horizontalHeader(), &QWidget::customContextMenuRequested, this, [this](const QPoint& place) {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillMenu(*menu);
        menu->popup(horizontalHeader()->mapToGlobal(place));
    });
}

QStringList CompareTableView::columnOrder() const
{
    QStringList keys;
    for (int place = 0; place < model_.columnCount(); ++place)
        keys << model_.keyOf(horizontalHeader()->logicalIndex(place));
    return keys;
}

void CompareTableView::setColumns(const QStringList& order, const QStringList& hidden)
{
    order_ = order;
    hidden_ = hidden;
    hidden_.removeAll(model_.keyOf(CompareModel::Name));
    fitColumns();
}

void CompareTableView::setHidden(const QString& key, bool hidden)
{
    hidden_.removeAll(key);
    if (hidden)
        hidden_ << key;
    setColumns(order_, hidden_);
}

/// A new answer of the store may have other columns: those that a person has moved or hidden stay so.
void CompareTableView::applyColumns()
{
    applying_ = true;
    QHeaderView* header = horizontalHeader();
    int place = 0;
    for (const QString& key : order_)
        if (const int column = model_.columnOf(key); column >= 0)
            header->moveSection(header->visualIndex(column), place++);
    for (int column = 0; column < model_.columnCount(); ++column)
        header->setSectionHidden(column, hidden_.contains(model_.keyOf(column)));
    applying_ = false;
}

void CompareTableView::fillMenu(QMenu& menu)
{
    for (int column = 0; column < model_.columnCount(); ++column) {
        const QString key = model_.keyOf(column);
        if (column == CompareModel::Name)
            continue;
        QAction* action = menu.addAction(model_.titleOf(column));
        action->setCheckable(true);
        action->setChecked(!hidden_.contains(key));
        connect(action, &QAction::toggled, this, [this, key, column](bool on) {
            if (column >= CompareModel::FixedColumns)
                Q_EMIT columnUnwanted(key);
            else
                setHidden(key, !on);
        });
    }
    menu.addSeparator();
    menu.addAction(tr("Add a column…"), this, &CompareTableView::columnWanted);
    menu.addAction(tr("Columns as at first"), this, [this] {
        byHand_ = false;
        QStringList usual;
        for (int column = 0; column < model_.columnCount(); ++column)
            usual << model_.keyOf(column);
        setColumns(usual, {});
    });
}

void CompareTableView::fitColumns()
{
    applyColumns();
    if (byHand_)
        return;
    fitting_ = true;
    QHeaderView* header = horizontalHeader();
    const int letter = letterWidth(fontMetrics());
    int taken = 0;
    for (int column = 0; column < model_.columnCount(); ++column) {
        if (header->isSectionHidden(column))
            continue;
        resizeColumnToContents(column);
        if (column >= CompareModel::FixedColumns)
            header->resizeSection(column, std::min(header->sectionSize(column), letter * 30));
        else if (column != CompareModel::Name && column != CompareModel::Map)
            taken += header->sectionSize(column);
    }
    const int room = viewport()->width() - taken;
    const int name = header->sectionSize(CompareModel::Name), map = header->sectionSize(CompareModel::Map);
    header->resizeSection(CompareModel::Name, std::clamp(room * 3 / 5, letter * 12, std::max(letter * 12, name)));
    header->resizeSection(CompareModel::Map, std::clamp(room - header->sectionSize(CompareModel::Name), letter * 10,
                                                        std::max(letter * 10, map)));
    fitting_ = false;
}

void CompareTableView::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

} // namespace hilo
