// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/benchmark_dialog.h"

#include "background.h"
#include "common/letter_width.h"
#include "common/metric_text.h"
#include "common/numbers.h"
#include "data/published_model.h"
#include "label_kind.h"
#include "page.h"
#include "program_runner.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace hilo {
namespace {

constexpr int waitForTyping = 300; ///< milliseconds

QComboBox* makeBenchmarkChoice(const QString& name, const QString& toolTip, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setAccessibleName(name);
    box->setToolTip(toolTip);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(24);
    return box;
}

QTableView* makeReadingTable(QAbstractItemModel* model, const QString& name, int rows, QWidget* parent)
{
    QTableView* table = makePlainTable(model, name, parent);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->horizontalHeader()->setStretchLastSection(true);
    table->setMinimumHeight(table->horizontalHeader()->sizeHint().height() +
                            rows * table->verticalHeader()->defaultSectionSize() + 4);
    return table;
}

} // namespace

BenchmarkDialog::BenchmarkDialog(const DataSpec& start, const QString& folder, QWidget* parent)
    : QDialog(parent), start_(start), folder_(folder), splits_(new BenchmarkSplitModel(this)),
      published_(new PublishedModel(this)), timer_(new QTimer(this))
{
    setWindowTitle(tr("Benchmark"));
    setObjectName(QStringLiteral("benchmarkDialog"));
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addWidget(makeForm());
    about_ = makeQuietLabel({}, this);
    asked_ = makeQuietLabel({}, this);
    for (QLabel* label : {about_, asked_}) {
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        layout->addWidget(label);
    }
    layout->addWidget(makeHeading(tr("Splits"), this));
    splitTable_ = makeReadingTable(splits_, tr("Splits"), 3, this);
    splitTable_->setMaximumHeight(splitTable_->minimumHeight());
    layout->addWidget(splitTable_);
    said_ = makeQuietLabel({}, this);
    said_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    said_->setMinimumHeight(2 * fontMetrics().height());
    layout->addWidget(said_);
    layout->addWidget(makeHeading(tr("Published results"), this));
    publishedTable_ = makeReadingTable(published_, tr("Published results"), 6, this);
    layout->addWidget(publishedTable_, 1);
    command_ = new QLineEdit(this);
    command_->setReadOnly(true);
    command_->setAccessibleName(tr("The same check as a command"));
    command_->setToolTip(tr("The same check as a line for the terminal"));
    layout->addWidget(command_);
    auto* buttons = new QDialogButtonBox(this);
    use_ = makeButton(tr("Use benchmark"), tr("Take its rows, template, splits and measure for this task"), this, true);
    buttons->addButton(use_, QDialogButtonBox::AcceptRole);
    buttons->addButton(QDialogButtonBox::Cancel);
    use_->setEnabled(false);
    layout->addWidget(buttons);
    resize(letterWidth(fontMetrics()) * 110, fontMetrics().height() * 40);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    timer_->setSingleShot(true);
    timer_->setInterval(waitForTyping);
    connect(timer_, &QTimer::timeout, this, &BenchmarkDialog::readFolder);
    say(tr("Reading the list of benchmarks …"), QStringLiteral("quiet"));
    inBackground(
        this, [] { return allBenchmarks(); },
        [this](Result<Benchmarks> benchmarks) {
            if (benchmarks)
                take(std::move(*benchmarks));
            else
                say(QString::fromStdString(describe(benchmarks.error())), QStringLiteral("failed"));
        });
}

BenchmarkDialog::~BenchmarkDialog()
{
    if (stop_)
        *stop_ = true;
}

