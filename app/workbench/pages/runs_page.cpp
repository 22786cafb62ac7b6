// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/runs_page.h"

#include "background.h"
#include "common/letter_width.h"
#include "page_wishes.h"
#include "pages/run_actions.h"
#include "project_session.h"
#include "queue/run_queue.h"
#include "run/checkpoints.h"
#include "runs/expert_load_view.h"
#include "runs/new_run_dialog.h"
#include "runs/run_charts.h"
#include "runs/run_details.h"
#include "runs/run_inspector.h"
#include "runs/run_list_view.h"
#include "runs/run_message.h"
#include "runs/run_notes_editor.h"
#include "runs/run_overlay.h"
#include "runs/run_service.h"
#include "runs/run_state_panel.h"
#include "runs/run_texts.h"

#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QScrollArea>
#include <QSplitter>
#include <QStyle>
#include <QTimer>
#include <QToolButton>
#include <QUndoGroup>
#include <QUndoStack>

#include <set>

namespace hilo {
namespace {

constexpr int drawEvery = 200; ///< milliseconds: 5 Hz

QString runsHelp()
{
    return RunsPage::tr(
               "<h3>Queue and runs</h3><p>The list holds what trains now, then the queue in its order, then everything "
               "else, "
               "newest first. Drag a waiting run, or press Alt+Up and Alt+Down, to change the order. Runs are "
               "processes of "
               "their own: closing this window stops none, and the next start finds them again.</p>"
               "<p><b>Loss</b> is the mean negative log-likelihood of the trained tokens; the strong line is its "
               "exponentially weighted mean. What was measured on validation rows "
               "stands in the same chart. <b>What else was measured</b> is chosen in the second card; every task has a "
               "colour, "
               "points are validation, diamonds the test; accuracies come with their 95 % interval (Wilson 1927). A "
               "dashed "
               "line "
               "marks the step whose weights the run has taken. <b>Gradient norm</b> "
               "is taken before clipping. <b>MFU (4N)</b> is the share of the device's peak that 4 × parameters × "
               "tokens "
               "need: "
               "the base is frozen, so its weight gradients are not counted.</p>"
               "<p><b>Expert load</b> shows how a layer's tokens are spread over its experts. The middle of the scale "
               "is an "
               "equal share; columns with one bright cell mean that the router uses one expert only, which an "
               "auxiliary loss "
               "evens out (Fedus et al. 2021). With several tasks it can show the tokens of one: which expert serves "
               "which "
               "task.</p>"
               "<p><b>Pause</b> keeps the process and its memory, <b>Stop</b> writes a checkpoint and ends it; "
               "<b>Resume</b> "
               "goes on from the newest valid checkpoint to the same numbers as if nothing had happened. The table on "
               "the "
               "right lists all checkpoints and says why one cannot be used.</p>"
               "<p><b>Next:</b> compare finished runs on the page Compare, try or export their adapters.</p>") +
           RunsPage::tr(
               "<p><b>Several runs</b> chosen in the list are laid over one another. All curves go over steps, tokens, "
               "epochs or time; what the mouse points at in one chart is told in all. They are smoothed by an "
               "exponential mean, a running mean or a running median; the values themselves stay faintly behind. The "
               "button ⋯ of a chart, its right click, or L, F and Ctrl+C make an axis logarithmic, show the chart "
               "alone, copy it, or save it with its numbers.</p>"
               "<p><b>Name, tags, note and star</b> of a run are kept as notes.json in its folder; everything of it "
               "can be undone with Ctrl+Z. A filter on the page Compare asks for “tags ~ word” and “starred”.</p>");
}

/// The run that runs, or the newest that has: one that waits has nothing to show yet.
int firstRowToShow(const RunListModel& runs)
{
    int row = 0;
    while (row < runs.rowCount() && runs.at(row)->state == "queued")
        ++row;
    return row < runs.rowCount() ? row : 0;
}

/// Never narrower than what it shows: there is no horizontal scroll bar, and charts beside its edge would be cut.
class ChartArea : public QScrollArea
{
  public:
    using QScrollArea::QScrollArea;

    QSize minimumSizeHint() const override
    {
        const QSize usual = QScrollArea::minimumSizeHint();
        const int content = widget() ? widget()->minimumSizeHint().width() : 0;
        return {std::max(usual.width(), content + style()->pixelMetric(QStyle::PM_ScrollBarExtent) + 2),
                usual.height()};
    }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (watched == widget() && event->type() == QEvent::LayoutRequest)
            updateGeometry();
        return QScrollArea::eventFilter(watched, event);
    }
};

} // namespace

