// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/data_page.h"

#include "background.h"
#include "common/handover.h"
#include "common/letter_width.h"
#include "common/numbers.h"
#include "common/theme.h"
#include "data/data_choice_panel.h"
#include "data/data_merge.h"
#include "data/data_reading.h"
#include "data/data_saving.h"
#include "data/data_spec.h"
#include "data/label_bars.h"
#include "data/mixture_panel.h"
#include "data/prompt_view.h"
#include "data/template_choice.h"
#include "data/text_runs.h"
#include "data/token_histogram.h"
#include "help/page_help.h"
#include "label_kind.h"
#include "page_wishes.h"
#include "project_session.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QFileSystemWatcher>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace hilo {
namespace {

constexpr int waitForTyping = 150; ///< milliseconds

QTableView* makeTable(QAbstractItemModel* model, const QString& name, QWidget* parent)
{
    QTableView* table = makePlainTable(model, name, parent);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    return table;
}

/// How many answers somebody called good.
QString judgedText(const SplitReport& split)
{
    const auto good = std::count_if(split.examples.begin(), split.examples.end(),
                                    [](const Example& example) { return example.isGood.value_or(false); });
    const auto all = static_cast<qint64>(split.examples.size());
    return DataPage::tr("%1 of %2 answers were judged to be good, %3 to be bad.")
        .arg(groupedNumber(good), groupedNumber(all), groupedNumber(all - good));
}

} // namespace

DataPage::DataPage(const PageContext& context, QWidget* parent)
    : Page(QStringLiteral("data"), tr("Data"), dataHelp(), parent), session_(context.session)
{
    connect(&context.wishes, &PageWishes::dataWanted, this,
            [this](const QString& path) { addTask(DataChoicePanel::usualData(path)); });
    examples_ = new ExampleModel(this);
    rejected_ = new RejectedModel(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    QHBoxLayout* title = makeTitleLine(this->title(), about_, this);
    save_ = makeButton(tr("Use for new runs"), tr("Keep source, template, columns, length and split in the project"),
                       this, true);
    saving_ = new DataSaving(session_, this);
    connect(save_, &QPushButton::clicked, this, [this] { saving_->save(all_); });
    connect(saving_, &DataSaving::said, this, &Page::said);
    connect(saving_, &DataSaving::wasRead, this, [this] { takeStored(saving_->stored()); });
    connect(saving_, &DataSaving::failed, this, [this](const QString& problem) { showState(problem, true); });
    connect(saving_, &DataSaving::kept, this, &DataPage::wasKept);
    title->addWidget(save_);
    layout->addLayout(title);

    auto* columns = new QHBoxLayout;
    columns->setSpacing(12);
    QFrame* choiceCard = makeCard(this);
    auto* area = new QScrollArea(choiceCard);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus); // what is inside takes the keyboard, and is scrolled to
    choice_ = new DataChoicePanel(area);
    area->setWidget(choice_);
    // The card shows through.
    area->viewport()->setAutoFillBackground(false);
    choice_->setAutoFillBackground(false);
    cardLayout(choiceCard)->addWidget(area);
    choiceCard->setFixedWidth(letterWidth(fontMetrics()) * 38);
    columns->addWidget(choiceCard);
    message_ = makeQuietLabel({}, this);
    message_->setAlignment(Qt::AlignCenter);
    message_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    mixture_ = new MixturePanel(this);
    mixture_->hide();
    auto* shown = new QVBoxLayout;
    shown->setSpacing(12);
    shown->addWidget(mixture_);
    shown->addWidget(message_, 1);
    content_ = new QWidget(this);
    auto* right = new QVBoxLayout(content_);
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(12);
    right->addWidget(makeRowsCard(), 3);
    auto* lower = new QHBoxLayout;
    lower->setSpacing(12);
    lower->addWidget(makeTokensCard(), 1);
    lower->addWidget(makeLabelsCard(), 1);
    right->addLayout(lower, 2);
    shown->addWidget(content_, 1);
    columns->addLayout(shown, 1);
    layout->addLayout(columns, 1);

    timer_ = new QTimer(this);
    timer_->setSingleShot(true);
    timer_->setInterval(waitForTyping);
    watcher_ = new QFileSystemWatcher(this);
    connect(timer_, &QTimer::timeout, this, &DataPage::refresh);
    connect(watcher_, &QFileSystemWatcher::fileChanged, timer_, qOverload<>(&QTimer::start));
    connect(choice_, &DataChoicePanel::changed, this, &DataPage::choiceChanged);
    connect(choice_, &DataChoicePanel::taskAdded, this,
            [this](const QString& path) { addTask(DataChoicePanel::usualData(path)); });
    connect(choice_, &DataChoicePanel::benchmarkAdded, this, &DataPage::addTask);
    connect(mixture_, &MixturePanel::chosen, this, &DataPage::showTask);
    connect(mixture_, &MixturePanel::removed, this, &DataPage::removeTask);
    connect(mixture_, &MixturePanel::counted, this, &DataPage::updateSave);
    connect(mixture_, &MixturePanel::weighed, this, [this](int row, double weight, qint64 limit) {
        all_.tasks[static_cast<std::size_t>(row)].weight = weight;
        all_.tasks[static_cast<std::size_t>(row)].limit = limit;
        tasksChanged();
    });
    connect(mixture_, &MixturePanel::mixingChosen, this, [this](int mixing) {
        all_.mixing = static_cast<Mixing>(mixing);
        tasksChanged();
    });
    connect(&session_, &ProjectSession::opened, this, &DataPage::projectChanged);
    markChanged(false);
    showState(tr("Open a project on the page Start (Ctrl+1), or choose a file here, to see its rows as prompts."),
              false);
}

