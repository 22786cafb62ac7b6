// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/cell_inspector.h"

#include "allocation/cell_text.h"
#include "common/numbers.h"
#include "common/plot.h"
#include "common/theme.h"
#include "complexity/signal_help.h"
#include "page.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace hilo {
namespace {

/// As many digits as the number needs.
class AlphaBox : public QDoubleSpinBox
{
  public:
    using QDoubleSpinBox::QDoubleSpinBox;
    QString textFromValue(double value) const override { return locale().toString(value, 'g', 7); }
};

bool ranksDiffer(const ModuleAllocation& allocation)
{
    return std::any_of(allocation.ranks.begin(), allocation.ranks.end(),
                       [&](int rank) { return rank != allocation.ranks.front(); });
}

} // namespace

template <class Box, class Value>
Box* CellInspector::addBox(QFormLayout* form, const QString& title, const QString& toolTip, Value lowest, Value highest)
{
    auto* box = new Box(editors_);
    box->setRange(lowest, highest);
    box->setKeyboardTracking(false);
    box->setAccessibleName(title);
    box->setAccessibleDescription(toolTip);
    box->setToolTip(toolTip);
    form->addRow(title, box);
    return box;
}

CellInspector::CellInspector(QWidget* parent) : QWidget(parent)
{
    title_ = makeHeading({}, this);
    title_->setWordWrap(true);
    editors_ = new QWidget(this);
    auto* form = new QFormLayout(editors_);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    ranks_ = new QLineEdit(editors_);
    ranks_->setObjectName(QStringLiteral("cellRanks"));
    ranks_->setAccessibleName(tr("Ranks"));
    ranks_->setToolTip(tr("4 x r8, a rank for each expert (8 8 4 2), or - for no adapter; Enter sets it"));
    form->addRow(tr("Ranks"), ranks_);
    experts_ = addBox<QSpinBox>(form, tr("Experts"), tr("Experts of each selected cell; a new one gets the last rank"),
                                0, 256);
    rank_ = addBox<QSpinBox>(form, tr("Rank"), tr("The same rank for every expert of the selected cells"), 0, 65536);
    rank_->setSpecialValueText(tr("mixed"));
    topK_ = addBox<QSpinBox>(form, tr("Top-k"), tr("Experts that one token uses"), 1, 256);
    alpha_ = addBox<AlphaBox>(form, tr("α"), tr("LoRA alpha: the update is scaled by α / rank"), 0.001, 1e6);
    alpha_->setDecimals(3);
    facts_ = new QLabel(this);
    facts_->setWordWrap(true); // a long name must not widen the inspector beyond what is seen of it
    facts_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    facts_->setAccessibleName(tr("Facts about the cell"));
    signalLabel_ = makeHeading(tr("Over depth"), this);
    signal_ = new QComboBox(this);
    signal_->setAccessibleName(tr("Signal over depth"));
    signal_->setToolTip(tr("A signal of the complexity profile, layer by layer"));
    signal_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    depth_ = new Plot(this);
    depth_->setFixedHeight(fontMetrics().height() * 8);
    depth_->setInteractions({});
    depth_->setAccessibleName(tr("Signal over depth"));
    depth_->addGraph();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    for (QWidget* widget : std::initializer_list<QWidget*>{title_, editors_, facts_, signalLabel_, signal_, depth_})
        layout->addWidget(widget);

    connect(ranks_, &QLineEdit::editingFinished, this, &CellInspector::typed);
    connect(experts_, &QSpinBox::valueChanged, this, [this](int experts) {
        change(tr("Experts of the selection"), 1, [experts](ModuleAllocation& cell) {
            const int filler = cell.ranks.empty() ? 8 : cell.ranks.back();
            cell.ranks.resize(static_cast<std::size_t>(experts), filler);
            cell.topK = std::clamp(experts > 1 ? std::max(2, cell.topK) : 1, 1, std::max(1, experts));
        });
    });
    connect(rank_, &QSpinBox::valueChanged, this, [this](int rank) {
        if (rank > 0)
            change(tr("Rank of the selection"), 2,
                   [rank](ModuleAllocation& cell) { std::fill(cell.ranks.begin(), cell.ranks.end(), rank); });
    });
    connect(topK_, &QSpinBox::valueChanged, this, [this](int topK) {
        change(tr("Top-k of the selection"), 3, [topK](ModuleAllocation& cell) {
            cell.topK = std::clamp(topK, 1, std::max(1, cell.experts() + cell.nullExperts));
        });
    });
    connect(alpha_, &QDoubleSpinBox::valueChanged, this, [this](double alpha) {
        change(tr("α of the selection"), 4, [alpha](ModuleAllocation& cell) { cell.alpha = alpha; });
    });
    connect(signal_, &QComboBox::currentIndexChanged, this, [this] { showDepth(); });
    connect(&Theme::instance(), &Theme::changed, this, &CellInspector::refresh);
    setProfile(nullptr);
    refresh();
}

