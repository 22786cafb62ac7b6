// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_id.h"

#include <algorithm>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t longestId = 100;

bool isAlphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isAllowed(char c)
{
    return isAlphanumeric(c) || c == '.' || c == '_' || c == '-';
}

} // namespace

Status checkRunId(const std::string& id)
{
    const bool valid = !id.empty() && id.size() <= longestId && isAlphanumeric(id.front()) &&
                       std::all_of(id.begin(), id.end(), isAllowed);
    if (valid)
        return {};
    return failure(badInput({}, {}, "\"" + id + "\" cannot be the id of a run.",
                            "Use at most 100 letters, digits, '.', '_' and '-', the first one a letter or a digit."));
}

std::string runIdFrom(const std::string& text)
{
    std::string id;
    for (const char c : text) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (isAllowed(lower))
            id += lower;
        else if (!id.empty() && id.back() != '-')
            id += '-';
    }
    const auto start = std::find_if(id.begin(), id.end(), isAlphanumeric);
    id.erase(id.begin(), start);
    id.resize(std::min(id.size(), longestId - 10));
    while (!id.empty() && id.back() == '-')
        id.pop_back();
    return id.empty() ? "run" : id;
}

Result<fs::path> pathInside(const fs::path& folder, const std::string& relative, const std::string& file,
                            const std::string& place)
{
    const fs::path path(relative);
    const bool climbs = std::any_of(path.begin(), path.end(), [](const fs::path& part) { return part == ".."; });
    if (relative.empty() || relative.find('\0') != std::string::npos || path.is_absolute() || climbs)
        return failure(badInput(file, place, "\"" + relative + "\" is not a path inside the folder.",
                                "Use a relative path without \"..\"."));
    std::error_code code;
    const fs::path root = fs::weakly_canonical(folder, code);
    const fs::path full = code ? fs::path() : fs::weakly_canonical(folder / path, code);
    const auto [rootEnd, fullPart] = std::mismatch(root.begin(), root.end(), full.begin(), full.end());
    if (code || rootEnd != root.end())
        return failure(
            badInput(file, place, "\"" + relative + "\" leads out of the folder.", "Replace the link by the file."));
    return folder / path;
}

} // namespace hilo
