// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

#include <utility>

namespace hilo {

std::string describe(const Error& error)
{
    std::string text;
    for (const std::string& part : {error.file, error.place})
        if (!part.empty())
            text += part + ": ";
    text += error.message;
    if (!error.hint.empty())
        text += "\n  " + error.hint;
    return text;
}

Error badInput(std::string file, std::string place, std::string message, std::string hint)
{
    return {ErrorCode::BadInput, std::move(message), std::move(file), std::move(place), std::move(hint)};
}

Error wrongUsage(std::string message, std::string hint)
{
    return {ErrorCode::WrongUsage, std::move(message), {}, {}, std::move(hint)};
}

Error noSpace(std::string message, std::string hint)
{
    return {ErrorCode::NoSpace, std::move(message), {}, {}, std::move(hint)};
}

Error internalError(std::string message, std::string hint)
{
    return {ErrorCode::Internal, std::move(message), {}, {}, std::move(hint)};
}

Error cancelled()
{
    return {ErrorCode::Cancelled, "Cancelled.", {}, {}, {}};
}

} // namespace hilo
