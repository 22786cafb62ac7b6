// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/new_study_dialog.h"

#include "allocation/strategy.h"
#include "background.h"
#include "common/core_text.h"
#include "common/data_file_filter.h"
#include "common/letter_width.h"
#include "common/numbers.h"
#include "data/benchmark_dialog.h"
#include "label_kind.h"
#include "page.h"
#include "program_runner.h"
#include "project_session.h"
#include "runs/new_run_dialog.h"
#include "study/asked_text_delegate.h"
#include "study/study_words.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <initializer_list>

namespace hilo {
namespace {

constexpr int waitForPlan = 500; ///< milliseconds after the last change
constexpr int isMapRole = Qt::UserRole + 1;

QLineEdit* makeStudyEdit(const QString& name, const QString& toolTip, const QString& placeholder, QWidget* parent)
{
    auto* edit = new QLineEdit(parent);
    edit->setAccessibleName(name);
    edit->setToolTip(toolTip);
    edit->setPlaceholderText(placeholder);
    return edit;
}

QListWidget* makeStudyList(const QString& name, const QString& toolTip, QWidget* parent)
{
    auto* list = new QListWidget(parent);
    list->setAccessibleName(name);
    list->setToolTip(toolTip);
    list->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    list->setTextElideMode(Qt::ElideMiddle);
    list->setMinimumHeight(list->fontMetrics().height() * 7);
    return list;
}

/// "1, 2 3" as the command line has it.
QString joinedWords(const QString& text)
{
    static const QRegularExpression separators(QStringLiteral("[\\s,;]+"));
    return text.split(separators, Qt::SkipEmptyParts).join(QLatin1Char(','));
}

/// What the plan has to say of itself, the steps first, which may make the comparison unfair.
QStringList notesOf(const Json& plan)
{
    QStringList notes;
    const auto textOf = [](const Json& object, const char* key) {
        return object.is_object() && object.contains(key) && object[key].is_string() ? object[key].get<std::string>()
                                                                                     : std::string();
    };
    const auto scaleOf = [](const Json& object) {
        return object.is_object() && object.contains("scaling") && object["scaling"].is_number()
                   ? object["scaling"].get<double>()
                   : 0.0;
    };
    if (const Json steps = plan.value("step_sizes", Json()); steps.is_object()) {
        const Json least = steps.value("least", Json()), most = steps.value("most", Json());
        notes << noteSentence({StudyNoteKind::StepSizes,
                               {textOf(least, "allocation"), textOf(most, "allocation")},
                               {scaleOf(least), scaleOf(most)}});
    }
    for (const Json& note : plan.value("map_notes", Json::array()))
        notes << noteSentence({StudyNoteKind::OfMap, {textOf(note, "allocation"), textOf(note, "text")}, {}});
    return notes;
}

void removeChosen(QListWidget& list)
{
    qDeleteAll(list.selectedItems());
}

} // namespace

NewStudyDialog::NewStudyDialog(ProjectSession& session, QWidget* parent)
    : QDialog(parent), session_(session), planner_(new ProgramRunner(this)), timer_(new QTimer(this))
{
    setWindowTitle(tr("New study"));
    setObjectName(QStringLiteral("newStudyDialog"));
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addWidget(makeForm());
    layout->addWidget(makeLists(), 1);
    said_ = makeQuietLabel({}, this);
    said_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    said_->setAccessibleName(tr("What the study takes"));
    said_->setMinimumHeight(3 * fontMetrics().height());
    layout->addWidget(said_);
    command_ = new QLineEdit(this);
    command_->setReadOnly(true);
    command_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    command_->setAccessibleName(tr("The same study as a command"));
    command_->setToolTip(tr("The same study as a line for the terminal"));
    auto* copy = makeButton(tr("Copy"), tr("Copy the command"), this);
    auto* commandLine = new QHBoxLayout;
    commandLine->addWidget(command_, 1);
    commandLine->addWidget(copy);
    layout->addLayout(commandLine);
    auto* buttons = new QDialogButtonBox(this);
    start_ = makeButton(tr("Start study"), tr("Plan all runs, queue them and start training"), this, true);
    buttons->addButton(start_, QDialogButtonBox::AcceptRole);
    buttons->addButton(QDialogButtonBox::Cancel);
    layout->addWidget(buttons);
    resize(letterWidth(fontMetrics()) * 110, fontMetrics().height() * 46);
    timer_->setSingleShot(true);
    timer_->setInterval(waitForPlan);
    connect(timer_, &QTimer::timeout, this, &NewStudyDialog::askPlan);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(command_->text()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    // The field's default: the comparison that HILO is about.
    for (const char* text : {"lora", "mola", "hilo"})
        addStrategy(QString::fromLatin1(text));
    inBackground(
        this,
        [folder = session_.folder()] {
            std::pair<QStringList, QStringList> found;
            auto& [files, profiles] = found;
            for (const QFileInfo& file : QDir(folder + QStringLiteral("/profiles"))
                                             .entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Time))
                profiles << file.filePath();
            for (const QFileInfo& file : QDir(folder + QStringLiteral("/specs"))
                                             .entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Name))
                files << file.filePath();
            const QFileInfoList runs =
                QDir(folder + QStringLiteral("/runs")).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Time);
            for (qsizetype i = 0; i < std::min<qsizetype>(20, runs.size()); ++i)
                if (const QString file = runs[i].filePath() + QStringLiteral("/run.json"); QFileInfo::exists(file))
                    files << file;
            return found;
        },
        [this](const std::pair<QStringList, QStringList>& found) {
            fillProfiles(found.second);
            fillSettings(found.first);
        });
    changed();
}

