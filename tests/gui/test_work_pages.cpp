// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/search_run_panel.h"
#include "allocation/strategy_panel.h"
#include "common/theme.h"
#include "complexity/agreement_model.h"
#include "complexity/depth_chart.h"
#include "complexity/heat_table.h"
#include "complexity/profile_run_panel.h"
#include "complexity/signal_model.h"
#include "data/data_choice_panel.h"
#include "data/prompt_view.h"
#include "export/format_model.h"
#include "formats/safetensors.h"
#include "help/page_help.h"
#include "page_wishes.h"
#include "pages/allocation_page.h"
#include "pages/complexity_page.h"
#include "pages/data_page.h"
#include "pages/export_page.h"
#include "pages/try_page.h"
#include "playground/token_view.h"
#include "playground/try_column.h"
#include "project/run_spec.h"
#include "project_session.h"
#include "runs/run_service.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QUndoGroup>
#include <QtTest/QtTest>

using namespace hilo;

namespace {

const QString sampleData = QStringLiteral(HILO_SOURCE_DIR "/projects/gloss-classes/data");

/// A project in a folder of its own with a planning model of four layers (the sample's tokenizer), and what pages need.
class Bench
{
  public:
    Bench()
    {
        const std::filesystem::path root = folder_.path().toStdString();
        const std::filesystem::path base = HILO_SOURCE_DIR "/projects/gloss-classes/base";
        std::filesystem::create_directories(root / "model");
        for (const char* name : {"tokenizer.json", "tokenizer_config.json"})
            std::filesystem::copy_file(base / name, root / "model" / name);
        Json config = readJsonFile(base / "config.json").value();
        config["num_hidden_layers"] = 4;
        [[maybe_unused]] Status written = writeJsonFile(root / "model/config.json", config);
        [[maybe_unused]] const auto project = Project::create(root / "project", "bench");
        setProject({{"model", {{"path", "../model"}}}});
        written = writeJsonFile(root / "good.json", profile());
        qputenv("FAKE_PROFILE", (root / "good.json").string().c_str());
        qputenv("HILO_PROGRAM", HILO_SOURCE_DIR "/tests/gui/fake_hilo.sh");
        qputenv("FAKE_HILO", "well");
    }

    /// Adds keys to project.json.
    void setProject(const Json& more)
    {
        Json document = readJsonFile(path("project/project.json")).value();
        document.update(more);
        [[maybe_unused]] const Status written = writeJsonFile(path("project/project.json"), document);
    }

    static Json profile()
    {
        const Json rank = {{"direction", "larger"},
                           {"split_half", 0.9},
                           {"modules", {{"q_proj", {1, 2, 3, 4}}, {"down_proj", {2, 4, 6, 8}}}},
                           {"spectra", {{"q_proj", {{3, 1}, {3, 2}, {2, 2}, {5, 1}}}}}};
        return {{"format", "hilo.profile/1"},
                {"model", {{"architecture", "llama"}, {"layers", 4}}},
                {"signals", {{"stable_rank", rank}, {"block_influence", {{"layers", {0.4, 0.3, 0.2, 0.1}}}}}}};
    }

    std::filesystem::path path(const std::string& name) const
    {
        return std::filesystem::path(folder_.path().toStdString()) / name;
    }

    void addProfile(const Json& document, const std::string& name = "first.json")
    {
        [[maybe_unused]] const Status written = writeJsonFile(path("project/profiles/" + name), document);
    }

    void addAdapter(const std::string& run)
    {
        std::filesystem::create_directories(path("project/runs/" + run + "/adapter"));
        [[maybe_unused]] Status written =
            writeJsonFile(path("project/runs/" + run + "/adapter/adapter.json"), Json::object());
        written = writeJsonFile(path("project/runs/" + run + "/run.json"), Json::object());
    }

    bool open()
    {
        QSignalSpy opened(&session, &ProjectSession::opened);
        session.open(QString::fromStdString(path("project").string()));
        return opened.wait(10000);
    }

    PageContext context() { return {session, runs, wishes, undoGroup}; }

