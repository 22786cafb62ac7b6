// SPDX-License-Identifier: GPL-3.0-or-later
// The whole work in the real window, with the real hilo: open, profile, generate, paint, undo, queue, watch, stop,
// resume, compare, export, quit while a run is going on, and find it again.
#include "allocation/allocation_view.h"
#include "allocation/strategy_panel.h"
#include "compare/compare_table_view.h"
#include "compare/comparison_chart.h"
#include "export/format_model.h"
#include "pages/allocation_page.h"
#include "pages/compare_page.h"
#include "pages/export_page.h"
#include "pages/map_commands.h"
#include "pages/runs_page.h"
#include "runs/new_run_dialog.h"
#include "runs/run_list_view.h"
#include "runs/run_service.h"
#include "runs/run_spec_form.h"
#include "watched_application.h"
#include "window_helpers.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTableView>
#include <QUndoStack>

using namespace hilo;

namespace {

constexpr int patience = 120000; ///< milliseconds; the machine may be busy

} // namespace

class TestStory : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void opens();
    void profiles();
    void searches();
    void generatesAndPaintsAMap();
    void queuesTwoRuns();
    void watchesOneStopsAndResumesIt();
    void compares();
    void exports();
    void quitsAndFindsTheRunAgain();

  private:
    template <class PageType>
    PageType* show(const char* key)
    {
        window_->showPage(QString::fromLatin1(key));
        return window_->findChild<PageType*>();
    }
    void open();
    std::string stateOf(const QString& id) const;
    /// Fills the dialog for a new run; the name is set before.
    void accept(NewRunDialog& dialog, int steps, const QString& seeds);
    void select(RunsPage& page, const QString& id);

    std::unique_ptr<SmallProject> project_;
    std::unique_ptr<MainWindow> window_;
    QStringList ids_;
};

void TestStory::initTestCase()
{
    project_ = makeSmallProject();
}

void TestStory::cleanupTestCase()
{
    if (!window_)
        return;
    // Nothing may go on in a folder that is about to vanish.
    for (const RunSummary& run : window_->runs().runs())
        if (run.state == "running" || run.state == "queued" || run.state == "paused")
            QFile::remove(window_->runs().runFolder(QString::fromStdString(run.id)) + QStringLiteral("/queue.json"));
    window_.reset();
}

void TestStory::open()
{
    window_ = makeWindow();
    QVERIFY(openAndWait(*window_, project_->folder(), patience));
}

std::string TestStory::stateOf(const QString& id) const
{
    const RunSummary* run = window_->runs().find(id);
    return run ? run->state : std::string();
}

void TestStory::opens()
{
    open();
    QVERIFY(window_->session().model().has_value());
    QCOMPARE(window_->session().maps().size(), std::size_t{2});
}

