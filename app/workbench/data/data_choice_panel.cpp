// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_choice_panel.h"

#include "common/core_text.h"
#include "common/data_file_filter.h"
#include "data/benchmark_dialog.h"
#include "data/data_report.h"
#include "page.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hilo {
namespace {

constexpr int groupSpacing = 8; ///< pixels between what belongs together and the next heading, beside the usual ones

enum Split { AsFiles, ByColumn, BySeed };

QComboBox* makeBox(const QString& name, const QString& toolTip, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setAccessibleName(name);
    box->setToolTip(toolTip);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(10);
    return box;
}

QDoubleSpinBox* makeShare(const QString& name, QWidget* parent)
{
    auto* box = new QDoubleSpinBox(parent);
    box->setRange(0, 49);
    box->setDecimals(0);
    box->setSuffix(QStringLiteral(" %"));
    box->setAccessibleName(name);
    box->setToolTip(name);
    return box;
}

} // namespace

DataChoicePanel::DataChoicePanel(QWidget* parent) : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(makeHeading(tr("Source"), this));
    source_ = makeQuietLabel({}, this);
    source_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(source_);
    auto* buttons = new QHBoxLayout;
    auto* folder = makeButton(tr("Folder…"), tr("A folder with files named train, validation and test"), this);
    auto* file = makeButton(tr("File…"), tr("One Parquet, Arrow, JSONL, JSON, CSV, TSV or text file"), this);
    auto* benchmark = makeButton(
        tr("Benchmark…"), tr("A published benchmark by name, with its template, splits and published results"), this);
    buttons->addWidget(folder);
    buttons->addWidget(file);
    buttons->addStretch();
    layout->addLayout(buttons);
    auto* task = makeMenuButton(
        tr("Add task"), tr("Train on further data in the same run; the shares of all tasks are shown then"), this);
    connect(task->menu()->addAction(tr("Folder…")), &QAction::triggered, this, [this] { chooseTask(true); });
    connect(task->menu()->addAction(tr("File…")), &QAction::triggered, this, [this] { chooseTask(false); });
    connect(task->menu()->addAction(tr("Benchmark…")), &QAction::triggered, this, [this] { chooseBenchmark(true); });
    // Under one another: both are wide in some languages, and the panel is narrow.
    layout->addWidget(benchmark, 0, Qt::AlignLeft);
    layout->addWidget(task, 0, Qt::AlignLeft);
    connect(benchmark, &QPushButton::clicked, this, [this] { chooseBenchmark(false); });
    connect(folder, &QPushButton::clicked, this, &DataChoicePanel::chooseFolder);
    connect(file, &QPushButton::clicked, this, &DataChoicePanel::chooseFile);

    layout->addSpacing(groupSpacing);
    templateHeading_ = makeHeading(tr("Template"), this);
    layout->addWidget(templateHeading_);
    template_ = makeBox(tr("Template"), tr("How a row becomes a prompt and an answer"), this);
    template_->addItem(tr("by the columns"), QString::fromUtf8(automaticTemplate));
    for (const std::string& name : templateNames().value_or(std::vector<std::string>{}))
        template_->addItem(QString::fromStdString(name), QString::fromStdString(name));
    template_->addItem(tr("Own file…"));
    template_->setCurrentIndex(-1);
    template_->setPlaceholderText(tr("choose"));
    about_ = makeQuietLabel({}, this);
    about_->hide();
    layout->addWidget(template_);
    layout->addWidget(about_);
    connect(template_, &QComboBox::activated, this, &DataChoicePanel::templateChosen);

    layout->addSpacing(groupSpacing);
    columnsHeading_ = makeHeading(tr("Columns"), this);
    layout->addWidget(columnsHeading_);
    columnsHint_ = makeQuietLabel(tr("Appear once data and template are chosen."), this);
    layout->addWidget(columnsHint_);
    columns_ = new QWidget(this);
    columnForm_ = new QFormLayout(columns_);
    columnForm_->setContentsMargins(0, 0, 0, 0);
    columnForm_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    columnForm_->setRowWrapPolicy(QFormLayout::WrapAllRows); // names of columns are longer than half the panel
    layout->addWidget(columns_);

    layout->addSpacing(groupSpacing);
    layout->addWidget(makeHeading(tr("Length and split"), this));
    auto* form = new QFormLayout;
    splitForm_ = form;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    maximum_ = new QSpinBox(this);
    maximum_->setRange(2, 1 << 20);
    maximum_->setGroupSeparatorShown(true);
    maximum_->setSuffix(tr(" tokens"));
    maximum_->setKeyboardTracking(false);
    maximum_->setToolTip(tr("Longer rows lose the beginning of their prompt"));
    maximum_->setAccessibleName(tr("Maximum length in tokens"));
    form->addRow(tr("&Maximum"), maximum_);
    split_ = makeBox(tr("Split"), tr("Which rows are for training, validation and test"), this);
    split_->addItems({tr("as the files say"), tr("by a column"), tr("drawn by a seed")});
    form->addRow(tr("&Split"), split_);
    splitColumn_ = makeBox(tr("Column of the split"), tr("Its values are train, validation and test"), this);
    form->addRow(tr("Column"), splitColumn_);
    layout->addLayout(form);
    seedRow_ = new QWidget(this);
    auto* seedForm = new QFormLayout(seedRow_);
    seedForm->setContentsMargins(0, 0, 0, 0);
    seed_ = new QSpinBox(seedRow_);
    seed_->setRange(0, 1 << 30);
    seed_->setAccessibleName(tr("Seed of the split"));
    seed_->setToolTip(tr("The same seed draws the same rows"));
    validation_ = makeShare(tr("Share of rows for validation"), seedRow_);
    test_ = makeShare(tr("Share of rows for the test"), seedRow_);
    seedForm->addRow(tr("Seed"), seed_);
    seedForm->addRow(tr("Validation"), validation_);
    seedForm->addRow(tr("Test"), test_);
    layout->addWidget(seedRow_);
    layout->addStretch();

    connect(maximum_, &QSpinBox::valueChanged, this, [this](int value) {
        if (filling_)
            return;
        choice_.maxLength = value;
        Q_EMIT changed();
    });
    connect(split_, &QComboBox::activated, this, &DataChoicePanel::splitChosen);
    connect(splitColumn_, &QComboBox::activated, this, &DataChoicePanel::splitChosen);
    connect(seed_, &QSpinBox::valueChanged, this, &DataChoicePanel::splitChosen);
    connect(validation_, &QDoubleSpinBox::valueChanged, this, &DataChoicePanel::splitChosen);
    connect(test_, &QDoubleSpinBox::valueChanged, this, &DataChoicePanel::splitChosen);
    setChoice({});
}

