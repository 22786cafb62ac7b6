// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/allocation_view.h"
#include "allocation/cell_inspector.h"
#include "allocation/map_summary.h"
#include "allocation/strategy_panel.h"
#include "page_wishes.h"
#include "pages/allocation_page.h"
#include "pages/map_commands.h"
#include "watched_application.h"
#include "window_helpers.h"

#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QSpinBox>
#include <QTabBar>
#include <QTemporaryDir>
#include <QUndoStack>
#include <QUndoView>
using namespace hilo;

class TestAllocationPage : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void withoutAProjectItSaysWhatToDo();
    void mapsOfTheProjectAreTabs();
    void generatingShowsAPreviewFirst();
    void aWrongSettingIsExplained();
    void aScheduleTooLongIsRefusedWithOneThatFits();
    void lockedCellsStayWhenGenerating();
    void undoAndRedoRestoreTheSameBytes();
    void theHistoryGoesBack();
    void spinningAndTypingInTheInspector();
    void keyboardAloneEditsAMap();
    void theBudgetIsExactToTheParameter();
    void differencesAreShown();
    void signalsColourTheMap();
    void csvGoesOutAndComesBack();
    void aDamagedCsvIsRefused();
    void renamingIsUndone();
    void unsavedMapsAreNotLost();
    void aMapThatOnlySomebodyElseChangedIsShown();
    void aMapThatBothChangedIsMergedAndNeverOverwrittenUnasked();
    void aMapIsHandedToTheRuns();

  private:
    AllocationPage* page() const;
    void open(const QString& path);
    QModelIndex cell(int layer, int module) const { return page()->view().model()->index(layer, module); }
    QString shown(int layer, int module) const { return cell(layer, module).data().toString(); }

    std::unique_ptr<SmallProject> project_;
    std::unique_ptr<MainWindow> window_;
};

void TestAllocationPage::initTestCase()
{
    project_ = makeSmallProject();
}

void TestAllocationPage::init()
{
    window_ = makeWindow();
}

void TestAllocationPage::cleanup()
{
    // Unsaved maps of one case are no business of the next one.
    for (const auto& map : window_->session().maps())
        map->undoStack().clear();
    window_.reset();
}

AllocationPage* TestAllocationPage::page() const
{
    return window_->findChild<AllocationPage*>();
}

void TestAllocationPage::open(const QString& path)
{
    QVERIFY(openAndWait(*window_, path));
    QVERIFY(window_->showPage(QStringLiteral("allocation")));
}

void TestAllocationPage::withoutAProjectItSaysWhatToDo()
{
    window_->showPage(QStringLiteral("allocation"));
    QVERIFY(!page()->view().isVisible());
    bool says = false;
    for (const QLabel* label : page()->findChildren<QLabel*>())
        says |= label->isVisible() && label->text().contains(QStringLiteral("Ctrl+1"));
    QVERIFY(says);
    page()->commands().save();
    page()->commands().duplicateMap();
    QVERIFY(!page()->commands().openMapFile(QStringLiteral("/nowhere.map.json")));
    QVERIFY(window_->session().maps().empty());
}

void TestAllocationPage::mapsOfTheProjectAreTabs()
{
    open(project_->folder());
    auto* tabs = byName<QTabBar>(page(), QStringLiteral("Open maps"));
    QVERIFY(tabs);
    QCOMPARE(tabs->count(), 2);
    QCOMPARE(shown(0, 0), QStringLiteral("1 × r4"));
    tabs->setCurrentIndex(1);
    QCOMPARE(shown(0, 0), QStringLiteral("2 × r2"));
    page()->commands().newMap();
    QCOMPARE(tabs->count(), 3);
    QCOMPARE(tabs->currentIndex(), 2);
    QCOMPARE(shown(2, 6), QStringLiteral("–"));
    page()->commands().closeMap(2);
    QCOMPARE(tabs->count(), 2);
}

