// SPDX-License-Identifier: GPL-3.0-or-later
#include "start/new_project_dialog.h"

#include "background.h"
#include "base/json.h"
#include "cached_names.h"
#include "common/letter_width.h"
#include "common/numbers.h"
#include "data/prompt_template.h"
#include "formats/model_source.h"
#include "hub/local_place.h"
#include "label_kind.h"
#include "page.h"
#include "project/project_data.h"
#include "run/run_id.h"
#include "runs/run_spec_form.h"
#include "runs/task_list_panel.h"
#include "settings.h"
#include "start/data_glance.h"
#include "start/fetch_dialog.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <filesystem>
#include <map>

namespace hilo {
namespace {

constexpr int waitForAPath = 250; ///< milliseconds

/// The tasks whose data somebody named.
Json namedTasks(const Json& document)
{
    Json named = Json::array();
    const Json& data = document["data"];
    for (const Json& task : data.is_array() ? data : Json::array({data}))
        if (task.value("path", Json("")) != "" || (task.contains("split") && task["split"].is_object()))
            named.push_back(task);
    return named;
}

/// document: "data", "training" and "evaluation" as a run spec has them.
Status makeProject(const std::string& folder, const std::string& name, const std::string& model, const Json& document)
{
    HILO_CHECK(openModel(model));
    ProjectData data;
    const Json named = namedTasks(document);
    if (!named.empty()) {
        const Json tasks = {{"data", named.size() == 1 ? named.front() : named}};
        HILO_TRY(const JsonObject root, JsonObject::of(tasks, ""));
        HILO_TRY(data.tasks, parseTasks(root, std::filesystem::current_path()));
    }
    HILO_TRY(const Project project, Project::create(folder, name));
    const Status written = [&]() -> Status {
        HILO_CHECK(writeNewRunSettings(project, document));
        HILO_TRY(Json file, readJsonFile(project.folder() / "project.json"));
        file["model"] = {{"path", model}};
        if (!named.empty())
            file["data"] = toJson(data.tasks);
        return writeJsonFile(project.folder() / "project.json", file);
    }();
    // A project that is no good is none.
    if (!written) {
        std::error_code code;
        std::filesystem::remove_all(project.folder(), code);
    }
    return written;
}

/// "conversation" as a person calls it.
QString formText(const std::string& form)
{
    static const std::map<std::string, QString> texts{
        {"conversation", NewProjectDialog::tr("conversations")},
        {"alpaca", NewProjectDialog::tr("instructions (Alpaca)")},
        {"dolly", NewProjectDialog::tr("instructions (Dolly)")},
        {"prompt-completion", NewProjectDialog::tr("prompts with completions")},
        {"preference", NewProjectDialog::tr("preferences: chosen and rejected answers")},
        {"unpaired-preference", NewProjectDialog::tr("answers that were judged")},
        {"choice", NewProjectDialog::tr("questions with choices")},
        {"classification", NewProjectDialog::tr("texts with labels")},
        {"text", NewProjectDialog::tr("plain text")}};
    const auto known = texts.find(form);
    return known == texts.end() ? QString::fromStdString(form) : known->second;
}

} // namespace

NewProjectDialog::NewProjectDialog(QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("New project"));
    setObjectName(QStringLiteral("newProjectDialog"));
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    const auto addForm = [layout] {
        auto* form = new QFormLayout;
        form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
        layout->addLayout(form);
        return form;
    };
    QFormLayout* form = addForm();
    model_ = addPath(
        form, tr("1. &Model"),
        tr("Hugging Face folder or .gguf file, or org/name of the Hugging Face cache; it stays where it is"),
        {settings::modelsFolder(), true, tr("GGUF models (*.gguf)"), true, tr("folder, .gguf file or org/name")});
    completeCachedNames(model_, RepositoryKind::Model);
    model_->setObjectName(QStringLiteral("modelPath"));
    modelSaid_ = makeQuietLabel({}, this);
    layout->addWidget(modelSaid_);
    layout->addWidget(makeQuietLabel(tr("2. Data may be chosen later. What it is, its columns say."), this));
    form_ = new RunSpecForm(newProjectFields(), this);
    form_->setTemplates([] {
        QStringList names;
        for (const std::string& name : templateNames().value_or(std::vector<std::string>{}))
            names << QString::fromStdString(name);
        return names;
    }());
    form_->setMinimumHeight(fontMetrics().height() * 12);
    layout->addWidget(form_, 1);
    dataSaid_ = makeQuietLabel({}, this);
    layout->addWidget(dataSaid_);
    form = addForm();
    name_ = new QLineEdit(this);
    name_->setObjectName(QStringLiteral("projectName"));
    name_->setAccessibleName(tr("Name of the project"));
    name_->setToolTip(tr("How the project is called"));
    addCaption(form, tr("3. &Name"), name_, name_);
    place_ = addPath(form, tr("&Place"), tr("The folder in which the project's folder is made"),
                     {settings::projectsFolder(), true, {}});
    place_->setObjectName(QStringLiteral("projectPlace"));
    place_->setText(settings::projectsFolder());
    problem_ = new QLabel(this);
    problem_->setObjectName(QStringLiteral("failed"));
    problem_->setWordWrap(true);
    layout->addWidget(problem_);
    buttons_ = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto* create = buttons_->addButton(tr("Create project"), QDialogButtonBox::AcceptRole);
    create->setDefault(true);
    create->setObjectName(QStringLiteral("primary"));
    layout->addWidget(buttons_);
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons_, &QDialogButtonBox::accepted, this, &NewProjectDialog::create);
    for (QLineEdit* edit : {model_, name_, place_})
        connect(edit, &QLineEdit::textChanged, this, &NewProjectDialog::check);
    connect(model_, &QLineEdit::textChanged, this, &NewProjectDialog::lookAtModel);
    timer_ = new QTimer(this);
    timer_->setSingleShot(true);
    timer_->setInterval(waitForAPath);
    connect(timer_, &QTimer::timeout, this, &NewProjectDialog::lookAtData);
    connect(form_, &RunSpecForm::edited, timer_, qOverload<>(&QTimer::start));
    connect(&form_->tasks(), &TaskListPanel::chosen, timer_, qOverload<>(&QTimer::start));
    connect(model_, &QLineEdit::textChanged, timer_, qOverload<>(&QTimer::start)); // its chat template counts, too
    // All fields begin at the same place.
    for (QLabel* caption : captions_)
        caption->setMinimumWidth(form_->captionWidth());
    check();
    resize(letterWidth(fontMetrics()) * 112, fontMetrics().height() * 34);
}

