// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/example_model.h"
#include "data/label_bars.h"
#include "data/prompt_view.h"
#include "data/token_histogram.h"

#include <QAbstractItemModelTester>
#include <QtTest/QtTest>

using namespace hilo;

namespace {

DataReportPointer report()
{
    auto made = std::make_shared<DataReport>();
    SplitReport train;
    train.name = "train";
    for (int i = 0; i < 3; ++i) {
        Example example;
        example.prompt = "a bird\nof the sea:";
        example.answer = " animal";
        example.file = "/somewhere/train.jsonl";
        example.line = i + 1;
        train.examples.push_back(example);
    }
    train.tokens = {5, 9, 30};
    train.cut = 1;
    train.labels = {{"animal", 3}};
    train.majorityFloor = 1;
    made->splits = {train};
    made->rejected = {{"/somewhere/train.jsonl", 4, "the label \"x\" is not one of the task's"}};
    return made;
}

} // namespace

class TestDataWidgets : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void examplesAsATable();
    void rejectedRowsAsATable();
    void answersAreMarked();
    void histogramTellsWhatIsCut();
    void labelsAreTold();
};

void TestDataWidgets::examplesAsATable()
{
    ExampleModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    model.setSplit(report(), QStringLiteral("train"), 16);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(0, ExampleModel::Prompt).data().toString(), QStringLiteral("a bird of the sea:"));
    QVERIFY(model.index(2, ExampleModel::Tokens).data().toString().contains(QStringLiteral("cut")));
    QVERIFY(!model.index(1, ExampleModel::Tokens).data().toString().contains(QStringLiteral("cut")));
    QVERIFY(
        model.index(0, ExampleModel::Line).data(Qt::ToolTipRole).toString().contains(QStringLiteral("train.jsonl")));
    QVERIFY(model.exampleAt(3) == nullptr);
    model.setSplit(report(), QStringLiteral("absent"), 16);
    QCOMPARE(model.rowCount(), 0);
    model.setSplit({}, QStringLiteral("train"), 16);
}

void TestDataWidgets::rejectedRowsAsATable()
{
    RejectedModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setReport(report());
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, RejectedModel::File).data().toString(), QStringLiteral("train.jsonl"));
    QCOMPARE(model.index(0, RejectedModel::Line).data().toString(), QStringLiteral("4"));
    QVERIFY(model.index(0, RejectedModel::Reason).data().toString().contains(QStringLiteral("label")));
    QCOMPARE(model.fileAt(0), QStringLiteral("/somewhere/train.jsonl"));
    // What is said of a whole file comes first and has no line.
    const auto noted = std::make_shared<DataReport>(*report());
    noted->notes = {{"/somewhere/latest.jsonl", "no word of its name is a split's"}};
    model.setReport(noted);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, RejectedModel::File).data().toString(), QStringLiteral("latest.jsonl"));
    QCOMPARE(model.index(0, RejectedModel::Line).data().toString(), QString());
    QCOMPARE(model.index(1, RejectedModel::Line).data().toString(), QStringLiteral("4"));
    QCOMPARE(model.fileAt(0), QStringLiteral("/somewhere/latest.jsonl"));
    QCOMPARE(model.fileAt(2), QString());
    model.setReport({});
    QCOMPARE(model.rowCount(), 0);
}

void TestDataWidgets::answersAreMarked()
{
    PromptView view;
    Example example;
    example.prompt = "User: hi\nBot: hello\nUser: go\nBot:";
    const std::size_t begin = example.prompt.find(" hello");
    example.earlierAnswers = {{begin, begin + 6}};
    example.answer = " done";
    view.setExample(&example);
    QCOMPARE(view.markedTexts(), (QStringList{QStringLiteral(" hello"), QStringLiteral(" done")}));
    QCOMPARE(view.toPlainText(), QStringLiteral("User: hi↵\nBot: hello↵\nUser: go↵\nBot: done"));
    // By more than a colour: what is marked is underlined, the rest is not.
    QTextCursor cursor(view.document());
    QStringList underlined;
    for (int i = 1; i < view.document()->characterCount(); ++i) {
        cursor.setPosition(i);
        if (cursor.charFormat().fontUnderline())
            underlined << view.document()->characterAt(i - 1);
    }
    QCOMPARE(underlined.join(QString()), QStringLiteral(" hello done"));
    // What is cut is struck through.
    view.setRuns({{TextRun::Kind::Masked, "a", 1}, {TextRun::Kind::Cut, "b", 1}, {TextRun::Kind::Trained, "c", 1}});
    QCOMPARE(view.markedTexts(), QStringList{QStringLiteral("c")});
    QTextCursor struck(view.document());
    struck.setPosition(2);
    QVERIFY(struck.charFormat().fontStrikeOut());
    struck.setPosition(1);
    QVERIFY(!struck.charFormat().fontStrikeOut());
    view.setExample(nullptr, QStringLiteral("hint"));
    QVERIFY(view.toPlainText().isEmpty());
}

void TestDataWidgets::histogramTellsWhatIsCut()
{
    TokenHistogram histogram;
    std::vector<std::int64_t> lengths;
    for (int i = 1; i <= 200; ++i)
        lengths.push_back(i);
    histogram.setLengths(lengths, 150);
    QVERIFY2(histogram.summary().contains(QStringLiteral("50 of 200 rows (25.0 %)")), qPrintable(histogram.summary()));
    double within = 0;
    double cut = 0;
    for (const QCPBarsData& bar : *static_cast<QCPBars*>(histogram.plottable(0))->data())
        within += bar.value;
    for (const QCPBarsData& bar : *static_cast<QCPBars*>(histogram.plottable(1))->data())
        cut += bar.value;
    QCOMPARE(within, 150.0);
    QCOMPARE(cut, 50.0);
    histogram.setLengths({4, 4, 4}, 0);
    QVERIFY(histogram.summary().contains(QStringLiteral("longest 4")));
    histogram.setLengths({}, 10);
    QVERIFY(histogram.summary().isEmpty());
}

void TestDataWidgets::labelsAreTold()
{
    LabelBars bars;
    bars.setLabels({{"animal", 30}, {"plant", 10}});
    QCOMPARE(bars.accessibleDescription(), QStringLiteral("animal: 30, plant: 10"));
    bars.resize(300, 100);
    QVERIFY(!bars.grab().isNull());
}

QTEST_MAIN(TestDataWidgets)
#include "test_data_widgets.moc"
