// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/expert_load_view.h"

#include "common/colour_map.h"
#include "common/edge_style.h"
#include "common/letter_width.h"
#include "common/numbers.h"
#include "common/theme.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <map>

namespace hilo {

ExpertLoadView::ExpertLoadView(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Share of tokens that each expert of each layer gets"));
    setFocusPolicy(Qt::StrongFocus);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ExpertLoadView::setLoads(std::vector<ModuleLoad> loads)
{
    loads_ = std::move(loads);
    makeColumns();
}

void ExpertLoadView::setModule(const QString& module)
{
    module_ = module;
    makeColumns();
}

QStringList ExpertLoadView::modules() const
{
    QStringList names;
    for (const ModuleLoad& load : loads_)
        if (const QString name = QString::fromStdString(load.module); !names.contains(name))
            names << name;
    return names;
}

void ExpertLoadView::setSelectedLayer(int layer)
{
    selectedLayer_ = layer;
    update();
}

QSize ExpertLoadView::sizeHint() const
{
    return {letterWidth(fontMetrics()) * 60, fontMetrics().height() * 9};
}

QSize ExpertLoadView::minimumSizeHint() const
{
    return {letterWidth(fontMetrics()) * 24, fontMetrics().height() * 7};
}

void ExpertLoadView::makeColumns()
{
    // Modules of one layer can have different numbers of experts; a mean makes sense only between equals.
    std::map<int, std::map<std::size_t, std::pair<std::vector<double>, int>>> sums;
    for (const ModuleLoad& load : loads_) {
        if (load.load.empty() || (!module_.isEmpty() && load.module != module_.toStdString()))
            continue;
        auto& [sum, count] = sums[load.layer][load.load.size()];
        sum.resize(load.load.size());
        for (std::size_t i = 0; i < load.load.size(); ++i)
            sum[i] += load.load[i];
        ++count;
    }
    columns_.clear();
    experts_ = 0;
    for (auto& [layer, bySize] : sums) {
        auto& [sum, count] = bySize.rbegin()->second;
        for (double& load : sum)
            load /= count;
        experts_ = std::max(experts_, sum.size());
        columns_.push_back({layer, std::move(sum)});
    }
    currentColumn_ = std::clamp(currentColumn_, 0, std::max(0, static_cast<int>(columns_.size()) - 1));
    currentExpert_ = std::clamp(currentExpert_, 0, std::max(0, static_cast<int>(experts_) - 1));
    setAccessibleDescription(
        describe(columns_.empty() ? -1 : columns_[static_cast<std::size_t>(currentColumn_)].layer, currentExpert_));
    update();
}

QRectF ExpertLoadView::grid() const
{
    const double left = fontMetrics().horizontalAdvance(QStringLiteral("000")) + 8;
    const double below = 2.0 * fontMetrics().height() + 12;
    return {left, 2, width() - left - 2, std::max(1.0, height() - below - 2)};
}

QRectF ExpertLoadView::cellRect(std::size_t column, std::size_t expert) const
{
    const QRectF area = grid();
    const double width = area.width() / static_cast<double>(std::max<std::size_t>(1, columns_.size()));
    const double height = area.height() / static_cast<double>(std::max<std::size_t>(1, experts_));
    return {area.left() + width * static_cast<double>(column), area.top() + height * static_cast<double>(expert), width,
            height};
}

void ExpertLoadView::paintEvent(QPaintEvent*)
{
    paintCells();
    if (hasFocus())
        paintFocusFrame(*this);
}

void ExpertLoadView::paintCells()
{
    const ThemeColours& colours = Theme::instance().colours();
    QPainter painter(this);
    if (columns_.empty()) {
        painter.setPen(colours.quietText);
        painter.drawText(rect().adjusted(12, 0, -12, 0), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Expert loads appear here once a run with routed experts has trained some steps."));
        return;
    }
    const int line = fontMetrics().height();
    const auto every = [line](double size, int needed) {
        return std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil((needed > 0 ? needed : line) / size)));
    };
    const QRectF first = cellRect(0, 0);
    const std::size_t expertStep = every(first.height(), line);
    const std::size_t layerStep = every(first.width(), fontMetrics().horizontalAdvance(QStringLiteral("000")) + 6);
    painter.setPen(colours.quietText);
    for (std::size_t expert = 0; expert < experts_; expert += expertStep) {
        const QRectF cell = cellRect(0, expert);
        painter.drawText(QRectF(0, cell.center().y() - line / 2.0, first.left() - 6, line),
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(expert));
    }
    const double inset = first.width() > 5 ? 0.5 : 0;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        const auto& load = columns_[column].load;
        const double equal = 1.0 / static_cast<double>(load.size());
        for (std::size_t expert = 0; expert < experts_; ++expert) {
            const bool absent = expert >= load.size() || std::isnan(load[expert]);
            const QRectF cell = cellRect(column, expert).adjusted(inset, 0.5, -inset, -0.5);
            const QColor colour = absent ? colours.grid : cividis(load[expert] / equal / 2);
            painter.fillRect(cell, colour);
            if (absent)
                continue;
            const QString text = QString::number(std::lround(load[expert] * 100));
            if (cell.height() >= line && cell.width() > fontMetrics().horizontalAdvance(text) + 6) {
                painter.setPen(textColourOn(colour));
                painter.drawText(cell, Qt::AlignCenter, text);
            }
        }
        const QRectF last = cellRect(column, experts_ - 1);
        painter.setPen(columns_[column].layer == selectedLayer_ ? colours.text : colours.quietText);
        if (column % layerStep == 0)
            painter.drawText(QRectF(last.center().x() - 30, grid().bottom() + 2, 60, line), Qt::AlignCenter,
                             QString::number(columns_[column].layer));
        if (columns_[column].layer == selectedLayer_) {
            painter.setPen(QPen(colours.attention, 2));
            painter.drawRect(cellRect(column, 0).united(last).adjusted(1, 1, -1, -1));
        }
    }
    if (hasFocus()) {
        painter.setPen(QPen(colours.accent, 2));
        painter.drawRect(cellRect(static_cast<std::size_t>(currentColumn_), static_cast<std::size_t>(currentExpert_))
                             .adjusted(1, 1, -1, -1));
    }
    paintScale(painter);
}

