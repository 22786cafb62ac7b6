// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "playground/conversation.h"

#include <QTextEdit>

#include <vector>

class QTimer;

namespace hilo {

/// A module whose router chooses, in the order of the lists of chosen experts.
struct RoutedPlace
{
    int layer = 0;
    QString module;
    int experts = 0;
};

/// Experts and their weights, the heaviest first.
using TokenExperts = std::vector<std::pair<int, double>>;

/// Text that grows token by token. Each token has the colour and number of the expert that weighed most in the chosen
/// layer and module; a tool tip names all of them.
class TokenView : public QTextEdit
{
    Q_OBJECT
  public:
    explicit TokenView(QWidget* parent = nullptr);

    void start(std::vector<RoutedPlace> places);
    /// A conversation that the text goes on with: its turns stand above, and the tokens of the prompt, which are these
    /// turns as the model's template writes them, are not shown. Empty: plain text.
    void setTurns(std::vector<ChatTurn> turns);
    void addToken(qint64 index, const QString& text, bool isPrompt);
    /// chosen: one list a place.
    void setExperts(qint64 index, std::vector<TokenExperts> chosen);
    /// A place that is not routed leaves the tokens plain.
    void setPlace(int layer, const QString& module);
    void setNumbersShown(bool shown);

    const std::vector<RoutedPlace>& places() const { return places_; }
    /// Share of tokens of the text whose heaviest expert this is, by expert; empty where nothing is routed.
    std::vector<double> shares() const;
    /// "bird: expert 3 (62 %), expert 1 (38 %)"; empty where there is no token.
    QString textOf(qint64 index) const;
    /// The generated part.
    QString generatedText() const;
    /// Background of an expert's tokens: readable under the theme's text.
    static QColor expertColour(int expert);

  protected:
    bool viewportEvent(QEvent* event) override;

  private:
    struct Token
    {
        QString text;
        bool isPrompt = false;
        std::vector<TokenExperts> chosen;
        int begin = 0; ///< in the document
        int end = 0;
    };
    int heaviest(const Token& token) const;
    void writeLater();
    void write();
    void writeTurns(QTextCursor& cursor) const;

    std::vector<RoutedPlace> places_;
    std::vector<Token> tokens_;
    std::vector<ChatTurn> turns_;
    int place_ = -1; ///< index into places_
    int layer_ = -1;
    QString module_;
    bool numbers_ = true;
    QTimer* timer_;
};

} // namespace hilo
