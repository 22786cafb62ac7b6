// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/model_page.h"

#include "background.h"
#include "common/letter_width.h"
#include "common/numbers.h"
#include "common/sort_header.h"
#include "formats/layer_parts.h"
#include "formats/peculiarities.h"
#include "model/block_picture.h"
#include "model/comparison_dialog.h"
#include "model/peculiarity_text.h"
#include "project_session.h"
#include "settings.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

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

QStandardItem* countItem(std::int64_t value)
{
    return numberItem(value, value > 0 ? groupedNumber(value) : QString());
}

QStandardItem* textItem(const QString& text)
{
    auto* item = new QStandardItem(text);
    item->setData(text, SortRole);
    item->setToolTip(text); // long names are cut where the window is narrow
    item->setEditable(false);
    return item;
}

QString nameOf(const LayerPart& part, const ModelConfig& config)
{
    QString name;
    switch (part.kind) {
    case LayerPartKind::Module:
        name = QString::fromStdString(part.name);
        break;
    case LayerPartKind::Router:
        name = ModelPage::tr("router");
        break;
    case LayerPartKind::Experts:
        name = ModelPage::tr("experts");
        break;
    case LayerPartKind::Remainder:
        name = config.attentionSinks      ? ModelPage::tr("norms and sinks")
               : config.perLayerWidth > 0 ? ModelPage::tr("norms and gates")
                                          : ModelPage::tr("norms");
        break;
    }
    if (part.layers == config.layers)
        return name;
    return ModelPage::tr("%1 (%Ln layer(s))", nullptr, static_cast<int>(part.layers)).arg(name);
}

/// Headings stand over their numbers: the first leftColumns are aligned left.
void setHeadings(QStandardItemModel* model, const QStringList& headings, int leftColumns)
{
    model->setHorizontalHeaderLabels(headings);
    for (int column = 0; column < headings.size(); ++column)
        model->setHeaderData(
            column, Qt::Horizontal,
            static_cast<int>((column < leftColumns ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter),
            Qt::TextAlignmentRole);
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
        sizes << groupedNumber(size);
    return sizes.isEmpty() ? ModelPage::tr("scalar") : sizes.join(QStringLiteral(" × "));
}

QLabel* makeFactLabel(const QString& name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setAccessibleName(name);
    return label;
}

} // namespace

