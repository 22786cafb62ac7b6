// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "playground/conversation.h"
#include "program_runner.h"

#include <QElapsedTimer>
#include <QFrame>
#include <QTemporaryDir>

#include <memory>

class QComboBox;
class QLabel;

namespace hilo {

class TokenView;

/// One model's answer on the page Try: which adapter, its text as it grows, how its experts shared the tokens.
class TryColumn : public QFrame
{
    Q_OBJECT
  public:
    /// isBase: the model alone, without a choice of adapters.
    TryColumn(bool isBase, QWidget* parent = nullptr);

    /// Names and folders that may be chosen; keeps the choice where it is still there.
    void setAdapters(const QList<std::pair<QString, QString>>& adapters);
    bool choose(const QString& folder);
    /// The number-th of the adapters, where there are so many.
    void chooseNumber(int number);
    /// Whether it takes part: the base always, others once an adapter is chosen.
    bool isWanted() const;
    QString adapter() const;

    /// arguments: behind `hilo generate`, without the adapter.
    void start(QStringList arguments);
    /// The same with the conversation, whose last question is to be answered.
    void startChat(const QStringList& arguments);
    /// What was said so far in this column; showConversation() shows what was changed.
    Conversation& conversation() { return conversation_; }
    void showConversation();
    void stop();
    /// What is shown, and the conversation.
    void clear();
    bool isRunning() const { return runner_->isRunning(); }
    TokenView& view() { return *view_; }

  Q_SIGNALS:
    void adapterChanged();
    /// It ended, by itself or not.
    void ended();
    /// The modules with routers are known.
    void started();

  private:
    void take(const Json& object);
    void finish(const Result<Json>& answer);
    void updateShares();
    void sayWhatComes();
    void say(const QString& text, bool isProblem = false);

    bool isBase_;
    ProgramRunner* runner_;
    QLabel* title_;
    QComboBox* choice_ = nullptr;
    TokenView* view_;
    QLabel* shares_;
    QLabel* state_;
    qint64 tokens_ = 0;
    QElapsedTimer clock_;
    QElapsedTimer shown_;
    bool interrupted_ = false;
    bool isChat_ = false; ///< what runs or ran last
    Conversation conversation_;
    QTemporaryDir folder_; ///< of the conversation's file
};

} // namespace hilo