QWidget* NewStudyDialog::makeForm()
{
    auto* widget = new QWidget(this);
    auto* form = new QFormLayout(widget);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    name_ = makeStudyEdit(tr("Name"), tr("Letters, digits, point, hyphen and underscore; names the study's file"), {},
                          widget);
    name_->setText(QStringLiteral("study"));
    settings_ = new QComboBox(widget);
    settings_->setAccessibleName(tr("Run settings"));
    settings_->setToolTip(tr("A run spec of the project: model, training and evaluation of every run. Its map and seed "
                             "are replaced"));
    settings_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    settings_->setMinimumContentsLength(30);
    settings_->setPlaceholderText(tr("choose a run spec"));
    auto* other = makeToolButton(tr("File…"), tr("A run spec from elsewhere"), widget);
    auto* settingsLine = new QHBoxLayout;
    settingsLine->addWidget(settings_, 1);
    settingsLine->addWidget(other);
    seeds_ = makeStudyEdit(tr("Seeds"), tr("One run of every cell for each seed; intervals need two at least"),
                           tr("for example 1 2 3, or 1-5"), widget);
    seeds_->setText(QStringLiteral("1 2 3"));
    budgets_ = makeStudyEdit(tr("Budgets"),
                             tr("Trainable parameters of the first allocation; several give a curve. Empty: what the "
                                "first allocation has of itself"),
                             tr("for example 20k 60k 200k; empty: as the first allocation is"), widget);
    equal_ = new QComboBox(widget);
    equal_->setAccessibleName(tr("Equal"));
    equal_->setToolTip(tr("What the allocations have in common at a budget"));
    equal_->addItem(tr("trainable parameters"), QStringLiteral("parameters"));
    equal_->addItem(tr("total rank"), QStringLiteral("total-rank"));
    equal_->addItem(tr("active parameters"), QStringLiteral("active"));
    equal_->addItem(tr("nothing, as they are"), QStringLiteral("none"));
    scale_ = new QComboBox(widget);
    scale_->setAccessibleName(tr("Scale"));
    scale_->setToolTip(tr("What the products of the experts are multiplied by. An allocation with a larger scale takes "
                          "larger steps, and may win by that alone"));
    scale_->addItem(tr("as the run settings say"), QStringLiteral("run"));
    scale_->addItem(tr("that of the first allocation, for all"), QStringLiteral("same"));
    profile_ = new QComboBox(widget);
    profile_->setAccessibleName(tr("Profile"));
    profile_->setToolTip(tr("The complexity profile of the project that allocations by signals go by"));
    profile_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    profile_->setMinimumContentsLength(30);
    profile_->addItem(tr("none"), QString());
    rates_ = makeStudyEdit(tr("Learning rates"),
                           tr("Each allocation's rate is chosen among these by runs of its own on validation data, so "
                              "that none wins by its step size"),
                           tr("empty: that of the run settings"), widget);
    joint_ = new QCheckBox(tr("One run on all tasks together"), widget);
    joint_->setToolTip(tr("Joint runs show which experts serve which task; else every task has runs of its own"));
    halving_ = new QCheckBox(tr("Drop hopeless allocations early"), widget);
    halving_->setToolTip(tr("After 1, 2, 4, … seeds the worse half by validation data gets no further ones; the first "
                            "allocation stays"));
    auto* boxes = new QHBoxLayout;
    boxes->addWidget(joint_);
    boxes->addWidget(halving_);
    boxes->addStretch();
    form->addRow(tr("&Name"), name_);
    auto* settingsLabel = new QLabel(tr("Run &settings"), widget);
    settingsLabel->setBuddy(settings_);
    form->addRow(settingsLabel, settingsLine);
    form->addRow(tr("S&eeds"), seeds_);
    form->addRow(tr("&Budgets"), budgets_);
    form->addRow(tr("E&qual"), equal_);
    form->addRow(tr("S&cale"), scale_);
    form->addRow(tr("&Learning rates"), rates_);
    form->addRow(tr("&Profile"), profile_);
    form->addRow(QString(), boxes);
    for (QLineEdit* edit : {name_, seeds_, budgets_, rates_})
        connect(edit, &QLineEdit::textChanged, this, &NewStudyDialog::changed);
    for (QComboBox* box : {settings_, equal_, scale_, profile_})
        connect(box, &QComboBox::currentIndexChanged, this, &NewStudyDialog::changed);
    for (QCheckBox* box : {joint_, halving_})
        connect(box, &QCheckBox::toggled, this, &NewStudyDialog::changed);
    connect(other, &QPushButton::clicked, this, &NewStudyDialog::chooseSettings);
    return widget;
}

