// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_spec.h"
#include "runs/run_spec_form.h"
#include "runs/task_list_panel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QtTest/QtTest>

using namespace hilo;

namespace {

/// Whatever the order of keys.
bool same(const Json& a, const Json& b)
{
    return nlohmann::json(a) == nlohmann::json(b);
}

} // namespace

class TestRunSpecForm : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void severalTasksAreShownOneAtATime();
    void tasksAreAddedAndRemoved();
    void anErrorOfATaskShowsIt();
    void whatIsLearntAndKeptIsOffered();
    void dataAloneIsARunSpec();
};

namespace {

RunSpec threeTasks()
{
    RunSpec spec;
    spec.tasks.resize(3);
    for (int i : {0, 1, 2}) {
        TaskSpec& task = spec.tasks[static_cast<std::size_t>(i)];
        task.name = "task" + std::to_string(i);
        task.data.path = "/data/" + std::to_string(i);
        task.data.template_ = "gloss";
        task.limit = 10 * i;
        task.weight = 1 + i;
    }
    spec.tasks[0].protocol = Protocol::GenMatchStrict;
    return spec;
}

QLineEdit* lineOf(const RunSpecForm& form, const char* key)
{
    return qobject_cast<QLineEdit*>(form.editor(QStringLiteral("data"), QLatin1String(key)));
}

} // namespace

void TestRunSpecForm::severalTasksAreShownOneAtATime()
{
    RunSpec spec = threeTasks();
    RunSpecForm form;
    form.show();
    TaskListModel& model = form.tasks().model();
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    form.setDocument(toJson(spec));
    QVERIFY2(same(form.document()["data"], toJson(spec)["data"]), form.document()["data"].dump(1).c_str());
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(1, TaskListModel::Task).data().toString(), QStringLiteral("task1"));
    QCOMPARE(model.index(1, TaskListModel::Weight).data().toString(), QStringLiteral("2"));
    QCOMPARE(model.index(0, TaskListModel::Limit).data().toString(), QStringLiteral("all rows"));
    QCOMPARE(model.index(0, TaskListModel::Protocol).data().toString(), QStringLiteral("gen-match-strict"));
    QCOMPARE(lineOf(form, "path")->text(), QStringLiteral("/data/0"));
    QVERIFY(lineOf(form, "weight")->isVisible()); // which one task does not need
    // What is written belongs to the task that is shown.
    lineOf(form, "path")->setText(QStringLiteral("/other"));
    spec.tasks[0].data.path = "/other";
    QVERIFY2(same(form.document()["data"], toJson(spec)["data"]), form.document()["data"].dump(1).c_str());
    QSignalSpy edited(&form, &RunSpecForm::edited);
    form.tasks().choose(2);
    QCOMPARE(edited.count(), 0);
    QCOMPARE(lineOf(form, "path")->text(), QStringLiteral("/data/2"));
    QCOMPARE(lineOf(form, "limit")->text(), QStringLiteral("20"));
    lineOf(form, "weight")->setText(QStringLiteral("0.5"));
    spec.tasks[2].weight = 0.5;
    QCOMPARE(edited.count(), 1);
    QVERIFY2(same(form.document()["data"], toJson(spec)["data"]), form.document()["data"].dump(1).c_str());
    // What another run does not have is not left over.
    form.setDocument(toJson(RunSpec{}));
    QVERIFY(form.document()["data"].is_object() && !form.document()["data"].contains("weight"));
    QVERIFY(!lineOf(form, "weight")->isVisible());
}

