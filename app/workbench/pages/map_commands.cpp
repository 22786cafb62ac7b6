// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/map_commands.h"

#include "allocation/allocation_document.h"
#include "allocation/map_csv.h"
#include "allocation/map_merge.h"
#include "allocation/map_operations.h"
#include "base/atomic_file.h"
#include "compare/map_difference.h"
#include "pages/allocation_page.h"
#include "project_session.h"
#include "run/run_id.h"

#include <QAbstractButton>
#include <QAction>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QWidget>

#include <algorithm>

namespace hilo {
namespace {

constexpr qint64 largestCsv = 16 * 1024 * 1024;

} // namespace

MapCommands::MapCommands(ProjectSession& session, QWidget* page) : QObject(page), session_(session), page_(page)
{
    makeActions();
}

void MapCommands::makeActions()
{
    const auto add = [this](const QString& text, const QKeySequence& keys, void (MapCommands::*slot)()) {
        auto* action = new QAction(text, page_);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WindowShortcut);
        connect(action, &QAction::triggered, this, slot);
        page_->addAction(action);
        return action;
    };
    add(AllocationPage::tr("&New map"), QKeySequence(Qt::CTRL | Qt::Key_T), &MapCommands::newMap);
    add(AllocationPage::tr("&Duplicate map"), {}, &MapCommands::duplicateMap);
    add(AllocationPage::tr("Re&name map…"), QKeySequence(Qt::Key_F2 | Qt::SHIFT), &MapCommands::renameMap);
    add(AllocationPage::tr("&Open map…"), {}, &MapCommands::openMap);
    add(AllocationPage::tr("&Save map"), QKeySequence::Save, &MapCommands::save);
    add(AllocationPage::tr("Save map &as…"), QKeySequence::SaveAs, &MapCommands::saveAs);
    add(AllocationPage::tr("&Close map"), QKeySequence::Close, &MapCommands::closeFront);
    add(AllocationPage::tr("&Import CSV…"), {}, &MapCommands::importCsv);
    add(AllocationPage::tr("&Export CSV…"), {}, &MapCommands::exportCsv);
}

void MapCommands::closeFront()
{
    const auto& maps = session_.maps();
    const auto front =
        std::find_if(maps.begin(), maps.end(), [this](const auto& map) { return map.get() == document_; });
    if (front != maps.end())
        closeMap(static_cast<int>(front - maps.begin()));
}

void MapCommands::addMap(AllocationMap map)
{
    const QString name = QString::fromStdString(map.name);
    session_.addMap(std::move(map));
    Q_EMIT frontWanted(static_cast<int>(session_.maps().size()) - 1);
    Q_EMIT said(AllocationPage::tr("Opened %1 in a tab of its own.").arg(name));
}

void MapCommands::newMap()
{
    if (!session_.model())
        return;
    AllocationMap map;
    map.name = AllocationPage::tr("new map").toStdString();
    map.strategy = "manual";
    map.architecture = session_.model()->config.architecture;
    map.layers.resize(static_cast<std::size_t>(session_.model()->config.layers));
    addMap(std::move(map));
}

void MapCommands::duplicateMap()
{
    if (!document_)
        return;
    AllocationMap map = document_->map();
    map.name = AllocationPage::tr("%1 copy").arg(QString::fromStdString(map.name)).toStdString();
    addMap(std::move(map));
}

void MapCommands::renameMap()
{
    if (!document_)
        return;
    auto* dialog = new QInputDialog(page_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("renameMap"));
    dialog->setWindowTitle(AllocationPage::tr("Rename map"));
    dialog->setLabelText(AllocationPage::tr("Name of the map"));
    dialog->setTextValue(QString::fromStdString(document_->map().name));
    connect(dialog, &QInputDialog::textValueSelected, document_,
            [document = document_](const QString& name) { document->rename(name.trimmed().toStdString()); });
    dialog->open();
}

