// SPDX-License-Identifier: GPL-3.0-or-later
// The drawing of one block of a model.
#include "formats/base_expert_modules.h"
#include "formats/block_facts.h"
#include "formats/layer_modules.h"
#include "formats/model_source.h"
#include "model/block_picture.h"

#include <QHelpEvent>
#include <QToolTip>
#include <QtTest/QtTest>

using namespace hilo;

namespace {

ModelConfig configOf(const char* folder)
{
    const auto model = openModel(std::string(HILO_TEST_DATA) + "/" + folder);
    return model ? model->config : ModelConfig{};
}

QStringList namesOf(const std::vector<BlockRow>& rows)
{
    QStringList names;
    for (const BlockRow& row : rows) {
        QStringList parts;
        for (const BlockPart& part : row)
            parts << part.name;
        names << parts.join(QLatin1Char(' '));
    }
    return names;
}

} // namespace

class TestBlockPicture : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void aBlockIsPlanned_data();
    void aBlockIsPlanned();
    void everyModuleIsThereOnce();
    void thePictureFitsItsSize();
    void partsAreExplained();
};

void TestBlockPicture::aBlockIsPlanned_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QStringList>("attention");
    QTest::addColumn<QStringList>("mlp");
    const QString rms = QStringLiteral("RMSNorm"), attention = QStringLiteral("RoPE · attention"),
                  projections = QStringLiteral("q_proj k_proj v_proj"), out = QStringLiteral("o_proj"),
                  gate = QStringLiteral("gate_proj up_proj"), silu = QStringLiteral("SiLU · ×"),
                  down = QStringLiteral("down_proj");
    QTest::newRow("llama") << "models/llama" << QStringList{rms, projections, attention, out}
                           << QStringList{rms, gate, silu, down};
    QTest::newRow("gemma2") << "models/gemma2" << QStringList{rms, projections, attention, out, rms}
                            << QStringList{rms, gate, QStringLiteral("GELU · ×"), down, rms};
    QTest::newRow("gemma4") << "families/gemma4-shared"
                            << QStringList{rms, projections, QStringLiteral("q/k/v norm · RoPE · attention"), out, rms}
                            << QStringList{rms,  gate, QStringLiteral("GELU · ×"),
                                           down, rms,  QStringLiteral("per-layer input")};
    QTest::newRow("gemma4 with experts") << "families/gemma4-experts"
                                         << QStringList{rms, projections,
                                                        QStringLiteral("q/k/v norm · RoPE · attention"), out, rms}
                                         << QStringList{rms,
                                                        QStringLiteral("router"),
                                                        QStringLiteral("experts.gate_up_proj"),
                                                        QStringLiteral("GELU · ×"),
                                                        QStringLiteral("experts.down_proj"),
                                                        rms,
                                                        rms,
                                                        gate,
                                                        QStringLiteral("GELU · ×"),
                                                        down,
                                                        rms,
                                                        rms};
    QTest::newRow("olmo2") << "families/olmo2"
                           << QStringList{projections, QStringLiteral("q/k norm · RoPE · attention"), out, rms}
                           << QStringList{gate, silu, down, rms};
    QTest::newRow("phi3") << "families/phi3" << QStringList{rms, QStringLiteral("qkv_proj"), attention, out}
                          << QStringList{rms, QStringLiteral("gate_up_proj"), silu, down};
    QTest::newRow("mixtral") << "families/mixtral" << QStringList{rms, projections, attention, out}
                             << QStringList{rms, QStringLiteral("router"), QStringLiteral("experts.gate_up_proj"),
                                            QStringLiteral("SiLU · ×"), QStringLiteral("experts.down_proj")};
    QTest::newRow("qwen3_5") << "families/qwen3_5"
                             << QStringList{rms, QStringLiteral("in_proj_qkv in_proj_z in_proj_b in_proj_a"),
                                            QStringLiteral("convolution · delta rule · norm · gate"),
                                            QStringLiteral("out_proj")}
                             << QStringList{rms, gate, silu, down};
    QTest::newRow("gpt2") << "models/gpt2"
                          << QStringList{QStringLiteral("LayerNorm"), QStringLiteral("c_attn"),
                                         QStringLiteral("attention"), QStringLiteral("attn.c_proj")}
                          << QStringList{QStringLiteral("LayerNorm"), QStringLiteral("c_fc"), QStringLiteral("GELU"),
                                         QStringLiteral("mlp.c_proj")};
}

