// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_table_view.h"

#include "common/letter_width.h"
#include "common/sort_header.h"
#include "compare/compare_model.h"

#include <QHeaderView>

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
}

void CompareTableView::fitColumns()
{
    if (byHand_)
        return;
    fitting_ = true;
    QHeaderView* header = horizontalHeader();
    const int letter = letterWidth(fontMetrics());
    int taken = 0;
    for (int column = 0; column < model_.columnCount(); ++column) {
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