QWidget* NewStudyDialog::makeLists()
{
    auto* widget = new QWidget(this);
    auto* columns = new QHBoxLayout(widget);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(12);
    tasks_ = makeStudyList(tr("Tasks"), tr("A double click or F2 changes name and path: NAME:PATH"), widget);
    allocations_ = makeStudyList(
        tr("Allocations"),
        tr("A double click or F2 changes strategy, settings and label: LABEL=STRATEGY:key=value;key=value"), widget);
    tasks_->setItemDelegate(new AskedTextDelegate(shownTask, tasks_));
    allocations_->setItemDelegate(new AskedTextDelegate(shownStrategy, allocations_));
    auto* addTask = makeMenuButton(tr("Add task"), tr("A benchmark by name, a file or a folder of rows"), widget);
    addTask->menu()->addAction(tr("Benchmark…"), this, &NewStudyDialog::chooseBenchmark);
    addTask->menu()->addAction(tr("File…"), this, [this] { chooseTask(false); });
    addTask->menu()->addAction(tr("Folder…"), this, [this] { chooseTask(true); });
    auto* addAllocation = makeMenuButton(tr("Add allocation"), tr("A strategy, or a map of this project"), widget);
    connect(addAllocation->menu(), &QMenu::aboutToShow, this,
            [this, menu = addAllocation->menu()] { fillAllocationMenu(*menu); });
    const auto column = [&](const QString& title, const QString& about, QListWidget* list, QToolButton* add,
                            std::initializer_list<QPushButton*> others) {
        auto* rows = new QVBoxLayout;
        rows->setSpacing(4);
        rows->addWidget(makeHeading(title, widget));
        rows->addWidget(makeQuietLabel(about, widget));
        rows->addWidget(list, 1);
        auto* buttons = new QHBoxLayout;
        buttons->addWidget(add);
        for (QPushButton* button : others)
            buttons->addWidget(button);
        buttons->addStretch();
        rows->addLayout(buttons);
        columns->addLayout(rows, 1);
        connect(list, &QListWidget::itemChanged, this, &NewStudyDialog::changed);
        // Rows go and come by the keyboard, too.
        connect(list->model(), &QAbstractItemModel::rowsRemoved, this, &NewStudyDialog::changed);
        connect(list->model(), &QAbstractItemModel::rowsInserted, this, &NewStudyDialog::changed);
    };
    auto* removeTask = makeButton(tr("Remove"), tr("Leave the chosen task out"), widget);
    auto* removeAllocation = makeButton(tr("Remove"), tr("Leave the chosen allocation out"), widget);
    auto* first = makeButton(tr("Make baseline"),
                             tr("Move the chosen allocation to the top: the others are compared "
                                "with it"),
                             widget);
    removeTask->setAccessibleName(tr("Remove task"));
    removeAllocation->setAccessibleName(tr("Remove allocation"));
    column(tr("Tasks"), tr("Empty: those of the run settings."), tasks_, addTask, {removeTask});
    column(tr("Allocations"), tr("The first is the baseline."), allocations_, addAllocation, {removeAllocation, first});
    connect(removeTask, &QPushButton::clicked, this, [this] { removeChosen(*tasks_); });
    connect(removeAllocation, &QPushButton::clicked, this, [this] { removeChosen(*allocations_); });
    connect(first, &QPushButton::clicked, this, [this] {
        if (const int row = allocations_->currentRow(); row > 0) {
            allocations_->insertItem(0, allocations_->takeItem(row));
            allocations_->setCurrentRow(0);
        }
    });
    return widget;
}

