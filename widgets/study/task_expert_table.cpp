// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/task_expert_table.h"

#include "common/colour_map.h"
#include "common/letter_width.h"
#include "common/theme.h"
#include "study/task_expert_model.h"

#include <QHeaderView>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace hilo {

void TaskExpertDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ThemeColours& colours = Theme::instance().colours();
    const auto shares = index.data(ExpertSharesRole).value<QList<double>>();
    const QRectF cell = QRectF(option.rect).adjusted(1, 1, -3, -1);
    painter->save();
    painter->setFont(option.font);
    if (shares.isEmpty()) {
        painter->setPen(index.data(ExpertSharesRole).isValid() ? colours.quietText : colours.text);
        painter->drawText(cell.adjusted(6, 0, -6, 0), static_cast<int>(Qt::AlignRight | Qt::AlignVCenter),
                          index.data(Qt::DisplayRole).toString());
    } else {
        const double width = cell.width() / static_cast<double>(shares.size());
        const double equal = 1.0 / static_cast<double>(shares.size());
        for (qsizetype i = 0; i < shares.size(); ++i) {
            const QRectF part(cell.left() + width * static_cast<double>(i), cell.top(), std::max(1.0, width - 1),
                              cell.height());
            const bool isKnown = std::isfinite(shares[i]);
            const QColor fill = isKnown ? cividis(shares[i] / equal / 2) : colours.grid;
            painter->fillRect(part, fill);
            const QString text = QString::number(std::lround(shares[i] * 100));
            if (isKnown && option.fontMetrics.horizontalAdvance(text) + 4 <= part.width()) {
                painter->setPen(textColourOn(fill));
                painter->drawText(part, Qt::AlignCenter, text);
            }
        }
    }
    if (option.state & (QStyle::State_Selected | QStyle::State_HasFocus)) {
        painter->setPen(QPen(colours.attention, 2));
        painter->drawRect(cell);
    }
    painter->restore();
}

TaskExpertTable::TaskExpertTable(TaskExpertModel& model, QWidget* parent) : QTableView(parent)
{
    setModel(&model);
    setItemDelegate(new TaskExpertDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setAccessibleName(tr("Experts by task: layers down, tasks across"));
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    verticalHeader()->setHighlightSections(false);
    verticalHeader()->setSectionsClickable(false);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(std::max(20, fontMetrics().height() + 6));
    connect(&model, &QAbstractItemModel::modelReset, this, &TaskExpertTable::fit);
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void TaskExpertTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fit();
}

void TaskExpertTable::fit()
{
    const int columns = model()->columnCount();
    if (columns < 2)
        return;
    const int overlap = letterWidth(fontMetrics()) * 10;
    const int least = letterWidth(fontMetrics()) * 12;
    const int width = std::max(least, (viewport()->width() - overlap) / (columns - 1));
    for (int i = 0; i + 1 < columns; ++i)
        setColumnWidth(i, width);
    setColumnWidth(columns - 1, overlap);
}

} // namespace hilo
