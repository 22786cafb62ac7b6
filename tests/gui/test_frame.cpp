// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "common/colour_map.h"
#include "common/theme.h"
#include "export/export_report_text.h"
#include "help/page_help.h"
#include "page.h"
#include "pages/data_page.h"
#include "pages/start_page.h"
#include "project/project.h"
#include "runs/new_run_dialog.h"
#include "runs/run_spec_fields.h"
#include "settings.h"
#include "spoken_names.h"
#include "start/new_project_dialog.h"
#include "watched_application.h"
#include "window/application_setup.h"
#include "window/notice_preferences.h"
#include "window/preferences_dialog.h"
#include "window_helpers.h"

#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QDockWidget>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QFile>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSettings>
#include <QSpinBox>
#include <QStatusBar>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTimer>
#include <QToolButton>
#include <QTranslator>
#include <QUrl>
#include <QtTest/QtTest>

using namespace hilo;

namespace {

const QStringList keys = {QStringLiteral("start"),      QStringLiteral("model"),      QStringLiteral("data"),
                          QStringLiteral("complexity"), QStringLiteral("allocation"), QStringLiteral("runs"),
                          QStringLiteral("compare"),    QStringLiteral("study"),      QStringLiteral("try"),
                          QStringLiteral("export")};

} // namespace

class TestFrame : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void tenPagesInTheOrderOfTheWork();
    void everyPageIsExplained();
    void everyControlHasAName();
    void preferencesAreKept();
    void noticesAreKeptAndTriedOut();
    void layoutsAreKeptAndRestored();
    void newerSettingsLoseTheirLayout();
    void languagesAreComplete_data();
    void languagesAreComplete();
    void theTitleNamesTheProject();
    void whatCannotBeOpenedIsSaid_data();
    void whatCannotBeOpenedIsSaid();
    void theModelPageListsEverything();
    void aProjectWithoutItsModelSaysSo();
    void aProjectIsMadeInThreeSteps();
    void droppedFoldersAreOpened();
    void droppedRowsAndMapsAreForWhatIsOpen();
    void aModelThatWasMovedCanBeLocated();
    void recentProjectsAreListed();
    void projectFilesOpenTheirFolder();
    void watchdogSeesASlowEvent();

  private:
    void open(const QString& path);
    Page* page(const QString& key) const;

    std::unique_ptr<SmallProject> project_;
    std::unique_ptr<MainWindow> window_;
};

void TestFrame::initTestCase()
{
    project_ = makeSmallProject();
}

void TestFrame::init()
{
    QSettings().clear();
    window_ = std::make_unique<MainWindow>();
    window_->resize(1440, 900);
    window_->show();
    QVERIFY(QTest::qWaitForWindowActive(window_.get())); // shortcuts go to the active window only
}

void TestFrame::cleanup()
{
    window_.reset();
}

void TestFrame::open(const QString& path)
{
    QVERIFY(openAndWait(*window_, path));
}

Page* TestFrame::page(const QString& key) const
{
    for (Page* page : window_->pages())
        if (page->key() == key)
            return page;
    return nullptr;
}

void TestFrame::tenPagesInTheOrderOfTheWork()
{
    QCOMPARE(window_->pages().size(), std::size_t{10});
    for (int i = 0; i < 10; ++i) {
        QCOMPARE(window_->pages()[static_cast<std::size_t>(i)]->key(), keys[i]);
        QTest::keyClick(window_.get(), static_cast<Qt::Key>(Qt::Key_0 + (i + 1) % 10), Qt::ControlModifier);
        // A button's shortcut clicks it as a finger would, down and up.
        QTRY_VERIFY2(window_->pages()[static_cast<std::size_t>(i)]->isVisible(), qPrintable(keys[i]));
    }
    QVERIFY(!window_->showPage(QStringLiteral("nowhere")));
}

void TestFrame::everyPageIsExplained()
{
    for (const QString& key : keys) {
        window_->showPage(key);
        QTest::keyClick(window_.get(), Qt::Key_F1);
        auto* help = window_->findChild<QDialog*>(QStringLiteral("pageHelp"));
        QVERIFY(help && help->isVisible());
        const QString text = help->findChild<QTextBrowser*>()->toPlainText();
        QVERIFY2(text.size() > 300, qPrintable(key));
        QVERIFY2(text.contains(QStringLiteral("Next:")), qPrintable(key));
        QVERIFY(help->windowTitle().contains(page(key)->title()));
        help->close();
    }
}