void MapCommands::openMap()
{
    const QString path = QFileDialog::getOpenFileName(page_, AllocationPage::tr("Open a map"), session_.folder(),
                                                      AllocationPage::tr("Maps (*.map.json *.json)"));
    if (!path.isEmpty())
        openMapFile(path);
}

bool MapCommands::tell(const Status& status, const QString& done)
{
    Q_EMIT said(status ? done : QString::fromStdString(describe(status.error())));
    return status.has_value();
}

bool MapCommands::openMapFile(const QString& path)
{
    if (!session_.model())
        return false;
    const Status opened = [&]() -> Status {
        HILO_TRY(AllocationMap map, readAllocationMap(path.toStdString()));
        HILO_CHECK(validateAllocationMap(map, session_.model()->config, path.toStdString()));
        if (map.name.empty())
            map.name = QFileInfo(path).completeBaseName().toStdString();
        addMap(std::move(map));
        return {};
    }();
    return tell(opened, AllocationPage::tr("Opened %1").arg(path));
}

void MapCommands::importCsv()
{
    const QString path = QFileDialog::getOpenFileName(page_, AllocationPage::tr("Import a table"), session_.folder(),
                                                      AllocationPage::tr("Tables (*.csv *.tsv *.txt)"));
    if (!path.isEmpty())
        importCsvFile(path);
}

bool MapCommands::importCsvFile(const QString& path)
{
    if (!session_.model())
        return false;
    const Status imported = [&]() -> Status {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return failure(badInput(path.toStdString(), {}, file.errorString().toStdString()));
        if (file.size() > largestCsv)
            return failure(badInput(path.toStdString(), {}, "the file is larger than 16 MiB, too large for a map"));
        HILO_TRY(AllocationMap map,
                 mapFromCsv(file.readAll().toStdString(), path.toStdString(), session_.model()->config));
        map.name = QFileInfo(path).completeBaseName().toStdString();
        addMap(std::move(map));
        return {};
    }();
    return tell(imported, AllocationPage::tr("Imported %1").arg(path));
}

void MapCommands::exportCsv()
{
    if (!document_)
        return;
    const QString stem = QString::fromStdString(runIdFrom(document_->map().name));
    const QString path = QFileDialog::getSaveFileName(page_, AllocationPage::tr("Export as a table"),
                                                      QDir(session_.folder()).filePath(stem + QStringLiteral(".csv")),
                                                      AllocationPage::tr("Tables (*.csv)"));
    if (!path.isEmpty())
        exportCsvFile(path);
}

bool MapCommands::exportCsvFile(const QString& path)
{
    if (!document_)
        return false;
    return tell(writeFileAtomically(path.toStdString(), csvOfMap(document_->map())),
                AllocationPage::tr("Exported %1").arg(path));
}

void MapCommands::save()
{
    if (!document_)
        return;
    QString path = session_.mapPath(*document_);
    if (path.isEmpty() && !session_.folder().isEmpty()) {
        const QDir maps(QDir(session_.folder()).filePath(QStringLiteral("maps")));
        const QString stem = QString::fromStdString(runIdFrom(document_->map().name));
        path = maps.filePath(stem + QStringLiteral(".map.json"));
        for (int number = 2; QFileInfo::exists(path); ++number)
            path = maps.filePath(QStringLiteral("%1-%2.map.json").arg(stem).arg(number));
    }
    if (path.isEmpty()) {
        saveAs();
        return;
    }
    const auto theirs = session_.changedOnDisk(*document_);
    if (theirs && *theirs)
        askAboutOther(**theirs);
    else if (theirs)
        saveTo(path);
    else
        tell(failure(theirs.error()), {});
}

