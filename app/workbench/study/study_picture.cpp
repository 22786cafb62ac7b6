// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_picture.h"

#include "common/theme.h"

#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>
#include <QWidget>

namespace hilo {
namespace {

constexpr double pictureMargin = 12;

void paintOn(QPaintDevice& device, const QSize& size,
             const std::function<void(QPainter& painter, const QRectF& area)>& draw)
{
    QPainter painter(&device);
    const QRectF all(0, 0, size.width(), size.height());
    painter.fillRect(all, Theme::instance().colours().card);
    draw(painter, all.adjusted(pictureMargin, pictureMargin, -pictureMargin, -pictureMargin));
}

} // namespace

Status saveDrawing(const QString& file, const QSize& size,
                   const std::function<void(QPainter& painter, const QRectF& area)>& draw)
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
        QImage image(size * 2, QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(2);
        paintOn(image, size, draw);
        if (!image.save(&target, "PNG"))
            return failed();
    } else if (ending == QLatin1String("svg")) {
        QSvgGenerator generator;
        generator.setOutputDevice(&target);
        generator.setSize(size);
        generator.setViewBox(QRect(QPoint(), size));
        paintOn(generator, size, draw);
    } else {
        QPdfWriter writer(&target);
        writer.setResolution(72);
        writer.setPageMargins(QMarginsF(0, 0, 0, 0));
        writer.setPageSize(QPageSize(QSizeF(size), QPageSize::Point, QString(), QPageSize::ExactMatch));
        paintOn(writer, size, draw);
    }
    return target.commit() ? Status() : failed();
}

Status saveWidget(const QString& file, QWidget& widget)
{
    const QSize size = widget.size() + QSize(2, 2) * static_cast<int>(pictureMargin);
    return saveDrawing(file, size, [&widget](QPainter& painter, const QRectF& area) {
        painter.translate(area.topLeft());
        widget.render(&painter, QPoint(), QRegion(), QWidget::DrawChildren);
    });
}

} // namespace hilo
