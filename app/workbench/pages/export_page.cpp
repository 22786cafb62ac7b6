// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/export_page.h"

#include "background.h"
#include "common/letter_width.h"
#include "common/numbers.h"
#include "common/theme.h"
#include "export/export_report_text.h"
#include "export/export_results.h"
#include "export/format_model.h"
#include "help/page_help.h"
#include "label_kind.h"
#include "page_wishes.h"
#include "project_session.h"
#include "runs/run_service.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QVBoxLayout>

namespace hilo {

ExportPage::ExportPage(const PageContext& context, QWidget* parent)
    : Page(QStringLiteral("export"), tr("Export"), exportHelp(), parent), session_(context.session),
      runs_(context.runs), wishes_(context.wishes), lister_(new ProgramRunner(this)), exporter_(new ProgramRunner(this))
{
    model_ = new FormatModel(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    QHBoxLayout* title = makeTitleLine(this->title(), about_, this);
    run_ = new QComboBox(this);
    run_->setAccessibleName(tr("Run"));
    run_->setToolTip(tr("The run whose adapter is exported"));
    run_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    run_->setMinimumContentsLength(18);
    run_->setPlaceholderText(tr("no finished run"));
    auto* other = makeButton(tr("Other folder…"), tr("A run or adapter folder from elsewhere"), this);
    title->addWidget(run_);
    title->addWidget(other);
    layout->addLayout(title);
    message_ = makeQuietLabel({}, this);
    message_->setAlignment(Qt::AlignCenter);
    message_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(message_, 1);
    content_ = new QWidget(this);
    auto* contentLayout = new QVBoxLayout(content_);
    contentLayout->setContentsMargins(0, 0, 0, 0);
    contentLayout->setSpacing(12);
    contentLayout->addWidget(makeFormatsCard(), 3);
    auto* lower = new QHBoxLayout;
    lower->setSpacing(12);
    lower->addWidget(makeOptionsCard(), 1);
    results_ = new ExportResults(content_);
    lower->addWidget(results_, 1);
    contentLayout->addLayout(lower, 2);
    layout->addWidget(content_, 1);

    connect(run_, &QComboBox::activated, this, [this] { setSource(run_->currentData().toString()); });
    connect(other, &QPushButton::clicked, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Choose run or adapter"), session_.folder());
        if (folder.isEmpty())
            return;
        run_->addItem(QDir(folder).dirName(), folder);
        run_->setCurrentIndex(run_->count() - 1);
        setSource(folder);
    });
    connect(&session_, &ProjectSession::opened, this, &ExportPage::projectChanged);
    connect(&runs_, &RunService::runsChanged, this, [this] {
        if (isVisible())
            listRuns();
    });
    connect(&wishes_, &PageWishes::exportWanted, this, [this](const QString& run) {
        wanted_ = runs_.runFolder(run);
        Q_EMIT wishes_.pageWanted(key());
    });
    projectChanged();
}

QWidget* ExportPage::makeFormatsCard()
{
    QFrame* card = makeCard(content_);
    table_ = new QTableView(card);
    table_->setModel(model_);
    table_->setFrameShape(QFrame::NoFrame);
    table_->setShowGrid(false);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setTabKeyNavigation(false);
    table_->setAccessibleName(tr("Formats"));
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(table_->fontMetrics().height() + 10);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->setWordWrap(false);
    const int character = letterWidth(table_->fontMetrics());
    table_->setColumnWidth(FormatModel::Format, character * 34);
    table_->setColumnWidth(FormatModel::Verdict, character * 26);
    table_->setColumnWidth(FormatModel::Size, character * 14);
    cardLayout(card)->addWidget(table_);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ExportPage::formatChosen);
    return card;
}

