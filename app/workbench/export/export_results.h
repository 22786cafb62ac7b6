// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/export_history.h"

#include <QFrame>

class QLabel;
class QListWidget;
class QPushButton;

namespace hilo {

/// What came of exports: the one just made, and those made before in the project. What an export costs is its headline.
class ExportResults : public QFrame
{
    Q_OBJECT
  public:
    explicit ExportResults(QWidget* parent = nullptr);

    /// Shows the history of a project; empty: of none, whose exports are kept while the window is open.
    void setProject(const QString& folder);
    /// Shows a sentence instead of a result, while one is made or none was.
    void say(const QString& sentence);
    /// Adds an export and shows it. An error when the history cannot be written; the result is shown all the same.
    Status add(const Json& report);

  private:
    void addRow(const EarlierExport& made);
    void showRow(int row);

    QString project_;
    std::vector<EarlierExport> exports_; ///< oldest first
    QLabel* title_;
    QLabel* facts_;
    QPushButton* openFolder_;
    QLabel* listTitle_;
    QListWidget* list_; ///< newest first
};

} // namespace hilo
