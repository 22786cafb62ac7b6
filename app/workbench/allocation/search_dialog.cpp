// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/search_dialog.h"

#include "background.h"
#include "common/letter_width.h"
#include "common/numbers.h"
#include "page.h"
#include "program_runner.h"
#include "project/project_data.h"
#include "project_session.h"
#include "settings.h"

#include <QDateTime>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

namespace hilo {
namespace {

const QString resultEnding = QStringLiteral(".search.json");

QString searchesOf(const QString& folder)
{
    return folder + QStringLiteral("/searches/");
}

} // namespace

SearchDialog::SearchDialog(ProjectSession& session, QWidget* parent) : QDialog(parent), session_(session)
{
    setWindowTitle(tr("Search"));
    setObjectName(QStringLiteral("searchDialog"));
    auto* form = new QFormLayout(this);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(makeQuietLabel(
        tr("GuiLoMo trains a mixture with more experts and ranks than needed on half of the batches, and learns on the "
           "other half which of them to keep. A step takes four forward and backward passes."),
        this));
    const auto addNumber = [&](const QString& label, int from, int to, int value, const QString& about) {
        auto* box = new QSpinBox(this);
        box->setRange(from, to);
        box->setValue(value);
        box->setToolTip(about);
        box->setAccessibleDescription(about);
        form->addRow(label, box);
        connect(box, &QSpinBox::valueChanged, this, &SearchDialog::check);
        return box;
    };
    name_ = new QLineEdit(this);
    name_->setToolTip(tr("Name of the search's files in the project's folder searches"));
    name_->setText(QStringLiteral("search-") + QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmm")));
    form->addRow(tr("&Name"), name_);
    experts_ = addNumber(tr("&Experts"), 2, 64, 8, tr("Experts that every module has while it is searched"));
    rank_ = addNumber(tr("&Rank"), 1, 4096, 8, tr("Rank of each of them"));
    steps_ = addNumber(tr("&Steps"), 0, 100000000, 0, tr("Each takes two batches of the project's rows"));
    steps_->setSpecialValueText(tr("four epochs, as published"));
    about_ = makeQuietLabel(tr("Looking at the project's data …"), this);
    form->addRow(about_);
    command_ = makeQuietLabel({}, this);
    command_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    form->addRow(command_);
    buttons_ = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons_->addButton(tr("Start"), QDialogButtonBox::AcceptRole)->setDefault(true);
    form->addRow(buttons_);
    connect(buttons_, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(name_, &QLineEdit::textChanged, this, &SearchDialog::nameChanged);
    resize(letterWidth(fontMetrics()) * 84, sizeHint().height());
    inBackground(
        this, [folder = session_.folder()] { return readStart(folder); }, [this](const Start& start) { take(start); });
    check();
}

SearchDialog::Start SearchDialog::readStart(const QString& folder)
{
    Start start{newRunSettings(folder.toStdString()), {}};
    const QString ending = resultEnding + QStringLiteral(".state");
    const QStringList states = QDir(searchesOf(folder)).entryList({QLatin1Char('*') + ending}, QDir::Files, QDir::Time);
    if (!states.isEmpty())
        start.unfinished = states.first().chopped(ending.size());
    return start;
}

void SearchDialog::take(const Start& start)
{
    settings_ = start.settings;
    if (!start.unfinished.isEmpty())
        name_->setText(start.unfinished);
    check();
}

void SearchDialog::nameChanged()
{
    unfinished_.reset();
    problem_.clear();
    const std::filesystem::path state = searchStateFile(file().toStdString());
    std::error_code code;
    if (std::filesystem::exists(state, code)) {
        if (const auto found = readUnfinishedSearch(state)) {
            unfinished_ = *found;
            // Another size would be another search.
            experts_->setValue(static_cast<int>(found->experts));
            rank_->setValue(static_cast<int>(found->rank));
            steps_->setValue(static_cast<int>(found->askedSteps));
        } else {
            problem_ = QString::fromStdString(describe(found.error()));
        }
    } else if (QFileInfo::exists(file())) {
        problem_ = tr("A search of this name is finished already.");
    }
    check();
}

QString SearchDialog::file() const
{
    return searchesOf(session_.folder()) + name_->text().trimmed() + resultEnding;
}

QString SearchDialog::specFile() const
{
    return searchesOf(session_.folder()) + name_->text().trimmed() + QStringLiteral(".run.json");
}

QStringList SearchDialog::arguments() const
{
    return {specFile(),
            QStringLiteral("--out"),
            file(),
            QStringLiteral("--experts"),
            QString::number(experts_->value()),
            QStringLiteral("--rank"),
            QString::number(rank_->value()),
            QStringLiteral("--steps"),
            QString::number(steps_->value())};
}

Json SearchDialog::document() const
{
    const ModelSource& model = *session_.model();
    Json document = settings_.value_or(Json::object());
    document.update({{"format", "hilo.run/1"},
                     {"name", name_->text().trimmed().toStdString()},
                     {"model", {{"path", model.path.string()}, {"sha256", ""}}}});
    // A search reads no map, but a run spec has one.
    AllocationMap map;
    map.name = "none";
    map.strategy = "manual";
    map.architecture = model.config.architecture;
    map.layers.resize(static_cast<std::size_t>(model.config.layers));
    document["map"] = toJson(map);
    if (const int threads = settings::threads();
        threads > 0 && !(document.contains("training") && document["training"].contains("threads")))
        document["training"]["threads"] = threads;
    // A search that the desktop takes along when it ends loses no more than this.
    document["training"]["checkpoint_minutes"] = 2;
    return document;
}

Result<RunSpec> SearchDialog::spec() const
{
    Json whole = document();
    if (!whole.contains("data"))
        return failure(badInput({}, "data", "This project has no data yet."));
    HILO_TRY(RunSpec spec, parseRunSpec(whole, "search", session_.folder().toStdString()));
    return spec;
}

Status SearchDialog::writeSpec() const
{
    if (unfinished_ && QFileInfo::exists(specFile()))
        return {};
    QDir().mkpath(searchesOf(session_.folder()));
    HILO_TRY(const RunSpec whole, spec());
    return writeJsonFile(specFile().toStdString(), toJson(whole));
}

void SearchDialog::check()
{
    const QString name = name_->text().trimmed();
    for (QSpinBox* box : {experts_, rank_, steps_})
        box->setEnabled(!unfinished_);
    const auto asked = settings_ ? std::optional(spec()) : std::nullopt;
    const bool hasData =
        asked && asked->has_value() && !(*asked)->tasks.front().data.template_.empty() &&
        !((*asked)->tasks.front().data.path.empty() && (*asked)->tasks.front().data.splitFiles.empty());
    QString about;
    if (!asked)
        about = tr("Looking at the project's data …");
    else if (!problem_.isEmpty())
        about = problem_;
    else if (unfinished_)
        about = tr("This search was stopped; it goes on from step %1 of %2.")
                    .arg(groupedNumber(unfinished_->step), groupedNumber(unfinished_->steps));
    else if (!hasData)
        about = tr("This project has no data yet: choose it on the page Data (Ctrl+3).");
    else
        about = tr("Data: %1, template “%2”")
                    .arg(QString::fromStdString((*asked)->tasks.front().data.path),
                         QString::fromStdString((*asked)->tasks.front().data.template_));
    about_->setText(about);
    const bool isGood = problem_.isEmpty() && (hasData || (asked && unfinished_)) && !name.isEmpty() &&
                        !name.contains(QLatin1Char('/'));
    command_->setText(isGood ? ProgramRunner::commandLine(QStringList{QStringLiteral("search")} + arguments())
                             : QString());
    for (QAbstractButton* button : buttons_->buttons())
        if (buttons_->buttonRole(button) == QDialogButtonBox::AcceptRole) {
            button->setEnabled(isGood);
            button->setText(unfinished_ ? tr("Go on") : tr("Start"));
        }
}

} // namespace hilo