QWidget* ExportPage::makeOptionsCard()
{
    QFrame* card = makeCard(content_);
    QVBoxLayout* layout = cardLayout(card);
    formatTitle_ = makeHeading({}, card);
    formatAbout_ = makeQuietLabel({}, card);
    layout->addWidget(formatTitle_);
    layout->addWidget(formatAbout_);
    form_ = new QFormLayout;
    form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    type_ = new QComboBox(card);
    type_->setToolTip(tr("How the numbers of the weights are written"));
    type_->setAccessibleName(tr("Weight type"));
    rank_ = new QSpinBox(card);
    rank_->setRange(0, 1 << 16);
    rank_->setSpecialValueText(tr("nothing is cut"));
    rank_->setToolTip(tr("Largest rank of the approximation; a smaller one makes smaller files and is less exact"));
    rank_->setAccessibleName(tr("Rank"));
    distil_ = new QCheckBox(tr("Distil"), card);
    distil_->setToolTip(
        tr("Train the plain adapter on the run's rows until it says what the mixture says. Takes about as "
           "long as a training of so many steps; mean weights are there at once and cost more accuracy"));
    steps_ = new QSpinBox(card);
    steps_->setRange(1, 1'000'000);
    steps_->setValue(400);
    steps_->setToolTip(tr("Steps of the distillation, of 32 rows each"));
    steps_->setAccessibleName(tr("Steps of the distillation"));
    baseName_ = new QLineEdit(card);
    baseName_->setPlaceholderText(tr("the model's path"));
    baseName_->setToolTip(tr("How the files name the base model, for example its name on a hub"));
    baseName_->setAccessibleName(tr("Name of the base model"));
    out_ = new QLineEdit(card);
    out_->setToolTip(tr("The new folder that is written; it must not exist yet"));
    out_->setAccessibleName(tr("New folder"));
    auto* browse = new QToolButton(card);
    browse->setText(QStringLiteral("…"));
    browse->setToolTip(tr("Choose where the new folder is made"));
    browse->setAccessibleName(tr("Choose the place"));
    connect(browse, &QToolButton::clicked, this, [this] {
        const QString parent =
            QFileDialog::getExistingDirectory(this, tr("Choose place"), QFileInfo(out_->text()).path());
        if (!parent.isEmpty())
            out_->setText(QDir(parent).filePath(QFileInfo(out_->text()).fileName()));
    });
    auto* place = new QHBoxLayout;
    place->addWidget(out_, 1);
    place->addWidget(browse);
    form_->addRow(tr("&Weights"), type_);
    form_->addRow(tr("&Rank"), rank_);
    form_->addRow(tr("Approximation"), distil_);
    form_->addRow(tr("&Steps"), steps_);
    form_->addRow(tr("&Base name"), baseName_);
    auto* placeLabel = new QLabel(tr("New &folder"), card);
    placeLabel->setBuddy(out_); // a row that is a layout knows no field that its
                                // label could lead to
    form_->addRow(placeLabel, place);
    layout->addLayout(form_);
    layout->addStretch();
    state_ = makeQuietLabel({}, card);
    state_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    bar_ = new QProgressBar(card);
    bar_->setTextVisible(false);
    bar_->setMaximumHeight(fontMetrics().height());
    bar_->setAccessibleName(tr("Progress of the export"));
    bar_->hide();
    layout->addWidget(state_);
    layout->addWidget(bar_);
    auto* buttons = new QHBoxLayout;
    fitting_ = makeButton(tr("Map that would fit"),
                          tr("Open a map of about as many parameters that this format can hold"), card);
    command_ = makeButton(tr("Show command…"), tr("The same export as a line for the terminal"), card);
    cancel_ = makeButton(tr("Cancel"), tr("End the export; nothing is left behind"), card);
    export_ = makeButton(tr("Export"), tr("Write the files, read them back and compare"), card, true);
    buttons->addWidget(fitting_);
    buttons->addWidget(command_);
    buttons->addStretch();
    buttons->addWidget(cancel_);
    buttons->addWidget(export_);
    layout->addLayout(buttons);
    connect(fitting_, &QPushButton::clicked, this, &ExportPage::openFittingMap);
    connect(command_, &QPushButton::clicked, this, &ExportPage::showCommand);
    connect(cancel_, &QPushButton::clicked, this, [this] {
        say(tr("Cancelling …"));
        exporter_->interrupt();
    });
    connect(export_, &QPushButton::clicked, this, &ExportPage::startExport);
    connect(out_, &QLineEdit::textChanged, this, &ExportPage::updateButtons);
    connect(distil_, &QCheckBox::toggled, this, &ExportPage::showDistillation);
    return card;
}

void ExportPage::shown()
{
    listRuns();
}

void ExportPage::projectChanged()
{
    lister_->cancel();
    source_.clear();
    run_->clear();
    model_->setFormats({});
    updateButtons();
    results_->setProject(session_.folder());
    say({});
    showState(session_.folder().isEmpty()
                  ? tr("Open a project on the page Start (Ctrl+1), or choose a run or adapter folder, to export it.")
                  : tr("No run of this project has an adapter yet. Queue one on the page Allocation; it can be "
                       "exported once it has finished."),
              false);
    if (isVisible())
        listRuns();
}

