// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <string>

namespace hilo::cli {

/// For options that take numbers; CLI11's own checks name the largest double there is in their message.
inline CLI::Validator numberAbove(double least, bool orEqual, const std::string& expected, const std::string& name)
{
    return CLI::Validator(
        [=](std::string& text) -> std::string {
            double value = 0;
            const bool fits = CLI::detail::lexical_cast(text, value) && (value > least || (orEqual && value == least));
            return fits ? std::string() : expected + " was expected, not \"" + text + "\"";
        },
        name);
}

/// For commands that work long before they write: an error now where the file's folder is not there. An empty path is
/// fine.
inline Status checkFolderOf(const std::filesystem::path& file)
{
    if (file.empty())
        return {};
    std::error_code code;
    const std::filesystem::path folder = std::filesystem::absolute(file, code).parent_path();
    if (std::filesystem::is_directory(folder, code))
        return {};
    return failure(badInput(file.string(), "", "There is no folder " + folder.string() + ".",
                            "Make it first: mkdir -p '" + folder.string() + "'"));
}

inline const CLI::Validator notNegative = numberAbove(0, true, "a number from 0 up", "NONNEGATIVE");
inline const CLI::Validator positive = numberAbove(0, false, "a number above 0", "POSITIVE");

} // namespace hilo::cli
