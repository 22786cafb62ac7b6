// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_state_panel.h"

#include "common/fact_label.h"
#include "common/flow_layout.h"
#include "common/numbers.h"
#include "page.h"
#include "runs/run_texts.h"

#include <QFileInfo>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hilo {
namespace {

const Setting* settingOf(const std::vector<Setting>& settings, const char* key)
{
    const auto found =
        std::find_if(settings.begin(), settings.end(), [key](const Setting& one) { return one.key == key; });
    return found == settings.end() ? nullptr : &*found;
}

QString textOf(const std::vector<Setting>& settings, const char* key)
{
    const Setting* setting = settingOf(settings, key);
    return setting ? QString::fromStdString(shownValue(*setting)) : QString();
}

QString numberOf(const std::vector<Setting>& settings, const char* key)
{
    const Setting* setting = settingOf(settings, key);
    if (!setting || !setting->number)
        return {};
    return QLocale().toString(*setting->number, 'g', QLocale::FloatingPointShortest);
}

} // namespace

RunStatePanel::RunStatePanel(QWidget* parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("card"));
    setAccessibleName(tr("What the run does"));
    title_ = makeHeading({}, this);
    title_->setWordWrap(true);
    says_ = makeQuietLabel({}, this);
    says_->setWordWrap(true);
    facts_ = new FactLabel(this);
    facts_->setWordWrap(true);
    facts_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    facts_->setAccessibleName(tr("What the run is asked to do"));
    start_ = makeButton(tr("Start queue"), tr("Start the program that trains the waiting runs"), this, true);
    front_ = makeButton(tr("Train it first"), tr("Put it before all that wait"), this);
    edit_ = makeButton(tr("Edit and retry…"), tr("A new run with these settings, to change some of them"), this);
    connect(start_, &QPushButton::clicked, this, &RunStatePanel::startWanted);
    connect(front_, &QPushButton::clicked, this, &RunStatePanel::frontWanted);
    connect(edit_, &QPushButton::clicked, this, &RunStatePanel::editWanted);
    auto* buttons = new FlowLayout(8);
    for (QPushButton* button : {start_, front_, edit_})
        buttons->addWidget(button);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(title_);
    layout->addWidget(says_);
    layout->addLayout(buttons);
    layout->addSpacing(4);
    layout->addWidget(facts_);
    layout->addStretch();
    setRun(nullptr, nullptr, false);
}

QString RunStatePanel::text() const
{
    return QStringList{title_->text(), says_->text(), facts_->text()}.join(QLatin1Char('\n'));
}

void RunStatePanel::setRun(const RunSummary* run, const RunDetails* details, bool anyRunning)
{
    const bool waits = run && run->state == "queued";
    const bool isOver = run && (run->state == "failed" || run->state == "interrupted" || run->state == "stopped");
    start_->setVisible(waits && !anyRunning);
    front_->setVisible(waits && details && details->queuePlace > 1);
    edit_->setVisible(isOver || (run && run->state == "new"));
    edit_->setText(isOver ? tr("Edit and retry…") : tr("Edit as a new run…"));
    facts_->setVisible(details != nullptr);
    if (!run) {
        title_->setText(tr("No run is chosen"));
        says_->setText(tr("The curves of the chosen run stand here. Choose several in the list to lay them over one "
                          "another."));
        return;
    }
    QString title, says;
    if (waits) {
        title = details && details->queuePlace > 0
                    ? tr("Waits: number %1 of %2 in the queue")
                          .arg(QLocale().toString(static_cast<qlonglong>(details->queuePlace)),
                               QLocale().toString(static_cast<qlonglong>(details->queueLength)))
                    : tr("Waits in the queue");
        says = anyRunning ? tr("It begins when the runs before it are done. Drag it in the list to change the order.")
                          : tr("Nothing trains now. Its curves stand here as soon as it has begun.");
    } else if (run->state == "new") {
        title = tr("Not queued yet");
        says = tr("“Queue” above puts it behind the runs that wait.");
    } else if (isActive(*run)) {
        title = tr("Is starting");
        says = tr("The model and the data are read; the first step is told here.");
    } else if (isOver) {
        title = tr("Ended before its first step");
        says = tr("There are no curves to draw. What went wrong stands above, and in its log on the right.");
    } else if (run->state == "finished") {
        title = tr("Came with its result alone");
        says = tr("The curves of its training are not in its folder: it was imported, or its log was shortened. Its "
                  "result counts like any other.");
    } else {
        title = stateText(*run);
        says = tr("There are no curves to draw.");
    }
    title_->setText(title);
    says_->setText(says);
    if (!details)
        return;
    const std::vector<Setting>& settings = details->settings;
    QList<std::pair<QString, QString>> facts;
    const auto add = [&facts](const QString& name, const QString& value) {
        if (!value.isEmpty())
            facts << std::pair{name, value};
    };
    add(tr("Model"), QFileInfo(textOf(settings, "model.path")).fileName());
    add(tr("Data"), QFileInfo(textOf(settings, "data.path")).fileName());
    add(tr("Map"), textOf(settings, "map.name"));
    add(tr("Strategy"), textOf(settings, "map.strategy.name"));
    add(tr("Experts"), numberOf(settings, "map.experts"));
    add(tr("Sum of ranks"), numberOf(settings, "map.total_rank"));
    const Setting* steps = settingOf(settings, "training.steps");
    if (steps && steps->number.value_or(0) > 0)
        add(tr("Steps"), numberOf(settings, "training.steps"));
    else
        add(tr("Epochs"), numberOf(settings, "training.epochs"));
    add(tr("Batch size"), numberOf(settings, "training.batch_size"));
    add(tr("Learning rate"), numberOf(settings, "training.learning_rate"));
    add(tr("Router"), textOf(settings, "training.router"));
    add(tr("Seed"), numberOf(settings, "training.seed"));
    facts_->setText(factTable(facts));
}

} // namespace hilo