RunsPage::RunsPage(const PageContext& context, QWidget* parent)
    : Page(QStringLiteral("runs"), tr("Runs"), runsHelp(), parent), session_(context.session), runs_(context.runs),
      wishes_(context.wishes), model_(new RunListModel(this)),
      actions_(new RunActions(
          context, this, [this] { return selected(); }, [this] { return current(); })),
      timer_(new QTimer(this)), overlay_(new RunOverlay(this)), undoGroup_(context.undoGroup)
{
    charts_ = new RunCharts(this);
    statePanel_ = new RunStatePanel(charts_);
    charts_->setEmptyWidget(statePanel_);
    auto* area = new ChartArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(charts_);
    area->setFocusPolicy(Qt::NoFocus);
    message_ = new RunMessage(this);
    auto* right = new QWidget(this);
    auto* rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins(0, 0, 0, 0);
    rightLayout->setSpacing(8);
    rightLayout->addWidget(message_);
    rightLayout->addWidget(area, 1);
    splitter_ = new QSplitter(Qt::Horizontal, this);
    splitter_->setObjectName(QStringLiteral("runsSplitter"));
    splitter_->setChildrenCollapsible(false);
    splitter_->setHandleWidth(8);
    splitter_->addWidget(makeList());
    splitter_->addWidget(right);
    splitter_->setStretchFactor(0, 0);
    splitter_->setStretchFactor(1, 1);
    splitter_->setSizes({letterWidth(fontMetrics()) * 46, letterWidth(fontMetrics()) * 100});
    auto* empty =
        makeQuietLabel(tr("Runs belong to a project. Open one or make one on the start page (Ctrl+1)."), this);
    empty->setAlignment(Qt::AlignCenter);
    empty_ = empty;
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addLayout(makeTitle());
    layout->addWidget(splitter_, 1);
    layout->addWidget(empty_, 1);
    inspector_ = new RunInspector(this);
    setInspector(inspector_);
    timer_->setInterval(drawEvery);
    connectService();
    connectNotes();
    runsChanged();
}

QLayout* RunsPage::makeTitle()
{
    auto* line = makeTitleLine(tr("Runs"), about_, this);
    const int letter = letterWidth(fontMetrics());
    // The first ones matter most; the others are in the menu too and go when there is no room.
    for (const auto& [name, since] : {std::pair{"pause", 0},
                                      {"resume", 0},
                                      {"stop", 0},
                                      {"checkpoint", 120},
                                      {"duplicate", 120},
                                      {"command", 140}}) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(action(QString::fromLatin1(name)));
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::StrongFocus);
        line->addWidget(button);
        foldable_.emplace_back(button, since * letter);
    }
    auto* more = makeMenuButton(tr("More"), tr("More that can be done with the chosen runs"), this);
    more->setAccessibleName(more->toolTip());
    more_ = more->menu();
    for (const char* name : {"rename", "star", "", "checkpoint", "duplicate", "command", "front", "", "compare",
                             "folder", "", "archive", "restore", "delete", "", "endNow"}) {
        if (*name == 0)
            more_->addSeparator();
        else
            more_->addAction(action(QString::fromLatin1(name)));
    }
    line->addWidget(more);
    return line;
}

QWidget* RunsPage::makeList()
{
    auto* card = makeCard(this);
    cardLayout(card)->setContentsMargins(8, 8, 8, 8);
    view_ = new RunListView(*model_, card);
    view_->setContextMenuPolicy(Qt::CustomContextMenu);
    search_ = new QLineEdit(card);
    search_->setPlaceholderText(tr("Search runs"));
    search_->setClearButtonEnabled(true);
    search_->setAccessibleName(tr("Search runs"));
    search_->setToolTip(tr("Words of the name, the state, the tags or the note; all have to match"));
    group_ = new QComboBox(card);
    group_->addItems({tr("all"), tr("running"), tr("waiting"), tr("finished"), tr("trouble"), tr("starred")});
    group_->setAccessibleName(tr("Which runs are shown"));
    group_->setToolTip(tr("Which runs are shown"));
    auto* filterLine = new QHBoxLayout;
    filterLine->addWidget(search_, 1);
    filterLine->addWidget(group_);
    auto* newButton = new QToolButton(card);
    newButton->setDefaultAction(action(QStringLiteral("newRun")));
    auto* startButton = new QToolButton(card);
    startButton->setDefaultAction(action(QStringLiteral("startQueue")));
    for (QToolButton* button : {newButton, startButton})
        button->setFocusPolicy(Qt::StrongFocus);
    queueSays_ = makeQuietLabel({}, card);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(newButton);
    buttons->addWidget(startButton);
    buttons->addStretch();
    cardLayout(card)->addLayout(filterLine);
    cardLayout(card)->addWidget(view_, 1);
    cardLayout(card)->addWidget(queueSays_);
    cardLayout(card)->addLayout(buttons);
    card->setMinimumWidth(letterWidth(fontMetrics()) * 26);

    const auto filter = [this] {
        model_->setFilter(search_->text(), static_cast<RunGroup>(group_->currentIndex()));
        updateActions();
    };
    connect(search_, &QLineEdit::textChanged, this, filter);
    connect(group_, &QComboBox::currentIndexChanged, this, filter);
    connect(view_, &RunListView::selectionMoved, this, &RunsPage::selectionMoved);
    connect(view_, &RunListView::deleteRequested, this, [this] { action(QStringLiteral("delete"))->trigger(); });
    connect(view_, &QWidget::customContextMenuRequested, this,
            [this](const QPoint& place) { more_->popup(view_->viewport()->mapToGlobal(place)); });
    return card;
}

