// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/command_dialog.h"

#include "common/letter_width.h"
#include "page.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace hilo {

CommandDialog::CommandDialog(const QString& title, const QList<std::pair<QString, QString>>& commands, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(title);
    setObjectName(QStringLiteral("commandDialog"));
    auto* layout = new QVBoxLayout(this);
    for (const auto& [about, command] : commands) {
        auto* label = new QLabel(about, this);
        auto* line = new QLineEdit(command, this);
        line->setReadOnly(true);
        line->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        line->setCursorPosition(0);
        line->setAccessibleName(about);
        line->setToolTip(command);
        label->setBuddy(line);
        auto* copy = makeButton(tr("Copy"), tr("Copy this command"), this);
        copy->setAccessibleName(tr("Copy: %1").arg(about));
        connect(copy, &QPushButton::clicked, this, [line] { QGuiApplication::clipboard()->setText(line->text()); });
        auto* row = new QHBoxLayout;
        row->addWidget(line, 1);
        row->addWidget(copy);
        layout->addWidget(label);
        layout->addLayout(row);
    }
    layout->addStretch();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    resize(letterWidth(fontMetrics()) * 100, sizeHint().height());
}

} // namespace hilo
