// SPDX-License-Identifier: GPL-3.0-or-later
// GuiLoMo's search on the page Allocation, with a stand-in for hilo.
#include "allocation/map_picture.h"
#include "allocation/search_run_panel.h"
#include "allocation/strategy_panel.h"
#include "formats/layer_modules.h"
#include "formats/safetensors.h"
#include "formats/safetensors_writer.h"
#include "pages/allocation_page.h"
#include "run/run_spec.h"
#include "window_helpers.h"
#include "work_bench.h"

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QtTest/QtTest>

using namespace hilo;

namespace {

/// The button that starts the search; null while there is no dialog.
QPushButton* startOf(const QWidget& page)
{
    auto* dialog = page.findChild<QDialog*>(QStringLiteral("searchDialog"));
    if (!dialog)
        return nullptr;
    for (QPushButton* button : dialog->findChildren<QPushButton*>())
        if (button->text() == QStringLiteral("Start") || button->text() == QStringLiteral("Go on"))
            return button;
    return nullptr;
}

void askForSearch(AllocationPage& page)
{
    QVERIFY(page.strategyPanel().choose(QStringLiteral("guilomo")));
    auto* search = byName<QPushButton>(&page.strategyPanel(), QStringLiteral("Search"));
    QVERIFY(search && !search->isHidden());
    search->click();
    QTRY_VERIFY(startOf(page) && startOf(page)->isEnabled());
}

} // namespace

class TestSearch : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void withoutASearchThePageSaysHowToMakeOne();
    void aSearchEndsInAMap();
    void aStoppedSearchGoesOn();
};

void TestSearch::withoutASearchThePageSaysHowToMakeOne()
{
    WorkBench bench;
    QVERIFY(bench.open());
    AllocationPage page(bench.context());
    bringUp(page);
    StrategyPanel& strategies = page.strategyPanel();
    strategies.window()->show(); // the inspector; the window has no place for it here
    auto* picture = strategies.findChild<MapPicture*>();
    QVERIFY(strategies.choose(QStringLiteral("guilomo")));
    QTRY_VERIFY2(visibleText(strategies).contains(QStringLiteral("“Search…” makes one")),
                 qPrintable(visibleText(strategies)));
    QVERIFY(!visibleText(strategies).contains(QStringLiteral("none is given")));
    QVERIFY(!strategies.findChild<QLabel*>(QStringLiteral("failed")));
    QVERIFY(!picture->isVisible());
    QVERIFY(!byName<QPushButton>(&strategies, QStringLiteral("Apply"))->isEnabled());
    // A file that is none is a mistake, and said like one.
    strategies.generateFromSearch(QStringLiteral("/no/such/file"));
    QTRY_VERIFY(strategies.findChild<QLabel*>(QStringLiteral("failed")));
    QVERIFY(strategies.findChild<QLabel*>(QStringLiteral("failed"))->text().contains(QStringLiteral("/no/such/file")));
    // The same with what a strategy needs from the page Complexity.
    QVERIFY(strategies.choose(QStringLiteral("eva")));
    QTRY_VERIFY(visibleText(strategies).contains(QStringLiteral("no complexity profile is chosen")));
    QVERIFY(!strategies.findChild<QLabel*>(QStringLiteral("failed")));
    QVERIFY(strategies.choose(QStringLiteral("lora")));
    QTRY_VERIFY(strategies.preview().has_value());
    QVERIFY(picture->isVisible());
}

