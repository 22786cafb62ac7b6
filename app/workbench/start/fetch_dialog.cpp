// SPDX-License-Identifier: GPL-3.0-or-later
#include "start/fetch_dialog.h"

#include "common/letter_width.h"
#include "common/numbers.h"
#include "page.h"
#include "program_panel.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hilo {
namespace {

constexpr int patienceOfFetch = 10000; ///< ms that a cancelled fetch has to write down what came
constexpr std::size_t fewestLeft = 4;  ///< files that are named of those that stay at the hub

QString sizeOfFiles(const Json& bytes)
{
    return byteSize(static_cast<std::uint64_t>(std::max<std::int64_t>(0, bytes.get<std::int64_t>())));
}

QString namesOf(const Json& files)
{
    QStringList names;
    for (const Json& file : files)
        if (names.size() < static_cast<qsizetype>(fewestLeft))
            names << QString::fromStdString(file["name"].get<std::string>());
    if (files.size() > fewestLeft)
        names << FetchDialog::tr("and %1 more").arg(groupedNumber(static_cast<qint64>(files.size() - fewestLeft)));
    return names.join(QStringLiteral(", "));
}

} // namespace

FetchDialog::FetchDialog(RepositoryKind kind, QWidget* parent) : QDialog(parent), kind_(kind)
{
    const bool isModel = kind == RepositoryKind::Model;
    setWindowTitle(isModel ? tr("Fetch a model") : tr("Fetch a data set"));
    setObjectName(QStringLiteral("fetchDialog"));
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addWidget(makeQuietLabel(
        tr("From the Hugging Face hub into the cache that all tools share. Nothing is asked of the network before you "
           "press a button."),
        this));
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    name_ = new QLineEdit(this);
    name_->setAccessibleName(tr("Name at the hub"));
    name_->setPlaceholderText(isModel ? QStringLiteral("HuggingFaceTB/SmolLM2-135M-Instruct")
                                      : QStringLiteral("HuggingFaceH4/ultrafeedback_binarized"));
    name_->setToolTip(tr("org/name, or org/name@revision for a branch, a tag or a commit"));
    form->addRow(tr("&Name"), name_);
    only_ = new QLineEdit(this);
    only_->setAccessibleName(tr("Only files that fit"));
    only_->setPlaceholderText(tr("all that is needed; or patterns, such as *Q4_K_M*"));
    only_->setToolTip(tr("Patterns with blanks between them: the files that fit one of them, and no others. Of a "
                         "repository of GGUF files one must be chosen this way"));
    form->addRow(tr("&Only files"), only_);
    layout->addLayout(form);
    said_ = makeQuietLabel({}, this);
    said_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    said_->hide();
    layout->addWidget(said_);
    panel_ = new ProgramPanel({tr("Fetching"), tr("Progress of the fetch"),
                               tr("Stop; what came is kept, and the next fetch goes on from there")},
                              patienceOfFetch, this);
    layout->addWidget(panel_);
    command_ = makeQuietLabel({}, this);
    command_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(command_);
    layout->addStretch();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    look_ = makeButton(tr("What would come"), tr("Ask the hub for the list of files and their sizes; fetches nothing"),
                       this);
    fetch_ =
        makeButton(tr("Fetch"), tr("Bring it into the cache; goes on with what an earlier fetch left"), this, true);
    buttons->addButton(look_, QDialogButtonBox::ActionRole);
    buttons->addButton(fetch_, QDialogButtonBox::ActionRole);
    fetch_->setDefault(true);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(look_, &QPushButton::clicked, this, [this] { start(true); });
    connect(fetch_, &QPushButton::clicked, this, [this] { start(false); });
    for (QLineEdit* edit : {name_, only_})
        connect(edit, &QLineEdit::textChanged, this, &FetchDialog::check);
    connect(panel_, &ProgramPanel::answered, this, &FetchDialog::take);
    connect(panel_, &ProgramPanel::ended, this, &FetchDialog::check);
    check();
    resize(letterWidth(fontMetrics()) * 84, sizeHint().height());
}

void FetchDialog::setName(const QString& name)
{
    name_->setText(name);
}

QString FetchDialog::name() const
{
    return name_->text().trimmed();
}

QStringList FetchDialog::arguments(bool onlyList) const
{
    QStringList words{QStringLiteral("fetch"), name()};
    if (kind_ == RepositoryKind::Dataset)
        words << QStringLiteral("--dataset");
    for (const QString& pattern : only_->text().split(QLatin1Char(' '), Qt::SkipEmptyParts))
        words << QStringLiteral("--include") << pattern;
    if (onlyList)
        words << QStringLiteral("--dry-run");
    return words;
}

void FetchDialog::check()
{
    const auto known = parseRepositoryName(name().toStdString(), kind_);
    const bool mayStart = known && !panel_->isRunning();
    look_->setEnabled(mayStart);
    fetch_->setEnabled(mayStart);
    for (QLineEdit* edit : {name_, only_})
        edit->setEnabled(!panel_->isRunning());
    command_->setText(known              ? ProgramRunner::commandLine(arguments(false))
                      : name().isEmpty() ? QString()
                                         : QString::fromStdString(known.error().message));
}

void FetchDialog::start(bool onlyList)
{
    said_->hide();
    panel_->run(arguments(onlyList), {});
    check();
}

void FetchDialog::take(const Json& answer)
{
    const auto files = static_cast<int>(answer["files"].size());
    if (answer["fetched"].get<bool>()) {
        Q_EMIT fetched(name(), QString::fromStdString(answer["folder"].get<std::string>()));
        accept();
        return;
    }
    QString text = tr("%n file(s), %1; %2 would be fetched.", nullptr, files)
                       .arg(sizeOfFiles(answer["bytes"]), sizeOfFiles(answer["bytes_fetched"]));
    if (!answer["left"].empty())
        text += QLatin1Char(' ') + tr("Stays at the hub: %1.").arg(namesOf(answer["left"]));
    said_->setText(text);
    said_->setToolTip(tr("commit %1").arg(QString::fromStdString(answer["commit"].get<std::string>())));
    said_->show();
}

void FetchDialog::done(int result)
{
    if (panel_->isRunning())
        panel_->cancel();
    QDialog::done(result);
}

} // namespace hilo
