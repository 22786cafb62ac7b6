// SPDX-License-Identifier: GPL-3.0-or-later
#include "new_project_dialog.h"

#include "background.h"
#include "base/json.h"
#include "common/numbers.h"
#include "formats/model_source.h"
#include "page.h"
#include "project/project.h"
#include "run/run_id.h"
#include "settings.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace hilo {
namespace {

Status makeProject(const std::string& folder, const std::string& name, const std::string& model,
                   const std::string& data)
{
    HILO_CHECK(openModel(model));
    HILO_TRY(const Project project, Project::create(folder, name));
    HILO_TRY(Json document, readJsonFile(project.folder() / "project.json"));
    document["model"] = {{"path", model}};
    if (!data.empty())
        document["data"] = {{"path", data}};
    return writeJsonFile(project.folder() / "project.json", document);
}

} // namespace

NewProjectDialog::NewProjectDialog(QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("New project"));
    auto* form = new QFormLayout(this);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    model_ = addPath(form, tr("1. &Model"),
                     tr("Hugging Face folder (config.json, safetensors) or .gguf file; it stays where it is"),
                     {settings::modelsFolder(), true, tr("GGUF models (*.gguf)")});
    model_->setObjectName(QStringLiteral("modelPath"));
    modelSaid_ = makeQuietLabel({}, this);
    form->addRow({}, modelSaid_);
    data_ =
        addPath(form, tr("2. &Data"),
                tr("Folder with train and test files, or one JSONL, JSON, CSV, TSV or text file; may be chosen later"),
                {settings::modelsFolder(), true, tr("Data (*.parquet *.jsonl *.json *.csv *.tsv *.txt)")});
    data_->setObjectName(QStringLiteral("dataPath"));
    dataSaid_ = makeQuietLabel({}, this);
    form->addRow({}, dataSaid_);
    name_ = new QLineEdit(this);
    name_->setObjectName(QStringLiteral("projectName"));
    name_->setAccessibleName(tr("Name of the project"));
    name_->setToolTip(tr("How the project is called"));
    form->addRow(tr("3. &Name"), name_);
    place_ = addPath(form, tr("&Place"), tr("The folder in which the project's folder is made"),
                     {settings::projectsFolder(), true, {}});
    place_->setObjectName(QStringLiteral("projectPlace"));
    place_->setText(settings::projectsFolder());
    problem_ = new QLabel(this);
    problem_->setObjectName(QStringLiteral("failed"));
    problem_->setWordWrap(true);
    form->addRow(problem_);
    buttons_ = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto* create = buttons_->addButton(tr("Create project"), QDialogButtonBox::AcceptRole);
    create->setDefault(true);
    form->addRow(buttons_);
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons_, &QDialogButtonBox::accepted, this, &NewProjectDialog::create);
    for (QLineEdit* edit : {model_, name_, place_})
        connect(edit, &QLineEdit::textChanged, this, &NewProjectDialog::check);
    connect(model_, &QLineEdit::textChanged, this, &NewProjectDialog::lookAtModel);
    connect(data_, &QLineEdit::textChanged, this, &NewProjectDialog::lookAtData);
    check();
    resize(fontMetrics().averageCharWidth() * 90, sizeHint().height());
}

QLineEdit* NewProjectDialog::addPath(QFormLayout* form, const QString& label, const QString& toolTip,
                                     const Choices& choices)
{
    const QString plain = QString(label).remove(QLatin1Char('&'));
    auto* edit = new QLineEdit(this);
    edit->setToolTip(toolTip);
    edit->setPlaceholderText(toolTip);
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
    auto* caption = new QLabel(label, this);
    caption->setBuddy(edit);
    form->addRow(caption, line);
    return edit;
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
    label->setObjectName(isProblem ? QStringLiteral("failed") : QStringLiteral("quiet"));
    label->setStyleSheet(label->styleSheet());
    label->setText(text);
}

void NewProjectDialog::lookAtModel()
{
    const QString path = model_->text();
    if (path.isEmpty())
        return say(modelSaid_, {}, false);
    if (name_->text().isEmpty() || name_->text() == suggested_) {
        suggested_ = QFileInfo(path).completeBaseName();
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

void NewProjectDialog::lookAtData()
{
    const QFileInfo chosen(data_->text());
    if (data_->text().isEmpty())
        say(dataSaid_, {}, false);
    else if (!chosen.exists())
        say(dataSaid_, tr("There is nothing at this path."), true);
    else if (chosen.isDir())
        say(dataSaid_,
            tr("%n file(s) in this folder", nullptr,
               static_cast<int>(QDir(chosen.filePath()).entryList(QDir::Files).size())),
            false);
    else
        say(dataSaid_, byteSize(static_cast<std::uint64_t>(chosen.size())), false);
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
         data = data_->text().toStdString()] { return makeProject(path, name, model, data); },
        [this, folder](const Status& status) {
            if (!status) {
                problem_->setText(QString::fromStdString(describe(status.error())));
                return;
            }
            Q_EMIT created(folder);
            accept();
        });
}

} // namespace hilo
