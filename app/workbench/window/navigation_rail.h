// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QButtonGroup>
#include <QLabel>
#include <QWidget>

class QVBoxLayout;

namespace hilo {

/// The pages in the order of the work, with their shortcuts; the project's name on top.
class NavigationRail : public QWidget
{
    Q_OBJECT
  public:
    explicit NavigationRail(QWidget* parent = nullptr);

    /// key: the name of its icon in resources/icons.
    void addPage(const QString& key, const QString& title, const QString& toolTip);
    void setCurrent(int page);
    void setProject(const QString& name, const QString& model);
    /// The queue, at the foot below the load of this computer. others: folders of other projects that are trained now.
    void setQueue(int running, int waiting, const QStringList& others = {});

  Q_SIGNALS:
    void pageChosen(int page);

  private:
    QLabel* project_;
    QLabel* model_;
    QLabel* queue_;
    QVBoxLayout* pages_;
    QButtonGroup* buttons_;
};

} // namespace hilo
