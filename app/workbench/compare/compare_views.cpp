// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_views.h"

#include "background.h"

#include <QInputDialog>
#include <QMenu>
#include <QWidget>

#include <algorithm>

namespace hilo {

CompareViews::CompareViews(std::function<CompareView(const QString& name)> current, QWidget* parent)
    : QObject(parent), current_(std::move(current)), window_(parent)
{
}

void CompareViews::setProject(const QString& folder)
{
    folder_ = folder;
    views_.clear();
    if (folder.isEmpty())
        return;
    inBackground(
        this, [path = folder.toStdString()] { return readCompareViews(path); },
        [this, folder](Result<std::vector<CompareView>> views) {
            if (folder != folder_)
                return;
            if (views)
                views_ = std::move(*views);
            else
                Q_EMIT said(QString::fromStdString(describe(views.error())));
        });
}

void CompareViews::keep(const QString& name)
{
    std::erase_if(views_, [&name](const CompareView& one) { return one.name == name; });
    views_.push_back(current_(name));
    write();
}

void CompareViews::drop(const QString& name)
{
    std::erase_if(views_, [&name](const CompareView& one) { return one.name == name; });
    write();
}

void CompareViews::write()
{
    inBackground(
        this, [folder = folder_.toStdString(), views = views_] { return writeCompareViews(folder, views); },
        [this](const Status& written) {
            Q_EMIT said(written ? tr("The views are kept with the project.")
                                : QString::fromStdString(describe(written.error())));
        });
}

void CompareViews::askForName()
{
    bool good = false;
    const QString name =
        QInputDialog::getText(window_, tr("Keep this view"), tr("Name of the view"), QLineEdit::Normal, {}, &good)
            .trimmed();
    if (good && !name.isEmpty())
        keep(name);
}

void CompareViews::fillMenu(QMenu& menu)
{
    for (const CompareView& one : views_)
        menu.addAction(one.name, this, [this, one] { Q_EMIT chosen(one); });
    menu.addSeparator();
    menu.addAction(tr("Keep this view…"), this, &CompareViews::askForName)->setEnabled(!folder_.isEmpty());
    QMenu* forget = menu.addMenu(tr("Forget a view"));
    forget->setEnabled(!views_.empty());
    for (const CompareView& one : views_)
        forget->addAction(one.name, this, [this, name = one.name] { drop(name); });
}

} // namespace hilo
