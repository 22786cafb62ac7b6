// SPDX-License-Identifier: GPL-3.0-or-later
// The window as a whole in every language: what fits, what is said, what can be asked for by its name.
#include "allocation/map_picture.h"
#include "allocation/strategy_panel.h"
#include "base/file_lock.h"
#include "common/command_palette.h"
#include "page.h"
#include "project/project.h"
#include "runs/other_work.h"
#include "spoken_names.h"
#include "start/new_project_dialog.h"
#include "watched_application.h"
#include "window/application_setup.h"
#include "window/preferences_dialog.h"
#include "window_helpers.h"

#include <QAction>
#include <QDir>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTranslator>
#include <QtTest/QtTest>

using namespace hilo;

namespace {

/// A language of the interface for as long as it lives; empty or "en": as written.
class InLanguage
{
  public:
    explicit InLanguage(const QString& language)
    {
        if (!language.isEmpty() && language != QLatin1String("en") &&
            translator_.load(QStringLiteral(":/translations/hilo_%1.qm").arg(language)))
            QCoreApplication::installTranslator(&translator_);
    }
    ~InLanguage() { QCoreApplication::removeTranslator(&translator_); }
    InLanguage(const InLanguage&) = delete;
    InLanguage& operator=(const InLanguage&) = delete;

  private:
    QTranslator translator_;
};

void addLanguages()
{
    QTest::addColumn<QString>("language");
    for (const QString& language : interfaceLanguages())
        QTest::newRow(qPrintable(language)) << language;
}

} // namespace

class TestWindow : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void nothingIsClippedInASmallWindow_data();
    void nothingIsClippedInASmallWindow();
    void hintsInFieldsAreWhole_data();
    void hintsInFieldsAreWhole();
    void everyMenuEntryHasWords();
    void thePreviewIsNotThatOfTheLastProject();
    void otherProjectsThatTrainAreSaid();
    void commandsAreFoundAndDone();
    void shortcutsAreListed();

  private:
    void open(const QString& path);
    Page* page(const QString& key) const;

    std::unique_ptr<SmallProject> project_;
    std::unique_ptr<MainWindow> window_;
};

void TestWindow::initTestCase()
{
    project_ = makeSmallProject();
}

void TestWindow::init()
{
    QSettings().clear();
    window_ = std::make_unique<MainWindow>();
    window_->resize(1440, 900);
    window_->show();
    QVERIFY(QTest::qWaitForWindowActive(window_.get())); // shortcuts go to the active window only
}

void TestWindow::cleanup()
{
    window_.reset();
}

void TestWindow::open(const QString& path)
{
    QVERIFY(openAndWait(*window_, path));
}

Page* TestWindow::page(const QString& key) const
{
    for (Page* page : window_->pages())
        if (page->key() == key)
            return page;
    return nullptr;
}

void TestWindow::nothingIsClippedInASmallWindow_data()
{
    addLanguages();
}

void TestWindow::nothingIsClippedInASmallWindow()
{
    QFETCH(QString, language);
    const InLanguage words(language);
    window_.reset();
    window_ = std::make_unique<MainWindow>();
    window_->show();
    open(project_->folder());
    // What the pages show is there, before the window is made small and after it.
    window_->showPage(QStringLiteral("model"));
    auto* tensors = window_->findChild<QTableView*>(QStringLiteral("tensorTable"));
    QTRY_VERIFY_WITH_TIMEOUT(tensors->model()->rowCount() > 0, 10000);
    window_->resize(1024, 700);
    for (const Page* shown : window_->pages()) {
        const QString key = shown->key();
        window_->showPage(key);
        QTest::qWait(50);
        QVERIFY2(window_->width() <= 1024 && window_->height() <= 700,
                 qPrintable(QStringLiteral("%1 needs %2 × %3").arg(key).arg(window_->width()).arg(window_->height())));
        for (const QPushButton* button : page(key)->findChildren<QPushButton*>())
            if (button->isVisible())
                QVERIFY2(button->width() >= std::min(button->sizeHint().width(), button->minimumSizeHint().width()),
                         qPrintable(key + QLatin1Char(' ') + button->text()));
    }
}

void TestWindow::hintsInFieldsAreWhole_data()
{
    addLanguages();
}

void TestWindow::hintsInFieldsAreWhole()
{
    QFETCH(QString, language);
    const InLanguage words(language);
    NewProjectDialog dialog;
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    int hints = 0;
    for (const QLineEdit* edit : dialog.findChildren<QLineEdit*>()) {
        if (!edit->isVisible() || edit->placeholderText().isEmpty())
            continue;
        ++hints;
        QVERIFY2(edit->fontMetrics().horizontalAdvance(edit->placeholderText()) <= edit->width() - 10,
                 qPrintable(edit->placeholderText()));
    }
    QVERIFY(hints > 0);
}

void TestWindow::everyMenuEntryHasWords()
{
    open(project_->folder());
    for (const Page* shown : window_->pages()) {
        const QString key = shown->key();
        window_->showPage(key);
        for (const QMenu* menu : window_->menuBar()->findChildren<QMenu*>())
            for (const QAction* action : menu->actions())
                QVERIFY2(action->isSeparator() || !action->text().isEmpty(),
                         qPrintable(key + QLatin1Char(' ') + menu->title() + QLatin1Char(' ') +
                                    action->shortcut().toString()));
    }
}

