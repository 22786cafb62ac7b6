// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/new_run_dialog.h"

#include "allocation/parameters.h"
#include "background.h"
#include "cached_names.h"
#include "common/letter_width.h"
#include "common/numbers.h"
#include "data/prompt_template.h"
#include "hub/local_place.h"
#include "label_kind.h"
#include "page.h"
#include "project/project_data.h"
#include "project_session.h"
#include "run/idle_settings.h"
#include "runs/run_spec_dialog.h"
#include "runs/run_spec_form.h"
#include "settings.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTimer>

#include <algorithm>
#include <map>

namespace hilo {
std::optional<std::vector<std::int64_t>> seedsFromText(const QString& text)
{
    static const QRegularExpression range(QStringLiteral("^(\\d{1,18})\\s*[-–]\\s*(\\d{1,18})$"));
    std::vector<std::int64_t> seeds;
    if (const auto match = range.match(text.trimmed()); match.hasMatch()) {
        const qint64 first = match.captured(1).toLongLong(), last = match.captured(2).toLongLong();
        if (last < first || last - first >= 100)
            return {};
        for (qint64 seed = first; seed <= last; ++seed)
            seeds.push_back(seed);
        return seeds;
    }
    static const QRegularExpression separators(QStringLiteral("[\\s,;]+"));
    for (const QString& word : text.split(separators, Qt::SkipEmptyParts)) {
        bool good = false;
        const qlonglong seed = word.toLongLong(&good);
        if (!good || seed < 0)
            return {};
        if (std::find(seeds.begin(), seeds.end(), seed) == seeds.end())
            seeds.push_back(seed);
    }
    if (seeds.size() > 100)
        return {};
    return seeds;
}

namespace {

/// "training, learning rate: 0.001, now 0.002", a line a setting.
QStringList settingDifferences(const Json& before, const Json& now)
{
    const auto flat = [](const Json& document) {
        std::map<std::string, std::string> texts;
        const Json places = document.is_object() && !document.empty() ? document.flatten() : Json::object();
        for (const auto& [place, value] : places.items())
            texts[place] = value.is_string() ? value.get<std::string>()
                                             : value.dump(-1, ' ', false, Json::error_handler_t::replace);
        return texts;
    };
    const auto one = flat(before), other = flat(now);
    std::map<std::string, bool> places;
    for (const auto* texts : {&one, &other})
        for (const auto& [place, text] : *texts)
            places[place] = true;
    QStringList lines;
    for (const auto& [place, known] : places) {
        const auto first = one.find(place), second = other.find(place);
        // Maps and models of runs are chosen here, not taken from the project's settings.
        if (!place.starts_with("/data") && !place.starts_with("/training") && !place.starts_with("/evaluation"))
            continue;
        if (first != one.end() && second != other.end() && first->second == second->second)
            continue;
        const auto shown = [&](const auto& found, const auto& texts) {
            return found == texts.end() ? NewRunDialog::tr("nothing") : QString::fromStdString(found->second);
        };
        lines << NewRunDialog::tr("%1: %2, now %3")
                     .arg(QString::fromStdString(place.substr(1)).replace(QLatin1Char('/'), QStringLiteral(", ")),
                          shown(first, one), shown(second, other));
    }
    return lines;
}

} // namespace

NewRunDialog::NewRunDialog(ProjectSession& session, QWidget* parent)
    : QDialog(parent), session_(session), timer_(new QTimer(this))
{
    setWindowTitle(tr("New run"));
    setObjectName(QStringLiteral("newRunDialog"));
    name_ = new QLineEdit(this);
    name_->setAccessibleName(tr("Name"));
    name_->setToolTip(tr("Runs that differ in name and seed only are repeats of each other"));
    model_ = new QLineEdit(this);
    model_->setAccessibleName(tr("Model"));
    model_->setToolTip(
        tr("A Hugging Face folder, a .gguf file, or org/name of the Hugging Face cache; its weights stay "
           "frozen"));
    completeCachedNames(model_, RepositoryKind::Model);
    if (session_.model())
        model_->setText(QString::fromStdString(session_.model()->path.string()));
    map_ = new QComboBox(this);
    map_->setAccessibleName(tr("Map"));
    map_->setToolTip(tr("Which experts with which ranks every module gets"));
    map_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    map_->setMinimumContentsLength(30);
    seeds_ = new QLineEdit(this);
    seeds_->setPlaceholderText(tr("for example 1 2 3; empty: one run with the seed below"));
    seeds_->setAccessibleName(tr("Seeds"));
    seeds_->setToolTip(tr("One run for each seed. Several seeds give a mean with an interval on the page Compare"));
    form_ = new RunSpecForm(this);
    form_->setTemplates([] {
        QStringList names;
        for (const std::string& name : templateNames().value_or(std::vector<std::string>{}))
            names << QString::fromStdString(name);
        return names;
    }());
    said_ = makeQuietLabel({}, this);
    said_->setMinimumHeight(2 * fontMetrics().height());

    auto* head = new QFormLayout;
    head->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const auto& [title, editor] : {std::pair<QString, QWidget*>{tr("Name"), name_},
                                        {tr("Model"), model_},
                                        {tr("Map"), map_},
                                        {tr("Seeds"), seeds_}}) {
        auto* label = new QLabel(title, this);
        label->setBuddy(editor);
        label->setMinimumWidth(form_->captionWidth());
        head->addRow(label, editor);
    }
    auto* buttons = new QDialogButtonBox(this);
    addAndQueue_ =
        makeButton(tr("Add and queue"), tr("Put the run at the end of the queue, and start the queue"), this, true);
    add_ = makeButton(tr("Add only"), tr("Add the run to the list; it can be queued later"), this);
    command_ = makeButton(tr("Command…"),
                          tr("The run spec that this is, and the command that trains it without the desktop"), this);
    buttons->addButton(addAndQueue_, QDialogButtonBox::AcceptRole);
    buttons->addButton(add_, QDialogButtonBox::ActionRole);
    buttons->addButton(command_, QDialogButtonBox::HelpRole);
    buttons->addButton(QDialogButtonBox::Cancel);
    addAndQueue_->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(head);
    layout->addWidget(form_, 1);
    writtenSaid_ = makeQuietLabel({}, this);
    setLabelKind(*writtenSaid_, QStringLiteral("warning"));
    writtenSaid_->hide();
    takeWritten_ =
        makeButton(tr("Take them"), tr("Show the project's settings in place of what is written here"), this);
    takeWritten_->hide();
    auto* written = new QHBoxLayout;
    written->addWidget(writtenSaid_, 1);
    written->addWidget(takeWritten_, 0, Qt::AlignTop);
    layout->addLayout(written);
    layout->addWidget(said_);
    layout->addWidget(buttons);
    resize(letterWidth(fontMetrics()) * 100, fontMetrics().height() * 42);