void ExportPage::listRuns()
{
    inBackground(
        this, [folders = runs_.runFolders()] { return withAdapters(folders); },
        [this](const QStringList& exportable) {
            const QString before = wanted_.isEmpty() ? source_ : std::exchange(wanted_, QString());
            if (!before.isEmpty() && run_->findData(before) < 0 && !exportable.contains(before))
                run_->addItem(QDir(before).dirName(), before);
            for (const QString& folder : exportable)
                if (run_->findData(folder) < 0)
                    run_->addItem(QDir(folder).dirName(), folder);
            run_->setEnabled(run_->count() > 0);
            if (run_->count() == 0)
                return;
            run_->setCurrentIndex(std::max(0, run_->findData(before)));
            if (run_->currentData().toString() != source_)
                setSource(run_->currentData().toString());
        });
}

void ExportPage::setSource(const QString& folder)
{
    source_ = folder;
    model_->setFormats({});
    updateButtons();
    showState(tr("Asking what each format can express …"), false);
    QStringList arguments{QStringLiteral("export"), folder, QStringLiteral("--list")};
    // A run knows its base model; an adapter folder may not.
    if (session_.model() && !QFileInfo::exists(folder + QStringLiteral("/run.json")))
        arguments << QStringLiteral("--model") << QString::fromStdString(session_.model()->path.string());
    lister_->ask(arguments, [this](const Result<Json>& answer) { takeFormats(answer); });
}

void ExportPage::takeFormats(const Result<Json>& answer)
{
    auto formats = answer ? formatsFrom(*answer) : Result<std::vector<FormatRow>>(failure(answer.error()));
    if (!formats) {
        showState(QString::fromStdString(describe(formats.error())), true);
        return;
    }
    int possible = 0;
    for (const FormatRow& row : *formats)
        possible += row.fit != FormatRow::Fit::Impossible;
    about_->setText(
        tr("%1 of %n format(s) can hold this adapter", nullptr, static_cast<int>(formats->size())).arg(possible));
    model_->setFormats(std::move(*formats));
    showState({}, false);
    table_->setCurrentIndex(model_->index(0, 0));
    formatChosen();
}

void ExportPage::showState(const QString& message, bool isProblem)
{
    setLabelKind(*message_, isProblem ? QStringLiteral("failed") : QStringLiteral("quiet"));
    message_->setText(message);
    message_->setVisible(!message.isEmpty());
    content_->setVisible(message.isEmpty());
    if (!message.isEmpty())
        about_->clear();
}

const FormatRow* ExportPage::chosenFormat() const
{
    return model_->formatAt(table_->currentIndex().row());
}

void ExportPage::formatChosen()
{
    const FormatRow* format = chosenFormat();
    if (!format)
        return;
    formatTitle_->setText(format->title);
    formatAbout_->setText(QStringLiteral("%1\n%2: %3").arg(format->description, verdictText(*format), format->reason));
    type_->clear();
    type_->addItems(format->weightTypes);
    const auto showRow = [this](QWidget* editor, bool on) {
        editor->setVisible(on);
        form_->labelForField(editor)->setVisible(on);
    };
    showRow(type_, !format->weightTypes.isEmpty());
    showRow(rank_, format->takesRank);
    rank_->setValue(0);
    showRow(distil_, format->distilling != FormatRow::Distilling::Never);
    distil_->setChecked(format->distilling == FormatRow::Distilling::Always);
    distil_->setEnabled(format->distilling == FormatRow::Distilling::Optional);
    showDistillation();
    out_->setText(QDir(session_.folder().isEmpty() ? QDir::homePath() : session_.folder())
                      .filePath(QStringLiteral("exports/%1-%2").arg(QDir(source_).dirName(), format->name)));
    say({});
    updateButtons();
}

void ExportPage::showDistillation()
{
    const bool isOn = distil_->isChecked();
    steps_->setVisible(isOn);
    form_->labelForField(steps_)->setVisible(isOn);
    rank_->setSpecialValueText(isOn ? tr("as many as a token uses") : tr("nothing is cut"));
}

void ExportPage::updateButtons()
{
    const FormatRow* format = chosenFormat();
    const bool isPossible = format && format->fit != FormatRow::Fit::Impossible;
    const bool isRunning = exporter_->isRunning();
    export_->setEnabled(isPossible && !isRunning && !out_->text().trimmed().isEmpty());
    command_->setEnabled(isPossible);
    fitting_->setVisible(format && format->hasFittingMap);
    cancel_->setVisible(isRunning);
    bar_->setVisible(isRunning);
    table_->setEnabled(!isRunning);
    run_->setEnabled(!isRunning && run_->count() > 0);
}