void DataChoicePanel::setChoice(const ProjectData& choice)
{
    filling_ = true;
    choice_ = choice;
    maximum_->setValue(static_cast<int>(choice.maxLength));
    const QString name = QString::fromStdString(choice.spec().template_);
    int at = name.isEmpty() ? -1 : template_->findData(name);
    if (at < 0 && !name.isEmpty()) {
        // Own files stand above the line that chooses one.
        at = template_->count() - 1;
        template_->insertItem(at, QFileInfo(name).fileName(), name);
        template_->setItemData(at, name, Qt::ToolTipRole);
    }
    template_->setCurrentIndex(at);
    seed_->setValue(static_cast<int>(choice.spec().splitSeed));
    validation_->setValue(choice.spec().validationShare * 100);
    test_->setValue(choice.spec().testShare * 100);
    split_->setCurrentIndex(!choice.spec().splitColumn.empty()                                 ? ByColumn
                            : choice.spec().validationShare > 0 || choice.spec().testShare > 0 ? BySeed
                                                                                               : AsFiles);
    filling_ = false;
    showSource();
    showSplit();
}

void DataChoicePanel::showSource()
{
    if (!choice_.spec().splitFiles.empty()) {
        QStringList files;
        for (const auto& [split, file] : choice_.spec().splitFiles)
            files << QStringLiteral("%1: %2").arg(QString::fromStdString(split),
                                                  QFileInfo(QString::fromStdString(file)).fileName());
        source_->setText(files.join(QLatin1Char('\n')));
        return;
    }
    const QString path = QString::fromStdString(choice_.spec().path);
    source_->setText(path.isEmpty() ? tr("No data chosen.")
                     : isBenchmark()
                         ? tr("Benchmark %1 from %2. Its template, columns and splits are as published.")
                               .arg(QString::fromStdString(choice_.spec().benchmark), QFileInfo(path).fileName())
                         : QFileInfo(path).fileName());
    source_->setToolTip(path);
}

