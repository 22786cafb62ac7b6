// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace hilo {

/// What went wrong; the numbers are the exit codes of the command line.
enum class ErrorCode {
    WrongUsage = 2,
    BadInput = 3,
    NoSpace = 4,     ///< no memory or no disk space
    Internal = 5,    ///< a fault of this program
    Cancelled = 130, ///< by Ctrl-C, as shells have it
};

/// An error is a value: what happened, where, what was expected and what to do about it.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    std::string message; ///< one sentence: what happened and what was expected
    std::string file;    ///< the file it is about, empty when none
    std::string place;   ///< the place in it: "line 12", "byte 1024", "layers[3].modules.q_proj"
    std::string hint;    ///< what to do, empty when obvious
};

/// "file: place: message\n  hint" with the empty parts left out, all of them as base/shown_text.h shows texts of files.
std::string describe(const Error& error);

/// Message, place and hint are kept as they may be shown; the file's name as it is.
Error badInput(std::string file, std::string place, std::string message, std::string hint = {});
Error wrongUsage(std::string message, std::string hint = {});
Error noSpace(std::string message, std::string hint = {});
Error internalError(std::string message, std::string hint = {});
Error cancelled();

} // namespace hilo
