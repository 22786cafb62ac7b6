// SPDX-License-Identifier: GPL-3.0-or-later
#include "house/includes.h"

#include "support/testing.h"

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>

namespace hilo::testing {
namespace fs = std::filesystem;
namespace {

bool isSource(const fs::path& file)
{
    static const std::set<std::string> endings = {".cpp", ".h", ".cu", ".cuh"};
    return endings.contains(file.extension().string());
}

/// Where an include leads, relative to root; empty for a library's. The places are those where the compiler looks.
fs::path target(const fs::path& root, const fs::path& folder, const std::string& include)
{
    for (const fs::path& base :
         {root / folder, root, root / "core", root / "widgets", root / "app/workbench", root / "app/cli"})
        if (fs::is_regular_file(base / include))
            return (base / include).lexically_normal().lexically_relative(root);
    return {};
}

/// "core/engine*" stands for core/engine and what is in it.
bool covers(const std::string& pattern, const std::string& folder)
{
    if (!pattern.ends_with('*'))
        return pattern == folder;
    std::string whole = pattern.substr(0, pattern.size() - 1);
    if (whole.ends_with('/'))
        whole.pop_back();
    return folder == whole || folder.starts_with(whole + "/");
}

bool allowed(const Arrow& arrow, const Drawing& drawing)
{
    // The first line that speaks of the folder decides, so that a narrower line goes before a wider one.
    for (const auto& [folder, targets] : drawing)
        if (covers(folder, arrow.from))
            return std::any_of(targets.begin(), targets.end(),
                               [&arrow](const std::string& to) { return covers(to, arrow.to); });
    return false;
}

/// A way from one folder back to it, "a -> b -> a"; empty when there is none.
std::string circleThrough(const std::string& start, const std::map<std::string, std::set<std::string>>& next)
{
    std::map<std::string, std::string> cameFrom;
    std::vector<std::string> open = {start};
    while (!open.empty()) {
        const std::string here = open.back();
        open.pop_back();
        const auto found = next.find(here);
        if (found == next.end())
            continue;
        for (const std::string& folder : found->second) {
            if (folder == start) {
                std::string way = start;
                for (std::string step = here; step != start; step = cameFrom.at(step))
                    way = step + " -> " + way;
                return start + " -> " + way;
            }
            if (cameFrom.emplace(folder, here).second)
                open.push_back(folder);
        }
    }
    return {};
}

} // namespace

Drawing readDrawing(const fs::path& file)
{
    Drawing drawing;
    std::istringstream text(readText(file));
    for (std::string line; std::getline(text, line);) {
        line = line.substr(0, line.find('#'));
        const std::size_t colon = line.find(':');
        if (colon == std::string::npos)
            continue;
        std::istringstream words(line.substr(colon + 1));
        std::vector<std::string> targets;
        for (std::string word; words >> word;)
            targets.push_back(word);
        drawing.emplace_back(line.substr(0, colon), std::move(targets));
    }
    return drawing;
}

std::vector<Arrow> arrowsOf(const fs::path& root, const std::vector<std::string>& folders)
{
    static const std::regex include("^\\s*#\\s*include\\s+\"([^\"]+)\"");
    std::vector<Arrow> arrows;
    for (const std::string& top : folders)
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            if (!entry.is_regular_file() || !isSource(entry.path()))
                continue;
            const fs::path file = entry.path().lexically_relative(root);
            std::ifstream stream(entry.path());
            std::smatch match;
            for (std::string line; std::getline(stream, line);) {
                if (!std::regex_search(line, match, include))
                    continue;
                const fs::path to = target(root, file.parent_path(), match[1]);
                if (!to.empty() && to.parent_path() != file.parent_path())
                    arrows.push_back({file.parent_path().string(), to.parent_path().string(), file.string(), match[1]});
            }
        }
    return arrows;
}

std::vector<std::string> faultsOf(const std::vector<Arrow>& arrows, const Drawing& drawing)
{
    std::set<std::string> faults;
    std::map<std::string, std::set<std::string>> next;
    for (const Arrow& arrow : arrows) {
        next[arrow.from].insert(arrow.to);
        if (!allowed(arrow, drawing))
            faults.insert(arrow.file + " includes \"" + arrow.include + "\": " + arrow.from + " -> " + arrow.to +
                          " is not in tests/house/arrows.txt");
    }
    for (const auto& [folder, targets] : next)
        if (const std::string circle = circleThrough(folder, next); !circle.empty())
            faults.insert("folders in a circle: " + circle);
    return {faults.begin(), faults.end()};
}

} // namespace hilo::testing
