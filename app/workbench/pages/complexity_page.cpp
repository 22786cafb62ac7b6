// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/complexity_page.h"

#include "background.h"
#include "common/numbers.h"
#include "common/theme.h"
#include "complexity/colour_scale.h"
#include "complexity/depth_chart.h"
#include "complexity/export_profile.h"
#include "complexity/heat_table.h"
#include "complexity/profile_run_panel.h"
#include "complexity/signal_charts.h"
#include "complexity/signal_help.h"
#include "complexity/signal_model.h"
#include "complexity/spectrum_chart.h"
#include "formats/base_expert_modules.h"
#include "help/page_help.h"
#include "label_kind.h"
#include "page_wishes.h"
#include "project_session.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <QPushButton>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hilo {

ComplexityPage::ComplexityPage(const PageContext& context, QWidget* parent)
    : Page(QStringLiteral("complexity"), tr("Complexity"), complexityHelp(), parent), session_(context.session),
      wishes_(context.wishes)
{
    model_ = new SignalModel(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    makeTitle(layout);
    run_ = new ProfileRunPanel(session_, this);
    layout->addWidget(run_);
    message_ = makeQuietLabel({}, this);
    message_->setAlignment(Qt::AlignCenter);
    message_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(message_, 1);
    content_ = new QWidget(this);
    auto* contentLayout = new QVBoxLayout(content_);
    contentLayout->setContentsMargins(0, 0, 0, 0);
    contentLayout->setSpacing(8);
    tabs_ = new QTabBar(content_);
    tabs_->setExpanding(false);
    tabs_->setDrawBase(false);
    tabs_->setUsesScrollButtons(true);
    tabs_->setElideMode(Qt::ElideNone);
    tabs_->setAccessibleName(tr("Signal of the heat map"));
    allSignals_ = makeMenuButton(tr("All signals"), tr("Every signal of the profile by its full name"), content_);
    auto* tabLine = new QHBoxLayout;
    tabLine->setSpacing(8);
    tabLine->addWidget(tabs_, 1);
    tabLine->addWidget(allSignals_);
    contentLayout->addLayout(tabLine);
    contentLayout->addWidget(makeHeatCard());
    QFrame* lower = makeCard(content_);
    charts_ = new SignalCharts(lower);
    cardLayout(lower)->addWidget(charts_, 1);
    contentLayout->addWidget(lower, 1);
    layout->addWidget(content_, 4);
    setInspector(makeInspector());
    connect(tabs_, &QTabBar::currentChanged, this, &ComplexityPage::showSignal);
    connect(heat_, &HeatTable::cellChosen, this, [this](const QModelIndex& index) {
        charts_->setModule(model_->moduleOf(index.row()));
        session_.selectLayer(index.column());
    });
    connect(&charts_->depth(), &DepthChart::layerChosen, &session_, &ProjectSession::selectLayer);
    connect(&session_, &ProjectSession::layerSelected, this, &ComplexityPage::showLayer);
    connect(&session_, &ProjectSession::opened, this, &ComplexityPage::projectChanged);
    connect(run_, &ProfileRunPanel::finished, this, [this](const QString& file) {
        Q_EMIT said(tr("The profile is complete: %1").arg(QFileInfo(file).fileName()));
        listProfiles(file);
    });
    connect(run_, &ProfileRunPanel::said, this, &Page::said);
    showState();
}

void ComplexityPage::makeTitle(QVBoxLayout* layout)
{
    QHBoxLayout* line = makeTitleLine(title(), about_, this);
    profiles_ = makeChoice(tr("Profile"), tr("Which of the project's profiles is shown"), this);
    baselines_ = makeChoice(tr("Compare with"), tr("Show what the profile has more or less than another one"), this);
    auto* open = makeButton(tr("Open…"), tr("Show a profile file from elsewhere"), this);
    export_ = makeMenuButton(tr("Export…"), tr("Values as a table, charts as pictures"), this);
    QMenu* exports = export_->menu();
    exports->addAction(tr("All values (CSV)…"), this, &ComplexityPage::exportAs);
    exports->addAction(tr("Chart over depth (PDF, PNG)…"), this,
                       [this] { saveChart(charts_->depth(), QStringLiteral("signals-over-depth"), this); });
    exports->addAction(tr("Spectrum (PDF, PNG)…"), this,
                       [this] { saveChart(charts_->spectrum(), QStringLiteral("spectrum"), this); });
    auto* profile = makeButton(tr("Profile…"), tr("Measure signals of this model with hilo profile"), this, true);
    for (QWidget* widget : std::initializer_list<QWidget*>{profiles_, baselines_, open, export_, profile})
        line->addWidget(widget);
    layout->addLayout(line);
    connect(open, &QPushButton::clicked, this, &ComplexityPage::chooseFile);
    connect(profile, &QPushButton::clicked, this, [this] { run_->askAndStart(); });
    connect(profiles_, &QComboBox::activated, this, [this] { openProfile(profiles_->currentData().toString()); });
    connect(baselines_, &QComboBox::activated, this, &ComplexityPage::chooseBaseline);
}

QWidget* ComplexityPage::makeHeatCard()
{
    QFrame* card = makeCard(content_);
    heat_ = new HeatTable(card);
    heat_->setModel(model_);
    heat_->setAccessibleName(tr("Heat map of layers and modules"));
    scale_ = new ColourScale(card);
    meaning_ = makeQuietLabel({}, card);
    auto* line = new QHBoxLayout;
    line->setSpacing(12);
    line->addWidget(heat_, 1);
    line->addWidget(scale_);
    cardLayout(card)->addLayout(line);
    cardLayout(card)->addWidget(meaning_);
    return card;
}

QWidget* ComplexityPage::makeInspector()
{
    auto* inspector = new QWidget;
    inspector->setObjectName(QStringLiteral("inspector"));
    auto* layout = new QVBoxLayout(inspector);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layerTitle_ = makeHeading({}, inspector);
    layerFacts_ = new QLabel(inspector);
    layerFacts_->setWordWrap(true);
    layerFacts_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    signalHelp_ = new QLabel(inspector);
    signalHelp_->setWordWrap(true);
    auto* allocate =
        makeButton(tr("Allocate from this"), tr("Open the page Allocation with this signal as its guide"), inspector);
    allocate_ = allocate;
    connect(allocate, &QPushButton::clicked, this,
            [this] { Q_EMIT wishes_.allocationWanted(file_, QString::fromStdString(currentSignal())); });
    layout->addWidget(layerTitle_);
    layout->addWidget(layerFacts_);
    layout->addSpacing(8);
    signalTitle_ = makeHeading(tr("This signal"), inspector);
    layout->addWidget(signalTitle_);
    layout->addWidget(signalHelp_);
    layout->addWidget(allocate, 0, Qt::AlignLeft);
    layout->addStretch();
    return inspector;
}

void ComplexityPage::shown()
{
    if (std::exchange(stale_, false) || !profile_)
        listProfiles(file_);
}

void ComplexityPage::projectChanged()
{
    ++request_;
    file_.clear();
    profile_.reset();
    baseline_.reset();
    loading_ = false;
    stale_ = true;
    run_->cancel();
    if (isVisible())
        shown();
    else
        showState();
}

void ComplexityPage::listProfiles(const QString& chosen)
{
    const QString folder = session_.folder();
    inBackground(
        this,
        [folder] {
            return folder.isEmpty() ? QStringList()
                                    : QDir(folder + QStringLiteral("/profiles"))
                                          .entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Time);
        },
        [this, folder, chosen](const QStringList& names) {
            if (folder != session_.folder())
                return;
            profiles_->clear();
            baselines_->clear();
            baselines_->addItem(tr("Compare with: none"));
            QStringList files;
            for (const QString& name : names)
                files << folder + QStringLiteral("/profiles/") + name;
            if (!file_.isEmpty() && !files.contains(file_))
                files << file_;
            if (!chosen.isEmpty() && !files.contains(chosen))
                files << chosen;
            for (const QString& file : files) {
                QString name = QFileInfo(file).completeBaseName();
                if (name.endsWith(QStringLiteral(".profile")))
                    name.chop(8);
                profiles_->addItem(name, file);
                baselines_->addItem(tr("Compare with: %1").arg(name), file);
            }
            const QString wanted = !chosen.isEmpty() ? chosen : files.value(0);
            profiles_->setCurrentIndex(profiles_->findData(wanted));
            if (wanted.isEmpty())
                showState();
            else if (wanted != file_ || !profile_ || !chosen.isEmpty())
                openProfile(wanted);
        });
}