void CellInspector::setDocument(AllocationDocument* document)
{
    if (document_)
        document_->disconnect(this);
    document_ = document;
    cells_.clear();
    if (document_)
        connect(document_, &AllocationDocument::cellsChanged, this, &CellInspector::refresh);
    refresh();
}

void CellInspector::setCells(std::vector<AllocationCell> cells, AllocationCell current)
{
    if (cells != cells_)
        ++selection_;
    // Where a layer has no such module there is nothing to look into.
    if (document_)
        std::erase_if(cells, [this](AllocationCell cell) { return !document_->shapeOf(cell); });
    cells_ = std::move(cells);
    current_ = document_ && document_->shapeOf(current) ? current : cells_.empty() ? current : cells_.front();
    refresh();
}

void CellInspector::setProfile(std::shared_ptr<const ComplexityProfile> profile)
{
    profile_ = std::move(profile);
    const QString before = signal_->currentData().toString();
    signal_->clear();
    if (profile_)
        for (const auto& [name, signal] : profile_->signals)
            signal_->addItem(signalHelp(name).shortTitle, QString::fromStdString(name));
    signal_->setCurrentIndex(std::max(0, signal_->findData(before)));
    for (QWidget* widget : std::initializer_list<QWidget*>{signalLabel_, signal_, depth_})
        widget->setVisible(signal_->count() > 0);
    refresh();
}

void CellInspector::refresh()
{
    refreshing_ = true;
    const bool has = document_ && !cells_.empty();
    editors_->setVisible(has);
    facts_->setVisible(has);
    if (!has) {
        title_->setText(tr("No cell selected"));
    } else {
        const ModuleAllocation cell = document_->at(current_);
        const ModuleShape& shape = *document_->shapeOf(current_);
        title_->setText(cells_.size() == 1
                            ? tr("Layer %1 · %2").arg(current_.layer).arg(QString::fromStdString(shape.name))
                            : tr("%n cells", nullptr, static_cast<int>(cells_.size())));
        ranks_->setText(cellText(cell));
        experts_->setValue(cell.experts());
        rank_->setMaximum(static_cast<int>(shape.width()));
        rank_->setValue(cell.ranks.empty() || ranksDiffer(cell) ? 0 : cell.ranks.front());
        rank_->setSpecialValueText(cell.ranks.empty() ? QStringLiteral("–") : tr("mixed"));
        topK_->setMaximum(std::max(1, cell.experts() + cell.nullExperts));
        topK_->setValue(cell.topK);
        alpha_->setValue(cell.alpha);
        for (QWidget* box : std::initializer_list<QWidget*>{rank_, topK_, alpha_})
            box->setEnabled(!cell.ranks.empty());
        // The base's own experts have their number and router from it.
        experts_->setEnabled(shape.baseExperts == 0);
        topK_->setEnabled(!cell.ranks.empty() && shape.baseExperts == 0);
        experts_->setToolTip(shape.baseExperts == 0
                                 ? tr("Experts of each selected cell; a new one gets the last rank")
                                 : tr("The base model has %Ln expert(s) here, each gets a LoRA of one rank", nullptr,
                                      static_cast<int>(shape.baseExperts)));
        const bool locked =
            std::all_of(cells_.begin(), cells_.end(), [this](AllocationCell one) { return document_->isLocked(one); });
        editors_->setEnabled(!locked);
        showFacts();
    }
    refreshing_ = false;
    showDepth();
}

