// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/json.h"

#include <string>

namespace hilo {

/// An error as OpenAI's API tells it, with the status of HTTP.
struct ApiError
{
    int status = 500;
    std::string message;
    std::string type = "invalid_request_error";
    std::string param; ///< the request's key; empty: none
    std::string code;  ///< empty: none

    /// {"error": {"message", "type", "param", "code"}}
    Json json() const;
};

/// Of an error of ours: what the request is to blame for with its words, everything else without them, since those may
/// name files of this machine.
ApiError apiError(const Error& error);

ApiError modelNotFound(const std::string& name);
ApiError tooManyRequests();

} // namespace hilo
