// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/allocation_delegate.h"
#include "allocation/allocation_view.h"
#include "allocation/cell_text.h"
#include "formats/layer_modules.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QHeaderView>
#include <QLineEdit>
#include <QtTest/QtTest>

#include <cstdlib>

using namespace hilo;

namespace {

ModelConfig smallModel(int layers = 4)
{
    ModelConfig model;
    model.architecture = "llama";
    model.layers = layers;
    model.hidden = 64;
    model.intermediate = 128;
    model.heads = 4;
    model.keyValueHeads = 2;
    model.headDimension = 16;
    model.vocabulary = 100;
    return model;
}

AllocationMap mapWith(const ModelConfig& model, const ModuleAllocation& allocation)
{
    AllocationMap map;
    map.architecture = model.architecture;
    map.layers.resize(static_cast<std::size_t>(model.layers));
    for (auto& layer : map.layers)
        for (const ModuleShape& shape : layerModules(model, 0))
            layer[shape.name] = allocation;
    return map;
}

} // namespace

class TestAllocationWidgets : public QObject
{
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void cellTextsAreReadAndWritten_data();
    void cellTextsAreReadAndWritten();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
    void modelPassesTheTester();
    void editingIsUndoneAndRedone();
    void parametersFollowEveryEdit();
    void lockedCellsStay();
    void aLockLiesOnNoNumber();
    void tooWideRanksAreRefused();
    void aDragIsOneStep();
    void fillingDownCopiesTheFirstRow();
    void spreadsheetCellsArePasted();
    void molaListSetsExpertsPerLayer();
    void aListOfTheWrongLengthChangesNothing();
    void keysWork();
    void everyCellIsSpoken();
    void headingsAreNeverClipped();

  private:
    std::unique_ptr<AllocationDocument> document_;
    std::unique_ptr<AllocationModel> model_;
};

void TestAllocationWidgets::init()
{
    const ModelConfig config = smallModel();
    model_.reset();
    document_ = std::make_unique<AllocationDocument>(config, mapWith(config, {{4, 4}, 2, 16, 0}));
    model_ = std::make_unique<AllocationModel>(*document_);
}

void TestAllocationWidgets::cellTextsAreReadAndWritten_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("shown");
    QTest::newRow("product") << QStringLiteral("4 x r8") << QStringLiteral("4 × r8");
    QTest::newRow("short product") << QStringLiteral("4x8") << QStringLiteral("4 × r8");
    QTest::newRow("as shown") << QStringLiteral("4 × r8") << QStringLiteral("4 × r8");
    QTest::newRow("each rank") << QStringLiteral("8 8 4 2") << QStringLiteral("8 8 4 2");
    QTest::newRow("commas") << QStringLiteral("8,8, 4") << QStringLiteral("8 8 4");
    QTest::newRow("one expert") << QStringLiteral("r16") << QStringLiteral("1 × r16");
    QTest::newRow("none") << QStringLiteral("-") << QStringLiteral("–");
    QTest::newRow("empty") << QString() << QStringLiteral("–");
}

void TestAllocationWidgets::cellTextsAreReadAndWritten()
{
    QFETCH(QString, typed);
    QFETCH(QString, shown);
    const auto value = parseCellText(typed, {{2, 2, 2}, 3, 16, 0});
    QVERIFY(value);
    QCOMPARE(cellText(*value), shown);
    QVERIFY(value->topK >= 1 && value->topK <= std::max(1, value->experts()));
}

