// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/application_setup.h"

#include "base/version.h"
#include "common/edge_style.h"
#include "common/theme.h"
#include "common/wheel_guard.h"
#include "settings.h"

#include <QApplication>
#include <QIcon>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

// Files in a static library are found once somebody asks for them by name, which works outside namespaces only.
static void loadFiles()
{
    Q_INIT_RESOURCE(hilo_icons);
    Q_INIT_RESOURCE(hilo_translations);
}

namespace hilo {
namespace {

void installTranslations()
{
    const QString chosen = settings::language();
    const QLocale locale = chosen.isEmpty() ? QLocale() : QLocale(chosen);
    if (!chosen.isEmpty())
        QLocale::setDefault(locale);
    auto* ours = new QTranslator(qApp);
    const QString folder = QStringLiteral(":/translations");
    if (ours->load(locale, QStringLiteral("hilo"), QStringLiteral("_"), folder) ||
        ours->load(folder + QStringLiteral("/hilo_en.qm")))
        QCoreApplication::installTranslator(ours);
    if (locale.language() == QLocale::English)
        return;
    // Qt's own words: buttons of dialogs, context menus of text fields.
    auto* qt = new QTranslator(qApp);
    if (qt->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
}

} // namespace

QStringList interfaceLanguages()
{
    return {QStringLiteral("en"), QStringLiteral("de"), QStringLiteral("zh")};
}

void setUpApplication(const QString& theme)
{
    loadFiles();
    QCoreApplication::setOrganizationName(QStringLiteral("hilo"));
    QCoreApplication::setApplicationName(QStringLiteral("hilo-workbench"));
    QCoreApplication::setApplicationVersion(QString::fromStdString(programVersion()));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("HILO Workbench"));
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.hilo_workbench.HiloWorkbench"));
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/hilo-workbench.svg")));
    QApplication::setStyle(new EdgeStyle);
    qApp->installEventFilter(new WheelGuard(qApp));
    settings::upgrade();
    installTranslations();
    if (const int points = settings::fontSize(); points >= 6) {
        QFont font = QApplication::font();
        font.setPointSize(points);
        QApplication::setFont(font);
    }
    Theme::instance().setKind(theme == QLatin1String("light")    ? Theme::Kind::Light
                              : theme == QLatin1String("dark")   ? Theme::Kind::Dark
                              : theme == QLatin1String("system") ? Theme::Kind::System
                                                                 : settings::theme());
}

} // namespace hilo
