// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/prompt_view.h"

#include "common/theme.h"

#include <QFontDatabase>

namespace hilo {
namespace {

/// Line ends and tabs stay visible: they are part of what the model learns.
QString shown(QString text)
{
    return text.replace(QLatin1Char('\n'), QStringLiteral("↵\n")).replace(QLatin1Char('\t'), QStringLiteral("→\t"));
}

QString part(const std::string& text, std::size_t begin, std::size_t end)
{
    return shown(QString::fromUtf8(text.data() + begin, static_cast<qsizetype>(end - begin)));
}

} // namespace

PromptView::PromptView(QWidget* parent) : QTextEdit(parent)
{
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setAccessibleName(tr("Rendered prompt"));
    setTabChangesFocus(true);
    connect(&Theme::instance(), &Theme::changed, this, &PromptView::write);
}

void PromptView::setExample(const Example* example, const QString& hint)
{
    parts_.clear();
    setPlaceholderText(hint);
    if (example) {
        std::size_t at = 0;
        for (const auto& [begin, end] : example->earlierAnswers) {
            parts_.emplace_back(part(example->prompt, at, begin), false);
            parts_.emplace_back(part(example->prompt, begin, end), true);
            at = end;
        }
        parts_.emplace_back(part(example->prompt, at, example->prompt.size()), false);
        parts_.emplace_back(part(example->answer, 0, example->answer.size()), true);
    }
    write();
}

QStringList PromptView::markedTexts() const
{
    QStringList texts;
    for (const auto& [text, isAnswer] : parts_)
        if (isAnswer)
            texts << text;
    return texts;
}

void PromptView::write()
{
    clear();
    const ThemeColours& colours = Theme::instance().colours();
    QTextCursor cursor(document());
    for (const auto& [text, isAnswer] : parts_) {
        QTextCharFormat format;
        format.setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        format.setForeground(isAnswer ? colours.accent : colours.text);
        if (isAnswer) {
            format.setBackground(colours.accentBackground);
            format.setFontUnderline(true);
            format.setFontWeight(QFont::DemiBold);
        }
        cursor.insertText(text, format);
    }
    moveCursor(QTextCursor::Start);
}

} // namespace hilo
