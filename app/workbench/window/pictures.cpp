// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/pictures.h"

#include "common/plot.h"
#include "common/theme.h"
#include "page.h"
#include "window/main_window.h"

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QElapsedTimer>
#include <QHash>
#include <QImage>
#include <QProcess>
#include <QTimer>

#include <algorithm>
#include <limits>

namespace hilo {
namespace {

constexpr int longestDemonstration = 120000; ///< ms; the picture then shows how far it came

QElapsedTimer startedTimer()
{
    QElapsedTimer timer;
    timer.start();
    return timer;
}

/// Lets events pass; pages read their files in the background and say nothing when they are done.
void wait(int milliseconds)
{
    const QElapsedTimer timer = startedTimer();
    while (timer.elapsed() < milliseconds)
        QApplication::processEvents(QEventLoop::AllEvents, 50);
}

template <class Condition>
void waitFor(int atMost, const Condition& isMet)
{
    for (const QElapsedTimer since = startedTimer(); !isMet() && since.elapsed() < atMost;)
        wait(50);
}

/// 256 colours, the others as the nearest of them: enough for a flat interface, and small files.
QImage withFewColours(const QImage& picture)
{
    const QImage image = picture.convertToFormat(QImage::Format_RGB32);
    QHash<QRgb, int> counts;
    for (int y = 0; y < image.height(); ++y)
        for (const auto *pixel = reinterpret_cast<const QRgb*>(image.constScanLine(y)), *end = pixel + image.width();
             pixel != end; ++pixel)
            ++counts[*pixel];
    QList<QRgb> colours = counts.keys();
    std::sort(colours.begin(), colours.end(),
              [&](QRgb a, QRgb b) { return std::pair(counts[a], a) > std::pair(counts[b], b); });
    const auto distance = [](QRgb a, QRgb b) {
        const int red = qRed(a) - qRed(b);
        const int green = qGreen(a) - qGreen(b);
        const int blue = qBlue(a) - qBlue(b);
        return red * red + green * green + blue * blue;
    };
    // The most frequent ones, then those that are farthest from all others: colour scales are made of rare colours.
    QList<QRgb> kept = colours.mid(0, 160);
    QList<int> apart;
    for (const QRgb colour : colours) {
        int nearest = std::numeric_limits<int>::max();
        for (const QRgb other : kept)
            nearest = std::min(nearest, distance(colour, other));
        apart << nearest;
    }
    while (kept.size() < std::min<qsizetype>(256, colours.size())) {
        const auto farthest = std::max_element(apart.begin(), apart.end()) - apart.begin();
        kept << colours[farthest];
        for (qsizetype i = 0; i < colours.size(); ++i)
            apart[i] = std::min(apart[i], distance(colours[i], kept.last()));
    }
    QHash<QRgb, uchar> places;
    for (const QRgb colour : colours) {
        const auto nearest = std::min_element(
            kept.begin(), kept.end(), [&](QRgb a, QRgb b) { return distance(a, colour) < distance(b, colour); });
        places[colour] = static_cast<uchar>(nearest - kept.begin());
    }
    QImage result(image.size(), QImage::Format_Indexed8);
    result.setColorTable(kept);
    for (int y = 0; y < image.height(); ++y) {
        const auto* from = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        uchar* to = result.scanLine(y);
        for (int x = 0; x < image.width(); ++x)
            to[x] = places[from[x]];
    }
    return result;
}

bool writePicture(QWidget& window, const QString& file)
{
    return withFewColours(window.grab().toImage()).save(file, "PNG", 0);
}

/// Light and dark. name: "runs" or "runs-newRunDialog".
bool writePictures(QWidget& window, const QDir& folder, const QString& name)
{
    bool written = true;
    for (const auto& [theme, kind] : {std::pair{"light", Theme::Kind::Light}, std::pair{"dark", Theme::Kind::Dark}}) {
        Theme::instance().setKind(kind);
        wait(400);
        waitFor(10000, [] { return Plot::areAllDrawn(); });
        const QString scale = window.devicePixelRatioF() > 1.5 ? QStringLiteral("-2x") : QString();
        written &=
            writePicture(window, folder.filePath(QStringLiteral("%1-%2%3.png").arg(name, QLatin1String(theme), scale)));
    }
    return written;
}

} // namespace

void drawPictures(MainWindow& window, const QString& folder, const QSize& size)
{
    QTimer::singleShot(0, &window, [&window, folder, size] {
        QDir().mkpath(folder);
        // What a person's settings say about the window is no matter here.
        window.resize(size);
        wait(2500);
        bool written = true;
        for (Page* page : window.pages()) {
            window.showPage(page->key());
            wait(1500);
            page->demonstrate();
            waitFor(longestDemonstration, [page] { return !page->isDemonstrating(); });
            written &= writePictures(window, QDir(folder), page->key());
            for (int number = 0; QDialog* dialog = page->demonstrateDialog(number); ++number) {
                wait(1500); // what it looks for in the background
                written &= writePictures(*dialog, QDir(folder), page->key() + QLatin1Char('-') + dialog->objectName());
                dialog->reject();
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