    QTemporaryDir folder_;
    ProjectSession session;
    RunService runs;
    PageWishes wishes;
    QUndoGroup undoGroup;
};

template <class Shown>
void bringUp(Shown& page)
{
    page.resize(1000, 700);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    page.shown();
}

/// Texts of all labels that can be seen.
QString visibleText(const QWidget& page)
{
    QStringList texts;
    for (const QLabel* label : page.findChildren<QLabel*>())
        if (label->isVisible())
            texts << label->text();
    return texts.join(QLatin1Char('\n'));
}

template <class Widget>
Widget* named(const QWidget& page, const QString& accessibleName)
{
    for (Widget* widget : page.findChildren<Widget*>())
        if (widget->accessibleName() == accessibleName)
            return widget;
    return nullptr;
}

} // namespace

class TestWorkPages : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void complexityIsEmptyWithoutModelAndWithoutProfile();
    void complexityShowsAProfile();
    void complexityTellsWhatIsWrongWithAProfile();
    void complexityByKeyboard();
    void profilingTellsProgressAndEnds_data();
    void profilingTellsProgressAndEnds();
    void profilingCanBeCancelled();
    void aSearchEndsInAMap();
    void aStoppedSearchGoesOn();
    void dataShowsRowsCountsAndLabels();
    void dataTellsProblems();
    void dataIsKeptForNewRuns();
    void tryStreamsAndColours();
    void tryOutlivesBadWorkers_data();
    void tryOutlivesBadWorkers();
    void tryCanBeStopped();
    void emptyPanesSayWhatComes();
    void exportWithoutRunsSaysSo();
    void exportListsWritesAndVerifies();
    void exportTellsProblems();
    void everyControlHasANameAndEveryPageHelp();
};

void TestWorkPages::complexityIsEmptyWithoutModelAndWithoutProfile()
{
    Bench bench;
    ComplexityPage page(bench.context());
    bringUp(page);
    QVERIFY(visibleText(page).contains(QStringLiteral("Ctrl+1")));
    QVERIFY(bench.open());
    QTRY_VERIFY(visibleText(page).contains(QStringLiteral("no profile yet")));
    QVERIFY(!page.findChild<HeatTable*>()->isVisible());
}

void TestWorkPages::complexityShowsAProfile()
{
    Bench bench;
    bench.addProfile(Bench::profile());
    Json other = Bench::profile();
    other["signals"]["stable_rank"]["modules"]["q_proj"] = {2, 2, 3, 4};
    bench.addProfile(other, "second.json");
    QVERIFY(bench.open());
    ComplexityPage page(bench.context());
    bringUp(page);
    const HeatTable* heat = named<HeatTable>(page, QStringLiteral("Heat map of layers and modules"));
    QTRY_VERIFY(heat->isVisible());
    QCOMPARE(heat->model()->rowCount(), 2);
    QCOMPARE(heat->model()->columnCount(), 4);
    QCOMPARE(page.findChild<QTabBar*>()->count(), 2);
    // A layer that is selected elsewhere is selected here.
    bench.session.selectLayer(3);
    QCOMPARE(heat->currentIndex().column(), 3);
    QVERIFY(page.inspector() != nullptr);
    QStringList facts;
    for (const QLabel* label : page.inspector()->findChildren<QLabel*>())
        facts << label->text();
    QVERIFY2(facts.join(QLatin1Char('\n')).contains(QStringLiteral("Layer 3")),
             qPrintable(facts.join(QLatin1Char('\n'))));
    // The difference to another profile.
    auto* baseline = named<QComboBox>(page, QStringLiteral("Compare with"));
    QCOMPARE(baseline->count(), 3);
    baseline->setCurrentIndex(1);
    Q_EMIT baseline->activated(1);
    QTRY_VERIFY(visibleText(page).contains(QStringLiteral("Difference to")));
    delete page.inspector();
}

void TestWorkPages::complexityTellsWhatIsWrongWithAProfile()
{
    Bench bench;
    Json deep = Bench::profile();
    deep["model"]["layers"] = 9;
    bench.addProfile(deep);
    QVERIFY(bench.open());
    ComplexityPage page(bench.context());
    bringUp(page);
    QTRY_VERIFY(visibleText(page).contains(QStringLiteral("expected one number per layer")));
    QVERIFY(!page.findChild<HeatTable*>()->isVisible());
}

