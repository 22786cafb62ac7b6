// SPDX-License-Identifier: GPL-3.0-or-later
#include "complexity/profile_dialog.h"

#include "allocation/signal_catalogue.h"
#include "background.h"
#include "common/letter_width.h"
#include "page.h"
#include "program_runner.h"
#include "project_session.h"
#include "runs/run_service.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QDir>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

namespace hilo {

ProfileDialog::ProfileDialog(ProjectSession& session, QWidget* parent) : QDialog(parent), session_(session)
{
    setWindowTitle(tr("Profile"));
    setObjectName(QStringLiteral("profileDialog"));
    auto* form = new QFormLayout(this);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    const auto addKind = [&](const QString& label, const QString& about, bool on) {
        auto* box = new QCheckBox(label, this);
        box->setChecked(on);
        box->setToolTip(about);
        box->setAccessibleDescription(about);
        form->addRow(box);
        QLabel* text = makeQuietLabel(about, this);
        text->setIndent(letterWidth(fontMetrics()) * 4);
        form->addRow(text);
        connect(box, &QCheckBox::toggled, this, &ProfileDialog::check);
        return box;
    };
    weights_ = addKind(tr("From the &weights"),
                       tr("PL α, ranks and norms of the matrices. No data is read; seconds for small models."), true);
    activations_ = addKind(
        tr("From &activations"),
        tr("Ranks, intrinsic dimension, block influence, explained variance. A few forward passes over your rows."),
        true);
    gradients_ = addKind(
        tr("From &gradients"),
        tr("Sensitivity, Fisher, whitened gradient, necessity, influence. Knows your task; the slowest."), false);
    run_ = new QComboBox(this);
    run_->addItem(tr("none"));
    run_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    run_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    run_->setToolTip(
        tr("Measures a finished run's adapter too: how large its update is in each module and how many ranks "
           "it uses. A short run of generous rank is a pilot for “balanced”."));
    form->addRow(tr("&Trained run"), run_);
    connect(run_, &QComboBox::currentIndexChanged, this, &ProfileDialog::check);
    rows_ = new QSpinBox(this);
    rows_->setRange(2, 100000);
    rows_->setValue(128);
    rows_->setSuffix(tr(" rows"));
    rows_->setToolTip(tr("How many rows the signals of activations are measured on; two halves of them are compared"));
    form->addRow(tr("&Rows"), rows_);
    name_ = new QLineEdit(this);
    name_->setToolTip(tr("Name of the profile's file in the project's folder profiles"));
    name_->setText(QStringLiteral("profile-") + QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmm")));
    form->addRow(tr("&Name"), name_);
    dataLabel_ = makeQuietLabel(tr("Looking at the project's data …"), this);
    form->addRow(dataLabel_);
    command_ = makeQuietLabel({}, this);
    command_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    form->addRow(command_);
    buttons_ = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto* start = buttons_->addButton(tr("Start"), QDialogButtonBox::AcceptRole);
    start->setDefault(true);
    form->addRow(buttons_);
    connect(buttons_, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(rows_, &QSpinBox::valueChanged, this, &ProfileDialog::check);
    connect(name_, &QLineEdit::textChanged, this, &ProfileDialog::check);
    resize(letterWidth(fontMetrics()) * 84, sizeHint().height());
    inBackground(
        this,
        [folder = session_.folder().toStdString()]() -> Result<std::optional<ProjectData>> {
            if (folder.empty())
                return std::optional<ProjectData>{};
            HILO_TRY(const Project project, Project::open(folder));
            return readProjectData(project);
        },
        [this](const Result<std::optional<ProjectData>>& stored) { takeData(stored); });
    inBackground(
        this,
        [folder = session_.folder()] {
            QStringList folders;
            const QDir runs(folder + QStringLiteral("/runs"));
            for (const QString& run :
                 folder.isEmpty() ? QStringList() : runs.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
                folders << runs.filePath(run);
            return withAdapters(folders);
        },
        [this](const QStringList& runs) { takeAdapters(runs); });
    check();
}

void ProfileDialog::takeAdapters(const QStringList& runs)
{
    for (const QString& run : runs)
        run_->addItem(QDir(run).dirName(), run);
    run_->setEnabled(!runs.isEmpty());
}

void ProfileDialog::takeData(const Result<std::optional<ProjectData>>& stored)
{
    dataKnown_ = true;
    if (!stored)
        dataProblem_ = QString::fromStdString(describe(stored.error()));
    else
        data_ = *stored;
    check();
}

QStringList ProfileDialog::kinds() const
{
    QStringList kinds;
    for (const auto& [box, name] :
         {std::pair{weights_, "weights"}, std::pair{activations_, "activations"}, std::pair{gradients_, "gradients"}})
        if (box->isChecked())
            kinds << QLatin1String(name);
    return kinds;
}

QStringList ProfileDialog::chosenNames() const
{
    // A kind's name stands for all of its signals; their names would be one word of 500 letters in the command.
    QStringList names = kinds();
    if (run_->currentIndex() > 0)
        for (const SignalDescription& signal : signalCatalogue())
            if (signal.needsAdapter)
                names << QString::fromStdString(signal.name);
    return names;
}

QString ProfileDialog::file() const
{
    const QString folder =
        session_.folder().isEmpty() ? QDir::homePath() : session_.folder() + QStringLiteral("/profiles");
    return QDir(folder).filePath(name_->text().trimmed() + QStringLiteral(".profile.json"));
}

QStringList ProfileDialog::arguments() const
{
    QStringList words{QString::fromStdString(session_.model()->path.string())};
    const bool needsData = activations_->isChecked() || gradients_->isChecked();
    if (needsData && data_) {
        words << QStringLiteral("--data") << QString::fromStdString(data_->spec().path);
        words << QStringLiteral("--template") << QString::fromStdString(data_->spec().template_);
        for (const auto& [field, column] : data_->spec().columns)
            words << QStringLiteral("--column") << QString::fromStdString(field + "=" + column);
        words << QStringLiteral("--sequences") << QString::number(rows_->value());
        words << QStringLiteral("--max-length") << QString::number(data_->maxLength);
    }
    if (run_->currentIndex() > 0)
        words << QStringLiteral("--adapter") << run_->currentData().toString();
    words << QStringLiteral("--signals") << chosenNames().join(QLatin1Char(','));
    words << QStringLiteral("--out") << file();
    return words;
}

void ProfileDialog::check()
{
    const bool needsData = activations_->isChecked() || gradients_->isChecked();
    rows_->setEnabled(needsData);
    const bool hasData = data_ && !data_->spec().path.empty() && !data_->spec().template_.empty();
    QString about;
    if (!needsData)
        about = tr("No data is needed.");
    else if (!dataKnown_)
        about = tr("Looking at the project's data …");
    else if (!dataProblem_.isEmpty())
        about = dataProblem_;
    else if (!hasData)
        about = tr("This project has no data yet: choose it on the page Data (Ctrl+3), or measure the weights alone.");
    else
        about = tr("Data: %1, template “%2”")
                    .arg(QString::fromStdString(data_->spec().path), QString::fromStdString(data_->spec().template_));
    dataLabel_->setText(about);
    const QString name = name_->text().trimmed();
    const bool isGood =
        !chosenNames().isEmpty() && !name.isEmpty() && !name.contains(QLatin1Char('/')) && (!needsData || hasData);
    command_->setText(isGood ? ProgramRunner::commandLine(QStringList{QStringLiteral("profile")} + arguments())
                             : QString());
    for (QAbstractButton* button : buttons_->buttons())
        if (buttons_->buttonRole(button) == QDialogButtonBox::AcceptRole)
            button->setEnabled(isGood);
}

} // namespace hilo
