// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_spec.h"
#include "runs/run_spec_form.h"

#include <QLabel>
#include <QLineEdit>
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
    void theFormKeepsTheTasksThatItDoesNotShow();
};

void TestRunSpecForm::theFormKeepsTheTasksThatItDoesNotShow()
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
    RunSpecForm form;
    form.setDocument(toJson(spec));
    QVERIFY2(same(form.document()["data"], toJson(spec)["data"]), form.document()["data"].dump(1).c_str());
    auto* path = qobject_cast<QLineEdit*>(form.editor(QStringLiteral("data"), QStringLiteral("path")));
    QCOMPARE(path->text(), QStringLiteral("/data/0"));
    const auto* note = form.findChild<QLabel*>(QStringLiteral("tasksNote"));
    QVERIFY(note && note->isVisibleTo(&form));
    QVERIFY(note->text().contains(QStringLiteral("task1, task2")));
    path->setText(QStringLiteral("/other"));
    spec.tasks[0].data.path = "/other";
    QVERIFY(same(form.document()["data"], toJson(spec)["data"]));
    // What another run does not have is not left over.
    form.setDocument(toJson(RunSpec{}));
    QVERIFY(form.document()["data"].is_object() && !form.document()["data"].contains("weight"));
    QVERIFY(!note->isVisibleTo(&form));
}

QTEST_MAIN(TestRunSpecForm)
#include "test_run_spec_form.moc"