void TestAllocationPage::generatingShowsAPreviewFirst()
{
    open(project_->folder());
    StrategyPanel& panel = page()->strategyPanel();
    QVERIFY(panel.choose(QStringLiteral("hilo")));
    // The preset has four values; what is offered to this model of three layers has three.
    QCOMPARE(panel.findChild<QLineEdit*>(QStringLiteral("ranks"))->placeholderText(), QStringLiteral("2,6,8"));
    QTRY_VERIFY_WITH_TIMEOUT(panel.preview().has_value(), 10000);
    QCOMPARE(shown(0, 0), QStringLiteral("1 × r4"));
    auto* apply = byName<QPushButton>(&panel, QStringLiteral("Apply"));
    QVERIFY(apply && apply->isEnabled());
    QTest::mouseClick(apply, Qt::LeftButton);
    QCOMPARE(shown(0, 0), QStringLiteral("2 × r2"));
    QVERIFY(page()->document()->map() == page()->document()->withLocks(page()->document()->map()));
    QCOMPARE(page()->document()->map().strategy, std::string("hilo"));
    page()->document()->undoStack().undo();
    QCOMPARE(shown(0, 0), QStringLiteral("1 × r4"));
    QCOMPARE(page()->document()->map().strategy, std::string("lora"));
}