void TestSearch::aSearchEndsInAMap()
{
    WorkBench bench;
    bench.setProject({{"data", {{"path", WorkBench::sampleData}, {"template", "gloss"}, {"max_length", 24}}}});
    QVERIFY(bench.open());
    Json layer = Json::object();
    for (const ModuleShape& shape : layerModules(bench.session.model()->config, 0))
        layer[shape.name] = {3, 1};
    const Json result = {{"format", "hilo.search/1"},
                         {"method", "guilomo"},
                         {"model", {{"architecture", "llama"}, {"layers", 4}}},
                         {"layers", {layer, layer, layer, layer}}};
    QVERIFY(writeJsonFile(bench.path("found.json"), result).has_value());
    qputenv("FAKE_SEARCH", bench.path("found.json").string().c_str());
    AllocationPage page(bench.context());
    bringUp(page);
    StrategyPanel& strategies = page.strategyPanel();
    QVERIFY(strategies.choose(QStringLiteral("lora")));
    QVERIFY(byName<QPushButton>(&strategies, QStringLiteral("Search"))->isHidden());
    askForSearch(page);
    auto* dialog = page.findChild<QDialog*>(QStringLiteral("searchDialog"));
    dialog->findChild<QLineEdit*>()->setText(QStringLiteral("mine"));
    QVERIFY2(visibleText(*dialog).contains(QStringLiteral("hilo search ")), qPrintable(visibleText(*dialog)));
    QVERIFY(visibleText(*dialog).contains(QStringLiteral("--experts 8 --rank 8 --steps 0")));
    QVERIFY(visibleText(*dialog).contains(QStringLiteral("gloss")));
    startOf(page)->click();

    const std::string file = bench.path("project/searches/mine.search.json").string();
    QTRY_COMPARE(strategies.findChild<QLineEdit*>(QStringLiteral("search"))->text(), QString::fromStdString(file));
    QTRY_VERIFY_WITH_TIMEOUT(strategies.preview().has_value(), 10000);
    QCOMPARE(strategies.preview()->find(2, "q_proj")->ranks, (std::vector<int>{3, 1}));
    QVERIFY(!page.findChild<SearchRunPanel*>()->isVisible());
    // What hilo search was given is a run spec with the project's rows.
    const auto spec = readRunSpec(bench.path("project/searches/mine.run.json"));
    QVERIFY2(spec.has_value(), spec ? "" : describe(spec.error()).c_str());
    QCOMPARE(spec->tasks[0].data.template_, std::string("gloss"));
    QCOMPARE(spec->training.maxLength, std::int64_t{24});
    QVERIFY(validateAllocationMap(spec->map, bench.session.model()->config, "map").has_value());
    QTRY_VERIFY(!startOf(page)); // the first dialog is gone
    // Its name is taken now.
    askForSearch(page);
    auto* again = page.findChild<QDialog*>(QStringLiteral("searchDialog"));
    again->findChild<QLineEdit*>()->setText(QStringLiteral("mine"));
    QVERIFY(visibleText(*again).contains(QStringLiteral("finished already")));
    again->reject();
}

void TestSearch::aStoppedSearchGoesOn()
{
    WorkBench bench;
    bench.setProject({{"data", {{"path", WorkBench::sampleData}, {"template", "gloss"}}}});
    QVERIFY(bench.open());
    AllocationPage page(bench.context());
    bringUp(page);
    qputenv("FAKE_HILO", "hang");
    askForSearch(page);
    page.findChild<QDialog*>(QStringLiteral("searchDialog"))->findChild<QLineEdit*>()->setText(QStringLiteral("long"));
    startOf(page)->click();
    auto* panel = page.findChild<SearchRunPanel*>();
    QTRY_VERIFY(visibleText(*panel).contains(QStringLiteral("1 of 4")));
    QVERIFY(visibleText(*panel).contains(QStringLiteral("3 s left")));
    QSignalSpy said(&page, &Page::said);
    QTest::keyClick(byName<QPushButton>(panel, QStringLiteral("Cancel")), Qt::Key_Space);
    QTRY_VERIFY(!panel->isRunning());
    QVERIFY(!panel->isVisible());
    QVERIFY(said.last().first().toString().contains(QStringLiteral("goes on")));

    // As hilo search leaves it.
    const std::string search = R"({"identity": "x", "settings": {"experts": 3, "rank": 2, "steps": 9}, "step": 4,
                                   "steps": 9, "threads": 1})";
    QVERIFY(
        writeSafetensors(bench.path("project/searches/long.search.json.state"), {}, {{"search", search}}).has_value());
    QTRY_VERIFY(!startOf(page)); // the first dialog is gone
    askForSearch(page);
    auto* dialog = page.findChild<QDialog*>(QStringLiteral("searchDialog"));
    QTRY_COMPARE(dialog->findChild<QLineEdit*>()->text(), QStringLiteral("long"));
    QVERIFY2(visibleText(*dialog).contains(QStringLiteral("from step 4 of 9")), qPrintable(visibleText(*dialog)));
    QVERIFY(visibleText(*dialog).contains(QStringLiteral("--experts 3 --rank 2 --steps 9")));
    QCOMPARE(startOf(page)->text(), QStringLiteral("Go on"));
    for (const QSpinBox* box : dialog->findChildren<QSpinBox*>())
        QVERIFY(!box->isEnabled());
    dialog->reject();
}

QTEST_MAIN(TestSearch)
#include "test_search.moc"
