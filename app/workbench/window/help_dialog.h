// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QTextBrowser;

namespace hilo {

/// What F1 shows about a page; stays open beside the work.
class HelpDialog : public QDialog
{
    Q_OBJECT
  public:
    explicit HelpDialog(QWidget* parent = nullptr);

    void explain(const QString& title, const QString& help);

  private:
    QTextBrowser* text_;
};

} // namespace hilo
