// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "runs/run_spec_fields.h"

#include <QWidget>

#include <map>
#include <optional>
#include <string>
#include <vector>

class QCheckBox;
class QHBoxLayout;
class QLabel;

namespace hilo {

class TaskListPanel;

/// The settings of a run spec as a form: every field of the core, with the core's defaults.
class RunSpecForm : public QWidget
{
    Q_OBJECT
  public:
    /// All settings.
    explicit RunSpecForm(QWidget* parent = nullptr);
    /// Some of them.
    explicit RunSpecForm(const std::vector<RunSpecField>& fields, QWidget* parent = nullptr);

    /// Fills the form from a document like run.json; what it leaves out takes the default. Of several tasks the form
    /// shows one at a time; what it has no field for comes back unchanged with document().
    void setDocument(const Json& document);
    /// What the form holds, as "data", "training" and "evaluation"; numbers that cannot be read stay texts, so that the
    /// core's reader says what was expected.
    Json document() const;
    /// Marks the field that an error's place names ("training.steps", "data[1].path") and brings it into view; empty:
    /// none.
    void showError(const QString& place, const QString& message);
    void setAdvancedShown(bool shown);
    /// The editor of a setting; null when there is none.
    QWidget* editor(const QString& group, const QString& key) const;
    /// Names to offer for the prompt template.
    void setTemplates(const QStringList& names);
    /// Of the widest caption, in pixels, for what is aligned with the fields.
    int captionWidth() const;
    TaskListPanel& tasks() { return *tasks_; }
    const TaskListPanel& tasks() const { return *tasks_; }

  Q_SIGNALS:
    void edited();

  private:
    struct Entry
    {
        RunSpecField field;
        QWidget* editor = nullptr;
        QLabel* label = nullptr;
        QLabel* problem = nullptr;
        QWidget* row = nullptr; ///< what the layout holds: the editor with its button and problem
    };
    QWidget* makeEditor(const RunSpecField& field);
    Entry makeEntry(const RunSpecField& field);
    void addBrowseButtons(const Entry& entry, QHBoxLayout& line);
    Json valueOf(const Entry& entry) const;
    void setValue(const Entry& entry, const Json& value);
    void showTask();
    void keepTask();
    void showFields();

    std::vector<Entry> entries_;
    std::map<std::string, Json> kept_; ///< settings that are objects, as they were given
    TaskListPanel* tasks_;
    std::map<QString, QWidget*> headings_; ///< by group
    bool filling_ = false;
    QCheckBox* advanced_;
};

/// "question = q, answer = a" and back; nothing when a pair has no "=".
std::optional<Json> columnsFromText(const QString& text);
QString textOfColumns(const Json& columns);
/// The split's words and back: see the field's help.
std::optional<Json> splitFromText(const QString& text);
QString textOfSplit(const Json& split);

} // namespace hilo