void TestStory::profiles()
{
    window_->showPage(QStringLiteral("complexity"));
    QPushButton* profile = buttonWithText(window_.get(), QStringLiteral("Profile…"));
    QVERIFY(profile);
    QTest::mouseClick(profile, Qt::LeftButton);
    auto* dialog = window_->findChild<QDialog*>(QStringLiteral("profileDialog"));
    QVERIFY(dialog);
    dialog->findChild<QSpinBox*>()->setValue(8);
    auto* buttons = dialog->findChild<QDialogButtonBox*>();
    const auto start = [buttons]() -> QPushButton* {
        for (QAbstractButton* button : buttons->buttons())
            if (buttons->buttonRole(button) == QDialogButtonBox::AcceptRole)
                return qobject_cast<QPushButton*>(button);
        return nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(start() && start()->isEnabled(), patience);
    QTest::mouseClick(start(), Qt::LeftButton);
    const QDir profilesFolder(project_->folder() + QStringLiteral("/profiles"));
    QTRY_COMPARE_WITH_TIMEOUT(profilesFolder.entryList({QStringLiteral("*.json")}).size(), 1, patience);
}

void TestStory::searches()
{
    auto* page = show<AllocationPage>("allocation");
    StrategyPanel& panel = page->strategyPanel();
    QVERIFY(panel.choose(QStringLiteral("guilomo")));
    QTest::mouseClick(byName<QPushButton>(&panel, QStringLiteral("Search")), Qt::LeftButton);
    auto* dialog = window_->findChild<QDialog*>(QStringLiteral("searchDialog"));
    QVERIFY(dialog);
    const QList<QSpinBox*> numbers = dialog->findChildren<QSpinBox*>();
    QCOMPARE(numbers.size(), 3); // experts, rank, steps
    numbers[0]->setValue(3);
    numbers[1]->setValue(2);
    numbers[2]->setValue(2);
    QTRY_VERIFY_WITH_TIMEOUT(buttonWithText(dialog, QStringLiteral("Start"))->isEnabled(), patience);
    QTest::mouseClick(buttonWithText(dialog, QStringLiteral("Start")), Qt::LeftButton);
    auto* file = panel.findChild<QLineEdit*>(QStringLiteral("search"));
    QTRY_VERIFY_WITH_TIMEOUT(file->text().endsWith(QStringLiteral(".search.json")), patience);
    QVERIFY(QFile::exists(file->text()));
    QTRY_VERIFY_WITH_TIMEOUT(panel.preview().has_value(), patience);
    QCOMPARE(panel.preview()->strategy, std::string("guilomo"));
    QVERIFY(panel.preview()->find(0, "q_proj")->experts() >= 2);
}

void TestStory::generatesAndPaintsAMap()
{
    auto* page = show<AllocationPage>("allocation");
    StrategyPanel& panel = page->strategyPanel();
    QVERIFY(panel.choose(QStringLiteral("hilo")));
    const auto said = [&panel] {
        QStringList texts;
        for (const QLabel* label : panel.findChildren<QLabel*>())
            texts << label->text();
        return texts.join(QStringLiteral("; ")).toUtf8();
    };
    QTRY_VERIFY2_WITH_TIMEOUT(panel.preview().has_value(), said().constData(), patience);
    QTest::mouseClick(byName<QPushButton>(&panel, QStringLiteral("As new map")), Qt::LeftButton);
    QCOMPARE(page->document()->map().strategy, std::string("hilo"));
    const AllocationMap generated = page->document()->map();

    AllocationView& view = page->view();
    byName<QPushButton>(page, QStringLiteral("Paint"))->setChecked(true);
    byName<QSpinBox>(page, QStringLiteral("Experts to paint"))->setValue(3);
    byName<QSpinBox>(page, QStringLiteral("Rank to paint"))->setValue(4);
    const QModelIndex cell = view.model()->index(1, 0);
    view.scrollTo(cell);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(cell).center());
    QCOMPARE(cell.data().toString(), QStringLiteral("3 × r4"));
    const AllocationMap painted = page->document()->map();
    window_->activateWindow(); // shortcuts are those of the active window
    QVERIFY(QTest::qWaitForWindowActive(window_.get(), patience));
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(page->document()->map() == generated);
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(page->document()->map() == painted);
    byName<QPushButton>(page, QStringLiteral("Paint"))->setChecked(false);
    page->commands().save();
    QVERIFY(!window_->session().hasUnsavedMaps());
}

void TestStory::accept(NewRunDialog& dialog, int steps, const QString& seeds)
{
    dialog.form().setDocument(
        {{"data", {{"path", (project_->folder() + QStringLiteral("/data")).toStdString()}, {"template", "gloss"}}},
         {"training",
          {{"steps", steps},
           {"batch_size", 4},
           {"max_length", 24},
           {"learning_rate", 0.01},
           {"dtype", "float32"},
           {"threads", 1},
           {"device", "cpu"},
           {"checkpoint_every", 2}}},
         {"evaluation", {{"protocol", "label-logit"}, {"split", "test"}, {"every", 4}}}});
    byName<QLineEdit>(&dialog, QStringLiteral("Seeds"))->setText(seeds);
    QPushButton* button = buttonWithText(&dialog, QStringLiteral("Add and queue"));
    QVERIFY(button);
    QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), patience);
    QTest::mouseClick(button, Qt::LeftButton);
}

void TestStory::queuesTwoRuns()
{
    auto* page = show<AllocationPage>("allocation");
    QTest::mouseClick(byName<QPushButton>(page, QStringLiteral("Queue run")), Qt::LeftButton);
    auto* dialog = window_->findChild<NewRunDialog*>();
    QVERIFY(dialog);
    accept(*dialog, 40, QStringLiteral("1 2"));
    QTRY_COMPARE_WITH_TIMEOUT(window_->runs().runs().size(), std::size_t{2}, patience);
    for (const RunSummary& run : window_->runs().runs())
        ids_ << QString::fromStdString(run.id);
    ids_.sort();
}

void TestStory::select(RunsPage& page, const QString& id)
{
    QTRY_VERIFY_WITH_TIMEOUT(page.model().rowOf(id) >= 0, patience);
    page.list().setCurrentIndex(page.model().index(page.model().rowOf(id)));
}

