// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_progress_panel.h"

#include "label_kind.h"
#include "page.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

namespace hilo {

StudyProgressPanel::StudyProgressPanel(QWidget* parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("card"));
    setAccessibleName(tr("Progress of the study"));
    label_ = new QLabel(this);
    label_->setWordWrap(true);
    bar_ = new QProgressBar(this);
    bar_->setTextVisible(false);
    bar_->setAccessibleName(tr("Runs that have finished"));
    bar_->setMaximumHeight(fontMetrics().height());
    stop_ = makeButton(tr("Stop"), tr("Stop the running runs with a checkpoint and take the others out of the queue"),
                       this);
    continue_ =
        makeButton(tr("Continue"), tr("Queue what is not finished; runs go on from their newest checkpoint"), this);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(12);
    layout->addWidget(label_, 3);
    layout->addWidget(bar_, 2);
    layout->addWidget(stop_);
    layout->addWidget(continue_);
    connect(stop_, &QPushButton::clicked, this, &StudyProgressPanel::stopWanted);
    connect(continue_, &QPushButton::clicked, this, &StudyProgressPanel::continueWanted);
}

void StudyProgressPanel::setProgress(const StudyRunsProgress& progress)
{
    progress_ = progress;
    label_->setText(progress.sentence());
    setLabelKind(*label_, progress.failed > 0 ? QStringLiteral("warning") : QString());
    bar_->setRange(0, std::max(1, progress.planned));
    bar_->setValue(progress.finished);
    bar_->setAccessibleDescription(label_->text());
    bar_->setVisible(!progress.isDone());
    stop_->setVisible(progress.isActive());
    continue_->setVisible(progress.canContinue());
}

} // namespace hilo