DataPage::~DataPage()
{
    if (stop_)
        *stop_ = true;
}

QWidget* DataPage::makeRowsCard()
{
    QFrame* card = makeCard(content_);
    tabs_ = new QTabWidget(card);
    tabs_->setDocumentMode(true);
    split_ = new QComboBox(tabs_);
    split_->setAccessibleName(tr("Split"));
    split_->setToolTip(tr("Whose rows are shown"));
    connect(split_, &QComboBox::activated, this, &DataPage::showSplit);
    tabs_->setCornerWidget(split_);

    auto* splitter = new QSplitter(Qt::Horizontal, tabs_);
    splitter->setChildrenCollapsible(false);
    table_ = makeTable(examples_, tr("Rows"), splitter);
    const int character = letterWidth(table_->fontMetrics());
    table_->setColumnWidth(ExampleModel::Line, character * 8);
    table_->setColumnWidth(ExampleModel::Tokens, character * 10);
    table_->setColumnWidth(ExampleModel::Answer, character * 18);
    table_->setColumnWidth(ExampleModel::Preference, character * 18);
    auto* reading = new QWidget(splitter);
    auto* readingLayout = new QVBoxLayout(reading);
    readingLayout->setContentsMargins(0, 0, 0, 0);
    readingLayout->setSpacing(4);
    prompt_ = new PromptView(reading);
    legend_ = new QLabel(PromptView::legend(), reading);
    legend_->setAccessibleName(tr("What the colours mean"));
    legend_->setToolTip(tr("What the model reads only, what it learns, and what is beyond the maximum length"));
    legend_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    connect(&Theme::instance(), &Theme::changed, legend_, [this] { legend_->setText(PromptView::legend()); });
    readingLayout->addWidget(prompt_, 1);
    readingLayout->addWidget(legend_);
    splitter->addWidget(table_);
    splitter->addWidget(reading);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    tabs_->addTab(splitter, tr("Rows"));
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &DataPage::showExample);

    QTableView* rejected = makeTable(rejected_, tr("Rejected rows"), tabs_);
    rejected->setColumnWidth(RejectedModel::File, character * 24);
    rejected->setColumnWidth(RejectedModel::Line, character * 8);
    connect(rejected, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (const QString file = rejected_->fileAt(index.row()); !file.isEmpty())
            QDesktopServices::openUrl(QUrl::fromLocalFile(file));
    });
    tabs_->addTab(rejected, tr("Rejected rows"));
    cardLayout(card)->addWidget(tabs_);
    return card;
}