    timer_->setSingleShot(true);
    timer_->setInterval(200);
    connect(timer_, &QTimer::timeout, this, &NewRunDialog::check);
    const auto later = [this] { timer_->start(); };
    for (QLineEdit* edit : {name_, model_, seeds_})
        connect(edit, &QLineEdit::textChanged, this, later);
    connect(name_, &QLineEdit::textEdited, this, [this] { nameTyped_ = true; });
    connect(form_, &RunSpecForm::edited, this, later);
    connect(map_, &QComboBox::currentIndexChanged, this, [this, later] {
        const int index = map_->currentIndex();
        if (!nameTyped_ && index >= 0 && index < static_cast<int>(maps_.size()))
            name_->setText(QString::fromStdString(maps_[static_cast<std::size_t>(index)].name));
        later();
    });
    connect(addAndQueue_, &QPushButton::clicked, this, [this] { take(true); });
    connect(add_, &QPushButton::clicked, this, [this] { take(false); });
    connect(command_, &QPushButton::clicked, this, &NewRunDialog::showCommand);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(takeWritten_, &QPushButton::clicked, this, [this] { showSettings(settings_); });
    connect(&session_, &ProjectSession::settingsWritten, this, &NewRunDialog::settingsWritten);
    fillMaps();
    settings_ = newRunSettings(session_.folder().toStdString());
    showSettings(settings_);
}