/// The scale's meaning, below the grid.
void ExpertLoadView::paintScale(QPainter& painter) const
{
    const ThemeColours& colours = Theme::instance().colours();
    const int line = fontMetrics().height();
    const double top = grid().bottom() + line + 6;
    painter.setPen(colours.quietText);
    painter.drawText(QRectF(grid().left(), top, width() / 2.0, line), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("experts down, layers across"));
    const QString high = tr("twice the equal share");
    const QString low = tr("no token");
    const double bar = letterWidth(fontMetrics()) * 14.0;
    double right = width() - 2.0;
    const auto label = [&](const QString& text) {
        const double size = fontMetrics().horizontalAdvance(text);
        painter.drawText(QRectF(right - size, top, size + 1, line), Qt::AlignLeft | Qt::AlignVCenter, text);
        right -= size + 6;
    };
    if (width() < fontMetrics().horizontalAdvance(high + low) + bar + letterWidth(fontMetrics()) * 34)
        return;
    label(high);
    for (int i = 0; i < 40; ++i)
        painter.fillRect(QRectF(right - bar + bar * i / 40, top + 3, bar / 40 + 0.5, line - 6), cividis(i / 39.0));
    right -= bar + 6;
    label(low);
}

int ExpertLoadView::columnAt(const QPointF& position) const
{
    if (columns_.empty() || !grid().contains(position))
        return -1;
    const double column = (position.x() - grid().left()) / cellRect(0, 0).width();
    return std::clamp(static_cast<int>(column), 0, static_cast<int>(columns_.size()) - 1);
}

int ExpertLoadView::expertAt(const QPointF& position) const
{
    return std::clamp(static_cast<int>((position.y() - grid().top()) / cellRect(0, 0).height()), 0,
                      std::max(0, static_cast<int>(experts_) - 1));
}

QString ExpertLoadView::describe(int layer, int expert) const
{
    for (const Column& column : columns_) {
        if (column.layer != layer)
            continue;
        const double equal = 1.0 / static_cast<double>(column.load.size());
        if (expert < 0 || expert >= static_cast<int>(column.load.size()))
            return tr("Layer %1 has only %2 experts here.").arg(layer).arg(column.load.size());
        const double load = column.load[static_cast<std::size_t>(expert)];
        return tr("Layer %1, expert %2: %3 of the chosen slots; an equal share is %4.")
            .arg(layer)
            .arg(expert)
            .arg(percentage(load), percentage(equal));
    }
    return {};
}

void ExpertLoadView::mousePressEvent(QMouseEvent* event)
{
    const int column = columnAt(event->position());
    if (column < 0)
        return;
    moveTo(column, expertAt(event->position()));
    Q_EMIT layerClicked(columns_[static_cast<std::size_t>(column)].layer);
}

void ExpertLoadView::moveTo(int column, int expert)
{
    currentColumn_ = std::clamp(column, 0, static_cast<int>(columns_.size()) - 1);
    currentExpert_ = std::clamp(expert, 0, static_cast<int>(experts_) - 1);
    setAccessibleDescription(describe(columns_[static_cast<std::size_t>(currentColumn_)].layer, currentExpert_));
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    update();
}

void ExpertLoadView::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    if (columns_.empty() || (key != Qt::Key_Left && key != Qt::Key_Right && key != Qt::Key_Up && key != Qt::Key_Down &&
                             key != Qt::Key_Space && key != Qt::Key_Return)) {
        QWidget::keyPressEvent(event);
        return;
    }
    moveTo(currentColumn_ + (key == Qt::Key_Right) - (key == Qt::Key_Left),
           currentExpert_ + (key == Qt::Key_Down) - (key == Qt::Key_Up));
    const QRectF cell = cellRect(static_cast<std::size_t>(currentColumn_), static_cast<std::size_t>(currentExpert_));
    QToolTip::showText(mapToGlobal(cell.bottomRight().toPoint()), accessibleDescription(), this);
    if (key == Qt::Key_Space || key == Qt::Key_Return)
        Q_EMIT layerClicked(columns_[static_cast<std::size_t>(currentColumn_)].layer);
}

bool ExpertLoadView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int column = columnAt(help->pos());
        QToolTip::showText(
            help->globalPos(),
            column < 0 ? QString() : describe(columns_[static_cast<std::size_t>(column)].layer, expertAt(help->pos())),
            this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace hilo