void RunsPage::connectService()
{
    connect(&runs_, &RunService::projectChanged, this, &RunsPage::runsChanged);
    connect(&runs_, &RunService::runsChanged, this, &RunsPage::runsChanged);
    connect(&runs_, &RunService::newsChanged, this, [this] { stale_ = true; });
    connect(&runs_, &RunService::workerLogChanged, this, &RunsPage::runsChanged);
    connect(&runs_, &RunService::problem, this, &Page::said);
    connect(timer_, &QTimer::timeout, this, [this] {
        if (isVisible() && stale_)
            draw();
    });
    timer_->start();
    connect(model_, &RunListModel::queueMoveRequested, this, [this](const QString& id, const QString& before) {
        const QueuePlace place =
            before.isEmpty() ? QueuePlace{} : QueuePlace{QueuePlace::Kind::Before, before.toStdString()};
        actions_->change([id = id.toStdString(), place](RunStore& store) { return enqueue(store, id, 3, place); },
                         tr("The queue has a new order."));
    });
    connect(inspector_, &RunInspector::resumeRequested, actions_, &RunActions::resumeFrom);
    connect(actions_, &RunActions::said, this, &Page::said);
    connect(actions_, &RunActions::added, this, [this](const QString& id) {
        wanted_ = id;
        runsChanged();
    });
    connect(inspector_, &RunInspector::pinRequested, this, [this](qint64 step, bool pinned) {
        if (const RunSummary* run = current())
            actions_->change(
                [id = run->id, step, pinned](RunStore& store) -> Status {
                    HILO_TRY(const std::filesystem::path folder, store.project().runFolder(id));
                    return pinStep(folder, step, pinned);
                },
                pinned ? tr("The checkpoint of step %1 is kept.").arg(step)
                       : tr("The checkpoint of step %1 may go.").arg(step));
    });
    connect(charts_, &RunCharts::layerClicked, &session_, &ProjectSession::selectLayer);
    connect(&session_, &ProjectSession::layerSelected, charts_, &RunCharts::setSelectedLayer);
    connect(&wishes_, &PageWishes::runWanted, this, [this](const AllocationMap& map) {
        Q_EMIT wishes_.pageWanted(key());
        actions_->openNewRun()->chooseMap(map);
    });
    connect(&wishes_, &PageWishes::runAgainWanted, this, [this](const QString& id) {
        Q_EMIT wishes_.pageWanted(key());
        actions_->runAgain(id);
    });
    connect(&wishes_, &PageWishes::runShown, this, [this](const QString& id) {
        search_->clear();
        group_->setCurrentIndex(0);
        wanted_ = id;
        Q_EMIT wishes_.pageWanted(key());
        runsChanged();
    });
}