void NewStudyDialog::fillSettings(const QStringList& files)
{
    const QDir project(session_.folder());
    for (const QString& file : files)
        settings_->addItem(project.relativeFilePath(file), file);
    if (settings_->currentIndex() < 0 && settings_->count() > 0)
        settings_->setCurrentIndex(0);
    changed();
}

/// The newest one is taken, where there is one: without it no allocation follows a signal.
void NewStudyDialog::fillProfiles(const QStringList& files)
{
    const QDir project(session_.folder());
    for (const QString& file : files)
        profile_->addItem(project.relativeFilePath(file), file);
    if (!files.isEmpty())
        profile_->setCurrentIndex(1);
}

void NewStudyDialog::chooseSettings()
{
    const QString file =
        QFileDialog::getOpenFileName(this, tr("Choose run spec"), session_.folder(), tr("Run specs (*.json)"));
    if (file.isEmpty())
        return;
    if (settings_->findData(file) < 0)
        settings_->addItem(QFileInfo(file).fileName(), file);
    settings_->setCurrentIndex(settings_->findData(file));
}

void NewStudyDialog::addTask(const QString& text)
{
    auto* item = new QListWidgetItem(text);
    item->setFlags(item->flags() | Qt::ItemIsEditable);
    item->setToolTip(text);
    tasks_->addItem(item);
}

void NewStudyDialog::addStrategy(const QString& text)
{
    auto* item = new QListWidgetItem(text);
    item->setFlags(item->flags() | Qt::ItemIsEditable);
    item->setData(isMapRole, false);
    allocations_->addItem(item);
}

void NewStudyDialog::addMap(const QString& path)
{
    auto* item = new QListWidgetItem(path);
    item->setFlags(item->flags() | Qt::ItemIsEditable);
    item->setData(isMapRole, true);
    item->setToolTip(tr("The map %1").arg(path));
    allocations_->addItem(item);
}

void NewStudyDialog::chooseTask(bool isFolder)
{
    const QString path =
        isFolder ? QFileDialog::getExistingDirectory(this, tr("Choose data"), session_.folder())
                 : QFileDialog::getOpenFileName(this, tr("Choose data"), session_.folder(), dataFileFilter());
    if (!path.isEmpty())
        addTask(QFileInfo(path).completeBaseName() + QLatin1Char(':') + path);
}

void NewStudyDialog::chooseBenchmark()
{
    auto* dialog = new BenchmarkDialog(DataSpec(), session_.folder(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        addTask(dialog->chosenName() + QLatin1Char(':') + QString::fromStdString(dialog->spec().path));
    });
    dialog->open();
}

void NewStudyDialog::fillAllocationMenu(QMenu& menu)
{
    menu.clear();
    menu.setToolTipsVisible(true);
    for (const Strategy* strategy : strategies()) {
        QAction* action = menu.addAction(coreText(strategy->title), this,
                                         [this, name = strategy->name] { addStrategy(QString::fromStdString(name)); });
        action->setToolTip(coreText(strategy->description));
    }
    bool isFirst = true;
    for (const auto& document : session_.maps()) {
        const QString path = session_.mapPath(*document);
        if (path.isEmpty())
            continue; // never written: no run could be told of it
        if (std::exchange(isFirst, false))
            menu.addSeparator();
        menu.addAction(tr("Map %1").arg(QString::fromStdString(document->map().name)), this,
                       [this, path] { addMap(path); });
    }
}

QString NewStudyDialog::name() const
{
    return name_->text().trimmed();
}

QStringList NewStudyDialog::words() const
{
    QStringList words{QStringLiteral("study"),
                      QStringLiteral("new"),
                      session_.folder(),
                      QStringLiteral("--name"),
                      name(),
                      QStringLiteral("--run"),
                      settings_->currentData().toString()};
    const auto add = [&words](const char* option, const QString& value) {
        if (!value.isEmpty())
            words << QString::fromLatin1(option) << value;
    };
    for (int row = 0; row < tasks_->count(); ++row)
        add("--task", tasks_->item(row)->text().trimmed());
    for (int row = 0; row < allocations_->count(); ++row)
        add(allocations_->item(row)->data(isMapRole).toBool() ? "--map" : "--strategy",
            allocations_->item(row)->text().trimmed());
    QStringList seeds;
    for (const std::int64_t seed : seedsFromText(seeds_->text()).value_or(std::vector<std::int64_t>()))
        seeds << QString::number(seed);
    add("--seeds", seeds.join(QLatin1Char(',')));
    add("--budget", joinedWords(budgets_->text()));
    if (equal_->currentIndex() > 0)
        add("--equal", equal_->currentData().toString());
    if (scale_->currentIndex() > 0)
        add("--scale", scale_->currentData().toString());
    add("--rate-search", joinedWords(rates_->text()));
    add("--profile", profile_->currentData().toString());
    if (joint_->isChecked())
        words << QStringLiteral("--joint");
    if (halving_->isChecked())
        words << QStringLiteral("--halving");
    return words;
}

