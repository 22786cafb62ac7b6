// SPDX-License-Identifier: GPL-3.0-or-later
// Models by name: the dialog that fetches them, with a stand-in for hilo, the names of a cache, two models compared.
#include "base/json.h"
#include "cached_names.h"
#include "formats/inspection.h"
#include "model/comparison_dialog.h"
#include "program_runner.h"
#include "start/fetch_dialog.h"
#include "start/new_project_dialog.h"
#include "window_helpers.h"
#include "work_bench.h"

#include <QAbstractItemModel>
#include <QCheckBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>

using namespace hilo;

class TestModels : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void cleanup() { qputenv("FAKE_HILO", "well"); }
    void nothingIsAskedOfNamesThatAreNone();
    void whatWouldComeIsSaid();
    void whatIsFetchedIsGivenByNameAndFolder();
    void aFetchCanBeCancelled();
    void anErrorIsShownAndCanBeTriedAgain();
    void namesOfTheCacheAreOffered();
    void aModelOfTheCacheIsOpenedByItsName();
    void twoModelsAreCompared();
};

namespace {

void type(FetchDialog& dialog, const QString& name, const QString& patterns = {})
{
    byName<QLineEdit>(&dialog, QStringLiteral("Name at the hub"))->setText(name);
    byName<QLineEdit>(&dialog, QStringLiteral("Only files that fit"))->setText(patterns);
}

/// A cache with a model, of which the snapshot is the small project's.
std::unique_ptr<QTemporaryDir> makeCache(const QString& model)
{
    auto cache = std::make_unique<QTemporaryDir>();
    const QString commit(40, QLatin1Char('a'));
    const QDir root(cache->filePath(QStringLiteral("models--some-org--Tiny-Model")));
    root.mkpath(QStringLiteral("refs"));
    root.mkpath(QStringLiteral("snapshots/") + commit);
    for (const char* revision : {"main", "v2"}) {
        QFile file(root.filePath(QStringLiteral("refs/") + QLatin1String(revision)));
        if (file.open(QIODevice::WriteOnly))
            file.write(commit.toUtf8());
    }
    for (const QFileInfo& file : QDir(model).entryInfoList(QDir::Files))
        QFile::copy(file.filePath(), root.filePath(QStringLiteral("snapshots/%1/%2").arg(commit, file.fileName())));
    return cache;
}

} // namespace

void TestModels::nothingIsAskedOfNamesThatAreNone()
{
    WorkBench bench;
    FetchDialog dialog(RepositoryKind::Model);
    dialog.show();
    for (const char* name : {"", "only", "a/b/c", "-a/b", "a/b@"}) {
        type(dialog, QLatin1String(name));
        QVERIFY2(!buttonWithText(&dialog, QStringLiteral("Fetch"))->isEnabled(), name);
        QVERIFY2(!buttonWithText(&dialog, QStringLiteral("What would come"))->isEnabled(), name);
    }
    type(dialog, QStringLiteral(" some-org/Tiny-Model@v2 "), QStringLiteral("*Q4* config.json"));
    QVERIFY(buttonWithText(&dialog, QStringLiteral("Fetch"))->isEnabled());
    QCOMPARE(dialog.arguments(false).join(QLatin1Char(' ')),
             QStringLiteral("fetch some-org/Tiny-Model@v2 --include *Q4* --include config.json"));
    QVERIFY(visibleText(dialog).contains(QStringLiteral("hilo fetch some-org/Tiny-Model@v2")));
    FetchDialog data(RepositoryKind::Dataset);
    type(data, QStringLiteral("some-org/rows"));
    QCOMPARE(data.arguments(true).join(QLatin1Char(' ')), QStringLiteral("fetch some-org/rows --dataset --dry-run"));
}

void TestModels::whatWouldComeIsSaid()
{
    WorkBench bench;
    FetchDialog dialog(RepositoryKind::Model);
    dialog.show();
    QSignalSpy fetched(&dialog, &FetchDialog::fetched);
    type(dialog, QStringLiteral("some-org/Tiny-Model"));
    buttonWithText(&dialog, QStringLiteral("What would come"))->click();
    QVERIFY(!buttonWithText(&dialog, QStringLiteral("Fetch"))->isEnabled());
    QTRY_VERIFY(visibleText(dialog).contains(QStringLiteral(", 3.00 MiB; 1.00 MiB would be fetched.")));
    QVERIFY(visibleText(dialog).contains(QStringLiteral("Stays at the hub: old.bin.")));
    QVERIFY(buttonWithText(&dialog, QStringLiteral("Fetch"))->isEnabled());
    QCOMPARE(fetched.count(), 0);
}

void TestModels::whatIsFetchedIsGivenByNameAndFolder()
{
    WorkBench bench;
    FetchDialog dialog(RepositoryKind::Model);
    dialog.show();
    QSignalSpy fetched(&dialog, &FetchDialog::fetched);
    dialog.setName(QStringLiteral("some-org/Tiny-Model"));
    buttonWithText(&dialog, QStringLiteral("Fetch"))->click();
    QTRY_COMPARE(fetched.count(), 1);
    QCOMPARE(fetched.first().at(0).toString(), QStringLiteral("some-org/Tiny-Model"));
    QCOMPARE(fetched.first().at(1).toString(), QStringLiteral("/cache/snapshot"));
    QVERIFY(!dialog.isVisible());
}

