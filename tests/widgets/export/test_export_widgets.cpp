// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_report_text.h"
#include "export/format_model.h"

#include <QAbstractItemModelTester>
#include <QtTest/QtTest>

using namespace hilo;

namespace {

const Json list = {{"formats",
                    {{{"name", "hilo"},
                      {"title", "HILO"},
                      {"description", "own"},
                      {"verdict", "exact"},
                      {"reason", "any map"},
                      {"estimated_bytes", 2048u},
                      {"fitting_map", false},
                      {"weight_types", Json::array()},
                      {"takes_rank", false}},
                     {{"name", "peft-static"},
                      {"verdict", "static approximation"},
                      {"reason", "mean weights"},
                      {"takes_rank", true},
                      {"distilling", "optional"},
                      {"estimated_bytes", 100u},
                      {"weight_types", {"float32", "float16"}}},
                     {{"name", "mola"},
                      {"title", "MoLA"},
                      {"verdict", "impossible"},
                      {"reason", "ranks differ"},
                      {"estimated_bytes", nullptr},
                      {"fitting_map", true}},
                     "not an object"}}};

} // namespace

class TestExportWidgets : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void verdictsAreSignsAndWords();
    void otherDocumentsAreErrors();
    void aReportInWords();
};

void TestExportWidgets::verdictsAreSignsAndWords()
{
    FormatModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFormats(formatsFrom(list).value());
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(0, FormatModel::Verdict).data().toString(), QStringLiteral("✓ exact"));
    QCOMPARE(model.index(1, FormatModel::Format).data().toString(), QStringLiteral("peft-static"));
    QCOMPARE(model.index(2, FormatModel::Verdict).data().toString(), QStringLiteral("✗ impossible"));
    QCOMPARE(model.index(2, FormatModel::Size).data().toString(), QStringLiteral("–"));
    QCOMPARE(model.index(0, FormatModel::Size).data().toString(), QStringLiteral("2.00 KiB"));
    QVERIFY(model.formatAt(2)->hasFittingMap);
    QCOMPARE(model.formatAt(1)->weightTypes.size(), 2);
    QVERIFY(model.formatAt(0)->distilling == FormatRow::Distilling::Never);
    QVERIFY(model.formatAt(1)->distilling == FormatRow::Distilling::Optional);
    QVERIFY(model.formatAt(3) == nullptr);
}

void TestExportWidgets::otherDocumentsAreErrors()
{
    QVERIFY(!formatsFrom(Json::array()));
    QVERIFY(!formatsFrom(Json{{"formats", 3}}));
    QVERIFY(formatsFrom(Json{{"formats", Json::array()}})->empty());
}

void TestExportWidgets::aReportInWords()
{
    const Json report = {
        {"folder", "/tmp/x"},
        {"verdict", "static approximation"},
        {"files", {{{"name", "a.safetensors"}, {"bytes", 1024u}}, {{"name", "README.md"}, {"bytes", 1024u}}}},
        {"verification",
         {{"against", "the run's own"},
          {"greatest_difference", 1e-6},
          {"tolerance", 1e-4},
          {"tokens", 96},
          {"same_choice", 95}}},
        {"static_approximation",
         {{"accuracy_before", 0.8}, {"accuracy_after", 0.71}, {"rows", 500}, {"split", "test"}}},
        {"seconds", 3}};
    const ExportReportText text = exportReportText(report);
    QCOMPARE(text.folder, QStringLiteral("/tmp/x"));
    QVERIFY2(text.title.contains(QStringLiteral("9.0 points")), qPrintable(text.title));
    QString all;
    for (const auto& [name, value] : text.facts)
        all += name + QLatin1Char(' ') + value + QLatin1Char('\n');
    QVERIFY2(all.contains(QStringLiteral("95 of 96")), qPrintable(all));
    QVERIFY2(all.contains(QStringLiteral("80.0 % with routers, 71.0 % here")), qPrintable(all));
    QVERIFY2(all.contains(QStringLiteral("2.00 KiB in 2 files")), qPrintable(all));
    exportReportText(Json::array()); // anything else: no crash
    Json distilled = report;
    distilled["static_approximation"]["rank"] = 8;
    distilled["static_approximation"]["distilled"] = {
        {"steps", 400}, {"seconds", 60}, {"loss_of_mean_weights", 1.5}, {"accuracy_of_mean_weights", 0.64}};
    all.clear();
    for (const auto& [name, value] : exportReportText(distilled).facts)
        all += name + QLatin1Char(' ') + value + QLatin1Char('\n');
    QVERIFY2(all.contains(QStringLiteral("80.0 % with routers, 71.0 % here; mean weights: 64.0 %")), qPrintable(all));
    QVERIFY2(all.contains(QStringLiteral("400 steps, rank 8 at most")), qPrintable(all));
}

QTEST_MAIN(TestExportWidgets)
#include "test_export_widgets.moc"