QStringList ExportPage::arguments() const
{
    const FormatRow* format = chosenFormat();
    QStringList words{QStringLiteral("export"), source_, QStringLiteral("--to"), format->name, QStringLiteral("--out"),
                      out_->text().trimmed()};
    if (session_.model() && !QFileInfo::exists(source_ + QStringLiteral("/run.json")))
        words << QStringLiteral("--model") << QString::fromStdString(session_.model()->path.string());
    if (type_->currentIndex() > 0)
        words << QStringLiteral("--type") << type_->currentText();
    if (format->takesRank && rank_->value() > 0)
        words << QStringLiteral("--rank") << QString::number(rank_->value());
    if (distil_->isChecked()) {
        if (format->distilling == FormatRow::Distilling::Optional)
            words << QStringLiteral("--distill");
        words << QStringLiteral("--distill-steps") << QString::number(steps_->value());
    }
    if (!baseName_->text().trimmed().isEmpty())
        words << QStringLiteral("--base-name") << baseName_->text().trimmed();
    return words;
}

void ExportPage::showCommand()
{
    if (!chosenFormat())
        return;
    const QString line = ProgramRunner::commandLine(arguments());
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("Command"), line, QMessageBox::Close, this);
    box->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* copy = box->addButton(tr("Copy"), QMessageBox::ActionRole);
    connect(copy, &QPushButton::clicked, box, [line] { QApplication::clipboard()->setText(line); });
    box->open();
}

void ExportPage::openFittingMap()
{
    const FormatRow* format = chosenFormat();
    if (!format)
        return;
    auto folder = std::make_shared<QTemporaryDir>();
    const QString file = folder->filePath(QStringLiteral("fitting.map.json"));
    QStringList words{QStringLiteral("export"),        source_, QStringLiteral("--to"), format->name,
                      QStringLiteral("--fitting-map"), file};
    if (session_.model() && !QFileInfo::exists(source_ + QStringLiteral("/run.json")))
        words << QStringLiteral("--model") << QString::fromStdString(session_.model()->path.string());
    lister_->ask(words, [this, folder, file](const Result<Json>& answer) {
        const auto map =
            answer ? readAllocationMap(file.toStdString()) : Result<AllocationMap>(failure(answer.error()));
        if (!map) {
            say(QString::fromStdString(describe(map.error())), true);
            return;
        }
        Q_EMIT wishes_.mapWanted(*map);
    });
}

void ExportPage::startExport()
{
    if (!chosenFormat())
        return;
    results_->say(tr("It is checked after writing."));
    say(tr("Starting …"));
    bar_->setRange(0, 0);
    const QStringList words = arguments();
    // The folder in which the new one appears is ours to make, not the new one itself.
    QDir().mkpath(QFileInfo(out_->text().trimmed()).path());
    exporter_->ask(
        words, [this](const Result<Json>& answer) { finishExport(answer); },
        [this](const ProgramProgress& progress) { showProgress(progress); });
    updateButtons();
}

void ExportPage::showProgress(const ProgramProgress& progress)
{
    QString text = progress.what;
    bar_->setRange(0, progress.total > 0 ? 1000 : 0);
    if (progress.total > 0)
        bar_->setValue(static_cast<int>(progress.done * 1000 / progress.total));
    if (progress.left)
        text += tr(", %1 left").arg(durationText(*progress.left));
    say(text);
}

void ExportPage::finishExport(const Result<Json>& answer)
{
    updateButtons();
    if (!answer) {
        const bool isCancelled = answer.error().code == ErrorCode::Cancelled;
        say(isCancelled ? tr("Cancelled; nothing was written.") : QString::fromStdString(describe(answer.error())),
            !isCancelled);
        results_->say(tr("Nothing was exported."));
        return;
    }
    say({});
    if (const Status kept = results_->add(*answer); !kept)
        say(QString::fromStdString(describe(kept.error())), true);
    Q_EMIT said(tr("Exported to %1").arg(exportReportText(*answer).folder));
}

void ExportPage::say(const QString& text, bool isProblem)
{
    setLabelKind(*state_, isProblem ? QStringLiteral("failed") : QStringLiteral("quiet"));
    state_->setText(text);
    state_->setVisible(!text.isEmpty());
}

} // namespace hilo