void TestModels::aFetchCanBeCancelled()
{
    WorkBench bench;
    qputenv("FAKE_HILO", "hang");
    FetchDialog dialog(RepositoryKind::Model);
    dialog.show();
    QSignalSpy fetched(&dialog, &FetchDialog::fetched);
    dialog.setName(QStringLiteral("some-org/Tiny-Model"));
    buttonWithText(&dialog, QStringLiteral("Fetch"))->click();
    QTRY_VERIFY(visibleText(dialog).contains(QStringLiteral("1 of 4")));
    buttonWithText(&dialog, QStringLiteral("Cancel"))->click();
    QTRY_VERIFY(buttonWithText(&dialog, QStringLiteral("Fetch"))->isEnabled());
    QVERIFY(dialog.isVisible());
    // A dialog that is closed takes its program with it.
    buttonWithText(&dialog, QStringLiteral("Fetch"))->click();
    dialog.reject();
    QVERIFY(!dialog.findChild<ProgramRunner*>()->isRunning());
    QCOMPARE(fetched.count(), 0);
}

void TestModels::anErrorIsShownAndCanBeTriedAgain()
{
    WorkBench bench;
    qputenv("FAKE_HILO", "refuse");
    FetchDialog dialog(RepositoryKind::Model);
    dialog.show();
    dialog.setName(QStringLiteral("some-org/Tiny-Model"));
    buttonWithText(&dialog, QStringLiteral("Fetch"))->click();
    QTRY_VERIFY(visibleText(dialog).contains(QStringLiteral("the file is cut off")));
    QVERIFY(buttonWithText(&dialog, QStringLiteral("Fetch"))->isEnabled());
    qputenv("FAKE_HILO", "well");
    QSignalSpy fetched(&dialog, &FetchDialog::fetched);
    buttonWithText(&dialog, QStringLiteral("Fetch"))->click();
    QTRY_COMPARE(fetched.count(), 1);
}

void TestModels::namesOfTheCacheAreOffered()
{
    const auto project = makeSmallProject();
    const auto cache = makeCache(project->model());
    qputenv("HF_HUB_CACHE", cache->path().toUtf8());
    QCOMPARE(cachedNames(RepositoryKind::Model),
             QStringList({QStringLiteral("some-org/Tiny-Model"), QStringLiteral("some-org/Tiny-Model@v2")}));
    QVERIFY(cachedNames(RepositoryKind::Dataset).isEmpty());
    NewProjectDialog dialog;
    dialog.show();
    auto* model = dialog.findChild<QLineEdit*>(QStringLiteral("modelPath"));
    QTRY_VERIFY(model->completer());
    model->completer()->setCompletionPrefix(QStringLiteral("tiny"));
    QCOMPARE(model->completer()->completionCount(), 2);
    // The name alone is enough.
    model->setText(QStringLiteral("some-org/Tiny-Model@v2"));
    QTRY_VERIFY_WITH_TIMEOUT(visibleText(dialog).contains(QStringLiteral("llama, 3 layer")), 10000);
    QCOMPARE(dialog.findChild<QLineEdit*>(QStringLiteral("projectName"))->text(), QStringLiteral("Tiny-Model"));
    model->setText(QStringLiteral("some-org/other"));
    QTRY_VERIFY_WITH_TIMEOUT(visibleText(dialog).contains(QStringLiteral("hilo fetch some-org/other")), 10000);
    qunsetenv("HF_HUB_CACHE");
}

void TestModels::aModelOfTheCacheIsOpenedByItsName()
{
    const auto project = makeSmallProject();
    const auto cache = makeCache(project->model());
    qputenv("HF_HUB_CACHE", cache->path().toUtf8());
    const auto window = makeWindow();
    QVERIFY(openAndWait(*window, QStringLiteral("some-org/Tiny-Model")));
    QVERIFY(window->session().model().has_value());
    QSignalSpy failed(&window->session(), &ProjectSession::failedToOpen);
    window->open(QStringLiteral("some-org/other"));
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed.first().first().toString().contains(QStringLiteral("hilo fetch some-org/other")));
    qunsetenv("HF_HUB_CACHE");
}

void TestModels::twoModelsAreCompared()
{
    const auto project = makeSmallProject();
    const auto cache = makeCache(project->model());
    qputenv("HF_HUB_CACHE", cache->path().toUtf8());
    const auto inspection = inspectModel(*openModel(project->model().toStdString()));
    QVERIFY(inspection);
    ComparisonDialog dialog(*inspection);
    dialog.show();
    dialog.setOther(QStringLiteral("some-org/Tiny-Model"));
    QTRY_VERIFY_WITH_TIMEOUT(visibleText(dialog).contains(QStringLiteral("Allocation maps of one fit the other.")),
                             10000);
    auto* table = dialog.findChild<QTableView*>();
    QVERIFY(table->model()->rowCount() > 10);
    dialog.findChild<QCheckBox*>()->setChecked(true);
    QCOMPARE(table->model()->rowCount(), 0);
    dialog.findChild<QCheckBox*>()->setChecked(false);
    // What is no model leaves no numbers of another one behind.
    dialog.setOther(QStringLiteral("some-org/other"));
    QTRY_VERIFY_WITH_TIMEOUT(visibleText(dialog).contains(QStringLiteral("hilo fetch some-org/other")), 10000);
    QCOMPARE(table->model()->rowCount(), 0);
    qunsetenv("HF_HUB_CACHE");
}

QTEST_MAIN(TestModels)
#include "test_models.moc"
