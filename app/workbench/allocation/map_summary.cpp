// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/map_summary.h"

#include "allocation/budget.h"
#include "allocation/training_estimator.h"
#include "common/flow_layout.h"
#include "common/letter_width.h"
#include "common/numbers.h"
#include "common/release_later.h"
#include "compare/similar_runs.h"
#include "label_kind.h"
#include "page.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace hilo {

MapSummary::MapSummary(const TrainingEstimator& estimator, QWidget* parent) : QFrame(parent), estimator_(estimator)
{
    setObjectName(QStringLiteral("card"));
    auto* flow = new FlowLayout(24, this);
    flow->setContentsMargins(12, 8, 12, 8);
    flow->addWidget(makeBudget());
    active_ = addFigure(
        flow, tr("Active per token"),
        tr("Adapter parameters that one token uses: the top-k largest experts of each module, and the routers"));
    memory_ = addFigure(flow, tr("Memory"), {});
    time_ = addFigure(flow, tr("Time"), {});
    similar_ = addFigure(flow, tr("Best of this size"), {});
    auto* buttons = new QWidget(this);
    auto* line = new QHBoxLayout(buttons);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    auto* save = makeButton(tr("Save map"), tr("Write this map into the project (Ctrl+S)"), buttons);
    auto* queue = makeButton(tr("Queue run…"), tr("Train this map: choose steps, seeds and data"), buttons, true);
    line->addWidget(save);
    line->addWidget(queue);
    flow->addWidget(buttons);
    connect(save, &QPushButton::clicked, this, &MapSummary::saveWanted);
    connect(queue, &QPushButton::clicked, this, &MapSummary::runWanted);
    connect(&estimator_, &TrainingEstimator::changed, this, &MapSummary::recalculate);
}

QLabel* MapSummary::addFigure(QLayout* layout, const QString& caption, const QString& toolTip)
{
    auto* block = new QWidget(this);
    auto* column = new QVBoxLayout(block);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* name = makeQuietLabel(caption, block);
    name->setWordWrap(false);
    auto* value = makeHeading({}, block);
    value->setAccessibleName(caption);
    column->addWidget(name);
    column->addWidget(value);
    block->setToolTip(toolTip);
    layout->addWidget(block);
    return value;
}

QWidget* MapSummary::makeBudget()
{
    auto* block = new QWidget(this);
    block->setFixedWidth(letterWidth(fontMetrics()) * 62);
    block->setToolTip(tr("Parameters that training changes: A and B of all experts, and the routers"));
    trainable_ = makeHeading({}, block);
    trainable_->setAccessibleName(tr("Trainable parameters"));
    left_ = makeQuietLabel({}, block);
    left_->setWordWrap(false);
    budget_ = new QLineEdit(block);
    budget_->setObjectName(QStringLiteral("budget"));
    budget_->setPlaceholderText(tr("budget, e.g. 1.5M"));
    budget_->setFixedWidth(letterWidth(fontMetrics()) * 24);
    budget_->setClearButtonEnabled(true);
    budget_->setAccessibleName(tr("Budget of trainable parameters"));
    budget_->setToolTip(tr("At most this many trainable parameters: 1500000, 1.5M or 80k; strategies keep to it"));
    bar_ = new QProgressBar(block);
    bar_->setTextVisible(false);
    bar_->setRange(0, 1000);
    bar_->setFixedHeight(6);
    bar_->setAccessibleName(tr("Share of the budget"));
    auto* first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(trainable_);
    first->addWidget(left_, 1);
    first->addWidget(budget_);
    auto* column = new QVBoxLayout(block);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(first);
    column->addWidget(bar_);
    connect(budget_, &QLineEdit::textChanged, this, [this](const QString& text) {
        Q_EMIT budgetChanged(text.trimmed());
        recalculate();
    });
    return block;
}

void MapSummary::setDocument(AllocationDocument* document)
{
    if (document_)
        document_->disconnect(this);
    document_ = document;
    if (document_)
        connect(document_, &AllocationDocument::parametersChanged, this, &MapSummary::recalculate);
    recalculate();
}

void MapSummary::setRuns(const RunList& runs)
{
    releaseLater(std::exchange(runs_, runs));
    if (document_)
        showSimilar(document_->parameters().trainable());
}

void MapSummary::setCompared(const MetricText& metric, std::shared_ptr<const FinalValues> values)
{
    metric_ = metric;
    values_ = std::move(values);
    if (document_)
        showSimilar(document_->parameters().trainable());
}

void MapSummary::setBudget(const QString& budget)
{
    budget_->setText(budget);
}

