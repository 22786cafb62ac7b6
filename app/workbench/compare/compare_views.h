// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/compare_view.h"

#include <QObject>

#include <functional>

class QMenu;
class QWidget;

namespace hilo {

/// The views of a project: read, kept and forgotten by name. Files are read and written in the background.
class CompareViews : public QObject
{
    Q_OBJECT
  public:
    /// current: what is shown now, under a name.
    CompareViews(std::function<CompareView(const QString& name)> current, QWidget* parent);

    void setProject(const QString& folder);
    const std::vector<CompareView>& views() const { return views_; }
    void keep(const QString& name);
    void drop(const QString& name);
    void fillMenu(QMenu& menu);

  Q_SIGNALS:
    void chosen(const hilo::CompareView& view);
    void said(const QString& sentence);

  private:
    void write();
    void askForName();

    std::function<CompareView(const QString& name)> current_;
    QWidget* window_;
    QString folder_;
    std::vector<CompareView> views_;
};

} // namespace hilo
