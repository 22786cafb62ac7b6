// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "page.h"
#include "page_context.h"

#include <array>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace hilo {

class TryColumn;

/// One prompt, continued by the base model and by one or two adapters side by side, or a conversation with each of them
/// in the turns of the model's chat template. They run one after another, so that none slows another down and one model
/// at a time is in memory.
class TryPage : public Page
{
    Q_OBJECT
  public:
    explicit TryPage(const PageContext& context, QWidget* parent = nullptr);

    void shown() override;
    /// The prompt of a data row, continued by the base and by the first two adapters, or answered in a conversation
    /// where the model holds one.
    void demonstrate() override;
    bool isDemonstrating() const override { return demonstrating_; }

  private:
    QWidget* makePromptCard();
    void projectChanged();
    void listAdapters();
    void takeExample();
    void lookForTurns();
    void chatToggled(bool on);
    void send();
    void regenerate();
    void removeLastTurn();
    void clearConversation();
    void run();
    bool isChat() const;
    void generate();
    void startNext();
    void stop();
    void updateButtons();
    void placesKnown();
    void choosePlace();
    QStringList arguments() const;

    ProjectSession& session_;
    RunService& runs_;
    std::array<TryColumn*, 3> columns_{};
    std::size_t next_ = 0; ///< column that runs after the current one
    bool running_ = false;
    bool demonstrating_ = false;
    bool canChat_ = false; ///< the model has turns of a conversation
    int example_ = 0;

    QLabel* about_;
    QPlainTextEdit* prompt_;
    QSpinBox* tokens_;
    QDoubleSpinBox* temperature_;
    QSpinBox* seed_;
    QCheckBox* chat_;
    QLabel* chatProblem_; ///< why this model holds no conversation
    QWidget* system_;     ///< the system prompt and what a conversation can do
    QPlainTextEdit* systemText_;
    QPushButton* regenerate_;
    QPushButton* removeTurn_;
    QPushButton* clear_;
    QSpinBox* layer_;
    QComboBox* module_;
    QCheckBox* numbers_;
    QPushButton* exampleButton_;
    QPushButton* stop_;
    QPushButton* generate_;
};

} // namespace hilo
