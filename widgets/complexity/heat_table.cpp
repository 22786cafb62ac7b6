// SPDX-License-Identifier: GPL-3.0-or-later
#include "complexity/heat_table.h"

#include "common/letter_width.h"
#include "common/theme.h"
#include "complexity/heat_delegate.h"

#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>

namespace hilo {
namespace {

/// Writes only as many numbers as fit beside one another.
class StrideHeader : public QHeaderView
{
  public:
    explicit StrideHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent)
    {
        setSectionsClickable(false);
        setHighlightSections(false);
        setMinimumSectionSize(3);
    }

    QSize sizeHint() const override { return {QHeaderView::sizeHint().width(), fontMetrics().height() + 6}; }

  protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override
    {
        const QString last = model()->headerData(count() - 1, Qt::Horizontal).toString();
        const QString text = model()->headerData(section, Qt::Horizontal).toString();
        bool isNumber = false;
        last.toInt(&isNumber);
        const int wanted = fontMetrics().horizontalAdvance(isNumber ? last : text) + 6;
        int stride = 1;
        while (isNumber && stride * rect.width() < wanted)
            ++stride;
        if (section % stride != 0)
            return;
        painter->setPen(Theme::instance().colours().quietText);
        painter->setFont(font());
        if (isNumber)
            painter->drawText(rect.adjusted(-wanted, 0, wanted, 0), Qt::AlignCenter, text);
        else
            painter->drawText(rect, Qt::AlignCenter, fontMetrics().elidedText(text, Qt::ElideRight, rect.width() - 4));
    }

    void paintEvent(QPaintEvent* event) override
    {
        QPainter(viewport()).fillRect(viewport()->rect(), Theme::instance().colours().card);
        QHeaderView::paintEvent(event);
    }
};

/// Row names in quiet text, right-aligned, without the boxes of the style.
class NameHeader : public QHeaderView
{
  public:
    explicit NameHeader(QWidget* parent) : QHeaderView(Qt::Vertical, parent)
    {
        setSectionsClickable(false);
        setHighlightSections(false);
        setMinimumSectionSize(3);
    }

    QSize sizeHint() const override
    {
        int width = 0;
        for (int i = 0; model() && i < model()->rowCount(); ++i)
            width = std::max(width, fontMetrics().horizontalAdvance(model()->headerData(i, Qt::Vertical).toString()));
        return {width + 12, QHeaderView::sizeHint().height()};
    }

  protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override
    {
        painter->setPen(Theme::instance().colours().quietText);
        painter->setFont(font());
        painter->drawText(rect.adjusted(0, 0, -8, 0), Qt::AlignRight | Qt::AlignVCenter,
                          model()->headerData(section, Qt::Vertical).toString());
    }

    void paintEvent(QPaintEvent* event) override
    {
        QPainter(viewport()).fillRect(viewport()->rect(), Theme::instance().colours().card);
        QHeaderView::paintEvent(event);
    }
};

} // namespace

HeatTable::HeatTable(QWidget* parent) : QTableView(parent)
{
    setHorizontalHeader(new StrideHeader(this));
    setVerticalHeader(new NameHeader(this));
    setItemDelegate(new HeatDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionMode(QAbstractItemView::NoSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    connect(&Theme::instance(), &Theme::changed, this, [this] { viewport()->update(); });
}

void HeatTable::setSquare(bool square)
{
    square_ = square;
    fit();
}

void HeatTable::setFrameColumn(bool frame)
{
    frameColumn_ = frame;
    viewport()->update();
}

void HeatTable::setModel(QAbstractItemModel* newModel)
{
    QTableView::setModel(newModel);
    connect(newModel, &QAbstractItemModel::modelReset, this, [this] {
        updateGeometry();
        fit();
    });
    fit();
}

void HeatTable::setCurrentColumn(int column)
{
    moving_ = true;
    const int row = std::max(0, currentIndex().row());
    setCurrentIndex(model() && column >= 0 && column < model()->columnCount() ? model()->index(row, column)
                                                                              : QModelIndex());
    moving_ = false;
    viewport()->update();
}

QSize HeatTable::sizeHint() const
{
    const int rows = model() ? model()->rowCount() : 0;
    const int height = fontMetrics().height() + 12;
    return {letterWidth(fontMetrics()) * 60, horizontalHeader()->sizeHint().height() + std::max(1, rows) * height + 2};
}

QSize HeatTable::minimumSizeHint() const
{
    const int rows = model() ? model()->rowCount() : 0;
    return {letterWidth(fontMetrics()) * 30,
            horizontalHeader()->sizeHint().height() + std::max(1, rows) * std::max(20, fontMetrics().height() + 4) + 2};
}

void HeatTable::fit()
{
    const int columns = model() ? model()->columnCount() : 0;
    const int rows = model() ? model()->rowCount() : 0;
    if (columns == 0 || rows == 0)
        return;
    verticalHeader()->setFixedWidth(verticalHeader()->sizeHint().width());
    const int width = std::max(columns, this->width() - verticalHeader()->width());
    const int height = std::max(rows, this->height() - horizontalHeader()->height());
    const int most = fontMetrics().height() * 2 + 6;
    int rowHeight = std::min(height / rows, most);
    int cellWidth = width / columns;
    if (square_)
        cellWidth =
            std::min(cellWidth, std::max(rowHeight * 2, fontMetrics().horizontalAdvance(QStringLiteral("+0.00")) + 16));
    // Whole pixels: the first columns take what is left over.
    const int left = square_ ? 0 : width - cellWidth * columns;
    for (int i = 0; i < columns; ++i)
        horizontalHeader()->resizeSection(i, cellWidth + (i < left ? 1 : 0));
    for (int i = 0; i < rows; ++i)
        verticalHeader()->resizeSection(i, rowHeight);
}

void HeatTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fit();
}

void HeatTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        updateGeometry();
        fit();
    }
}

void HeatTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    viewport()->update();
    if (!moving_ && current.isValid())
        Q_EMIT cellChosen(current);
}

void HeatTable::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (!frameColumn_ || !currentIndex().isValid())
        return;
    const int column = currentIndex().column();
    const QRect frame(columnViewportPosition(column), 0, columnWidth(column),
                      rowViewportPosition(model()->rowCount() - 1) + rowHeight(model()->rowCount() - 1));
    QPainter painter(viewport());
    painter.setPen(QPen(Theme::instance().colours().attention, 2));
    painter.drawRect(frame.adjusted(0, 1, -1, -1));
}

} // namespace hilo
