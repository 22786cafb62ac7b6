// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/example_model.h"
#include "data/label_bars.h"
#include "data/prompt_view.h"
#include "data/row_place.h"
#include "data/task_share_model.h"
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
    void preferencesAreShownSideBySide();
    void judgedRowsSayIt();
    void sharesOfAMixture();
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
    // Where lines are no place, a record is called so.
    const auto records = std::make_shared<DataReport>(*report());
    records->rejected.front().line = recordPlace(1234);
    model.setReport(records);
    QCOMPARE(model.index(0, RejectedModel::Line).data().toString(), QStringLiteral("record 1,234"));
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

void TestDataWidgets::preferencesAreShownSideBySide()
{
    auto pairs = std::make_shared<DataReport>(*report());
    for (Example& example : pairs->splits[0].examples) {
        example.rejected = {example};
        example.rejected[0].answer = " plant";
    }
    ExampleModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setSplit(pairs, QStringLiteral("train"), 16);
    QCOMPARE(model.kind(), ExampleModel::Kind::Pairs);
    QCOMPARE(model.headerData(ExampleModel::Answer, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("chosen"));
    QCOMPARE(model.index(0, ExampleModel::Preference).data().toString(), QStringLiteral("plant"));
    PromptView view;
    view.setExample(model.exampleAt(0));
    QCOMPARE(view.markedTexts(), (QStringList{QStringLiteral(" animal"), QStringLiteral(" plant")}));
    // The prompt that both have stands there once.
    const QString text = view.toPlainText();
    QCOMPARE(text.count(QStringLiteral("of the sea:")), 1);
    QVERIFY(text.indexOf(QStringLiteral("Chosen")) < text.indexOf(QStringLiteral(" animal")));
    QVERIFY(text.indexOf(QStringLiteral(" animal")) < text.indexOf(QStringLiteral("Rejected")));
    QVERIFY(text.indexOf(QStringLiteral("Rejected")) < text.indexOf(QStringLiteral(" plant")));
    // Prompts that were cut in different ways are both shown.
    using Kind = TextRun::Kind;
    view.setSections(PromptView::sectionsOf(
        *model.exampleAt(0),
        {{{Kind::Cut, "a bird ", 2}, {Kind::Masked, "of the sea:", 3}, {Kind::Trained, " animal", 1}},
         {{Kind::Masked, "a bird of the sea:", 5}, {Kind::Trained, " plant", 1}}}));
    QCOMPARE(view.toPlainText().count(QStringLiteral("of the sea:")), 2);
    // Rows without a preference have none.
    model.setSplit(report(), QStringLiteral("train"), 16);
    QCOMPARE(model.kind(), ExampleModel::Kind::Answers);
    QCOMPARE(model.index(0, ExampleModel::Preference).data().toString(), QString());
}

void TestDataWidgets::judgedRowsSayIt()
{
    auto judged = std::make_shared<DataReport>(*report());
    judged->splits[0].examples[0].isGood = true;
    judged->splits[0].examples[1].isGood = false;
    ExampleModel model;
    model.setSplit(judged, QStringLiteral("train"), 16);
    QCOMPARE(model.kind(), ExampleModel::Kind::Judged);
    QCOMPARE(model.index(0, ExampleModel::Preference).data().toString(), QStringLiteral("good"));
    QCOMPARE(model.index(1, ExampleModel::Preference).data().toString(), QStringLiteral("bad"));
    PromptView view;
    view.setExample(model.exampleAt(1));
    QVERIFY(view.toPlainText().contains(QStringLiteral("Judged to be bad")));
    view.setExample(model.exampleAt(0));
    QVERIFY(view.toPlainText().contains(QStringLiteral("Judged to be good")));
}

void TestDataWidgets::sharesOfAMixture()
{
    TaskShareModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto text = [&model](int row, int column) { return model.index(row, column).data().toString(); };
    TaskShare first, second;
    first.name = QStringLiteral("cola");
    first.weight = 3;
    second.name = QStringLiteral("news");
    model.setTasks({first, second}, Mixing::Proportional, 1);
    // Nobody has counted yet.
    QVERIFY(!model.shareOf(0));
    QCOMPARE(text(0, TaskShareModel::Rows), QStringLiteral("…"));
    first.rows = first.usedRows = 100;
    second.rows = second.usedRows = 100;
    model.setTasks({first, second}, Mixing::Proportional, 1);
    QCOMPARE(text(0, TaskShareModel::EpochRows), QStringLiteral("150")); // 3 to 1 of 200
    QCOMPARE(text(1, TaskShareModel::Share), QStringLiteral("25.0 %"));
    QCOMPARE(text(0, TaskShareModel::Passes), QStringLiteral("1.50"));
    // What a person writes into weight and limit counts at once; nonsense does not.
    QSignalSpy edited(&model, &TaskShareModel::edited);
    QVERIFY(model.setData(model.index(0, TaskShareModel::Weight), 1.0, Qt::EditRole));
    QVERIFY(model.setData(model.index(1, TaskShareModel::Limit), 50, Qt::EditRole));
    QCOMPARE(text(0, TaskShareModel::EpochRows), QStringLiteral("100"));
    QCOMPARE(text(1, TaskShareModel::EpochRows), QStringLiteral("50"));
    QCOMPARE(edited.count(), 2);
    QVERIFY(!model.setData(model.index(0, TaskShareModel::Weight), 0.0, Qt::EditRole));
    QVERIFY(!model.setData(model.index(0, TaskShareModel::Limit), QStringLiteral("many"), Qt::EditRole));
    QVERIFY(!model.setData(model.index(0, TaskShareModel::Task), QStringLiteral("x"), Qt::EditRole));
    QCOMPARE(edited.count(), 2);
    // One that has no rows leaves all shares open, and says why.
    second.rows.reset();
    second.problem = QStringLiteral("There is no such data file.");
    model.setTasks({first, second}, Mixing::Equal, 1);
    QVERIFY(!model.shareOf(0));
    QCOMPARE(model.index(1, TaskShareModel::Rows).data(Qt::ToolTipRole).toString(), second.problem);
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
