// SPDX-License-Identifier: GPL-3.0-or-later
// The page Try, with a stand-in for hilo.
#include "common/theme.h"
#include "pages/try_page.h"
#include "playground/token_view.h"
#include "playground/try_column.h"
#include "window_helpers.h"
#include "work_bench.h"

#include <QPushButton>
#include <QtTest/QtTest>

using namespace hilo;

class TestTryPage : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void tryStreamsAndColours();
    void tryOutlivesBadWorkers_data();
    void tryOutlivesBadWorkers();
    void tryCanBeStopped();
    void emptyPanesSayWhatComes();
    void aPictureShowsThePageAtWork();
    void colourChipsFollowTheTheme();
};

void TestTryPage::tryStreamsAndColours()
{
    WorkBench bench;
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
    QVERIFY(!byName<QPushButton>(&page, QStringLiteral("Generate"))->isEnabled());
    QVERIFY(visibleText(page).contains(QStringLiteral("no weights")));
}

void TestTryPage::tryOutlivesBadWorkers_data()
{
    QTest::addColumn<QByteArray>("behaviour");
    QTest::addColumn<QString>("said");
    QTest::newRow("crash") << QByteArray("crash") << QStringLiteral("ended unexpectedly");
    QTest::newRow("garbage") << QByteArray("garbage") << QStringLiteral("this is no JSON");
    QTest::newRow("flood") << QByteArray("flood") << QString();
    QTest::newRow("refuse") << QByteArray("refuse") << QStringLiteral("cut off");
}

void TestTryPage::tryOutlivesBadWorkers()
{
    QFETCH(QByteArray, behaviour);
    QFETCH(QString, said);
    WorkBench bench;
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

void TestTryPage::tryCanBeStopped()
{
    WorkBench bench;
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

void TestTryPage::emptyPanesSayWhatComes()
{
    WorkBench bench;
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

void TestTryPage::aPictureShowsThePageAtWork()
{
    WorkBench bench;
    bench.addAdapter("one");
    QVERIFY(bench.open());
    TryPage page(bench.context());
    bringUp(page);
    const auto columns = page.findChildren<TryColumn*>();
    for (const std::size_t i : {1, 2})
        columns[i]->setAdapters(
            {{QStringLiteral("one"), QString::fromStdString(bench.path("project/runs/one").string())}});
    page.demonstrate();
    QVERIFY(page.isDemonstrating());
    QVERIFY(columns[1]->isWanted());
    QVERIFY(!columns[2]->isWanted()); // there is no second adapter
    // Here the model has no weights or the project no data: it ends instead of being waited for.
    QTRY_VERIFY(!page.isDemonstrating());
}

void TestTryPage::colourChipsFollowTheTheme()
{
    WorkBench bench;
    QVERIFY(bench.open());
    TryPage page(bench.context());
    bringUp(page);
    TryColumn& column = *page.findChildren<TryColumn*>()[0];
    column.start({});
    QTRY_VERIFY(!column.isRunning());
    for (const Theme::Kind kind : {Theme::Kind::Dark, Theme::Kind::Light}) {
        Theme::instance().setKind(kind);
        const QString chips = byName<QLabel>(&column, QStringLiteral("Shares of the experts"))->text();
        QVERIFY2(chips.contains(TokenView::expertColour(1).name()), qPrintable(chips));
    }
}

QTEST_MAIN(TestTryPage)
#include "test_try_page.moc"
