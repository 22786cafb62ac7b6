// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds of data that people have, through the workbench: a new project of nothing but model and data, a map, a run
// spec that the command line takes and trains, and the run itself to its end.
#include "allocation/strategy.h"
#include "base/json.h"
#include "pages/run_actions.h"
#include "pages/runs_page.h"
#include "pages/start_page.h"
#include "run/run_spec.h"
#include "runs/metric_chart.h"
#include "runs/new_run_dialog.h"
#include "runs/run_charts.h"
#include "runs/run_service.h"
#include "runs/run_spec_dialog.h"
#include "runs/run_spec_form.h"
#include "start/new_project_dialog.h"
#include "watched_application.h"
#include "window_helpers.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>

#include <cmath>
#include <optional>

using namespace hilo;

namespace {

constexpr int patience = 120000; ///< milliseconds; the machine may be busy
constexpr int rowCount = 24;     ///< of each set, enough for some to be kept to validate on

Json message(const char* roleKey, const char* role, const char* textKey, const std::string& text)
{
    return {{roleKey, role}, {textKey, text}};
}

/// The row of a number in a kind's own form.
Json rowOf(const std::string& kind, int number)
{
    const std::string question = "Name a tree, number " + std::to_string(number) + ".";
    const std::string answer = number % 2 == 0 ? "An oak." : "An elm.";
    if (kind == "alpaca")
        return {{"instruction", question}, {"input", ""}, {"output", answer}};
    if (kind == "messages")
        return {{"messages",
                 {message("role", "user", "content", question), message("role", "assistant", "content", answer)}}};
    return {{"conversations", {message("from", "human", "value", question), message("from", "gpt", "value", answer)}}};
}

void writeFile(const QString& path, const std::string& text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), static_cast<qint64>(text.size())) < 0)
        qFatal("%s cannot be written", qPrintable(path));
}

/// The path of a data set of the kind, made in folder where it is not among the test data.
QString dataOf(const QString& kind, const QString& folder)
{
    if (kind.endsWith(QLatin1String(".parquet")))
        return QStringLiteral(HILO_SOURCE_DIR "/tests/data/kinds/") + kind;
    const QDir place(folder);
    if (kind == QLatin1String("texts")) {
        place.mkpath(QStringLiteral("texts"));
        for (int i = 0; i < rowCount; ++i)
            writeFile(place.filePath(QStringLiteral("texts/page-%1.txt").arg(i)),
                      "The page of the number " + std::to_string(i) + " tells of trees, birds and stones.\n");
        return place.filePath(QStringLiteral("texts"));
    }
    const bool isLines = kind == QLatin1String("messages");
    Json rows = Json::array();
    std::string lines;
    for (int i = 0; i < rowCount; ++i) {
        rows.push_back(rowOf(kind.toStdString(), i));
        lines += rows.back().dump() + "\n";
    }
    const QString path = place.filePath(kind + (isLines ? QStringLiteral(".jsonl") : QStringLiteral(".json")));
    writeFile(path, isLines ? lines : rows.dump());
    return path;
}

} // namespace

class TestDataKinds : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void modelAndDataAreEnough_data();
    void modelAndDataAreEnough();
    void aMixtureIsARunSpecToo();

  private:
    /// A project through the dialog; the tasks' data as paths. Says what the dialog told of the last one.
    QString makeProject(MainWindow& window, const QString& name, const QStringList& data);
    static void addMap(MainWindow& window);
    /// What the dialog makes is what `hilo train` reads, and ends with 0.
    void trainByTheCommandLine(const RunSpec& spec, const QString& name) const;
    /// Until the run has finished; its adapter and its loss on validation rows are there and are shown.
    static void waitForTheRun(MainWindow& window);

    std::unique_ptr<SmallProject> small_; ///< whose model is used
    QTemporaryDir place_;
};

void TestDataKinds::initTestCase()
{
    small_ = makeSmallProject();
}

