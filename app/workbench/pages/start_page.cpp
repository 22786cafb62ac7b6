// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/start_page.h"

#include "common/letter_width.h"
#include "common/theme.h"
#include "settings.h"
#include "start/fetch_dialog.h"
#include "start/new_project_dialog.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace hilo {
namespace {

/// Two lines: the name, and quietly where it lies.
class RecentDelegate : public QStyledItemDelegate
{
  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {letterWidth(option.fontMetrics) * 40, option.fontMetrics.height() * 2 + 22};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const ThemeColours& colours = Theme::instance().colours();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRect area = option.rect.adjusted(0, 1, -1, -1);
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(selected ? colours.accentBackground : colours.grid);
            painter->drawRoundedRect(area, 4, 4);
        }
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setPen(QPen(colours.accent, 1.5));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(area, 4, 4);
        }
        const QRect text = area.adjusted(12, 8, -12, -8);
        const bool enabled = option.state.testFlag(QStyle::State_Enabled) && index.flags().testFlag(Qt::ItemIsEnabled);
        QFont bold = option.font;
        bold.setBold(true);
        painter->setFont(bold);
        painter->setPen(enabled ? colours.text : colours.quietText);
        painter->drawText(text, Qt::AlignLeft | Qt::AlignTop, index.data().toString());
        painter->setFont(option.font);
        painter->setPen(colours.quietText);
        painter->drawText(
            text, Qt::AlignLeft | Qt::AlignBottom,
            option.fontMetrics.elidedText(index.data(Qt::ToolTipRole).toString(), Qt::ElideMiddle, text.width()));
        painter->restore();
    }
};

} // namespace

QString sampleProjectPath()
{
    const QDir program(QCoreApplication::applicationDirPath());
    for (const char* candidate : {"../../projects/gloss-classes", "../share/hilo-workbench/projects/gloss-classes"}) {
        const QString path = QDir::cleanPath(program.filePath(QString::fromLatin1(candidate)));
        if (QFileInfo::exists(path + QStringLiteral("/project.json")))
            return path;
    }
    return {};
}

StartPage::StartPage(QWidget* parent)
    : Page(QStringLiteral("start"), tr("Start"),
           tr("<p>Open a project, a Hugging Face model folder or a .gguf file; or drop one on this window.</p>"
              "<p><b>A project</b> is one folder: it names a model and data and holds allocation maps, complexity "
              "profiles and every run that was trained with them. It can be moved or copied as a whole.</p>"
              "<p><b>A model alone</b> is enough to look at its architecture and to plan an allocation; config.json is "
              "all that planning needs.</p>"
              "<p><b>The sample project</b> opens at once: a small base model and a real task, the classes of WordNet "
              "glosses (Princeton WordNet 3.0).</p>"
              "<p><b>Next:</b> the pages on the left follow the order of the work. Ctrl+1 to Ctrl+0 show them, F1 "
              "explains each, F9 hides and shows the inspector.</p>"),
           parent)
{
    auto* title = new QLabel(tr("HILO Workbench"), this);
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.8);
    large.setBold(true);
    title->setFont(large);
    auto* purpose = makeQuietLabel(
        tr("Fine-tune language models with a mixture of LoRA experts whose number and ranks follow the layers."), this);

    auto* sample = makeButton(tr("Open sample project"), {}, this, true);
    sample->setDefault(true);
    sample->setEnabled(!sampleProjectPath().isEmpty());
    sample->setToolTip(sample->isEnabled() ? sampleProjectPath()
                                           : tr("The sample project was not found beside the program."));
    auto* create = makeButton(tr("New project…"), tr("Choose a model, data and a name"), this);
    auto* folder = makeButton(tr("Open folder…"), tr("A project, or a model folder with config.json"), this);
    auto* file = makeButton(tr("Open GGUF file…"), tr("A model in one file, as llama.cpp uses them"), this);
    auto* fetch = makeButton(tr("Fetch model…"), tr("Bring a model from the Hugging Face hub, by its name"), this);
    connect(create, &QPushButton::clicked, this, &StartPage::makeProject);
    connect(fetch, &QPushButton::clicked, this, &StartPage::fetchModel);
    connect(sample, &QPushButton::clicked, this, &StartPage::sampleRequested);
    connect(folder, &QPushButton::clicked, this, &StartPage::chooseFolder);
    connect(file, &QPushButton::clicked, this, &StartPage::chooseFile);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton* button : {sample, create, folder, file, fetch})
        buttons->addWidget(button);
    buttons->addStretch();

    problem_ = new QLabel(this);
    problem_->setObjectName(QStringLiteral("failed"));
    problem_->setWordWrap(true);
    problem_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    problem_->hide();

    auto* card = makeCard(this);
    recent_ = new QListWidget(card);
    recent_->setFrameShape(QFrame::NoFrame);
    recent_->setObjectName(QStringLiteral("recent"));
    recent_->setItemDelegate(new RecentDelegate(recent_));
    recent_->setMouseTracking(true);
    recent_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    recent_->setAccessibleName(tr("Recent projects and models"));
    empty_ = makeQuietLabel(tr("Nothing yet. What you open will be listed here; you can also drop a folder or a .gguf "
                               "file on this window."),
                            card);
    empty_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    cardLayout(card)->addWidget(makeHeading(tr("Recent"), card));
    cardLayout(card)->addWidget(empty_, 1);
    cardLayout(card)->addWidget(recent_, 1);
    connect(recent_, &QListWidget::itemActivated, this,
            [this](QListWidgetItem* item) { Q_EMIT openRequested(item->data(Qt::UserRole).toString()); });

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(12);
    layout->addWidget(title);
    layout->addWidget(purpose);
    layout->addLayout(buttons);
    layout->addWidget(problem_);
    layout->addWidget(card, 1);
    setRecent({});
}

