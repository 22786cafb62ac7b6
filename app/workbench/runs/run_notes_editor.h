// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "index/run_reader.h"
#include "run/run_notes.h"

#include <QWidget>

class QLineEdit;
class QPlainTextEdit;
class QStringListModel;
class QToolButton;

namespace hilo {

/// Name, star, tags and note of a run, changed in place: Return or leaving a field keeps it, Escape takes it back.
class RunNotesEditor : public QWidget
{
    Q_OBJECT
  public:
    explicit RunNotesEditor(QWidget* parent = nullptr);

    /// What stands in a field that is being written stays, as long as it is the same run.
    void setRun(const RunSummary& run);
    /// For completion.
    void setKnownTags(const QStringList& tags);
    void editName();
    QLineEdit& nameLine() { return *name_; }
    QLineEdit& tagLine() { return *tags_; }
    QPlainTextEdit& noteText() { return *note_; }
    QToolButton& starButton() { return *star_; }

  Q_SIGNALS:
    void renamed(const QString& id, const QString& name);
    void tagged(const QString& id, const QStringList& tags);
    void noted(const QString& id, const QString& note);
    void starred(const QString& id, bool on);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void keepName();
    void keepTags();
    void keepNote();
    void showStar(bool on);

    QLineEdit* name_;
    QLineEdit* tags_;
    QPlainTextEdit* note_;
    QToolButton* star_;
    QStringListModel* known_;
    QString id_, shownName_, shownTags_, shownNote_;
};

} // namespace hilo
