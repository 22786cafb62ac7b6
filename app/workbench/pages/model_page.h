// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "page.h"

class QLineEdit;
class QSortFilterProxyModel;
class QStandardItemModel;
class QTableView;

namespace hilo {

class ProjectSession;

/// What the open model is: its architecture, the parameters of each module, memory by precision and every tensor.
class ModelPage : public Page
{
    Q_OBJECT
  public:
    explicit ModelPage(ProjectSession& session, QWidget* parent = nullptr);

  private:
    void fill();

    ProjectSession& session_;
    QLabel* empty_;
    QWidget* content_;
    QLabel* facts_;
    QLabel* memory_;
    QStandardItemModel* modules_;
    QStandardItemModel* tensors_;
    QSortFilterProxyModel* shownTensors_;
    QLabel* tensorCount_;
};

} // namespace hilo
