// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/start_page.h"

#include "new_project_dialog.h"

#include <QCoreApplication>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QVBoxLayout>

namespace hilo {

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
           tr("Open a project, a Hugging Face model folder or a .gguf file. A project holds a model, data, allocation "
              "maps "
              "and every run that was trained with them; a model alone is enough to look at its architecture and to "
              "plan "
              "an allocation. The sample project opens at once: a small base model and a real task, classes of WordNet "
              "glosses."),
           parent)
{
    setAcceptDrops(true);
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
    connect(create, &QPushButton::clicked, this, &StartPage::makeProject);
    connect(sample, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(sampleProjectPath()); });
    connect(folder, &QPushButton::clicked, this, &StartPage::chooseFolder);
    connect(file, &QPushButton::clicked, this, &StartPage::chooseFile);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton* button : {sample, create, folder, file})
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
    recent_->setAccessibleName(tr("Recent projects and models"));
    empty_ = makeQuietLabel(tr("Nothing yet. What you open will be listed here; you can also drop a folder or a .gguf "
                               "file on this window."),
                            card);
    cardLayout(card)->addWidget(makeHeading(tr("Recent"), card));
    cardLayout(card)->addWidget(empty_);
    cardLayout(card)->addWidget(recent_, 1);
    cardLayout(card)->addStretch();
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
        auto* item = new QListWidgetItem(
            QFileInfo(path).fileName() + QStringLiteral("   ") + QDir::toNativeSeparators(path), recent_);
        item->setData(Qt::UserRole, path);
        item->setToolTip(path);
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

void StartPage::makeProject()
{
    auto* dialog = new NewProjectDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NewProjectDialog::created, this, &StartPage::openRequested);
    dialog->open();
}

void StartPage::chooseFolder()
{
    const QString path = QFileDialog::getExistingDirectory(this, tr("Open a project or a model folder"));
    if (!path.isEmpty())
        Q_EMIT openRequested(path);
}

void StartPage::chooseFile()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Open a model"), {}, tr("GGUF models (*.gguf)"));
    if (!path.isEmpty())
        Q_EMIT openRequested(path);
}

void StartPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().size() == 1 &&
        event->mimeData()->urls().front().isLocalFile())
        event->acceptProposedAction();
}

void StartPage::dropEvent(QDropEvent* event)
{
    Q_EMIT openRequested(event->mimeData()->urls().front().toLocalFile());
}

} // namespace hilo
