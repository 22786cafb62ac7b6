// SPDX-License-Identifier: GPL-3.0-or-later
#include "painted_png.h"

#include <cairo-pdf.h>
#include <librsvg/rsvg.h>

#include <memory>

namespace hilo::cli {
namespace {

constexpr double scale = 2;

template <auto release>
struct Releaser
{
    template <class T>
    void operator()(T* object) const
    {
        release(object);
    }
};
using Drawing = std::unique_ptr<RsvgHandle, Releaser<g_object_unref>>;
using Surface = std::unique_ptr<cairo_surface_t, Releaser<cairo_surface_destroy>>;
using Painter = std::unique_ptr<cairo_t, Releaser<cairo_destroy>>;

cairo_status_t append(void* target, const unsigned char* bytes, unsigned int count)
{
    static_cast<std::string*>(target)->append(reinterpret_cast<const char*>(bytes), count);
    return CAIRO_STATUS_SUCCESS;
}

Error paintingError(GError* error)
{
    const std::string text = error ? error->message : "unknown error";
    g_clear_error(&error);
    return internalError("The plot cannot be painted: " + text + ".");
}

/// A drawing and its size in pixels.
struct OpenedDrawing
{
    Drawing drawing;
    double width = 0, height = 0;
};

Result<OpenedDrawing> opened(const std::string& svg)
{
    GError* error = nullptr;
    OpenedDrawing one;
    one.drawing.reset(rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error));
    if (!one.drawing)
        return failure(paintingError(error));
    if (!rsvg_handle_get_intrinsic_size_in_pixels(one.drawing.get(), &one.width, &one.height))
        return failure(internalError("The plot has no size."));
    return one;
}

Status paint(const OpenedDrawing& one, cairo_surface_t* surface, double factor)
{
    GError* error = nullptr;
    const Painter painter(cairo_create(surface));
    cairo_scale(painter.get(), factor, factor);
    const RsvgRectangle whole{0, 0, one.width, one.height};
    if (!rsvg_handle_render_document(one.drawing.get(), painter.get(), &whole, &error))
        return failure(paintingError(error));
    return {};
}

} // namespace

bool canPaintPng()
{
    return true;
}

Result<std::string> paintedPng(const std::string& svg)
{
    HILO_TRY(const OpenedDrawing one, opened(svg));
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(one.width * scale),
                                                     static_cast<int>(one.height * scale)));
    HILO_CHECK(paint(one, surface.get(), scale));
    std::string png;
    if (const auto status = cairo_surface_write_to_png_stream(surface.get(), append, &png))
        return failure(internalError(std::string("The plot cannot be painted: ") + cairo_status_to_string(status)));
    return png;
}

Result<std::string> paintedPdf(const std::string& svg)
{
    constexpr double points = 0.75;
    HILO_TRY(const OpenedDrawing one, opened(svg));
    std::string pdf;
    const Surface surface(cairo_pdf_surface_create_for_stream(append, &pdf, one.width * points, one.height * points));
    HILO_CHECK(paint(one, surface.get(), points));
    cairo_surface_finish(surface.get());
    if (const auto status = cairo_surface_status(surface.get()))
        return failure(internalError(std::string("The plot cannot be painted: ") + cairo_status_to_string(status)));
    return pdf;
}

} // namespace hilo::cli