void TestAllocationPage::aWrongSettingIsExplained()
{
    open(project_->folder());
    StrategyPanel& panel = page()->strategyPanel();
    QVERIFY(panel.choose(QStringLiteral("lora")));
    auto* rank = panel.findChild<QLineEdit*>(QStringLiteral("rank"));
    QVERIFY(rank);
    rank->setText(QStringLiteral("4"));
    QTRY_VERIFY_WITH_TIMEOUT(panel.preview().has_value(), 10000);
    rank->setText(QStringLiteral("many"));
    auto* apply = byName<QPushButton>(&panel, QStringLiteral("Apply"));
    QVERIFY(!apply->isEnabled());
    const auto explained = [&] {
        for (const QLabel* label : panel.findChildren<QLabel*>(QStringLiteral("failed")))
            if (label->text().contains(QStringLiteral("rank")))
                return true;
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(explained(), 10000);
    QVERIFY(!apply->isEnabled());
    rank->setText(QStringLiteral("2"));
    QTRY_VERIFY_WITH_TIMEOUT(apply->isEnabled(), 10000);
}

void TestAllocationPage::aScheduleTooLongIsRefusedWithOneThatFits()
{
    open(project_->folder());
    StrategyPanel& panel = page()->strategyPanel();
    QVERIFY(panel.choose(QStringLiteral("hilo")));
    panel.findChild<QLineEdit*>(QStringLiteral("ranks"))->setText(QStringLiteral("2468"));
    const auto explained = [&] {
        for (const QLabel* label : panel.findChildren<QLabel*>(QStringLiteral("failed")))
            if (label->text().contains(QStringLiteral("2,6,8")))
                return true;
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(explained(), 10000);
    QVERIFY(!panel.preview().has_value());
}

void TestAllocationPage::lockedCellsStayWhenGenerating()
{
    open(project_->folder());
    page()->view().setCurrentIndex(cell(1, 3));
    page()->view().toggleLock();
    QVERIFY(page()->strategyPanel().choose(QStringLiteral("hilo")));
    QTRY_VERIFY_WITH_TIMEOUT(page()->strategyPanel().preview().has_value(), 10000);
    QTest::mouseClick(byName<QPushButton>(&page()->strategyPanel(), QStringLiteral("Apply")), Qt::LeftButton);
    QCOMPARE(shown(1, 3), QStringLiteral("1 × r4"));
    QVERIFY(shown(1, 2) != QStringLiteral("1 × r4"));
}

void TestAllocationPage::undoAndRedoRestoreTheSameBytes()
{
    open(project_->folder());
    AllocationView& view = page()->view();
    const auto bytes = [this] { return toJson(page()->document()->map()).dump(); };
    std::vector<std::string> states{bytes()};
    view.setCurrentIndex(cell(0, 0));
    view.spin(3, 0);
    states.push_back(bytes());
    QVERIFY(view.pasteText(QStringLiteral("2,4,6")).isEmpty());
    states.push_back(bytes());
    view.fillColumn();
    view.clearSelected();
    states.push_back(bytes());
    page()->document()->rename("other");
    states.push_back(bytes());
    QUndoStack& undo = page()->document()->undoStack();
    while (undo.canUndo())
        undo.undo();
    QCOMPARE(bytes(), states.front());
    while (undo.canRedo())
        undo.redo();
    QCOMPARE(bytes(), states.back());
}

void TestAllocationPage::theHistoryGoesBack()
{
    open(project_->folder());
    page()->view().setCurrentIndex(cell(0, 0));
    page()->view().spin(1, 0);
    page()->view().fillRow();
    auto* history = byName<QUndoView>(window_.get(), QStringLiteral("History of changes"));
    QVERIFY(history);
    QCOMPARE(history->model()->rowCount(), 3);
    history->setCurrentIndex(history->model()->index(0, 0));
    QCOMPARE(page()->document()->undoStack().index(), 0);
    QCOMPARE(shown(0, 0), QStringLiteral("1 × r4"));
}

void TestAllocationPage::spinningAndTypingInTheInspector()
{
    open(project_->folder());
    auto* inspector = window_->findChild<CellInspector*>();
    QVERIFY(inspector);
    page()->view().selectionModel()->select({cell(0, 0), cell(1, 1)}, QItemSelectionModel::ClearAndSelect);
    byName<QSpinBox>(inspector, QStringLiteral("Experts"))->setValue(3);
    QCOMPARE(shown(1, 1), QStringLiteral("3 × r4"));
    byName<QSpinBox>(inspector, QStringLiteral("Rank"))->setValue(6);
    QCOMPARE(shown(0, 1), QStringLiteral("3 × r6"));
    byName<QSpinBox>(inspector, QStringLiteral("Top-k"))->setValue(3);
    QCOMPARE(page()->document()->at({0, 0}).topK, 3);
    auto* ranks = byName<QLineEdit>(inspector, QStringLiteral("Ranks"));
    ranks->selectAll();
    QTest::keyClicks(ranks, QStringLiteral("8 4 2"));
    QTest::keyClick(ranks, Qt::Key_Return);
    QCOMPARE(shown(0, 0), QStringLiteral("8 4 2"));
    QCOMPARE(shown(1, 0), QStringLiteral("8 4 2"));
    QCOMPARE(page()->document()->undoStack().count(), 4);
}

void TestAllocationPage::keyboardAloneEditsAMap()
{
    open(project_->folder());
    AllocationView* view = &page()->view();
    view->setFocus();
    view->setCurrentIndex(cell(0, 0));
    QTest::keyClick(view, Qt::Key_Down);
    QTest::keyClick(view, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(shown(1, 0), QStringLiteral("1 × r5"));
    QTest::keyClick(view, Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
    QCOMPARE(shown(1, 0), QStringLiteral("2 × r5"));
    QTest::keyClick(view, Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(shown(1, 0), QStringLiteral("2 × r4"));
    QTest::keyClick(view, Qt::Key_L, Qt::ControlModifier);
    QTest::keyClick(view, Qt::Key_Delete);
    QCOMPARE(shown(1, 0), QStringLiteral("2 × r4"));
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!page()->document()->isLocked({1, 0}));
}

void TestAllocationPage::theBudgetIsExactToTheParameter()
{
    open(project_->folder());
    auto* summary = window_->findChild<MapSummary*>();
    QVERIFY(summary);
    const auto says = [&](const QString& text) {
        for (const QLabel* label : summary->findChildren<QLabel*>())
            if (label->text() == text)
                return true;
        return false;
    };
    const auto trainable = page()->document()->parameters().trainable();
    summary->setBudget(QString::number(trainable + 7));
    QVERIFY(says(QStringLiteral("7 left")));
    summary->setBudget(QString::number(trainable - 1));
    QVERIFY(says(QStringLiteral("over by 1")));
    summary->setBudget(QStringLiteral("much"));
    QVERIFY(says(QStringLiteral("not a number")));
    summary->setBudget(QString::number(trainable * 2));
    QVERIFY(page()->strategyPanel().choose(QStringLiteral("balanced")));
    QTRY_VERIFY_WITH_TIMEOUT(page()->strategyPanel().preview().has_value(), 10000);
    QVERIFY(countParameters(*page()->strategyPanel().preview(), page()->document()->model()).trainable() <=
            trainable * 2);
}

void TestAllocationPage::differencesAreShown()
{
    open(project_->folder());
    auto* difference = byName<QComboBox>(page(), QStringLiteral("Difference to"));
    QVERIFY(difference);
    difference->setCurrentIndex(2);
    // The other map has two experts of rank 2 where this one has one of rank 4: as many ranks.
    QCOMPARE(shown(0, 0), QStringLiteral("="));
    // Not setCurrentIndex(): it extends the selection while an earlier case's key still counts as held.
    page()->view().selectionModel()->setCurrentIndex(cell(2, 1), QItemSelectionModel::ClearAndSelect);
    page()->view().spin(3, 0);
    QCOMPARE(shown(2, 1), QStringLiteral("+3"));
    QCOMPARE(cell(2, 1).data(AllocationModel::HeatRole).toDouble(), 1.0);
    QVERIFY(!cell(0, 0).data(AllocationModel::HeatRole).isValid());
    QCOMPARE(cell(2, 1).data(Qt::EditRole).toString(), QStringLiteral("1 × r7"));
    difference->setCurrentIndex(0);
    QCOMPARE(shown(2, 1), QStringLiteral("1 × r7"));
}

void TestAllocationPage::signalsColourTheMap()
{
    const QString profile = project_->addProfile();
    QVERIFY(!profile.isEmpty());
    open(project_->folder());
    auto* colour = byName<QComboBox>(page(), QStringLiteral("Colour by"));
    const auto find = [&] { return colour->findData(QStringLiteral("signal:pl_alpha_hill")); };
    QTRY_VERIFY_WITH_TIMEOUT(find() > 0, 10000);
    colour->setCurrentIndex(find());
    QCOMPARE(cell(0, 0).data(AllocationModel::ValueRole).toDouble(), 4.5);
    QCOMPARE(cell(1, 1).data(AllocationModel::ValueRole).toDouble(), 3.0);
    // The inspector is narrow: short names, and lines that may break.
    const auto* facts = byName<QLabel>(page()->inspector(), QStringLiteral("Facts about the cell"));
    QVERIFY2(facts->text().contains(QStringLiteral("PL \u03b1")), qPrintable(facts->text()));
    QVERIFY2(!facts->text().contains(QStringLiteral("PL \u03b1 (Hill)")), qPrintable(facts->text()));
    QVERIFY(facts->wordWrap());
    window_->wishes().allocationWanted(profile, QStringLiteral("effective_rank"));
    QTRY_VERIFY_WITH_TIMEOUT(page()->strategyPanel().preview().has_value(), 10000);
    QTRY_VERIFY_WITH_TIMEOUT(page()->strategyPanel().preview() &&
                                 page()->strategyPanel().preview()->name.find("effective_rank") != std::string::npos,
                             10000);
}

void TestAllocationPage::csvGoesOutAndComesBack()
{
    open(project_->folder());
    page()->view().setCurrentIndex(cell(1, 2));
    QVERIFY(page()->view().pasteText(QStringLiteral("8 4 2")).isEmpty());
    const AllocationMap before = page()->document()->map();
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("map.csv"));
    QVERIFY(page()->commands().exportCsvFile(file));
    QVERIFY(page()->commands().importCsvFile(file));
    QVERIFY(page()->document()->map().layers == before.layers);
    // As a spreadsheet keeps it.
    QFile table(file);
    QVERIFY(table.open(QIODevice::WriteOnly));
    table.write("layer;q_proj;v_proj\r\n0;4 x r2;r8\r\n2;\"4 2\";-\r\n");
    table.close();
    QVERIFY(page()->commands().importCsvFile(file));
    QCOMPARE(shown(0, 0), QStringLiteral("4 × r2"));
    QCOMPARE(shown(0, 2), QStringLiteral("1 × r8"));
    QCOMPARE(shown(2, 0), QStringLiteral("4 2"));
    QCOMPARE(shown(1, 0), QStringLiteral("–"));
}

void TestAllocationPage::aDamagedCsvIsRefused()
{
    open(project_->folder());
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("map.csv"));
    const std::size_t maps = window_->session().maps().size();
    for (const auto& [content, place] : std::initializer_list<std::pair<const char*, const char*>>{
             {"", "line 1"},
             {"a,b\n", "line 1"},
             {"layer,other\n0,2x2\n", "line 1"},
             {"layer,q_proj\n9,2x2\n", "line 2"},
             {"layer,q_proj\n0,2x2\n1,many\n", "line 3"},
             {"layer,q_proj\n0,2,4\n", "line 2"},
             {"layer,module,ranks,top_k\n0,q_proj,2 2,x\n", "line 2"},
             {"layer,module,ranks,top_k\n0,q_proj,2 2,5\n", "top_k"},
             {"layer,q_proj\n0,2 x r99\n", "rank"}}) {
        QFile table(file);
        QVERIFY(table.open(QIODevice::WriteOnly));
        table.write(content);
        table.close();
        QSignalSpy said(page(), &Page::said);
        QVERIFY2(!page()->commands().importCsvFile(file), content);
        QVERIFY2(said.last().first().toString().contains(QLatin1String(place)),
                 qPrintable(said.last().first().toString()));
    }
    QCOMPARE(window_->session().maps().size(), maps);
}

void TestAllocationPage::renamingIsUndone()
{
    open(project_->folder());
    auto* tabs = byName<QTabBar>(page(), QStringLiteral("Open maps"));
    const QString before = tabs->tabText(0);
    page()->document()->rename("better");
    QCOMPARE(tabs->tabText(0), QStringLiteral("better •"));
    page()->document()->undoStack().undo();
    QCOMPARE(tabs->tabText(0), before);
}

void TestAllocationPage::unsavedMapsAreNotLost()
{
    open(project_->folder());
    QVERIFY(!window_->session().hasUnsavedMaps());
    AllocationMap map = page()->document()->map();
    map.name = "generated";
    page()->commands().addMap(map);
    QVERIFY(window_->session().hasUnsavedMaps());
    const int index = static_cast<int>(window_->session().maps().size()) - 1;
    page()->commands().closeMap(index);
    auto* box = page()->findChild<QMessageBox*>(QStringLiteral("closeMap"));
    QVERIFY(box);
    QTest::mouseClick(box->button(QMessageBox::Cancel), Qt::LeftButton);
    QCOMPARE(static_cast<int>(window_->session().maps().size()), index + 1);
    page()->commands().save();
    QVERIFY(!window_->session().hasUnsavedMaps());
    const QString path = window_->session().mapPath(*page()->document());
    QVERIFY(QFile::exists(path));
    page()->commands().closeMap(index);
    QCOMPARE(static_cast<int>(window_->session().maps().size()), index);
    QVERIFY(page()->commands().openMapFile(path));
    QFile::remove(path);
}

/// Changes an open map's file as another window would: one module of one layer.
void changeOnDisk(const QString& path, std::size_t layer, const std::string& module, const ModuleAllocation& value)
{
    Result<AllocationMap> map = readAllocationMap(path.toStdString());
    QVERIFY(map.has_value());
    map->layers[layer][module] = value;
    QVERIFY(writeAllocationMap(path.toStdString(), *map).has_value());
}

void TestAllocationPage::aMapThatOnlySomebodyElseChangedIsShown()
{
    open(project_->folder());
    AllocationDocument& map = *page()->document();
    const QString path = window_->session().mapPath(map);
    const AllocationMap before = map.map();
    changeOnDisk(path, 1, map.moduleName({1, 0}), {{3}, 1, 16, 0});
    QTRY_COMPARE_WITH_TIMEOUT(map.at({1, 0}).ranks, std::vector<int>{3}, 5000);
    QVERIFY(window_->session().isSaved(map));
    map.undoStack().undo();
    QVERIFY(map.map().layers == before.layers);
    page()->commands().save(); // what is on disk is known: nothing to ask
    QVERIFY(!page()->findChild<QMessageBox*>(QStringLiteral("mapChangedElsewhere")));
    QVERIFY(readAllocationMap(path.toStdString())->layers == before.layers);
}

void TestAllocationPage::aMapThatBothChangedIsMergedAndNeverOverwrittenUnasked()
{
    open(project_->folder());
    AllocationDocument& map = *page()->document();
    const QString path = window_->session().mapPath(map);
    const AllocationMap before = map.map();
    const ModuleAllocation mine{{2}, 1, 16, 0}, other{{3}, 1, 16, 0};
    const auto saveAndAnswer = [&](const QString& button) {
        page()->commands().save();
        auto* box = page()->findChild<QMessageBox*>(QStringLiteral("mapChangedElsewhere"));
        QVERIFY(box);
        QVERIFY(box->detailedText().contains(QStringLiteral("layer 1")));
        for (QAbstractButton* one : box->buttons())
            if (one->text().remove(QLatin1Char('&')) == button)
                QTest::mouseClick(one, Qt::LeftButton);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    };
    map.setCells({{0, 0}}, {mine}, QStringLiteral("mine"));
    changeOnDisk(path, 1, map.moduleName({1, 0}), other);
    saveAndAnswer(QStringLiteral("Cancel"));
    QCOMPARE(readAllocationMap(path.toStdString())->layers[1].at(map.moduleName({1, 0})), other);
    QVERIFY(!window_->session().isSaved(map));
    saveAndAnswer(QStringLiteral("Merge and save"));
    const AllocationMap merged = *readAllocationMap(path.toStdString());
    QCOMPARE(merged.layers[0].at(map.moduleName({0, 0})), mine);
    QCOMPARE(merged.layers[1].at(map.moduleName({1, 0})), other);
    QVERIFY(window_->session().isSaved(map));
    // Of a cell that both changed the merged map keeps ours; it can also be left to them.
    map.setCells({{1, 0}}, {{{4}, 1, 16, 0}}, QStringLiteral("mine"));
    changeOnDisk(path, 1, map.moduleName({1, 0}), {{1}, 1, 16, 0});
    saveAndAnswer(QStringLiteral("Take the one on disk"));
    QCOMPARE(map.at({1, 0}).ranks, std::vector<int>{1});
    QVERIFY(window_->session().isSaved(map));
    QVERIFY(writeAllocationMap(path.toStdString(), before).has_value());
}

void TestAllocationPage::aMapIsHandedToTheRuns()
{
    open(project_->folder());
    QSignalSpy wanted(&window_->wishes(), &PageWishes::runWanted);
    QVERIFY(wanted.isValid());
    QPushButton* queue = byName<QPushButton>(page(), QStringLiteral("Queue run"));
    QVERIFY(queue);
    QTest::mouseClick(queue, Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
    for (QDialog* dialog : window_->findChildren<QDialog*>())
        dialog->close();
}

HILO_WINDOW_TEST_MAIN(TestAllocationPage)
#include "test_allocation_page.moc"