void MapCommands::askAboutOther(const AllocationMap& theirs)
{
    const MergedMap merged = mergeMaps(document_->savedMap(), document_->map(), theirs);
    auto* box = new QMessageBox(QMessageBox::Warning, AllocationPage::tr("The map was changed elsewhere"),
                                AllocationPage::tr("“%1” was changed on disk since it was opened here, by another "
                                                   "window or program.")
                                    .arg(QString::fromStdString(document_->map().name)),
                                QMessageBox::Cancel, page_);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("mapChangedElsewhere"));
    QString about = AllocationPage::tr("Changed only here: %1 modules. Only there: %2. Differently in both: %3.")
                        .arg(merged.ours)
                        .arg(merged.theirs)
                        .arg(merged.conflicts.size());
    if (!merged.conflicts.empty())
        about += QLatin1Char('\n') + AllocationPage::tr("Merged, these keep what they are here.");
    box->setInformativeText(about);
    QStringList cells;
    for (const ModuleDifference& one : mapDifference(document_->map(), theirs))
        cells << AllocationPage::tr("layer %1 %2: here %3, on disk %4")
                     .arg(one.layer)
                     .arg(QString::fromStdString(one.module), QString::fromStdString(describe(one.first)),
                          QString::fromStdString(describe(one.second)));
    box->setDetailedText(cells.join(QLatin1Char('\n')));
    auto* merge = box->addButton(AllocationPage::tr("Merge and save"), QMessageBox::AcceptRole);
    auto* take = box->addButton(AllocationPage::tr("Take the one on disk"), QMessageBox::ActionRole);
    auto* overwrite = box->addButton(AllocationPage::tr("Overwrite it"), QMessageBox::DestructiveRole);
    box->setDefaultButton(merge);
    connect(box, &QMessageBox::buttonClicked, document_, [=, this, document = document_](QAbstractButton* button) {
        const QString path = session_.mapPath(*document);
        if (button == take || button == merge) {
            const AllocationMap& wanted = button == take ? theirs : merged.map;
            document->rename(wanted.name);
            document->replaceMap(wanted, button == take ? AllocationPage::tr("Take the map on disk")
                                                        : AllocationPage::tr("Merge with the map on disk"));
        }
        if (button == merge || button == overwrite)
            tell(session_.saveMap(*document, path), AllocationPage::tr("Saved %1").arg(path));
        else if (button == take)
            document->markSaved();
        Q_EMIT saved();
    });
    box->open();
}

void MapCommands::saveAs()
{
    if (!document_)
        return;
    const QString stem = QString::fromStdString(runIdFrom(document_->map().name));
    const QString path = QFileDialog::getSaveFileName(
        page_, AllocationPage::tr("Save map"), QDir(session_.folder()).filePath(stem + QStringLiteral(".map.json")),
        AllocationPage::tr("Maps (*.map.json)"));
    if (!path.isEmpty())
        saveTo(path);
}

bool MapCommands::saveTo(const QString& path)
{
    const bool written = tell(session_.saveMap(*document_, path), AllocationPage::tr("Saved %1").arg(path));
    Q_EMIT saved();
    return written;
}

void MapCommands::closeMap(int index)
{
    if (index < 0 || index >= static_cast<int>(session_.maps().size()))
        return;
    AllocationDocument* map = session_.maps()[static_cast<std::size_t>(index)].get();
    if (session_.isSaved(*map)) {
        session_.closeMap(*map);
        return;
    }
    auto* box = new QMessageBox(
        QMessageBox::Question, AllocationPage::tr("Close map"),
        AllocationPage::tr("“%1” was changed and not saved.").arg(QString::fromStdString(map->map().name)),
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, page_);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("closeMap"));
    connect(box, &QMessageBox::finished, map, [this, map, index](int answer) {
        if (answer == QMessageBox::Save) {
            Q_EMIT frontWanted(index);
            save();
        }
        if (answer == QMessageBox::Discard || (answer == QMessageBox::Save && session_.isSaved(*map)))
            session_.closeMap(*map);
    });
    box->open();
}

} // namespace hilo
