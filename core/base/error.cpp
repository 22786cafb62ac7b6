// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

#include "base/shown_text.h"

#include <utility>

namespace hilo {

std::string describe(const Error& error)
{
    std::string text;
    for (const std::string& part : {escaped(error.file), shownMessage(error.place)})
        if (!part.empty())
            text += part + ": ";
    text += shownMessage(error.message);
    if (!error.hint.empty())
        text += "\n  " + escaped(error.hint);
    return text;
}

Error badInput(std::string file, std::string place, std::string message, std::string hint)
{
    return {ErrorCode::BadInput, shownMessage(message), std::move(file), shownMessage(place), escaped(hint)};
}

Error wrongUsage(std::string message, std::string hint)
{
    return {ErrorCode::WrongUsage, shownMessage(message), {}, {}, escaped(hint)};
}

Error noSpace(std::string message, std::string hint)
{
    return {ErrorCode::NoSpace, shownMessage(message), {}, {}, escaped(hint)};
}

Error internalError(std::string message, std::string hint)
{
    return {ErrorCode::Internal, shownMessage(message), {}, {}, escaped(hint)};
}

Error cancelled()
{
    return {ErrorCode::Cancelled, "Cancelled.", {}, {}, {}};
}

} // namespace hilo