void TestFrame::everyControlHasAName()
{
    open(project_->folder());
    for (const QString& key : keys)
        window_->showPage(key);
    QCOMPARE(controlsWithoutName(window_.get()).join(QStringLiteral("\n")), QString());
    // The mark of a key is drawn as an ampersand where the label leads nowhere.
    static const QRegularExpression mark(QStringLiteral("&[a-zA-Z]"));
    for (const QLabel* label : window_->findChildren<QLabel*>())
        if (label->textFormat() != Qt::RichText && !Qt::mightBeRichText(label->text()))
            QVERIFY2(label->buddy() || !label->text().contains(mark), qPrintable(label->text()));
    const PreferencesDialog preferences;
    QCOMPARE(controlsWithoutName(&preferences).join(QStringLiteral("\n")), QString());
    const NewProjectDialog dialog;
    QCOMPARE(controlsWithoutName(&dialog).join(QStringLiteral("\n")), QString());
    const NewRunDialog run(window_->session());
    QCOMPARE(controlsWithoutName(&run).join(QStringLiteral("\n")), QString());
}

void TestFrame::preferencesAreKept()
{
    PreferencesDialog dialog;
    auto* theme = dialog.findChild<QComboBox*>(QStringLiteral("theme"));
    theme->setCurrentIndex(2);
    QVERIFY(Theme::instance().isDark());
    theme->setCurrentIndex(1);
    QVERIFY(!Theme::instance().isDark());
    const int points = QApplication::font().pointSize();
    dialog.findChild<QSpinBox*>(QStringLiteral("fontSize"))->setValue(points + 2);
    QCOMPARE(QApplication::font().pointSize(), points + 2);
    dialog.findChild<QSpinBox*>(QStringLiteral("fontSize"))->setValue(points);
    auto* language = dialog.findChild<QComboBox*>(QStringLiteral("language"));
    language->setCurrentIndex(language->findData(QStringLiteral("de")));
    dialog.findChild<QLineEdit*>(QStringLiteral("projectsFolder"))->setText(QStringLiteral("/somewhere"));
    dialog.findChild<QLineEdit*>(QStringLiteral("modelsFolder"))->setText(QStringLiteral("/models"));
    dialog.findChild<QSpinBox*>(QStringLiteral("threads"))->setValue(1);
    QCOMPARE(settings::theme(), Theme::Kind::Light);
    QCOMPARE(settings::fontSize(), points);
    QCOMPARE(settings::language(), QStringLiteral("de"));
    QCOMPARE(settings::projectsFolder(), QStringLiteral("/somewhere"));
    QCOMPARE(settings::modelsFolder(), QStringLiteral("/models"));
    QCOMPARE(settings::threads(), 1);
}