QString MapSummary::budget() const
{
    return budget_->text().trimmed();
}

void MapSummary::recalculate()
{
    if (!document_)
        return;
    const ParameterCount& count = document_->parameters();
    trainable_->setText(tr("Trainable %1").arg(groupedNumber(count.trainable())));
    showBudget(count.trainable());
    active_->setText(groupedNumber(count.active));
    const MemoryEstimate memory = estimator_.memory(document_->map());
    const auto size = [](std::int64_t bytes) { return byteSize(static_cast<std::uint64_t>(bytes)); };
    memory_->setText(size(memory.total));
    memory_->parentWidget()->setToolTip(
        tr("Estimated peak of training: weights %1, adapters, gradients and optimiser %2, activations %3, "
           "working space %4, program %5.\n%6")
            .arg(size(memory.weights), size(memory.adapters + memory.gradients + memory.optimiser),
                 size(memory.activations), size(memory.working() - memory.activations), size(memory.process),
                 estimator_.about()));
    const TimeEstimate time = estimator_.time(document_->map());
    time_->setText(time.seconds > 0 ? tr("≈ %1").arg(durationText(time.seconds)) : QStringLiteral("–"));
    time_->parentWidget()->setToolTip(
        time.seconds > 0 ? tr("Estimated time of training at %1 tokens/s.\n%2")
                               .arg(shortNumber(time.tokensPerSecond), estimator_.about())
                         : tr("Known once this project has settings for a run and their rows were measured.\n%1")
                               .arg(estimator_.about()));
    showSimilar(count.trainable());
}

void MapSummary::showBudget(std::int64_t trainable)
{
    const QString text = budget();
    const auto budget = text.isEmpty() ? Result<std::int64_t>(0) : parseBudget(text.toStdString(), document_->model());
    const bool over = budget && *budget > 0 && trainable > *budget;
    setLabelKind(*left_, !budget || over ? QStringLiteral("failed") : QStringLiteral("quiet"));
    if (!budget)
        left_->setText(tr("not a number"));
    else if (*budget <= 0)
        left_->setText(tr("no budget"));
    else
        left_->setText(over ? tr("over by %1").arg(groupedNumber(trainable - *budget))
                            : tr("%1 left").arg(groupedNumber(*budget - trainable)));
    const double share = budget && *budget > 0 ? static_cast<double>(trainable) / static_cast<double>(*budget) : 0;
    bar_->setValue(static_cast<int>(std::lround(std::min(1.0, share) * 1000)));
    bar_->setToolTip(share > 0 ? tr("%1 of the budget").arg(percentage(share)) : tr("No budget is set."));
}

void MapSummary::showSimilar(std::int64_t trainable)
{
    const std::vector<SimilarRun> runs =
        similarRuns(*runs_, trainable, 3, MetricChoice{metric_.metric(), metric_.task()}, values_.get());
    auto* caption = qobject_cast<QLabel*>(similar_->parentWidget()->layout()->itemAt(0)->widget());
    if (runs.empty()) {
        caption->setText(tr("Best of this size"));
        similar_->setText(QStringLiteral("–"));
        similar_->parentWidget()->setToolTip(tr("No finished run of this project has two thirds to half as many again "
                                                "of this map's trainable parameters."));
        return;
    }
    const auto valueOf = [this](const SimilarRun& run) {
        if (values_) {
            const QString text = metric_.withInterval(run.value, run.low, run.high);
            return metric_.unit().isEmpty() ? text : text + QLatin1Char(' ') + metric_.unit();
        }
        return run.low && run.high ? accuracyText(run.value, *run.low, *run.high) : percentage(run.value);
    };
    const auto made = [](const SimilarRun& run) {
        const QString seeds = tr("%n seed(s)", nullptr, static_cast<int>(run.seeds));
        return run.run.totalSteps ? tr("%1 steps, %2").arg(groupedNumber(*run.run.totalSteps), seeds) : seeds;
    };
    caption->setText(tr("Best of this size: %1").arg(made(runs.front())));
    similar_->setText(valueOf(runs.front()));
    QString toolTip = tr("%1 of the best finished runs of about as many trainable parameters:").arg(metric_.title());
    for (const SimilarRun& run : runs)
        toolTip += QLatin1Char('\n') + tr("%1: %2, %3 trainable; %4")
                                           .arg(QString::fromStdString(run.run.id), valueOf(run),
                                                groupedNumber(*run.run.trainableParameters), made(run));
    similar_->parentWidget()->setToolTip(toolTip);
}

} // namespace hilo
