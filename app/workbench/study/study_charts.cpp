// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_charts.h"

#include "common/numbers.h"
#include "common/plot_picture.h"
#include "page.h"
#include "study/rank_diagram.h"
#include "study/study_picture.h"
#include "study/task_expert_table.h"

#include <QCheckBox>
#include <QComboBox>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

namespace hilo {
namespace {

enum StudyTab { Values, Ranks, Experts };

QComboBox* makeStudyChoice(const QString& name, const QString& toolTip, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setAccessibleName(name);
    box->setToolTip(toolTip);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return box;
}

QWidget* makeStudyTab(QWidget* parent, QVBoxLayout*& layout)
{
    auto* tab = new QWidget(parent);
    layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(4);
    return tab;
}

/// Where a label reaches the targets of the curves, a line a label.
QStringList reachTexts(const StudyView& study, bool isActive)
{
    QStringList lines;
    const MetricText metric = study.meanText();
    for (const StudyCurve& curve : study.summary.curves)
        for (const StudyReach& reach : isActive ? curve.active : curve.trainable) {
            const QString label = QString::fromStdString(curve.label);
            const QString target = metric.withUnit(reach.target);
            if (reach.where == StudyReach::Where::NotReached) {
                lines << StudyCharts::tr("%1 does not reach %2.").arg(label, target);
            } else if (reach.where == StudyReach::Where::BelowSmallest) {
                lines << StudyCharts::tr("%1 reaches %2 at its smallest budget already.").arg(label, target);
            } else if (reach.parameters) {
                const auto end = [](const std::optional<double>& value, const QString& open) {
                    return value ? shortNumber(*value) : open;
                };
                const QString ends = reach.known ? StudyCharts::tr(" (%1 … %2)")
                                                       .arg(end(reach.low, StudyCharts::tr("fewer")),
                                                            end(reach.high, StudyCharts::tr("more")))
                                                 : QString();
                lines << StudyCharts::tr("%1 reaches %2 at %3%4 parameters.")
                             .arg(label, target, shortNumber(*reach.parameters), ends);
            }
        }
    return lines;
}

} // namespace

StudyCharts::StudyCharts(QWidget* parent) : QWidget(parent)
{
    tabs_ = new QTabWidget(this);
    tabs_->setDocumentMode(true);
    tabs_->setAccessibleName(tr("Charts of the study"));
    tabs_->addTab(makeScatterTab(), tr("Values against parameters"));
    tabs_->addTab(makeRankTab(), tr("Mean ranks"));
    tabs_->addTab(makeExpertTab(), tr("Experts by task"));
    tabs_->setTabToolTip(Ranks, tr("Which allocations are better over all tasks, and which differ clearly"));
    tabs_->setTabToolTip(Experts, tr("Of a joint run: which expert of which layer serves which task"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(tabs_);
    connect(tabs_, &QTabWidget::currentChanged, this, [this](int tab) {
        if (tab == Experts)
            Q_EMIT expertsWanted();
    });
}

QWidget* StudyCharts::makeScatterTab()
{
    QVBoxLayout* layout = nullptr;
    QWidget* tab = makeStudyTab(tabs_, layout);
    value_ = makeStudyChoice(tr("Value"), tr("What is drawn: the mean over the tasks or one task"), tab);
    cost_ = makeStudyChoice(tr("Parameters"), tr("Against which parameters"), tab);
    cost_->addItems({tr("trainable parameters"), tr("active parameters")});
    publishedBox_ = new QCheckBox(tr("Published"), tab);
    publishedBox_->setToolTip(tr("Numbers that others published, hollow, with their source. They are of other base "
                                 "models and cannot be compared number by number"));
    publishedBox_->setChecked(true);
    scatter_ = new ComparisonChart(tab);
    scatter_->setConnected(true);
    note_ = makeQuietLabel({}, tab);
    auto* line = new QHBoxLayout;
    line->addWidget(value_);
    line->addWidget(cost_);
    line->addWidget(publishedBox_);
    line->addStretch();
    layout->addLayout(line);
    layout->addWidget(scatter_, 1);
    scatterEmpty_ = makeQuietLabel(tr("Points appear here as runs of the study finish."), tab);
    scatterEmpty_->setAlignment(Qt::AlignCenter);
    layout->addWidget(scatterEmpty_, 1);
    layout->addWidget(note_);
    for (QComboBox* box : {value_, cost_})
        connect(box, &QComboBox::currentIndexChanged, this, &StudyCharts::draw);
    connect(publishedBox_, &QCheckBox::toggled, this, &StudyCharts::draw);
    connect(scatter_, &ComparisonChart::pointClicked, this, [this](const QString& id) {
        bool isRow = false;
        const int row = id.toInt(&isRow);
        if (isRow)
            Q_EMIT allocationClicked(row);
    });
    return tab;
}

QWidget* StudyCharts::makeRankTab()
{
    QVBoxLayout* layout = nullptr;
    QWidget* tab = makeStudyTab(tabs_, layout);
    auto* area = new QScrollArea(tab);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    ranks_ = new RankDiagram(area);
    area->setWidget(ranks_);
    ranks_->setAutoFillBackground(false);
    rankText_ = makeQuietLabel({}, tab);
    layout->addWidget(area, 1);
    layout->addWidget(rankText_);
    return tab;
}

QWidget* StudyCharts::makeExpertTab()
{
    QVBoxLayout* layout = nullptr;
    QWidget* tab = makeStudyTab(tabs_, layout);
    experts_ = new TaskExpertModel(this);
    expertStates_ = new QStackedWidget(tab);
    expertEmpty_ = makeQuietLabel({}, expertStates_);
    expertEmpty_->setAlignment(Qt::AlignCenter);
    auto* shown = new QWidget(expertStates_);
    auto* inside = new QVBoxLayout(shown);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(4);
    module_ = makeStudyChoice(tr("Module"), tr("Whose experts are shown"), shown);
    expertText_ = makeQuietLabel({}, shown);
    expertTable_ = new TaskExpertTable(*experts_, shown);
    auto* line = new QHBoxLayout;
    line->addWidget(module_);
    line->addWidget(expertText_, 1);
    inside->addLayout(line);
    inside->addWidget(expertTable_, 1);
    auto* legend = makeQuietLabel(tr("Each cell: a layer's experts from 0, side by side, in percent of the task's "
                                     "tokens. Dark: none; bright: twice an equal share."),
                                  shown);
    inside->addWidget(legend);
    expertStates_->addWidget(expertEmpty_);
    expertStates_->addWidget(shown);
    layout->addWidget(expertStates_, 1);
    connect(module_, &QComboBox::currentIndexChanged, this, [this] {
        if (!filling_)
            experts_->setModule(module_->currentData().toString());
        showExperts();
    });
    return tab;
}

bool StudyCharts::showsExperts() const
{
    return tabs_->currentIndex() == Experts;
}

void StudyCharts::showTab(int tab)
{
    tabs_->setCurrentIndex(tab);
}

void StudyCharts::setStudy(const StudyPointer& study, const std::vector<PublishedNumber>& published)
{
    published_ = published;
    const bool isJoint = study && study->observations.joint;
    tabs_->setTabVisible(Experts, isJoint);
    filling_ = true;
    // Points of one size stand above one another: then what a token uses tells them apart. A choice stays.
    if (study && (!study_ || study_->observations.name != study->observations.name))
        cost_->setCurrentIndex(study->differsInActiveOnly() ? 1 : 0);
    study_ = study;
    const QString before = value_->currentText();
    value_->clear();
    if (study) {
        value_->addItem(tr("mean over tasks"));
        for (const StudyTask& task : study->observations.tasks)
            value_->addItem(QString::fromStdString(task.name));
    }
    value_->setCurrentIndex(std::max(0, value_->findText(before)));
    publishedBox_->setVisible(!published.empty());
    filling_ = false;
    ranks_->setStudy(study);
    rankText_->setText(ranks_->isDrawn() ? ranks_->summary() : QString());
    rankText_->setVisible(ranks_->isDrawn());
    draw();
}

QString StudyCharts::note() const
{
    return note_->text();
}

void StudyCharts::draw()
{
    if (filling_)
        return;
    StudyChartChoice choice;
    choice.isActive = cost_->currentIndex() == 1;
    choice.showsPublished = publishedBox_->isChecked();
    if (value_->currentIndex() > 0)
        choice.task = static_cast<std::size_t>(value_->currentIndex() - 1);
    QStringList notes;
    StudyPoints drawn;
    if (study_) {
        drawn = studyPoints(*study_, published_, choice);
        const MetricText metric = choice.task ? MetricText(study_->observations.tasks[*choice.task].metric.metric,
                                                           study_->observations.tasks[*choice.task].name)
                                              : study_->meanText();
        scatter_->setMetric(metric);
        if (!choice.task)
            notes << reachTexts(*study_, choice.isActive);
    }
    publishedBox_->setEnabled(!choice.isActive);
    if (choice.isActive && choice.showsPublished && !published_.empty())
        notes << tr("Published numbers are of trainable parameters: they are drawn against these only.");
    if (drawn.withoutParameters > 0)
        notes << tr("%n published number(s) tell no parameters and cannot be drawn.", nullptr, drawn.withoutParameters);
    scatterEmpty_->setVisible(drawn.points.empty());
    scatter_->setVisible(!drawn.points.empty());
    scatter_->setPoints(std::move(drawn.points), cost_->currentText(), tr("Allocation"), tr("Allocation"));
    // Tasks may have several metrics, so that none names the mean.
    if (study_ && !choice.task) {
        const QString unit = study_->meanText().unit();
        scatter_->setAxisTitles(cost_->currentText(),
                                unit.isEmpty() ? tr("Mean over tasks") : tr("Mean over tasks (%1)").arg(unit));
    }
    note_->setText(notes.join(QLatin1Char(' ')));
    note_->setVisible(!notes.isEmpty());
}

void StudyCharts::setExperts(const QString& run, const TaskLoadMap& loads)
{
    run_ = run;
    experts_->setLoads(loads);
    filling_ = true;
    const QString before = module_->currentData().toString();
    module_->clear();
    module_->addItem(tr("all modules"), QString());
    for (const QString& name : experts_->modules())
        module_->addItem(name, name);
    module_->setCurrentIndex(std::max(0, module_->findData(before)));
    filling_ = false;
    experts_->setModule(module_->currentData().toString());
    showExperts();
}

void StudyCharts::showExperts()
{
    const bool isEmpty = experts_->rowCount() == 0;
    expertStates_->setCurrentIndex(isEmpty ? 0 : 1);
    expertEmpty_->setText(run_.isEmpty()
                              ? tr("Choose a cell of the table above: the experts of its run appear here.")
                              : tr("%1 has logged no loads by task: it has no routed experts, or has not trained far "
                                   "enough.")
                                    .arg(run_));
    expertText_->setText(tr("%1: %2", "a run and what follows").arg(run_, experts_->summary()));
}

Status StudyCharts::savePicture(const QString& file)
{
    switch (tabs_->currentIndex()) {
    case Ranks:
        return saveDrawing(file, QSize(900, ranks_->sizeHint().height() + 24),
                           [this](QPainter& painter, const QRectF& area) { ranks_->draw(painter, area); });
    case Experts:
        return saveWidget(file, *expertTable_);
    default:
        return savePlotPicture(*scatter_, file);
    }
}

} // namespace hilo