void StartPage::setRecent(const QStringList& paths)
{
    recent_->clear();
    for (const QString& path : paths) {
        auto* item = new QListWidgetItem(QFileInfo(path).fileName(), recent_);
        item->setData(Qt::UserRole, path);
        item->setToolTip(QDir::toNativeSeparators(path));
        item->setData(Qt::AccessibleDescriptionRole, path);
        if (!QFileInfo::exists(path)) {
            item->setFlags(item->flags() & ~Qt::ItemIsEnabled);
            item->setToolTip(tr("%1 is not there any more.").arg(path));
        }
    }
    recent_->setVisible(!paths.isEmpty());
    empty_->setVisible(paths.isEmpty());
}

void StartPage::setProblem(const QString& problem)
{
    problem_->setText(problem);
    problem_->setVisible(!problem.isEmpty());
}

NewProjectDialog* StartPage::makeProject()
{
    auto* dialog = new NewProjectDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NewProjectDialog::created, this, &StartPage::openRequested);
    dialog->open();
    return dialog;
}

FetchDialog* StartPage::fetchModel()
{
    auto* dialog = new FetchDialog(RepositoryKind::Model, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &FetchDialog::fetched, this,
            [this](const QString&, const QString& folder) { Q_EMIT openRequested(folder); });
    dialog->open();
    return dialog;
}

QDialog* StartPage::demonstrateDialog(int number)
{
    if (number == 1) {
        FetchDialog* dialog = fetchModel();
        dialog->setName(QStringLiteral("HuggingFaceTB/SmolLM2-135M-Instruct"));
        return dialog;
    }
    if (number > 1)
        return nullptr;
    NewProjectDialog* dialog = makeProject();
    if (!sampleProjectPath().isEmpty())
        dialog->setModel(sampleProjectPath() + QStringLiteral("/base"));
    return dialog;
}

void StartPage::chooseFolder()
{
    const QString path =
        QFileDialog::getExistingDirectory(this, tr("Open a project or a model folder"), settings::projectsFolder());
    if (!path.isEmpty())
        Q_EMIT openRequested(path);
}

void StartPage::chooseFile()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open a model"), settings::modelsFolder(), tr("GGUF models (*.gguf)"));
    if (!path.isEmpty())
        Q_EMIT openRequested(path);
}

} // namespace hilo