ModelPage::ModelPage(ProjectSession& session, QWidget* parent)
    : Page(
          QStringLiteral("model"), tr("Model"),
          tr("<p>The base model, whose weights stay frozen in training.</p>"
             "<p><b>Parameters</b> lists the linear modules that adapters can be put on. One unit of rank in a module "
             "costs its input plus its output width; that is the currency of every allocation map (Hu et al. 2021, "
             "arXiv 2106.09685, section 4).</p>"
             "<p><b>Memory</b> is what the weights alone need in each precision. What training adds depends on the map "
             "and is shown on the page Allocation.</p>"
             "<p><b>Tensors</b> are listed as the files hold them, without reading their values. Hugging Face folders "
             "(config.json and safetensors) and GGUF files are read; pickled files are refused, because loading one "
             "runs the code inside it.</p>"
             "<p><b>Next:</b> look at the data (Ctrl+3), measure complexity (Ctrl+4), or plan a map (Ctrl+5).</p>"),
          parent),
      session_(session)
{
    instead_ = new QWidget(this);
    auto* insteadLayout = new QVBoxLayout(instead_);
    insteadHeading_ = makeHeading({}, instead_);
    insteadText_ = makeQuietLabel({}, instead_);
    locate_ = makeButton(tr("Locate model…"), tr("Choose where the project's model lies now"), instead_, true);
    auto* places = new QMenu(locate_);
    places->addAction(tr("Folder…"), this, [this] {
        locateModel(QFileDialog::getExistingDirectory(this, tr("Locate model"), settings::modelsFolder()));
    });
    places->addAction(tr("GGUF file…"), this, [this] {
        locateModel(QFileDialog::getOpenFileName(this, tr("Locate model"), settings::modelsFolder(),
                                                 tr("GGUF models (*.gguf)")));
    });
    locate_->setMenu(places);
    locate_->hide();
    insteadText_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    insteadLayout->addStretch();
    insteadLayout->addWidget(insteadHeading_, 0, Qt::AlignHCenter);
    insteadLayout->addWidget(insteadText_);
    insteadLayout->addWidget(locate_, 0, Qt::AlignHCenter);
    insteadLayout->addStretch();
    content_ = new QWidget(this);
    auto* contentLayout = new QVBoxLayout(content_);
    contentLayout->setContentsMargins(0, 0, 0, 0);
    contentLayout->setSpacing(12);
    contentLayout->addWidget(makeFacts());
    contentLayout->addWidget(makeModules());
    contentLayout->addWidget(makeTensors(), 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->addWidget(instead_, 1);
    layout->addWidget(content_, 1);
    connect(&session_, &ProjectSession::opened, this, &ModelPage::projectOpened);
    connect(&session_, &ProjectSession::failedToOpen, this, [this](const QString& problem) {
        if (!session_.model())
            sayInstead(tr("This could not be opened"), problem);
    });
    projectOpened();
}

QFrame* ModelPage::makeFacts()
{
    auto* card = makeCard(content_);
    auto* line = new QHBoxLayout;
    line->setSpacing(16);
    const auto column = [&](const QString& title, QWidget* below = nullptr) {
        auto* layout = new QVBoxLayout;
        layout->setSpacing(4);
        layout->addWidget(makeHeading(title, card));
        auto* label = makeFactLabel(title, card);
        layout->addWidget(label);
        // Below the short list there is room.
        if (below)
            layout->addWidget(below, 0, Qt::AlignLeft);
        layout->addStretch();
        line->addLayout(layout);
        return label;
    };
    architecture_ = column(tr("Architecture"));
    auto* compare =
        makeButton(tr("Compare…"), tr("Put another model beside this one: sizes, modules, peculiarities"), card);
    connect(compare, &QPushButton::clicked, this, &ModelPage::compare);
    memory_ = column(tr("Memory of the weights"), compare);
    // These break their lines: names of files and sentences are as long as they are, and never widen the window.
    const auto wrapping = [&](const QString& title, QLabel*& label, int stretch) {
        auto* widget = new QWidget(card);
        widget->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        auto* layout = new QVBoxLayout(widget);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(4);
        layout->addWidget(makeHeading(title, widget));
        label = makeFactLabel(title, widget);
        label->setWordWrap(true);
        layout->addWidget(label);
        layout->addStretch();
        line->addWidget(widget, stretch);
        return widget;
    };
    wrapping(tr("Files"), files_, 3);
    peculiarColumn_ = wrapping(tr("Unlike llama"), peculiarities_, 4); // it goes where there is no room
    cardLayout(card)->addLayout(line);
    return card;
}

QFrame* ModelPage::makeModules()
{
    auto* card = makeCard(content_);
    modules_ = new QStandardItemModel(this);
    cardLayout(card)->addWidget(makeHeading(tr("Parameters"), card));
    auto* table = makePlainTable(modules_, tr("Parameters of each module"), card);
    table->setObjectName(QStringLiteral("moduleTable"));
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    // After the model is set: names with the layers that have the module are longer than the numbers.
    connect(modules_, &QStandardItemModel::rowsInserted, table,
            [table] { table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents); });
    table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* line = new QHBoxLayout;
    line->setSpacing(24);
    line->addWidget(table, 1, Qt::AlignTop);
    drawing_ = new QWidget(card);
    layerKind_ = new QComboBox(drawing_);
    layerKind_->setObjectName(QStringLiteral("layerKind"));
    layerKind_->setAccessibleName(tr("Layers that are drawn"));
    layerKind_->setToolTip(tr("The layers of this model differ: choose whose block is drawn"));
    connect(layerKind_, &QComboBox::currentIndexChanged, this, &ModelPage::drawBlock);
    block_ = new BlockPicture(drawing_);
    auto* column = new QVBoxLayout(drawing_);
    column->setContentsMargins({});
    column->addWidget(layerKind_);
    column->addWidget(block_, 0, Qt::AlignTop);
    line->addWidget(drawing_, 0, Qt::AlignTop);
    cardLayout(card)->addLayout(line);
    moduleTable_ = table;
    return card;
}