void NewRunDialog::showSettings(const Json& settings)
{
    Json start = settings;
    // The preference counts where the project does not say otherwise.
    if (const int threads = settings::threads();
        threads > 0 && !(start.contains("training") && start["training"].contains("threads")))
        start["training"]["threads"] = threads;
    form_->setDocument(start);
    shown_ = form_->document();
    writtenSaid_->hide();
    takeWritten_->hide();
    check();
}

void NewRunDialog::settingsWritten()
{
    if (isOfRun_)
        return;
    inBackground(
        this, [folder = session_.folder().toStdString()] { return newRunSettings(folder); },
        [this](const Json& settings) { takeWritten(settings); });
}

/// A form that nobody has touched follows; else what differs is said, and can be taken.
void NewRunDialog::takeWritten(const Json& settings)
{
    if (settings == settings_ || isOfRun_)
        return;
    const QStringList differences = settingDifferences(settings_, settings);
    settings_ = settings;
    const bool isUntouched = form_->document() == shown_;
    if (isUntouched)
        showSettings(settings_);
    constexpr int mostLines = 4;
    QStringList lines{isUntouched ? tr("The project's settings were changed on disk and are shown as they are there.")
                                  : tr("The project's settings were changed on disk since they were read here:")};
    if (!isUntouched)
        lines << differences.mid(0, mostLines);
    writtenSaid_->setText(lines.join(QLatin1Char('\n')));
    writtenSaid_->setToolTip(differences.join(QLatin1Char('\n')));
    writtenSaid_->show();
    takeWritten_->setVisible(!isUntouched);
}

void NewRunDialog::fillMaps()
{
    for (const auto& document : session_.maps()) {
        maps_.push_back(document->map());
        map_->addItem(QString::fromStdString(document->map().name));
    }
}

void NewRunDialog::chooseMap(const AllocationMap& map)
{
    for (std::size_t i = 0; i < maps_.size(); ++i) {
        if (maps_[i] == map) {
            map_->setCurrentIndex(static_cast<int>(i));
            return;
        }
    }
    maps_.push_back(map);
    map_->addItem(QString::fromStdString(map.name.empty() ? "map of the run" : map.name));
    map_->setCurrentIndex(map_->count() - 1);
}

void NewRunDialog::startFrom(const RunSpec& spec)
{
    isOfRun_ = true;
    form_->setDocument(toJson(spec));
    model_->setText(QString::fromStdString(spec.modelPath));
    chooseMap(spec.map);
    nameTyped_ = true;
    name_->setText(QString::fromStdString(spec.name));
    check();
}

Json NewRunDialog::document() const
{
    Json document = {{"format", "hilo.run/1"},
                     {"name", name_->text().trimmed().toStdString()},
                     {"model", {{"path", model_->text().trimmed().toStdString()}, {"sha256", ""}}}};
    document.update(form_->document());
    const int index = map_->currentIndex();
    if (index >= 0 && index < static_cast<int>(maps_.size()))
        document["map"] = toJson(maps_[static_cast<std::size_t>(index)]);
    return document;
}

