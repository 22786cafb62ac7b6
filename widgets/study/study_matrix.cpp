// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_matrix.h"

#include "common/colour_map.h"
#include "common/diverging_map.h"
#include "common/letter_width.h"
#include "common/theme.h"
#include "study/study_model.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>

#include <algorithm>

namespace hilo {
namespace {

constexpr int cellMargin = 8; ///< pixels beside a number

QString studyMarkOf(const QModelIndex& index)
{
    const int clear = index.data(StudyClearRole).toInt();
    return clear > 0 ? QStringLiteral("▲ ") : clear < 0 ? QStringLiteral("▼ ") : QString();
}

QFont studyFontOf(const QStyleOptionViewItem& option, const QModelIndex& index)
{
    QFont font = option.font;
    font.setBold(index.data(StudyClearRole).toInt() != 0);
    return font;
}

/// What both tables of the matrix are like.
void setUpTable(QTableView& table)
{
    table.setFrameShape(QFrame::NoFrame);
    table.setShowGrid(false);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setTabKeyNavigation(false);
    table.setWordWrap(false);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setSectionsClickable(false);
    table.verticalHeader()->setHighlightSections(false);
    table.verticalHeader()->setSectionsClickable(false);
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.verticalHeader()->setDefaultSectionSize(std::max(24, table.fontMetrics().height() + 10));
}

} // namespace

void StudyDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ThemeColours& colours = Theme::instance().colours();
    const QVariant heat = index.data(StudyHeatRole);
    const QRect cell = option.rect.adjusted(0, 0, -1, -1);
    const QColor fill = heat.isValid() ? diverging(heat.toDouble()) : colours.card;
    const QColor ink = heat.isValid() ? textColourOn(fill) : colours.text;
    painter->save();
    painter->fillRect(cell, fill);
    painter->setPen(ink);
    painter->setFont(studyFontOf(option, index));
    const auto alignment = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
    painter->drawText(cell.adjusted(cellMargin, 0, -cellMargin, 0), alignment.toInt() | Qt::TextSingleLine,
                      studyMarkOf(index) + index.data(Qt::DisplayRole).toString());
    if (index.column() == StudyModel::Rank) {
        // What scrolls goes below it.
        painter->setPen(QPen(colours.line, 1));
        painter->drawLine(option.rect.topRight(), option.rect.bottomRight());
    }
    if (option.state & QStyle::State_Selected) {
        painter->setPen(QPen(colours.attention, 2));
        painter->drawRect(cell.adjusted(1, 1, -1, -1));
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(ink, 1, Qt::DashLine));
        painter->drawRect(cell.adjusted(3, 3, -4, -4));
    }
    painter->restore();
}

QSize StudyDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QFontMetrics metrics(studyFontOf(option, index));
    return {metrics.horizontalAdvance(studyMarkOf(index) + index.data(Qt::DisplayRole).toString()) + 2 * cellMargin + 2,
            metrics.height() + 10};
}

StudyMatrix::StudyMatrix(StudyModel& model, QWidget* parent) : QTableView(parent)
{
    setModel(&model);
    setUpTable(*this);
    setItemDelegate(new StudyDelegate(this));
    setCornerButtonEnabled(false);
    setAccessibleName(tr("Allocations down, tasks across"));
    setAccessibleDescription(tr("Arrow keys move, Return shows the runs of a cell"));
    verticalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(this, &QTableView::doubleClicked, this, &StudyMatrix::cellOpened);
    makeFrozen(model);
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void StudyMatrix::fit()
{
    resizeColumnsToContents();
    const int least = letterWidth(fontMetrics()) * 9;
    for (int column = 0; column < model()->columnCount(); ++column)
        setColumnWidth(column, std::max(least, columnWidth(column)));
    placeFrozen();
    updateGeometry();
}

void StudyMatrix::makeFrozen(StudyModel& model)
{
    frozen_ = new QTableView(this);
    frozen_->setModel(&model);
    frozen_->setSelectionModel(selectionModel());
    setUpTable(*frozen_);
    frozen_->setItemDelegate(itemDelegate());
    frozen_->verticalHeader()->hide();
    frozen_->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    frozen_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    frozen_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    frozen_->setFocusPolicy(Qt::NoFocus); // the matrix has it, for all of its columns
    frozen_->setAccessibleName(tr("Mean, difference and rank, which do not scroll"));
    viewport()->stackUnder(frozen_);
    connect(frozen_, &QTableView::doubleClicked, this, &StudyMatrix::cellOpened);
    connect(frozen_->verticalScrollBar(), &QAbstractSlider::valueChanged, verticalScrollBar(),
            &QAbstractSlider::setValue);
    connect(verticalScrollBar(), &QAbstractSlider::valueChanged, frozen_->verticalScrollBar(),
            &QAbstractSlider::setValue);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, &StudyMatrix::placeFrozen);
    connect(&Theme::instance(), &Theme::changed, frozen_->viewport(), qOverload<>(&QWidget::update));
    placeFrozen();
}