QWidget* DataPage::makeTokensCard()
{
    QFrame* card = makeCard(content_);
    cardLayout(card)->addWidget(makeHeading(tr("Tokens per row"), card));
    histogram_ = new TokenHistogram(card);
    histogram_->setMinimumHeight(fontMetrics().height() * 6);
    tokensText_ = makeQuietLabel({}, card);
    cardLayout(card)->addWidget(histogram_, 1);
    cardLayout(card)->addWidget(tokensText_);
    return card;
}

QWidget* DataPage::makeLabelsCard()
{
    QFrame* card = makeCard(content_);
    cardLayout(card)->addWidget(makeHeading(tr("Label balance"), card));
    labels_ = new LabelBars(card);
    labelsText_ = makeQuietLabel({}, card);
    cardLayout(card)->addWidget(labels_, 1);
    cardLayout(card)->addWidget(labelsText_);
    cardLayout(card)->addStretch(); // where there are no labels
    return card;
}

void DataPage::shown()
{
    if (!std::exchange(stale_, false))
        return;
    choice_->setFolder(session_.folder());
    if (session_.folder().isEmpty())
        return;
    showState(tr("Reading the project's data …"), false);
    saving_->read();
}

void DataPage::projectChanged()
{
    ++request_;
    if (stop_)
        *stop_ = true;
    report_.reset();
    loaded_.reset();
    all_ = {};
    task_ = 0;
    isReading_ = false;
    mixture_->setData(all_, {});
    choice_->setChoice({});
    choice_->setColumns({}, {});
    markChanged(false);
    about_->clear();
    stale_ = true;
    showState(tr("This project has no data yet. Choose a folder or a file on the left; the rows appear here as the "
                 "model will read them."),
              false);
    if (isVisible())
        shown();
}

void DataPage::takeStored(const std::optional<ProjectData>& stored)
{
    if (!stored) {
        showState(tr("This project has no data yet. Choose a folder or a file on the left; the rows appear here as the "
                     "model will read them."),
                  false);
        return;
    }
    all_ = *stored;
    markChanged(false);
    mixture_->setData(all_, modelPath());
    showTask(0);
}

/// What is shown, or what came of it and of what somebody else has written.
void DataPage::wasKept(const ProjectData& kept)
{
    if (!isSameData(kept, all_))
        takeStored(kept);
    else
        markChanged(false);
}

void DataPage::markChanged(bool changed)
{
    isChanged_ = changed;
    saving_->setChanged(changed);
    updateSave();
}

/// Empty: it can be kept. Data that no run could read is not.
QString DataPage::whyNotSaved() const
{
    if (session_.folder().isEmpty())
        return tr("Only a project can keep a choice; make one on the page Start");
    if (isReading_)
        return tr("The data is being read");
    const bool hasRows =
        report_ && std::any_of(report_->splits.begin(), report_->splits.end(), [](const SplitReport& split) {
            return split.name == "train" && !split.examples.empty();
        });
    if (!hasRows)
        return tr("No run could train on this data: see what is wrong with it below");
    return mixture_->problem();
}

void DataPage::updateSave()
{
    const QString why = whyNotSaved();
    save_->setEnabled(isChanged_ && why.isEmpty());
    save_->setToolTip(
        isChanged_ && !why.isEmpty() ? why : tr("Keep source, template, columns, length and split in the project"));
}

std::string DataPage::modelPath() const
{
    return session_.model() ? session_.model()->path.string() : std::string();
}

/// The form and the rows are those of one task.
void DataPage::showTask(int task)
{
    task_ = task;
    ProjectData one = all_;
    one.tasks = {all_.tasks[static_cast<std::size_t>(task)]};
    choice_->setChoice(one);
    mixture_->choose(task);
    refresh();
}

