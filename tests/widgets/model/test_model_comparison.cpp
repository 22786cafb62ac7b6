// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_comparison_model.h"

#include <QAbstractItemModelTester>
#include <QtTest/QtTest>

using namespace hilo;

namespace {

ModelInspection inspected(const char* fixture)
{
    const auto model = openModel(std::string(HILO_SOURCE_DIR) + "/tests/data/models/" + fixture);
    if (!model)
        return {};
    return inspectModel(*model).value_or(ModelInspection{});
}

} // namespace

class TestModelComparison : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void differencesStandOut();
    void equalRowsCanBeLeftOut();
};

void TestModelComparison::differencesStandOut()
{
    ModelComparisonModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    model.setComparison(compareModels(inspected("llama"), inspected("gpt2")), QStringLiteral("a"), QStringLiteral("b"));
    QCOMPARE(model.headerData(ModelComparisonModel::Second, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("b"));
    int differing = 0;
    bool lacks = false;
    for (int row = 0; row < model.rowCount(); ++row) {
        const auto at = [&](int column) { return model.index(row, column); };
        const QString first = at(ModelComparisonModel::First).data().toString();
        const QString second = at(ModelComparisonModel::Second).data().toString();
        QVERIFY(!at(ModelComparisonModel::What).data().toString().isEmpty());
        const bool says = !at(ModelComparisonModel::First).data(Qt::AccessibleDescriptionRole).toString().isEmpty();
        QCOMPARE(says, first != second);
        QCOMPARE(at(ModelComparisonModel::Second).data(Qt::ForegroundRole).isValid(), says);
        differing += says;
        lacks = lacks || second == QStringLiteral("none");
    }
    QVERIFY(differing > 2 && lacks);
}

void TestModelComparison::equalRowsCanBeLeftOut()
{
    ModelComparisonModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setComparison(compareModels(inspected("llama"), inspected("qwen2")), {}, {});
    const int all = model.rowCount();
    model.setDifferencesOnly(true);
    QVERIFY(model.rowCount() > 0 && model.rowCount() < all);
    for (int row = 0; row < model.rowCount(); ++row)
        QVERIFY(model.index(row, ModelComparisonModel::First).data(Qt::ForegroundRole).isValid());
    model.setComparison(compareModels(inspected("llama"), inspected("llama")), {}, {});
    QCOMPARE(model.rowCount(), 0);
    model.setDifferencesOnly(false);
    QVERIFY(model.rowCount() > 0);
}

QTEST_MAIN(TestModelComparison)
#include "test_model_comparison.moc"
