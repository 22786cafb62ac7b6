// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_charts.h"

#include "common/numbers.h"
#include "page.h"
#include "runs/expert_load_view.h"
#include "runs/metric_chart.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLocale>
#include <QSlider>

#include <algorithm>
#include <cmath>

namespace hilo {
namespace {

constexpr double gibibyte = 1024.0 * 1024.0 * 1024.0;
constexpr double largestCount = 9e18; ///< a log may hold any number; whole ones end there

} // namespace

RunCharts::RunCharts(QWidget* parent) : QWidget(parent)
{
    grid_ = new QGridLayout(this);
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setSpacing(8);
    addChart(QStringLiteral("loss"), tr("Loss"), tr("nats/token"));
    addChart(QStringLiteral("accuracy"), tr("Accuracy"), tr("%"));
    addChart(QStringLiteral("tokens_per_second"), tr("Speed"), tr("tokens/s"));
    addChart(QStringLiteral("grad_norm"), tr("Gradient norm"), tr("norm"));
    addChart(QStringLiteral("lr"), tr("Learning rate"), tr("rate"));
    addChart(QStringLiteral("memory_bytes"), tr("Memory"), tr("GiB"), 1 / gibibyte);
    loadCard_ = makeLoadCard();
    empty_ = new QLabel(tr("The curves of the chosen run stand here."), this);
    empty_->setObjectName(QStringLiteral("quiet"));
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    arrange();
    showCards(false);
}

void RunCharts::showCards(bool visible)
{
    for (const Card& card : cards_)
        card.frame->setVisible(visible);
    loadCard_->setVisible(visible);
    empty_->setVisible(!visible);
}

void RunCharts::addChart(const QString& metric, const QString& title, const QString& axis, double scale)
{
    Card card;
    card.metric = metric;
    card.frame = makeCard(this);
    card.value = new QLabel(card.frame);
    card.value->setObjectName(QStringLiteral("heading"));
    card.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    card.chart = new MetricChart(card.frame);
    card.chart->setMetric({metric, axis, false, scale});
    card.chart->setAccessibleName(tr("Chart of %1 over steps").arg(title));
    card.chart->setMinimumHeight(fontMetrics().height() * 7);
    auto* line = new QHBoxLayout;
    line->addWidget(makeHeading(title, card.frame));
    line->addStretch();
    if (metric == QLatin1String("loss")) {
        smoothing_ = new QSlider(Qt::Horizontal, card.frame);
        smoothing_->setRange(0, 99);
        smoothing_->setValue(90);
        smoothing_->setFixedWidth(fontMetrics().averageCharWidth() * 9);
        smoothing_->setAccessibleName(tr("Smoothing of the loss"));
        smoothing_->setToolTip(tr("Smoothing: weight of the past in the running mean, in percent"));
        connect(smoothing_, &QSlider::valueChanged, card.chart, [this, chart = card.chart](int percent) {
            chart->setSmoothing(percent / 100.0);
            showValues();
        });
        line->addWidget(smoothing_);
    }
    line->addWidget(card.value);
    cardLayout(card.frame)->setSpacing(2);
    cardLayout(card.frame)->setContentsMargins(12, 8, 8, 4);
    cardLayout(card.frame)->addLayout(line);
    cardLayout(card.frame)->addWidget(card.chart, 1);
    cards_.push_back(card);
}

QFrame* RunCharts::makeLoadCard()
{
    auto* card = makeCard(this);
    loads_ = new ExpertLoadView(card);
    module_ = new QComboBox(card);
    module_->setAccessibleName(tr("Module whose expert loads are shown"));
    module_->setToolTip(tr("Which module's experts; all: the mean over a layer's modules"));
    module_->addItem(tr("all modules"));
    loadAbout_ = new QLabel(tr("share of the chosen slots, newest report"), card);
    loadAbout_->setObjectName(QStringLiteral("quiet"));
    loadAbout_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* line = new QHBoxLayout;
    line->addWidget(makeHeading(tr("Expert load by layer"), card));
    line->addWidget(loadAbout_, 1);
    line->addWidget(module_);
    cardLayout(card)->setSpacing(4);
    cardLayout(card)->addLayout(line);
    cardLayout(card)->addWidget(loads_, 1);
    connect(module_, &QComboBox::currentIndexChanged, this,
            [this](int index) { loads_->setModule(index <= 0 ? QString() : module_->currentText()); });
    connect(loads_, &ExpertLoadView::layerClicked, this, &RunCharts::layerClicked);
    return card;
}

void RunCharts::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void RunCharts::arrange()
{
    const int least = fontMetrics().averageCharWidth() * 42;
    const int columns = std::clamp(width() / least, 1, 3);
    if (columns == columns_)
        return;
    columns_ = columns;
    for (const Card& card : cards_)
        grid_->removeWidget(card.frame);
    grid_->removeWidget(loadCard_);
    grid_->removeWidget(empty_);
    for (int i = 0; i < 7; ++i) {
        grid_->setRowStretch(i, 0);
        grid_->setColumnStretch(i, i < columns ? 1 : 0);
    }
    int place = 0;
    for (const Card& card : cards_) {
        grid_->addWidget(card.frame, place / columns, place % columns);
        ++place;
    }
    const int rows = (place + columns - 1) / columns;
    for (int row = 0; row < rows; ++row)
        grid_->setRowStretch(row, 3);
    grid_->addWidget(loadCard_, rows, 0, 1, columns);
    grid_->setRowStretch(rows, 3);
    grid_->addWidget(empty_, 0, 0, rows + 1, columns);
}

MetricChart& RunCharts::chart(const QString& metric)
{
    for (Card& card : cards_)
        if (card.metric == metric)
            return *card.chart;
    return *cards_.front().chart;
}

void RunCharts::setHistory(std::shared_ptr<const RunHistory> history)
{
    if (history == history_) {
        catchUp();
        return;
    }
    history_ = std::move(history);
    showCards(history_ != nullptr);
    for (Card& card : cards_)
        card.chart->setCurves(history_ ? std::vector<MetricChart::Curve>{{QString(), history_, 0}}
                                       : std::vector<MetricChart::Curve>{});
    loads_->setLoads(history_ ? history_->loads : std::vector<ModuleLoad>{});
    showValues();
}

void RunCharts::catchUp()
{
    if (!history_)
        return;
    for (Card& card : cards_)
        card.chart->catchUp();
    loads_->setLoads(history_->loads);
    const QStringList modules = loads_->modules();
    if (modules.size() + 1 != module_->count()) {
        const QString chosen = module_->currentText();
        const QSignalBlocker quiet(module_);
        module_->clear();
        module_->addItem(tr("all modules"));
        module_->addItems(modules);
        module_->setCurrentIndex(std::max(0, module_->findText(chosen)));
    }
    showValues();
}

QString RunCharts::valueText(const Card& card) const
{
    if (!history_)
        return {};
    if (card.metric == QLatin1String("accuracy")) {
        const auto& all = history_->evaluations;
        const auto last =
            std::find_if(all.rbegin(), all.rend(), [](const RunEvaluation& one) { return one.score.accuracy; });
        if (last == all.rend())
            return {};
        const RunScore& score = last->score;
        QStringList parts;
        for (const std::string& part : {last->task, last->split})
            if (!part.empty())
                parts << QString::fromStdString(part);
        parts << (score.low && score.high ? accuracyText(*score.accuracy, *score.low, *score.high)
                                          : percentage(*score.accuracy));
        return parts.join(QLatin1Char(' '));
    }
    const double value = history_->last(card.metric.toStdString());
    if (std::isnan(value))
        return {};
    if (card.metric == QLatin1String("memory_bytes"))
        return byteSize(static_cast<std::uint64_t>(std::clamp(value, 0.0, largestCount)));
    if (card.metric == QLatin1String("lr"))
        return QLocale().toString(value, 'g', 3);
    if (card.metric == QLatin1String("tokens_per_second"))
        return tr("%1 tokens/s").arg(groupedNumber(std::llround(std::clamp(value, -largestCount, largestCount))));
    return QLocale().toString(value, 'f', 3);
}

void RunCharts::showValues()
{
    for (const Card& card : cards_) {
        const QString text = valueText(card);
        card.value->setText(text);
        card.chart->setAccessibleDescription(text.isEmpty() ? tr("No values yet.") : tr("Newest value: %1").arg(text));
    }
}

void RunCharts::setSelectedLayer(int layer)
{
    loads_->setSelectedLayer(layer);
}

} // namespace hilo
