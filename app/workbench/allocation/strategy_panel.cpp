// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/strategy_panel.h"

#include "allocation/depth_schedule.h"
#include "allocation/map_picture.h"
#include "allocation/parameters.h"
#include "background.h"
#include "common/core_text.h"
#include "common/numbers.h"
#include "label_kind.h"
#include "page.h"

#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTimer>

namespace hilo {
namespace {

/// Chinese ends a sentence without a blank.
QString firstSentence(const QString& text)
{
    static const QRegularExpression end(QStringLiteral("\\. |\u3002"));
    const qsizetype at = text.indexOf(end);
    return at < 0 ? text : text.left(at + 1);
}

} // namespace

StrategyPanel::StrategyPanel(QWidget* parent) : QWidget(parent), timer_(new QTimer(this))
{
    choice_ = new QComboBox(this);
    choice_->setAccessibleName(tr("Strategy"));
    choice_->setToolTip(tr("What decides how many experts each module gets, and their ranks"));
    choice_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const Strategy* strategy : strategies()) {
        choice_->addItem(coreText(strategy->title), QString::fromStdString(strategy->name));
        choice_->setItemData(choice_->count() - 1, coreText(strategy->description), Qt::ToolTipRole);
    }
    description_ = makeQuietLabel({}, this);
    profile_ = new QComboBox(this);
    profile_->setAccessibleName(tr("Complexity profile"));
    profile_->setToolTip(tr("Measured signals of this model, from the page Complexity"));
    profileLabel_ = makeQuietLabel(tr("Complexity profile"), this);
    profileLabel_->setBuddy(profile_);
    picture_ = new MapPicture(this);
    said_ = makeQuietLabel({}, this);
    apply_ = makeButton(
        tr("Apply"),
        tr("Put the previewed numbers into the map that is shown; locked cells stay, and one undo takes it back"), this,
        true);
    asNew_ = makeButton(tr("As new map"), tr("Open the previewed map in a tab of its own"), this);
    connect(apply_, &QPushButton::clicked, this, [this] { Q_EMIT applyRequested(*preview_); });
    connect(asNew_, &QPushButton::clicked, this, [this] { Q_EMIT newMapRequested(*preview_); });
    search_ = makeButton(tr("Search…"), tr("Learn experts and ranks from the project's rows with hilo search"), this);
    connect(search_, &QPushButton::clicked, this, &StrategyPanel::searchRequested);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(apply_);
    buttons->addWidget(asNew_);
    buttons->addStretch();

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(makeHeading(tr("Generate"), this));
    layout->addWidget(choice_);
    layout->addWidget(description_);
    layout->addWidget(profileLabel_);
    layout->addWidget(profile_);
    form_ = new QWidget(this);
    layout->addWidget(form_);
    layout->addWidget(search_, 0, Qt::AlignLeft);
    layout->addWidget(picture_);
    layout->addWidget(said_);
    layout->addLayout(buttons);

    timer_->setSingleShot(true);
    timer_->setInterval(200);
    connect(timer_, &QTimer::timeout, this, &StrategyPanel::makePreview);
    connect(choice_, &QComboBox::currentIndexChanged, this, &StrategyPanel::strategyChosen);
    connect(profile_, &QComboBox::currentIndexChanged, this, [this] {
        Q_EMIT profileChosen(profile_->currentData().toString());
        previewLater();
    });
    setProfiles({});
    choose(QStringLiteral("hilo"));
    strategyChosen();
}

void StrategyPanel::setModel(std::optional<ModelConfig> model)
{
    model_ = std::move(model);
    // What was previewed was another project's.
    picture_->setMap(std::nullopt, {});
    picture_->hide();
    say({}, false);
    showDefaults();
    previewLater();
}

/// A field that is left empty shows what the strategy takes then, for the model's depth.
void StrategyPanel::showDefaults()
{
    for (const StrategySetting& setting : allSettings(*strategy_))
        if (auto* edit = qobject_cast<QLineEdit*>(editors_.at(setting.name)))
            edit->setPlaceholderText(
                QString::fromStdString(model_ ? scheduleThatFits(setting.fallback, model_->layers) : setting.fallback));
}

void StrategyPanel::setProfiles(const QStringList& files)
{
    const QString before = profile_->currentData().toString();
    {
        const QSignalBlocker blocked(profile_);
        profile_->clear();
        profile_->addItem(tr("none"));
        for (const QString& file : files)
            profile_->addItem(QFileInfo(file).completeBaseName(), file);
        profile_->setCurrentIndex(std::max(0, profile_->findData(before)));
    }
    chooseNeededProfile();
    if (profile_->currentData().toString() != before) {
        Q_EMIT profileChosen(profile_->currentData().toString());
        previewLater();
    }
}

/// Where a strategy can do nothing without a profile, the first (newest) one is chosen.
void StrategyPanel::chooseNeededProfile()
{
    if (strategy_ && strategy_->profile == ProfileUse::Required && profile_->currentIndex() <= 0 &&
        profile_->count() > 1)
        profile_->setCurrentIndex(1);
}