void DataChoicePanel::showSplit()
{
    const int kind = isBenchmark() ? AsFiles : split_->currentIndex();
    // What a benchmark says cannot be chosen.
    for (QWidget* widget : std::initializer_list<QWidget*>{templateHeading_, template_, columnsHeading_, columns_,
                                                           split_, splitForm_->labelForField(split_)})
        widget->setVisible(!isBenchmark());
    columnsHint_->setVisible(!isBenchmark() && columnBoxes_.empty());
    splitForm_->labelForField(splitColumn_)->setVisible(kind == ByColumn);
    splitColumn_->setVisible(kind == ByColumn);
    seedRow_->setVisible(kind == BySeed);
}

void DataChoicePanel::setColumns(const std::optional<PromptTemplate>& promptTemplate,
                                 const std::vector<std::string>& columns)
{
    about_->setText(promptTemplate ? coreText(promptTemplate->description) : QString());
    about_->setHidden(about_->text().isEmpty());
    known_ = columns;
    splitColumn_->clear();
    for (const std::string& column : columns)
        splitColumn_->addItem(QString::fromStdString(column));
    splitColumn_->setCurrentIndex(splitColumn_->findText(QString::fromStdString(choice_.spec().splitColumn)));
    const std::vector<std::string> fields = promptTemplate ? fieldsOf(*promptTemplate) : std::vector<std::string>{};
    std::vector<std::string> shown;
    for (const auto& [field, box] : columnBoxes_)
        shown.push_back(field);
    std::vector<std::string> wanted = fields;
    std::sort(wanted.begin(), wanted.end());
    if (shown != wanted) {
        while (columnForm_->rowCount() > 0)
            columnForm_->removeRow(0);
        columnBoxes_.clear();
        for (const std::string& field : fields) {
            const QString name = QString::fromStdString(field);
            QComboBox* box =
                makeBox(tr("Column for %1").arg(name),
                        tr("Which column of the data stands for the template's field “%1”").arg(name), columns_);
            columnForm_->addRow(name, box);
            columnBoxes_[field] = box;
            connect(box, &QComboBox::activated, this, [this, field, box] {
                const std::string column = box->currentData().toString().toStdString();
                if (column.empty())
                    choice_.spec().columns.erase(field);
                else
                    choice_.spec().columns[field] = column;
                Q_EMIT changed();
            });
        }
    }
    for (const auto& [field, box] : columnBoxes_) {
        const QSignalBlocker blocker(box);
        box->clear();
        const std::string own = columnFor(*promptTemplate, field, columns);
        box->addItem(own.empty() ? tr("– missing –") : tr("%1 (by its name)").arg(QString::fromStdString(own)));
        for (const std::string& column : columns)
            box->addItem(QString::fromStdString(column), QString::fromStdString(column));
        const auto mapped = choice_.spec().columns.find(field);
        int at = 0;
        if (mapped != choice_.spec().columns.end()) {
            at = box->findData(QString::fromStdString(mapped->second));
            if (at < 0) {
                at = box->count();
                box->addItem(QString::fromStdString(mapped->second), QString::fromStdString(mapped->second));
            }
        }
        box->setCurrentIndex(at);
    }
    columnsHint_->setVisible(columnBoxes_.empty() && !isBenchmark());
    columnsHint_->setText(promptTemplate ? tr("This template asks for no columns.")
                                         : tr("Appear once data and template are chosen."));
}

