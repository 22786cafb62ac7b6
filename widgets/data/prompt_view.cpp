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
    setPlaceholderText(hint);
    setRuns(example ? textRuns(*example) : std::vector<TextRun>{});
}

void PromptView::setRuns(const std::vector<TextRun>& runs)
{
    runs_ = runs;
    write();
}

QStringList PromptView::markedTexts() const
{
    QStringList texts;
    for (const TextRun& run : runs_)
        if (run.kind == TextRun::Kind::Trained)
            texts << shown(QString::fromStdString(run.text));
    return texts;
}

void PromptView::write()
{
    clear();
    const ThemeColours& colours = Theme::instance().colours();
    QTextCursor cursor(document());
    for (const TextRun& run : runs_) {
        const bool isAnswer = run.kind == TextRun::Kind::Trained;
        QTextCharFormat format;
        format.setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        format.setForeground(isAnswer ? colours.accent : colours.text);
        if (isAnswer) {
            format.setBackground(colours.accentBackground);
            format.setFontUnderline(true);
            format.setFontWeight(QFont::DemiBold);
        }
        if (run.kind == TextRun::Kind::Cut) {
            format.setForeground(colours.failed);
            format.setFontStrikeOut(true);
        }
        cursor.insertText(shown(QString::fromStdString(run.text)), format);
    }
    moveCursor(QTextCursor::Start);
}

} // namespace hilo