void ComplexityPage::chooseFile()
{
    const QString file =
        QFileDialog::getOpenFileName(this, tr("Open profile"), session_.folder(), tr("Complexity profiles (*.json)"));
    if (!file.isEmpty())
        listProfiles(file);
}

void ComplexityPage::openProfile(const QString& file)
{
    const int request = ++request_;
    loading_ = profile_ == nullptr;
    showState();
    std::optional<ModelConfig> config;
    if (session_.model())
        config = session_.model()->config;
    inBackground(
        this,
        [path = file.toStdString(), config]() -> Result<ProfilePointer> {
            HILO_TRY(ProfilePointer profile, readProfileData(path));
            if (config)
                HILO_CHECK(validateComplexityProfile(profile->profile, *config));
            return profile;
        },
        [this, request, file](Result<ProfilePointer> profile) {
            if (request == request_)
                take(file, std::move(profile));
        });
}

void ComplexityPage::take(const QString& file, Result<ProfilePointer> profile)
{
    loading_ = false;
    file_ = file;
    profile_ = profile ? *profile : nullptr;
    if (baseline_ && profile_ && baseline_->profile.layers != profile_->profile.layers)
        baseline_.reset();
    showState(profile ? QString() : QString::fromStdString(describe(profile.error())));
    if (profile_)
        fill();
}

