// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/colour_map.h"
#include "common/fact_label.h"
#include "common/numbers.h"
#include "common/theme.h"
#include "common/wheel_guard.h"

#include <QComboBox>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <QtTest/QtTest>
#include <QtTest/qtestspontaneevent.h>

#include <cmath>

using namespace hilo;

class TestCommon : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void cividisRunsFromDarkBlueToYellow();
    void textOnEveryCellIsReadable();
    void themeTextsAreReadable_data();
    void themeTextsAreReadable();
    void numbersCarryUnits_data();
    void numbersCarryUnits();
    void factsAreAsLargeAsTheirText();
    void theWheelScrollsAFormAndChangesNothingInIt();
};

void TestCommon::cividisRunsFromDarkBlueToYellow()
{
    QCOMPARE(cividis(0), QColor(0x00, 0x20, 0x4D));
    QCOMPARE(cividis(1), QColor(0xFF, 0xEA, 0x46));
    QCOMPARE(cividis(7), cividis(1));
    QVERIFY(!cividis(std::nan("")).isValid());
    for (int i = 1; i <= 100; ++i)
        QVERIFY(contrastRatio(cividis(i / 100.0), Qt::black) >
                contrastRatio(cividis((i - 1) / 100.0), Qt::black) - 1e-9);
}

void TestCommon::textOnEveryCellIsReadable()
{
    for (int i = 0; i <= 100; ++i) {
        const QColor background = cividis(i / 100.0);
        QVERIFY2(contrastRatio(background, textColourOn(background)) >= 4.5, qPrintable(background.name()));
    }
}

void TestCommon::themeTextsAreReadable_data()
{
    QTest::addColumn<Theme::Kind>("kind");
    QTest::newRow("light") << Theme::Kind::Light;
    QTest::newRow("dark") << Theme::Kind::Dark;
}

void TestCommon::themeTextsAreReadable()
{
    QFETCH(Theme::Kind, kind);
    Theme::instance().setKind(kind);
    const ThemeColours& c = Theme::instance().colours();
    for (const QColor& background : {c.window, c.card, c.rail}) {
        for (const QColor& text : {c.text, c.quietText, c.accent, c.failed, c.good, c.attention})
            QVERIFY2(contrastRatio(background, text) >= 4.5,
                     qPrintable(text.name() + QStringLiteral(" on ") + background.name()));
    }
    QVERIFY(contrastRatio(c.accentBackground, c.accent) >= 4.5);
}

void TestCommon::numbersCarryUnits_data()
{
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QString>("expected");
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::newRow("grouped") << groupedNumber(5823360) << QStringLiteral("5,823,360");
    QTest::newRow("millions") << shortNumber(5823360) << QStringLiteral("5.82 M");
    QTest::newRow("thousands") << shortNumber(651264) << QStringLiteral("651 k");
    QTest::newRow("small") << shortNumber(0.012345) << QStringLiteral("0.0123");
    QTest::newRow("zero") << shortNumber(0) << QStringLiteral("0");
    QTest::newRow("bytes") << byteSize(2061584302) << QStringLiteral("1.92 GiB");
    QTest::newRow("few bytes") << byteSize(17) << QStringLiteral("17 B");
    QTest::newRow("seconds") << durationText(41.2) << QStringLiteral("41 s");
    QTest::newRow("minutes") << durationText(840) << QStringLiteral("14 min");
    QTest::newRow("hours") << durationText(7500) << QStringLiteral("2 h 05 min");
    QTest::newRow("accuracy") << accuracyText(0.848, 0.835, 0.86) << QStringLiteral("84.8 % (83.5–86.0)");
}

void TestCommon::numbersCarryUnits()
{
    QFETCH(QString, shown);
    QFETCH(QString, expected);
    QCOMPARE(shown, expected);
}

void TestCommon::theWheelScrollsAFormAndChangesNothingInIt()
{
    WheelGuard guard;
    qApp->installEventFilter(&guard);
    QScrollArea area;
    auto* const form = new QWidget;
    auto* const column = new QVBoxLayout(form);
    QList<QComboBox*> lists;
    QList<QSpinBox*> numbers;
    for (int i = 0; i < 30; ++i) {
        lists.append(new QComboBox);
        lists.last()->addItems({QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")});
        lists.last()->setCurrentIndex(1);
        numbers.append(new QSpinBox);
        numbers.last()->setValue(7);
        column->addWidget(lists.last());
        column->addWidget(numbers.last());
    }
    area.setWidget(form);
    area.resize(200, 150);
    area.show();
    QVERIFY(QTest::qWaitForWindowExposed(&area));
    // As from a mouse: what a program sends itself is not passed on to parents.
    const auto turn = [](QWidget* over) {
        const QPointF middle = over->rect().center();
        QWheelEvent event(middle, over->mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QSpontaneKeyEvent::setSpontaneous(&event);
        qApp->notify(over, &event);
    };
    for (QWidget* over : {static_cast<QWidget*>(lists[0]), static_cast<QWidget*>(numbers[0])}) {
        area.verticalScrollBar()->setValue(0);
        const int before = area.verticalScrollBar()->value();
        over->setFocus(); // the focused one, too
        turn(over);
        QVERIFY(area.verticalScrollBar()->value() > before);
    }
    QCOMPARE(lists[0]->currentIndex(), 1);
    QCOMPARE(numbers[0]->value(), 7);
    QCOMPARE(lists[0]->focusPolicy(), Qt::StrongFocus);

    // Outside of a scroll area the wheel does what it always did.
    QComboBox alone;
    alone.addItems({QStringLiteral("one"), QStringLiteral("two")});
    alone.show();
    QVERIFY(QTest::qWaitForWindowExposed(&alone));
    turn(&alone);
    QCOMPARE(alone.currentIndex(), 1);
}

void TestCommon::factsAreAsLargeAsTheirText()
{
    const auto table = [](const QString& state, int step, const QString& more) {
        QString text = QStringLiteral("<table cellpadding='2'>");
        for (const auto& [name, value] : {std::pair{QStringLiteral("State"), state},
                                          {QStringLiteral("Step"), QString::number(step)},
                                          {QStringLiteral("Trained for"), more}})
            if (!value.isEmpty())
                text += QStringLiteral("<tr><td style='padding-right:12px'>%1</td><td>%2</td></tr>").arg(name, value);
        return text + QStringLiteral("</table>");
    };
    FactLabel facts;
    QLabel plain;
    for (QLabel* label : std::initializer_list<QLabel*>{&facts, &plain})
        label->setWordWrap(true);
    const auto compare = [&] {
        QCOMPARE(facts.sizeHint(), plain.sizeHint());
        QCOMPARE(facts.minimumSizeHint(), plain.minimumSizeHint());
        for (const int width : {60, 140, 300})
            QCOMPARE(facts.heightForWidth(width), plain.heightForWidth(width));
    };
    for (int round = 0; round < 2; ++round) {
        for (const int step : {117, 999, 1117, 48881}) {
            for (const QString& more : {QString(), QStringLiteral("12 s"),
                                        QStringLiteral("2 h 05 min, and a few words "
                                                       "that need a line")}) {
                for (QLabel* label : std::initializer_list<QLabel*>{&facts, &plain})
                    label->setText(table(QStringLiteral("running, process %1").arg(step * 7), step, more));
                compare();
                if (QTest::currentTestFailed())
                    return;
            }
        }
        QFont large = facts.font();
        large.setPointSize(large.pointSize() + 7);
        facts.setFont(large);
        plain.setFont(large);
    }
}

QTEST_MAIN(TestCommon)
#include "test_common.moc"
