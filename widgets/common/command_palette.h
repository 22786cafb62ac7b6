// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/command_model.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListView;

namespace hilo {

/// Finds and does whatever can be asked for: type some letters, arrows choose, Return does it, Escape leaves.
class CommandPalette : public QDialog
{
    Q_OBJECT
  public:
    explicit CommandPalette(QWidget* parent);

    void setCommands(std::vector<Command> commands);
    QLineEdit& search() { return *search_; }
    CommandModel& model() { return *model_; }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void find(const QString& text);
    void doChosen();

    CommandModel* model_;
    QLineEdit* search_;
    QListView* list_;
    QLabel* none_;
};

} // namespace hilo
