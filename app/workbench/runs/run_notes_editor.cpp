// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_notes_editor.h"

#include "page.h"
#include "runs/run_texts.h"

#include <QCompleter>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QStringListModel>
#include <QToolButton>

namespace hilo {
namespace {

/// Completes the tag behind the last comma.
class TagCompleter : public QCompleter
{
  public:
    using QCompleter::QCompleter;

    QStringList splitPath(const QString& path) const override { return {path.section(QLatin1Char(','), -1).trimmed()}; }
    QString pathFromIndex(const QModelIndex& index) const override
    {
        const auto* line = qobject_cast<const QLineEdit*>(widget());
        const QString text = line ? line->text() : QString();
        const qsizetype comma = text.lastIndexOf(QLatin1Char(','));
        return (comma < 0 ? QString() : text.left(comma) + QStringLiteral(", ")) + index.data().toString();
    }
};

} // namespace

RunNotesEditor::RunNotesEditor(QWidget* parent)
    : QWidget(parent), name_(new QLineEdit(this)), tags_(new QLineEdit(this)), note_(new QPlainTextEdit(this)),
      star_(new QToolButton(this)), known_(new QStringListModel(this))
{
    name_->setAccessibleName(tr("Name of the run"));
    name_->setToolTip(tr("Another name for the run (F2); empty brings back the one of its settings"));
    star_->setCheckable(true);
    star_->setAutoRaise(true);
    star_->setFocusPolicy(Qt::StrongFocus);
    star_->setAccessibleName(tr("Star"));
    star_->setToolTip(tr("Mark the run with a star (Ctrl+Shift+B)"));
    tags_->setPlaceholderText(tr("tags, with commas between"));
    tags_->setAccessibleName(tr("Tags of the run"));
    tags_->setToolTip(tr("Words to find runs by, with commas between; a filter asks for them by “tags ~ word”"));
    auto* completer = new TagCompleter(known_, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    tags_->setCompleter(completer);
    note_->setPlaceholderText(tr("note"));
    note_->setAccessibleName(tr("Note on the run"));
    note_->setToolTip(tr("What you want to remember of the run; kept when you leave the field or press Ctrl+Return"));
    note_->setTabChangesFocus(true);
    note_->setFixedHeight(fontMetrics().lineSpacing() * 3 + 14);
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(name_, 0, 0);
    layout->addWidget(star_, 0, 1);
    layout->addWidget(tags_, 1, 0, 1, 2);
    layout->addWidget(note_, 2, 0, 1, 2);
    connect(name_, &QLineEdit::editingFinished, this, &RunNotesEditor::keepName);
    connect(tags_, &QLineEdit::editingFinished, this, &RunNotesEditor::keepTags);
    connect(star_, &QToolButton::toggled, this, [this](bool on) {
        showStar(on);
        if (!id_.isEmpty())
            Q_EMIT starred(id_, on);
    });
    for (QWidget* widget : std::initializer_list<QWidget*>{name_, tags_, note_})
        widget->installEventFilter(this);
    showStar(false);
}

void RunNotesEditor::showStar(bool on)
{
    star_->setText(on ? QStringLiteral("★") : QStringLiteral("☆"));
}

void RunNotesEditor::setRun(const RunSummary& run)
{
    const QString id = QString::fromStdString(run.id);
    if (id != id_) {
        // What was written on the run before is kept, not lost.
        keepName();
        keepTags();
        keepNote();
    }
    const bool isOther = id != id_;
    id_ = id;
    const auto show = [isOther](auto* field, QString& shown, const QString& now, auto text, auto set) {
        const bool isWritten = field->hasFocus() && text() != shown;
        if ((isOther || !isWritten) && text() != now)
            set(now);
        if (isOther || !isWritten)
            shown = now;
    };
    show(
        name_, shownName_, runTitle(run), [this] { return name_->text(); },
        [this](const QString& text) {
            name_->setText(text);
            name_->setCursorPosition(0);
        });
    show(
        tags_, shownTags_, QString::fromStdString(run.tags), [this] { return tags_->text(); },
        [this](const QString& text) { tags_->setText(text); });
    show(
        note_, shownNote_, QString::fromStdString(run.note), [this] { return note_->toPlainText(); },
        [this](const QString& text) { note_->setPlainText(text); });
    const QSignalBlocker quiet(star_);
    star_->setChecked(run.starred != 0);
    showStar(run.starred != 0);
}

void RunNotesEditor::setKnownTags(const QStringList& tags)
{
    if (known_->stringList() != tags)
        known_->setStringList(tags);
}

void RunNotesEditor::editName()
{
    name_->setFocus(Qt::ShortcutFocusReason);
    name_->selectAll();
}

void RunNotesEditor::keepName()
{
    if (id_.isEmpty() || name_->text() == shownName_)
        return;
    shownName_ = name_->text();
    Q_EMIT renamed(id_, name_->text().trimmed());
}

void RunNotesEditor::keepTags()
{
    if (id_.isEmpty() || tags_->text() == shownTags_)
        return;
    shownTags_ = tags_->text();
    QStringList tags;
    for (const std::string& tag : tagsOf(tags_->text().toStdString()))
        tags << QString::fromStdString(tag);
    Q_EMIT tagged(id_, tags);
}

void RunNotesEditor::keepNote()
{
    if (id_.isEmpty() || note_->toPlainText() == shownNote_)
        return;
    shownNote_ = note_->toPlainText();
    Q_EMIT noted(id_, shownNote_);
}

bool RunNotesEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == note_ && event->type() == QEvent::FocusOut)
        keepNote();
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (watched == note_ && key->modifiers().testFlag(Qt::ControlModifier) &&
            (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
            keepNote();
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            if (watched == name_)
                name_->setText(shownName_);
            else if (watched == tags_)
                tags_->setText(shownTags_);
            else
                note_->setPlainText(shownNote_);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace hilo
