// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/signal_catalogue.h"
#include "common/theme.h"
#include "complexity/agreement_model.h"
#include "complexity/depth_chart.h"
#include "complexity/export_profile.h"
#include "complexity/heat_table.h"
#include "complexity/signal_help.h"
#include "complexity/signal_model.h"
#include "complexity/spectrum_chart.h"

#include <QAbstractItemModelTester>
#include <QtTest/QtTest>

using namespace hilo;

namespace {

/// Four layers; a signal of modules with a spectrum, one of layers alone that runs the other way, and a constant one.
ProfilePointer profile(double shift = 0)
{
    auto data = std::make_shared<ProfileData>();
    data->profile.architecture = "llama";
    data->profile.layers = 4;
    ComplexitySignal rank;
    rank.name = "stable_rank";
    rank.modules = {{"q_proj", {1 + shift, 2, 3, 4}}, {"down_proj", {5, 6, 7, 9}}};
    rank.layers = {3, 4, 5, 6.5};
    rank.spectra = {{"q_proj", {{8, 4, 2, 1, 1}, {5, 5, 5, 5, 5}, {1, 0, 0, 0, 0}, {3, 2, 1, 0.5, 0.1}}}};
    ComplexitySignal influence;
    influence.name = "block_influence";
    influence.layers = {0.9, 0.5, 0.3, 0.1};
    ComplexitySignal flat;
    flat.name = "flat";
    flat.layers = {2, 2, 2, 2};
    data->profile.signals = {{"stable_rank", rank}, {"block_influence", influence}, {"flat", flat}};
    return data;
}

const std::vector<std::string> modules = {"q_proj", "k_proj", "down_proj"};

} // namespace

class TestComplexityWidgets : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void signalModelShowsModulesInOrder();
    void signalOfLayersHasOneRow();
    void differenceIsCentredOnNothing();
    void modelsPassTheTester();
    void agreementIsSpearman();
    void tableMovesByKeysAndFramesTheColumn();
    void depthChartChoosesByMouseAndKeys();
    void spectrumCountsShares();
    void everySignalHasHelp();
    void tableOfAllValues();
};

void TestComplexityWidgets::signalModelShowsModulesInOrder()
{
    SignalModel model;
    model.setSignal(profile(), "stable_rank", modules);
    QCOMPARE(model.rowCount(), 2); // k_proj has no values
    QCOMPARE(model.columnCount(), 4);
    QCOMPARE(model.headerData(0, Qt::Vertical, Qt::DisplayRole).toString(), QStringLiteral("q_proj"));
    QCOMPARE(model.headerData(1, Qt::Vertical, Qt::DisplayRole).toString(), QStringLiteral("down_proj"));
    QCOMPARE(model.lowest(), 1.0);
    QCOMPARE(model.highest(), 9.0);
    QCOMPARE(model.index(0, 0).data(HeatRole).toDouble(), 0.0);
    QCOMPARE(model.index(1, 3).data(HeatRole).toDouble(), 1.0);
    const QString text = model.index(1, 3).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(text.contains(QStringLiteral("Layer 3, down_proj")) && text.contains(QStringLiteral("9")),
             qPrintable(text));
}

void TestComplexityWidgets::signalOfLayersHasOneRow()
{
    SignalModel model;
    model.setSignal(profile(), "block_influence", modules);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.moduleOf(0), QString());
    model.setSignal(profile(), "flat", modules);
    QCOMPARE(model.index(0, 2).data(HeatRole).toDouble(), 0.5);
    model.setSignal(profile(), "unheard_of", modules);
    QCOMPARE(model.rowCount(), 0);
    model.setSignal({}, "flat", modules);
    QCOMPARE(model.columnCount(), 0);
}

void TestComplexityWidgets::differenceIsCentredOnNothing()
{
    SignalModel model;
    model.setSignal(profile(-2), "stable_rank", modules, profile());
    QVERIFY(model.isDifference());
    QCOMPARE(model.lowest(), -2.0);
    QCOMPARE(model.highest(), 2.0);
    QCOMPARE(model.index(0, 0).data(HeatRole).toDouble(), 0.0);
    QCOMPARE(model.index(1, 1).data(HeatRole).toDouble(), 0.5);
}

