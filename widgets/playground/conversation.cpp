// SPDX-License-Identifier: GPL-3.0-or-later
#include "playground/conversation.h"

namespace hilo {

void Conversation::answer(const QString& text)
{
    if (!turns_.empty())
        turns_.back().answer = text;
}

bool Conversation::reopen()
{
    if (turns_.empty())
        return false;
    turns_.back().answer.reset();
    return true;
}

void Conversation::removeLast()
{
    if (!turns_.empty())
        turns_.pop_back();
}

Json Conversation::messages() const
{
    Json messages = Json::array();
    const auto add = [&messages](const char* role, const QString& content) {
        messages.push_back({{"role", role}, {"content", content.toStdString()}});
    };
    if (!system_.isEmpty())
        add("system", system_);
    for (const Turn& turn : turns_) {
        const bool isLast = &turn == &turns_.back();
        if (!isLast && !turn.answer)
            continue;
        add("user", turn.question);
        if (!isLast)
            add("assistant", *turn.answer);
    }
    return messages;
}

std::vector<ChatTurn> Conversation::turns() const
{
    std::vector<ChatTurn> shown;
    if (!system_.isEmpty() && !turns_.empty())
        shown.push_back({ChatTurn::Role::System, system_});
    for (const Turn& turn : turns_) {
        shown.push_back({ChatTurn::Role::User, turn.question});
        if (turn.answer)
            shown.push_back({ChatTurn::Role::Assistant, *turn.answer});
    }
    return shown;
}

} // namespace hilo