void DataChoicePanel::setSource(const QString& path)
{
    if (path.isEmpty())
        return;
    choice_.spec().path = path.toStdString();
    choice_.spec().benchmark.clear();
    choice_.spec().config.clear();
    choice_.spec().splitFiles.clear();
    choice_.spec().splitColumn.clear();
    choice_.spec().columns.clear();
    if (split_->currentIndex() == AsFiles)
        choice_.spec().holdsOut = true;
    if (choice_.spec().template_.empty()) {
        choice_.spec().template_ = automaticTemplate;
        setChoice(choice_);
    }
    showSource();
    showSplit();
    Q_EMIT changed();
}

void DataChoicePanel::setBenchmark(const DataSpec& spec)
{
    choice_.spec() = spec;
    setChoice(choice_);
    Q_EMIT changed();
}

void DataChoicePanel::chooseBenchmark(bool asFurtherTask)
{
    auto* dialog = new BenchmarkDialog(asFurtherTask ? DataSpec() : choice_.spec(), folder_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, asFurtherTask] {
        if (asFurtherTask)
            Q_EMIT benchmarkAdded(dialog->spec());
        else
            setBenchmark(dialog->spec());
    });
    dialog->open();
}

void DataChoicePanel::chooseFile()
{
    setSource(QFileDialog::getOpenFileName(this, tr("Choose data"), folder_, dataFileFilter()));
}

DataSpec DataChoicePanel::usualData(const QString& path)
{
    DataSpec usual;
    usual.path = path.toStdString();
    usual.template_ = automaticTemplate;
    usual.holdsOut = true;
    return usual;
}

void DataChoicePanel::chooseTask(bool isFolder)
{
    const QString path = isFolder ? QFileDialog::getExistingDirectory(this, tr("Choose data"), folder_)
                                  : QFileDialog::getOpenFileName(this, tr("Choose data"), folder_, dataFileFilter());
    if (!path.isEmpty())
        Q_EMIT taskAdded(path);
}

void DataChoicePanel::chooseFolder()
{
    setSource(QFileDialog::getExistingDirectory(this, tr("Choose data"), folder_));
}

void DataChoicePanel::chooseTemplateFile()
{
    const QString file =
        QFileDialog::getOpenFileName(this, tr("Choose template"), folder_, tr("Prompt templates (*.json)"));
    if (!file.isEmpty())
        choice_.spec().template_ = file.toStdString();
    setChoice(choice_);
    if (!file.isEmpty())
        Q_EMIT changed();
}

void DataChoicePanel::templateChosen()
{
    const QString name = template_->currentData().toString();
    if (name.isEmpty()) {
        chooseTemplateFile();
        return;
    }
    choice_.spec().template_ = name.toStdString();
    choice_.spec().columns.clear();
    Q_EMIT changed();
}

void DataChoicePanel::splitChosen()
{
    if (filling_)
        return;
    const int kind = split_->currentIndex();
    showSplit();
    choice_.spec().splitColumn = kind == ByColumn ? splitColumn_->currentText().toStdString() : std::string();
    if (kind == BySeed && validation_->value() == 0 && test_->value() == 0) {
        const QSignalBlocker blocker(test_);
        test_->setValue(10);
    }
    choice_.spec().holdsOut = kind == AsFiles;
    choice_.spec().splitSeed = kind == BySeed ? seed_->value() : 0;
    choice_.spec().validationShare = kind == BySeed ? validation_->value() / 100 : 0;
    choice_.spec().testShare = kind == BySeed ? test_->value() / 100 : 0;
    if (kind != ByColumn || !choice_.spec().splitColumn.empty())
        Q_EMIT changed();
}

} // namespace hilo
