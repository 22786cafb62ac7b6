// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/compare_inspector.h"

#include "allocation/map_picture.h"
#include "common/fact_label.h"
#include "common/flow_layout.h"
#include "common/letter_width.h"
#include "common/numbers.h"
#include "compare/difference_model.h"
#include "compare/map_difference_picture.h"
#include "formats/base_expert_modules.h"
#include "page.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

namespace hilo {
namespace {

constexpr int mostPictures = 2;

/// The modules of a map in the order of the model, or by name where the model is not known.
std::vector<std::string> modulesOf(const AllocationMap& map, const std::optional<ModelConfig>& model)
{
    if (model && model->architecture == map.architecture)
        return mapGrid(*model).names();
    std::vector<std::string> names;
    for (const auto& layer : map.layers)
        for (const auto& [name, module] : layer)
            if (std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
    return names;
}

/// "−55 %" of the second to the first.
QString relative(const std::optional<std::int64_t>& first, const std::optional<std::int64_t>& second)
{
    if (!first || !second || *second <= 0)
        return {};
    const double change = static_cast<double>(*first) / static_cast<double>(*second) - 1;
    const QString text = percentage(std::abs(change), 0);
    return change > 0.0005    ? QStringLiteral("+") + text
           : change < -0.0005 ? QChar(0x2212) + text
                              : QStringLiteral("±0 %");
}

QString withCount(const std::optional<std::int64_t>& count, const QString& change)
{
    if (!count)
        return QStringLiteral("–");
    return groupedNumber(*count) + (change.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(change));
}

} // namespace

CompareInspector::CompareInspector(QWidget* parent) : QWidget(parent), differences_(new DifferenceModel(this))
{
    setObjectName(QStringLiteral("inspector"));
    title_ = makeHeading({}, this);
    title_->setWordWrap(true);
    facts_ = new FactLabel(this);
    facts_->setWordWrap(true);
    facts_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    facts_->setAccessibleName(tr("Facts of what is selected"));
    badge_ = new QLabel(this);
    badge_->setObjectName(QStringLiteral("heading"));
    badge_->setWordWrap(true);
    differHeading_ = makeHeading(tr("Settings that differ"), this);
    nothingDiffers_ = makeQuietLabel(tr("None but the seed and the name."), this);
    table_ = new QTableView(this);
    table_->setModel(differences_);
    table_->setFrameShape(QFrame::NoFrame);
    table_->setShowGrid(false);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setTabKeyNavigation(false);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->setAccessibleName(tr("Settings that differ"));
    table_->setMinimumHeight(fontMetrics().height() * 6);

    mapHeading_ = makeHeading(tr("Maps"), this);
    auto* pictures = new QGridLayout;
    pictures->setSpacing(8);
    for (int i = 0; i < mostPictures; ++i) {
        auto* name = makeQuietLabel({}, this);
        auto* picture = new MapPicture(this);
        pictures_.push_back(picture);
        pictureNames_.push_back(name);
        pictures->addWidget(name, 0, i, Qt::AlignBottom);
        pictures->addWidget(picture, 1, i);
        pictures->setColumnStretch(i, 1);
    }
    difference_ = new MapDifferencePicture(this);
    differenceSays_ = makeQuietLabel({}, this);

    // As many in a line as the words of the language leave room for.
    auto* buttons = new FlowLayout(8);
    const auto add = [&](const QString& text, const QString& toolTip, auto&& slot, bool primary = false) {
        auto* button = makeButton(text, toolTip, this, primary);
        connect(button, &QPushButton::clicked, this, slot);
        buttons->addWidget(button);
        buttons_.push_back(button);
    };
    add(tr("Open map"), tr("Open this run's map on the page Allocation"), [this] {
        if (map_)
            Q_EMIT openMap(*map_);
    });
    add(tr("Run again…"), tr("A new run with the settings of this one"), [this] { Q_EMIT runAgain(id_); });
    add(tr("Show run"), tr("Its charts and its log on the page Runs"), [this] { Q_EMIT showRun(id_); });
    add(tr("Pin"), tr("Compare the others with this one"), [this] { Q_EMIT pin(id_); });
    add(tr("Row by row…"), tr("Which rows one of the two answers rightly and the other does not"),
        [this] { Q_EMIT rowsWanted(id_, secondId_); });
    rows_ = buttons_.back();
    add(tr("Try"), tr("Ask its adapter on the page Try"), [this] { Q_EMIT tryIt(id_); });
    add(
        tr("Export…"), tr("Take its adapter to other programs, on the page Export"), [this] { Q_EMIT exportIt(id_); },
        true);

    command_ = new QLineEdit(this);
    command_->setReadOnly(true);
    command_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    command_->setAccessibleName(tr("The command that prints this table"));
    command_->setToolTip(tr("The command that prints this table in a terminal"));
    auto* copy = makeButton(tr("Copy"), tr("Copy the command"), this);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(command_->text()); });
    auto* commandLine = new QHBoxLayout;
    commandLine->addWidget(command_, 1);
    commandLine->addWidget(copy);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(title_);
    layout->addWidget(facts_);
    layout->addWidget(badge_);
    layout->addLayout(buttons);
    layout->addWidget(differHeading_);
    layout->addWidget(nothingDiffers_);
    layout->addWidget(table_, 1);
    layout->addWidget(mapHeading_);
    layout->addLayout(pictures);
    layout->addWidget(difference_);
    layout->addWidget(differenceSays_);
    layout->addStretch();
    layout->addWidget(makeHeading(tr("Command"), this));
    layout->addLayout(commandLine);
    setRows(nullptr, nullptr, {}, CompareModel(), 0);
}

