// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/label_bars.h"

#include "common/letter_width.h"
#include "common/numbers.h"
#include "common/theme.h"

#include <QPainter>
#include <QScrollBar>

namespace hilo {

LabelBars::LabelBars(QWidget* parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Label balance"));
    connect(&Theme::instance(), &Theme::changed, this, [this] { viewport()->update(); });
}

void LabelBars::setLabels(std::vector<std::pair<std::string, std::int64_t>> labels)
{
    labels_ = std::move(labels);
    QStringList texts;
    for (const auto& [label, count] : labels_)
        texts << QStringLiteral("%1: %2").arg(QString::fromStdString(label), groupedNumber(count));
    setAccessibleDescription(texts.join(QStringLiteral(", ")));
    updateScrollBar();
    viewport()->update();
}

int LabelBars::rowHeight() const
{
    return fontMetrics().height() + 6;
}

QSize LabelBars::sizeHint() const
{
    return {letterWidth(fontMetrics()) * 40, rowHeight() * 8};
}

void LabelBars::updateScrollBar()
{
    const int whole = rowHeight() * static_cast<int>(labels_.size());
    verticalScrollBar()->setRange(0, std::max(0, whole - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(rowHeight());
}

void LabelBars::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBar();
}

void LabelBars::paintEvent(QPaintEvent*)
{
    const ThemeColours& colours = Theme::instance().colours();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), colours.card);
    std::int64_t sum = 0;
    std::int64_t most = 1;
    int nameWidth = 0;
    for (const auto& [label, count] : labels_) {
        sum += count;
        most = std::max(most, count);
        nameWidth = std::max(nameWidth, fontMetrics().horizontalAdvance(QString::fromStdString(label)));
    }
    const int width = viewport()->width();
    nameWidth = std::min(nameWidth, width / 3);
    const QString widest = QStringLiteral("100.0 %  (%1)").arg(groupedNumber(most));
    const int numberWidth = fontMetrics().horizontalAdvance(widest) + 4;
    const int room = std::max(20, width - nameWidth - 8 - numberWidth - 8);
    for (std::size_t i = 0; i < labels_.size(); ++i) {
        const int top = static_cast<int>(i) * rowHeight() - verticalScrollBar()->value();
        if (top + rowHeight() < 0 || top > viewport()->height())
            continue;
        const auto& [label, count] = labels_[i];
        painter.setPen(colours.text);
        painter.drawText(QRect(0, top, nameWidth, rowHeight()), Qt::AlignRight | Qt::AlignVCenter,
                         fontMetrics().elidedText(QString::fromStdString(label), Qt::ElideRight, nameWidth));
        const int bar = static_cast<int>(static_cast<double>(count) / static_cast<double>(most) * room);
        painter.fillRect(QRect(nameWidth + 8, top + 3, std::max(1, bar), rowHeight() - 6), colours.accent);
        painter.setPen(colours.quietText);
        painter.drawText(
            QRect(nameWidth + 8 + bar + 6, top, numberWidth, rowHeight()), Qt::AlignLeft | Qt::AlignVCenter,
            QStringLiteral("%1  (%2)")
                .arg(percentage(static_cast<double>(count) / static_cast<double>(sum)), groupedNumber(count)));
    }
    if (hasFocus()) {
        painter.setPen(QPen(colours.accent, 1));
        painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
    }
}

} // namespace hilo