void TestWorkPages::complexityByKeyboard()
{
    Bench bench;
    bench.addProfile(Bench::profile());
    QVERIFY(bench.open());
    ComplexityPage page(bench.context());
    bringUp(page);
    HeatTable* heat = named<HeatTable>(page, QStringLiteral("Heat map of layers and modules"));
    QTRY_VERIFY(heat->isVisible());
    bench.session.selectLayer(1);
    QTest::keyClick(heat, Qt::Key_Right);
    QCOMPARE(bench.session.selectedLayer(), 2);
    QTest::keyClick(page.findChild<DepthChart*>(), Qt::Key_End);
    QCOMPARE(bench.session.selectedLayer(), 3);
    QTest::keyClick(page.findChild<QTabBar*>(), Qt::Key_Right);
    QCOMPARE(heat->model()->rowCount(), 1); // block influence speaks of whole layers
}

void TestWorkPages::profilingTellsProgressAndEnds_data()
{
    QTest::addColumn<QByteArray>("behaviour");
    QTest::addColumn<QString>("said");
    QTest::newRow("well") << QByteArray("well") << QString();
    QTest::newRow("crash") << QByteArray("crash") << QStringLiteral("loading weights");
    QTest::newRow("garbage") << QByteArray("garbage") << QStringLiteral("answer of hilo");
    QTest::newRow("refuse") << QByteArray("refuse") << QStringLiteral("Fetch it again");
}

void TestWorkPages::profilingTellsProgressAndEnds()
{
    QFETCH(QByteArray, behaviour);
    QFETCH(QString, said);
    Bench bench;
    QVERIFY(bench.open());
    ComplexityPage page(bench.context());
    bringUp(page);
    qputenv("FAKE_HILO", behaviour);
    auto* panel = page.findChild<ProfileRunPanel*>();
    QSignalSpy finished(panel, &ProfileRunPanel::finished);
    const QString file = QString::fromStdString(bench.path("project/profiles/new.json").string());
    std::filesystem::remove(bench.path("project/profiles")); // empty folders get lost on the way of a project
    panel->start({QStringLiteral("MODEL"), QStringLiteral("--out"), file}, file);
    QVERIFY(panel->isVisible());
    QTRY_VERIFY(!panel->isRunning());
    if (said.isEmpty()) {
        QCOMPARE(finished.count(), 1);
        QTRY_VERIFY(page.findChild<HeatTable*>()->isVisible());
        QVERIFY(!panel->isVisible());
    } else {
        QCOMPARE(finished.count(), 0);
        QVERIFY2(visibleText(*panel).contains(said), qPrintable(visibleText(*panel)));
    }
}

void TestWorkPages::profilingCanBeCancelled()
{
    Bench bench;
    QVERIFY(bench.open());
    ComplexityPage page(bench.context());
    bringUp(page);
    qputenv("FAKE_HILO", "hang");
    auto* panel = page.findChild<ProfileRunPanel*>();
    panel->start({QStringLiteral("MODEL")}, QStringLiteral("/nowhere.json"));
    QTRY_VERIFY(visibleText(*panel).contains(QStringLiteral("1 of 4")));
    QVERIFY(visibleText(*panel).contains(QStringLiteral("3 s left")));
    QCOMPARE(panel->findChild<QProgressBar*>()->value(), 250);
    QSignalSpy said(&page, &Page::said);
    QTest::keyClick(named<QPushButton>(*panel, QStringLiteral("Cancel")), Qt::Key_Space);
    QTRY_VERIFY(!panel->isRunning());
    QVERIFY(!panel->isVisible());
    QVERIFY(said.last().first().toString().contains(QStringLiteral("cancelled")));
}

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
    auto* search = named<QPushButton>(page.strategyPanel(), QStringLiteral("Search"));
    QVERIFY(search && !search->isHidden());
    search->click();
    QTRY_VERIFY(startOf(page) && startOf(page)->isEnabled());
}

} // namespace