void CompareInspector::setCommand(const QString& command)
{
    if (command_->text() == command)
        return; // what is selected in it stays, too
    command_->setText(command);
    command_->setCursorPosition(0);
}

QString CompareInspector::facts() const
{
    return facts_->text() + badge_->text();
}

void CompareInspector::setRows(const ComparisonRow* first, const ComparisonRow* second, const ComparedRuns& compared,
                               const CompareModel& model, int others)
{
    const bool has = first != nullptr;
    for (QPushButton* button : buttons_)
        button->setEnabled(has);
    buttons_.front()->setEnabled(false); // until the map has been read
    for (QWidget* widget : std::initializer_list<QWidget*>{differHeading_, nothingDiffers_, table_, mapHeading_,
                                                           difference_, differenceSays_, badge_})
        widget->setVisible(false);
    for (int i = 0; i < mostPictures; ++i) {
        pictures_[static_cast<std::size_t>(i)]->setVisible(false);
        pictureNames_[static_cast<std::size_t>(i)]->setVisible(false);
    }
    map_.reset();
    id_ = first ? CompareModel::idOf(*first) : QString();
    secondId_ = second ? CompareModel::idOf(*second) : QString();
    rows_->setEnabled(first && second);
    if (!has) {
        title_->setText(tr("Nothing is selected"));
        facts_->setText(tr("Click a point or a row. Two of them, or one and a pinned baseline, are compared here."));
        return;
    }
    const auto nameOf = [](const ComparisonRow& row) {
        return QString::fromStdString(row.row.name.empty() ? row.row.ids.front() : row.row.name);
    };
    QString title = second ? tr("%1 against %2").arg(nameOf(*first), nameOf(*second)) : nameOf(*first);
    if (others > 0)
        title += tr(" and %n more", nullptr, others);
    title_->setText(title);

    QList<std::pair<QString, QString>> facts;
    const CompareRow& row = first->row;
    const MetricText& metric = model.metric();
    const QString unit = metric.unit().isEmpty() ? QString() : QLatin1Char(' ') + metric.unit();
    QString value = model.valueText(row);
    if (second)
        value += tr(" against %1").arg(model.valueText(second->row));
    const bool anyValue = row.value || (second && second->row.value);
    facts << std::pair{metric.title(), anyValue ? value + unit : value};
    if (second) {
        const BaselineDifference difference = differenceBetween(compared, row, second->row);
        facts << std::pair{difference.seeds > 1 ? tr("Paired difference") : tr("Difference"),
                           model.differenceText(difference) +
                               (difference.difference ? metric.differenceUnit() : QString())};
        badge_->setVisible(difference.difference.has_value());
        const bool isBetter = difference.difference && (*difference.difference < 0) == metric.lowerIsBetter();
        badge_->setText(!difference.isClear ? tr("No clear difference: %1").arg(metric.title())
                        : isBetter          ? tr("A clear difference: %1 is better").arg(metric.title())
                                            : tr("A clear difference: %1 is worse").arg(metric.title()));
    }
    facts << std::pair{
        tr("Trainable"),
        withCount(row.trainableParameters,
                  second ? relative(row.trainableParameters, second->row.trainableParameters) : QString())};
    facts << std::pair{tr("Active per token"),
                       withCount(row.activeParameters,
                                 second ? relative(row.activeParameters, second->row.activeParameters) : QString())};
    if (row.deviation)
        facts << std::pair{tr("Seeds"), tr("%1, standard deviation %2")
                                            .arg(row.measured)
                                            .arg(QLocale().toString(*row.deviation * metric.scale(), 'g', 3) +
                                                 metric.differenceUnit())};
    if (row.seconds)
        facts << std::pair{tr("Trained for"), durationText(*row.seconds)};
    if (!first->strategy.isEmpty())
        facts << std::pair{tr("Strategy"), first->strategy};
    facts_->setText(factTable(facts));
}

void CompareInspector::setAnswer(const PairAnswer& answer, const QStringList& names,
                                 const std::optional<ModelConfig>& model)
{
    differences_->setDifferences(answer.differences, names);
    differHeading_->setVisible(names.size() > 1);
    table_->setVisible(!answer.differences.empty());
    nothingDiffers_->setVisible(names.size() > 1 && answer.differences.empty());
    mapHeading_->setVisible(true);
    map_.reset();
    for (std::size_t i = 0; i < answer.maps.size() && i < mostPictures; ++i) {
        pictures_[i]->setMap(answer.maps[i], modulesOf(answer.maps[i], model));
        pictureNames_[i]->setText(fontMetrics().elidedText(names[static_cast<qsizetype>(answer.mapOf[i])],
                                                           Qt::ElideMiddle, letterWidth(fontMetrics()) * 20));
        pictures_[i]->setVisible(true);
        pictureNames_[i]->setVisible(true);
        if (answer.mapOf[i] == 0)
            map_ = answer.maps[i];
    }
    buttons_.front()->setEnabled(map_.has_value());
    QString says = tr("Sum of ranks, layer 0 on top; lighter is more.");
    if (answer.maps.size() >= 2) {
        difference_->setMaps(answer.maps[0], answer.maps[1]);
        difference_->setVisible(difference_->differences() > 0);
        says = difference_->differences() == 0
                   ? tr("The maps are the same.")
                   : tr("Below: where they differ in %n module(s). Blue, stroke on the left: the first has more ranks; "
                        "orange, stroke on the right: the second has.",
                        nullptr, difference_->differences());
    } else if (answer.maps.empty()) {
        says = QString::fromStdString(answer.problem);
    }
    differenceSays_->setText(says);
    differenceSays_->setVisible(true);
}

} // namespace hilo