void StrategyPanel::setSignals(const QStringList& names)
{
    if (names == signals_)
        return;
    signals_ = names;
    for (const auto& [name, editor] : editors_) {
        auto* box = qobject_cast<QComboBox*>(editor);
        if (!box || !box->isEditable())
            continue;
        const QSignalBlocker blocked(box);
        const QString text = box->currentText();
        box->clear();
        box->addItems(signals_);
        box->setCurrentText(text);
    }
}

void StrategyPanel::generateFrom(const QString& profile, const QString& signal)
{
    choose(QStringLiteral("hilo"));
    if (profile_->findData(profile) < 0)
        profile_->addItem(QFileInfo(profile).completeBaseName(), profile);
    profile_->setCurrentIndex(profile_->findData(profile));
    for (const char* name : {"experts_signal", "ranks_signal"})
        if (const auto editor = editors_.find(name); editor != editors_.end())
            if (auto* box = qobject_cast<QComboBox*>(editor->second))
                box->setCurrentText(signal);
}

void StrategyPanel::generateFromSearch(const QString& file)
{
    choose(QStringLiteral("guilomo"));
    if (const auto editor = editors_.find("search"); editor != editors_.end())
        if (auto* edit = qobject_cast<QLineEdit*>(editor->second))
            edit->setText(file);
}

QString StrategyPanel::profile() const
{
    return profile_->currentData().toString();
}

void StrategyPanel::setBudget(const QString& budget)
{
    budget_ = budget;
    previewLater();
}

bool StrategyPanel::choose(const QString& strategy)
{
    const int index = choice_->findData(strategy);
    if (index >= 0)
        choice_->setCurrentIndex(index);
    return index >= 0;
}

void StrategyPanel::strategyChosen()
{
    const auto found = findStrategy(choice_->currentData().toString().toStdString());
    if (!found)
        return;
    strategy_ = *found;
    description_->setText(firstSentence(coreText(strategy_->description)));
    description_->setToolTip(coreText(strategy_->description));
    profile_->setVisible(strategy_->profile != ProfileUse::None);
    profileLabel_->setVisible(strategy_->profile != ProfileUse::None);
    search_->setVisible(strategy_->name == "guilomo");
    chooseNeededProfile();
    editors_.clear();
    auto* form = new QWidget(this);
    auto* formLayout = new QFormLayout(form);
    formLayout->setContentsMargins(0, 0, 0, 0);
    formLayout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    // The first settings are the strategy's point; the rest stays folded until it is wanted.
    const std::vector<StrategySetting> settings = allSettings(*strategy_);
    const auto isMain = [&](const StrategySetting& setting) {
        const auto place = &setting - settings.data();
        return place < 4 && place < static_cast<std::ptrdiff_t>(strategy_->settings.size());
    };
    std::vector<StrategySetting> main, rest;
    for (const StrategySetting& setting : settings)
        (isMain(setting) ? main : rest).push_back(setting);
    addSettings(formLayout, main);
    auto* more = new QPushButton(form);
    more->setObjectName(QStringLiteral("moreSettings"));
    more->setCheckable(true);
    more->setAccessibleName(tr("More settings"));
    auto* folded = new QWidget(form);
    auto* foldedLayout = new QFormLayout(folded);
    foldedLayout->setContentsMargins(0, 0, 0, 0);
    foldedLayout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addSettings(foldedLayout, rest);
    showDefaults();
    formLayout->addRow(more);
    formLayout->addRow(folded);
    const auto fold = [this, more, folded](bool open) {
        showMore_ = open;
        folded->setVisible(open);
        more->setText(open ? tr("Fewer settings") : tr("More settings"));
    };
    connect(more, &QPushButton::toggled, folded, fold);
    more->setChecked(showMore_);
    fold(showMore_);
    layout()->replaceWidget(form_, form);
    form_->deleteLater();
    form_ = form;
    previewLater();
}

void StrategyPanel::addSettings(QFormLayout* form, const std::vector<StrategySetting>& settings)
{
    for (const StrategySetting& setting : settings) {
        QWidget* editor = makeEditor(setting);
        const QString meaning =
            coreText(setting.meaning) + QStringLiteral(" (") + settingRangeText(setting) + QLatin1Char(')');
        editor->setObjectName(QString::fromStdString(setting.name));
        editor->setToolTip(meaning);
        editor->setAccessibleName(settingLabel(setting.name));
        editor->setAccessibleDescription(meaning);
        editors_[setting.name] = editor;
        form->addRow(settingLabel(setting.name), editor);
    }
}

