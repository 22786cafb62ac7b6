// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/application_setup.h"
#include "window/main_window.h"
#include "window/pictures.h"

#include "base/facts.h"
#include "base/program_build.h"
#include "base/version.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QThreadPool>

#include <algorithm>
#include <iostream>
#include <set>
#include <string_view>

using namespace hilo;

namespace {

struct Options
{
    QCommandLineParser parser;
    QCommandLineOption page{QStringLiteral("page"),
                            QApplication::translate("main", "page to show: start, model, data, …"),
                            QStringLiteral("NAME")};
    QCommandLineOption theme{QStringLiteral("theme"), QApplication::translate("main", "light, dark or system"),
                             QStringLiteral("NAME")};
    QCommandLineOption pictures{
        QStringLiteral("pictures"),
        QApplication::translate("main", "draws every page, light and dark, 1x and 2x, into this folder, and ends"),
        QStringLiteral("FOLDER")};
    QCommandLineOption size{QStringLiteral("size"), QApplication::translate("main", "of the window, WIDTHxHEIGHT"),
                            QStringLiteral("SIZE")};

    void read(const QApplication& application)
    {
        parser.setApplicationDescription(
            QApplication::translate("main", "Fine-tune language models with a mixture of LoRA experts."));
        parser.addHelpOption();
        parser.addVersionOption();
        parser.addPositionalArgument(QStringLiteral("PATH"),
                                     QApplication::translate("main", "project, model folder or .gguf file"),
                                     QStringLiteral("[PATH]"));
        parser.addOptions({page, theme, pictures, size});
        parser.process(application);
    }
};

/// `--version --verbose`, with `--json` as one document: without a window, so also where there is no display.
bool toldVersions(int argc, char** argv)
{
    const std::set<std::string_view> words(argv + (argc > 0), argv + argc);
    const std::set<std::string_view> known{"--version", "--verbose", "--json"};
    if (!words.contains("--version") || !std::includes(known.begin(), known.end(), words.begin(), words.end()))
        return false;
    Facts facts{{"hilo", "hilo-workbench", {programVersion()}, false}};
    if (words.contains("--verbose")) {
        const Facts build = programBuildFacts();
        facts.insert(facts.end(), build.begin(), build.end());
        facts.push_back({"qt", "Qt", {qVersion()}, false});
        for (const Facts& more : {libraryFacts(), machineFacts()})
            facts.insert(facts.end(), more.begin(), more.end());
    } else if (!words.contains("--json")) {
        return false;
    }
    std::cout << (words.contains("--json") ? toJson(facts).dump(2) + "\n" : toText(facts));
    return true;
}

} // namespace

int main(int argc, char** argv)
{
    if (toldVersions(argc, argv))
        return 0;
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("hilo-workbench"));
    QCoreApplication::setApplicationVersion(QString::fromStdString(programVersion()));
    Options options;
    options.read(application);
    setUpApplication(options.parser.value(options.theme));
    int code = 0;
    {
        MainWindow window;
        const QStringList sizes = options.parser.value(options.size).split(QLatin1Char('x'));
        const QSize size = sizes.size() == 2 ? QSize(sizes[0].toInt(), sizes[1].toInt()) : QSize();
        if (size.isValid())
            window.resize(size);
        window.show();
        if (!options.parser.positionalArguments().isEmpty())
            window.open(options.parser.positionalArguments().constFirst());
        if (options.parser.isSet(options.page) && !window.showPage(options.parser.value(options.page)))
            options.parser.showHelp(2);
        if (options.parser.isSet(options.pictures))
            drawPictures(window, options.parser.value(options.pictures), size.isValid() ? size : QSize(1440, 900));
        code = QApplication::exec();
    }
    QThreadPool::globalInstance()->waitForDone();
    return code;
}
