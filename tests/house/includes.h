// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace hilo::testing {

/// Which folder may include which, as tests/house/arrows.txt writes it: a folder and those that it may include. A name with
/// a star stands for a folder and all folders in it.
using Drawing = std::vector<std::pair<std::string, std::vector<std::string>>>;
Drawing readDrawing(const std::filesystem::path& file);

/// An include that leads from one folder into another; both are relative to the source tree.
struct Arrow
{
    std::string from, to;
    std::string file;    ///< the source that includes
    std::string include; ///< as it is written there
};
/// The arrows of all sources in these folders of a source tree. Includes of libraries are none.
std::vector<Arrow> arrowsOf(const std::filesystem::path& root, const std::vector<std::string>& folders);

/// What is wrong with the arrows, a line each: those that are not in the drawing, and folders that form a circle.
std::vector<std::string> faultsOf(const std::vector<Arrow>& arrows, const Drawing& drawing);

} // namespace hilo::testing