QFrame* ModelPage::makeTensors()
{
    auto* card = makeCard(content_);
    tensors_ = new QStandardItemModel(this);
    shownTensors_ = new QSortFilterProxyModel(this);
    shownTensors_->setSourceModel(tensors_);
    shownTensors_->setSortRole(SortRole);
    shownTensors_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto* field = new QLineEdit(card);
    field->setObjectName(QStringLiteral("tensorSearch"));
    field->setPlaceholderText(tr("Search tensors"));
    field->setClearButtonEnabled(true);
    field->setAccessibleName(tr("Search tensors by name"));
    field->setToolTip(tr("Any part of a tensor's name, for example layers.3 or q_proj"));
    field->setMinimumWidth(letterWidth(fontMetrics()) * 30);
    connect(field, &QLineEdit::textChanged, this, &ModelPage::search);
    tensorCount_ = makeQuietLabel({}, card);
    auto* line = new QHBoxLayout;
    line->addWidget(makeHeading(tr("Tensors"), card));
    line->addWidget(tensorCount_, 1);
    line->addWidget(field);
    auto* table = makePlainTable(shownTensors_, tr("Tensors"), card);
    table->setObjectName(QStringLiteral("tensorTable"));
    table->setHorizontalHeader(new SortHeader(table));
    table->setSortingEnabled(true);
    table->sortByColumn(-1, Qt::AscendingOrder);
    // What the rest leaves; its rows can be scrolled.
    table->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    table->setMinimumHeight(4 * table->verticalHeader()->defaultSectionSize());
    tensorTable_ = table;
    cardLayout(card)->addLayout(line);
    cardLayout(card)->addWidget(table, 1);
    return card;
}

void ModelPage::sayInstead(const QString& heading, const QString& text)
{
    instead_->show();
    content_->hide();
    locate_->setVisible(!session_.folder().isEmpty() && !session_.modelProblem().isEmpty());
    insteadHeading_->setText(heading);
    insteadText_->setText(text);
    insteadText_->setAlignment(Qt::AlignCenter);
}

void ModelPage::locateModel(const QString& path)
{
    if (path.isEmpty())
        return;
    if (const Status used = session_.useModel(path); !used)
        sayInstead(tr("This is not the project's model"), QString::fromStdString(describe(used.error())));
}

void ModelPage::projectOpened()
{
    inspection_.reset();
    const auto& model = session_.model();
    if (!model) {
        if (session_.modelProblem().isEmpty())
            sayInstead(tr("No model is open"),
                       tr("Open a project, a model folder or a .gguf file on the start page (Ctrl+1)."));
        else
            sayInstead(tr("The project's model could not be opened"), session_.modelProblem());
        return;
    }
    sayInstead(tr("Looking at the model …"), QString::fromStdString(model->path.string()));
    inBackground(
        this, [source = *model] { return inspectModel(source); },
        [this, path = model->path](const Result<ModelInspection>& inspection) {
            if (!session_.model() || session_.model()->path != path)
                return;
            if (inspection)
                fill(*inspection);
            else
                sayInstead(tr("The model could not be read"), QString::fromStdString(describe(inspection.error())));
        });
}

