// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/rank_diagram.h"

#include "common/letter_width.h"
#include "common/theme.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

QString rankNumber(double value)
{
    return QLocale().toString(value, 'f', 2);
}

} // namespace

RankDiagram::RankDiagram(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Mean ranks with the critical difference"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    setStudy({});
}

void RankDiagram::setStudy(const StudyPointer& study)
{
    study_ = study;
    order_.clear();
    for (std::size_t i = 0; study_ && i < study_->summary.rows.size(); ++i)
        if (study_->summary.rows[i].rank)
            order_.push_back(i);
    if (order_.size() < 2)
        order_.clear();
    std::stable_sort(order_.begin(), order_.end(), [this](std::size_t a, std::size_t b) {
        return study_->summary.rows[a].rank->value < study_->summary.rows[b].rank->value;
    });
    setAccessibleDescription(isDrawn() ? summary() : why());
    updateGeometry();
    update();
}

double RankDiagram::rankOf(std::size_t place) const
{
    return study_->summary.rows[order_[place]].rank->value;
}

QString RankDiagram::why() const
{
    return tr("Mean ranks appear once two allocations have a value of every task.");
}

QString RankDiagram::summary() const
{
    if (!isDrawn())
        return why();
    QStringList names;
    for (std::size_t i = 0; i < order_.size(); ++i)
        names << QStringLiteral("%1 %2").arg(study_->label(order_[i]), rankNumber(rankOf(i)));
    const StudyRanks& ranks = study_->summary.ranks;
    QString text = tr("Mean ranks over %n task(s), the best first: %1.", nullptr, static_cast<int>(ranks.tasks))
                       .arg(names.join(QStringLiteral(", ")));
    if (ranks.criticalDifference)
        text += QLatin1Char(' ') + tr("Ranks that differ by less than %1 do not differ clearly (Nemenyi, 5 %).")
                                       .arg(rankNumber(*ranks.criticalDifference));
    if (ranks.p)
        text += QLatin1Char(' ') + (*ranks.p < 0.05 ? tr("Friedman's test finds a difference among them (p = %1).")
                                                    : tr("Friedman's test finds no difference among them (p = %1)."))
                                       .arg(QLocale().toString(*ranks.p, 'g', 2));
    return text;
}

double RankDiagram::heightOf(const QFontMetrics& metrics) const
{
    const std::size_t groups = study_ ? study_->summary.ranks.groups.size() : 0;
    const std::size_t labels = (order_.size() + 1) / 2;
    return metrics.height() * (4.0 + 1.4 * static_cast<double>(labels)) + 7.0 * static_cast<double>(groups);
}

QSize RankDiagram::sizeHint() const
{
    return {letterWidth(fontMetrics()) * 70, static_cast<int>(std::ceil(heightOf(fontMetrics())))};
}

QSize RankDiagram::minimumSizeHint() const
{
    return {letterWidth(fontMetrics()) * 40, isDrawn() ? sizeHint().height() : fontMetrics().height() * 3};
}

void RankDiagram::draw(QPainter& painter, const QRectF& area) const
{
    const ThemeColours& colours = Theme::instance().colours();
    const QFontMetrics metrics(painter.font(), painter.device());
    const double line = metrics.height();
    if (!isDrawn()) {
        painter.setPen(colours.quietText);
        painter.drawText(area, Qt::AlignCenter | Qt::TextWordWrap, why());
        return;
    }
    const StudyRanks& ranks = study_->summary.ranks;
    const auto count = static_cast<double>(order_.size());
    // Names stand on both sides of the line.
    double widest = 0;
    for (std::size_t i = 0; i < order_.size(); ++i)
        widest =
            std::max<double>(widest, metrics.horizontalAdvance(study_->label(order_[i]) + QStringLiteral("  0.00")));
    widest = std::min(widest + 8, area.width() * 0.32);
    const double left = area.left() + widest, right = area.right() - widest;
    const double axis = area.top() + line * 2.6;
    const auto place = [&](double rank) { return left + (right - left) * (rank - 1) / std::max(1.0, count - 1); };
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colours.text, 1.2));
    painter.drawLine(QPointF(left, axis), QPointF(right, axis));
    for (int rank = 1; rank <= static_cast<int>(count); ++rank) {
        const double x = place(rank);
        painter.drawLine(QPointF(x, axis - 5), QPointF(x, axis));
        painter.drawText(QRectF(x - 30, axis - 6 - line, 60, line), Qt::AlignCenter, QString::number(rank));
    }
    if (ranks.criticalDifference) {
        const double end =
            std::min(right, left + (right - left) * *ranks.criticalDifference / std::max(1.0, count - 1));
        const double y = area.top() + line * 0.75;
        painter.setPen(QPen(colours.attention, 1.6));
        painter.drawLine(QPointF(left, y), QPointF(end, y));
        for (const double x : {left, end})
            painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4));
        painter.setPen(colours.quietText);
        painter.drawText(QRectF(end + 8, y - line / 2, area.right() - end - 8, line), Qt::AlignLeft | Qt::AlignVCenter,
                         tr("critical difference %1").arg(rankNumber(*ranks.criticalDifference)));
    }
    // Bars of what does not differ, right below the line.
    double y = axis + 7;
    painter.setPen(QPen(colours.accent, 3.2, Qt::SolidLine, Qt::RoundCap));
    for (const std::vector<std::size_t>& group : ranks.groups) {
        double first = count, last = 1;
        for (const std::size_t one : group)
            if (const auto& rank = study_->summary.rows[one].rank) {
                first = std::min(first, rank->value);
                last = std::max(last, rank->value);
            }
        if (first <= last)
            painter.drawLine(QPointF(place(first) - 3, y), QPointF(place(last) + 3, y));
        y += 7;
    }
    // The better half on the left, the others on the right; lines cross no other name.
    const std::size_t half = (order_.size() + 1) / 2;
    for (std::size_t i = 0; i < order_.size(); ++i) {
        const bool onLeft = i < half;
        const auto step = static_cast<double>(onLeft ? i : order_.size() - 1 - i);
        const double at = y + line * (0.6 + 1.4 * step);
        const double x = place(rankOf(i));
        painter.setPen(QPen(colours.quietText, 1));
        painter.drawLine(QPointF(x, axis), QPointF(x, at));
        painter.drawLine(QPointF(x, at), QPointF(onLeft ? left - 4 : right + 4, at));
        painter.setPen(colours.text);
        const QRectF box(onLeft ? area.left() : right + 8, at - line / 2, widest - 8, line);
        const QString rank = QStringLiteral("  ") + rankNumber(rankOf(i));
        const QString name = metrics.elidedText(study_->label(order_[i]), Qt::ElideMiddle,
                                                static_cast<int>(box.width()) - metrics.horizontalAdvance(rank));
        painter.drawText(box, (onLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, name + rank);
    }
}

void RankDiagram::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    draw(painter, QRectF(rect()).adjusted(4, 2, -4, -2));
}

bool RankDiagram::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), summary(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace hilo
