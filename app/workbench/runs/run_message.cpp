// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_message.h"

#include "label_kind.h"
#include "page.h"

#include <QAccessible>
#include <QFontDatabase>
#include <QPushButton>
#include <QVBoxLayout>

namespace hilo {

RunMessage::RunMessage(QWidget* parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("card"));
    setAccessibleName(tr("What is wrong with this run"));
    title_ = new QLabel(this);
    title_->setObjectName(QStringLiteral("failed"));
    title_->setWordWrap(true);
    detail_ = new QLabel(this);
    log_ = new QLabel(this);
    log_->setObjectName(QStringLiteral("quiet"));
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF() * 0.9);
    log_->setFont(fixed);
    whatToDo_ = new QLabel(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(4);
    for (QLabel* label : {title_, detail_, log_, whatToDo_}) {
        label->setWordWrap(true);
        // What a program printed is text, never markup.
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        layout->addWidget(label);
    }
    retry_ = makeButton(tr("Edit and retry…"), tr("A new run with these settings, to change some of them"), this);
    retry_->hide();
    auto* line = new QHBoxLayout;
    line->addWidget(retry_);
    line->addStretch();
    layout->addLayout(line);
    connect(retry_, &QPushButton::clicked, this, &RunMessage::retryWanted);
    hide();
}

void RunMessage::offerRetry(bool offered)
{
    retry_->setVisible(offered);
}

void RunMessage::setAdvice(const std::optional<RunAdvice>& advice)
{
    if (!advice) {
        hide();
        return;
    }
    const QString before = text();
    title_->setText((advice->isWarning ? QStringLiteral("⚠ ") : QStringLiteral("✗ ")) + advice->title);
    setLabelKind(*title_, advice->isWarning ? QStringLiteral("warning") : QStringLiteral("failed"));
    detail_->setText(advice->detail);
    detail_->setVisible(!advice->detail.isEmpty());
    log_->setText(advice->log.join(QLatin1Char('\n')));
    log_->setVisible(!advice->log.isEmpty());
    whatToDo_->setText(advice->whatToDo);
    whatToDo_->setVisible(!advice->whatToDo.isEmpty());
    show();
    if (text() == before)
        return;
    setAccessibleDescription(text());
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QString RunMessage::text() const
{
    return QStringList{title_->text(), detail_->text(), log_->text(), whatToDo_->text()}.join(QLatin1Char('\n'));
}

} // namespace hilo