void ModelPage::fill(const ModelInspection& inspection)
{
    inspection_ = inspection;
    instead_->hide();
    content_->show();
    const ModelConfig& config = inspection.config;
    architecture_->setText(factTable({
        {tr("Family"), QString::fromStdString(config.architecture)},
        {tr("Layers"), groupedNumber(config.layers)},
        {tr("Width"), tr("%1, MLP %2").arg(groupedNumber(config.hidden), groupedNumber(config.intermediate))},
        {tr("Attention"), tr("%1 heads of %2, %3 for keys and values")
                              .arg(groupedNumber(config.heads), groupedNumber(config.headDimension),
                                   groupedNumber(config.keyValueHeads))},
        {tr("Vocabulary"), tr("%1 tokens").arg(groupedNumber(config.vocabulary))},
        {tr("Context"), tr("%1 positions").arg(groupedNumber(config.maximumPositions))},
        {tr("Parameters"), groupedNumber(inspection.parameters)},
    }));
    memory_->setText(factTable({{tr("float32"), byteSize(inspection.memoryBytes(4))},
                                {tr("bfloat16"), byteSize(inspection.memoryBytes(2))},
                                {tr("8 bit"), byteSize(inspection.memoryBytes(1))},
                                {tr("4 bit"), byteSize(inspection.memoryBytes(1) / 2)}}));
    const QString peculiarities = peculiarityParagraphs(peculiaritiesOf(config));
    peculiarities_->setText(peculiarities.isEmpty() ? tr("Nothing: a plain llama.") : peculiarities);
    QList<std::pair<QString, QString>> files;
    for (const InspectedFile& file : inspection.files) {
        if (files.size() == 6) {
            files << std::pair(tr("and %n more", nullptr, static_cast<int>(inspection.files.size()) - 6), QString());
            break;
        }
        files << std::pair(QString::fromStdString(file.path.filename().string()), byteSize(file.bytes));
    }
    for (const auto& [type, amount] : inspection.stored)
        files << std::pair(
            tr("stored as %1").arg(QString::fromStdString(type)),
            tr("%Ln tensor(s), %1", nullptr, static_cast<int>(amount.tensors)).arg(byteSize(amount.bytes)));
    files_->setText(factTable(files));
    architecture_->setToolTip(peculiarities_->text());
    listLayerKinds(config);
    fillParameters(inspection);
    showDrawing();
    fillTensors(inspection);
}

ComparisonDialog* ModelPage::compare()
{
    if (!inspection_)
        return nullptr;
    auto* dialog = new ComparisonDialog(*inspection_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return dialog;
}

QDialog* ModelPage::demonstrateDialog(int number)
{
    ComparisonDialog* dialog = number == 0 ? compare() : nullptr;
    if (dialog)
        dialog->setOther(QString::fromStdString(inspection_->path.string()));
    return dialog;
}

/// The drawing says nothing that the table does not say, and what is unlike llama stands in the architecture's tool
/// tip, too: the rest needs the room first.
void ModelPage::showDrawing()
{
    peculiarColumn_->setVisible(width() >= letterWidth(fontMetrics()) * 165);
    const QSize drawing = drawing_->sizeHint();
    const int others = architecture_->parentWidget()->sizeHint().height() + tensorTable_->minimumHeight() +
                       fontMetrics().height() * 12; // with the cards' headings and margins
    // Beside a table that is as high it takes no height from the others.
    const bool isLow = drawing.height() <= moduleTable_->minimumHeight() || height() >= drawing.height() + others;
    drawing_->setVisible(width() >= drawing.width() + letterWidth(fontMetrics()) * 100 && isLow);
}

/// Layers whose blocks would be drawn alike are one choice; a model with one kind of layer has none to offer.
void ModelPage::listLayerKinds(const ModelConfig& config)
{
    std::vector<std::pair<QString, std::vector<std::int64_t>>> kinds;
    for (std::int64_t layer = 0; layer < config.layers; ++layer) {
        const QString words = planOfBlock(config, layer).inWords();
        const auto known =
            std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.first == words; });
        if (known == kinds.end())
            kinds.push_back({words, {layer}});
        else
            known->second.push_back(layer);
    }
    const QSignalBlocker blocker(layerKind_);
    layerKind_->clear();
    for (const auto& [words, layers] : kinds) {
        layerKind_->addItem(
            (layers.size() == 1 ? tr("Layer %1") : tr("Layers %1")).arg(QString::fromStdString(rangesText(layers))),
            static_cast<qlonglong>(layers.front()));
        layerKind_->setItemData(layerKind_->count() - 1, words, Qt::ToolTipRole);
    }
    layerKind_->setVisible(kinds.size() > 1);
    drawBlock();
}

