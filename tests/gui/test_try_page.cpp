// SPDX-License-Identifier: GPL-3.0-or-later
// The page Try, with a stand-in for hilo.
#include "common/theme.h"
#include "pages/try_page.h"
#include "playground/token_view.h"
#include "playground/try_column.h"
#include "window_helpers.h"
#include "work_bench.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
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
    void aConversationGoesOn();
    void aModelWithoutTurnsSaysSo();
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

void TestTryPage::aConversationGoesOn()
{
    WorkBench bench;
    bench.addAdapter("one");
    bench.makeChatModel("{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}<assistant>");
    const QString told = QString::fromStdString(bench.path("told.ndjson").string());
    qputenv("FAKE_MESSAGES", told.toUtf8());
    QVERIFY(bench.open());
    TryPage page(bench.context());
    bringUp(page);
    auto* chat = page.findChild<QCheckBox*>();
    for (QCheckBox* box : page.findChildren<QCheckBox*>())
        if (box->text() == QStringLiteral("&Conversation"))
            chat = box;
    QTRY_VERIFY_WITH_TIMEOUT(chat->isEnabled(), 20000);
    auto* system = byName<QPlainTextEdit>(&page, QStringLiteral("System prompt"));
    QVERIFY(!system->isVisible());
    QTest::keyClick(chat, Qt::Key_Space);
    QVERIFY(system->isVisible());
    auto* message = byName<QPlainTextEdit>(&page, QStringLiteral("Message"));
    auto* send = buttonWithText(&page, QStringLiteral("Send"));
    QVERIFY(message && send);
    QVERIFY(!send->isEnabled());
    system->setPlainText(QStringLiteral("Be short."));
    const auto columns = page.findChildren<TryColumn*>();
    const auto say = [&](const QString& text) {
        message->setPlainText(text);
        QTest::mouseClick(send, Qt::LeftButton);
        QVERIFY(message->toPlainText().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!buttonWithText(&page, QStringLiteral("Stop"))->isEnabled(), 20000);
    };
    say(QStringLiteral("Name an animal."));
    say(QStringLiteral("Another one?"));
    const auto lastTold = [&told] {
        QFile file(told);
        [[maybe_unused]] const bool isOpen = file.open(QIODevice::ReadOnly);
        // Documents of several lines, one after another.
        const QByteArray all = file.readAll();
        return Json::parse(all.mid(all.lastIndexOf("[\n")).toStdString());
    };
    QCOMPARE(lastTold(), Json::parse(R"([{"role": "system", "content": "Be short."},
                                         {"role": "user", "content": "Name an animal."},
                                         {"role": "assistant", "content": " bird"},
                                         {"role": "user", "content": "Another one?"}])"));
    // What is written is shown a moment later.
    const auto shown = [&columns] { return columns[0]->view().toPlainText(); };
    QTRY_COMPARE_WITH_TIMEOUT(shown().count(QStringLiteral("Assistant")), 2, 20000);
    QVERIFY2(shown().contains(QStringLiteral("Name an animal.")), qPrintable(shown()));
    // A column without an adapter was asked nothing.
    QVERIFY(!columns[1]->isWanted());
    // Once more: with another seed where there is chance.
    byName<QDoubleSpinBox>(&page, QStringLiteral("Temperature"))->setValue(0.7);
    const int seed = byName<QSpinBox>(&page, QStringLiteral("Seed"))->value();
    QTest::mouseClick(buttonWithText(&page, QStringLiteral("Answer again")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!buttonWithText(&page, QStringLiteral("Stop"))->isEnabled(), 20000);
    QCOMPARE(byName<QSpinBox>(&page, QStringLiteral("Seed"))->value(), seed + 1);
    QCOMPARE(lastTold().size(), std::size_t{4});
    // An adapter that joins later is told what it was asked itself.
    QVERIFY(columns[1]->choose(QString::fromStdString(bench.path("project/runs/one").string())) || true);
    say(QStringLiteral("And a plant?"));
    QCOMPARE(lastTold().size(), std::size_t{2});
    // The last turn comes back into the message.
    QTest::mouseClick(buttonWithText(&page, QStringLiteral("Remove last turn")), Qt::LeftButton);
    QCOMPARE(message->toPlainText(), QStringLiteral("And a plant?"));
    QVERIFY(!columns[0]->view().toPlainText().contains(QStringLiteral("And a plant?")));
    QTest::mouseClick(buttonWithText(&page, QStringLiteral("Clear")), Qt::LeftButton);
    QVERIFY(columns[0]->view().toPlainText().isEmpty());
    QVERIFY(!buttonWithText(&page, QStringLiteral("Clear"))->isEnabled());
    QCOMPARE(system->toPlainText(), QStringLiteral("Be short."));
    qunsetenv("FAKE_MESSAGES");
}

void TestTryPage::aModelWithoutTurnsSaysSo()
{
    WorkBench bench;
    QVERIFY(bench.open());
    TryPage page(bench.context());
    bringUp(page);
    QTRY_VERIFY_WITH_TIMEOUT(visibleText(page).contains(QStringLiteral("no chat template")), 20000);
    for (QCheckBox* box : page.findChildren<QCheckBox*>())
        if (box->text() == QStringLiteral("&Conversation"))
            QVERIFY(!box->isEnabled());
}

QTEST_MAIN(TestTryPage)
#include "test_try_page.moc"