void TestComplexityWidgets::modelsPassTheTester()
{
    SignalModel model;
    AgreementModel agreement;
    const QAbstractItemModelTester first(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester second(&agreement, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (const char* name : {"stable_rank", "block_influence", "nothing", "stable_rank"}) {
        model.setSignal(profile(), name, modules);
        agreement.setProfile(profile(), {"stable_rank", name});
    }
    model.setSignal({}, "stable_rank", modules);
    agreement.setProfile({}, {"stable_rank"});
    QCOMPARE(agreement.rowCount(), 0);
}

void TestComplexityWidgets::agreementIsSpearman()
{
    AgreementModel model;
    model.setProfile(profile(), {"stable_rank", "block_influence", "flat"});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(0, 0).data(ValueRole).toDouble(), 1.0);
    QCOMPARE(model.index(0, 1).data(ValueRole).toDouble(), -1.0);
    QVERIFY(!model.index(0, 2).data(HeatRole).isValid());
    QVERIFY(model.index(0, 1).data(Qt::ToolTipRole).toString().contains(QStringLiteral("opposite")));
    QVERIFY(model.summary().contains(QStringLiteral("not supported")));
}

void TestComplexityWidgets::tableMovesByKeysAndFramesTheColumn()
{
    SignalModel model;
    model.setSignal(profile(), "stable_rank", modules);
    HeatTable table;
    table.setModel(&model);
    table.resize(400, 120);
    table.show();
    QVERIFY(QTest::qWaitForWindowExposed(&table));
    QSignalSpy chosen(&table, &HeatTable::cellChosen);
    table.setCurrentColumn(1);
    QCOMPARE(chosen.count(), 0); // only a person's moves are told
    QTest::keyClick(&table, Qt::Key_Right);
    QTest::keyClick(&table, Qt::Key_Down);
    QCOMPARE(chosen.count(), 2);
    QCOMPARE(chosen.last().first().toModelIndex(), model.index(1, 2));
    // The columns fill the width to the pixel.
    int width = 0;
    for (int i = 0; i < 4; ++i)
        width += table.columnWidth(i);
    QCOMPARE(width, table.viewport()->width());
    const QImage picture = table.viewport()->grab().toImage();
    const qreal scale = picture.devicePixelRatio();
    const QPoint edge(static_cast<int>((table.columnViewportPosition(2)) * scale), static_cast<int>(8 * scale));
    QCOMPARE(picture.pixelColor(edge), Theme::instance().colours().attention);
}

void TestComplexityWidgets::depthChartChoosesByMouseAndKeys()
{
    DepthChart chart;
    chart.resize(500, 260);
    chart.setProfile(profile(), {"stable_rank", "block_influence", "not there"}, profile(1));
    chart.show();
    QVERIFY(QTest::qWaitForWindowExposed(&chart));
    chart.replot();
    QCOMPARE(chart.legend->itemCount(), 2);
    QVERIFY(chart.graph(1)->scatterStyle().shape() != chart.graph(3)->scatterStyle().shape());
    QVERIFY(chart.graph(1)->pen().style() != chart.graph(3)->pen().style());
    QSignalSpy chosen(&chart, &DepthChart::layerChosen);
    QTest::mouseClick(&chart, Qt::LeftButton, {},
                      QPoint(static_cast<int>(chart.xAxis->coordToPixel(2)), chart.axisRect()->center().y()));
    QCOMPARE(chosen.takeFirst().first().toInt(), 2);
    chart.setSelectedLayer(2);
    QTest::keyClick(&chart, Qt::Key_Right);
    QCOMPARE(chosen.takeFirst().first().toInt(), 3);
    QTest::keyClick(&chart, Qt::Key_Home);
    QCOMPARE(chosen.takeFirst().first().toInt(), 0);
    QVERIFY(chart.textAt(3).contains(QStringLiteral("6.5")));
    // The lowest layer stands at 0 %, the highest at 100 %.
    QCOMPARE(chart.graph(3)->data()->at(0)->value, 100.0);
    QCOMPARE(chart.graph(3)->data()->at(3)->value, 0.0);
}

void TestComplexityWidgets::spectrumCountsShares()
{
    QCOMPARE(countForShare({{8, 4, 2, 1, 1}, {}, 0}, 0.5), std::optional<std::int64_t>(1));
    QCOMPARE(countForShare({{8, 4, 2, 1, 1}, {}, 0}, 0.9), std::optional<std::int64_t>(4));
    QCOMPARE(countForShare({{0, 0}, {}, 0}, 0.5), std::optional<std::int64_t>(0));
    // Listed at 1, 2 and 5 the values fall evenly between: 8 4 3 2 1.
    QCOMPARE(countForShare({{8, 4, 1}, {1, 2, 5}, 0}, 0.83), std::optional<std::int64_t>(3));
    QVERIFY(!countForShare({{8, 4, 1}, {1, 2, 5}, 100}, 0.5));
    SpectrumChart chart;
    chart.setSpectrum(profile(), "stable_rank", "q_proj", 1);
    QCOMPARE(chart.graphCount(), 4); // the chosen layer and three others
    QVERIFY(chart.summary().contains(QStringLiteral("Layer 1, q_proj")));
    QVERIFY(!chart.xAxis->label().isEmpty() && !chart.yAxis->label().isEmpty());
    chart.setSpectrum(profile(), "block_influence", "q_proj", 1);
    QCOMPARE(chart.graphCount(), 0);
    QVERIFY(chart.summary().isEmpty());
}

void TestComplexityWidgets::everySignalHasHelp()
{
    for (const SignalDescription& known : signalCatalogue()) {
        const SignalHelp help = signalHelp(known.name);
        QVERIFY2(!help.text.isEmpty() && !help.definition.isEmpty() && !help.source.isEmpty(), known.name.c_str());
        QVERIFY2(!help.shortTitle.isEmpty() && help.shortTitle.size() <= 14, known.name.c_str());
    }
    QCOMPARE(signalHelp("made_by_others").title, QStringLiteral("Made by others"));
}

void TestComplexityWidgets::tableOfAllValues()
{
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath(QStringLiteral("values.csv")).toStdString();
    QVERIFY(writeProfileTable(*profile(), file).has_value());
    QFile written(QString::fromStdString(file.string()));
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray text = written.readAll();
    QVERIFY(text.startsWith("signal,module,layer,value\n"));
    QVERIFY(text.contains("stable_rank,down_proj,3,9\n"));
    QVERIFY(text.contains("block_influence,,0,0.9\n"));
}

QTEST_MAIN(TestComplexityWidgets)
#include "test_complexity_widgets.moc"