QString TestDataKinds::makeProject(MainWindow& window, const QString& name, const QStringList& data)
{
    static_cast<StartPage*>(window.pages().front())->makeProject();
    auto* dialog = window.findChild<NewProjectDialog*>();
    const auto field = [dialog](const char* called) { return dialog->findChild<QLineEdit*>(QLatin1String(called)); };
    field("modelPath")->setText(small_->model());
    for (qsizetype i = 0; i < data.size(); ++i) {
        if (i > 0)
            QTest::keyClick(dialog->findChild<QPushButton*>(QStringLiteral("addTask")), Qt::Key_Space);
        field("data.path")->setText(data[i]);
    }
    field("projectName")->setText(name);
    field("projectPlace")->setText(place_.path());
    const auto recognised = [dialog] {
        for (const QLabel* label : dialog->findChildren<QLabel*>())
            if (label->text().startsWith(QChar(0x2713)))
                return label->text();
        return QString();
    };
    if (!QTest::qWaitFor([&] { return !recognised().isEmpty(); }, patience))
        return {};
    const QString said = recognised();
    QSignalSpy opened(&window.session(), &ProjectSession::opened);
    QTest::mouseClick(buttonWithText(dialog, QStringLiteral("Create project")), Qt::LeftButton);
    return QTest::qWaitFor([&opened] { return opened.count() == 1; }, patience) ? said : QString();
}

void TestDataKinds::addMap(MainWindow& window)
{
    const auto strategy = findStrategy("lora");
    const auto map = allocate(**strategy, window.session().model()->config, {{"rank", "2"}});
    QVERIFY(map.has_value());
    window.session().addMap(*map);
}

void TestDataKinds::modelAndDataAreEnough_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("recognised");
    QTest::newRow("Alpaca JSON") << QStringLiteral("alpaca") << QStringLiteral("Alpaca");
    QTest::newRow("messages JSONL") << QStringLiteral("messages") << QStringLiteral("conversations");
    QTest::newRow("ShareGPT JSON") << QStringLiteral("sharegpt") << QStringLiteral("conversations");
    QTest::newRow("prompt/completion Parquet")
        << QStringLiteral("prompt-completion.parquet") << QStringLiteral("completions");
    QTest::newRow("preferences Parquet") << QStringLiteral("preference.parquet") << QStringLiteral("preferences");
    QTest::newRow("folder of texts") << QStringLiteral("texts") << QStringLiteral("plain text");
}

void TestDataKinds::trainByTheCommandLine(const RunSpec& spec, const QString& name) const
{
    RunSpecDialog command(spec, place_.path());
    const QString file = place_.filePath(name + QStringLiteral(".run.json"));
    QVERIFY(command.save(file));
    QVERIFY(byName<QLineEdit>(&command, QStringLiteral("Train it without the desktop"))->text().contains(file));
    const auto read = readRunSpec(file.toStdString());
    QVERIFY2(read.has_value(), read ? "" : describe(read.error()).c_str());
    QCOMPARE(nlohmann::json(toJson(*read)), nlohmann::json(toJson(spec)));
    const QString folder = place_.filePath(name + QStringLiteral("-by-command"));
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral(HILO_BINARY_DIR "/hilo"),
                  {QStringLiteral("train"), file, QStringLiteral("--out"), folder});
    QVERIFY(process.waitForFinished(patience));
    QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, process.readAll().constData());
    QVERIFY(QFile::exists(folder + QStringLiteral("/adapter/adapter.json")));
}

