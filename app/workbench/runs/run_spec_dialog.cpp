// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_spec_dialog.h"

#include "base/json.h"
#include "common/letter_width.h"
#include "label_kind.h"
#include "page.h"
#include "program_runner.h"
#include "run/run_id.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace hilo {

RunSpecDialog::RunSpecDialog(const RunSpec& spec, const QString& folder, QWidget* parent)
    : QDialog(parent), document_(toJson(spec)), folder_(folder)
{
    setWindowTitle(tr("Run spec"));
    setObjectName(QStringLiteral("runSpecDialog"));
    name_ = QString::fromStdString(runIdFrom(spec.name)) + QStringLiteral(".run.json");
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(
        makeQuietLabel(tr("What the form says, as the file that hilo train takes. Paths are whole, so it may lie "
                          "anywhere on this machine."),
                       this));
    auto* text =
        new QPlainTextEdit(QString::fromStdString(document_.dump(2, ' ', false, Json::error_handler_t::replace)), this);
    text->setReadOnly(true);
    text->setFont(fixed);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setTabChangesFocus(true);
    text->setAccessibleName(tr("Run spec"));
    layout->addWidget(text, 1);
    auto* caption = new QLabel(tr("Train it without the desktop"), this);
    command_ = new QLineEdit(this);
    command_->setReadOnly(true);
    command_->setFont(fixed);
    command_->setAccessibleName(caption->text());
    caption->setBuddy(command_);
    auto* copy = makeButton(tr("Copy"), tr("Copy this command"), this);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(command_->text()); });
    auto* line = new QHBoxLayout;
    line->addWidget(command_, 1);
    line->addWidget(copy);
    layout->addWidget(caption);
    layout->addLayout(line);
    said_ = makeQuietLabel({}, this);
    layout->addWidget(said_);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* saveButton = makeButton(tr("Save…"), tr("Write the run spec into a file"), this, true);
    auto* copyText = makeButton(tr("Copy run spec"), tr("Copy the whole text"), this);
    buttons->addButton(saveButton, QDialogButtonBox::ActionRole);
    buttons->addButton(copyText, QDialogButtonBox::ActionRole);
    connect(saveButton, &QPushButton::clicked, this, &RunSpecDialog::chooseFile);
    connect(copyText, &QPushButton::clicked, this,
            [text] { QGuiApplication::clipboard()->setText(text->toPlainText()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    showCommand(name_);
    resize(letterWidth(fontMetrics()) * 100, fontMetrics().height() * 36);
}

void RunSpecDialog::showCommand(const QString& file)
{
    QString out = file;
    out.chop(out.endsWith(QLatin1String(".run.json")) ? 9 : 0);
    command_->setText(ProgramRunner::commandLine(
        {QStringLiteral("train"), file, QStringLiteral("--out"), out + QStringLiteral("-run")}));
    command_->setCursorPosition(0);
    command_->setToolTip(command_->text());
}

void RunSpecDialog::chooseFile()
{
    const QString file = QFileDialog::getSaveFileName(this, tr("Save run spec"), QDir(folder_).filePath(name_),
                                                      tr("Run specs (*.run.json *.json)"));
    if (!file.isEmpty())
        save(file);
}

bool RunSpecDialog::save(const QString& file)
{
    const Status written = writeJsonFile(file.toStdString(), document_);
    setLabelKind(*said_, written ? QStringLiteral("quiet") : QStringLiteral("failed"));
    said_->setText(written ? tr("Written to %1.").arg(file) : QString::fromStdString(describe(written.error())));
    if (written)
        showCommand(file);
    return written.has_value();
}

} // namespace hilo
