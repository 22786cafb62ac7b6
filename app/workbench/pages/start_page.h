// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "page.h"

class QListWidget;
class QListWidgetItem;

namespace hilo {

class FetchDialog;
class NewProjectDialog;

/// Recent projects and models, the sample project, and new projects.
class StartPage : public Page
{
    Q_OBJECT
  public:
    explicit StartPage(QWidget* parent = nullptr);

    void setRecent(const QStringList& paths);
    /// Why the last thing could not be opened; empty hides it.
    void setProblem(const QString& problem);

    /// The dialogs, open.
    NewProjectDialog* makeProject();
    FetchDialog* fetchModel();
    QDialog* demonstrateDialog(int number) override;
    void chooseFolder();
    void chooseFile();

  Q_SIGNALS:
    void openRequested(const QString& path);
    void sampleRequested();

  private:
    QListWidget* recent_;
    QLabel* empty_;
    QLabel* problem_;
};

/// The sample project beside the program (source tree or installed); empty when there is none.
QString sampleProjectPath();

} // namespace hilo
