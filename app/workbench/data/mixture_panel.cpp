// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/mixture_panel.h"

#include "background.h"
#include "common/letter_width.h"
#include "data/data_report.h"
#include "data/template_choice.h"
#include "data/tokenise.h"
#include "page.h"

#include <QComboBox>
#include <QHeaderView>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace hilo {
namespace {

constexpr int mostRows = 4; ///< that are seen at once

/// The rows that a run would train on, and how many of them lie within the limit.
Result<std::pair<std::int64_t, std::int64_t>> trainingRows(const TaskSpec& task, const std::string& model,
                                                           std::int64_t maxLength, const Progress& progress)
{
    HILO_TRY(Dataset dataset, readDataset(task.data, progress));
    std::shared_ptr<const Tokenizer> tokenizer;
    if (!model.empty()) {
        HILO_TRY(tokenizer, Tokenizer::load(model));
    }
    HILO_TRY(const ChosenTemplate chosen, chooseTemplate(task.data, dataset, tokenizer));
    if (!dataset.has("train"))
        return failure(badInput(task.data.path, {}, "The data has no training rows.", "Choose another split."));
    std::erase_if(dataset.splits, [](const auto& split) { return split.first != "train"; });
    HILO_TRY(const DataReport report, reportData(dataset, chosen.promptTemplate, nullptr, 0, progress));
    std::vector<Example> examples = report.splits.front().examples;
    const bool isPreference = !chosen.promptTemplate.rejected.empty() || !chosen.promptTemplate.judgementColumn.empty();
    const TokeniseSettings settings{maxLength, chosen.promptTemplate.endOfText,
                                    isPreference ? RowUse::Prefer : RowUse::LearnAnswer};
    // A limit counts rows before it is known which of them are too long.
    const auto within = static_cast<std::size_t>(task.limit > 0 ? task.limit : std::int64_t{1} << 40);
    if (!tokenizer)
        return std::pair{static_cast<std::int64_t>(examples.size()),
                         static_cast<std::int64_t>(std::min(within, examples.size()))};
    HILO_TRY(const TokenisedRows rows, tokeniseAll(*tokenizer, examples, settings, progress));
    const auto used = std::count_if(rows.examples.begin(), rows.examples.end(),
                                    [within](std::size_t example) { return example < within; });
    return std::pair{static_cast<std::int64_t>(rows.rows.size()), static_cast<std::int64_t>(used)};
}

} // namespace

MixturePanel::MixturePanel(QWidget* parent) : QFrame(parent), model_(new TaskShareModel(this))
{
    setObjectName(QStringLiteral("card"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(4);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(makeHeading(tr("Tasks and their shares"), this));
    line->addStretch();
    auto* caption = new QLabel(tr("Mi&xing"), this);
    mixing_ = new QComboBox(this);
    // The words are those of a run spec; their order is that of the enumeration.
    mixing_->addItem(tr("by rows"), QStringLiteral("proportional"));
    mixing_->addItem(tr("equal"), QStringLiteral("equal"));
    mixing_->addItem(tr("by temperature"), QStringLiteral("temperature"));
    mixing_->setAccessibleName(tr("Mixing"));
    mixing_->setToolTip(tr("How the tasks share the rows of an epoch: by their rows, equally, or in between. The "
                           "temperature is a setting of New run"));
    caption->setBuddy(mixing_);
    line->addWidget(caption);
    line->addWidget(mixing_);
    auto* remove = makeToolButton(tr("Remove task"), tr("Leave the chosen task out; its data stays where it is"), this);
    line->addWidget(remove);
    layout->addLayout(line);
    table_ = makePlainTable(model_, tr("Tasks and their shares"), this);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                            QAbstractItemView::AnyKeyPressed);
    table_->horizontalHeader()->setMinimumSectionSize(letterWidth(fontMetrics()) * 11);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table_->horizontalHeader()->setSectionResizeMode(TaskShareModel::Task, QHeaderView::Stretch);
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    layout->addWidget(table_);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(mixing_, &QComboBox::activated, this, &MixturePanel::mixingChosen);
    connect(remove, &QPushButton::clicked, this, [this] { Q_EMIT removed(current_); });
    connect(model_, &TaskShareModel::edited, this, &MixturePanel::weighed);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& to) {
        if (filling_ || !to.isValid() || to.row() == current_)
            return;
        current_ = to.row();
        Q_EMIT chosen(current_);
    });
}