void TestRunSpecForm::tasksAreAddedAndRemoved()
{
    RunSpecForm form;
    form.show();
    const QAbstractItemModelTester tester(&form.tasks().model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    lineOf(form, "path")->setText(QStringLiteral("/sets/cola.jsonl"));
    auto* add = form.findChild<QPushButton*>(QStringLiteral("addTask"));
    auto* remove = form.findChild<QPushButton*>(QStringLiteral("removeTask"));
    QVERIFY(!remove->isVisible());
    QTest::keyClick(add, Qt::Key_Space);
    QVERIFY(remove->isVisible());
    QCOMPARE(form.tasks().current(), 1);
    QVERIFY(lineOf(form, "path")->text().isEmpty());
    lineOf(form, "path")->setText(QStringLiteral("/sets/mrpc.arrow"));
    lineOf(form, "limit")->setText(QStringLiteral("500"));
    auto* table = form.tasks().findChild<QTableView*>();
    QCOMPARE(table->model()->index(1, TaskListModel::Task).data().toString(), QStringLiteral("mrpc"));
    QVERIFY(form.document()["data"].is_array());
    QVERIFY(form.document()["data"][1]["limit"] == 500);
    // The keyboard chooses as the mouse does.
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Up);
    QCOMPARE(lineOf(form, "path")->text(), QStringLiteral("/sets/cola.jsonl"));
    QTest::keyClick(remove, Qt::Key_Space);
    QVERIFY(form.document()["data"].is_object());
    QVERIFY(form.document()["data"]["path"] == "/sets/mrpc.arrow");
    QVERIFY(!remove->isVisible());
}

void TestRunSpecForm::anErrorOfATaskShowsIt()
{
    RunSpecForm form;
    form.show();
    form.setDocument(toJson(threeTasks()));
    form.showError(QStringLiteral("data[2].path"), QStringLiteral("does not exist"));
    QCOMPARE(form.tasks().current(), 2);
    bool said = false;
    for (const QLabel* label : form.findChildren<QLabel*>())
        said = said || (label->isVisible() && label->text().contains(QStringLiteral("does not exist")));
    QVERIFY(said);
}

void TestRunSpecForm::whatIsLearntAndKeptIsOffered()
{
    RunSpecForm form;
    form.show();
    for (const auto& [group, key] : {std::pair{"training", "objective"},
                                     {"training", "select"},
                                     {"evaluation", "protocol"},
                                     {"evaluation", "metric"}})
        QVERIFY2(form.editor(QLatin1String(group), QLatin1String(key))->isVisible(), key);
    form.setTemplates({QStringLiteral("alpaca"), QStringLiteral("chat")});
    auto* box = qobject_cast<QComboBox*>(form.editor(QStringLiteral("data"), QStringLiteral("template")));
    QCOMPARE(box->currentText(), QStringLiteral("auto"));
    QVERIFY(box->findText(QStringLiteral("chat")) > 0);
    box->setCurrentText(QStringLiteral("/own/file.json"));
    QVERIFY(form.document()["data"]["template"] == "/own/file.json");
    // A new project asks for some of them, and gives them back as a run spec has them.
    RunSpecForm some(newProjectFields());
    Json given = toJson(RunSpec{});
    given["training"]["objective"] = "dpo";
    some.setDocument(given);
    QVERIFY(some.document()["training"]["objective"] == "dpo");
    QVERIFY(!some.document()["training"].contains("batch_size"));
}

void TestRunSpecForm::dataAloneIsARunSpec()
{
    RunSpecForm form;
    lineOf(form, "path")->setText(QStringLiteral("/sets/alpaca.json"));
    Json document = {{"format", "hilo.run/1"}, {"model", {{"path", "/model"}}}};
    document.update(form.document());
    document["map"] = {{"format", "hilo.allocation/1"},
                       {"model", {{"architecture", "llama"}, {"layers", 1}}},
                       {"layers", {{{"layer", 0}, {"modules", Json::object()}}}}};
    const auto spec = parseRunSpec(document, "form", "/");
    QVERIFY2(spec.has_value(), spec ? "" : describe(spec.error()).c_str());
    QCOMPARE(spec->tasks[0].data.template_, std::string(automaticTemplate));
    QVERIFY(spec->tasks[0].data.holdsOut); // so that there is a validation loss
}

QTEST_MAIN(TestRunSpecForm)
#include "test_run_spec_form.moc"
