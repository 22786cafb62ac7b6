// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/plot_window.h"

#include "common/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace hilo {
namespace {

/// Puts one widget where another is; false where that is not possible.
bool exchange(QWidget& old, QWidget& now)
{
    QWidget* parent = old.parentWidget();
    if (!parent)
        return false;
    if (auto* splitter = qobject_cast<QSplitter*>(parent))
        return splitter->replaceWidget(splitter->indexOf(&old), &now) != nullptr;
    if (auto* stack = qobject_cast<QStackedWidget*>(parent)) {
        const int index = stack->indexOf(&old);
        const bool isCurrent = stack->currentIndex() == index;
        stack->removeWidget(&old);
        stack->insertWidget(index, &now);
        if (isCurrent)
            stack->setCurrentIndex(index);
        return true;
    }
    if (!parent->layout())
        return false;
    QLayoutItem* item = parent->layout()->replaceWidget(&old, &now);
    delete item;
    return item != nullptr;
}

} // namespace

PlotWindow* PlotWindow::show(QWidget& plot, const QString& title)
{
    if (holds(plot) || !plot.parentWidget())
        return nullptr;
    auto* window = new PlotWindow(plot, title);
    if (!window->placeholder_) {
        delete window;
        return nullptr;
    }
    window->showFullScreen();
    plot.setFocus();
    return window;
}

bool PlotWindow::holds(const QWidget& plot)
{
    return qobject_cast<const PlotWindow*>(plot.window()) != nullptr;
}

PlotWindow::PlotWindow(QWidget& plot, const QString& title) : QWidget(plot.window(), Qt::Window), plot_(&plot)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setAccessibleName(title);
    auto* heading = new QLabel(title, this);
    heading->setObjectName(QStringLiteral("title"));
    heading->setWordWrap(true);
    auto* close = new QPushButton(tr("Close"), this);
    close->setToolTip(tr("Back to the page (Esc)"));
    connect(close, &QPushButton::clicked, this, &QWidget::close);
    auto* line = new QHBoxLayout;
    line->addWidget(heading, 1);
    line->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 16);
    layout->setSpacing(8);
    layout->addLayout(line);
    setAutoFillBackground(true);
    auto* placeholder = new QWidget; // a splitter takes every child that it is given
    placeholder->setSizePolicy(plot.sizePolicy());
    placeholder->setMinimumSize(plot.minimumSize());
    if (!exchange(plot, *placeholder)) {
        delete placeholder;
        return;
    }
    placeholder_ = placeholder;
    layout->addWidget(&plot, 1);
    plot.show();
}

PlotWindow::~PlotWindow()
{
    giveBack();
}

void PlotWindow::giveBack()
{
    if (plot_ && placeholder_) {
        if (exchange(*placeholder_, *plot_)) {
            plot_->show();
            plot_->setFocus();
        }
        placeholder_->deleteLater();
    } else if (plot_ && plot_->parentWidget() == this) {
        plot_->setParent(nullptr); // its page is going
        plot_->deleteLater();
    }
    plot_.clear();
    placeholder_.clear();
}

void PlotWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_F)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace hilo
