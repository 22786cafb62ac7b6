// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/example.h"
#include "data/text_runs.h"

#include <QTextEdit>

namespace hilo {

/// An example as the model reads it, with the answers marked by colour and underline.
class PromptView : public QTextEdit
{
    Q_OBJECT
  public:
    explicit PromptView(QWidget* parent = nullptr);

    /// Null: empty, with text as a hint.
    void setExample(const Example* example, const QString& hint = {});
    /// A row in its stretches: answers are marked, what is cut is struck through.
    void setRuns(const std::vector<TextRun>& runs);
    /// The marked parts, as shown.
    QStringList markedTexts() const;

  private:
    void write();
    std::vector<TextRun> runs_;
};

} // namespace hilo