void DataPage::addTask(const DataSpec& chosen)
{
    // The first data of a project that has none yet.
    if (all_.spec().path.empty() && all_.spec().splitFiles.empty())
        all_.tasks.clear();
    TaskSpec task;
    task.data = chosen;
    task.name = defaultTaskName(task.data);
    // No two of one name.
    const auto isTaken = [this](const std::string& name) {
        return std::any_of(all_.tasks.begin(), all_.tasks.end(),
                           [&name](const TaskSpec& other) { return nameOfTask(other) == name; });
    };
    const std::string plain = task.name;
    for (int number = 2; isTaken(task.name); ++number)
        task.name = plain + " " + std::to_string(number);
    all_.tasks.push_back(std::move(task));
    tasksChanged();
    showTask(static_cast<int>(all_.tasks.size()) - 1);
}

void DataPage::removeTask(int task)
{
    if (all_.tasks.size() < 2)
        return;
    all_.tasks.erase(all_.tasks.begin() + task);
    tasksChanged();
    showTask(std::min(task, static_cast<int>(all_.tasks.size()) - 1));
}

void DataPage::tasksChanged()
{
    mixture_->setData(all_, modelPath());
    markChanged(true);
}

void DataPage::choiceChanged()
{
    TaskSpec& task = all_.tasks[static_cast<std::size_t>(task_)];
    // A name that was the data's is that of the new data.
    if (task.name == defaultTaskName(task.data))
        task.name.clear();
    // How rows are scored goes with the benchmark that said it.
    if (task.data.benchmark != choice_->choice().spec().benchmark) {
        task.protocol.reset();
        task.maxNewTokens.reset();
        task.scoredSplit.clear();
    }
    task.data = choice_->choice().spec();
    all_.maxLength = choice_->choice().maxLength;
    mixture_->setData(all_, modelPath());
    isReading_ = true;
    markChanged(true);
    timer_->start();
}

void DataPage::refresh()
{
    const ProjectData& choice = choice_->choice();
    if (choice.spec().path.empty() && choice.spec().splitFiles.empty()) {
        isReading_ = false;
        updateSave();
        return;
    }
    if (!watcher_->files().isEmpty())
        watcher_->removePaths(watcher_->files());
    // An own template is shown again each time that it is saved.
    if (const QString file = QString::fromStdString(choice.spec().template_); file.endsWith(QStringLiteral(".json")))
        watcher_->addPath(file);
    if (stop_)
        *stop_ = true;
    stop_ = std::make_shared<std::atomic<bool>>(false);
    const int request = ++request_;
    isReading_ = true;
    updateSave();
    if (!report_)
        showState(tr("Reading the data …"), false);
    const QPointer<DataPage> guard(this);
    DataReading work{
        choice, modelPath(), loaded_, stop_, [guard, request](const ProgressReport& progress) {
            const QString text =
                progress.total > 0
                    ? QStringLiteral("%1, %2").arg(
                          QString::fromStdString(progress.what),
                          percentage(static_cast<double>(progress.done) / static_cast<double>(progress.total), 0))
                    : QString::fromStdString(progress.what);
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [guard, request, text, handed = Handover()] {
                    handed.take();
                    if (guard && guard->request_ == request)
                        guard->about_->setText(text + QStringLiteral(" …"));
                },
                Qt::QueuedConnection);
        }};
    inBackground(this, std::move(work), [this, request](const std::shared_ptr<LoadedData>& loaded) {
        if (request == request_ && !loaded->cancelled)
            take(loaded);
    });
}

void DataPage::take(const std::shared_ptr<LoadedData>& loaded)
{
    loaded_ = loaded;
    report_ = loaded->report;
    isReading_ = false;
    updateSave();
    choice_->setColumns(loaded->promptTemplate, loaded->columns);
    rejected_->setReport(report_);
    if (!report_) {
        about_->clear();
        showState(loaded->problem, loaded->promptTemplate.has_value() || !choice_->choice().spec().template_.empty());
        return;
    }
    QStringList about;
    int rows = 0; // of the last split, whose number stands before the noun
    const QString before = split_->currentData().toString();
    split_->clear();
    for (const SplitReport& split : report_->splits) {
        const QString name = QString::fromStdString(split.name);
        rows = static_cast<int>(split.examples.size());
        about << tr("%1 %2").arg(groupedNumber(static_cast<qint64>(split.examples.size())), name);
        split_->addItem(tr("%1, %Ln row(s)", nullptr, static_cast<int>(split.examples.size())).arg(name), name);
    }
    split_->setCurrentIndex(std::max(0, split_->findData(before)));
    about_->setText(tr("%1 row(s)", nullptr, rows).arg(about.join(QStringLiteral(" · "))));
    about_->setToolTip(loaded->recognised.trimmed());
    tabs_->setTabText(1, tr("Rejected rows (%1)").arg(groupedNumber(static_cast<qint64>(report_->rejected.size()))));
    tabs_->setTabEnabled(1, rejected_->rowCount() > 0);
    showState({}, false);
    showSplit();
}

