// SPDX-License-Identifier: GPL-3.0-or-later
#include "painted_png.h"

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

} // namespace

bool canPaintPng()
{
    return true;
}

Result<std::string> paintedPng(const std::string& svg)
{
    GError* error = nullptr;
    const Drawing drawing(rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error));
    if (!drawing)
        return failure(paintingError(error));
    double width = 0, height = 0;
    if (!rsvg_handle_get_intrinsic_size_in_pixels(drawing.get(), &width, &height))
        return failure(internalError("The plot has no size."));
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(width * scale),
                                                     static_cast<int>(height * scale)));
    {
        const Painter painter(cairo_create(surface.get()));
        cairo_scale(painter.get(), scale, scale);
        const RsvgRectangle whole{0, 0, width, height};
        if (!rsvg_handle_render_document(drawing.get(), painter.get(), &whole, &error))
            return failure(paintingError(error));
    }
    std::string png;
    if (const auto status = cairo_surface_write_to_png_stream(surface.get(), append, &png))
        return failure(internalError(std::string("The plot cannot be painted: ") + cairo_status_to_string(status)));
    return png;
}

} // namespace hilo::cli
