// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace hilo {

/// All strategies and signals with their paragraphs and sources, with search.
class ReferenceDialog : public QDialog
{
    Q_OBJECT
  public:
    explicit ReferenceDialog(QWidget* parent = nullptr);

    /// Shows the first place of either text where this stands.
    void find(const QString& text);

  private:
    class QTabWidget* tabs_;
    class QLineEdit* search_;
};

} // namespace hilo
