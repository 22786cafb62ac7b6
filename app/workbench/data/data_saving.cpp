// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_saving.h"

#include "background.h"
#include "data/data_merge.h"
#include "project_session.h"

#include <QMessageBox>
#include <QPushButton>

namespace hilo {
namespace {

Result<std::optional<ProjectData>> storedData(const std::string& folder)
{
    HILO_TRY(const Project project, Project::open(folder));
    return readProjectData(project);
}

} // namespace

DataSaving::DataSaving(ProjectSession& session, QWidget* page) : QObject(page), session_(session), page_(page)
{
    connect(&session_, &ProjectSession::settingsWritten, this, &DataSaving::look);
    connect(&session_, &ProjectSession::opened, this, [this] {
        ++request_;
        stored_.reset();
        isChanged_ = false;
    });
}

void DataSaving::read()
{
    const int request = ++request_;
    inBackground(
        this, [folder = session_.folder().toStdString()] { return storedData(folder); },
        [this, request](const Result<std::optional<ProjectData>>& stored) {
            if (request != request_)
                return;
            if (!stored) {
                Q_EMIT failed(QString::fromStdString(describe(stored.error())));
                return;
            }
            stored_ = *stored;
            Q_EMIT wasRead();
        });
}

void DataSaving::look()
{
    if (session_.folder().isEmpty())
        return;
    inBackground(
        this, [folder = session_.folder().toStdString()] { return storedData(folder); },
        [this, request = request_](const Result<std::optional<ProjectData>>& stored) {
            if (request != request_ || !stored || isSameData(*stored, stored_))
                return;
            if (isChanged_) {
                Q_EMIT said(tr("The project's data was changed on disk as well; saving shows the differences."));
                return;
            }
            stored_ = *stored;
            Q_EMIT wasRead();
            Q_EMIT said(tr("The project's data was changed on disk and is shown as it is there."));
        });
}

void DataSaving::save(const ProjectData& data)
{
    const int request = ++request_;
    inBackground(
        this, [folder = session_.folder().toStdString()] { return storedData(folder); },
        [this, request, data](const Result<std::optional<ProjectData>>& stored) {
            if (request != request_)
                return;
            if (!stored)
                Q_EMIT said(QString::fromStdString(describe(stored.error())));
            else if (!isSameData(*stored, stored_) && *stored && !isSameData(*stored, data))
                ask(data, **stored);
            else
                write(data);
        });
}

void DataSaving::write(const ProjectData& data)
{
    inBackground(
        this,
        [folder = session_.folder().toStdString(), data]() -> Result<std::optional<ProjectData>> {
            HILO_TRY(const Project project, Project::open(folder));
            HILO_CHECK(writeProjectData(project, data));
            return readProjectData(project);
        },
        [this, data, request = request_](const Result<std::optional<ProjectData>>& written) {
            if (request != request_)
                return;
            if (written) {
                stored_ = *written;
                Q_EMIT kept(data);
            }
            Q_EMIT said(written ? tr("New runs take this data.") : QString::fromStdString(describe(written.error())));
        });
}

void DataSaving::ask(const ProjectData& ours, const ProjectData& theirs)
{
    const auto merged = mergeProjectData(stored_.value_or(ProjectData()), ours, theirs);
    auto* box = new QMessageBox(QMessageBox::Warning, tr("The project's data was changed elsewhere"),
                                tr("The data for new runs was changed on disk since it was read here, by another "
                                   "window or program."),
                                QMessageBox::Cancel, page_);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("dataChangedElsewhere"));
    QString about = merged ? tr("Settings changed only here: %1. Only there: %2. Differently in both: %3.")
                                 .arg(merged->ours)
                                 .arg(merged->theirs)
                                 .arg(merged->conflicts.size())
                           : tr("The two cannot be merged: %1").arg(QString::fromStdString(describe(merged.error())));
    if (merged && !merged->conflicts.isEmpty())
        about += QLatin1Char('\n') + tr("Merged, these keep what they are here.");
    box->setInformativeText(about);
    box->setDetailedText(dataDifferences(ours, theirs).join(QLatin1Char('\n')));
    auto* merge = box->addButton(tr("Merge and save"), QMessageBox::AcceptRole);
    auto* take = box->addButton(tr("Take the one on disk"), QMessageBox::ActionRole);
    auto* overwrite = box->addButton(tr("Overwrite it"), QMessageBox::DestructiveRole);
    merge->setEnabled(merged.has_value());
    box->setDefaultButton(merge);
    connect(box, &QMessageBox::buttonClicked, this, [=, this](QAbstractButton* button) {
        if (button == merge && merged) {
            write(merged->data);
        } else if (button == overwrite) {
            write(ours);
        } else if (button == take) {
            stored_ = theirs;
            Q_EMIT wasRead();
        }
    });
    box->open();
}

} // namespace hilo
