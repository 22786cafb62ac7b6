// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/example.h"

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
    /// The marked parts, as shown.
    QStringList markedTexts() const;

  private:
    void write();
    std::vector<std::pair<QString, bool>> parts_; ///< text and whether it is an answer
};

} // namespace hilo
