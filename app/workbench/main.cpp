// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/theme.h"
#include "main_window.h"
#include "pictures.h"
#include "settings.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QStyleFactory>
#include <QThreadPool>

using namespace hilo;

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("hilo"));
    QCoreApplication::setApplicationName(QStringLiteral("hilo-workbench"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HILO_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("HILO Workbench"));
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.hilo_workbench.HiloWorkbench"));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QApplication::translate("main", "Fine-tune language models with a mixture of LoRA experts."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("PATH"),
                                 QApplication::translate("main", "project, model folder or .gguf file"),
                                 QStringLiteral("[PATH]"));
    const QCommandLineOption page(QStringLiteral("page"),
                                  QApplication::translate("main", "page to show: start, model, data, …"),
                                  QStringLiteral("NAME"));
    const QCommandLineOption theme(QStringLiteral("theme"), QApplication::translate("main", "light, dark or system"),
                                   QStringLiteral("NAME"));
    const QCommandLineOption pictures(
        QStringLiteral("pictures"),
        QApplication::translate("main", "draws every page, light and dark, into this folder, and ends"),
        QStringLiteral("FOLDER"));
    const QCommandLineOption size(
        QStringLiteral("size"), QApplication::translate("main", "of the window, WIDTHxHEIGHT"), QStringLiteral("SIZE"));
    parser.addOptions({page, theme, pictures, size});
    parser.process(application);

    settings::upgrade();
    if (const int points = settings::fontSize(); points >= 6) {
        QFont font = QApplication::font();
        font.setPointSize(points);
        QApplication::setFont(font);
    }
    const QString kind = parser.value(theme);
    Theme::instance().setKind(kind == QLatin1String("light")  ? Theme::Kind::Light
                              : kind == QLatin1String("dark") ? Theme::Kind::Dark
                                                              : settings::theme());
    int code = 0;
    {
        MainWindow window;
        const QStringList sizes = parser.value(size).split(QLatin1Char('x'));
        if (sizes.size() == 2)
            window.resize(sizes[0].toInt(), sizes[1].toInt());
        window.show();
        if (!parser.positionalArguments().isEmpty())
            window.open(parser.positionalArguments().constFirst());
        if (parser.isSet(page) && !window.showPage(parser.value(page)))
            parser.showHelp(2);
        if (parser.isSet(pictures))
            drawPictures(window, parser.value(pictures));
        code = QApplication::exec();
    }
    QThreadPool::globalInstance()->waitForDone();
    return code;
}
