// SPDX-License-Identifier: GPL-3.0-or-later
#include "pictures.h"

#include "common/theme.h"
#include "main_window.h"
#include "page.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTimer>

namespace hilo {
namespace {

/// Lets events pass; pages read their files in the background and say nothing when they are done.
void wait(int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < milliseconds)
        QApplication::processEvents(QEventLoop::AllEvents, 50);
}

bool writePicture(MainWindow& window, const QString& file)
{
    // 256 colours are enough for a flat interface and keep the files small.
    const QImage image = window.grab().toImage().convertToFormat(QImage::Format_Indexed8, Qt::ThresholdDither);
    return image.save(file, "PNG", 0);
}

} // namespace

void drawPictures(MainWindow& window, const QString& folder)
{
    QTimer::singleShot(0, &window, [&window, folder] {
        QDir().mkpath(folder);
        // What a person's settings say about the window is no matter here.
        window.resize(1440, 900);
        wait(2500);
        bool written = true;
        for (const Page* page : window.pages()) {
            window.showPage(page->key());
            wait(1500);
            for (const auto& [name, kind] :
                 {std::pair{"light", Theme::Kind::Light}, std::pair{"dark", Theme::Kind::Dark}}) {
                Theme::instance().setKind(kind);
                wait(400);
                const QString scale = window.devicePixelRatioF() > 1.5 ? QStringLiteral("-2x") : QString();
                written &= writePicture(
                    window,
                    QDir(folder).filePath(QStringLiteral("%1-%2%3.png").arg(page->key(), QLatin1String(name), scale)));
            }
        }
        // The scale is fixed when a program starts: the pictures at 2x come from a second one.
        if (written && window.devicePixelRatioF() < 1.5) {
            QProcess again;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(QStringLiteral("QT_SCALE_FACTOR"), QStringLiteral("2"));
            again.setProcessEnvironment(environment);
            again.setProcessChannelMode(QProcess::ForwardedChannels);
            again.start(QCoreApplication::applicationFilePath(), QCoreApplication::arguments().mid(1));
            written = again.waitForFinished(-1) && again.exitStatus() == QProcess::NormalExit && again.exitCode() == 0;
        }
        QCoreApplication::exit(written ? 0 : 1);
    });
}

} // namespace hilo