MixturePanel::~MixturePanel()
{
    *stop_ = true;
}

void MixturePanel::setData(const ProjectData& given, const std::string& model)
{
    data_ = given;
    tokenizerOf_ = model;
    current_ = std::clamp(current_, 0, static_cast<int>(given.tasks.size()) - 1);
    setVisible(given.tasks.size() > 1);
    showShares();
    if (counting_.empty() && given.tasks.size() > 1)
        countNext();
}

void MixturePanel::choose(int row)
{
    current_ = row;
    filling_ = true;
    table_->setCurrentIndex(model_->index(row, 0));
    filling_ = false;
}

std::string MixturePanel::keyOf(const TaskSpec& task) const
{
    return toJson(task.data).dump(-1, ' ', false, Json::error_handler_t::replace) + '\n' + std::to_string(task.limit) +
           '\n' + std::to_string(data_.maxLength) + '\n' + tokenizerOf_;
}

MixturePanel::Count MixturePanel::count(const TaskSpec& task, const std::string& model, std::int64_t maxLength,
                                        const std::atomic<bool>& stop)
{
    const auto counted = trainingRows(task, model, maxLength, Progress({}, &stop));
    if (!counted)
        return {0, 0, QString::fromStdString(describe(counted.error()))};
    return {counted->first, counted->second, {}};
}

void MixturePanel::countNext()
{
    const auto next = std::find_if(data_.tasks.begin(), data_.tasks.end(),
                                   [this](const TaskSpec& task) { return !counts_.contains(keyOf(task)); });
    counting_.clear();
    if (next == data_.tasks.end() || data_.tasks.size() < 2)
        return;
    counting_ = keyOf(*next);
    inBackground(
        this,
        [task = *next, model = tokenizerOf_, length = data_.maxLength, stop = stop_] {
            return count(task, model, length, *stop);
        },
        [this, key = counting_](const Count& counted) {
            counts_[key] = counted;
            showShares();
            countNext();
            Q_EMIT this->counted();
        });
}

QString MixturePanel::problem() const
{
    for (const TaskSpec& task : data_.tasks)
        if (const auto known = counts_.find(keyOf(task)); known != counts_.end() && !known->second.problem.isEmpty())
            return QStringLiteral("%1: %2").arg(QString::fromStdString(nameOfTask(task)), known->second.problem);
    return {};
}

void MixturePanel::showShares()
{
    std::vector<TaskShare> shares;
    for (const TaskSpec& task : data_.tasks) {
        TaskShare share;
        share.name = QString::fromStdString(nameOfTask(task));
        share.path = QString::fromStdString(task.data.path);
        share.weight = task.weight;
        share.limit = task.limit;
        if (const auto known = counts_.find(keyOf(task)); known != counts_.end()) {
            share.problem = known->second.problem;
            if (share.problem.isEmpty())
                share.rows = known->second.rows;
            share.usedRows = known->second.used;
        }
        shares.push_back(std::move(share));
    }
    filling_ = true;
    mixing_->setCurrentIndex(static_cast<int>(data_.mixing));
    model_->setTasks(std::move(shares), data_.mixing, data_.mixingTemperature);
    table_->setCurrentIndex(model_->index(current_, 0));
    filling_ = false;
    const int rows = std::min(model_->rowCount(), mostRows);
    table_->setFixedHeight(table_->horizontalHeader()->sizeHint().height() +
                           rows * table_->verticalHeader()->defaultSectionSize() + 4);
}

} // namespace hilo