void TestDataKinds::waitForTheRun(MainWindow& window)
{
    const auto state = [&window] {
        return window.runs().runs().empty() ? std::string() : window.runs().runs().front().state;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(state() == "finished" || state() == "failed", state().c_str(), patience);
    QCOMPARE(state(), std::string("finished"));
    const QString id = QString::fromStdString(window.runs().runs().front().id);
    QVERIFY(QFile::exists(window.runs().runFolder(id) + QStringLiteral("/adapter/adapter.json")));
    // The page shows the run that was added.
    const auto loss = [&window, &id]() -> std::optional<double> {
        const auto history = window.runs().followed() == id ? window.runs().history() : nullptr;
        if (history)
            for (const RunEvaluation& evaluation : history->evaluations)
                if (evaluation.split == "validation" && evaluation.score.loss)
                    return evaluation.score.loss;
        return std::nullopt;
    };
    QTRY_VERIFY_WITH_TIMEOUT(loss().has_value(), patience);
    QVERIFY(std::isfinite(*loss()) && *loss() > 0);
    MetricChart& chart = window.findChild<RunsPage*>()->charts().chart(QStringLiteral("loss"));
    QTRY_VERIFY_WITH_TIMEOUT(chart.isVisible() && chart.marks(0).any(), patience);
    const QStringList texts = chart.marks(0).textsAt(window.runs().history()->lastStep());
    QVERIFY2(texts.join(QLatin1Char(';')).contains(QStringLiteral("validation")),
             qPrintable(texts.join(QLatin1Char(';'))));
}

void TestDataKinds::modelAndDataAreEnough()
{
    QFETCH(QString, kind);
    QFETCH(QString, recognised);
    const auto window = makeWindow();
    const QString data = dataOf(kind, place_.path());
    const QString said = makeProject(*window, QStringLiteral("Project ") + kind, {data});
    QVERIFY2(said.contains(recognised), qPrintable(said));
    addMap(*window);
    window->showPage(QStringLiteral("runs"));
    NewRunDialog* dialog = window->findChild<RunsPage*>()->runActions().openNewRun();
    // Nothing but the machine's own: one thread, so that tests beside it go on.
    qobject_cast<QLineEdit*>(dialog->form().editor(QStringLiteral("training"), QStringLiteral("threads")))
        ->setText(QStringLiteral("1"));
    const auto specs = dialog->specs();
    QVERIFY2(specs.has_value(), specs ? "" : describe(specs.error()).c_str());
    QCOMPARE(specs->size(), std::size_t{1});
    const RunSpec& spec = specs->front();
    QCOMPARE(spec.tasks[0].data.path, data.toStdString());
    QCOMPARE(spec.tasks[0].data.template_, std::string(automaticTemplate));
    QVERIFY(spec.tasks[0].data.holdsOut);
    trainByTheCommandLine(spec, kind);
    if (QTest::currentTestFailed())
        return;
    QPushButton* queue = buttonWithText(dialog, QStringLiteral("Add and queue"));
    QTRY_VERIFY_WITH_TIMEOUT(queue->isEnabled(), patience);
    QTest::mouseClick(queue, Qt::LeftButton);
    waitForTheRun(*window);
}

void TestDataKinds::aMixtureIsARunSpecToo()
{
    const auto window = makeWindow();
    const QStringList data{dataOf(QStringLiteral("alpaca"), place_.path()),
                           dataOf(QStringLiteral("messages"), place_.path())};
    QVERIFY(!makeProject(*window, QStringLiteral("mixed"), data).isEmpty());
    addMap(*window);
    window->showPage(QStringLiteral("runs"));
    NewRunDialog* dialog = window->findChild<RunsPage*>()->runActions().openNewRun();
    const auto specs = dialog->specs();
    QVERIFY2(specs.has_value(), specs ? "" : describe(specs.error()).c_str());
    QCOMPARE(specs->front().tasks.size(), std::size_t{2});
    QCOMPARE(specs->front().tasks[0].name, std::string("alpaca"));
    QCOMPARE(specs->front().tasks[1].data.path, data[1].toStdString());
    dialog->reject();
}

HILO_WINDOW_TEST_MAIN(TestDataKinds)
#include "test_data_kinds.moc"
