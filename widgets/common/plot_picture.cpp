// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/plot_picture.h"

#include "common/plot.h"

#include <QFileInfo>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace hilo {
namespace {

constexpr double pixelRatio = 2;

void drawVectors(QCustomPlot& plot, QPaintDevice& device, double scale)
{
    QCPPainter painter;
    painter.begin(&device);
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.scale(scale, scale);
    painter.fillRect(plot.rect(), plot.palette().color(QPalette::Base));
    plot.toPainter(&painter, plot.width(), plot.height());
    painter.end();
}

} // namespace

Status savePlotPicture(QCustomPlot& plot, const QString& file)
{
    const QString ending = QFileInfo(file).suffix().toLower();
    QSaveFile target(file);
    const auto failed = [&] {
        return failure(badInput(file.toStdString(), {},
                                "The picture cannot be written: " + target.errorString().toStdString() + ".",
                                "Choose a folder that can be written and has room."));
    };
    if (ending != QLatin1String("png") && ending != QLatin1String("svg") && ending != QLatin1String("pdf"))
        return failure(badInput(file.toStdString(), {}, "Pictures are written as .png, .svg or .pdf.",
                                "End the name with one of them."));
    if (!target.open(QIODevice::WriteOnly))
        return failed();
    if (ending == QLatin1String("png")) {
        const QPixmap picture = plot.toPixmap(plot.width(), plot.height(), pixelRatio);
        if (!picture.save(&target, "PNG"))
            return failed();
    } else if (ending == QLatin1String("svg")) {
        QSvgGenerator generator;
        generator.setOutputDevice(&target);
        generator.setSize(plot.size());
        generator.setViewBox(plot.rect());
        generator.setTitle(plot.accessibleName());
        drawVectors(plot, generator, 1);
    } else {
        QPdfWriter writer(&target);
        writer.setTitle(plot.accessibleName());
        writer.setResolution(72);
        writer.setPageMargins(QMarginsF(0, 0, 0, 0));
        writer.setPageSize(
            QPageSize(QSizeF(plot.width(), plot.height()), QPageSize::Point, QString(), QPageSize::ExactMatch));
        drawVectors(plot, writer, 1);
    }
    return target.commit() ? Status() : failed();
}

} // namespace hilo