int StudyMatrix::frozenWidth() const
{
    int width = 0;
    for (int column = 0; column < std::min<int>(StudyModel::Trainable, model()->columnCount()); ++column)
        width += columnWidth(column);
    return width;
}

void StudyMatrix::placeFrozen()
{
    if (!frozen_)
        return;
    for (int column = 0; column < model()->columnCount(); ++column) {
        frozen_->setColumnHidden(column, column >= StudyModel::Trainable);
        frozen_->setColumnWidth(column, columnWidth(column));
    }
    frozen_->horizontalHeader()->setFixedHeight(horizontalHeader()->height());
    // Where they take the whole width they would hide what is scrolled to.
    frozen_->setVisible(model()->columnCount() > 0 && frozenWidth() < viewport()->width() * 3 / 4);
    frozen_->setGeometry(viewport()->x(), frameWidth(), frozenWidth(),
                         viewport()->height() + horizontalHeader()->height());
}

void StudyMatrix::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    placeFrozen();
}

void StudyMatrix::updateGeometries()
{
    QTableView::updateGeometries();
    placeFrozen();
}

void StudyMatrix::scrollTo(const QModelIndex& index, ScrollHint hint)
{
    const bool isFrozen = frozen_ && frozen_->isVisible(); // asked for before the first columns are made, too
    if (isFrozen && index.column() < StudyModel::Trainable) {
        // It is in sight whatever was scrolled to the side.
        const int across = horizontalScrollBar()->value();
        QTableView::scrollTo(index, hint);
        horizontalScrollBar()->setValue(across);
        return;
    }
    QTableView::scrollTo(index, hint);
    const int hidden = isFrozen ? frozenWidth() - visualRect(index).left() : 0;
    if (hidden > 0)
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - hidden);
}

QSize StudyMatrix::minimumSizeHint() const
{
    return {letterWidth(fontMetrics()) * 40,
            horizontalHeader()->sizeHint().height() +
                std::clamp(model()->rowCount(), 3, 6) * verticalHeader()->defaultSectionSize()};
}

void StudyMatrix::copySelection() const
{
    QModelIndexList cells = selectionModel()->selectedIndexes();
    if (cells.isEmpty())
        return;
    std::sort(cells.begin(), cells.end(), [](const QModelIndex& a, const QModelIndex& b) {
        return std::pair(a.row(), a.column()) < std::pair(b.row(), b.column());
    });
    QString text;
    int row = -1;
    for (const QModelIndex& cell : cells) {
        if (cell.row() != row)
            text +=
                (row < 0 ? QString() : QStringLiteral("\n")) + model()->headerData(cell.row(), Qt::Vertical).toString();
        row = cell.row();
        text += QLatin1Char('\t') + cell.data().toString();
    }
    QApplication::clipboard()->setText(text);
}

void StudyMatrix::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT cellOpened(currentIndex());
        return;
    }
    QTableView::keyPressEvent(event);
}

void StudyMatrix::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    if (current.isValid())
        Q_EMIT cellChosen(current);
}

StudyScale::StudyScale(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Scale of the colours"));
    setToolTip(tr("Difference from the first allocation; a triangle and bold numbers mark those whose interval does "
                  "not hold 0"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QString StudyScale::worse() const
{
    return tr("▼ worse");
}

QString StudyScale::better() const
{
    return tr("better ▲");
}

void StudyScale::setEnds(const QString& text)
{
    ends_ = text;
    setAccessibleDescription(text);
    updateGeometry();
    update();
}

QSize StudyScale::sizeHint() const
{
    const QString words = worse() + better() + (ends_.isEmpty() ? QString() : QStringLiteral("   ") + ends_);
    return {fontMetrics().horizontalAdvance(words) + letterWidth(fontMetrics()) * 14 + 24, fontMetrics().height() + 4};
}

void StudyScale::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(Theme::instance().colours().quietText);
    double x = 0;
    const double line = fontMetrics().height();
    const double top = (height() - line) / 2;
    const auto write = [&](const QString& text) {
        const double width = fontMetrics().horizontalAdvance(text);
        painter.drawText(QRectF(x, top, width + 1, line), Qt::AlignLeft | Qt::AlignVCenter, text);
        x += width + 8;
    };
    write(worse());
    const double bar = letterWidth(fontMetrics()) * 14.0;
    constexpr int steps = 41;
    for (int i = 0; i < steps; ++i)
        painter.fillRect(QRectF(x + bar * i / steps, top + 3, bar / steps + 0.5, line - 6),
                         diverging(-1 + 2.0 * i / (steps - 1)));
    x += bar + 8;
    write(better());
    if (!ends_.isEmpty())
        write(ends_);
}

} // namespace hilo
