// SPDX-License-Identifier: GPL-3.0-or-later
#include "program_panel.h"

#include "common/numbers.h"
#include "label_kind.h"
#include "page.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>

namespace hilo {

ProgramPanel::ProgramPanel(const Words& words, int patience, QWidget* parent)
    : QFrame(parent), runner_(new ProgramRunner(this)), patience_(patience)
{
    setObjectName(QStringLiteral("card"));
    setAccessibleName(words.name);
    label_ = new QLabel(this);
    label_->setWordWrap(true);
    label_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    bar_ = new QProgressBar(this);
    bar_->setTextVisible(false);
    bar_->setAccessibleName(words.barName);
    bar_->setMaximumHeight(fontMetrics().height());
    cancel_ = makeButton(tr("Cancel"), words.cancelTip, this);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(12);
    layout->addWidget(label_, 2);
    layout->addWidget(bar_, 1);
    layout->addWidget(cancel_);
    connect(cancel_, &QPushButton::clicked, this, &ProgramPanel::interrupt);
    hide();
}

void ProgramPanel::run(const QStringList& words, const QString& file)
{
    file_ = file;
    // A project that was copied or came from version control may lack the folder while it is empty.
    if (!file.isEmpty())
        QDir().mkpath(QFileInfo(file).path());
    setLabelKind(*label_, QString());
    label_->setText(tr("Starting …"));
    label_->setToolTip(ProgramRunner::commandLine(words));
    bar_->setRange(0, 0);
    bar_->show();
    cancel_->setText(tr("Cancel"));
    cancel_->setEnabled(true);
    show();
    runner_->ask(
        words, [this](const Result<Json>& answer) { finish(answer); },
        [this](const ProgramProgress& progress) { showProgress(progress); });
}

void ProgramPanel::cancel()
{
    runner_->cancel();
    hide();
}

void ProgramPanel::interrupt()
{
    if (!runner_->isRunning()) {
        hide();
        return;
    }
    label_->setText(tr("Cancelling …"));
    cancel_->setEnabled(false);
    runner_->interrupt(patience_);
}

void ProgramPanel::showProgress(const ProgramProgress& progress)
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

void ProgramPanel::finish(const Result<Json>& answer)
{
    if (answer) {
        hide();
        Q_EMIT ended();
        Q_EMIT answered(*answer);
        Q_EMIT finished(file_);
        return;
    }
    if (answer.error().code == ErrorCode::Cancelled) {
        hide();
        Q_EMIT ended();
        Q_EMIT cancelled();
        return;
    }
    setLabelKind(*label_, QStringLiteral("failed"));
    label_->setText(QString::fromStdString(describe(answer.error())));
    bar_->hide();
    cancel_->setText(tr("Close"));
    cancel_->setEnabled(true);
    Q_EMIT ended();
}

} // namespace hilo
