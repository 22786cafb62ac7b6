// SPDX-License-Identifier: GPL-3.0-or-later
#include "navigation_rail.h"

#include "common/numbers.h"
#include "common/theme.h"

#include <QFile>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace hilo {
namespace {

/// A flat entry: the title on the left, its shortcut on the right, the accent colour when it is the current page.
class RailButton : public QPushButton
{
  public:
    RailButton(const QString& title, const QString& shortcut, QWidget* parent)
        : QPushButton(title, parent), shortcut_(shortcut)
    {
        setCheckable(true);
        setFlat(true);
        setFocusPolicy(Qt::StrongFocus);
        setAccessibleName(title);
    }

    QSize sizeHint() const override
    {
        return {fontMetrics().horizontalAdvance(text() + shortcut_) + 48, fontMetrics().height() + 14};
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
        painter.drawText(rect().adjusted(12, 0, -12, 0), Qt::AlignLeft | Qt::AlignVCenter, text());
        painter.setFont(font());
        painter.setPen(colours.quietText);
        painter.drawText(rect().adjusted(12, 0, -12, 0), Qt::AlignRight | Qt::AlignVCenter, shortcut_);
    }

  private:
    QString shortcut_;
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
    memory_ = new QLabel(this);
    memory_->setObjectName(QStringLiteral("quiet"));
    memory_->setToolTip(tr("Memory in use of this computer"));
    queue_ = new QLabel(tr("Queue: empty"), this);
    queue_->setObjectName(QStringLiteral("quiet"));
    layout->addWidget(memory_);
    layout->addWidget(queue_);
    auto* timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, &NavigationRail::showMemory);
    timer->start(2000);
    showMemory();
    setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("Complexity Ctrl+4")) + 72);
    connect(buttons_, &QButtonGroup::idClicked, this, &NavigationRail::pageChosen);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void NavigationRail::addPage(const QString& title, const QString& toolTip)
{
    const int id = static_cast<int>(buttons_->buttons().size());
    auto* button = new RailButton(title, QStringLiteral("Ctrl+%1").arg(id + 1), this);
    button->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + id)));
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
    project_->setText(name.isEmpty() ? tr("No project") : name);
    model_->setText(model);
    model_->setVisible(!model.isEmpty());
}

void NavigationRail::setQueue(int running, int waiting)
{
    queue_->setText(running + waiting == 0 ? tr("Queue: empty")
                                           : tr("Queue: %1 running, %2 waiting").arg(running).arg(waiting));
}

void NavigationRail::showMemory()
{
    // A few hundred bytes from the kernel; no disk is involved.
    QFile file(QStringLiteral("/proc/meminfo"));
    if (!file.open(QIODevice::ReadOnly)) {
        memory_->hide();
        return;
    }
    quint64 total = 0;
    quint64 available = 0;
    for (const QByteArray& line : file.readAll().split('\n')) {
        const quint64 bytes = line.simplified().split(' ').value(1).toULongLong() * 1024;
        if (line.startsWith("MemTotal:"))
            total = bytes;
        else if (line.startsWith("MemAvailable:"))
            available = bytes;
    }
    memory_->setText(tr("Memory %1 of %2").arg(byteSize(total - std::min(total, available)), byteSize(total)));
}

} // namespace hilo