void ComplexityPage::chooseBaseline()
{
    const QString file = baselines_->currentData().toString();
    const int request = ++request_;
    if (file.isEmpty() || !profile_) {
        baseline_.reset();
        if (profile_)
            fill();
        return;
    }
    inBackground(
        this, [path = file.toStdString()] { return readProfileData(path); },
        [this, request](Result<ProfilePointer> profile) {
            if (request != request_)
                return;
            if (profile && (*profile)->profile.layers != profile_->profile.layers)
                profile = failure(badInput({}, {}, "The two profiles are of models with different depth."));
            baseline_ = profile ? *profile : nullptr;
            if (!profile) {
                baselines_->setCurrentIndex(0);
                Q_EMIT said(QString::fromStdString(describe(profile.error())));
            }
            fill();
        });
}

void ComplexityPage::showState(const QString& problem)
{
    content_->setVisible(profile_ != nullptr);
    message_->setVisible(!profile_);
    export_->setEnabled(profile_ != nullptr);
    profiles_->setVisible(profiles_->count() > 0);
    baselines_->setVisible(profiles_->count() > 1);
    allocate_->setVisible(profile_ != nullptr);
    signalTitle_->setVisible(profile_ != nullptr);
    setLabelKind(*message_, problem.isEmpty() ? QStringLiteral("quiet") : QStringLiteral("failed"));
    if (!problem.isEmpty())
        message_->setText(problem);
    else if (loading_)
        message_->setText(tr("Reading the profile …"));
    else if (!session_.model())
        message_->setText(tr("Open a project, a model folder or a .gguf file on the page Start (Ctrl+1) to see how "
                             "complex its layers are."));
    else
        message_->setText(tr(
            "This model has no profile yet. “Profile…” measures how complex each layer is: from the weights "
            "alone in seconds to minutes, from your data with a few forward passes, or from gradients on your task."));
    if (!profile_) {
        about_->clear();
        layerTitle_->setText(tr("No profile"));
        layerFacts_->clear();
        signalHelp_->clear();
    }
}

std::vector<std::string> ComplexityPage::modelModules() const
{
    std::vector<std::string> names;
    if (session_.model())
        return mapGrid(session_.model()->config).names();
    for (const auto& [name, signal] : profile_->profile.signals)
        for (const auto& [module, values] : signal.modules)
            if (std::find(names.begin(), names.end(), module) == names.end())
                names.push_back(module);
    return names;
}

std::string ComplexityPage::currentSignal() const
{
    const int tab = tabs_->currentIndex();
    return tab >= 0 && static_cast<std::size_t>(tab) < signals_.size() ? signals_[static_cast<std::size_t>(tab)]
                                                                       : std::string();
}

