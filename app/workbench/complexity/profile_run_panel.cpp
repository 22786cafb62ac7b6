// SPDX-License-Identifier: GPL-3.0-or-later
#include "complexity/profile_run_panel.h"

#include "common/numbers.h"
#include "complexity/profile_dialog.h"
#include "page.h"
#include "project_session.h"

#include <QDir>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>

namespace hilo {

ProfileRunPanel::ProfileRunPanel(ProjectSession& session, QWidget* parent)
    : QFrame(parent), session_(session), runner_(new ProgramRunner(this))
{
    setObjectName(QStringLiteral("card"));
    setAccessibleName(tr("Running profile"));
    label_ = new QLabel(this);
    label_->setWordWrap(true);
    label_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    bar_ = new QProgressBar(this);
    bar_->setTextVisible(false);
    bar_->setAccessibleName(tr("Progress of the profile"));
    bar_->setMaximumHeight(fontMetrics().height());
    cancel_ = makeButton(tr("Cancel"), tr("End the measurement; nothing is written"), this);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(12);
    layout->addWidget(label_, 2);
    layout->addWidget(bar_, 1);
    layout->addWidget(cancel_);
    connect(cancel_, &QPushButton::clicked, this, [this] {
        if (!runner_->isRunning()) {
            hide();
            return;
        }
        label_->setText(tr("Cancelling …"));
        cancel_->setEnabled(false);
        runner_->interrupt();
    });
    hide();
}

void ProfileRunPanel::askAndStart()
{
    if (runner_->isRunning()) {
        Q_EMIT said(tr("A profile is being measured already."));
        return;
    }
    if (!session_.model()) {
        Q_EMIT said(tr("Open a model first (page Start, Ctrl+1)."));
        return;
    }
    auto* dialog = new ProfileDialog(session_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { start(dialog->arguments(), dialog->file()); });
    dialog->open();
}

void ProfileRunPanel::start(const QStringList& arguments, const QString& file)
{
    file_ = file;
    // A project that was copied or came from version control may lack the folder while it is empty.
    QDir().mkpath(QFileInfo(file).path());
    label_->setObjectName(QString());
    label_->setStyleSheet(label_->styleSheet());
    label_->setText(tr("Starting …"));
    bar_->setRange(0, 0);
    bar_->show();
    cancel_->setText(tr("Cancel"));
    cancel_->setEnabled(true);
    show();
    runner_->ask(
        QStringList{QStringLiteral("profile")} + arguments, [this](const Result<Json>& answer) { finish(answer); },
        [this](const ProgramProgress& progress) { showProgress(progress); });
}

void ProfileRunPanel::cancel()
{
    runner_->cancel();
    hide();
}

void ProfileRunPanel::showProgress(const ProgramProgress& progress)
{
    if (!cancel_->isEnabled())
        return;
    QString text = progress.what;
    if (progress.total > 0) {
        bar_->setRange(0, 1000);
        bar_->setValue(static_cast<int>(progress.done * 1000 / progress.total));
        text += tr(", %1 of %2").arg(groupedNumber(progress.done), groupedNumber(progress.total));
    } else {
        bar_->setRange(0, 0);
    }
    if (progress.left)
        text += tr(", %1 left").arg(durationText(*progress.left));
    if (!progress.detail.isEmpty())
        text += QStringLiteral(" (") + progress.detail + QLatin1Char(')');
    label_->setText(text);
    bar_->setAccessibleDescription(text);
}

void ProfileRunPanel::finish(const Result<Json>& answer)
{
    if (answer) {
        hide();
        Q_EMIT finished(file_);
        return;
    }
    if (answer.error().code == ErrorCode::Cancelled) {
        hide();
        Q_EMIT said(tr("The measurement was cancelled; nothing was written."));
        return;
    }
    label_->setObjectName(QStringLiteral("failed"));
    label_->setStyleSheet(label_->styleSheet());
    label_->setText(QString::fromStdString(describe(answer.error())));
    bar_->hide();
    cancel_->setText(tr("Close"));
    cancel_->setEnabled(true);
}

} // namespace hilo
