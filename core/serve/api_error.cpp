// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/api_error.h"

#include "base/valid_utf8.h"

#include <string_view>

namespace hilo {
namespace {

/// What a request brings in may be as long as the request.
std::string shortened(const std::string& text, std::size_t most)
{
    if (text.size() <= most)
        return text;
    return text.substr(0, validUtf8Length(std::string_view(text).substr(0, most))) + "…";
}

Json orNull(const std::string& text)
{
    return text.empty() ? Json() : Json(shortened(text, 100));
}

} // namespace

Json ApiError::json() const
{
    return {{"error",
             {{"message", shortened(message, 500)}, {"type", type}, {"param", orNull(param)}, {"code", orNull(code)}}}};
}

ApiError apiError(const Error& error)
{
    switch (error.code) {
    case ErrorCode::BadInput:
    case ErrorCode::WrongUsage: {
        const std::string where = error.place.empty() ? std::string() : shortened(error.place, 100) + ": ";
        return {400, where + error.message + (error.hint.empty() ? "" : " " + error.hint), "invalid_request_error",
                error.place, ""};
    }
    case ErrorCode::NoSpace:
        return {503, "There is not enough memory for this request.", "server_error", "", "out_of_memory"};
    case ErrorCode::Cancelled:
        return {503, "The server is ending.", "server_error", "", "shutting_down"};
    case ErrorCode::Internal:
        break;
    }
    return {500, "An internal error; the server's log has more.", "server_error", "", ""};
}

ApiError modelNotFound(const std::string& name)
{
    return {404, "There is no model \"" + shortened(name, 100) + "\"; /v1/models lists those that there are.",
            "invalid_request_error", "model", "model_not_found"};
}

ApiError tooManyRequests()
{
    return {429, "The queue is full; try again later.", "rate_limit_error", "", "queue_full"};
}

} // namespace hilo