void TestFrame::noticesAreKeptAndTriedOut()
{
    const QTemporaryDir folder;
    const QString told = folder.filePath(QStringLiteral("told"));
    NoticePreferences preferences;
    auto* command = preferences.findChild<QLineEdit*>(QStringLiteral("noticeCommand"));
    auto* address = preferences.findChild<QLineEdit*>(QStringLiteral("noticeAddress"));
    auto* button = preferences.findChild<QPushButton*>(QStringLiteral("tryNotice"));
    auto* said = preferences.findChild<QLabel*>(QStringLiteral("noticeSaid"));
    button->click();
    QCOMPARE(said->text(), NoticePreferences::tr("Nobody is named yet."));

    address->setText(QStringLiteral("https://ntfy.example/topic"));
    preferences.findChild<QComboBox*>(QStringLiteral("noticeForm"))->setCurrentIndex(1);
    command->setText(QStringLiteral("echo \"$HILO_EVENT\" >'%1'").arg(told));
    QCOMPARE(settings::notices(), (NoticeSettings{false, command->text(), address->text(), true}));
    const QProcessEnvironment environment = withNotices({}, settings::notices());
    QCOMPARE(environment.value(QStringLiteral("HILO_POST")), address->text());
    QCOMPARE(environment.value(QStringLiteral("HILO_POST_FORM")), QStringLiteral("text"));
    QCOMPARE(environment.value(QStringLiteral("HILO_ON_END")), command->text());
    QVERIFY(!environment.contains(QStringLiteral("HILO_DESKTOP_NOTICE")));

    // What is no address is told at once, and the one before stays.
    address->setText(QStringLiteral("ntfy.example"));
    QVERIFY(!button->isEnabled());
    QCOMPARE(settings::notices().address, QStringLiteral("https://ntfy.example/topic"));
    address->clear();
    button->click();
    QTRY_COMPARE_WITH_TIMEOUT(said->text(), NoticePreferences::tr("Told."), 60'000);
    QVERIFY(QFileInfo::exists(told));
    command->setText(QStringLiteral("exit 3"));
    button->click();
    QTRY_VERIFY_WITH_TIMEOUT(said->text().contains(QLatin1String("status 3")), 60'000);
    settings::setNotices({});
    QVERIFY(withNotices({}, settings::notices()).isEmpty());
}

void TestFrame::layoutsAreKeptAndRestored()
{
    window_->showPage(QStringLiteral("allocation"));
    auto* dock = window_->findChild<QDockWidget*>(QStringLiteral("inspectorDock"));
    window_->addDockWidget(Qt::LeftDockWidgetArea, dock);
    window_->close();
    window_ = std::make_unique<MainWindow>();
    dock = window_->findChild<QDockWidget*>(QStringLiteral("inspectorDock"));
    QCOMPARE(window_->dockWidgetArea(dock), Qt::LeftDockWidgetArea);
    for (QAction* menu : window_->menuBar()->actions())
        for (QAction* action : menu->menu()->actions())
            if (action->text().remove(QLatin1Char('&')) == QLatin1String("Reset layout"))
                action->trigger();
    QCOMPARE(window_->dockWidgetArea(dock), Qt::RightDockWidgetArea);
}

void TestFrame::newerSettingsLoseTheirLayout()
{
    settings::saveLayout("geometry", "state");
    settings::setFontSize(11);
    QSettings().setValue(QStringLiteral("settings/version"), 99);
    settings::upgrade();
    QVERIFY(settings::savedState().isEmpty());
    QCOMPARE(settings::fontSize(), 11);
    QVERIFY(QSettings().value(QStringLiteral("settings/version")).toInt() < 99);
}

void TestFrame::languagesAreComplete_data()
{
    QTest::addColumn<QString>("language");
    for (const QString& language : interfaceLanguages())
        if (language != QLatin1String("en"))
            QTest::newRow(qPrintable(language)) << language;
}

void TestFrame::languagesAreComplete()
{
    QFETCH(QString, language);
    QFile file(QStringLiteral(HILO_SOURCE_DIR "/resources/translations/hilo_%1.ts").arg(language));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    QVERIFY(text.count(QStringLiteral("<message")) > 200);
    QCOMPARE(text.count(QStringLiteral("type=\"unfinished\"")), 0);
    QTranslator translator;
    QVERIFY(translator.load(QStringLiteral(":/translations/hilo_%1.qm").arg(language)));
    QVERIFY(!translator.translate("hilo::PreferencesDialog", "Preferences").isEmpty());
    QVERIFY(translator.translate("hilo::PreferencesDialog", "Preferences") != QLatin1String("Preferences"));
    // Texts outside of classes are looked up by the very names under which they were collected.
    const auto texts = [] {
        return QStringList{dataHelp(),
                           complexityHelp(),
                           tryHelp(),
                           exportHelp(),
                           runSpecFields().front().help,
                           exportReportText(Json::object()).title};
    };
    const QStringList english = texts();
    QCoreApplication::installTranslator(&translator);
    const QStringList translated = texts();
    QCoreApplication::removeTranslator(&translator);
    for (int i = 0; i < english.size(); ++i)
        QVERIFY2(english[i] != translated[i], qPrintable(english[i]));
}

void TestFrame::theTitleNamesTheProject()
{
    open(project_->folder());
    QVERIFY(window_->windowTitle().startsWith(QStringLiteral("Small")));
}

void TestFrame::whatCannotBeOpenedIsSaid_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing there") << QString() << QByteArray() << QStringLiteral("gone");
    QTest::newRow("empty folder") << QStringLiteral("readme.txt") << QByteArray("x") << QStringLiteral("config.json");
    QTest::newRow("broken config") << QStringLiteral("config.json") << QByteArray("{") << QStringLiteral("config.json");
    QTest::newRow("unknown family") << QStringLiteral("config.json") << QByteArray(R"({"model_type": "other"})")
                                    << QStringLiteral("other");
    QTest::newRow("broken project") << QStringLiteral("project.json") << QByteArray(R"({"format": "x"})")
                                    << QStringLiteral("project.json");
}

void TestFrame::whatCannotBeOpenedIsSaid()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    QFETCH(QString, says);
    QTemporaryDir folder;
    QString path = folder.path();
    if (file.isEmpty()) {
        path += QStringLiteral("/gone");
    } else {
        QFile written(folder.filePath(file));
        QVERIFY(written.open(QIODevice::WriteOnly));
        written.write(content);
    }
    QSignalSpy failed(&window_->session(), &ProjectSession::failedToOpen);
    window_->open(path);
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 10000);
    QVERIFY(window_->pages().front()->isVisible());
    QString shown;
    for (const QLabel* label : window_->pages().front()->findChildren<QLabel*>(QStringLiteral("failed")))
        if (label->isVisible())
            shown += label->text();
    QVERIFY2(shown.contains(says), qPrintable(shown));
}