void TestWindow::thePreviewIsNotThatOfTheLastProject()
{
    open(project_->folder());
    auto* panel = window_->findChild<StrategyPanel*>();
    QVERIFY(panel);
    QTRY_VERIFY_WITH_TIMEOUT(panel->preview().has_value(), 10000);
    const auto texts = [panel] {
        QStringList shown;
        for (const QLabel* label : panel->findChildren<QLabel*>())
            shown << label->text();
        return shown.join(QLatin1Char('\n'));
    };
    QTRY_VERIFY(texts().contains(QStringLiteral("Preview:")));
    QTemporaryDir folder;
    const QString empty = folder.filePath(QStringLiteral("empty"));
    QVERIFY(Project::create(empty.toStdString(), "empty").has_value());
    open(empty);
    QVERIFY(!panel->preview());
    QVERIFY2(!texts().contains(QStringLiteral("Preview:")), qPrintable(texts()));
    QVERIFY(!panel->findChild<MapPicture*>()->isVisibleTo(panel));
}

void TestWindow::otherProjectsThatTrainAreSaid()
{
    QTemporaryDir folder;
    const QString other = folder.filePath(QStringLiteral("other-project"));
    QVERIFY(Project::create(other.toStdString(), "other").has_value());
    open(other);
    open(project_->folder());
    const auto says = [this](const QString& text) {
        for (const QLabel* label : window_->findChildren<QLabel*>())
            if (label->text().contains(text))
                return true;
        return false;
    };
    QVERIFY(says(QStringLiteral("Queue: empty")));
    QVERIFY(!says(QStringLiteral("other-project is training")));
    QDir(other).mkpath(QStringLiteral(".slots"));
    const auto held = FileLock::tryAcquire(other.toStdString() + "/.slots/worker-cpu.lock");
    QVERIFY(held.has_value() && held->has_value());
    QCOMPARE(servedProjects({other, project_->folder()}), QStringList{other});
    window_->findChild<OtherWork*>()->look();
    QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("other-project is training")), 10000);
}

void TestWindow::commandsAreFoundAndDone()
{
    open(project_->folder());
    window_->showPage(QStringLiteral("start"));
    const auto ask = [this](const QString& text) {
        window_->activateWindow(); // shortcuts go to the active window only
        if (!QTest::qWaitForWindowActive(window_.get()))
            return QStringLiteral("the window is not active");
        QTest::keyClick(window_.get(), Qt::Key_K, Qt::ControlModifier);
        auto* palette = window_->findChild<CommandPalette*>();
        if (!palette)
            return QString();
        QTest::keyClicks(&palette->search(), text);
        const QString first = palette->model().rowCount() > 0 ? palette->model().at(0).title : QString();
        QTest::keyClick(&palette->search(), Qt::Key_Return);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QTest::qWait(20);
        return first;
    };
    // A page, a map, a run's action, a preference, a strategy: by letters, without the mouse.
    QCOMPARE(ask(QStringLiteral("complex")), QStringLiteral("Complexity"));
    QVERIFY(page(QStringLiteral("complexity"))->isVisible());
    const QString map = QString::fromStdString(window_->session().maps().back()->map().name);
    QCOMPARE(ask(map + QStringLiteral(" map")), map);
    QVERIFY(page(QStringLiteral("allocation"))->isVisible());
    QCOMPARE(ask(QStringLiteral("font size")), QStringLiteral("Font size"));
    auto* preferences = window_->findChild<PreferencesDialog*>();
    QVERIFY(preferences);
    preferences->reject();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(!ask(QStringLiteral("alphalora")).isEmpty());
    auto* reference = window_->findChild<QDialog*>(QStringLiteral("referenceDialog"));
    QVERIFY(reference && reference->isVisible());
    reference->close();
    QVERIFY(ask(QStringLiteral("no such thing at all")).isEmpty());
    auto* palette = window_->findChild<CommandPalette*>();
    QVERIFY(palette && palette->isVisible()); // nothing was done
    QCOMPARE(controlsWithoutName(palette), QStringList());
    QTest::keyClick(&palette->search(), Qt::Key_Escape);
    QVERIFY(!palette->isVisible());
}

void TestWindow::shortcutsAreListed()
{
    QTest::keyClick(window_.get(), Qt::Key_Question, Qt::ControlModifier);
    auto* dialog = window_->findChild<QDialog*>(QStringLiteral("shortcutDialog"));
    QVERIFY(dialog);
    QCOMPARE(controlsWithoutName(dialog), QStringList());
    auto* table = dialog->findChild<QTableView*>();
    const int all = table->model()->rowCount();
    QVERIFY(all > 30);
    QStringList seen;
    for (int row = 0; row < all; ++row)
        seen << table->model()->index(row, 2).data().toString();
    for (const char* keys : {"Ctrl+K", "Ctrl+1", "Ctrl+0", "F9", "Ctrl+Shift+T"})
        QVERIFY2(seen.contains(QLatin1String(keys)), keys);
    dialog->findChild<QLineEdit*>()->setText(QStringLiteral("inspector"));
    QCOMPARE(table->model()->rowCount(), 1);
    dialog->reject();
}

HILO_WINDOW_TEST_MAIN(TestWindow)
#include "test_window.moc"
