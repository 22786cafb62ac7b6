// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/example.h"
#include "data/text_runs.h"

#include <QTextEdit>

namespace hilo {

/// A part of what is shown: a row, or one of the two that are compared.
struct PromptSection
{
    enum class Kind { Plain, Good, Bad };
    Kind kind = Kind::Plain;
    QString title; ///< above it; empty: none
    std::vector<TextRun> runs;
};

/// An example as the model reads it, with the answers marked by colour and underline. Of a pair the chosen answer comes
/// first, then the rejected one; the prompt stands once where both have the same.
class PromptView : public QTextEdit
{
    Q_OBJECT
  public:
    explicit PromptView(QWidget* parent = nullptr);

    /// Null: empty, with text as a hint.
    void setExample(const Example* example, const QString& hint = {});
    /// A row in its stretches: answers are marked, what is cut is struck through.
    void setRuns(const std::vector<TextRun>& runs);
    void setSections(std::vector<PromptSection> sections);
    /// runs: the row's, of a pair those of the rejected one behind it.
    static std::vector<PromptSection> sectionsOf(const Example& example, std::vector<std::vector<TextRun>> runs);
    /// What the colours mean, as rich text.
    static QString legend();
    /// The marked parts, as shown.
    QStringList markedTexts() const;

  private:
    void write();
    std::vector<PromptSection> sections_;
};

} // namespace hilo