QLineEdit* NewProjectDialog::addPath(QFormLayout* form, const QString& label, const QString& toolTip,
                                     const Choices& choices)
{
    const QString plain = QString(label).remove(QLatin1Char('&'));
    auto* edit = new QLineEdit(this);
    edit->setToolTip(toolTip);
    edit->setPlaceholderText(choices.hint); // short: a field that is narrow cuts it
    edit->setAccessibleName(plain);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(edit, 1);
    const auto add = [&](const QString& text, const QString& explanation, auto choose) {
        auto* button = makeButton(text, explanation, this);
        button->setAccessibleName(tr("%1: %2").arg(plain, explanation));
        connect(button, &QPushButton::clicked, this, [edit, start = choices.start, choose] {
            const QString path = choose(edit->text().isEmpty() ? start : edit->text());
            if (!path.isEmpty())
                edit->setText(path);
        });
        line->addWidget(button);
    };
    if (choices.folder)
        add(tr("Folder…"), tr("Choose a folder"),
            [this](const QString& start) { return QFileDialog::getExistingDirectory(this, {}, start); });
    if (!choices.files.isEmpty())
        add(tr("File…"), tr("Choose a file"), [this, files = choices.files](const QString& start) {
            return QFileDialog::getOpenFileName(this, {}, start, files);
        });
    if (choices.fetch) {
        auto* button = makeButton(tr("Fetch…"), tr("Bring a model from the Hugging Face hub"), this);
        button->setAccessibleName(tr("%1: %2").arg(plain, button->toolTip()));
        connect(button, &QPushButton::clicked, this, &NewProjectDialog::fetchModel);
        line->addWidget(button);
    }
    auto* row = new QWidget(this);
    line->setContentsMargins(0, 0, 0, 0);
    row->setLayout(line);
    addCaption(form, label, edit, row);
    return edit;
}

void NewProjectDialog::addCaption(QFormLayout* form, const QString& text, QWidget* editor, QWidget* row)
{
    auto* caption = new QLabel(text, this);
    caption->setBuddy(editor);
    captions_ << caption;
    form->addRow(caption, row);
}

void NewProjectDialog::setModel(const QString& model)
{
    model_->setText(model);
}

