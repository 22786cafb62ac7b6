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
    if (!example) {
        setSections({});
        return;
    }
    std::vector<std::vector<TextRun>> runs{textRuns(*example)};
    for (const Example& rejected : example->rejected)
        runs.push_back(textRuns(rejected));
    setSections(sectionsOf(*example, std::move(runs)));
}

void PromptView::setRuns(const std::vector<TextRun>& runs)
{
    setSections({{PromptSection::Kind::Plain, {}, runs}});
}

std::vector<PromptSection> PromptView::sectionsOf(const Example& example, std::vector<std::vector<TextRun>> runs)
{
    using Kind = PromptSection::Kind;
    if (runs.empty())
        return {};
    if (runs.size() > 1) {
        std::vector<PromptSection> sections{{Kind::Good, tr("Chosen"), std::move(runs[0])},
                                            {Kind::Bad, tr("Rejected"), std::move(runs[1])}};
        // What is read before both answers is shown once.
        std::vector<TextRun>& first = sections[0].runs;
        std::vector<TextRun>& second = sections[1].runs;
        if (first.size() > 1 && second.size() > 1 && first.front().kind == TextRun::Kind::Masked &&
            second.front().kind == TextRun::Kind::Masked && first.front().text == second.front().text) {
            sections.insert(sections.begin(), {Kind::Plain, tr("Prompt"), {first.front()}});
            for (std::size_t i : {1, 2})
                sections[i].runs.erase(sections[i].runs.begin());
        }
        return sections;
    }
    if (!example.isGood)
        return {{Kind::Plain, {}, std::move(runs[0])}};
    return {{*example.isGood ? Kind::Good : Kind::Bad,
             *example.isGood ? tr("Judged to be good") : tr("Judged to be bad"), std::move(runs[0])}};
}

void PromptView::setSections(std::vector<PromptSection> sections)
{
    sections_ = std::move(sections);
    write();
}

QString PromptView::legend()
{
    const ThemeColours& colours = Theme::instance().colours();
    return QStringLiteral("<span style='color:%1'>%2</span> &nbsp; "
                          "<span style='color:%3; background:%4; text-decoration:underline; font-weight:600'>%5</span> "
                          "&nbsp; <span style='color:%6; text-decoration:line-through'>%7</span>")
        .arg(colours.text.name(), tr("read"), colours.accent.name(), colours.accentBackground.name(), tr("learnt"),
             colours.failed.name(), tr("cut off"));
}

QStringList PromptView::markedTexts() const
{
    QStringList texts;
    for (const PromptSection& section : sections_)
        for (const TextRun& run : section.runs)
            if (run.kind == TextRun::Kind::Trained)
                texts << shown(QString::fromStdString(run.text));
    return texts;
}

void PromptView::write()
{
    clear();
    const ThemeColours& colours = Theme::instance().colours();
    QTextCursor cursor(document());
    for (const PromptSection& section : sections_) {
        const bool isBad = section.kind == PromptSection::Kind::Bad;
        if (!section.title.isEmpty()) {
            QTextCharFormat title;
            title.setFont(font());
            title.setFontWeight(QFont::DemiBold);
            title.setForeground(isBad                                       ? colours.failed
                                : section.kind == PromptSection::Kind::Good ? colours.good
                                                                            : colours.quietText);
            const QString sign = isBad                                       ? QStringLiteral("✗ ")
                                 : section.kind == PromptSection::Kind::Good ? QStringLiteral("✓ ")
                                                                             : QString();
            cursor.insertText((cursor.atStart() ? QString() : QStringLiteral("\n\n")) + sign + section.title +
                                  QLatin1Char('\n'),
                              title);
        }
        for (const TextRun& run : section.runs) {
            const bool isAnswer = run.kind == TextRun::Kind::Trained;
            QTextCharFormat format;
            format.setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
            format.setForeground(!isAnswer ? colours.text : isBad ? colours.failed : colours.accent);
            if (isAnswer) {
                // An answer that is to become less likely is told by its line as well.
                if (isBad)
                    format.setUnderlineStyle(QTextCharFormat::DashUnderline);
                else
                    format.setFontUnderline(true);
                if (!isBad)
                    format.setBackground(colours.accentBackground);
                format.setFontWeight(QFont::DemiBold);
            }
            if (run.kind == TextRun::Kind::Cut) {
                format.setForeground(colours.failed);
                format.setFontStrikeOut(true);
            }
            cursor.insertText(shown(QString::fromStdString(run.text)), format);
        }
    }
    moveCursor(QTextCursor::Start);
}

} // namespace hilo