/// What has to be said before a plan can be asked for; empty: nothing.
QString NewStudyDialog::missing() const
{
    if (name().isEmpty())
        return tr("Give the study a name.");
    if (settings_->currentIndex() < 0)
        return tr("Choose the settings of its runs: a run spec of the project, or that of a run.");
    if (allocations_->count() == 0)
        return tr("Add an allocation; the first is the baseline.");
    const auto seeds = seedsFromText(seeds_->text());
    if (!seeds || seeds->empty())
        return tr("Write the seeds as whole numbers, 1 2 3, or as a range, 1-5.");
    return {};
}

void NewStudyDialog::changed()
{
    planned_.clear();
    planner_->cancel();
    start_->setEnabled(false);
    command_->setText(ProgramRunner::commandLine(words()));
    command_->setCursorPosition(0);
    if (const QString what = missing(); !what.isEmpty()) {
        timer_->stop();
        say(what, QStringLiteral("quiet"));
        return;
    }
    say(tr("Working out what this takes …"), QStringLiteral("quiet"));
    timer_->start();
}

void NewStudyDialog::askPlan()
{
    planner_->ask(words() << QStringLiteral("--plan"), [this](const Result<Json>& answer) { takePlan(answer); });
}

void NewStudyDialog::takePlan(const Result<Json>& answer)
{
    if (!answer || !answer->contains("estimate") || !(*answer)["estimate"].is_object()) {
        say(QStringLiteral("✗ ") + (answer ? tr("The answer of hilo study new cannot be read.")
                                           : QString::fromStdString(describe(answer.error()))),
            QStringLiteral("failed"));
        Q_EMIT planTold();
        return;
    }
    const Json& estimate = (*answer)["estimate"];
    const auto count = [&estimate](const char* key) {
        const auto found = estimate.find(key);
        return found != estimate.end() && found->is_number() ? found->get<double>() : 0.0;
    };
    const auto runs = static_cast<int>(count("runs")), missingRuns = static_cast<int>(count("missing_runs"));
    QStringList parts;
    parts << (missingRuns == runs
                  ? tr("%n run(s) to train", nullptr, runs)
                  : tr("%1 of %n run(s) to train, the others are there", nullptr, runs).arg(missingRuns));
    const bool isTimeKnown = estimate.contains("seconds") && estimate["seconds"].is_number();
    parts << (isTimeKnown ? tr("about %1 on one device").arg(durationText(count("seconds")))
                          : tr("time unknown before a first run of these settings"));
    parts << tr("%1 of disk").arg(byteSize(static_cast<std::uint64_t>(count("disk_bytes"))));
    parts << tr("at most %1 of memory a run").arg(byteSize(static_cast<std::uint64_t>(count("memory_bytes"))));
    planned_ = parts.join(QStringLiteral(", ")) + QLatin1Char('.');
    QStringList lines{planned_};
    QStringList sizes;
    for (const Json& arm : answer->value("allocations", Json::array()))
        if (arm.is_object() && arm.value("label", Json()).is_string() && arm.value("trainable", Json()).is_number())
            sizes << tr("%1: %2", "an allocation and its parameters")
                         .arg(QString::fromStdString(arm["label"].get<std::string>()),
                              shortNumber(arm["trainable"].get<double>()));
    if (!sizes.isEmpty())
        lines << tr("Trainable parameters: %1.").arg(sizes.join(QStringLiteral(", ")));
    const QStringList notes = notesOf(*answer);
    // What makes the comparison unfair is said before it is made.
    lines << notes.mid(0, 2);
    say(lines.join(QLatin1Char('\n')), notes.isEmpty() ? QStringLiteral("quiet") : QStringLiteral("warning"));
    said_->setToolTip(notes.join(QLatin1Char('\n')));
    start_->setEnabled(true);
    Q_EMIT planTold();
}

bool NewStudyDialog::canStart() const
{
    return start_->isEnabled();
}

void NewStudyDialog::say(const QString& text, const QString& kind)
{
    setLabelKind(*said_, kind);
    said_->setToolTip({});
    said_->setText(text);
}

} // namespace hilo
