// SPDX-License-Identifier: GPL-3.0-or-later
// The allocation page's commands: maps and files, and the actions of its menu.
#include "allocation/allocation_view.h"
#include "allocation/map_csv.h"
#include "allocation/map_operations.h"
#include "base/atomic_file.h"
#include "page_wishes.h"
#include "pages/allocation_page.h"
#include "project_session.h"
#include "run/run_id.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QTabBar>

namespace hilo {
namespace {

constexpr qint64 largestCsv = 16 * 1024 * 1024;

} // namespace

void AllocationPage::makeActions()
{
    const auto add = [this](const QString& text, const QKeySequence& keys, auto slot) {
        auto* action = new QAction(text, this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WindowShortcut);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
        return action;
    };
    const auto separate = [this] {
        auto* line = new QAction(this);
        line->setSeparator(true);
        addAction(line);
    };
    add(tr("&New map"), QKeySequence(Qt::CTRL | Qt::Key_T), [this] { newMap(); });
    add(tr("&Duplicate map"), {}, [this] { duplicateMap(); });
    add(tr("Re&name map…"), QKeySequence(Qt::Key_F2 | Qt::SHIFT), [this] { renameMap(); });
    add(tr("&Open map…"), {}, [this] { openMap(); });
    add(tr("&Save map"), QKeySequence::Save, [this] { save(); });
    add(tr("Save map &as…"), QKeySequence::SaveAs, [this] { saveAs(); });
    add(tr("&Close map"), QKeySequence::Close, [this] { closeMap(tabs_->currentIndex()); });
    add(tr("&Import CSV…"), {}, [this] { importCsv(); });
    add(tr("&Export CSV…"), {}, [this] { exportCsv(); });
    separate();

    // Keys that editing knows too belong to the grid alone, so that text fields keep theirs.
    const auto edit = [this](const QString& text, const QKeySequence& keys, auto slot) {
        auto* action = new QAction(text, this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, view_, slot);
        addAction(action);
        view_->addAction(action);
    };
    edit(tr("C&opy cells"), QKeySequence::Copy, [this] { view_->copy(); });
    edit(tr("&Paste cells"), QKeySequence::Paste, [this] { view_->paste(); });
    edit(tr("Copy experts per layer as &MoLA takes them"), {},
         [this] { QApplication::clipboard()->setText(view_->expertsPerLayer()); });
    edit(tr("Paint selection"), QKeySequence(Qt::CTRL | Qt::Key_B), [this] { view_->paintSelected(brush()); });
    edit(tr("Fill row"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R), [this] { view_->fillRow(); });
    edit(tr("Fill column"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D), [this] { view_->fillColumn(); });
    edit(tr("Fill selection down"), QKeySequence(Qt::CTRL | Qt::Key_D), [this] { view_->fillDown(); });
    edit(tr("Fill selection to the right"), QKeySequence(Qt::CTRL | Qt::Key_R), [this] { view_->fillRight(); });
    edit(tr("Larger ranks"), QKeySequence(Qt::ALT | Qt::Key_Up), [this] { view_->spin(1, 0); });
    edit(tr("Smaller ranks"), QKeySequence(Qt::ALT | Qt::Key_Down), [this] { view_->spin(-1, 0); });
    edit(tr("One expert more"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Up), [this] { view_->spin(0, 1); });
    edit(tr("One expert less"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Down), [this] { view_->spin(0, -1); });
    edit(tr("&Lock or unlock cells"), QKeySequence(Qt::CTRL | Qt::Key_L), [this] { view_->toggleLock(); });
    edit(tr("&Remove adapters"), QKeySequence::Delete, [this] { view_->clearSelected(); });
    separate();
    add(tr("&Queue run…"), QKeySequence(Qt::CTRL | Qt::Key_Return), [this] {
        if (document_)
            Q_EMIT wishes_.runWanted(document_->map());
    });
}

void AllocationPage::addMap(AllocationMap map)
{
    const QString name = QString::fromStdString(map.name);
    session_.addMap(std::move(map));
    tabs_->setCurrentIndex(tabs_->count() - 1);
    Q_EMIT said(tr("Opened %1 in a tab of its own.").arg(name));
}

void AllocationPage::newMap()
{
    if (!session_.model())
        return;
    AllocationMap map;
    map.name = tr("new map").toStdString();
    map.strategy = "manual";
    map.architecture = session_.model()->config.architecture;
    map.layers.resize(static_cast<std::size_t>(session_.model()->config.layers));
    addMap(std::move(map));
}

void AllocationPage::duplicateMap()
{
    if (!document_)
        return;
    AllocationMap map = document_->map();
    map.name = tr("%1 copy").arg(QString::fromStdString(map.name)).toStdString();
    addMap(std::move(map));
}

void AllocationPage::renameMap()
{
    if (!document_)
        return;
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("renameMap"));
    dialog->setWindowTitle(tr("Rename map"));
    dialog->setLabelText(tr("Name of the map"));
    dialog->setTextValue(QString::fromStdString(document_->map().name));
    connect(dialog, &QInputDialog::textValueSelected, document_,
            [document = document_](const QString& name) { document->rename(name.trimmed().toStdString()); });
    dialog->open();
}

