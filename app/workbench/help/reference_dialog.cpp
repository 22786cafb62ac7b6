// SPDX-License-Identifier: GPL-3.0-or-later
#include "help/reference_dialog.h"

#include "common/letter_width.h"
#include "help/page_help.h"

#include <QLineEdit>
#include <QTabWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace hilo {

ReferenceDialog::ReferenceDialog(QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Strategies and signals"));
    setObjectName(QStringLiteral("referenceDialog"));
    auto* tabs = new QTabWidget(this);
    tabs_ = tabs;
    const auto addText = [&](const QString& title, const QString& html) {
        auto* text = new QTextBrowser(tabs);
        text->setFrameShape(QFrame::NoFrame);
        text->setAccessibleName(title);
        text->setHtml(html);
        tabs->addTab(text, title);
    };
    addText(tr("Strategies"), strategyReference());
    addText(tr("Signals"), signalReference());
    auto* search = new QLineEdit(this);
    search_ = search;
    search->setPlaceholderText(tr("Find"));
    search->setClearButtonEnabled(true);
    search->setAccessibleName(tr("Find in the text"));
    search->setToolTip(tr("Enter finds the next place"));
    const auto find = [tabs, search] {
        auto* text = qobject_cast<QTextBrowser*>(tabs->currentWidget());
        if (search->text().isEmpty() || text->find(search->text()))
            return;
        text->moveCursor(QTextCursor::Start);
        text->find(search->text());
    };
    connect(search, &QLineEdit::textEdited, this, find);
    connect(search, &QLineEdit::returnPressed, this, find);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(search);
    layout->addWidget(tabs, 1);
    search->setFocus();
    resize(letterWidth(fontMetrics()) * 100, fontMetrics().height() * 36);
}

void ReferenceDialog::find(const QString& text)
{
    search_->setText(text);
    for (int tab = 0; tab < tabs_->count(); ++tab)
        if (auto* shown = qobject_cast<QTextBrowser*>(tabs_->widget(tab))) {
            shown->moveCursor(QTextCursor::Start);
            if (shown->find(text)) {
                tabs_->setCurrentIndex(tab);
                return;
            }
        }
}

} // namespace hilo
