// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/log_view.h"

#include "common/theme.h"
#include "runs/run_texts.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSyntaxHighlighter>
#include <QVBoxLayout>

namespace hilo {
namespace {

constexpr int linesShown = 400;

/// Colours what the words say already.
class LogColours : public QSyntaxHighlighter
{
  public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

  protected:
    void highlightBlock(const QString& text) override
    {
        const auto level = LogView::levelOf(text);
        if (level == LogView::Level::Errors)
            setFormat(0, static_cast<int>(text.size()), Theme::instance().colours().failed);
        else if (level == LogView::Level::Warnings)
            setFormat(0, static_cast<int>(text.size()), Theme::instance().colours().attention);
    }
};

} // namespace

LogView::LogView(QWidget* parent) : QWidget(parent)
{
    level_ = new QComboBox(this);
    level_->addItems({tr("all lines"), tr("warnings"), tr("errors")});
    level_->setAccessibleName(tr("How serious lines have to be"));
    level_->setToolTip(tr("How serious a line has to be to be shown"));
    search_ = new QLineEdit(this);
    search_->setPlaceholderText(tr("Filter the log"));
    search_->setClearButtonEnabled(true);
    search_->setAccessibleName(tr("Filter the log"));
    search_->setToolTip(tr("Only lines with this text; case does not matter"));
    text_ = new QPlainTextEdit(this);
    text_->setReadOnly(true);
    text_->setTabChangesFocus(true);
    text_->setFrameShape(QFrame::NoFrame);
    text_->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    text_->setAccessibleName(tr("Log"));
    text_->setPlaceholderText(tr("Nothing here yet."));
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF() * 0.9);
    text_->setFont(fixed);
    text_->setMinimumHeight(fontMetrics().height() * 7);
    auto* colours = new LogColours(text_->document());
    auto* line = new QHBoxLayout;
    line->addWidget(search_, 1);
    line->addWidget(level_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(line);
    layout->addWidget(text_, 1);
    connect(level_, &QComboBox::currentIndexChanged, this, [this] { showLines(); });
    connect(search_, &QLineEdit::textChanged, this, [this] { showLines(); });
    connect(&Theme::instance(), &Theme::changed, colours, &QSyntaxHighlighter::rehighlight);
}

LogView::Level LogView::levelOf(const QString& line)
{
    for (const char* word : {"[error]", "[critical]", "error:", "terminate called", "killed"})
        if (line.contains(QLatin1String(word), Qt::CaseInsensitive))
            return Level::Errors;
    for (const char* word : {"[warning]", "[warn]", "warning:"})
        if (line.contains(QLatin1String(word), Qt::CaseInsensitive))
            return Level::Warnings;
    return Level::Everything;
}

void LogView::setLog(const QString& log)
{
    if (log == log_)
        return;
    log_ = log;
    showLines();
}

QStringList LogView::shownLines() const
{
    const QString text = text_->toPlainText();
    return text.isEmpty() ? QStringList() : text.split(QLatin1Char('\n'));
}

void LogView::showLines()
{
    QStringList shown;
    for (const QString& line : lastLogLines(log_, linesShown))
        if (static_cast<int>(levelOf(line)) >= level_->currentIndex() &&
            (search_->text().isEmpty() || line.contains(search_->text(), Qt::CaseInsensitive)))
            shown << line;
    QScrollBar* bar = text_->verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum();
    const int before = bar->value();
    text_->setPlainText(shown.join(QLatin1Char('\n')));
    bar->setValue(atEnd ? bar->maximum() : before);
}

} // namespace hilo