void RunsPage::connectNotes()
{
    connect(actions_, &RunActions::nameWanted, this, [this] { inspector_->notes().editName(); });
    const RunNotesEditor* notes = &inspector_->notes();
    connect(notes, &RunNotesEditor::renamed, this, [this](const QString& id, const QString& name) {
        // The name that the settings give is no other name.
        const bool isOwn = details_ && detailsOf_.startsWith(id + QLatin1Char(' ')) &&
                           std::any_of(details_->settings.begin(), details_->settings.end(), [&](const Setting& one) {
                               return one.key == "name" && one.text && QString::fromStdString(*one.text) == name;
                           });
        actions_->changeNotes(tr("Run renamed"), {id.toStdString()},
                              [name = isOwn ? std::string() : name.toStdString()](RunNotes& all) { all.name = name; });
    });
    connect(notes, &RunNotesEditor::tagged, this, [this](const QString& id, const QStringList& tags) {
        actions_->changeNotes(tr("Tags changed"), {id.toStdString()}, [tags](RunNotes& all) {
            all.tags.clear();
            for (const QString& tag : tags)
                all.tags.push_back(tag.toStdString());
        });
    });
    connect(notes, &RunNotesEditor::noted, this, [this](const QString& id, const QString& note) {
        actions_->changeNotes(tr("Note changed"), {id.toStdString()},
                              [note = note.toStdString()](RunNotes& all) { all.note = note; });
    });
    connect(notes, &RunNotesEditor::starred, this, [this](const QString& id, bool on) {
        actions_->changeNotes(on ? tr("Run starred") : tr("Star taken away"), {id.toStdString()},
                              [on](RunNotes& all) { all.starred = on; });
    });
    connect(overlay_, &RunOverlay::changed, this, &RunsPage::drawOverlay);
    connect(statePanel_, &RunStatePanel::startWanted, action(QStringLiteral("startQueue")), &QAction::trigger);
    connect(statePanel_, &RunStatePanel::frontWanted, action(QStringLiteral("front")), &QAction::trigger);
    const auto again = [this] {
        if (const RunSummary* run = current())
            actions_->runAgain(QString::fromStdString(run->id));
    };
    connect(statePanel_, &RunStatePanel::editWanted, this, again);
    connect(message_, &RunMessage::retryWanted, this, again);
}

void RunsPage::drawOverlay()
{
    const RunSummary* run = current();
    charts_->setOverlay(run ? runTitle(*run) + (run->seed ? tr(" · seed %1").arg(*run->seed) : QString()) : QString(),
                        overlay_->curves());
}

void RunsPage::askForDetails(const RunSummary* run)
{
    const QString wanted = run ? QString::fromStdString(run->id) + QLatin1Char(' ') +
                                     QString::fromStdString(run->state) + QLatin1Char(' ') +
                                     QString::number(run->queuePosition.value_or(0)) + QLatin1Char(' ') +
                                     QString::number(model_->waitingCount())
                               : QString();
    if (wanted == detailsOf_)
        return;
    const bool isOther = wanted.section(QLatin1Char(' '), 0, 0) != detailsOf_.section(QLatin1Char(' '), 0, 0);
    detailsOf_ = wanted;
    if (isOther)
        details_.reset();
    if (!run)
        return;
    inBackground(
        this, [project = runs_.folder().toStdString(), id = run->id] { return readRunDetails(project, id); },
        [this, wanted](Result<RunDetails> details) {
            if (wanted != detailsOf_ || !details)
                return;
            details_ = std::make_shared<const RunDetails>(std::move(*details));
            draw();
        });
}

void RunsPage::shown()
{
    undoGroup_.setActiveStack(&actions_->undoStack());
    runsChanged();
}

void RunsPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    runsChanged();
}

void RunsPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    for (const auto& [button, since] : foldable_)
        button->setVisible(width() >= since);
}

void RunsPage::runsChanged()
{
    stale_ = true;
    // Made up for when it is shown.
    if (!isVisible())
        return;
    model_->shareRuns(runs_.list());
    const bool open = !runs_.folder().isEmpty();
    splitter_->setVisible(open);
    empty_->setVisible(!open);
    actions_->forgetStopped();
    std::set<std::string> tags;
    for (const RunSummary& run : runs_.runs())
        if (!run.tags.empty())
            for (std::string& tag : tagsOf(run.tags))
                tags.insert(std::move(tag));
    QStringList known;
    for (const std::string& tag : tags)
        known << QString::fromStdString(tag);
    inspector_->notes().setKnownTags(known);
    if (!wanted_.isEmpty() && model_->rowOf(wanted_) >= 0)
        view_->selectRun(std::exchange(wanted_, {}));
    else if (!view_->currentIndex().isValid() && model_->rowCount() > 0)
        view_->setCurrentIndex(model_->index(firstRowToShow(*model_)));
    draw();
}

void RunsPage::selectionMoved()
{
    const RunSummary* run = current();
    runs_.follow(run ? QString::fromStdString(run->id) : QString());
    stale_ = true;
    if (isVisible())
        draw();
}

const RunSummary* RunsPage::current() const
{
    const QModelIndex index = view_->currentIndex();
    return index.isValid() ? model_->at(index.row()) : nullptr;
}

QAction* RunsPage::action(const QString& name) const
{
    return actions_->action(name);
}

void RunsPage::updateActions()
{
    actions_->update(model_->waitingCount(), model_->activeCount());
}

