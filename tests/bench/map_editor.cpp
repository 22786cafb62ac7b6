// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window takes to come, and how long editing a map of 80 layers x 7 modules keeps the interface thread:
// typing, painting a whole column in one drag, filling, pasting, generating, undo and redo of everything, other
// colours, the difference to another map. Prints the longest event of each, by the clock and by the processor time of
// the thread (which a busy machine does not lengthen).
//   QT_QPA_PLATFORM=offscreen tests/bin/map_editor_bench
#include "allocation/allocation_view.h"
#include "allocation/strategy.h"
#include "gui/watched_application.h"
#include "window/application_setup.h"
#include "window/main_window.h"

#include <QLineEdit>
#include <QtTest/QtTest>

#include <cstdio>
#include <ctime>
#include <functional>

using namespace hilo;

namespace {

ModelConfig largeModel()
{
    ModelConfig model;
    model.architecture = "llama";
    model.layers = 80;
    model.hidden = 8192;
    model.intermediate = 28672;
    model.heads = 64;
    model.keyValueHeads = 8;
    model.headDimension = 128;
    model.vocabulary = 128256;
    return model;
}

AllocationMap mapOf(const ModelConfig& model, const std::string& strategy,
                    const std::map<std::string, std::string>& settings = {})
{
    return allocate(*findStrategy(strategy).value(), model, settings).value();
}

void measure(WatchedApplication& application, const char* what, const std::function<void()>& work)
{
    QTest::qWait(50);
    application.forget();
    work();
    QTest::qWait(200);
    std::printf("%-44s %6.1f ms of the clock, %6.1f ms of the processor (%s)\n", what,
                application.worst().wallMilliseconds, application.worst().processorMilliseconds,
                qPrintable(application.worst().event));
}

/// From before the window is made until it is drawn.
void measureStart()
{
    const auto processor = [] {
        timespec time{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    };
    const double before = processor();
    QElapsedTimer clock;
    clock.start();
    setUpApplication(QStringLiteral("light"));
    MainWindow window;
    window.show();
    QApplication::processEvents();
    window.grab();
    std::printf("%-44s %6lld ms of the clock, %6.1f ms of the processor\n", "start: window with nine pages, drawn",
                static_cast<long long>(clock.elapsed()), processor() - before);
}

} // namespace

int main(int argc, char** argv)
{
    WatchedApplication application(argc, argv);
    measureStart();
    const ModelConfig config = largeModel();
    AllocationDocument document(config, mapOf(config, "hilo"));
    AllocationModel model(document);
    AllocationView view;
    view.setModel(&model);
    view.resize(1100, 1000);
    view.show();
    const auto centre = [&](int row, int column) { return view.visualRect(model.index(row, column)).center(); };
    // Each step is one event of its own, as when a person works.
    const auto asEvent = [&](const std::function<void()>& work) {
        QTimer::singleShot(0, &view, work);
        QTest::qWait(100);
    };
    measure(application, "draw everything", [&] { view.viewport()->update(); });
    measure(application, "type into a cell", [&] {
        view.setCurrentIndex(model.index(3, 3));
        QTest::keyClick(&view, Qt::Key_4);
        if (auto* editor = view.findChild<QLineEdit*>()) {
            QTest::keyClicks(editor, QStringLiteral(" x r8"));
            QTest::keyClick(editor, Qt::Key_Return);
        }
    });
    measure(application, "paint over 30 cells in one drag", [&] {
        view.setBrush(ModuleAllocation{{8, 8, 4, 4}, 2, 16, 0});
        QTest::mousePress(view.viewport(), Qt::LeftButton, {}, centre(0, 1));
        for (int row = 1; row < 30; ++row)
            QTest::mouseMove(view.viewport(), centre(row, 1));
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, centre(29, 1));
        view.setBrush(std::nullopt);
    });
    measure(application, "spin every cell", [&] {
        asEvent([&] { view.selectAll(); });
        asEvent([&] { view.spin(1, 0); });
    });
    measure(application, "paste a list of 80 numbers", [&] {
        QStringList numbers;
        for (int layer = 0; layer < 80; ++layer)
            numbers << QString::number(2 + layer / 20 * 2);
        asEvent([&] { view.pasteText(numbers.join(QLatin1Char(','))); });
    });
    measure(application, "put a generated map in", [&] {
        AllocationMap map = mapOf(config, "balanced", {{"budget", "200M"}});
        asEvent([&] { document.replaceMap(map, QStringLiteral("generate")); });
    });
    measure(application, "undo and redo everything", [&] {
        asEvent([&] { document.undoStack().setIndex(0); });
        asEvent([&] { document.undoStack().setIndex(document.undoStack().count()); });
    });
    measure(application, "colour by parameters",
            [&] { asEvent([&] { model.setColourBy(AllocationModel::ColourBy::Parameters); }); });
    measure(application, "difference to another map",
            [&] { asEvent([&] { model.setReference(mapOf(config, "mola")); }); });
    std::printf("Events over 50 ms of processor time in the last step: %d of %d\n", application.slowByProcessor(),
                application.events());
    return 0;
}