void TestFrame::theModelPageListsEverything()
{
    open(project_->folder());
    window_->showPage(QStringLiteral("model"));
    auto* modules = page(QStringLiteral("model"))->findChild<QTableView*>(QStringLiteral("moduleTable"));
    auto* tensors = page(QStringLiteral("model"))->findChild<QTableView*>(QStringLiteral("tensorTable"));
    QTRY_VERIFY_WITH_TIMEOUT(tensors->isVisible() && tensors->model()->rowCount() > 0, 10000);
    QAbstractItemModelTester moduleTester(modules->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester tensorTester(tensors->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(modules->model()->index(0, 0).data().toString(), QStringLiteral("q_proj"));
    QCOMPARE(modules->model()->index(0, 3).data().toString(), QStringLiteral("32"));
    QCOMPARE(tensors->model()->rowCount(), 3 * 9 + 2);
    // Names are long: they get the room that numbers do not need, and say themselves where that is not enough.
    const QHeaderView* header = tensors->horizontalHeader();
    QVERIFY(header->sectionSize(0) > header->length() / 2);
    for (int column = 1; column < header->count(); ++column)
        QVERIFY(header->sectionSize(column) >= header->sectionSizeHint(column));
    QCOMPARE(tensors->model()->index(0, 0).data(Qt::ToolTipRole), tensors->model()->index(0, 0).data());
    auto* search = page(QStringLiteral("model"))->findChild<QLineEdit*>(QStringLiteral("tensorSearch"));
    QTest::keyClicks(search, QStringLiteral("Q_PROJ"));
    QCOMPARE(tensors->model()->rowCount(), 3);
    QTest::keyClicks(search, QStringLiteral("?"));
    QCOMPARE(tensors->model()->rowCount(), 0);
    bool says = false;
    for (const QLabel* label : page(QStringLiteral("model"))->findChildren<QLabel*>())
        says |= label->isVisible() && label->text().startsWith(QStringLiteral("No tensor"));
    QVERIFY(says);
}

void TestFrame::aProjectWithoutItsModelSaysSo()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("project.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"format": "hilo.project/1", "name": "Lost", "model": {"path": "gone"}})");
    file.close();
    QDir(folder.path()).mkdir(QStringLiteral("runs"));
    open(folder.path());
    for (const QString& key : keys) {
        window_->showPage(key);
        QTest::qWait(10);
    }
    window_->showPage(QStringLiteral("model"));
    QString shown;
    for (const QLabel* label : page(QStringLiteral("model"))->findChildren<QLabel*>())
        if (label->isVisible())
            shown += label->text();
    QVERIFY2(shown.contains(QStringLiteral("gone")), qPrintable(shown));
}

void TestFrame::aProjectIsMadeInThreeSteps()
{
    QTemporaryDir place;
    static_cast<StartPage*>(window_->pages().front())->makeProject();
    auto* dialog = window_->findChild<NewProjectDialog*>();
    QVERIFY(dialog);
    const auto field = [dialog](const char* name) { return dialog->findChild<QLineEdit*>(QLatin1String(name)); };
    auto* create = dialog->findChild<QDialogButtonBox*>()->buttons().back();
    for (QAbstractButton* button : dialog->findChild<QDialogButtonBox*>()->buttons())
        if (button->text() == QLatin1String("Create project"))
            create = button;
    QVERIFY(!create->isEnabled());
    field("modelPath")->setText(place.filePath(QStringLiteral("gone")));
    const auto says = [dialog](const QString& text) {
        for (const QLabel* label : dialog->findChildren<QLabel*>())
            if (label->text().contains(text))
                return true;
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("gone")), 10000);
    field("modelPath")->setText(project_->model());
    QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("llama, 3 layer")), 10000);
    field("data.path")->setText(project_->folder() + QStringLiteral("/data"));
    field("projectName")->setText(QStringLiteral("My project"));
    field("projectPlace")->setText(place.path());
    QVERIFY(create->isEnabled());
    QSignalSpy opened(&window_->session(), &ProjectSession::opened);
    QTest::mouseClick(create, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 20000);
    QCOMPARE(window_->session().name(), QStringLiteral("My project"));
    QCOMPARE(window_->session().folder(), place.filePath(QStringLiteral("my-project")));
    QVERIFY(window_->session().model().has_value());
}