void TestStory::watchesOneStopsAndResumesIt()
{
    auto* page = show<RunsPage>("runs");
    select(*page, ids_[0]);
    // The charts follow: some steps were told.
    QTRY_VERIFY_WITH_TIMEOUT(window_->runs().followed() == ids_[0] && window_->runs().history() &&
                                 window_->runs().history()->lastStep() >= 3,
                             patience);
    page->action(QStringLiteral("stop"))->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(stateOf(ids_[0]) == "stopped" || stateOf(ids_[0]) == "finished", patience);
    if (stateOf(ids_[0]) == "stopped") {
        select(*page, ids_[0]);
        QTRY_VERIFY_WITH_TIMEOUT(page->action(QStringLiteral("resume"))->isEnabled(), patience);
        page->action(QStringLiteral("resume"))->trigger();
    }
    for (const QString& id : ids_)
        QTRY_VERIFY2_WITH_TIMEOUT(stateOf(id) == "finished", stateOf(id).c_str(), patience);
    // The chart of a run that was stopped is as long as that of one that was not.
    select(*page, ids_[0]);
    QTRY_VERIFY_WITH_TIMEOUT(window_->runs().followed() == ids_[0] && window_->runs().history() &&
                                 window_->runs().history()->lastStep() >= 40,
                             patience);
    QCOMPARE(window_->runs().history()->steps.size(), 40);
}

void TestStory::compares()
{
    auto* page = show<ComparePage>("compare");
    QTRY_VERIFY_WITH_TIMEOUT(!page->isBusy() && page->table().model()->rowCount() > 0, patience);
    QVERIFY2(page->problem().isEmpty(), qPrintable(page->problem()));
    QVERIFY(!page->chart().points().empty());
    const QString table = project_->folder() + QStringLiteral("/table.csv");
    QVERIFY(page->saveTable(table));
    QFile written(table);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QVERIFY(written.readAll().contains("accuracy"));
    QVERIFY(page->savePicture(project_->folder() + QStringLiteral("/chart.svg")));
}

void TestStory::exports()
{
    auto* page = show<ExportPage>("export");
    page->setSource(window_->runs().runFolder(ids_[0]));
    auto* table = page->findChild<QTableView*>();
    QVERIFY(table);
    QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0, patience);
    auto* formats = qobject_cast<FormatModel*>(table->model());
    QVERIFY(formats);
    int exact = -1;
    for (int row = 0; row < formats->rowCount() && exact < 0; ++row)
        if (formats->formatAt(row)->fit == FormatRow::Fit::Exact ||
            formats->formatAt(row)->fit == FormatRow::Fit::Padded)
            exact = row;
    QVERIFY(exact >= 0);
    table->setCurrentIndex(table->model()->index(exact, 0));
    table->selectRow(exact);
    QPushButton* go = buttonWithText(page, QStringLiteral("Export"));
    QVERIFY(go);
    QTRY_VERIFY_WITH_TIMEOUT(go->isEnabled(), patience);
    QTest::mouseClick(go, Qt::LeftButton);
    QPushButton* folder = buttonWithText(page, QStringLiteral("Open folder"));
    QTRY_VERIFY_WITH_TIMEOUT(folder->isVisible() && folder->isEnabled() && go->isEnabled(), patience);
}

void TestStory::quitsAndFindsTheRunAgain()
{
    auto* page = show<AllocationPage>("allocation");
    QTest::mouseClick(byName<QPushButton>(page, QStringLiteral("Queue run")), Qt::LeftButton);
    auto* dialog = window_->findChild<NewRunDialog*>();
    QVERIFY(dialog);
    accept(*dialog, 400, QStringLiteral("7"));
    QTRY_COMPARE_WITH_TIMEOUT(window_->runs().runs().size(), std::size_t{3}, patience);
    QString id;
    for (const RunSummary& run : window_->runs().runs())
        if (!ids_.contains(QString::fromStdString(run.id)))
            id = QString::fromStdString(run.id);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(id), std::string("running"), patience);
    QVERIFY(window_->close());
    window_.reset();
    QTest::qWait(500);

    open();
    QTRY_COMPARE_WITH_TIMEOUT(window_->runs().runs().size(), std::size_t{3}, patience);
    QVERIFY(stateOf(id) == "running" || stateOf(id) == "finished");
    auto* runs = show<RunsPage>("runs");
    select(*runs, id);
    // From the first step on, though nobody watched it then.
    QTRY_VERIFY_WITH_TIMEOUT(window_->runs().followed() == id && window_->runs().history() &&
                                 !window_->runs().history()->steps.isEmpty(),
                             patience);
    QCOMPARE(window_->runs().history()->steps.first(), 1.0);
    if (stateOf(id) == "running") {
        runs->action(QStringLiteral("stop"))->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(id) == "stopped" || stateOf(id) == "finished", patience);
    }
}

HILO_WINDOW_TEST_MAIN(TestStory)
#include "test_story.moc"
