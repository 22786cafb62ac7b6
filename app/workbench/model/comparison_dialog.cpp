// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/comparison_dialog.h"

#include "background.h"
#include "cached_names.h"
#include "common/letter_width.h"
#include "hub/local_place.h"
#include "label_kind.h"
#include "model/model_comparison_model.h"
#include "model/peculiarity_text.h"
#include "page.h"
#include "program_runner.h"
#include "settings.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

namespace hilo {
namespace {

constexpr int waitForAName = 250; ///< milliseconds

QString titleOfModel(const ModelInspection& model)
{
    return QString::fromStdString(modelTitle(model.path.string()));
}

QString sentencesOf(const QString& heading, const std::vector<Peculiarity>& peculiarities)
{
    if (peculiarities.empty())
        return {};
    return QStringLiteral("<p style='margin:6px 0 2px 0'><b>%1</b></p>").arg(heading.toHtmlEscaped()) +
           peculiarityParagraphs(peculiarities);
}

} // namespace

ComparisonDialog::ComparisonDialog(ModelInspection model, QWidget* parent)
    : QDialog(parent), model_(std::move(model)), rows_(new ModelComparisonModel(this)), timer_(new QTimer(this))
{
    setWindowTitle(tr("Compare two models"));
    setObjectName(QStringLiteral("comparisonDialog"));
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    other_ = new QLineEdit(this);
    other_->setAccessibleName(tr("Other model"));
    other_->setPlaceholderText(tr("Hugging Face folder, .gguf file, or org/name of the Hugging Face cache"));
    other_->setToolTip(other_->placeholderText());
    completeCachedNames(other_, RepositoryKind::Model);
    auto* caption = new QLabel(tr("%1 and").arg(titleOfModel(model_)), this);
    caption->setBuddy(other_);
    auto* folder = makeButton(tr("Folder…"), tr("Choose a folder"), this);
    auto* file = makeButton(tr("File…"), tr("Choose a file"), this);
    line->addWidget(caption);
    line->addWidget(other_, 1);
    line->addWidget(folder);
    line->addWidget(file);
    layout->addLayout(line);
    said_ = makeQuietLabel({}, this);
    said_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(said_);
    differences_ = new QCheckBox(tr("&Differences only"), this);
    differences_->setToolTip(tr("Leave out what both models have alike"));
    layout->addWidget(differences_);
    table_ = makePlainTable(rows_, tr("Two models side by side"), this);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table_->horizontalHeader()->setSectionResizeMode(ModelComparisonModel::What, QHeaderView::ResizeToContents);
    layout->addWidget(table_, 1);
    peculiarities_ = new QLabel(this);
    peculiarities_->setWordWrap(true);
    peculiarities_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    peculiarities_->setAccessibleName(tr("What one of the models has alone"));
    peculiarities_->hide();
    layout->addWidget(peculiarities_);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(differences_, &QCheckBox::toggled, rows_, &ModelComparisonModel::setDifferencesOnly);
    connect(folder, &QPushButton::clicked, this,
            [this] { setOther(QFileDialog::getExistingDirectory(this, {}, settings::modelsFolder())); });
    connect(file, &QPushButton::clicked, this, [this] {
        setOther(QFileDialog::getOpenFileName(this, {}, settings::modelsFolder(), tr("GGUF models (*.gguf)")));
    });
    timer_->setSingleShot(true);
    timer_->setInterval(waitForAName);
    connect(timer_, &QTimer::timeout, this, &ComparisonDialog::look);
    connect(other_, &QLineEdit::textChanged, timer_, qOverload<>(&QTimer::start));
    say(tr("Name a model to see what differs. It is only looked at."), false);
    resize(letterWidth(fontMetrics()) * 110, fontMetrics().height() * 38);
}

void ComparisonDialog::setOther(const QString& other)
{
    if (!other.isEmpty())
        other_->setText(other);
}

void ComparisonDialog::say(const QString& text, bool isProblem)
{
    setLabelKind(*said_, isProblem ? QStringLiteral("failed") : QStringLiteral("quiet"));
    said_->setText(text);
}

void ComparisonDialog::look()
{
    const QString other = other_->text().trimmed();
    if (other.isEmpty())
        return;
    say(tr("Looking at the model …"), false);
    inBackground(
        this,
        [path = other.toStdString()]() -> Result<ModelInspection> {
            HILO_TRY(const ModelSource model, openModel(path));
            return inspectModel(model);
        },
        [this, other](const Result<ModelInspection>& inspection) {
            if (other != other_->text().trimmed())
                return;
            if (inspection)
                return showBeside(*inspection);
            // Numbers of another model than the one that is named would be wrong.
            rows_->setComparison({}, {}, {});
            peculiarities_->hide();
            say(QString::fromStdString(describe(inspection.error())), true);
        });
}

void ComparisonDialog::showBeside(const ModelInspection& other)
{
    const QString first = titleOfModel(model_), second = titleOfModel(other);
    rows_->setComparison(compareModels(model_, other), first, second);
    const ModelComparison& comparison = rows_->comparison();
    const QString sentences = sentencesOf(tr("Only %1").arg(first), comparison.onlyFirst) +
                              sentencesOf(tr("Only %1").arg(second), comparison.onlySecond);
    peculiarities_->setText(sentences);
    peculiarities_->setVisible(!sentences.isEmpty());
    say(comparison.mapsFit ? tr("Allocation maps of one fit the other.")
                           : tr("Allocation maps of one do not fit the other: family, layers or modules differ."),
        false);
    said_->setToolTip(
        ProgramRunner::commandLine({QStringLiteral("inspect"), QString::fromStdString(model_.path.string()),
                                    QStringLiteral("--beside"), other_->text().trimmed()}));
}

} // namespace hilo