QWidget* BenchmarkDialog::makeForm()
{
    auto* widget = new QWidget(this);
    auto* form = new QFormLayout(widget);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    benchmark_ =
        makeBenchmarkChoice(tr("Benchmark"), tr("A published set of rows that others report numbers of"), widget);
    protocol_ = makeBenchmarkChoice(tr("Protocol"),
                                    tr("Whose prompts and measure: only numbers of one protocol compare"), widget);
    path_ = new QLineEdit(QString::fromStdString(start_.path), widget);
    path_->setAccessibleName(tr("Folder of the data"));
    path_->setToolTip(tr("The folder as it was published, in any of its forms, or org/name of the Hugging Face cache"));
    auto* browse = makeToolButton(tr("Folder…"), tr("Choose the benchmark's folder"), widget);
    auto* place = new QHBoxLayout;
    place->addWidget(path_, 1);
    place->addWidget(browse);
    form->addRow(tr("&Benchmark"), benchmark_);
    form->addRow(tr("&Protocol"), protocol_);
    auto* placeLabel = new QLabel(tr("&Folder"), widget);
    placeLabel->setBuddy(path_);
    form->addRow(placeLabel, place);
    connect(benchmark_, &QComboBox::currentIndexChanged, this, &BenchmarkDialog::benchmarkChosen);
    connect(protocol_, &QComboBox::currentIndexChanged, this, &BenchmarkDialog::protocolChosen);
    connect(path_, &QLineEdit::textChanged, this, &BenchmarkDialog::readLater);
    connect(browse, &QPushButton::clicked, this, [this] {
        const QString chosen = QFileDialog::getExistingDirectory(this, tr("Choose the benchmark's folder"),
                                                                 path_->text().isEmpty() ? folder_ : path_->text());
        if (!chosen.isEmpty())
            path_->setText(chosen);
    });
    return widget;
}

void BenchmarkDialog::take(Benchmarks benchmarks)
{
    benchmarks_ = std::move(benchmarks);
    int wanted = 0;
    std::string protocol;
    // The name may be an alias or carry its protocol.
    if (const auto before = findBenchmark(start_.benchmark); !start_.benchmark.empty() && before) {
        for (std::size_t i = 0; i < benchmarks_.size(); ++i)
            if (benchmarks_[i]->name == before->benchmark->name)
                wanted = static_cast<int>(i);
        protocol = before->protocol->name;
    }
    {
        const QSignalBlocker quiet(benchmark_);
        for (const auto& one : benchmarks_)
            benchmark_->addItem(QString::fromStdString(one->title), QString::fromStdString(one->name));
        benchmark_->setCurrentIndex(wanted);
    }
    benchmarkChosen();
    if (const int at = protocol_->findData(QString::fromStdString(protocol)); at >= 0)
        protocol_->setCurrentIndex(at);
    Q_EMIT listed();
}

const Benchmark* BenchmarkDialog::chosen() const
{
    const int at = benchmark_->currentIndex();
    return at >= 0 && at < static_cast<int>(benchmarks_.size()) ? benchmarks_[static_cast<std::size_t>(at)].get()
                                                                : nullptr;
}

QString BenchmarkDialog::chosenName() const
{
    const Benchmark* benchmark = chosen();
    if (!benchmark)
        return {};
    const QString name = QString::fromStdString(benchmark->name);
    // The usual protocol needs no word.
    return protocol_->currentIndex() <= 0 ? name : protocol_->currentData().toString() + QLatin1Char('-') + name;
}

DataSpec BenchmarkDialog::spec() const
{
    DataSpec spec;
    spec.benchmark = chosenName().toStdString();
    spec.path = path_->text().trimmed().toStdString();
    return spec;
}

QString BenchmarkDialog::command() const
{
    QStringList words{QStringLiteral("benchmark"), QStringLiteral("check"), chosenName()};
    words << (path_->text().trimmed().isEmpty() ? QStringLiteral("FOLDER") : path_->text().trimmed());
    return ProgramRunner::commandLine(words);
}

void BenchmarkDialog::benchmarkChosen()
{
    const Benchmark* benchmark = chosen();
    if (!benchmark)
        return;
    {
        const QSignalBlocker quiet(protocol_);
        protocol_->clear();
        for (const Benchmark::Protocol& one : benchmark->protocols)
            protocol_->addItem(QString::fromStdString(one.name), QString::fromStdString(one.name));
        protocol_->setCurrentIndex(0);
        protocol_->setEnabled(protocol_->count() > 1);
    }
    QStringList about{QString::fromStdString(benchmark->description)};
    if (!benchmark->repository.empty())
        about << tr("Data: %1 on the Hugging Face hub.").arg(QString::fromStdString(benchmark->repository));
    if (!benchmark->licence.empty())
        about << tr("Licence: %1.").arg(QString::fromStdString(benchmark->licence));
    if (benchmark->floor)
        about << (benchmark->floor->kind == "majority" ? tr("Always giving the most frequent answer scores %1 %.")
                                                       : tr("Guessing scores %1 %."))
                     .arg(QLocale().toString(benchmark->floor->value, 'g', 4));
    about_->setText(about.join(QLatin1Char(' ')));
    protocolChosen();
}

