// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/model_page.h"

#include "common/numbers.h"
#include "project_session.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

#include <map>

namespace hilo {
namespace {

enum { SortRole = Qt::UserRole + 1 };

QStandardItem* numberItem(std::int64_t value, const QString& shown)
{
    auto* item = new QStandardItem(shown);
    item->setData(static_cast<qlonglong>(value), SortRole);
    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    item->setEditable(false);
    return item;
}

QStandardItem* textItem(const QString& text)
{
    auto* item = new QStandardItem(text);
    item->setData(text, SortRole);
    item->setEditable(false);
    return item;
}

QTableView* makeTable(QAbstractItemModel* model, const QString& name, QWidget* parent)
{
    auto* table = new QTableView(parent);
    table->setModel(model);
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 8);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->setAccessibleName(name);
    table->setTabKeyNavigation(false);
    return table;
}

std::int64_t elements(const TensorInfo& tensor)
{
    std::int64_t count = 1;
    for (const std::int64_t size : tensor.shape)
        count *= size;
    return count;
}

QString shapeText(const TensorInfo& tensor)
{
    QStringList sizes;
    for (const std::int64_t size : tensor.shape)
        sizes << QString::number(size);
    return sizes.join(QStringLiteral(" × "));
}

} // namespace

ModelPage::ModelPage(ProjectSession& session, QWidget* parent)
    : Page(
          QStringLiteral("model"), tr("Model"),
          tr("The base model whose weights stay frozen. Its modules are where adapters go: for each you see the width "
             "of "
             "its input and output, and so what one unit of rank costs (input + output parameters). Memory is what the "
             "weights alone need in each precision; what training adds depends on the allocation and is shown there."),
          parent),
      session_(session)
{
    empty_ = makeQuietLabel(
        tr("Open a project, a model folder or a .gguf file on the start page (Ctrl+1) to see it here."), this);
    empty_->setAlignment(Qt::AlignCenter);
    content_ = new QWidget(this);

    auto* factsCard = makeCard(content_);
    facts_ = new QLabel(factsCard);
    facts_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    memory_ = new QLabel(factsCard);
    auto* factsLayout = new QHBoxLayout;
    cardLayout(factsCard)->addLayout(factsLayout);
    factsLayout->setSpacing(32);
    factsLayout->addWidget(facts_, 0, Qt::AlignTop);
    factsLayout->addWidget(memory_, 0, Qt::AlignTop);
    factsLayout->addStretch();

    auto* modulesCard = makeCard(content_);
    modules_ = new QStandardItemModel(this);
    auto* modulesLayout = cardLayout(modulesCard);
    modulesLayout->addWidget(makeHeading(tr("Modules of each layer"), modulesCard));
    auto* moduleTable = makeTable(modules_, tr("Modules of each layer"), modulesCard);
    moduleTable->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    modulesLayout->addWidget(moduleTable);

    auto* tensorsCard = makeCard(content_);
    tensors_ = new QStandardItemModel(this);
    shownTensors_ = new QSortFilterProxyModel(this);
    shownTensors_->setSourceModel(tensors_);
    shownTensors_->setSortRole(SortRole);
    shownTensors_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto* search = new QLineEdit(tensorsCard);
    search->setPlaceholderText(tr("Search tensors"));
    search->setClearButtonEnabled(true);
    search->setAccessibleName(tr("Search tensors by name"));
    tensorCount_ = makeQuietLabel({}, tensorsCard);
    connect(search, &QLineEdit::textChanged, this, [this](const QString& text) {
        shownTensors_->setFilterFixedString(text);
        tensorCount_->setText(tr("%1 of %2").arg(shownTensors_->rowCount()).arg(tensors_->rowCount()));
    });
    auto* searchLayout = new QHBoxLayout;
    searchLayout->addWidget(makeHeading(tr("Tensors"), tensorsCard));
    searchLayout->addWidget(tensorCount_, 1);
    searchLayout->addWidget(search);
    auto* tensorTable = makeTable(shownTensors_, tr("Tensors"), tensorsCard);
    tensorTable->setSortingEnabled(true);
    tensorTable->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    tensorTable->horizontalHeader()->setStretchLastSection(true);
    tensorTable->setColumnWidth(0, tensorTable->fontMetrics().averageCharWidth() * 52);
    auto* tensorsLayout = cardLayout(tensorsCard);
    tensorsLayout->addLayout(searchLayout);
    tensorsLayout->addWidget(tensorTable, 1);

    auto* contentLayout = new QVBoxLayout(content_);
    contentLayout->setContentsMargins(0, 0, 0, 0);
    contentLayout->setSpacing(12);
    contentLayout->addWidget(factsCard);
    contentLayout->addWidget(modulesCard, 2);
    contentLayout->addWidget(tensorsCard, 3);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->addWidget(empty_, 1);
    layout->addWidget(content_, 1);
    connect(&session_, &ProjectSession::opened, this, &ModelPage::fill);
    fill();
}