void NewProjectDialog::fetchModel()
{
    auto* dialog = new FetchDialog(RepositoryKind::Model, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (parseRepositoryName(model_->text().toStdString()))
        dialog->setName(model_->text());
    connect(dialog, &FetchDialog::fetched, this, [this](const QString& name) {
        // Also where it is the same name as before, of which there is more now.
        model_->clear();
        model_->setText(name);
    });
    dialog->open();
}

void NewProjectDialog::check()
{
    const bool complete = !model_->text().isEmpty() && !name_->text().trimmed().isEmpty() && !place_->text().isEmpty();
    for (QAbstractButton* button : buttons_->buttons())
        if (buttons_->buttonRole(button) == QDialogButtonBox::AcceptRole)
            button->setEnabled(complete);
}

void NewProjectDialog::say(QLabel* label, const QString& text, bool isProblem)
{
    setLabelKind(*label, isProblem ? QStringLiteral("failed") : QStringLiteral("quiet"));
    label->setText(text);
}

void NewProjectDialog::lookAtModel()
{
    const QString path = model_->text();
    if (path.isEmpty())
        return say(modelSaid_, {}, false);
    if (name_->text().isEmpty() || name_->text() == suggested_) {
        const auto repository = parseRepositoryName(path.toStdString());
        suggested_ = repository && !QFileInfo::exists(path) ? QString::fromStdString(repository->name)
                                                            : QFileInfo(path).completeBaseName();
        name_->setText(suggested_);
    }
    say(modelSaid_, tr("Looking at the model …"), false);
    inBackground(
        this, [path = path.toStdString()] { return openModel(path); },
        [this, path](const Result<ModelSource>& model) {
            if (path != model_->text())
                return;
            if (!model)
                return say(modelSaid_, QString::fromStdString(describe(model.error())), true);
            say(modelSaid_,
                tr("%1, %n layer(s), %2 parameters", nullptr, static_cast<int>(model->config.layers))
                        .arg(QString::fromStdString(model->config.architecture),
                             shortNumber(static_cast<double>(parameterCount(model->config)))) +
                    (model->weights ? QString() : QLatin1String("; ") + tr("no weights: enough to plan, not to train")),
                false);
        });
}

/// Of the task that is chosen: what it is, as its columns say, before anything is made.
void NewProjectDialog::lookAtData()
{
    const int request = ++glance_;
    Json task = form_->tasks().model().task(form_->tasks().current());
    const std::string path =
        task.value("path", Json("")).is_string() ? task.value("path", std::string()) : std::string();
    if (path.empty())
        return say(dataSaid_, {}, false);
    const auto place = localPlace(path, RepositoryKind::Dataset);
    if (!place)
        return say(dataSaid_, QString::fromStdString(describe(place.error())), true);
    if (!QFileInfo::exists(QString::fromStdString(place->string())))
        return say(dataSaid_, tr("There is nothing at this path."), true);
    inBackground(
        this,
        [task = std::move(task), model = model_->text().toStdString()]() -> Result<DataGlance> {
            const Json document = {{"data", task}};
            HILO_TRY(const JsonObject root, JsonObject::of(document, ""));
            HILO_TRY(const std::vector<TaskSpec> tasks, parseTasks(root, std::filesystem::current_path()));
            return glanceAt(tasks.front().data, model);
        },
        [this, request](const Result<DataGlance>& glance) {
            if (request != glance_)
                return;
            if (!glance)
                return say(dataSaid_, QString::fromStdString(describe(glance.error())), true);
            const QString files = tr("%n file(s)", nullptr, static_cast<int>(glance->files));
            const QString written = tr("template %1").arg(QString::fromStdString(glance->template_));
            say(dataSaid_,
                QStringLiteral("✓ ") + (glance->form.empty() ? QStringList{files, written}
                                                             : QStringList{formText(glance->form), files, written})
                                           .join(QStringLiteral(", ")),
                false);
        });
}

void NewProjectDialog::create()
{
    const QString folder =
        QDir(place_->text()).filePath(QString::fromStdString(runIdFrom(name_->text().toStdString())));
    problem_->setText(tr("Looking at the model …"));
    inBackground(
        this,
        [path = folder.toStdString(), name = name_->text().trimmed().toStdString(),
         model = model_->text().toStdString(),
         document = form_->document()] { return makeProject(path, name, model, document); },
        [this, folder](const Status& status) {
            if (!status) {
                problem_->setText(QString::fromStdString(describe(status.error())));
                form_->showError(QString::fromStdString(status.error().place),
                                 QString::fromStdString(status.error().message));
                return;
            }
            Q_EMIT created(folder);
            accept();
        });
}

} // namespace hilo