void TestAllocationWidgets::nonsenseIsRefused_data()
{
    QTest::addColumn<QString>("typed");
    for (const char* text : {"four", "4 x", "4 x r0", "8 -2", "0 4", "99999999999", "1e9", "300 x r2"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestAllocationWidgets::nonsenseIsRefused()
{
    QFETCH(QString, typed);
    QVERIFY(!parseCellText(typed, {}));
    QSignalSpy refused(model_.get(), &AllocationModel::refused);
    QVERIFY(!model_->setData(model_->index(0, 0), typed, Qt::EditRole));
    QCOMPARE(refused.count(), 1);
    QCOMPARE(document_->undoStack().count(), 0);
}

void TestAllocationWidgets::modelPassesTheTester()
{
    QAbstractItemModelTester tester(model_.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model_->rowCount(), 4);
    QCOMPARE(model_->columnCount(), 8);
    QVERIFY(model_->setData(model_->index(1, 2), QStringLiteral("8 8 4 2"), Qt::EditRole));
    document_->undoStack().undo();
    model_->setColourBy(AllocationModel::ColourBy::Parameters);
}

void TestAllocationWidgets::editingIsUndoneAndRedone()
{
    const AllocationMap before = document_->map();
    QVERIFY(model_->setData(model_->index(1, 2), QStringLiteral("8 8 4 2"), Qt::EditRole));
    const AllocationMap after = document_->map();
    QVERIFY(!(before == after));
    QCOMPARE(model_->index(1, 2).data().toString(), QStringLiteral("8 8 4 2"));
    QVERIFY(model_->index(1, 2).data(AllocationModel::ChangedRole).toBool());
    document_->undoStack().undo();
    QVERIFY(document_->map() == before);
    document_->undoStack().redo();
    QVERIFY(document_->map() == after);
}

void TestAllocationWidgets::parametersFollowEveryEdit()
{
    // q_proj is 64 × 64: an expert of rank r costs 128 r, a router row 64.
    const auto before = document_->parameters().trainable();
    QVERIFY(model_->setData(model_->index(0, 0), QStringLiteral("3 x r2"), Qt::EditRole));
    QCOMPARE(document_->parameters().trainable() - before, (3 * 2 * 128 + 3 * 64) - (2 * 4 * 128 + 2 * 64));
    QVERIFY(model_->setData(model_->index(0, 0), QStringLiteral("-"), Qt::EditRole));
    QCOMPARE(before - document_->parameters().trainable(), 2 * 4 * 128 + 2 * 64);
}

void TestAllocationWidgets::lockedCellsStay()
{
    document_->setLocked({{0, 0}}, true);
    QVERIFY(!(model_->flags(model_->index(0, 0)) & Qt::ItemIsEditable));
    const auto applied = document_->setCells({{0, 0}, {1, 0}}, {ModuleAllocation{{8}, 1, 16, 0}}, QStringLiteral("x"));
    QCOMPARE(applied.changed, 1);
    QCOMPARE(applied.locked, 1);
    QCOMPARE(model_->index(0, 0).data().toString(), QStringLiteral("2 × r4"));
    document_->undoStack().undo();
    document_->undoStack().undo();
    QVERIFY(!document_->isLocked({0, 0}));
}

void TestAllocationWidgets::aLockLiesOnNoNumber()
{
    const ModelConfig config = smallModel();
    AllocationDocument document(config, mapWith(config, {{8, 8, 8, 8, 4, 4, 2, 2}, 1, 16, 0}));
    const AllocationModel model(document);
    document.setLocked({{0, 0}}, true);
    const QModelIndex cell = model.index(0, 0);
    QVERIFY(cell.data(AllocationModel::LockedRole).toBool());
    const AllocationDelegate delegate;
    QStyleOptionViewItem option;
    option.font = QApplication::font();
    option.fontMetrics = QFontMetrics(option.font);
    option.rect = QRect(QPoint(), QSize(option.fontMetrics.horizontalAdvance(cell.data().toString()) + 8, 24));
    const auto drawn = [&] {
        QImage image(option.rect.size(), QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        delegate.paint(&painter, option, cell);
        return image;
    };
    // Where the lock is nothing else is: it looks there as it does beside one expert.
    const QImage wide = drawn();
    document.setLocked({{0, 0}}, false);
    document.setCells({{0, 0}}, {{{8}, 1, 16, 0}}, QStringLiteral("one"));
    document.setLocked({{0, 0}}, true);
    const QImage narrow = drawn();
    const int lock = 4 + option.rect.height() / 2;
    const auto inkOf = [&](const QImage& image) {
        int ink = 0;
        const QRgb ground = image.pixel(2, image.height() / 2);
        for (int x = 2; x < lock - 2; ++x)
            for (int y = 3; y < image.height() - 3; ++y)
                ink += image.pixel(x, y) != ground ? 1 : 0;
        return ink;
    };
    QVERIFY(inkOf(narrow) > 0);
    // The two cells have other colours, so that a pixel of the lock's edge may be lost in one of them.
    QVERIFY2(std::abs(inkOf(wide) - inkOf(narrow)) <= 3,
             qPrintable(QStringLiteral("%1 %2").arg(inkOf(wide)).arg(inkOf(narrow))));
}

void TestAllocationWidgets::tooWideRanksAreRefused()
{
    QSignalSpy refused(model_.get(), &AllocationModel::refused);
    QVERIFY(!model_->setData(model_->index(0, 1), QStringLiteral("2 x r33"), Qt::EditRole)); // k_proj is 64 × 32
    QCOMPARE(refused.count(), 1);
    QVERIFY(refused.first().first().toString().contains(QStringLiteral("32")));
}

void TestAllocationWidgets::aDragIsOneStep()
{
    AllocationView view;
    view.setModel(model_.get());
    view.resize(900, 300);
    view.show();
    view.setBrush(ModuleAllocation{{8, 8, 8}, 2, 16, 0});
    const auto centre = [&](int row, int column) { return view.visualRect(model_->index(row, column)).center(); };
    QTest::mousePress(view.viewport(), Qt::LeftButton, {}, centre(0, 1));
    QTest::mouseMove(view.viewport(), centre(1, 1));
    QTest::mouseMove(view.viewport(), centre(2, 1));
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, centre(2, 1));
    QCOMPARE(model_->index(2, 1).data().toString(), QStringLiteral("3 × r8"));
    QCOMPARE(document_->undoStack().count(), 1);
    document_->undoStack().undo();
    QCOMPARE(model_->index(0, 1).data().toString(), QStringLiteral("2 × r4"));
    QCOMPARE(model_->index(2, 1).data().toString(), QStringLiteral("2 × r4"));
}

void TestAllocationWidgets::fillingDownCopiesTheFirstRow()
{
    AllocationView view;
    view.setModel(model_.get());
    QVERIFY(model_->setData(model_->index(0, 3), QStringLiteral("8 4"), Qt::EditRole));
    view.selectionModel()->select({model_->index(0, 3), model_->index(3, 3)}, QItemSelectionModel::ClearAndSelect);
    view.fillDown();
    QCOMPARE(model_->index(3, 3).data().toString(), QStringLiteral("8 4"));
    QCOMPARE(model_->index(3, 2).data().toString(), QStringLiteral("2 × r4"));
}

void TestAllocationWidgets::spreadsheetCellsArePasted()
{
    AllocationView view;
    view.setModel(model_.get());
    view.setCurrentIndex(model_->index(1, 1));
    QCOMPARE(view.pasteText(QStringLiteral("2x2\t8 4\n-\tr8\n")), QString());
    QCOMPARE(model_->index(1, 1).data().toString(), QStringLiteral("2 × r2"));
    QCOMPARE(model_->index(1, 2).data().toString(), QStringLiteral("8 4"));
    QCOMPARE(model_->index(2, 1).data().toString(), QStringLiteral("–"));
    QCOMPARE(model_->index(2, 2).data().toString(), QStringLiteral("1 × r8"));
    QCOMPARE(document_->undoStack().count(), 1);

    view.selectionModel()->select({model_->index(1, 1), model_->index(2, 2)}, QItemSelectionModel::ClearAndSelect);
    view.copy();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("2 × r2\t8 4\n–\t1 × r8"));
}

void TestAllocationWidgets::molaListSetsExpertsPerLayer()
{
    AllocationView view;
    view.setModel(model_.get());
    QCOMPARE(view.pasteText(QStringLiteral("2,4,6,8")), QString());
    QCOMPARE(model_->index(0, 0).data().toString(), QStringLiteral("2 × r4"));
    QCOMPARE(model_->index(3, 6).data().toString(), QStringLiteral("8 × r4"));
}

void TestAllocationWidgets::aListOfTheWrongLengthChangesNothing()
{
    AllocationView view;
    view.setModel(model_.get());
    QVERIFY(view.pasteText(QStringLiteral("2,4,6")).contains(QStringLiteral("4 layers")));
    view.setCurrentIndex(model_->index(3, 6));
    QVERIFY(!view.pasteText(QStringLiteral("2x2\t2x2")).isEmpty());
    QVERIFY(!view.pasteText(QStringLiteral("2x2\tmany")).isEmpty());
    QCOMPARE(document_->undoStack().count(), 0);
}

void TestAllocationWidgets::keysWork()
{
    AllocationView view;
    view.setModel(model_.get());
    view.show();
    view.setCurrentIndex(model_->index(0, 0));
    QTest::keyClick(&view, Qt::Key_L, Qt::ControlModifier);
    QVERIFY(document_->isLocked({0, 0}));
    QTest::keyClick(&view, Qt::Key_L, Qt::ControlModifier);
    QTest::keyClick(&view, Qt::Key_Delete);
    QCOMPARE(model_->index(0, 0).data().toString(), QStringLiteral("–"));
    QTest::keyClick(&view, Qt::Key_6);
    auto* editor = view.findChild<QLineEdit*>();
    QVERIFY(editor);
    QTest::keyClicks(editor, QStringLiteral(" x r2"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(model_->index(0, 0).data().toString(), QStringLiteral("6 × r2"));
}

void TestAllocationWidgets::everyCellIsSpoken()
{
    QVERIFY(model_->setData(model_->index(1, 6), QStringLiteral("8 4"), Qt::EditRole));
    QCOMPARE(model_->index(1, 6).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("Layer 1, down_proj: 2 expert(s), ranks 8 4, top-2"));
    for (int row = 0; row < model_->rowCount(); ++row)
        for (int column = 0; column < model_->columnCount(); ++column)
            QVERIFY(!model_->index(row, column).data(Qt::AccessibleTextRole).toString().isEmpty());
}

void TestAllocationWidgets::headingsAreNeverClipped()
{
    AllocationView view;
    view.setModel(model_.get());
    const QHeaderView* header = view.horizontalHeader();
    const int last = header->count() - 1;
    for (const int width : {500, 820, 1600}) {
        view.resize(width, 300);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QVERIFY2(header->sectionSize(last) >= header->sectionSizeHint(last), qPrintable(QString::number(width)));
        int needed = header->sectionSize(last);
        for (int column = 0; column < last; ++column) {
            const QString heading = model_->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
            QVERIFY2(header->sectionSize(column) >= header->fontMetrics().horizontalAdvance(heading),
                     qPrintable(QStringLiteral("%1 at %2").arg(heading).arg(width)));
            needed += header->minimumSectionSize();
        }
        // Only what does not fit at all is scrolled.
        QVERIFY(needed > view.viewport()->width() || header->length() <= view.viewport()->width());
    }
    QVERIFY(header->length() <= view.viewport()->width());
    QVERIFY(header->sectionSize(last) > header->sectionSize(0));
}

QTEST_MAIN(TestAllocationWidgets)
#include "test_allocation_widgets.moc"
