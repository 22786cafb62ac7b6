// SPDX-License-Identifier: GPL-3.0-or-later
#include "new_project_dialog.h"

#include "background.h"
#include "base/json.h"
#include "formats/model_source.h"
#include "project/project.h"
#include "project/run_id.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

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
                     tr("Hugging Face folder (config.json, safetensors) or .gguf file; it stays where it is"), true);
    data_ = addPath(
        form, tr("2. &Data"),
        tr("Folder with train and test files, or one JSONL, JSON, CSV, TSV or text file; may be chosen later"), false);
    name_ = new QLineEdit(this);
    name_->setToolTip(tr("How the project is called"));
    form->addRow(tr("3. &Name"), name_);
    place_ = addPath(form, tr("&Place"), tr("The folder in which the project's folder is made"), true);
    place_->setText(QDir::homePath());
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
    check();
    resize(fontMetrics().averageCharWidth() * 90, sizeHint().height());
}

QLineEdit* NewProjectDialog::addPath(QFormLayout* form, const QString& label, const QString& toolTip, bool folder)
{
    auto* edit = new QLineEdit(this);
    edit->setToolTip(toolTip);
    edit->setPlaceholderText(toolTip);
    auto* browse = new QToolButton(this);
    browse->setText(QStringLiteral("…"));
    browse->setToolTip(tr("Choose from the disk"));
    browse->setAccessibleName(tr("Choose %1").arg(QString(label).remove(QLatin1Char('&'))));
    connect(browse, &QToolButton::clicked, this, [this, edit, folder] {
        const QString path = folder ? QFileDialog::getExistingDirectory(this, {}, edit->text())
                                    : QFileDialog::getOpenFileName(this, {}, edit->text());
        if (!path.isEmpty())
            edit->setText(path);
    });
    auto* line = new QHBoxLayout;
    line->addWidget(edit, 1);
    line->addWidget(browse);
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