QWidget* StrategyPanel::makeEditor(const StrategySetting& setting)
{
    const QString fallback = QString::fromStdString(setting.fallback);
    if (setting.type == SettingType::Choice) {
        auto* box = new QComboBox;
        for (const std::string& choice : setting.choices)
            box->addItem(QString::fromStdString(choice));
        box->setCurrentText(fallback);
        connect(box, &QComboBox::currentIndexChanged, this, &StrategyPanel::previewLater);
        return box;
    }
    if (QString::fromStdString(setting.name).endsWith(QLatin1String("signal"))) {
        auto* box = new QComboBox;
        box->setEditable(true);
        box->addItems(signals_);
        box->setCurrentText({});
        box->lineEdit()->setPlaceholderText(fallback.isEmpty() ? tr("none") : fallback);
        connect(box, &QComboBox::currentTextChanged, this, &StrategyPanel::previewLater);
        return box;
    }
    auto* edit = new QLineEdit;
    connect(edit, &QLineEdit::textChanged, this, &StrategyPanel::previewLater);
    return edit;
}

std::map<std::string, std::string> StrategyPanel::given() const
{
    std::map<std::string, std::string> values;
    for (const StrategySetting& setting : allSettings(*strategy_)) {
        const QWidget* editor = editors_.at(setting.name);
        QString value;
        if (const auto* choice = qobject_cast<const QComboBox*>(editor))
            value = choice->currentText();
        else if (const auto* edit = qobject_cast<const QLineEdit*>(editor))
            value = edit->text().trimmed();
        if (setting.name == "budget" && value.isEmpty())
            value = budget_;
        // An untouched field leaves the decision to the strategy, which may depend on other settings.
        const bool isTyped = qobject_cast<const QLineEdit*>(editor) != nullptr;
        if (!value.isEmpty() && (isTyped || value.toStdString() != setting.fallback))
            values[setting.name] = value.toStdString();
    }
    return values;
}

void StrategyPanel::previewLater()
{
    ++request_;
    preview_.reset();
    apply_->setEnabled(false);
    asNew_->setEnabled(false);
    if (model_)
        timer_->start();
    else
        timer_->stop();
}

QString StrategyPanel::missing() const
{
    const QString strategy = coreText(strategy_->title);
    if (strategy_->name == "guilomo" && !given().contains("search"))
        return tr("%1 takes experts and ranks from a search that has learnt them from the project's rows, and there is "
                  "none yet. “Search…” makes one. The result of an earlier search can be named in the field Search.")
            .arg(strategy);
    if (strategy_->profile == ProfileUse::Required && profile().isEmpty())
        return tr("%1 goes by measured signals, and no complexity profile is chosen. “Profile…” on the page Complexity "
                  "(Ctrl+4) measures one.")
            .arg(strategy);
    return {};
}

void StrategyPanel::say(const QString& text, bool isProblem)
{
    setLabelKind(*said_, isProblem ? QStringLiteral("failed") : QStringLiteral("quiet"));
    said_->setText(text);
}

void StrategyPanel::makePreview()
{
    const QString lacking = missing();
    picture_->setVisible(lacking.isEmpty());
    if (!lacking.isEmpty()) {
        picture_->setMap(std::nullopt, {});
        say(lacking, false);
        return;
    }
    const int request = request_;
    const std::string profile =
        strategy_->profile == ProfileUse::None ? std::string() : profile_->currentData().toString().toStdString();
    inBackground(
        this,
        [strategy = strategy_, model = *model_, values = given(), profile]() -> Result<AllocationMap> {
            std::vector<ComplexityProfile> profiles;
            if (!profile.empty()) {
                HILO_TRY(profiles.emplace_back(), readComplexityProfile(profile));
            }
            return allocate(*strategy, model, values, std::move(profiles));
        },
        [this, request](const Result<AllocationMap>& map) {
            if (request == request_)
                showPreview(map);
        });
}

void StrategyPanel::showPreview(const Result<AllocationMap>& map)
{
    if (!map) {
        picture_->setMap(std::nullopt, {});
        // What the command line would say names its options.
        if (strategy_ && strategy_->profile == ProfileUse::Required && profile_->currentIndex() <= 0) {
            say(tr("This strategy needs measured signals: choose a complexity profile, or measure one on the page "
                   "Complexity (Ctrl+4)."),
                true);
            return;
        }
        if (budget_.isEmpty() && map.error().hint.find("--budget") != std::string::npos) {
            say(tr("This strategy shares out a budget: enter one below the map, for example 1.5M."), true);
            return;
        }
        say(QString::fromStdString(describe(map.error())), true);
        return;
    }
    preview_ = *map;
    const AllocationMap merged = merge_ ? merge_(*map) : *map;
    const ModuleGrid modules = mapGrid(*model_);
    picture_->setMap(merged, modules.names(), [modules](std::size_t layer, std::size_t column) {
        return modules.find(layer, column) != nullptr;
    });
    const ParameterCount count = countParameters(merged, *model_);
    QString text = tr("Preview: %1 trainable, %2 active per token. Locked cells stay.")
                       .arg(groupedNumber(count.trainable()), groupedNumber(count.active));
    for (const std::string& note : map->notes)
        text += QLatin1Char('\n') + QString::fromStdString(note);
    say(text, false);
    apply_->setEnabled(true);
    asNew_->setEnabled(true);
}

} // namespace hilo