void TestBlockPicture::aBlockIsPlanned()
{
    QFETCH(QString, folder);
    const ModelConfig config = configOf(qPrintable(folder));
    const BlockPlan plan = planOfBlock(config);
    QTEST(namesOf(plan.attention), "attention");
    QTEST(namesOf(plan.mlp), "mlp");
    QVERIFY(!plan.isParallel);
    // Of a hybrid the other kind of layer is another block.
    if (config.linearAttention.any())
        QCOMPARE(namesOf(planOfBlock(config, config.layers - 1).attention),
                 (QStringList{QStringLiteral("RMSNorm"), QStringLiteral("q_proj k_proj v_proj"),
                              QStringLiteral("q/k norm · RoPE · attention · gate"), QStringLiteral("o_proj")}));
}

void TestBlockPicture::everyModuleIsThereOnce()
{
    for (const char* kind : {"models", "families"})
        for (const auto& folder : std::filesystem::directory_iterator(std::string(HILO_TEST_DATA) + "/" + kind)) {
            const auto model = openModel(folder.path());
            if (!model)
                continue;
            for (std::int64_t layer = 0; layer < model->config.layers; ++layer) {
                const BlockPlan plan = planOfBlock(model->config, layer);
                QStringList found, expected, behind;
                for (const auto* rows : {&plan.attention, &plan.mlp})
                    for (const BlockRow& row : *rows)
                        for (const BlockPart& part : row)
                            if (part.isModule)
                                found << part.name;
                for (const ModuleShape& module : layerModules(model->config, layer))
                    (isMlp(module) ? behind : expected) << QString::fromStdString(module.name);
                for (const ModuleShape& module : baseExpertModules(model->config, layer))
                    expected << QString::fromStdString(module.name);
                expected << behind;
                QVERIFY(!expected.isEmpty());
                QCOMPARE(found, expected);
                QCOMPARE(plan.isParallel, model->config.parallelBranches);
            }
        }
}

void TestBlockPicture::thePictureFitsItsSize()
{
    for (const char* folder : {"models/llama", "families/gpt_neox", "families/cohere2"}) {
        BlockPicture picture;
        picture.setPlan(planOfBlock(configOf(folder)));
        const QSize size = picture.sizeHint();
        picture.resize(size + QSize(40, 40));
        const QImage image = picture.grab().toImage();
        const QRgb ground = image.pixel(image.width() - 1, image.height() - 1);
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (x >= size.width() || y >= size.height())
                    QCOMPARE(image.pixel(x, y), ground);
        QVERIFY(picture.accessibleDescription().contains(QStringLiteral("MLP")));
    }
}

void TestBlockPicture::partsAreExplained()
{
    BlockPicture picture;
    picture.setPlan(planOfBlock(configOf("models/llama")));
    picture.resize(picture.sizeHint());
    picture.show();
    QStringList told;
    for (int y = 0; y < picture.height(); y += 4) {
        const QPoint at(picture.width() / 2, y);
        QHelpEvent help(QEvent::ToolTip, at, picture.mapToGlobal(at));
        QCoreApplication::sendEvent(&picture, &help);
        if (!QToolTip::text().isEmpty() && !told.contains(QToolTip::text()))
            told << QToolTip::text();
    }
    QVERIFY2(told.size() >= 7, qPrintable(told.join(QLatin1Char('\n'))));
    QVERIFY(told.filter(QStringLiteral("o_proj")).size() == 1);
}

QTEST_MAIN(TestBlockPicture)
#include "test_block_picture.moc"
