// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <QString>

#include <optional>
#include <vector>

namespace hilo {

/// A turn as it is shown.
struct ChatTurn
{
    enum class Role { System, User, Assistant };
    Role role = Role::User;
    QString text;
};

/// Questions with one model's answers: what is shown, and what `hilo generate --chat --messages` is given. A question
/// that this model was not asked, or did not answer, is left out of what it is told later.
class Conversation
{
  public:
    void setSystem(const QString& text) { system_ = text; }
    void ask(const QString& question) { turns_.push_back({question, std::nullopt}); }
    /// To the last question.
    void answer(const QString& text);
    /// The last question waits for an answer again; false: there is none.
    bool reopen();
    /// The last question and its answer.
    void removeLast();
    void clear() { turns_.clear(); }
    bool isEmpty() const { return turns_.empty(); }
    QString lastQuestion() const { return turns_.empty() ? QString() : turns_.back().question; }

    /// A list of {"role", "content"} that ends with the last question.
    Json messages() const;
    /// Everything that was said, the system prompt first.
    std::vector<ChatTurn> turns() const;

  private:
    struct Turn
    {
        QString question;
        std::optional<QString> answer;
    };
    QString system_;
    std::vector<Turn> turns_;
};

} // namespace hilo