std::vector<const RunSummary*> RunsPage::selected() const
{
    std::vector<const RunSummary*> runs;
    for (const QModelIndex& index : view_->selectionModel()->selectedRows())
        if (const RunSummary* run = model_->at(index.row()))
            runs.push_back(run);
    return runs;
}

void RunsPage::draw()
{
    stale_ = false;
    const RunSummary* run = current();
    const int others = std::max(0, static_cast<int>(view_->selectionModel()->selectedRows().size()) - 1);
    inspector_->setRun(run, run ? model_->secondsLeft(*run) : std::nullopt, runs_, others);
    askForDetails(run);
    inspector_->setDetails(details_.get());
    statePanel_->setRun(run, details_.get(), model_->activeCount() > 0);
    // Another object means another run, or a log that was rewritten.
    charts_->setHistory(runs_.history());
    std::vector<const RunSummary*> laidOver = selected();
    std::erase(laidOver, run);
    overlay_->setRuns(runs_.folder(), laidOver);
    drawOverlay();
    askForResult(run);
    QString about;
    if (run) {
        about = runTitle(*run) + (run->seed ? tr(" seed %1").arg(*run->seed) : QString()) + QStringLiteral(" · ");
        about += run->lastStep && run->totalSteps && isActive(*run)
                     ? tr("step %1 of %2")
                           .arg(QLocale().toString(static_cast<qlonglong>(*run->lastStep)),
                                QLocale().toString(static_cast<qlonglong>(*run->totalSteps)))
                     : stateText(*run);
    } else if (!runs_.folder().isEmpty()) {
        about = tr("%n run(s)", nullptr, static_cast<int>(model_->total()));
    }
    if (laidOver.size() > RunOverlay::mostRuns)
        about += tr(" · with the curves of %1 further runs").arg(RunOverlay::mostRuns);
    about_->setText(about);
    queueSays_->setText(queueSentence());
    updateMessage();
    updateActions();
}

/// The result is in the index, which knows what of a log is one; asked for once a run has ended.
void RunsPage::askForResult(const RunSummary* run)
{
    const bool has = run && run->state == "finished";
    const QString wanted =
        has ? QString::fromStdString(run->id) + QLatin1Char(' ') + QString::number(run->endedAt.value_or(0))
            : QString();
    if (wanted == resultOf_)
        return;
    resultOf_ = wanted;
    charts_->setResult({});
    if (!has)
        return;
    inBackground(
        this,
        [project = runs_.folder().toStdString(), id = run->id]() -> Result<std::vector<FinalScore>> {
            HILO_TRY(const Project opened, Project::open(project));
            HILO_TRY(RunReader reader, RunReader::open(opened));
            return reader.finalScores(id);
        },
        [this, wanted](const Result<std::vector<FinalScore>>& scores) {
            if (wanted != resultOf_)
                return;
            if (scores)
                charts_->setResult(*scores);
            else
                Q_EMIT said(QString::fromStdString(describe(scores.error())));
        });
}

QString RunsPage::queueSentence() const
{
    const int waiting = model_->waitingCount();
    const int running = model_->activeCount();
    if (waiting == 0)
        return running > 0 ? tr("Nothing waits behind what runs.") : QString();
    if (running > 0)
        return waiting > 1 ? tr("%n wait(s). Drag them to reorder.", nullptr, waiting) : tr("One run waits.");
    const QStringList said = lastLogLines(runs_.workerLog(), 2);
    return tr("%n wait(s) and none runs.", nullptr, waiting) +
           (said.isEmpty() ? QString() : tr(" The queue said last: %1").arg(said.join(QLatin1Char(' '))));
}

QDialog* RunsPage::demonstrateDialog(int number)
{
    return number == 0 ? actions_->openNewRun() : nullptr;
}

void RunsPage::updateMessage()
{
    const RunSummary* run = current();
    std::optional<RunAdvice> advice = run ? adviceFor(*run, runs_.log()) : std::nullopt;
    if (run && isActive(*run))
        if (const auto stopping = actions_->stoppingSince(run->id)) {
            stale_ = true; // the seconds go on
            const qint64 waited = stopping->secsTo(QDateTime::currentDateTime());
            if (waited >= 2) {
                advice.emplace();
                advice->title = tr("Stopping since %n second(s).", nullptr, static_cast<int>(waited));
                advice->whatToDo = tr("It stops at the end of its step and writes a checkpoint. “End it now” (More) "
                                      "ends its process without; it can be resumed from its last checkpoint then.");
                advice->log = lastLogLines(runs_.log(), 4);
            }
        }
    message_->setAdvice(advice);
    message_->offerRetry(run && (run->state == "failed" || run->state == "interrupted") &&
                         charts_->isShown(QStringLiteral("loss")));
}

} // namespace hilo