void TestFrame::droppedFoldersAreOpened()
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(project_->model())});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(window_.get(), &enter);
    QVERIFY(enter.isAccepted());
    QSignalSpy opened(&window_->session(), &ProjectSession::opened);
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(window_.get(), &drop);
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 20000);
    QVERIFY(window_->session().folder().isEmpty());
    QVERIFY(window_->session().model().has_value());
}

void TestFrame::droppedRowsAndMapsAreForWhatIsOpen()
{
    open(project_->folder());
    const auto drop = [this](const QString& path) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(window_.get(), &enter);
        QDropEvent event(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(window_.get(), &event);
    };
    QTemporaryDir folder;
    const QString rows = folder.filePath(QStringLiteral("rows.csv"));
    QFile file(rows);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("text,label\na,0\nb,1\n");
    file.close();
    const QString before = window_->session().path();
    const std::size_t maps = window_->session().maps().size();
    drop(rows);
    QCOMPARE(window_->session().path(), before);
    auto* page = window_->findChild<DataPage*>();
    QVERIFY(page->isVisible());
    QCOMPARE(page->projectData().tasks.back().data.path, rows.toStdString());
    const QString map = folder.filePath(QStringLiteral("other.map.json"));
    QVERIFY(writeAllocationMap(map.toStdString(), window_->session().maps().front()->map()).has_value());
    drop(map);
    QCOMPARE(window_->session().maps().size(), maps + 1);
}

void TestFrame::aModelThatWasMovedCanBeLocated()
{
    QTemporaryDir folder;
    const QString project = folder.filePath(QStringLiteral("p"));
    QVERIFY(Project::create(project.toStdString(), "p").has_value());
    auto file = readJsonFile(project.toStdString() + "/project.json");
    QVERIFY(file.has_value());
    (*file)["model"] = {{"path", "/nowhere/model"}};
    QVERIFY(writeJsonFile(project.toStdString() + "/project.json", *file).has_value());
    open(project);
    QVERIFY(!window_->session().model());
    QVERIFY(!window_->session().useModel(folder.path()));
    QVERIFY(!window_->session().model());
    QSignalSpy opened(&window_->session(), &ProjectSession::opened);
    QVERIFY(window_->session().useModel(project_->model()).has_value());
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 20000);
    QVERIFY(window_->session().model().has_value());
}

void TestFrame::recentProjectsAreListed()
{
    open(project_->folder());
    auto* recent = window_->findChild<QListWidget*>(QStringLiteral("recent"));
    QCOMPARE(recent->count(), 1);
    settings::addRecentPath(QStringLiteral("/gone/away"));
    static_cast<StartPage*>(window_->pages().front())->setRecent(settings::recentPaths());
    QCOMPARE(recent->count(), 2);
    QVERIFY(!(recent->item(0)->flags() & Qt::ItemIsEnabled));
    for (int i = 0; i < 20; ++i)
        settings::addRecentPath(QStringLiteral("/p%1").arg(i));
    QCOMPARE(settings::recentPaths().size(), 10);
    window_->showPage(QStringLiteral("start"));
    static_cast<StartPage*>(window_->pages().front())->setRecent({project_->folder()});
    recent->setFocus();
    recent->setCurrentRow(0);
    QSignalSpy opened(&window_->session(), &ProjectSession::opened);
    QTest::keyClick(recent, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 20000);
}

void TestFrame::projectFilesOpenTheirFolder()
{
    open(project_->folder() + QStringLiteral("/project.json"));
    QCOMPARE(QDir(window_->session().folder()).canonicalPath(), QDir(project_->folder()).canonicalPath());
}

void TestFrame::watchdogSeesASlowEvent()
{
    auto* application = qobject_cast<WatchedApplication*>(qApp);
    QVERIFY(application);
    application->forget();
    QTimer::singleShot(0, this, [] {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 120)
            ;
    });
    QTest::qWait(300);
    QVERIFY(application->slowByWall() >= 1);
    QVERIFY(application->worst().wallMilliseconds >= 100);
    application->forget();
    QCOMPARE(application->slowByWall(), 0);
}

HILO_WINDOW_TEST_MAIN(TestFrame)
#include "test_frame.moc"