void DataPage::showState(const QString& message, bool isProblem)
{
    setLabelKind(*message_, isProblem ? QStringLiteral("failed") : QStringLiteral("quiet"));
    message_->setText(message);
    message_->setVisible(!message.isEmpty());
    content_->setVisible(message.isEmpty());
}

void DataPage::showSplit()
{
    if (!report_)
        return;
    const QString name = split_->currentData().toString();
    const qint64 maximum = choice_->choice().maxLength;
    examples_->setSplit(report_, name, maximum);
    table_->setColumnHidden(ExampleModel::Preference, examples_->kind() == ExampleModel::Kind::Answers);
    // "12,345, in windows" needs more than a number.
    table_->resizeColumnToContents(ExampleModel::Tokens);
    table_->setColumnWidth(ExampleModel::Tokens, std::max(letterWidth(table_->fontMetrics()) * 10,
                                                          table_->columnWidth(ExampleModel::Tokens)));
    if (examples_->rowCount() > 0)
        table_->setCurrentIndex(examples_->index(0, 0));
    showExample();
    const SplitReport* split = nullptr;
    for (const SplitReport& one : report_->splits)
        if (QString::fromStdString(one.name) == name)
            split = &one;
    if (!split)
        return;
    histogram_->setLengths(split->tokens, maximum, split->windows);
    histogram_->setVisible(!split->tokens.empty());
    tokensText_->setText(!split->tokens.empty()                ? histogram_->summary()
                         : loaded_->tokenizerProblem.isEmpty() ? tr("Open a model to count tokens with its tokenizer.")
                                                               : loaded_->tokenizerProblem);
    labels_->setLabels(split->labels);
    labels_->setVisible(!split->labels.empty());
    labelsText_->setText(
        split->majorityFloor
            ? tr("Majority floor %1: always answering “%2”, the most frequent answer of the training rows.")
                  .arg(percentage(*split->majorityFloor), QString::fromStdString(report_->majorityLabel))
        : examples_->kind() == ExampleModel::Kind::Pairs
            ? tr("Each row has a chosen and a rejected answer: what is learnt is to prefer the chosen one.")
        : examples_->kind() == ExampleModel::Kind::Judged
            ? judgedText(*split)
            : tr("This template has free answers, so there are no labels to count."));
}

void DataPage::showExample()
{
    const int row = table_->currentIndex().row();
    const Example* example = examples_->exampleAt(row);
    prompt_->setExample(example, tr("Select a row to see its prompt."));
    if (!example || !loaded_ || !loaded_->tokenizer || !loaded_->promptTemplate)
        return;
    const TokeniseSettings settings{choice_->choice().maxLength, loaded_->promptTemplate->endOfText,
                                    RowUse::LearnAnswer};
    // A row that loses something is shown with what it loses.
    std::vector<std::vector<TextRun>> shown;
    bool isCut = false;
    std::vector<const Example*> parts{example};
    for (const Example& other : example->rejected)
        parts.push_back(&other);
    for (const Example* part : parts) {
        auto runs = textRuns(loaded_->tokenizer, *part, settings);
        if (!runs)
            return;
        isCut = isCut || std::any_of(runs->begin(), runs->end(),
                                     [](const TextRun& run) { return run.kind == TextRun::Kind::Cut; });
        shown.push_back(std::move(*runs));
    }
    if (isCut)
        prompt_->setSections(PromptView::sectionsOf(*example, std::move(shown)));
}

} // namespace hilo
