// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/navigation_rail.h"

#include "common/theme.h"
#include "runs/device_monitor.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QSvgRenderer>
#include <QVBoxLayout>

namespace hilo {
namespace {

/// A flat entry: the title on the left, its shortcut on the right, the accent colour when it is the current page.
class RailButton : public QPushButton
{
  public:
    RailButton(const QString& key, const QString& title, const QString& shortcut, QWidget* parent)
        : QPushButton(title, parent), shortcut_(shortcut), icon_(QStringLiteral(":/icons/%1.svg").arg(key))
    {
        setCheckable(true);
        setFlat(true);
        setFocusPolicy(Qt::StrongFocus);
        setAccessibleName(title);
    }

    QSize sizeHint() const override
    {
        QFont bold = font();
        bold.setBold(true);
        return {QFontMetrics(bold).horizontalAdvance(text()) + fontMetrics().horizontalAdvance(shortcut_) + iconSide() +
                    48,
                fontMetrics().height() + 14};
    }

  protected:
    void paintEvent(QPaintEvent*) override
    {
        const ThemeColours& colours = Theme::instance().colours();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF area = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        if (isChecked() || underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(isChecked() ? colours.accentBackground : colours.grid);
            painter.drawRoundedRect(area, 4, 4);
        }
        if (hasFocus()) {
            painter.setPen(QPen(colours.accent, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(area, 4, 4);
        }
        QFont bold = font();
        bold.setBold(isChecked());
        painter.setFont(bold);
        painter.setPen(!isEnabled() ? colours.quietText : isChecked() ? colours.accent : colours.text);
        paintIcon(painter, painter.pen().color());
        painter.drawText(rect().adjusted(iconSide() + 22, 0, -12, 0), Qt::AlignLeft | Qt::AlignVCenter, text());
        painter.setFont(font());
        painter.setPen(isChecked() ? colours.accent : colours.quietText);
        painter.drawText(rect().adjusted(12, 0, -12, 0), Qt::AlignRight | Qt::AlignVCenter, shortcut_);
    }

  private:
    int iconSide() const { return fontMetrics().height(); }

    /// The drawing in the text's colour, sharp at any scale.
    void paintIcon(QPainter& painter, const QColor& colour)
    {
        const qreal scale = devicePixelRatioF();
        const int side = iconSide();
        QImage image((QSizeF(side, side) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter drawing(&image);
        icon_.render(&drawing);
        drawing.setCompositionMode(QPainter::CompositionMode_SourceIn);
        drawing.fillRect(image.rect(), colour);
        drawing.end();
        painter.drawImage(QRectF(12, (height() - side) / 2, side, side), image);
    }

    QString shortcut_;
    QSvgRenderer icon_;
};

} // namespace

NavigationRail::NavigationRail(QWidget* parent) : QWidget(parent), buttons_(new QButtonGroup(this))
{
    setObjectName(QStringLiteral("rail"));
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Pages"));
    project_ = new QLabel(tr("No project"), this);
    project_->setObjectName(QStringLiteral("heading"));
    model_ = new QLabel(this);
    model_->setObjectName(QStringLiteral("quiet"));
    model_->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 16, 12, 12);
    layout->setSpacing(4);
    layout->addWidget(project_);
    layout->addWidget(model_);
    layout->addSpacing(12);
    pages_ = new QVBoxLayout;
    pages_->setSpacing(2);
    layout->addLayout(pages_);
    layout->addStretch();
    queue_ = new QLabel(tr("Queue: empty"), this);
    queue_->setObjectName(QStringLiteral("quiet"));
    queue_->setWordWrap(true);
    layout->addWidget(new DeviceMonitor(this));
    layout->addSpacing(4);
    layout->addWidget(queue_);
    setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("Complexity Ctrl+4")) + 96);
    connect(buttons_, &QButtonGroup::idClicked, this, &NavigationRail::pageChosen);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void NavigationRail::addPage(const QString& key, const QString& title, const QString& toolTip)
{
    const int id = static_cast<int>(buttons_->buttons().size());
    // The tenth is where 0 is on the keyboard.
    const int digit = (id + 1) % 10;
    auto* button = new RailButton(key, title, QStringLiteral("Ctrl+%1").arg(digit), this);
    button->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + digit)));
    button->setToolTip(toolTip);
    buttons_->addButton(button, id);
    pages_->addWidget(button);
}

void NavigationRail::setCurrent(int page)
{
    if (auto* button = buttons_->button(page))
        button->setChecked(true);
}

void NavigationRail::setProject(const QString& name, const QString& model)
{
    const QString shown = name.isEmpty() ? tr("No project") : name;
    project_->setText(fontMetrics().elidedText(shown, Qt::ElideMiddle, minimumWidth() - 32));
    project_->setToolTip(name);
    model_->setText(model);
    model_->setVisible(!model.isEmpty());
}

void NavigationRail::setQueue(int running, int waiting, const QStringList& others)
{
    QStringList parts;
    if (running > 0)
        parts << tr("%n running", nullptr, running);
    if (waiting > 0)
        parts << tr("%n waiting", nullptr, waiting);
    QString text = parts.isEmpty() ? tr("Queue: empty") : tr("Queue: %1").arg(parts.join(QStringLiteral(", ")));
    // What keeps this computer busy is said, also where it is not of this project.
    if (others.size() == 1)
        text += QLatin1Char('\n') + tr("%1 is training").arg(QFileInfo(others.front()).fileName());
    else if (!others.isEmpty())
        text += QLatin1Char('\n') + tr("%n other project(s) are training", nullptr, static_cast<int>(others.size()));
    queue_->setText(text);
    queue_->setToolTip(others.join(QLatin1Char('\n')));
}

} // namespace hilo