void ModelPage::drawBlock()
{
    if (inspection_ && layerKind_->currentIndex() >= 0)
        block_->setPlan(planOfBlock(inspection_->config, layerKind_->currentData().toLongLong()));
}

void ModelPage::fillParameters(const ModelInspection& inspection)
{
    modules_->clear();
    setHeadings(modules_,
                {tr("module"), tr("input"), tr("output"), tr("one unit of rank"), tr("one layer"), tr("all layers"),
                 tr("share of model")},
                1);
    const auto share = [&](std::int64_t count) {
        return numberItem(count, percentage(static_cast<double>(count) / static_cast<double>(inspection.parameters)));
    };
    for (const LayerPart& layer : layerParts(inspection)) {
        const bool isModule = layer.kind == LayerPartKind::Module;
        const auto size = [isModule](std::int64_t count) { return isModule ? countItem(count) : textItem({}); };
        modules_->appendRow({textItem(nameOf(layer, inspection.config)), size(layer.in), size(layer.out),
                             size(layer.in + layer.out), countItem(layer.one), countItem(layer.all()),
                             share(layer.all())});
    }
    const auto part = [&](const QString& name, std::int64_t inLayer, std::int64_t count) {
        if (count > 0)
            modules_->appendRow({textItem(name), countItem(0), countItem(0), countItem(0), countItem(inLayer),
                                 countItem(count), share(count)});
    };
    part(tr("embedding"), 0, inspection.embedding);
    part(tr("positions"), 0, inspection.positions);
    part(tr("final norm"), 0, inspection.finalNorm);
    part(tr("output head"), 0, inspection.head);
    moduleTable_->setFixedHeight(moduleTable_->horizontalHeader()->sizeHint().height() + 2 +
                                 modules_->rowCount() * moduleTable_->verticalHeader()->defaultSectionSize());
}

void ModelPage::fillTensors(const ModelInspection& inspection)
{
    tensors_->clear();
    setHeadings(tensors_, {tr("name"), tr("type"), tr("shape"), tr("size")}, 2);
    for (const TensorInfo& tensor : inspection.tensors)
        tensors_->appendRow({textItem(QString::fromStdString(tensor.name)),
                             textItem(QString::fromStdString(tensor.typeName())),
                             numberItem(elements(tensor), shapeText(tensor)),
                             numberItem(static_cast<std::int64_t>(tensor.bytes), byteSize(tensor.bytes))});
    // Names get what the other columns do not need.
    tensorTable_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    tensorTable_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    const QString missing =
        inspection.quantisation.empty()
            ? tr("This folder has no weights: planning works, training does not.")
            : tr("The weights are quantised (%1): planning works, training needs the unquantised model.")
                  .arg(QString::fromStdString(inspection.quantisation));
    tensorCount_->setText(
        inspection.hasWeights ? tr("%Ln tensor(s)", nullptr, static_cast<int>(inspection.tensors.size())) : missing);
}

void ModelPage::search(const QString& text)
{
    shownTensors_->setFilterFixedString(text);
    tensorCount_->setText(text.isEmpty() ? tr("%Ln tensor(s)", nullptr, tensors_->rowCount())
                          : shownTensors_->rowCount() == 0
                              ? tr("No tensor has “%1” in its name.").arg(text)
                              : tr("%1 of %2 tensors").arg(shownTensors_->rowCount()).arg(tensors_->rowCount()));
}

} // namespace hilo
