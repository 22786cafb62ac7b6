// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/study_page.h"

#include "background.h"
#include "label_kind.h"
#include "page_wishes.h"
#include "program_runner.h"
#include "project_session.h"
#include "queue/run_control.h"
#include "runs/run_changes.h"
#include "runs/run_service.h"
#include "study/new_study_dialog.h"
#include "study/report_file.h"
#include "study/study_charts.h"
#include "study/study_help.h"
#include "study/study_inspector.h"
#include "study/study_matrix.h"
#include "study/study_model.h"
#include "study/study_progress_panel.h"
#include "study/study_words.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace hilo {
namespace {

constexpr int waitForMoreRuns = 400; ///< milliseconds; runs often change several at a time

} // namespace

StudyPage::StudyPage(const PageContext& context, QWidget* parent)
    : Page(QStringLiteral("study"), tr("Study"), studyHelp(), parent), session_(context.session), runs_(context.runs),
      wishes_(context.wishes), model_(new StudyModel(this)), timer_(new QTimer(this)),
      starter_(new ProgramRunner(this)), pageWriter_(new ProgramRunner(this))
{
    makeActions();
    progressPanel_ = new StudyProgressPanel(this);
    charts_ = new StudyCharts(this);
    auto* chartCard = makeCard(this);
    cardLayout(chartCard)->addWidget(charts_);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName(QStringLiteral("studySplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(8);
    splitter->addWidget(makeMatrixCard());
    splitter->addWidget(chartCard);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    auto* content = new QWidget(this);
    auto* contentLayout = new QVBoxLayout(content);
    contentLayout->setContentsMargins(0, 0, 0, 0);
    contentLayout->setSpacing(8);
    contentLayout->addWidget(progressPanel_);
    contentLayout->addWidget(splitter, 1);
    auto* empty = new QWidget(this);
    auto* emptyLayout = new QVBoxLayout(empty);
    message_ = makeQuietLabel({}, empty);
    message_->setAlignment(Qt::AlignCenter);
    message_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    firstStudy_ = makeButton(tr("Plan a study…"), newStudy_->toolTip(), empty);
    connect(firstStudy_, &QPushButton::clicked, newStudy_, &QAction::trigger);
    emptyLayout->addStretch();
    emptyLayout->addWidget(message_);
    emptyLayout->addWidget(firstStudy_, 0, Qt::AlignHCenter);
    emptyLayout->addStretch();
    states_ = new QStackedWidget(this);
    states_->addWidget(empty);
    states_->addWidget(content);
    problem_ = new QLabel(this);
    problem_->setObjectName(QStringLiteral("failed"));
    problem_->setWordWrap(true);
    problem_->setTextFormat(Qt::PlainText);
    problem_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    problem_->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addLayout(makeTitle());
    layout->addWidget(problem_);
    layout->addWidget(states_, 1);
    inspector_ = new StudyInspector(this);
    setInspector(inspector_);
    timer_->setSingleShot(true);
    timer_->setInterval(waitForMoreRuns);
    connectAll();
    projectChanged();
}

QLayout* StudyPage::makeTitle()
{
    QHBoxLayout* line = makeTitleLine(title(), about_, this);
    studies_ = new QComboBox(this);
    studies_->setAccessibleName(tr("Study"));
    studies_->setToolTip(tr("Which of the project's studies is shown"));
    studies_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    studies_->setMinimumContentsLength(12);
    report_ = makeMenuButton(tr("Report…"), tr("The table and what follows, for papers and colleagues"), this);
    for (const auto& [text, ending] : reportKinds())
        report_->menu()->addAction(text, this, [this, ending = ending] { exportReport(ending); });
    report_->menu()->addSeparator();
    report_->menu()->addAction(tr("Shown chart (SVG, PDF, PNG)…"), this, [this] { exportReport({}); });
    auto* add = makeButton(tr("New study…"), newStudy_->toolTip(), this, true);
    connect(add, &QPushButton::clicked, newStudy_, &QAction::trigger);
    connect(newStudy_, &QAction::enabledChanged, add, &QPushButton::setEnabled);
    for (QWidget* widget : std::initializer_list<QWidget*>{studies_, report_, add})
        line->addWidget(widget);
    connect(studies_, &QComboBox::activated, this, [this] { choose(studies_->currentText()); });
    return line;
}

QWidget* StudyPage::makeMatrixCard()
{
    auto* card = makeCard(this);
    matrix_ = new StudyMatrix(*model_, card);
    scale_ = new StudyScale(card);
    sentence_ = new QLabel(card);
    sentence_->setWordWrap(true);
    sentence_->setTextFormat(Qt::PlainText);
    sentence_->setAccessibleName(tr("What follows"));
    sentence_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    cardLayout(card)->addWidget(matrix_, 1);
    cardLayout(card)->addWidget(scale_, 0, Qt::AlignRight);
    cardLayout(card)->addWidget(sentence_);
    return card;
}

void StudyPage::makeActions()
{
    const auto add = [this](const QString& text, const QString& toolTip, const QKeySequence& keys, auto&& slot) {
        auto* action = new QAction(text, this);
        action->setToolTip(toolTip);
        action->setStatusTip(toolTip);
        if (!keys.isEmpty()) {
            action->setShortcut(keys);
            action->setShortcutContext(Qt::WindowShortcut);
        }
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
        return action;
    };
    newStudy_ =
        add(tr("New study…"), tr("Plan tasks × allocations × budgets × seeds, and see what it takes before it starts"),
            QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T), [this] { openNewStudy(); });
    add(tr("Show the runs of the cell"), tr("On the page Runs, or on Compare where there are several"), {},
        [this] { openCell(matrix_->currentIndex()); });
    add(tr("Copy the selected cells"), tr("As lines of a table, for a spreadsheet"), {},
        [this] { matrix_->copySelection(); });
    add(tr("Read again"), tr("Read the study and its runs from the disk"), QKeySequence(QKeySequence::Refresh),
        [this] { refresh(); });
}

void StudyPage::connectAll()
{
    connect(timer_, &QTimer::timeout, this, &StudyPage::refresh);
    connect(&runs_, &RunService::projectChanged, this, &StudyPage::projectChanged);
    connect(&runs_, &RunService::runsChanged, this, &StudyPage::runsChanged);
    connect(matrix_, &StudyMatrix::cellChosen, this, [this] { showCell(); });
    connect(matrix_, &StudyMatrix::cellOpened, this, &StudyPage::openCell);
    connect(charts_, &StudyCharts::allocationClicked, this, [this](int row) {
        matrix_->setCurrentIndex(model_->index(row, StudyModel::Mean));
        matrix_->setFocus();
    });
    connect(charts_, &StudyCharts::expertsWanted, this, &StudyPage::readExperts);
    connect(progressPanel_, &StudyProgressPanel::stopWanted, this, &StudyPage::stop);
    connect(progressPanel_, &StudyProgressPanel::continueWanted, this, &StudyPage::goOn);
    connect(inspector_, &StudyInspector::runOpened, &wishes_, [this](const QString& id) {
        Q_EMIT wishes_.runShown(id);
        Q_EMIT wishes_.pageWanted(QStringLiteral("runs"));
    });
    connect(inspector_, &StudyInspector::comparisonWanted, &wishes_, [this](const QStringList& ids) {
        Q_EMIT wishes_.comparisonWanted(ids);
        Q_EMIT wishes_.pageWanted(QStringLiteral("compare"));
    });
}

void StudyPage::shown()
{
    if (stale_)
        refresh();
}

void StudyPage::demonstrate()
{
    if (model_->rowCount() > 0)
        matrix_->setCurrentIndex(model_->index(model_->rowCount() - 1, StudyModel::FirstTask));
}

QDialog* StudyPage::demonstrateDialog(int number)
{
    return number == 0 && !runs_.folder().isEmpty() ? openNewStudy() : nullptr;
}

void StudyPage::projectChanged()
{
    ++request_;
    ++expertRequest_;
    starter_->cancel();
    showProblem({});
    answer_ = {};
    ids_.clear();
    wanted_.clear();
    seen_.clear();
    expertsOf_.clear();
    busy_ = false;
    stale_ = true;
    showStudy();
    if (isVisible())
        refresh();
}

QString StudyPage::fingerprint() const
{
    QString text;
    for (const RunSummary& run : runs_.runs())
        if (const QString id = QString::fromStdString(run.id); ids_.contains(id))
            text += id + QLatin1Char(run.state.empty() ? ' ' : run.state.front()) +
                    QString::number(run.endedAt.value_or(0)) + QLatin1Char('\n');
    return text;
}

/// Steps of running runs change the strip alone; the table changes when a run has ended or another one began.
void StudyPage::runsChanged()
{
    if (!isVisible() && stale_)
        return;
    progressPanel_->setProgress(runsProgressOf(runs_.runs(), ids_));
    if (fingerprint() == seen_)
        return;
    stale_ = true;
    if (isVisible())
        timer_->start();
}

void StudyPage::choose(const QString& study)
{
    wanted_ = study;
    refresh();
}

void StudyPage::refresh()
{
    timer_->stop();
    stale_ = false;
    if (runs_.folder().isEmpty()) {
        showStudy();
        return;
    }
    busy_ = true;
    const int request = ++request_;
    if (!answer_.view)
        showStudy();
    if (!answer_.view || (!wanted_.isEmpty() && wanted_ != answer_.name))
        glance(request);
    inBackground(
        this,
        [reader = reader_, folder = runs_.folder().toStdString(), name = wanted_.toStdString()] {
            return reader(folder, name);
        },
        [this, request](Result<StudyAnswer> answer) {
            if (request == request_)
                take(std::move(answer));
        });
}

/// The means at once, until what takes long is there.
void StudyPage::glance(int request)
{
    inBackground(
        this,
        [glance = glance_, folder = runs_.folder().toStdString(), name = wanted_.toStdString()] {
            return glance(folder, name);
        },
        [this, request](Result<StudyAnswer> answer) {
            // Errors are told by the whole answer.
            if (request == request_ && busy_ && answer && answer->view)
                setAnswer(std::move(*answer));
        });
}

void StudyPage::take(Result<StudyAnswer> answer)
{
    busy_ = false;
    if (!answer) {
        // A study that was shown stays, with the sentence above it.
        if (answer_.view)
            showProblem(QString::fromStdString(describe(answer.error())));
        else
            showState(QString::fromStdString(describe(answer.error())), true);
        Q_EMIT refreshed();
        return;
    }
    setAnswer(std::move(*answer));
    Q_EMIT refreshed();
}

void StudyPage::setAnswer(StudyAnswer answer)
{
    showProblem({});
    answer_ = std::move(answer);
    ids_ = QSet<QString>(answer_.runs.begin(), answer_.runs.end());
    seen_ = fingerprint();
    studies_->clear();
    studies_->addItems(answer_.names);
    studies_->setCurrentText(answer_.name);
    wanted_ = answer_.name;
    showStudy();
}

void StudyPage::showStudy()
{
    const QPersistentModelIndex before = matrix_->currentIndex();
    const int row = before.row(), column = before.column();
    model_->setStudy(answer_.view);
    matrix_->fit();
    studies_->setVisible(!answer_.names.isEmpty());
    report_->setEnabled(answer_.view != nullptr && answer_.view->isWhole);
    newStudy_->setEnabled(!runs_.folder().isEmpty());
    charts_->setStudy(answer_.view, answer_.published);
    if (!answer_.view) {
        inspector_->clear();
        about_->clear();
        showState(runs_.folder().isEmpty()
                      ? tr("Studies belong to a project. Open one or make one on the page Start (Ctrl+1).")
                  : busy_ ? tr("Reading the studies …")
                          : tr("This project has no study yet. A study trains every allocation on every task with "
                               "several seeds, and says with intervals which of them differ."),
                  false);
        return;
    }
    const StudyView& view = *answer_.view;
    const auto count = [](const auto& list) { return static_cast<int>(list.size()); };
    about_->setText(QStringList{tr("%n allocation(s)", nullptr, count(view.observations.allocations)),
                                tr("%n task(s)", nullptr, count(view.observations.tasks)),
                                tr("%n seed(s)", nullptr, count(view.observations.seeds)),
                                view.observations.joint ? tr("one run on all tasks") : tr("a run a task")}
                        .join(QStringLiteral(", ")));
    scale_->setEnds(model_->scaleText());
    sentence_->setText(view.isWhole ? studySentence(view)
                                    : tr("Intervals, ranks and what follows are being worked out …"));
    sentence_->setToolTip(studyNotes(view));
    progressPanel_->setProgress(runsProgressOf(runs_.runs(), ids_));
    states_->setCurrentIndex(1);
    if (row >= 0 && row < model_->rowCount() && column < model_->columnCount())
        matrix_->setCurrentIndex(model_->index(row, column));
    showCell();
}

void StudyPage::showState(const QString& message, bool isProblem)
{
    setLabelKind(*message_, isProblem ? QStringLiteral("failed") : QStringLiteral("quiet"));
    message_->setText(message);
    firstStudy_->setVisible(newStudy_->isEnabled() && !busy_);
    states_->setCurrentIndex(0);
}

void StudyPage::showCell()
{
    const QModelIndex index = matrix_->currentIndex();
    if (!index.isValid() || !answer_.view) {
        inspector_->clear();
        return;
    }
    const QString text = index.data(Qt::AccessibleTextRole).toString();
    const QString title = text.section(QLatin1Char('\n'), 0, 0);
    const QString rest = text.section(QLatin1Char('\n'), 1);
    inspector_->setCell(rest.isEmpty() ? answer_.view->label(static_cast<std::size_t>(index.row())) : title,
                        rest.isEmpty() ? text : rest, index.data(StudyRunsRole).toStringList());
    if (charts_->showsExperts())
        readExperts();
}

void StudyPage::openCell(const QModelIndex& index)
{
    const QStringList ids = index.data(StudyRunsRole).toStringList();
    if (ids.isEmpty()) {
        Q_EMIT said(tr("No run of this cell has finished yet."));
        return;
    }
    if (ids.size() == 1) {
        Q_EMIT wishes_.runShown(ids.front());
        Q_EMIT wishes_.pageWanted(QStringLiteral("runs"));
        return;
    }
    Q_EMIT wishes_.comparisonWanted(ids);
    Q_EMIT wishes_.pageWanted(QStringLiteral("compare"));
}

void StudyPage::readExperts()
{
    const QStringList ids = matrix_->currentIndex().data(StudyRunsRole).toStringList();
    const QString run = ids.value(0);
    if (run == expertsOf_)
        return;
    expertsOf_ = run;
    const int request = ++expertRequest_;
    if (run.isEmpty()) {
        charts_->setExperts({}, {});
        return;
    }
    inBackground(
        this, [folder = runs_.runFolder(run).toStdString()] { return readTaskLoads(folder); },
        [this, request, run](const Result<TaskLoadMap>& loads) {
            if (request != expertRequest_)
                return;
            if (!loads)
                Q_EMIT said(QString::fromStdString(describe(loads.error())));
            charts_->setExperts(run, loads.value_or(TaskLoadMap()));
        });
}

void StudyPage::stop()
{
    std::vector<std::string> ids;
    for (const RunSummary& run : runs_.runs())
        if (ids_.contains(QString::fromStdString(run.id)) && isStudyRunActive(run))
            ids.push_back(run.id);
    runs_.change(
        this,
        [ids](RunStore& store) {
            return forEachRun(store, ids, [](RunStore& one, const std::string& id) {
                return controlRun(one, id, ControlWord::Stop);
            });
        },
        [this](const Status& status) {
            Q_EMIT said(status ? tr("The study stops: running runs keep a checkpoint, “Continue” goes on from there.")
                               : QString::fromStdString(describe(status.error())));
        });
}

/// A program of its own trains what the study lacks, and plans what follows from the first runs; it outlives the
/// window.
void StudyPage::startWork(const QString& study)
{
    const QString folder = runs_.folder();
    QDir().mkpath(folder + QStringLiteral("/studies"));
    const Status started = ProgramRunner::startDetached(
        {QStringLiteral("study"), QStringLiteral("run"), folder, QStringLiteral("--name"), study},
        folder + QStringLiteral("/studies/") + study + QStringLiteral(".log"));
    Q_EMIT said(started ? tr("The study “%1” is being trained.").arg(study)
                        : QString::fromStdString(describe(started.error())));
}

void StudyPage::goOn()
{
    startWork(answer_.name);
}

NewStudyDialog* StudyPage::openNewStudy()
{
    if (runs_.folder().isEmpty())
        return nullptr;
    auto* dialog = new NewStudyDialog(session_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { begin(dialog->words(), dialog->name()); });
    dialog->open();
    return dialog;
}

void StudyPage::begin(const QStringList& words, const QString& study)
{
    Q_EMIT said(tr("The study “%1” is being planned …").arg(study));
    starter_->ask(words, [this, study](const Result<Json>& answer) {
        if (!answer) {
            showProblem(QString::fromStdString(describe(answer.error())));
            return;
        }
        startWork(study);
        choose(study);
    });
}

/// Beside what is shown, until the next answer.
void StudyPage::showProblem(const QString& problem)
{
    problem_->setText(problem.isEmpty() ? QString() : QStringLiteral("✗ ") + problem);
    problem_->setVisible(!problem.isEmpty());
}

void StudyPage::exportReport(const QString& ending)
{
    if (!answer_.view)
        return;
    const QString filter =
        ending.isEmpty() ? tr("SVG picture (*.svg);;PDF document (*.pdf);;PNG picture (*.png)") : reportFilter(ending);
    const QString file =
        QFileDialog::getSaveFileName(this, tr("Save report"),
                                     runs_.folder() + QLatin1Char('/') + answer_.name + QLatin1Char('.') +
                                         (ending.isEmpty() ? QStringLiteral("svg") : ending),
                                     filter);
    if (file.isEmpty())
        return;
    const auto tell = [this, file](const Status& status) {
        Q_EMIT said(status ? tr("Written: %1").arg(file) : QString::fromStdString(describe(status.error())));
    };
    if (ending.isEmpty()) {
        tell(charts_->savePicture(file));
        return;
    }
    if (ending == QLatin1String("html")) {
        writePage(file);
        return;
    }
    inBackground(
        this,
        [answer = answer_, folder = runs_.folder(), ending, file] { return writeReport(answer, folder, ending, file); },
        tell);
}

/// By the program itself: maps, learning curves and versions are read from the study's run folders.
void StudyPage::writePage(const QString& file)
{
    Q_EMIT said(tr("The page is being written …"));
    pageWriter_->ask({QStringLiteral("study"), QStringLiteral("show"), runs_.folder(), QStringLiteral("--name"),
                      answer_.name, QStringLiteral("--html"), file},
                     [this, file](const Result<Json>& written) {
                         Q_EMIT said(written ? tr("Written: %1").arg(file)
                                             : QString::fromStdString(describe(written.error())));
                     });
}

} // namespace hilo