void ModelPage::fill()
{
    const auto& model = session_.model();
    empty_->setVisible(!model);
    content_->setVisible(model.has_value());
    if (!model)
        return;
    const ModelConfig& config = model->config;
    const std::int64_t parameters = parameterCount(config);
    facts_->setText(
        tr("<b>%1</b><br>%2 layers, hidden %3, MLP %4<br>%5 heads (%6 for keys and values), head dimension %7<br>"
           "vocabulary %8, positions %9<br>%10 parameters")
            .arg(QString::fromStdString(config.architecture).toHtmlEscaped())
            .arg(config.layers)
            .arg(groupedNumber(config.hidden), groupedNumber(config.intermediate))
            .arg(config.heads)
            .arg(config.keyValueHeads)
            .arg(config.headDimension)
            .arg(groupedNumber(config.vocabulary), groupedNumber(config.maximumPositions), groupedNumber(parameters)));
    const auto size = [parameters](double bytes) {
        return byteSize(static_cast<std::uint64_t>(static_cast<double>(parameters) * bytes));
    };
    memory_->setText(tr("<b>Weights in memory</b><br>float32: %1<br>bfloat16: %2<br>8 bit: %3<br>4 bit: %4")
                         .arg(size(4), size(2), size(1), size(0.5)));

    modules_->clear();
    modules_->setHorizontalHeaderLabels(
        {tr("module"), tr("input"), tr("output"), tr("parameters"), tr("per unit of rank"), tr("share of model")});
    for (const ModuleShape& shape : moduleShapes(config)) {
        const std::int64_t count = shape.in * shape.out;
        modules_->appendRow(
            {textItem(QString::fromStdString(shape.name)), numberItem(shape.in, groupedNumber(shape.in)),
             numberItem(shape.out, groupedNumber(shape.out)), numberItem(count, groupedNumber(count)),
             numberItem(shape.in + shape.out, groupedNumber(shape.in + shape.out)),
             numberItem(count,
                        percentage(static_cast<double>(count * config.layers) / static_cast<double>(parameters)))});
    }

    tensors_->clear();
    tensors_->setHorizontalHeaderLabels({tr("name"), tr("shape"), tr("type"), tr("size")});
    const auto list = model->weights ? model->weights->tensors() : std::vector<TensorInfo>{};
    for (const TensorInfo& tensor : list) {
        const QString name = QString::fromStdString(tensor.name);
        tensors_->appendRow({textItem(name), numberItem(elements(tensor), shapeText(tensor)),
                             textItem(QString::fromStdString(dataTypeName(tensor.type))),
                             numberItem(static_cast<std::int64_t>(tensor.bytes), byteSize(tensor.bytes))});
    }
    tensorCount_->setText(list.empty() ? tr("This folder has no weights: planning works, training does not.")
                                       : tr("%n tensor(s)", nullptr, static_cast<int>(list.size())));
}

} // namespace hilo
