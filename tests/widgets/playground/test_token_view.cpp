// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/colour_map.h"
#include "common/theme.h"
#include "playground/token_view.h"

#include <QtTest/QtTest>

using namespace hilo;

class TestTokenView : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void coloursByTheChosenPlace();
    void textIsReadableOnEveryExpert_data();
    void textIsReadableOnEveryExpert();
    void takesNoNonsense();
    void aConversationIsWhatHiloIsTold();
    void turnsStandAboveTheAnswer();
};

void TestTokenView::coloursByTheChosenPlace()
{
    TokenView view;
    view.setPlace(1, QStringLiteral("q_proj"));
    view.start({{0, QStringLiteral("q_proj"), 2}, {1, QStringLiteral("q_proj"), 3}});
    view.addToken(0, QStringLiteral("a"), true);
    view.addToken(1, QStringLiteral(" bird"), false);
    view.addToken(2, QStringLiteral(" sings"), false);
    view.setExperts(0, {{{0, 1.0}}, {{2, 0.6}, {1, 0.4}}});
    view.setExperts(1, {{{1, 1.0}}, {{1, 1.0}}});
    QCOMPARE(view.shares(), (std::vector<double>{0, 0.5, 0.5}));
    QCOMPARE(view.textOf(0), QStringLiteral("a: expert 2 (60 %), expert 1 (40 %)"));
    QVERIFY(view.textOf(2).contains(QStringLiteral("not read yet")));
    QCOMPARE(view.generatedText(), QStringLiteral(" bird sings"));
    QTRY_COMPARE(view.toPlainText(), QStringLiteral("a2 bird1 sings"));
    QTextCursor cursor(view.document());
    cursor.setPosition(1);
    QCOMPARE(cursor.charFormat().background().color(), TokenView::expertColour(2));
    cursor.setPosition(view.toPlainText().size());
    QVERIFY(cursor.charFormat().background().style() == Qt::NoBrush);

    view.setPlace(0, QStringLiteral("q_proj"));
    QCOMPARE(view.shares(), (std::vector<double>{0.5, 0.5}));
    view.setNumbersShown(false);
    QTRY_COMPARE(view.toPlainText(), QStringLiteral("a bird sings"));
    view.setPlace(0, QStringLiteral("v_proj"));
    QVERIFY(view.shares().empty());
}

void TestTokenView::textIsReadableOnEveryExpert_data()
{
    QTest::addColumn<Theme::Kind>("kind");
    QTest::newRow("light") << Theme::Kind::Light;
    QTest::newRow("dark") << Theme::Kind::Dark;
}

void TestTokenView::textIsReadableOnEveryExpert()
{
    QFETCH(Theme::Kind, kind);
    Theme::instance().setKind(kind);
    for (int expert = 0; expert < 12; ++expert) {
        const double contrast = contrastRatio(TokenView::expertColour(expert), Theme::instance().colours().text);
        QVERIFY2(contrast >= 4.5, qPrintable(QStringLiteral("expert %1: %2").arg(expert).arg(contrast)));
    }
}

void TestTokenView::takesNoNonsense()
{
    TokenView view;
    view.start({{0, QStringLiteral("q_proj"), -4}});
    view.setPlace(0, QStringLiteral("q_proj"));
    view.addToken(-1, QStringLiteral("x"), false);
    view.addToken(qint64{1} << 40, QStringLiteral("x"), false);
    view.setExperts(7, {});
    view.addToken(0, QStringLiteral("x"), false);
    view.setExperts(0, {{{99, 1.0}}});
    QVERIFY(view.shares().empty());
    QVERIFY(view.textOf(5).isEmpty());
}

void TestTokenView::aConversationIsWhatHiloIsTold()
{
    Conversation talk;
    QVERIFY(talk.messages().empty());
    QVERIFY(!talk.reopen());
    talk.setSystem(QStringLiteral("Be short."));
    QVERIFY(talk.turns().empty()); // nothing has been said yet
    talk.ask(QStringLiteral("Name a tree."));
    QCOMPARE(talk.messages(), Json::parse(R"([{"role": "system", "content": "Be short."},
                                              {"role": "user", "content": "Name a tree."}])"));
    talk.answer(QStringLiteral(" Oak."));
    talk.ask(QStringLiteral("Not answered."));
    talk.ask(QStringLiteral("Another?"));
    // A question that this model did not answer is no part of what it is told.
    QCOMPARE(talk.messages(), Json::parse(R"([{"role": "system", "content": "Be short."},
                                              {"role": "user", "content": "Name a tree."},
                                              {"role": "assistant", "content": " Oak."},
                                              {"role": "user", "content": "Another?"}])"));
    talk.answer(QStringLiteral("Elm."));
    QCOMPARE(talk.turns().size(), std::size_t{6});
    // To be answered once more: the old answer is gone from what is told and shown.
    QVERIFY(talk.reopen());
    QCOMPARE(talk.turns().size(), std::size_t{5});
    QCOMPARE(talk.messages().back()["content"], Json("Another?"));
    talk.removeLast();
    QCOMPARE(talk.lastQuestion(), QStringLiteral("Not answered."));
    talk.setSystem({});
    QCOMPARE(talk.messages().front()["role"], Json("user"));
    talk.clear();
    QVERIFY(talk.isEmpty() && talk.messages().empty());
}

void TestTokenView::turnsStandAboveTheAnswer()
{
    TokenView view;
    view.setTurns({{ChatTurn::Role::System, QStringLiteral("Be short.")},
                   {ChatTurn::Role::User, QStringLiteral("Name a tree.")}});
    view.start({{0, QStringLiteral("q_proj"), 2}});
    view.setPlace(0, QStringLiteral("q_proj"));
    view.setNumbersShown(false);
    view.addToken(0, QStringLiteral("<|im_start|>"), true);
    view.addToken(1, QStringLiteral("Oak"), false);
    view.setExperts(1, {{{1, 1.0}}});
    const QString wanted = QStringLiteral("System prompt\nBe short.\nYou\nName a tree.\nAssistant\nOak");
    QTRY_COMPARE(view.toPlainText(), wanted);
    // The answer has its experts' colours, and nothing of the template is told of.
    QTextCursor cursor(view.document());
    cursor.setPosition(static_cast<int>(wanted.size()));
    QCOMPARE(cursor.charFormat().background().color(), TokenView::expertColour(1));
    QCOMPARE(view.generatedText(), QStringLiteral("Oak"));
    view.setTurns({});
    QTRY_COMPARE(view.toPlainText(), QStringLiteral("<|im_start|>Oak"));
}

QTEST_MAIN(TestTokenView)
#include "test_token_view.moc"
