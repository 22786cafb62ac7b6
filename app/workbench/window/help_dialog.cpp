// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/help_dialog.h"

#include "common/letter_width.h"

#include <QDialogButtonBox>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace hilo {

HelpDialog::HelpDialog(QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("pageHelp"));
    text_ = new QTextBrowser(this);
    text_->setFrameShape(QFrame::NoFrame);
    text_->setOpenExternalLinks(true);
    text_->setAccessibleName(tr("Explanation"));
    text_->document()->setDocumentMargin(12);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::hide);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->addWidget(text_, 1);
    layout->addWidget(buttons);
    resize(letterWidth(fontMetrics()) * 90, fontMetrics().height() * 34);
}

void HelpDialog::explain(const QString& title, const QString& help)
{
    setWindowTitle(tr("About the page “%1”").arg(title));
    text_->setHtml(help);
    show();
    raise();
    activateWindow();
}

} // namespace hilo