void BenchmarkDialog::protocolChosen()
{
    const Benchmark* benchmark = chosen();
    const int at = protocol_->currentIndex();
    if (!benchmark || at < 0 || at >= static_cast<int>(benchmark->protocols.size()))
        return;
    const Benchmark::Protocol& protocol = benchmark->protocols[static_cast<std::size_t>(at)];
    asked_->setText(tr("Asked with the template %1, scored by %2 (%3). Source: %4.")
                        .arg(QString::fromStdString(protocol.template_), MetricText(protocol.metric).title(),
                             QString::fromStdString(protocol.protocol), QString::fromStdString(protocol.source)));
    asked_->setToolTip(QString::fromStdString(protocol.description));
    splits_->setSplits(publishedSplits(*benchmark));
    splitTable_->resizeColumnsToContents();
    published_->setResults(benchmark->published, protocol.name);
    publishedTable_->resizeColumnsToContents();
    for (int column = 0; column + 1 < PublishedModel::ColumnCount; ++column)
        publishedTable_->setColumnWidth(
            column, std::min(publishedTable_->columnWidth(column), letterWidth(fontMetrics()) * 26));
    readLater();
}

void BenchmarkDialog::readLater()
{
    // What was read of another folder or benchmark must not be taken.
    ++request_;
    if (stop_)
        *stop_ = true;
    reading_.reset();
    use_->setEnabled(false);
    command_->setText(command());
    command_->setCursorPosition(0);
    if (const Benchmark* benchmark = chosen())
        splits_->setSplits(publishedSplits(*benchmark));
    if (path_->text().trimmed().isEmpty()) {
        timer_->stop();
        say(tr("Choose the folder that holds the benchmark's files as they were published."), QStringLiteral("quiet"));
        return;
    }
    say(tr("Reading the folder …"), QStringLiteral("quiet"));
    timer_->start();
}

void BenchmarkDialog::readFolder()
{
    if (!chosen() || path_->text().trimmed().isEmpty())
        return;
    const int request = ++request_;
    stop_ = std::make_shared<std::atomic<bool>>(false);
    inBackground(
        this,
        [spec = spec(), stop = stop_] { return readBenchmark(spec.benchmark, spec.path, Progress({}, stop.get())); },
        [this, request](Result<BenchmarkReading> reading) {
            if (request == request_)
                takeReading(std::move(reading));
        });
}

void BenchmarkDialog::takeReading(Result<BenchmarkReading> reading)
{
    if (!reading) {
        say(QStringLiteral("✗ ") + QString::fromStdString(describe(reading.error())), QStringLiteral("failed"));
        Q_EMIT read();
        return;
    }
    reading_ = std::move(*reading);
    splits_->setSplits(reading_->splits);
    splitTable_->resizeColumnsToContents();
    use_->setEnabled(reading_->isScorable);
    const QString rejected =
        reading_->rejectedRows > 0
            ? QLatin1Char(' ') + tr("%Ln row(s) cannot be used.", nullptr, static_cast<int>(reading_->rejectedRows))
            : QString();
    if (reading_->isScorable)
        say(tr("Read as “%1”.").arg(reading_->form) + rejected,
            rejected.isEmpty() ? QStringLiteral("quiet") : QStringLiteral("warning"));
    else
        say(tr("The split that is scored, %1, has no rows here: the benchmark's number cannot be measured.")
                    .arg(QString::fromStdString(chosen()->scored)) +
                rejected,
            QStringLiteral("failed"));
    said_->setToolTip(reading_->rejected.join(QLatin1Char('\n')));
    Q_EMIT read();
}

void BenchmarkDialog::say(const QString& text, const QString& kind)
{
    setLabelKind(*said_, kind);
    said_->setToolTip({});
    said_->setText(text);
}

} // namespace hilo