void CellInspector::showFacts()
{
    const ModuleAllocation cell = document_->at(current_);
    const ModuleShape& shape = *document_->shapeOf(current_);
    const ParameterCount count = countParameters(cell, shape);
    QList<std::pair<QString, QString>> facts;
    if (cells_.size() > 1) {
        std::int64_t sum = 0;
        for (const AllocationCell one : cells_)
            sum += document_->parameters(one);
        facts << std::pair(tr("Parameters"), groupedNumber(sum));
    } else {
        facts << std::pair(tr("Parameters"),
                           count.router > 0
                               ? tr("%1 + %2 router").arg(groupedNumber(count.adapter), groupedNumber(count.router))
                               : groupedNumber(count.adapter))
              << std::pair(tr("Active per token"), groupedNumber(count.active))
              << std::pair(tr("Ranks in all"), groupedNumber(cell.totalRank()))
              << std::pair(tr("Shape"), tr("%1 → %2").arg(groupedNumber(shape.in), groupedNumber(shape.out)))
              << std::pair(tr("State"), document_->isLocked(current_)    ? tr("locked")
                                        : document_->isChanged(current_) ? tr("changed, not saved")
                                                                         : tr("as saved"));
        if (profile_) {
            for (const auto& [name, signal] : profile_->signals) {
                const auto module = signal.modules.find(shape.name);
                const auto& values = module == signal.modules.end() ? signal.layers : module->second;
                if (static_cast<std::size_t>(current_.layer) < values.size())
                    facts << std::pair(signalHelp(name).shortTitle,
                                       shortNumber(values[static_cast<std::size_t>(current_.layer)]));
            }
        }
    }
    facts_->setText(factTable(facts));
}

void CellInspector::showDepth()
{
    if (!profile_ || refreshing_ || !depth_->isVisibleTo(this))
        return;
    const auto found = profile_->signals.find(signal_->currentData().toString().toStdString());
    if (found == profile_->signals.end())
        return;
    const auto& values = found->second.layers;
    QVector<double> layers;
    for (std::size_t layer = 0; layer < values.size(); ++layer)
        layers << static_cast<double>(layer);
    depth_->graph(0)->setData(layers, QVector<double>(values.begin(), values.end()), true);
    const ThemeColours& colours = Theme::instance().colours();
    depth_->graph(0)->setPen(QPen(colours.accent, 1.5));
    depth_->setAxisTitles(tr("layer"), {});
    depth_->clearItems();
    if (document_ && !cells_.empty()) {
        auto* line = new QCPItemStraightLine(depth_);
        line->point1->setCoords(current_.layer, 0);
        line->point2->setCoords(current_.layer, 1);
        line->setPen(QPen(colours.attention, 1, Qt::DashLine));
    }
    depth_->rescaleAxes();
    depth_->yAxis->scaleRange(1.15);
    depth_->setToolTip(tr("%1 of each layer; the dashed line is the selected layer").arg(signal_->currentText()));
    depth_->replotLater();
}

void CellInspector::typed()
{
    if (!document_ || cells_.empty() || !ranks_->isModified())
        return;
    ranks_->setModified(false);
    std::vector<ModuleAllocation> values;
    for (const AllocationCell cell : cells_) {
        const auto value = parseCellText(ranks_->text(), document_->at(cell));
        if (!value) {
            Q_EMIT refused(QString::fromStdString(describe(value.error())));
            ranks_->setText(cellText(document_->at(current_)));
            return;
        }
        values.push_back(*value);
    }
    const auto applied = document_->setCells(cells_, values, tr("Ranks of the selection"));
    if (applied.tooWide > 0)
        Q_EMIT refused(tr("%n cell(s) were left: the rank is above the module's width.", nullptr, applied.tooWide));
    refresh();
}

void CellInspector::change(const QString& text, int key, const std::function<void(ModuleAllocation&)>& edit)
{
    if (refreshing_ || !document_ || cells_.empty())
        return;
    std::vector<ModuleAllocation> values;
    for (const AllocationCell cell : cells_) {
        values.push_back(document_->at(cell));
        edit(values.back());
    }
    // Keys of this widget are negative, those of a drag positive.
    const auto applied = document_->setCells(cells_, values, text, -(selection_ * 8 + key));
    if (applied.tooWide > 0)
        Q_EMIT refused(tr("%n cell(s) were left: the rank is above the module's width.", nullptr, applied.tooWide));
}

} // namespace hilo
