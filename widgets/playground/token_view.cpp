// SPDX-License-Identifier: GPL-3.0-or-later
#include "playground/token_view.h"

#include "common/numbers.h"
#include "common/theme.h"

#include <QHelpEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QTimer>
#include <QToolTip>

#include <algorithm>

namespace hilo {
namespace {

constexpr int writeEvery = 60;         ///< milliseconds
constexpr qint64 mostTokens = 1 << 16; ///< a broken stream must not fill the memory
constexpr std::size_t colourCount = 6;

} // namespace

TokenView::TokenView(QWidget* parent) : QTextEdit(parent), timer_(new QTimer(this))
{
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setAccessibleName(tr("Generated text"));
    timer_->setSingleShot(true);
    timer_->setInterval(writeEvery);
    connect(timer_, &QTimer::timeout, this, &TokenView::write);
    connect(&Theme::instance(), &Theme::changed, this, &TokenView::write);
}

QColor TokenView::expertColour(int expert)
{
    const QColor strong = Theme::instance().series(expert % static_cast<int>(colourCount)).colour;
    const QColor card = Theme::instance().colours().card;
    const double share = Theme::instance().isDark() ? 0.4 : 0.28;
    const auto mix = [share](int from, int to) { return static_cast<int>(from + (to - from) * share); };
    return {mix(card.red(), strong.red()), mix(card.green(), strong.green()), mix(card.blue(), strong.blue())};
}

void TokenView::start(std::vector<RoutedPlace> places)
{
    places_ = std::move(places);
    tokens_.clear();
    setPlace(layer_, module_);
    write();
}

void TokenView::setTurns(std::vector<ChatTurn> turns)
{
    turns_ = std::move(turns);
    write();
}

void TokenView::addToken(qint64 index, const QString& text, bool isPrompt)
{
    if (index < 0 || index >= mostTokens)
        return;
    if (static_cast<std::size_t>(index) >= tokens_.size())
        tokens_.resize(static_cast<std::size_t>(index) + 1);
    Token& token = tokens_[static_cast<std::size_t>(index)];
    token.text += text;
    token.isPrompt = isPrompt;
    writeLater();
}

void TokenView::setExperts(qint64 index, std::vector<TokenExperts> chosen)
{
    if (index < 0 || static_cast<std::size_t>(index) >= tokens_.size())
        return;
    tokens_[static_cast<std::size_t>(index)].chosen = std::move(chosen);
    writeLater();
}

void TokenView::setPlace(int layer, const QString& module)
{
    layer_ = layer;
    module_ = module;
    place_ = -1;
    for (std::size_t i = 0; i < places_.size(); ++i)
        if (places_[i].layer == layer && places_[i].module == module)
            place_ = static_cast<int>(i);
    writeLater();
}

void TokenView::setNumbersShown(bool shown)
{
    numbers_ = shown;
    writeLater();
}

int TokenView::heaviest(const Token& token) const
{
    if (place_ < 0 || static_cast<std::size_t>(place_) >= token.chosen.size())
        return -1;
    const TokenExperts& experts = token.chosen[static_cast<std::size_t>(place_)];
    return experts.empty() ? -1 : experts.front().first;
}

std::vector<double> TokenView::shares() const
{
    if (place_ < 0)
        return {};
    std::vector<double> shares(
        static_cast<std::size_t>(std::max(0, places_[static_cast<std::size_t>(place_)].experts)));
    double sum = 0;
    for (const Token& token : tokens_)
        if (const int expert = heaviest(token); expert >= 0 && static_cast<std::size_t>(expert) < shares.size()) {
            ++shares[static_cast<std::size_t>(expert)];
            ++sum;
        }
    for (double& share : shares)
        share = sum > 0 ? share / sum : 0;
    return shares;
}

QString TokenView::textOf(qint64 index) const
{
    if (index < 0 || static_cast<std::size_t>(index) >= tokens_.size())
        return {};
    const Token& token = tokens_[static_cast<std::size_t>(index)];
    const QString name = token.text.trimmed().isEmpty() ? tr("white space") : token.text.trimmed();
    if (place_ < 0)
        return name;
    if (static_cast<std::size_t>(place_) >= token.chosen.size())
        return tr("%1: not read yet").arg(name);
    QStringList experts;
    for (const auto& [expert, weight] : token.chosen[static_cast<std::size_t>(place_)])
        experts << tr("expert %1 (%2)").arg(expert).arg(percentage(weight, 0));
    return experts.isEmpty() ? tr("%1: no expert, only null experts were chosen").arg(name)
                             : QStringLiteral("%1: %2").arg(name, experts.join(QStringLiteral(", ")));
}

QString TokenView::generatedText() const
{
    QString text;
    for (const Token& token : tokens_)
        if (!token.isPrompt)
            text += token.text;
    return text;
}

void TokenView::writeLater()
{
    if (!timer_->isActive())
        timer_->start();
}

void TokenView::writeTurns(QTextCursor& cursor) const
{
    const ThemeColours& colours = Theme::instance().colours();
    const auto begin = [&](const QString& who, const QColor& colour) {
        QTextBlockFormat block;
        block.setTopMargin(cursor.atStart() ? 0 : fontMetrics().height() / 2);
        QTextCharFormat format;
        format.setFontWeight(QFont::DemiBold);
        format.setForeground(colour);
        if (cursor.atStart())
            cursor.setBlockFormat(block);
        else
            cursor.insertBlock(block);
        cursor.insertText(who, format);
        cursor.insertBlock(QTextBlockFormat(), QTextCharFormat());
    };
    const auto say = [&](const QString& text, const QColor& colour) {
        QTextCharFormat format;
        format.setForeground(colour);
        cursor.insertText(text, format);
    };
    for (const ChatTurn& turn : turns_) {
        if (turn.role == ChatTurn::Role::Assistant) {
            begin(tr("Assistant"), colours.accent);
            say(turn.text, colours.text);
        } else {
            begin(turn.role == ChatTurn::Role::System ? tr("System prompt") : tr("You"), colours.quietText);
            say(turn.text, turn.role == ChatTurn::Role::System ? colours.quietText : colours.text);
        }
    }
    if (std::any_of(tokens_.begin(), tokens_.end(), [](const Token& token) { return !token.isPrompt; }))
        begin(tr("Assistant"), colours.accent);
}

void TokenView::write()
{
    const bool atEnd = verticalScrollBar()->value() >= verticalScrollBar()->maximum() - 4;
    const int scroll = verticalScrollBar()->value();
    const ThemeColours& colours = Theme::instance().colours();
    document()->clear();
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    if (!turns_.empty())
        writeTurns(cursor);
    for (Token& token : tokens_) {
        if (token.isPrompt && !turns_.empty()) {
            token.begin = token.end = -1;
            continue;
        }
        QTextCharFormat format;
        format.setForeground(token.isPrompt ? colours.quietText : colours.text);
        const int expert = heaviest(token);
        if (expert >= 0) {
            format.setForeground(colours.text);
            format.setBackground(expertColour(expert));
            // Beyond the six colours the underline tells further experts apart.
            if (static_cast<std::size_t>(expert) >= colourCount) {
                static constexpr QTextCharFormat::UnderlineStyle lines[] = {
                    QTextCharFormat::SingleUnderline, QTextCharFormat::DotLine, QTextCharFormat::WaveUnderline};
                format.setUnderlineStyle(lines[(static_cast<std::size_t>(expert) / colourCount - 1) % 3]);
                format.setUnderlineColor(colours.text);
            }
        }
        token.begin = cursor.position();
        cursor.insertText(token.text, format);
        if (expert >= 0 && numbers_ && !token.text.trimmed().isEmpty()) {
            QTextCharFormat number = format;
            number.setVerticalAlignment(QTextCharFormat::AlignSubScript);
            cursor.insertText(QString::number(expert), number);
        }
        token.end = cursor.position();
    }
    cursor.endEditBlock();
    verticalScrollBar()->setValue(atEnd ? verticalScrollBar()->maximum() : scroll);
}

bool TokenView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int at = cursorForPosition(help->pos()).position();
        QString text;
        for (std::size_t i = 0; i < tokens_.size(); ++i)
            if (at >= tokens_[i].begin && at < tokens_[i].end)
                text = textOf(static_cast<qint64>(i));
        QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return QTextEdit::viewportEvent(event);
}

} // namespace hilo