void AllocationPage::openMap()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open a map"), session_.folder(), tr("Maps (*.map.json *.json)"));
    if (!path.isEmpty())
        openMapFile(path);
}

bool AllocationPage::tell(const Status& status, const QString& done)
{
    Q_EMIT said(status ? done : QString::fromStdString(describe(status.error())));
    return status.has_value();
}

bool AllocationPage::openMapFile(const QString& path)
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
    return tell(opened, tr("Opened %1").arg(path));
}

void AllocationPage::importCsv()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Import a table"), session_.folder(), tr("Tables (*.csv *.tsv *.txt)"));
    if (!path.isEmpty())
        importCsvFile(path);
}

bool AllocationPage::importCsvFile(const QString& path)
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
    return tell(imported, tr("Imported %1").arg(path));
}

void AllocationPage::exportCsv()
{
    if (!document_)
        return;
    const QString stem = QString::fromStdString(runIdFrom(document_->map().name));
    const QString path = QFileDialog::getSaveFileName(this, tr("Export as a table"),
                                                      QDir(session_.folder()).filePath(stem + QStringLiteral(".csv")),
                                                      tr("Tables (*.csv)"));
    if (!path.isEmpty())
        exportCsvFile(path);
}

bool AllocationPage::exportCsvFile(const QString& path)
{
    if (!document_)
        return false;
    return tell(writeFileAtomically(path.toStdString(), csvOfMap(document_->map())), tr("Exported %1").arg(path));
}

void AllocationPage::save()
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
    if (path.isEmpty())
        saveAs();
    else
        saveTo(path);
}

void AllocationPage::saveAs()
{
    if (!document_)
        return;
    const QString stem = QString::fromStdString(runIdFrom(document_->map().name));
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save map"), QDir(session_.folder()).filePath(stem + QStringLiteral(".map.json")),
        tr("Maps (*.map.json)"));
    if (!path.isEmpty())
        saveTo(path);
}

bool AllocationPage::saveTo(const QString& path)
{
    const bool saved = tell(session_.saveMap(*document_, path), tr("Saved %1").arg(path));
    updateTitles();
    return saved;
}

void AllocationPage::closeMap(int index)
{
    if (index < 0 || index >= static_cast<int>(session_.maps().size()))
        return;
    AllocationDocument* map = session_.maps()[static_cast<std::size_t>(index)].get();
    if (session_.isSaved(*map)) {
        session_.closeMap(*map);
        return;
    }
    auto* box = new QMessageBox(QMessageBox::Question, tr("Close map"),
                                tr("“%1” was changed and not saved.").arg(QString::fromStdString(map->map().name)),
                                QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("closeMap"));
    connect(box, &QMessageBox::finished, map, [this, map, index](int answer) {
        if (answer == QMessageBox::Save) {
            tabs_->setCurrentIndex(index);
            save();
        }
        if (answer == QMessageBox::Discard || (answer == QMessageBox::Save && session_.isSaved(*map)))
            session_.closeMap(*map);
    });
    box->open();
}

} // namespace hilo
