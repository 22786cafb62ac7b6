// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_inspector.h"

#include "common/fact_label.h"
#include "common/letter_width.h"
#include "common/metric_text.h"
#include "common/numbers.h"
#include "page.h"
#include "runs/checkpoint_model.h"
#include "runs/log_view.h"
#include "runs/run_details.h"
#include "runs/run_notes_editor.h"
#include "runs/run_service.h"
#include "runs/run_settings_view.h"
#include "runs/run_texts.h"

#include <QDateTime>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>

#include <algorithm>
#include <cmath>

namespace hilo {

RunInspector::RunInspector(QWidget* parent) : QWidget(parent), checkpoints_(new CheckpointModel(this))
{
    setObjectName(QStringLiteral("inspector"));
    title_ = makeHeading({}, this);
    title_->setWordWrap(true);
    facts_ = new FactLabel(this);
    facts_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    facts_->setWordWrap(true);
    facts_->setAccessibleName(tr("Facts of the run"));

    table_ = new QTableView(this);
    table_->setModel(checkpoints_);
    table_->setFrameShape(QFrame::NoFrame);
    table_->setShowGrid(false);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setTabKeyNavigation(false);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->horizontalHeader()->setMinimumSectionSize(letterWidth(fontMetrics()) * 6);
    for (const auto& [column, letters] :
         {std::pair{CheckpointModel::Step, 9}, {CheckpointModel::Loss, 8}, {CheckpointModel::Size, 11}})
        table_->setColumnWidth(column, letterWidth(fontMetrics()) * letters);
    table_->setAccessibleName(tr("Checkpoints"));
    table_->setMinimumHeight(fontMetrics().height() * 6);
    table_->setMaximumHeight(fontMetrics().height() * 11);
    noCheckpoints_ =
        makeQuietLabel(tr("No checkpoint yet. One is written every few minutes, when a run is stopped, and "
                          "with “Checkpoint now”."),
                       this);
    resume_ = makeButton(tr("Resume from here…"), {}, this);
    pin_ = makeButton(tr("Keep"), {}, this);
    notes_ = new RunNotesEditor(this);
    checkpointHeading_ = makeHeading(tr("Checkpoints"), this);
    tabs_ = new QTabWidget(this);
    tabs_->setDocumentMode(true);
    tabs_->setAccessibleName(tr("Log or settings"));
    log_ = new LogView(this);
    settings_ = new RunSettingsView(this);
    tabs_->addTab(log_, tr("Log"));
    tabs_->addTab(settings_, tr("Settings"));
    tabs_->setTabToolTip(0, tr("The end of what the run's process has said"));
    tabs_->setTabToolTip(1, tr("Every setting of the run, and what it was made with"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(resume_);
    buttons->addWidget(pin_);
    buttons->addStretch();

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(title_);
    layout->addWidget(notes_);
    layout->addWidget(facts_);
    layout->addSpacing(4);
    layout->addWidget(checkpointHeading_);
    layout->addWidget(noCheckpoints_);
    layout->addWidget(table_);
    layout->addLayout(buttons);
    layout->addSpacing(4);
    layout->addWidget(tabs_, 1);

    connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] { updateButtons(); });
    connect(checkpoints_, &QAbstractItemModel::modelReset, this, [this] { updateButtons(); });
    connect(resume_, &QPushButton::clicked, this, [this] { Q_EMIT resumeRequested(chosenStep()); });
    connect(pin_, &QPushButton::clicked, this, [this] {
        if (const Checkpoint* checkpoint = checkpoints_->at(table_->currentIndex().row()))
            Q_EMIT pinRequested(checkpoint->step, !checkpoint->pinned);
    });
    updateButtons();
}

qint64 RunInspector::chosenStep() const
{
    const QModelIndexList rows = table_->selectionModel()->selectedRows();
    const Checkpoint* checkpoint = rows.isEmpty() ? nullptr : checkpoints_->at(rows.first().row());
    return checkpoint ? checkpoint->step : -1;
}

void RunInspector::updateButtons()
{
    const bool any = checkpoints_->rowCount() > 0;
    noCheckpoints_->setVisible(!any && mayComeCheckpoints_);
    checkpointHeading_->setVisible(any || mayComeCheckpoints_);
    for (QWidget* widget : std::initializer_list<QWidget*>{table_, resume_, pin_})
        widget->setVisible(any);
    const QModelIndexList rows = table_->selectionModel()->selectedRows();
    const Checkpoint* checkpoint = rows.isEmpty() ? nullptr : checkpoints_->at(rows.first().row());
    const bool possible = mayResume_ && checkpoint && checkpoint->valid;
    resume_->setEnabled(possible);
    const QString reason =
        !mayResume_          ? whyNot_
        : !checkpoint        ? tr("Choose a checkpoint in the table first")
        : !checkpoint->valid ? tr("This checkpoint cannot be used: %1").arg(QString::fromStdString(checkpoint->problem))
                             : tr("Go on from this checkpoint; later ones are removed");
    resume_->setToolTip(reason);
    resume_->setAccessibleDescription(reason);
    pin_->setEnabled(checkpoint != nullptr);
    pin_->setText(checkpoint && checkpoint->pinned ? tr("Do not keep") : tr("Keep"));
    pin_->setToolTip(tr("A kept checkpoint is never removed to make room"));
}

void RunInspector::setRun(const RunSummary* run, std::optional<double> secondsLeft, const RunService& service,
                          int others)
{
    const bool has = run != nullptr;
    for (QWidget* widget : std::initializer_list<QWidget*>{table_, resume_, pin_, log_})
        widget->setEnabled(has);
    if (!has) {
        title_->setText(tr("No run is chosen"));
        facts_->setText(tr("Choose one in the list to see how it does."));
        checkpoints_->setCheckpoints({}, {});
        log_->setLog({});
        notes_->hide();
        mayComeCheckpoints_ = false;
        updateButtons();
        return;
    }
    notes_->show();
    notes_->setRun(*run);
    notes_->setEnabled(run->state != "archived" && run->state != "missing");
    mayComeCheckpoints_ = isActive(*run);
    title_->setText(runTitle(*run) + (run->seed ? tr(" · seed %1").arg(*run->seed) : QString()) +
                    (others > 0 ? tr(" and %n more", nullptr, others) : QString()));
    QList<std::pair<QString, QString>> facts;
    QString state = stateText(*run);
    if (isActive(*run) && service.processId() > 0)
        state += tr(", process %1").arg(service.processId());
    facts << std::pair{tr("State"), state};
    if (run->lastStep && run->totalSteps)
        facts << std::pair{tr("Step"),
                           tr("%1 of %2").arg(groupedNumber(*run->lastStep), groupedNumber(*run->totalSteps))};
    if (run->seconds)
        facts << std::pair{tr("Trained for"), durationText(*run->seconds)};
    else if (run->startedAt && run->lastEventAt)
        // The clock of the machine may have been put back meanwhile.
        facts << std::pair{
            tr("Since start"),
            durationText(std::max<double>(
                0, static_cast<double>((isActive(*run) ? QDateTime::currentMSecsSinceEpoch() : *run->lastEventAt) -
                                       *run->startedAt) /
                       1000))};
    if (secondsLeft)
        facts << std::pair{tr("Left"), durationText(*secondsLeft)};
    if (run->accuracy)
        facts << std::pair{tr("Accuracy"), run->intervalLow && run->intervalHigh
                                               ? accuracyText(*run->accuracy, *run->intervalLow, *run->intervalHigh)
                                               : percentage(*run->accuracy)};
    if (run->loss)
        facts << std::pair{tr("Loss"), MetricText("loss").withUnit(*run->loss)};
    if (run->trainableParameters)
        facts << std::pair{tr("Trainable"), groupedNumber(*run->trainableParameters)};
    if (run->activeParameters)
        facts << std::pair{tr("Active per token"), groupedNumber(*run->activeParameters)};
    const auto history = service.history();
    if (history) {
        if (const double rate = history->last("lr"); !std::isnan(rate))
            facts << std::pair{tr("Learning rate"), QLocale().toString(rate, 'g', 3)};
        if (const double mfu = history->last("mfu"); !std::isnan(mfu))
            facts << std::pair{tr("MFU (4N)"), percentage(mfu)};
    }
    if (run->peakMemoryBytes)
        facts << std::pair{tr("Peak memory"), byteSize(static_cast<std::uint64_t>(*run->peakMemoryBytes))};
    else if (history && !std::isnan(history->last("memory_bytes")))
        facts << std::pair{tr("Memory"),
                           byteSize(static_cast<std::uint64_t>(std::clamp(history->last("memory_bytes"), 0.0, 9e18)))};
    const QString text = factTable(facts);
    if (facts_->text() != text)
        facts_->setText(text);

    mayResume_ = !isActive(*run) && run->state != "finished" && run->state != "archived" && run->state != "missing";
    whyNot_ = isActive(*run) ? tr("The run has a process; stop it first")
                             : tr("The run is %1; duplicate it to train again").arg(stateText(*run));
    static const RunHistory nothing;
    checkpoints_->setCheckpoints(service.checkpoints(), history ? *history : nothing);
    updateButtons();
    log_->setLog(service.log());
}

void RunInspector::setDetails(const RunDetails* details)
{
    settings_->setSettings(details ? details->settings : std::vector<Setting>(),
                           details ? details->provenance : std::nullopt);
}

} // namespace hilo
