// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "run/run_spec.h"
#include "run/unfinished_search.h"

#include <QDialog>
#include <QStringList>

#include <optional>

class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace hilo {

class ProjectSession;

/// What `hilo search` shall search in, on the rows that the project's new runs train on. A search lies in the project's
/// folder searches, as NAME.run.json (what it reads) and NAME.search.json (its result); one that was stopped goes on.
class SearchDialog : public QDialog
{
    Q_OBJECT
  public:
    explicit SearchDialog(ProjectSession& session, QWidget* parent = nullptr);

    /// Writes the run spec, unless the search goes on with the one that is there.
    Status writeSpec() const;
    /// Behind `hilo search`.
    QStringList arguments() const;
    /// The result.
    QString file() const;

  private:
    struct Start
    {
        Json settings;      ///< of the project's new runs
        QString unfinished; ///< name of the newest search that was stopped; empty: none
    };
    static Start readStart(const QString& folder);
    void take(const Start& start);
    void nameChanged();
    void check();
    QString specFile() const;
    Json document() const;
    Result<RunSpec> spec() const;

    ProjectSession& session_;
    std::optional<Json> settings_;
    std::optional<UnfinishedSearch> unfinished_; ///< of the name that is typed
    QString problem_;                            ///< with what lies there under this name
    QLineEdit* name_;
    QSpinBox* experts_;
    QSpinBox* rank_;
    QSpinBox* steps_;
    QLabel* about_;
    QLabel* command_;
    QDialogButtonBox* buttons_;
};

} // namespace hilo
