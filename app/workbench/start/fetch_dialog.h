// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "hub/repository_name.h"

#include <QDialog>
#include <QStringList>

class QLabel;
class QLineEdit;
class QPushButton;

namespace hilo {

class ProgramPanel;

/// Brings a model or a data set from the Hugging Face hub into the cache that all tools share, by `hilo fetch`. Nothing
/// is asked of the network before a button is pressed; what came of a fetch that is cancelled is kept.
class FetchDialog : public QDialog
{
    Q_OBJECT
  public:
    explicit FetchDialog(RepositoryKind kind, QWidget* parent = nullptr);

    void setName(const QString& name);
    /// Behind `hilo`; onlyList: what the button "What would come" runs.
    QStringList arguments(bool onlyList) const;
    void done(int result) override;

  Q_SIGNALS:
    /// All of it is there. name: "org/name" or "org/name@revision", as it was typed.
    void fetched(const QString& name, const QString& folder);

  private:
    QString name() const;
    void check();
    void start(bool onlyList);
    void take(const Json& answer);

    RepositoryKind kind_;
    QLineEdit* name_;
    QLineEdit* only_;
    QLabel* said_;
    QLabel* command_;
    ProgramPanel* panel_;
    QPushButton* look_;
    QPushButton* fetch_;
};

} // namespace hilo