Result<std::vector<RunSpec>> NewRunDialog::specs() const
{
    namespace fs = std::filesystem;
    const auto seeds = seedsFromText(seeds_->text());
    if (!seeds)
        return failure(badInput({}, "seeds", "These are no seeds.", "Write whole numbers, 1 2 3, or a range, 1-5."));
    if (model_->text().trimmed().isEmpty())
        return failure(badInput({}, "model.path", "A run needs a base model.", "Name its folder or .gguf file."));
    if (map_->currentIndex() < 0)
        return failure(badInput({}, "map", "A run needs an allocation map.", "Make one on the page Allocation."));
    HILO_TRY(RunSpec spec, parseRunSpec(document(), "new run", session_.folder().toStdString()));
    std::error_code code;
    // A name that is not in the cache is told with the command that brings it.
    HILO_TRY(const fs::path modelPlace, localPlace(spec.modelPath, RepositoryKind::Model));
    if (!fs::exists(modelPlace, code))
        return failure(badInput({}, "model.path", spec.modelPath + " does not exist.", "Choose the model's folder."));
    for (const TaskSpec& task : spec.tasks) {
        const std::string place =
            spec.tasks.size() == 1
                ? "data"
                : "data[" + std::to_string(static_cast<std::size_t>(&task - spec.tasks.data())) + "]";
        HILO_TRY(const fs::path dataPlace, localPlace(task.data.path, RepositoryKind::Dataset));
        if (!task.data.path.empty() && !fs::exists(dataPlace, code))
            return failure(
                badInput({}, place + ".path", task.data.path + " does not exist.", "Choose a data file or folder."));
        // By the columns: told when the run begins.
        const bool isAutomatic = task.data.template_ == automaticTemplate;
        if (const auto known = loadTemplate(task.data.template_); !known && !isAutomatic) {
            Error error = known.error();
            error.place = place + ".template";
            return failure(std::move(error));
        }
    }
    if (session_.model() && fs::equivalent(session_.model()->path, spec.modelPath, code))
        HILO_CHECK(validateAllocationMap(spec.map, session_.model()->config, "map"));
    std::vector<RunSpec> specs;
    for (const std::int64_t seed : seeds->empty() ? std::vector{spec.training.seed} : *seeds) {
        specs.push_back(spec);
        specs.back().training.seed = seed;
    }
    return specs;
}

void NewRunDialog::showProblem(const Error& error)
{
    setLabelKind(*said_, QStringLiteral("failed"));
    QString text = QStringLiteral("✗ ") + QString::fromStdString(error.message);
    if (!error.place.empty())
        text = QStringLiteral("✗ ") + QString::fromStdString(error.place + ": " + error.message);
    if (!error.hint.empty())
        text += QLatin1Char('\n') + QString::fromStdString(error.hint);
    said_->setText(text);
}

void NewRunDialog::check()
{
    const auto checked = specs();
    command_->setEnabled(checked.has_value());
    for (QPushButton* button : {add_, addAndQueue_})
        button->setEnabled(checked.has_value() && !session_.folder().isEmpty());
    if (!checked) {
        showProblem(checked.error());
        return;
    }
    const std::vector<std::string> idle = idleSettings(checked->front());
    setLabelKind(*said_, idle.empty() ? QStringLiteral("quiet") : QStringLiteral("warning"));
    QString text = tr("%n run(s)", nullptr, static_cast<int>(checked->size()));
    if (session_.model())
        text += tr(", %1 trainable parameters")
                    .arg(groupedNumber(countParameters(checked->front().map, session_.model()->config).trainable()));
    if (const std::size_t tasks = checked->front().tasks.size(); tasks > 1)
        text += tr(", %n task(s)", nullptr, static_cast<int>(tasks));
    if (session_.folder().isEmpty())
        text = tr("Runs belong to a project: make one on the start page.");
    text += QLatin1Char('.');
    // What would be read and change nothing is said before the run, not after it.
    for (const std::string& one : idle)
        text += QLatin1Char('\n') + QString::fromStdString(one) + QLatin1Char('.');
    said_->setText(text);
}

void NewRunDialog::showCommand()
{
    const auto checked = specs();
    if (!checked)
        return;
    auto* dialog = new RunSpecDialog(checked->front(), session_.folder(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void NewRunDialog::take(bool queue)
{
    auto checked = specs();
    if (!checked) {
        showProblem(checked.error());
        form_->showError(QString::fromStdString(checked.error().place),
                         QString::fromStdString(checked.error().message));
        return;
    }
    accepted_ = std::move(*checked);
    queue_ = queue;
    accept();
}

} // namespace hilo
