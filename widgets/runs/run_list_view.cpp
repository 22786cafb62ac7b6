// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_list_view.h"

#include "common/letter_width.h"
#include "common/theme.h"
#include "runs/run_list_model.h"
#include "runs/run_texts.h"

#include <QDropEvent>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace hilo {
namespace {

constexpr int margin = 8;

}

QSize RunListDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {letterWidth(option.fontMetrics) * 20, 2 * option.fontMetrics.height() + 18};
}

void RunListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* model = qobject_cast<const RunListModel*>(index.model());
    const RunSummary* run = model ? model->at(index.row()) : nullptr;
    if (!run)
        return;
    const ThemeColours& colours = Theme::instance().colours();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF row = QRectF(option.rect).adjusted(2, 1, -2, -1);
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colours.accentBackground);
        painter->drawRoundedRect(row, 4, 4);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(QPen(colours.accent, 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(row.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
    const int line = option.fontMetrics.height();
    const int symbol = std::max(8, line * 6 / 10);
    const QRect inner = row.toRect().adjusted(margin, 5, -margin, -4);
    drawStateSymbol(*painter, QRectF(inner.left(), inner.top() + (line - symbol) / 2.0, symbol, symbol), *run);

    const QRect texts = inner.adjusted(symbol + margin, 0, 0, 0);
    const QString result = index.data(RunListModel::ResultRole).toString();
    const int resultWidth = option.fontMetrics.horizontalAdvance(result);
    painter->setFont(option.font);
    painter->setPen(run->state == "finished" ? colours.text : colours.quietText);
    painter->drawText(QRect(texts.right() - resultWidth, texts.top(), resultWidth + 1, line), Qt::AlignRight, result);
    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    painter->setFont(bold);
    const QFontMetrics metrics(bold);
    int star = 0;
    if (run->starred != 0) {
        const QString sign = QStringLiteral("★ ");
        star = metrics.horizontalAdvance(sign);
        painter->setPen(colours.accent);
        painter->drawText(QRect(texts.left(), texts.top(), star, line), Qt::AlignLeft, sign);
    }
    painter->setPen(colours.text);
    const int room = texts.width() - resultWidth - margin - star;
    painter->drawText(QRect(texts.left() + star, texts.top(), room, line), Qt::AlignLeft,
                      metrics.elidedText(runTitle(*run), Qt::ElideMiddle, room));
    painter->setFont(option.font);
    painter->setPen(colours.quietText);
    painter->drawText(
        QRect(texts.left(), texts.top() + line + 1, texts.width(), line), Qt::AlignLeft,
        option.fontMetrics.elidedText(index.data(RunListModel::DetailRole).toString(), Qt::ElideRight, texts.width()));
    if (const QVariant progress = index.data(RunListModel::ProgressRole); progress.isValid()) {
        const QRectF groove(texts.left(), inner.bottom() - 2, texts.width(), 4);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colours.line);
        painter->drawRoundedRect(groove, 2, 2);
        painter->setBrush(stateColour(*run));
        painter->drawRoundedRect(QRectF(groove.topLeft(), QSizeF(groove.width() * progress.toDouble(), 4)), 2, 2);
    }
    painter->restore();
}

RunListView::RunListView(RunListModel& model, QWidget* parent) : QListView(parent), runs_(model)
{
    setModel(&model);
    setItemDelegate(new RunListDelegate(this));
    setUniformItemSizes(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setDragDropMode(QAbstractItemView::InternalMove);
    setDropIndicatorShown(true);
    setMouseTracking(true);
    setAccessibleName(tr("Runs"));
    setAccessibleDescription(tr("Alt+Up and Alt+Down move a waiting run in the queue, Delete removes runs."));
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

QStringList RunListView::selectedIds() const
{
    QModelIndexList indexes = selectionModel()->selectedRows();
    std::sort(indexes.begin(), indexes.end());
    QStringList ids;
    for (const QModelIndex& index : indexes)
        ids << index.data(RunListModel::IdRole).toString();
    return ids;
}

void RunListView::selectRun(const QString& id)
{
    const int row = runs_.rowOf(id);
    if (row < 0)
        return;
    setCurrentIndex(runs_.index(row));
    scrollTo(runs_.index(row));
}

void RunListView::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QListView::selectionChanged(selected, deselected);
    Q_EMIT selectionMoved();
}

void RunListView::moveCurrent(int direction)
{
    const QModelIndex current = currentIndex();
    if (!current.data(RunListModel::WaitingRole).toBool())
        return;
    const auto waitsAt = [this](int row) { return runs_.index(row).data(RunListModel::WaitingRole).toBool(); };
    const auto idAt = [this](int row) { return runs_.index(row).data(RunListModel::IdRole).toString(); };
    const int row = current.row();
    if (direction < 0 && waitsAt(row - 1))
        runs_.moveInQueue(idAt(row), idAt(row - 1));
    else if (direction > 0 && waitsAt(row + 1))
        runs_.moveInQueue(idAt(row), waitsAt(row + 2) ? idAt(row + 2) : QString());
    scrollTo(currentIndex());
}

void RunListView::keyPressEvent(QKeyEvent* event)
{
    if (event->modifiers() == Qt::AltModifier && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        moveCurrent(event->key() == Qt::Key_Up ? -1 : 1);
        return;
    }
    if (event->key() == Qt::Key_Delete) {
        Q_EMIT deleteRequested();
        return;
    }
    QListView::keyPressEvent(event);
}

void RunListView::dropEvent(QDropEvent* event)
{
    const QModelIndex under = indexAt(event->position().toPoint());
    int row = runs_.rowCount();
    if (under.isValid()) {
        const QRect area = visualRect(under);
        row = under.row() + (event->position().y() > area.center().y() ? 1 : 0);
    }
    runs_.dropMimeData(event->mimeData(), Qt::MoveAction, row, 0, {});
    // As a copy, so that the view does not remove what the model has moved.
    event->setDropAction(Qt::CopyAction);
    event->accept();
    stopAutoScroll();
    setState(NoState);
    viewport()->update();
}

void RunListView::paintEvent(QPaintEvent* event)
{
    QListView::paintEvent(event);
    if (runs_.rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(Theme::instance().colours().quietText);
    painter.drawText(viewport()->rect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap,
                     runs_.total() > 0 ? tr("No run matches. Clear the search to see all of them.")
                                       : tr("No runs yet. “New run…” makes the first one."));
}

} // namespace hilo