void ComplexityPage::fill()
{
    QStringList about;
    if (!profile_->time.isEmpty())
        about << tr("profile of %1").arg(profile_->time);
    if (!profile_->data.isEmpty())
        about << profile_->data;
    about << tr("%n signal(s)", nullptr, static_cast<int>(profile_->profile.signals.size()));
    if (profile_->seconds)
        about << durationText(*profile_->seconds);
    about_->setText(about.join(QStringLiteral(", ")));
    QStringList notes;
    for (const std::string& note : profile_->profile.notes)
        notes << QString::fromStdString(note);
    about_->setToolTip(notes.join(QLatin1Char('\n')));
    const std::string before = currentSignal();
    signals_ = profile_->signalNames();
    {
        const QSignalBlocker blocker(tabs_);
        while (tabs_->count() > 0)
            tabs_->removeTab(0);
        for (const std::string& name : signals_) {
            const SignalHelp help = signalHelp(name);
            tabs_->setTabToolTip(tabs_->addTab(help.shortTitle), signalParagraph(help));
        }
        const auto at = std::find(signals_.begin(), signals_.end(), before);
        tabs_->setCurrentIndex(at == signals_.end() ? 0 : static_cast<int>(at - signals_.begin()));
    }
    QMenu* menu = allSignals_->menu();
    menu->clear();
    for (std::size_t i = 0; i < signals_.size(); ++i)
        menu->addAction(signalHelp(signals_[i]).title, tabs_,
                        [this, i] { tabs_->setCurrentIndex(static_cast<int>(i)); });
    charts_->setProfile(profile_, baseline_, signals_, modelModules());
    if (session_.selectedLayer() < 0 || session_.selectedLayer() >= profile_->profile.layers)
        session_.selectLayer(static_cast<int>(profile_->profile.layers / 2));
    showSignal();
}

void ComplexityPage::showSignal()
{
    if (!profile_)
        return;
    model_->setSignal(profile_, currentSignal(), modelModules(), baseline_);
    const SignalHelp& help = model_->help();
    heat_->setAccessibleDescription(help.title);
    const double middle = (model_->lowest() + model_->highest()) / 2;
    const QString sign = model_->isDifference() ? QStringLiteral("+") : QString();
    scale_->setTexts(signalValue(model_->lowest(), {}), signalValue(middle, {}),
                     sign + signalValue(model_->highest(), {}));
    const ComplexitySignal& signal = profile_->profile.signals.at(currentSignal());
    QStringList sentences;
    if (baseline_)
        sentences << tr("Difference to %1.")
                         .arg(QString(baselines_->currentText()).remove(tr("Compare with: %1").arg(QString())));
    sentences << (help.unit.isEmpty() ? tr("%1.").arg(help.title) : tr("%1, in %2.").arg(help.title, help.unit));
    sentences << (signal.direction == SignalDirection::Larger ? tr("A larger value wants more capacity.")
                  : signal.direction == SignalDirection::Smaller
                      ? tr("A smaller value wants more capacity.")
                      : tr("Its source does not say which layers want more capacity."));
    if (signal.splitHalf)
        sentences << tr("Two halves of the data agree with %1.").arg(QLocale().toString(*signal.splitHalf, 'f', 2));
    meaning_->setText(sentences.join(QLatin1Char(' ')));
    signalHelp_->setText(signalParagraph(help));
    showLayer();
}

void ComplexityPage::showLayer()
{
    if (!profile_)
        return;
    const int layer = session_.selectedLayer();
    heat_->setCurrentColumn(layer);
    charts_->setLayer(layer);
    if (layer < 0 || layer >= profile_->profile.layers) {
        layerTitle_->setText(tr("No layer selected"));
        layerFacts_->clear();
        return;
    }
    layerTitle_->setText(tr("Layer %1").arg(layer));
    QList<std::pair<QString, QString>> facts;
    for (const std::string& name : signals_) {
        const SignalHelp help = signalHelp(name);
        const auto at = static_cast<std::size_t>(layer);
        const std::vector<double>& layers = profile_->profile.signals.at(name).layers;
        QString value = at < layers.size() ? signalValue(layers[at], help.unit) : QStringLiteral("–");
        if (baseline_) {
            const auto other = baseline_->profile.signals.find(name);
            if (other != baseline_->profile.signals.end() && at < other->second.layers.size())
                value += tr(" (%1)").arg(signalValue(other->second.layers[at], {}));
        }
        facts << std::pair(help.shortTitle, value);
    }
    layerFacts_->setText(factTable(facts));
}

void ComplexityPage::exportAs()
{
    if (!profile_)
        return;
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Export all values"), session_.folder() + QStringLiteral("/complexity.csv"), tr("Table (*.csv)"));
    if (file.isEmpty())
        return;
    inBackground(
        this, [path = file.toStdString(), profile = profile_] { return writeProfileTable(*profile, path); },
        [this, file](const Status& status) {
            Q_EMIT said(status ? tr("Written: %1").arg(file) : QString::fromStdString(describe(status.error())));
        });
}

} // namespace hilo