void TestWorkPages::aSearchEndsInAMap()
{
    Bench bench;
    bench.setProject({{"data", {{"path", sampleData.toStdString()}, {"template", "gloss"}, {"max_length", 24}}}});
    QVERIFY(bench.open());
    Json layer = Json::object();
    for (const ModuleShape& shape : moduleShapes(bench.session.model()->config))
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
    QVERIFY(named<QPushButton>(strategies, QStringLiteral("Search"))->isHidden());
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
    QCOMPARE(spec->data.template_, std::string("gloss"));
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

void TestWorkPages::aStoppedSearchGoesOn()
{
    Bench bench;
    bench.setProject({{"data", {{"path", sampleData.toStdString()}, {"template", "gloss"}}}});
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
    QTest::keyClick(named<QPushButton>(*panel, QStringLiteral("Cancel")), Qt::Key_Space);
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

void TestWorkPages::dataShowsRowsCountsAndLabels()
{
    Bench bench;
    bench.setProject({{"data", {{"path", sampleData.toStdString()}, {"template", "gloss"}, {"max_length", 24}}}});
    QVERIFY(bench.open());
    DataPage page(bench.context());
    bringUp(page);
    QVERIFY(visibleText(page).contains(QStringLiteral("Reading the project's data")));
    QTRY_VERIFY_WITH_TIMEOUT(page.report() != nullptr, 60000);
    const QString text = visibleText(page);
    QVERIFY2(text.contains(QStringLiteral("Majority floor")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("are longer than 24")), qPrintable(text));
    auto* split = named<QComboBox>(page, QStringLiteral("Split"));
    auto* table = named<QTableView>(page, QStringLiteral("Rows"));
    auto* prompt = page.findChild<PromptView*>();
    QCOMPARE(table->model()->rowCount(), static_cast<int>(page.report()->splits.front().examples.size()));
    const QString first = prompt->toPlainText();
    QVERIFY(!prompt->markedTexts().isEmpty());
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QVERIFY(prompt->toPlainText() != first);
    QCOMPARE(prompt->markedTexts().first(), QString::fromStdString(page.report()->splits.front().examples[1].answer));
    Q_UNUSED(split);
}

void TestWorkPages::dataTellsProblems()
{
    Bench bench;
    QVERIFY(bench.open());
    DataPage page(bench.context());
    bringUp(page);
    QTRY_VERIFY(visibleText(page).contains(QStringLiteral("no data yet")));
    QFile own(QString::fromStdString(bench.path("own.json").string()));
    QVERIFY(own.open(QIODevice::WriteOnly));
    own.write("{\"format\": \"hilo.prompt/1\", \"kind\": \"classification\", \"prompt\": \"{txt}\", \"answer\": \" "
              "{label}\", "
              "\"label_column\": \"label\"}");
    own.close();
    ProjectData choice;
    choice.spec.path = sampleData.toStdString();
    choice.spec.template_ = own.fileName().toStdString();
    auto* panel = page.findChild<DataChoicePanel*>();
    panel->setChoice(choice);
    Q_EMIT panel->changed();
    QTRY_VERIFY_WITH_TIMEOUT(visibleText(page).contains(QStringLiteral("there is no column \"txt\"")), 60000);
    QVERIFY(page.report() == nullptr);
    // Mapping the field to a column mends it.
    QTRY_VERIFY(named<QComboBox>(page, QStringLiteral("Column for txt")) != nullptr);
    auto* column = named<QComboBox>(page, QStringLiteral("Column for txt"));
    column->setCurrentIndex(column->findData(QStringLiteral("text")));
    Q_EMIT column->activated(column->currentIndex());
    QTRY_VERIFY_WITH_TIMEOUT(page.report() != nullptr, 60000);
}

void TestWorkPages::dataIsKeptForNewRuns()
{
    Bench bench;
    bench.setProject({{"data", {{"path", sampleData.toStdString()}}}});
    QVERIFY(bench.open());
    DataPage page(bench.context());
    bringUp(page);
    auto* save = named<QPushButton>(page, QStringLiteral("Use for new runs"));
    QTRY_VERIFY_WITH_TIMEOUT(visibleText(page).contains(QStringLiteral("Choose a template")), 60000);
    QVERIFY(!save->isEnabled());
    auto* templates = named<QComboBox>(page, QStringLiteral("Template"));
    templates->setCurrentIndex(templates->findData(QStringLiteral("classify")));
    Q_EMIT templates->activated(templates->currentIndex());
    QTRY_VERIFY_WITH_TIMEOUT(page.report() != nullptr, 60000);
    QVERIFY(save->isEnabled());
    QTest::keyClick(save, Qt::Key_Space);
    QTRY_VERIFY(!save->isEnabled());
    const Project project = Project::open(bench.path("project")).value();
    const auto kept = readProjectData(project).value();
    QVERIFY(kept.has_value());
    QCOMPARE(kept->spec.template_, std::string("classify"));
    QCOMPARE(kept->spec.path, sampleData.toStdString());
}

void TestWorkPages::tryStreamsAndColours()
{
    Bench bench;
    bench.addAdapter("one");
    QVERIFY(bench.open());
    TryPage page(bench.context());
    bringUp(page);
    const auto columns = page.findChildren<TryColumn*>();
    QCOMPARE(columns.size(), 3);
    columns[0]->start({});
    QTRY_VERIFY(!columns[0]->isRunning());
    QCOMPARE(columns[0]->view().generatedText(), QStringLiteral(" bird"));
    QVERIFY(visibleText(*columns[0]).contains(QStringLiteral("2.0 tokens/s")));
    QCOMPARE(columns[0]->view().shares(), (std::vector<double>{0, 1}));
    QVERIFY(!columns[1]->isWanted());
    QVERIFY(columns[1]->choose(QString::fromStdString(bench.path("project/runs/one").string())) || true);
    QVERIFY(columns[1]->isWanted());
    // A model without weights cannot write, and the page says so.
    QVERIFY(!named<QPushButton>(page, QStringLiteral("Generate"))->isEnabled());
    QVERIFY(visibleText(page).contains(QStringLiteral("no weights")));
}

void TestWorkPages::tryOutlivesBadWorkers_data()
{
    QTest::addColumn<QByteArray>("behaviour");
    QTest::addColumn<QString>("said");
    QTest::newRow("crash") << QByteArray("crash") << QStringLiteral("ended unexpectedly");
    QTest::newRow("garbage") << QByteArray("garbage") << QStringLiteral("this is no JSON");
    QTest::newRow("flood") << QByteArray("flood") << QString();
    QTest::newRow("refuse") << QByteArray("refuse") << QStringLiteral("cut off");
}

void TestWorkPages::tryOutlivesBadWorkers()
{
    QFETCH(QByteArray, behaviour);
    QFETCH(QString, said);
    Bench bench;
    QVERIFY(bench.open());
    qputenv("FAKE_HILO", behaviour);
    TryColumn column(true);
    column.show();
    QSignalSpy ended(&column, &TryColumn::ended);
    column.start({});
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 30000);
    QVERIFY2(visibleText(column).contains(said), qPrintable(visibleText(column)));
    QVERIFY(column.view().generatedText().isEmpty());
}

void TestWorkPages::tryCanBeStopped()
{
    Bench bench;
    qputenv("FAKE_HILO", "hang");
    TryColumn column(true);
    column.show();
    QSignalSpy ended(&column, &TryColumn::ended);
    column.start({});
    QTRY_VERIFY(visibleText(column).contains(QStringLiteral("Measuring")));
    column.stop();
    QTRY_COMPARE(ended.count(), 1);
    QVERIFY(visibleText(column).contains(QStringLiteral("Stopped")));
}

void TestWorkPages::emptyPanesSayWhatComes()
{
    Bench bench;
    bench.addAdapter("one");
    QVERIFY(bench.open());
    TryPage page(bench.context());
    bringUp(page);
    const auto columns = page.findChildren<TryColumn*>();
    for (TryColumn* column : columns)
        QVERIFY(!column->view().placeholderText().isEmpty());
    const QString before = columns[1]->view().placeholderText();
    QVERIFY(before.contains(QStringLiteral("adapter above")));
    columns[1]->choose(QString::fromStdString(bench.path("project/runs/one").string()));
    QVERIFY(columns[1]->view().placeholderText() != before);
}

void TestWorkPages::exportWithoutRunsSaysSo()
{
    Bench bench;
    QVERIFY(bench.open());
    ExportPage page(bench.context());
    bringUp(page);
    const auto* run = named<QComboBox>(page, QStringLiteral("Run"));
    QVERIFY(!run->isEnabled());
    QVERIFY(!run->placeholderText().isEmpty());
    const QPalette palette = Theme::instance().palette();
    QVERIFY(palette.color(QPalette::Disabled, QPalette::Button) != palette.color(QPalette::Active, QPalette::Button));
}

void TestWorkPages::exportListsWritesAndVerifies()
{
    Bench bench;
    bench.addAdapter("one");
    QVERIFY(bench.open());
    ExportPage page(bench.context());
    bringUp(page);
    QVERIFY(!page.findChild<QTableView*>()->isVisible());
    page.setSource(QString::fromStdString(bench.path("project/runs/one").string()));
    auto* table = named<QTableView>(page, QStringLiteral("Formats"));
    QTRY_VERIFY(table->isVisible());
    QCOMPARE(table->model()->rowCount(), 2);
    auto* button = named<QPushButton>(page, QStringLiteral("Export"));
    QVERIFY(button->isEnabled());
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QVERIFY(!button->isEnabled()); // impossible
    QVERIFY(named<QPushButton>(page, QStringLiteral("Map that would fit"))->isVisible());
    QVERIFY(visibleText(page).contains(QStringLiteral("the ranks differ")));
    QTest::keyClick(table, Qt::Key_Up);
    QTest::keyClick(button, Qt::Key_Space);
    QTRY_VERIFY(visibleText(page).contains(QStringLiteral("the same next token for 96 of 96")));
    QVERIFY(named<QPushButton>(page, QStringLiteral("Open folder"))->isVisible());
}

void TestWorkPages::exportTellsProblems()
{
    Bench bench;
    bench.addAdapter("one");
    QVERIFY(bench.open());
    qputenv("FAKE_HILO", "refuse");
    ExportPage page(bench.context());
    bringUp(page);
    page.setSource(QString::fromStdString(bench.path("project/runs/one").string()));
    QTRY_VERIFY(visibleText(page).contains(QStringLiteral("cut off")));
    qputenv("FAKE_HILO", "well");
    page.setSource(QString::fromStdString(bench.path("project/runs/one").string()));
    auto* button = named<QPushButton>(page, QStringLiteral("Export"));
    QTRY_VERIFY(button->isEnabled());
    qputenv("FAKE_HILO", "crash");
    QTest::keyClick(button, Qt::Key_Space);
    QTRY_VERIFY(visibleText(page).contains(QStringLiteral("ended unexpectedly")));
    QVERIFY(visibleText(page).contains(QStringLiteral("loading weights"))); // the last lines of its log
    QVERIFY(button->isEnabled());
}

void TestWorkPages::everyControlHasANameAndEveryPageHelp()
{
    Bench bench;
    QVERIFY(bench.open());
    const PageContext context = bench.context();
    const std::unique_ptr<Page> pages[] = {std::make_unique<DataPage>(context),
                                           std::make_unique<ComplexityPage>(context),
                                           std::make_unique<TryPage>(context), std::make_unique<ExportPage>(context)};
    for (const auto& page : pages) {
        QVERIFY(page->help().size() > 400);
        for (const QWidget* widget : page->findChildren<QWidget*>()) {
            const bool isControl = qobject_cast<const QAbstractButton*>(widget) ||
                                   qobject_cast<const QComboBox*>(widget) ||
                                   qobject_cast<const QAbstractSpinBox*>(widget) ||
                                   qobject_cast<const QTableView*>(widget) || qobject_cast<const QTextEdit*>(widget);
            if (!isControl || widget->focusPolicy() == Qt::NoFocus ||
                widget->objectName().startsWith(QStringLiteral("qt_")))
                continue;
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                     qPrintable(page->key() + QLatin1Char(' ') + QLatin1String(widget->metaObject()->className())));
        }
        if (QWidget* inspector = page->inspector())
            delete inspector;
    }
    for (const QString& text : {strategyReference(), signalReference()})
        QVERIFY(text.size() > 1000);
}

QTEST_MAIN(TestWorkPages)
#include "test_work_pages.moc"
